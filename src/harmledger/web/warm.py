"""What every first page would wait for, made before anybody asks."""

from __future__ import annotations

from harmledger.index import Filters
from harmledger.web.frame import load_environment
from harmledger.web.pages.overview import map_panel
from harmledger.web.sealing import load_names
from harmledger.web.state import Desk


def warm(desk: Desk) -> None:
    """Templates, the names of bodies and places, and the map of the overview."""
    environment = load_environment()
    for name in environment.list_templates():
        environment.get_template(name)
    load_names()
    map_panel(desk.faces.whole, Filters())
