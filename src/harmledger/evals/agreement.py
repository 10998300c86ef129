"""Annotator against annotator, with the measures of ``eval``: what no bar may stand above.

A fifth of the reports was marked up twice, by people who did not see each other's work. Each in
turn is taken for the gold and the other for the reader; both ways are added up. Reports of the
frozen half are among them, so only sums leave this module: no line, no quote, no name of a report.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import combinations
from pathlib import Path

from harmledger.core.base import Value
from harmledger.core.claim import AllegedPerpetrator, Claim, Site, Victims, Voice
from harmledger.core.document import Item, Text
from harmledger.core.errors import CannotParse
from harmledger.core.extraction import Extraction
from harmledger.core.place import Place
from harmledger.core.quantity import Quantity
from harmledger.core.span import Span, overlap
from harmledger.core.when import Moment, When
from harmledger.evals.besides import widen
from harmledger.evals.claims import Matched, count_matched, match_claims
from harmledger.evals.gold import (
    EARLIER,
    FOLDERS,
    SUFFIX,
    GoldClaim,
    GoldDocument,
    Stratum,
    find_days,
    parse_gold,
)
from harmledger.evals.gold_texts import GoldReading, check_text, make_finder
from harmledger.evals.measures import Measure, Ratio, all_ratios, measure_all
from harmledger.evals.names import PlaceIds, open_place_ids
from harmledger.evals.strata import STRATA
from harmledger.read import read_item

SECOND = "second"
"""The folder of second markings, beside those of the strata."""
_OF_THE_READER = ("not_silent", "must_not_say", "left_alone", "words_per_second")
_OF_LINES = ("numbers_", "unresolved_")
_MARKS = (
    Ratio(name="unclear_shared", top={"unclear.shared": 1}, of={"unclear": 1}),
    Ratio(name="unclear_per_100_words", top={"unclear": 100}, of={"words": 1}),
    Ratio(name="no_claim_shared", top={"no_claim.shared": 1}, of={"no_claim": 1}),
)


class Agreement(Value, frozen=True, kw_only=True):
    """How far two annotators agree on one stratum. ``claims``: entered by the first, by the second.
    ``measures``: both ways added up; ``f1_first``: with the first as gold, ``f1_second``: with the
    second."""

    stratum: Stratum
    documents: int
    claims: tuple[int, int]
    measures: tuple[Measure, ...]
    f1_first: float | None
    f1_second: float | None

    def value(self, name: str) -> float | None:
        """The value of the measure called ``name``."""
        return next(m.value for m in self.measures if m.name == name)


AGAIN = ("again_a", "again_b")
"""The folders of two further markings of the reports that were settled, beside the first."""
Both = tuple[GoldDocument, GoldDocument]


def score_agreement(folder: Path, data: Path | None) -> tuple[Agreement, ...]:
    """Every stratum that was marked up twice; the found one needs ``data``.

    Raises:
        CannotParse: gold is malformed, or a text is not the one marked up.
        MissingResource: ``data`` is given and does not hold the found texts.
    """
    wanted = [stratum for stratum in STRATA if stratum == "written" or data is not None]
    pairs = load_pairs(folder, wanted)
    ids_of = open_place_ids()
    return tuple(
        _score_stratum(stratum, pairs[stratum], make_finder(stratum, folder, data), ids_of)
        for stratum in wanted
    )


def load_pairs(folder: Path, strata: Sequence[Stratum]) -> dict[Stratum, list[Both]]:
    """First and second marking of every report that has two, by stratum.

    Raises:
        CannotParse: there is no second marking, or one is malformed or of another text.
    """
    paths = sorted((folder / SECOND).glob(f"*{SUFFIX}"))
    if not paths:
        raise CannotParse(f"{folder / SECOND} holds no second marking (*{SUFFIX})")
    pairs: dict[Stratum, list[Both]] = {stratum: [] for stratum in strata}
    for path in paths:
        for stratum in strata:
            first = folder / FOLDERS[stratum] / path.name
            if first.exists():
                pairs[stratum].append(_load_both(first, path, stratum))
    return pairs


def score_again(folder: Path) -> dict[str, Agreement]:
    """Of the written reports that were marked up again: what was entered first against each of the
    two that came later, and these against each other. By the names of the two.

    Raises:
        CannotParse: gold is malformed, or a text is not the one marked up.
    """
    ids_of = open_place_ids()
    found = {}
    for one, two in combinations((EARLIER, *AGAIN), 2):
        paths = sorted((folder / one).glob(f"*{SUFFIX}"))
        pairs = [_load_both(path, folder / two / path.name, "written") for path in paths]
        finder = make_finder("written", folder, None)
        found[f"{one} and {two}"] = _score_stratum("written", pairs, finder, ids_of)
    return found


def _load_both(first: Path, second: Path, stratum: Stratum) -> Both:
    one, two = (parse_gold(path.read_bytes(), path, stratum) for path in (first, second))
    if one.text_sha256 != two.text_sha256:
        raise CannotParse(f"{first} and {second} do not mark up the same text (`text_sha256`)")
    return one, two


def _score_stratum(
    stratum: Stratum,
    pairs: Sequence[Both],
    find_item: Callable[[GoldDocument], Item],
    ids_of: PlaceIds,
) -> Agreement:
    ways: tuple[list[Counter[str]], list[Counter[str]]] = ([], [])
    for first, second in pairs:
        item = find_item(first)
        text = read_item(item)[1]
        check_text(first, text, item.path)
        ways[0].append(_compare(first, second, text, ids_of))
        ways[1].append(_compare(second, first, text, ids_of))
    both = [one + two for one, two in zip(*ways, strict=True)]
    ratios = [
        ratio
        for ratio in all_ratios()
        if ratio.name not in _OF_THE_READER and not ratio.name.startswith(_OF_LINES)
    ]
    return Agreement(
        stratum=stratum,
        documents=len(pairs),
        claims=(
            sum(len(first.claims) for first, _ in pairs),
            sum(len(second.claims) for _, second in pairs),
        ),
        measures=measure_all(both, (*ratios, *_MARKS)),
        f1_first=_f1(ways[0]),
        f1_second=_f1(ways[1]),
    )


def _f1(counts: Sequence[Mapping[str, float]]) -> float | None:
    return next(m.value for m in measure_all(counts) if m.name == "f1")


def _compare(gold: GoldDocument, other: GoldDocument, text: Text, ids_of: PlaceIds) -> Counter[str]:
    """Counts of one report, ``other`` taken for the reader. What the other calls optional is not
    held against them."""
    claims = tuple(as_claim(claim, text) for claim in other.claims)
    optional = {as_claim(claim, text).id for claim in other.claims if claim.optional}
    matched = match_claims(gold, claims, text.sentences, ids_of)
    extra = tuple(claim for claim in matched.extra if claim.id not in optional)
    matched = Matched(pairs=matched.pairs, missed=matched.missed, extra=extra)
    reading = GoldReading(
        gold=gold,
        text=text,
        extraction=Extraction(
            document=gold.doc, text_sha256=text.sha256, extractor=_person(other), claims=claims
        ),
        seconds=0.0,
    )
    counts = count_matched(reading, matched)
    counts.update(_count_marks(gold, other, text))
    return counts


def _count_marks(gold: GoldDocument, other: GoldDocument, text: Text) -> Iterator[str]:
    """Passages called unclear, or no claim, by one; shared when the other marks the sentence."""
    unclear = ([(u.start, u.end) for u in d.unclear] for d in (gold, other))
    no_claim = (list(d.out_of_scope) for d in (gold, other))
    for name, (ours, theirs) in (("unclear", unclear), ("no_claim", no_claim)):
        for mark in ours:
            yield name
            around = widen(mark, text.sentences)
            if any(overlap(place, their) for place in around for their in theirs):
                yield f"{name}.shared"


def as_claim(gold: GoldClaim, text: Text) -> Claim:
    """What a person entered, as if it had been read. What they left out of scope, extent, cause
    and unit is what the reader says when nothing speaks against it."""
    return Claim(
        id=f"n{gold.n}",
        document="",
        document_name="",
        text_sha256=text.sha256,
        span=Span(
            start=gold.start,
            end=gold.end,
            quote=text.text[gold.start : gold.end],
            sentence="",
        ),
        harm=gold.harm,
        cause=gold.cause or "direct",
        stance=gold.stance,
        modality=gold.modality,
        quantity=Quantity(
            low=gold.low,
            high=gold.high,
            unit=gold.unit or "persons",
            scope=gold.scope or "incident",
            extent=gold.extent or "whole",
        ),
        part_of=None if gold.part_of is None else f"n{gold.part_of}",
        victims=Victims(
            status=gold.status or "undetermined", age=gold.age, sex=gold.sex, roles=gold.roles
        ),
        site=Site(kind=gold.site) if gold.site else None,
        services=gold.services,
        alleged_perpetrator=_accused(gold),
        voice=(Voice(name=gold.voice),) if gold.voice else (),
        said_at=Moment(),
        place=_place(gold.place),
        occurred=_when(gold.date),
        extractor="",
    )


def _accused(gold: GoldClaim) -> AllegedPerpetrator | None:
    name = gold.perpetrator
    return (name and AllegedPerpetrator(name=name, as_written=name, alleged_by="")) or None


def _place(entered: str | tuple[str, ...] | None) -> Place | None:
    if entered is None:
        return None
    if isinstance(entered, str):
        return Place(as_written=entered, name=entered)
    members = tuple(Place(as_written=name, name=name) for name in entered)
    return Place(as_written=", ".join(entered), members=members)


def _when(edtf: str | None) -> When | None:
    days = find_days(edtf) if edtf else None
    if edtf is None or days is None:
        return None
    return When(as_written=edtf, edtf=edtf, earliest=days[0] or None, latest=days[1] or None)


def _person(gold: GoldDocument) -> str:
    return f"person:{gold.annotator}"
