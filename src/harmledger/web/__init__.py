"""The desk: the local web application, the second door. Pages, API, feeds, review, import."""

from harmledger.web.app import make_app
from harmledger.web.settings import Settings
from harmledger.web.state import Desk, open_desk

__all__ = ["Desk", "Settings", "make_app", "open_desk"]
