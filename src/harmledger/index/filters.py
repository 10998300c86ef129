"""What a view of incidents is narrowed by, as it stands in an address, and as SQL."""

from __future__ import annotations

from typing import Literal

from harmledger.core.base import Value
from harmledger.core.errors import WrongUsage

Sort = Literal["newest", "oldest", "largest", "said", "unreviewed"]
SORTS: tuple[Sort, ...] = ("newest", "oldest", "largest", "said", "unreviewed")
_ORDER: dict[str, str] = {
    "newest": "i.day IS NULL, i.day DESC, i.n",
    "oldest": "i.day IS NULL, i.day, i.n",
    "largest": "i.largest DESC, i.n",
    "said": "i.last_said IS NULL, i.last_said DESC, i.n",
    "unreviewed": "i.pending DESC, i.n",
}
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
    def order(self) -> str:
        """ORDER BY terms; each ends with the row number, so that pages never overlap."""
        return _ORDER[self.sort]

    def where(self) -> tuple[str, list[str | int]]:
        """A condition on ``incidents i`` and its parameters."""
        terms: list[str] = ["1"]
        values: list[str | int] = []

        def add(term: str, *given: str | int) -> None:
            terms.append(term)
            values.extend(given)

        for column in ("country", "site", "grade", "status"):
            if value := getattr(self, column):
                add(f"i.{column} = ?", value)
        if self.harm:
            add(_NAMED.format("= ?"), "harm", self.harm)
        if self.since:
            add("i.last_day >= ?", self.since)
        if self.until:
            add("i.day <= ?", self.until)
        if self.as_of:
            add("i.first_said <= ?", self.as_of)
        for kind, said in (("place", self.place), ("voice", self.voice)):
            if said:
                add(_NAMED.format("LIKE ? ESCAPE '\\'"), kind, like_term(said))
        if self.q:
            add(*_words_term(self.q))
        return " AND ".join(terms), values


_NAMED = "EXISTS (SELECT 1 FROM names x WHERE x.incident = i.n AND x.kind = ? AND x.name {})"


def _words_term(said: str) -> tuple[str, str]:
    if len(said.strip()) < SHORTEST:
        return "i.title LIKE ? ESCAPE '\\'", like_term(said)
    return (
        "i.id IN (SELECT c.incident FROM find JOIN found f ON f.n = find.rowid"
        " JOIN claims c ON c.id = f.ref WHERE f.kind = 'claim' AND find.words MATCH ?)",
        match_words(said),
    )


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
