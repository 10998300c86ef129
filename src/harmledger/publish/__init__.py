"""Ledger view → exports and pages. Render is pure; writers are thin."""

from harmledger.publish.exports import FORMATS, write_export
from harmledger.publish.site import render_site, write_site

__all__ = ["FORMATS", "render_site", "write_export", "write_site"]
