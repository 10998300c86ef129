"""Maps, drawn once for the same place."""

from __future__ import annotations

from functools import lru_cache

from harmledger.core.incident import Incident
from harmledger.core.place import Place
from harmledger.publish.atlas import Panel, Pin, render_panel
from harmledger.publish.catalogue import Catalogue
from harmledger.publish.shapes import find_shape


def panel_of(catalogue: Catalogue, incident: Incident) -> Panel | None:
    """A map of where an incident is said to be; None where nothing may be drawn."""
    if incident.place is None:
        return None
    return _panel(incident.place, incident.title, catalogue.files[incident.id])


@lru_cache(maxsize=256)
def _panel(place: Place, title: str, href: str) -> Panel | None:
    shape = find_shape(place)
    if shape is None:
        return None
    pin = Pin(label=place.name or place.as_written, title=title, href=href, shape=shape)
    return render_panel(1, (pin,))
