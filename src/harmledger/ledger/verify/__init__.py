"""Does the record still say what it said? Database, chain, signatures, tables, store, quotes."""

from harmledger.ledger.verify.links import Signatory
from harmledger.ledger.verify.problem import Problem
from harmledger.ledger.verify.whole import Checked, check_ledger, verify_ledger

__all__ = ["Checked", "Problem", "Signatory", "check_ledger", "verify_ledger"]
