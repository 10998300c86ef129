"""What reading one document yields."""

from __future__ import annotations

from harmledger.core.base import Value
from harmledger.core.claim import Claim
from harmledger.core.document import SeenPlace, SeenTime, SeenVoice
from harmledger.core.quantity import Figure
from harmledger.core.response import Response
from harmledger.core.unresolved import NumberState, Unresolved


class Layers(Value, frozen=True, kw_only=True):
    """Everything seen in every sentence, whether or not a claim used it (``read --layers``)."""

    times: tuple[SeenTime, ...] = ()
    places: tuple[SeenPlace, ...] = ()
    quantities: tuple[Figure, ...] = ()
    voices: tuple[SeenVoice, ...] = ()


class Extraction(Value, frozen=True, kw_only=True):
    """Claims, responses and what was not understood, for one text of one document."""

    document: str
    text_sha256: str
    extractor: str
    claims: tuple[Claim, ...] = ()
    responses: tuple[Response, ...] = ()
    unresolved: tuple[Unresolved, ...] = ()
    numbers: tuple[NumberState, ...] = ()
    layers: Layers | None = None
