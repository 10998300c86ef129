"""What a view of incidents is narrowed by, as it stands in an address."""

from __future__ import annotations

from typing import Literal

import msgspec

from harmledger.core.base import Value
from harmledger.core.errors import WrongUsage

Sort = Literal["newest", "oldest", "largest", "said", "unreviewed"]
SORTS: tuple[Sort, ...] = ("newest", "oldest", "largest", "said", "unreviewed")
SHORTEST = 3
"""Letters a search must have for the trigram index; shorter ones look through names alone."""


class Filters(Value, frozen=True, kw_only=True):
    """Empty fields narrow nothing. Dates are ISO days; ``place`` and ``voice`` match any part of
    a name, in whatever script it was written; ``q`` any words of the incident's claims."""

    harm: str = ""
    place: str = ""
    country: str = ""
    since: str = ""
    until: str = ""
    site: str = ""
    voice: str = ""
    grade: str = ""
    status: str = ""
    policy: str = "literal"
    as_of: str = ""
    q: str = ""
    sort: Sort = "newest"

    @property
    def narrowing(self) -> Filters:
        """Without what narrows nothing: the policy and the order."""
        return msgspec.structs.replace(self, policy="literal", sort="newest")


def match_words(said: str) -> str:
    """What was typed as an FTS5 query: every word of three letters or more must occur, as typed;
    what stands in double quotes must occur as a whole. No operator of FTS5 gets through.

    Raises:
        WrongUsage: no word is long enough to look for.
    """
    parts = said.split('"')
    phrases = [p.strip() for p in parts[1::2]]
    loose = [word for part in parts[::2] for word in part.split()]
    wanted = [w.replace("\0", "") for w in (*phrases, *loose)]
    wanted = [w for w in wanted if len(w) >= SHORTEST]
    if not wanted:
        raise WrongUsage(f"type a word of at least {SHORTEST} letters to search for.")
    return " AND ".join('"' + w.replace('"', '""') + '"' for w in wanted)


def like_term(said: str) -> str:
    folded = said.casefold().strip()
    for special in ("\\", "%", "_"):
        folded = folded.replace(special, "\\" + special)
    return f"%{folded}%"
