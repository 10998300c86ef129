"""Bytes in, unchanged: files and folders become items, one at a time."""

from harmledger.capture.files import find_items

__all__ = ["find_items"]
