"""Documents and claims about the incidents: originals, copies, corrections, and the truth."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from random import Random

import msgspec

from harmledger.core.base import Value
from harmledger.core.claim import Claim, Harm, Site, Victims, Voice, claim_id
from harmledger.core.document import Document
from harmledger.core.ids import derived_id, document_id, sha256_of
from harmledger.core.quantity import Quantity
from harmledger.core.span import Span
from harmledger.core.when import Moment
from harmledger.evals.synthetic.figures import say_number
from harmledger.evals.synthetic.recipe import Recipe
from harmledger.evals.synthetic.telling import Seen, days, see_event
from harmledger.evals.synthetic.world import Event, Town

Add = Callable[..., None]
EXTRACTOR = "synthetic@1"
_LAGS = ((0, 33), (1, 38), (2, 11), (3, 5), (4, 3), (6, 2), (20, 3), (60, 3), (300, 2))
_BODIES = ("health ministry", "city council", "rescue service", "rights monitor", "army")
_OUTLETS = 60


class Passage(Value, frozen=True, kw_only=True):
    """A sentence of a report before it is printed somewhere. ``event`` is the truth."""

    event: str
    sentence: str
    harm: Harm
    quantity: Quantity
    seen: Seen
    whole: bool
    """It repeats where, when and what; else it leaves them to the sentences before."""
    site: Site | None
    roles: tuple[str, ...]
    age: str | None
    voice: tuple[Voice, ...]
    part_of: int | None


class Report(Value, frozen=True, kw_only=True):
    """A report as one outlet printed it; ``root`` is the report it ultimately repeats."""

    name: str
    root: str
    outlet: str
    day: int
    event: Event
    passages: tuple[Passage, ...]
    supersedes: str | None = None


def iter_reports(
    events: Sequence[Event],
    count: int,
    towns: Mapping[str, Sequence[Town]],
    recipe: Recipe,
    chance: Random,
) -> Iterator[Report]:
    """``count`` reports, at least one an event, more about those of more fame."""
    extra = chance.choices(events, [e.fame for e in events], k=max(0, count - len(events)))
    told: dict[str, list[Report]] = {}
    for number, event in enumerate([*events, *extra]):
        earlier, draw = told.get(event.id, []), chance.random()
        name = f"report-{number:06d}"
        if earlier and draw < recipe.copies:
            report = _copy(name, chance.choice(earlier), recipe, chance)
        elif earlier and draw < recipe.copies + recipe.revisions:
            report = _revise(name, chance.choice(earlier), towns, recipe, chance)
        else:
            report = _write(name, event, events, towns, recipe, chance)
        told.setdefault(event.id, []).append(report)
        yield report


def _outlet(chance: Random) -> str:
    return f"Outlet {int(_OUTLETS * chance.random() ** 2)}"


def _write(
    name: str,
    event: Event,
    events: Sequence[Event],
    towns: Mapping[str, Sequence[Town]],
    recipe: Recipe,
    chance: Random,
) -> Report:
    lag = chance.choices([d for d, _ in _LAGS], [w for _, w in _LAGS])[0]
    day = event.day + (chance.randrange(lag // 2, lag + 1) if lag > 6 else lag)
    passages = _tell(name, event, day, towns, recipe, chance)
    if chance.random() < recipe.second_incident:
        other = _other_event(event, events, chance)
        if other.day <= day and other.id != event.id:
            passages += _tell(f"{name}, further down", other, day, towns, recipe, chance)
    return Report(
        name=name, root=name, outlet=_outlet(chance), day=day, event=event, passages=passages
    )


def _other_event(event: Event, events: Sequence[Event], chance: Random) -> Event:
    """A sibling (the next or last made) half of the time, else any."""
    if chance.random() < 0.5:
        return events[max(0, int(event.id.rpartition("-")[2]) - 1)]
    return chance.choice(events)


def _copy(name: str, earlier: Report, recipe: Recipe, chance: Random) -> Report:
    """The same words, sometimes cut or edited; "yesterday" may now mean another day."""
    later = chance.choice((0, 0, 0, 1, 1, 2))
    kept = earlier.passages
    if len(kept) > 1 and chance.random() < 0.3:
        kept = kept[: max(1, len(kept) - 1)]
    shift = 1 if later and chance.random() < recipe.shifted else 0
    passages = tuple(_reprint(p, name, shift, recipe, chance) for p in kept)
    return msgspec.structs.replace(
        earlier,
        name=name,
        outlet=_outlet(chance),
        day=earlier.day + later,
        passages=passages,
        supersedes=None,
    )


def _reprint(p: Passage, name: str, shift: int, recipe: Recipe, chance: Random) -> Passage:
    sentence = p.sentence
    if chance.random() < recipe.edited:
        sentence = f"{p.sentence} (edited for {name})"
    seen = p.seen
    if shift and seen.occurred is not None and seen.occurred.earliest is not None:
        first, last = seen.occurred.earliest, seen.occurred.latest or seen.occurred.earliest
        moved = days(date.fromisoformat(first).toordinal() + 1, _day(last) + 1)
        seen = msgspec.structs.replace(seen, occurred=moved)
    return msgspec.structs.replace(p, sentence=sentence, seen=seen)


def _day(written: str) -> int:
    return date.fromisoformat(written).toordinal()


def _revise(
    name: str,
    earlier: Report,
    towns: Mapping[str, Sequence[Town]],
    recipe: Recipe,
    chance: Random,
) -> Report:
    """The outlet tells it again a day or two later, with the figures of that day."""
    day = earlier.day + chance.choice((0, 1, 1, 2))
    passages = _tell(name, earlier.event, day, towns, recipe, chance)
    return msgspec.structs.replace(
        earlier, name=name, day=day, passages=passages, supersedes=earlier.name
    )


def _tell(
    name: str,
    event: Event,
    day: int,
    towns: Mapping[str, Sequence[Town]],
    recipe: Recipe,
    chance: Random,
) -> tuple[Passage, ...]:
    """One to four passages about ``event``; only the first always says all the report knows."""
    seen = see_event(event, day, towns[event.town.province], recipe, chance)
    voice = _voice(chance)
    told: list[Passage] = []

    def add(harm: Harm, quantity: Quantity, part_of: int | None = None) -> None:
        told.append(
            Passage(
                event=event.id,
                sentence=f"Passage {len(told) + 1} of {name}{seen.hour}.",
                harm=harm,
                quantity=quantity,
                seen=seen,
                whole=not told or chance.random() < 0.5,
                site=seen.site if not told or chance.random() < 0.4 else None,
                roles=("patient",) if event.site == "hospital" and chance.random() < 0.3 else (),
                age="child" if part_of is not None else None,
                voice=voice if chance.random() < 0.7 else _voice(chance),
                part_of=part_of,
            )
        )

    lag = day - event.day
    add(event.kind, say_number(event.dead, lag, recipe, chance))
    if event.kind == "killed":
        _tell_more(event, lag, recipe, chance, add)
    return tuple(told)


def _tell_more(event: Event, lag: int, recipe: Recipe, chance: Random, add: Add) -> None:
    """Wounded, children among the dead, the building."""
    if event.hurt and chance.random() < 0.6:
        add("injured", say_number(event.hurt, lag, recipe, chance))
    if event.dead > 4 and chance.random() < 0.25:
        few = 1 + chance.randrange(event.dead // 3 + 1)
        add("killed", Quantity(as_written=str(few), low=few, high=few, bound="exact"), 0)
    if event.site is not None and chance.random() < 0.35:
        one = Quantity(low=1, high=1, bound="exact", unit="facilities", basis="implied")
        add("object_struck", one)


def _voice(chance: Random) -> tuple[Voice, ...]:
    if chance.random() < 0.35:
        return ()
    who = chance.choice(_BODIES)
    return (Voice(organisation=who, as_written=who),)


def print_report(report: Report, names: Mapping[str, str]) -> tuple[Document, list[Claim]]:
    """The report as a document with its claims, in text order. ``names``: document ids by name."""
    digest = sha256_of(report.name.encode())
    published = date.fromordinal(report.day).isoformat()
    document = Document(
        id=document_id(digest),
        name=report.name,
        source=report.outlet,
        published_at=published,
        language="en",
        sha256=digest,
        media_type="text/plain",
        text_sha256=sha256_of(f"text of {report.name}".encode()),
        reader=EXTRACTOR,
        supersedes=names.get(report.supersedes or ""),
    )
    claims: list[Claim] = []
    for number, passage in enumerate(report.passages):
        first = next(i for i, p in enumerate(report.passages) if p.event == passage.event)
        whole = claims[first].id if passage.part_of is not None else None
        claims.append(_claim(document, passage, number, whole))
    return document, claims


def _claim(document: Document, p: Passage, number: int, whole: str | None) -> Claim:
    start = 100 + 400 * number
    span = Span(start=start, end=start + 10, quote=p.sentence[:10], sentence=p.sentence)
    key = (document.id, document.text_sha256, span, p.harm, "asserts", p.voice, p.quantity)
    return Claim(
        id=claim_id(*key),  # type: ignore[arg-type]
        document=document.id,
        document_name=document.name,
        text_sha256=document.text_sha256,
        span=span,
        harm=p.harm,
        quantity=p.quantity,
        part_of=whole,
        victims=Victims(roles=p.roles, age="child" if p.age else None),
        site=p.site or (p.seen.site if p.harm == "object_struck" else None),
        means=p.seen.means if p.whole else None,
        alleged_perpetrator=p.seen.accused if p.whole else None,
        voice=p.voice,
        said_at=Moment(at=document.published_at, origin="published"),
        place=p.seen.place if p.whole else None,
        occurred=p.seen.occurred if p.whole else None,
        extractor=EXTRACTOR,
    )


def group_of(report: Report) -> str:
    """Copies and corrections of one report share a group (R2)."""
    return derived_id("grp", report.root)
