"""Editions: what leaves this machine. Chosen, coarsened, without anybody's words (contract §7).

choose → (the corridor counts again what is chosen) → shape → render.
"""

from harmledger.publish.edition.choose import Chosen, Holdings, choose_incidents
from harmledger.publish.edition.keyed import Keyed
from harmledger.publish.edition.shape import Counted, shape_edition
from harmledger.publish.edition.write import render_edition, write_edition

__all__ = [
    "Chosen",
    "Counted",
    "Holdings",
    "Keyed",
    "choose_incidents",
    "render_edition",
    "shape_edition",
    "write_edition",
]
