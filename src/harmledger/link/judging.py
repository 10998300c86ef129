"""What evidence is: a score and the reason for it, in the words of a link's ``why``."""

from __future__ import annotations

from collections.abc import Callable
from math import inf

from harmledger.lexicon.linking import Linking
from harmledger.link.reach import Distance
from harmledger.link.signature import Signature

Evidence = tuple[float, str]
Found = tuple[Evidence, ...]
Judge = Callable[[Signature, Signature, Linking, Distance | None], Evidence]
VETO = -inf
NOTHING: Evidence = (0.0, "")
