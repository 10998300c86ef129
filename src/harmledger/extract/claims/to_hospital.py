"""Whether people were taken to hospital, which displaces nobody (reading rule 9)."""

from __future__ import annotations

import re

from harmledger.extract.passage import Passage

_TO_HOSPITAL = re.compile(
    r"^(?:\W+[\w’'-]+){0,6}? to (?:[\w’'-]+ ){0,4}?(?:hospitals?|clinic|infirmary|medical cent)",
    re.I,
)


def to_hospital(passage: Passage, verb: int) -> bool:
    """ "Evacuated him to Ziv Medical Center"."""
    return _TO_HOSPITAL.match(passage.text[passage.tokens[verb].end - passage.start :]) is not None
