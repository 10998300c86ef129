"""Bytes to text with stable offsets; sentences; page furniture marked, never deleted."""

from harmledger.read.reader import READER, read_item

__all__ = ["READER", "read_item"]
