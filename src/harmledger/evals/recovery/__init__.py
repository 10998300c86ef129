"""Breaking the record on purpose: processes killed, bytes flipped, disks full, clocks set back.

Run by ``benchmarks/recovery.py`` (the whole) and by tests/ledger (a small part).
"""
