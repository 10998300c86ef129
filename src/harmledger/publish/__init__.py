"""Ledger view → exports and pages. Render is pure; writers are thin."""

from harmledger.publish.exports import FORMATS, write_export

__all__ = ["FORMATS", "write_export"]
