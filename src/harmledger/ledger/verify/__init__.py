"""Does the record still say what it said? Database, chain, signatures, tables, store, quotes."""

from harmledger.ledger.verify.problem import Problem
from harmledger.ledger.verify.whole import verify_ledger

__all__ = ["Problem", "verify_ledger"]
