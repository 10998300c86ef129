"""The gazetteer as its callers see it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

import msgspec

from harmledger.lexicon.gazetteer import rank
from harmledger.lexicon.gazetteer.geometry import Point
from harmledger.lexicon.gazetteer.names import name_key, spelling_variants
from harmledger.lexicon.gazetteer.paths import require_gazetteer
from harmledger.lexicon.gazetteer.rank import Evidence
from harmledger.lexicon.gazetteer.resolve import Background, find_usual, resolve_hits
from harmledger.lexicon.gazetteer.scan import NameScanner
from harmledger.lexicon.gazetteer.store import BoundedCache, PlaceStore
from harmledger.lexicon.gazetteer.tables import (
    load_abbreviations,
    load_demonyms,
    load_usual,
    load_word_lists,
)
from harmledger.lexicon.gazetteer.values import GazetteerPlace, PlaceHit, ResolvedPlace

Span = tuple[int, int]
_NAMES_REMEMBERED = 8192


class Gazetteer:
    """Places by name. Opens the file for reading only; may be shared between threads.

    Raises MissingResource if there is no file at ``path`` (default: :func:`find_gazetteer`)."""

    def __init__(self, path: Path | None = None) -> None:
        self._store = PlaceStore(require_gazetteer(path))
        self._named = BoundedCache(_NAMES_REMEMBERED)
        self._words = load_word_lists()
        self._abbreviations = load_abbreviations()
        self._demonyms = load_demonyms()
        self._usual = load_usual()
        self._scanner = NameScanner(self.named, self._abbreviated, self._demonyms, self._words)

    @property
    def meta(self) -> dict[str, str]:
        """Versions and sha256 of the sources, and the attribution line."""
        return dict(self._store.meta)

    def close(self) -> None:
        self._store.close()

    def place(self, id_: str) -> GazetteerPlace | None:
        """The entry with this id, or None."""
        return self._store.by_id(id_)

    def named(self, name: str) -> tuple[GazetteerPlace, ...]:
        """Every entry of this name, with those of a usual other spelling if no town has it;
        unranked."""
        return self._named.get(name, lambda: self._look_up(name))

    def _look_up(self, name: str) -> tuple[GazetteerPlace, ...]:
        key = name_key(name)
        found = self._store.named(key)
        if any(place.kind in ("town", "country") for place in found):
            return found
        for variant in spelling_variants(key):
            known = {place.id for place in found}
            found += tuple(
                msgspec.structs.replace(place, alias=True)
                for place in self._store.named(variant)
                if place.id not in known
            )
        return found

    def find_places(
        self,
        name: str,
        *,
        countries: Mapping[str, float] | None = None,
        near: Point | None = None,
        kinds: Collection[str] | None = None,
        limit: int = 5,
    ) -> tuple[GazetteerPlace, ...]:
        """Entries of this name, best first, each with score and reason; () if unknown.

        ``name`` may carry a kind word ("Kyiv region", "province of Idlib"). ``countries`` is
        alpha-3 to a weight 0..1. An entry too small to be meant without support is left out."""
        bare, level = self._split_kind(name)
        evidence = Evidence(
            countries=countries or {},
            near=near,
            level=level,
            usual=find_usual(self._usual, name_key(bare), level),
            alone=rank.is_alone(found := self.named(bare)),
        )
        places = [place for place in found if kinds is None or place.kind in kinds]
        ranked = rank.rank(places, evidence)
        return tuple(place for place in ranked if rank.is_supported(place, evidence))[:limit]

    def find_country(self, name: str) -> GazetteerPlace | None:
        """The country of this name, alias, abbreviation or alpha-3 code; no demonyms."""
        known = (self._abbreviations.get(name), f"country:{name}", self._usual.get(name_key(name)))
        for id_ in known:
            if id_ and id_.startswith("country:") and (place := self._store.by_id(id_)):
                return place
        return next((place for place in self.named(name) if place.kind == "country"), None)

    def find_demonym(self, word: str) -> str | None:
        """Alpha-3 for a word such as "Ukrainian" or "Israelis", or None."""
        return self._demonyms.get(name_key(word))

    def scan(
        self,
        text: str,
        *,
        tokens: Sequence[Span] | None = None,
        exclude: Sequence[Span] = (),
    ) -> tuple[PlaceHit, ...]:
        """Every name in the text that is in the gazetteer, longest first match, not yet resolved.

        ``tokens`` are the caller's word spans, else words are found here; names that touch a span
        in ``exclude`` (persons, organisations) are left out. Demonyms are hits with ``demonym``."""
        return self._scanner.scan(text, tokens=tokens, exclude=exclude)

    def resolve(
        self,
        hits: Sequence[PlaceHit],
        *,
        countries: Mapping[str, float] | None = None,
        near: Point | None = None,
    ) -> tuple[ResolvedPlace, ...]:
        """One answer for each hit of one document, using the places named together."""
        return resolve_hits(
            hits,
            Background(
                countries=countries or {},
                near=near,
                usual=self._usual,
                neighbours=self._store.neighbours,
            ),
        )

    def find_in_text(
        self, text: str, *, countries: Mapping[str, float] | None = None
    ) -> tuple[ResolvedPlace, ...]:
        """:meth:`scan` and :meth:`resolve` in one; only the hits that found a place."""
        resolved = self.resolve(self.scan(text), countries=countries)
        return tuple(answer for answer in resolved if answer.place is not None)

    def contains(self, region: GazetteerPlace, place: GazetteerPlace) -> bool:
        """True if ``place`` lies inside ``region`` by its codes."""
        return rank.contains(region, place)

    def same_or_inside(self, region: GazetteerPlace, place: GazetteerPlace) -> bool:
        """True if both are one entry or the second lies inside the first."""
        return region.id == place.id or rank.contains(region, place)

    def _abbreviated(self, written: str) -> tuple[GazetteerPlace, ...]:
        """The place of an abbreviation in exactly these letters ("US", never "us")."""
        place = self._store.by_id(self._abbreviations.get(written, ""))
        return (place,) if place else ()

    def _split_kind(self, name: str) -> tuple[str, str | None]:
        """("Kyiv", "region") for "Kyiv region"; the name as it is if it is an entry itself."""
        if self._store.named(name_key(name)):
            return name, None
        words = name.split()
        if len(words) > 1 and (level := self._words.admin_words.get(name_key(words[-1]))):
            return " ".join(words[:-1]), level
        if len(words) > 2 and words[-2].casefold() == "of":
            level = self._words.admin_words.get(name_key(words[-3]))
            return (words[-1], level) if level else (name, None)
        first = name_key(words[0]) if words else ""
        if len(words) > 1 and (first == "the" or first in self._words.directions):
            return self._split_kind(" ".join(words[1:]))
        return name, None
