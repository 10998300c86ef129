"""Drafts of the figures of a table row."""

from __future__ import annotations

import msgspec

from harmledger.core.claim import Age, Harm, Sex, Site, Status, Victims
from harmledger.core.quantity import Figure, quantity_of
from harmledger.extract.claims.counting import Counted
from harmledger.extract.claims.draft import Draft, Note
from harmledger.extract.passage import Passage
from harmledger.extract.tables.cells import Cell, label_of
from harmledger.lexicon.persons import PersonWord
from harmledger.lexicon.settings import load_sites

_CASUALTIES = frozenset({"killed", "injured", "killed_or_injured"})

_CASUALTIES = frozenset({"killed", "injured", "killed_or_injured"})


def draft_row(passage: Passage) -> tuple[Draft, ...]:
    """One draft for each figure under a harm; in a row with a total, the others are its parts."""
    drafts: list[Draft] = []
    totals: list[int] = []
    for cell in passage.cells[1:]:
        if cell.header or cell.column.out:
            continue
        figure = next(
            (f for f in passage.figures if cell.start <= f.start and f.end <= cell.end), None
        )
        if figure is None or figure.kind != "count" or label_of(cell).harm is None:
            continue
        draft = _of_objects(passage, cell, _draft(passage, cell, figure))
        if draft is not None:
            totals.extend([len(drafts)] if cell.column.total else [])
            drafts.append(draft)
    return tuple(_with_kin(drafts, totals))


def _of_objects(passage: Passage, cell: Cell, draft: Draft | None) -> Draft | None:
    """ "14 houses", "houses: 14" in a column that says "Burnt": the cell itself names what was
    struck."""
    within = (s for s in passage.sites if cell.start <= s.start < cell.end)
    site = next(within, None)
    if draft is None or site is None or draft.kind == "object":
        return draft
    vehicle = passage.lemmas[site.noun] in load_sites().vehicles
    quantity = msgspec.structs.replace(draft.quantity, unit="vehicles" if vehicle else "facilities")
    written = passage.text[site.start - passage.start : site.end - passage.start]
    return msgspec.structs.replace(
        draft, harm="object_struck", kind="object", quantity=quantity,
        start=min(draft.start, site.start), end=max(draft.end, site.end),
        site=Site(kind=site.kind, as_written=written), victims=Victims(),
    )  # fmt: skip


def _with_kin(drafts: list[Draft], totals: list[int]) -> list[Draft]:
    if len(totals) != 1:
        return drafts
    whole = drafts[totals[0]]
    return [
        msgspec.structs.replace(draft, kin=totals[0])
        if number != totals[0] and draft.harm == whole.harm
        else draft
        for number, draft in enumerate(drafts)
    ]


def _draft(passage: Passage, cell: Cell, figure: Figure) -> Draft | None:
    label = label_of(cell)
    head = passage.tree.top(*figure.core)
    if head is None or label.harm is None:
        return None
    quantity = quantity_of(figure, label.unit)
    counted = Counted(
        quantity=quantity, head=head.index, noun=head.index, start=figure.start, end=figure.end,
        figure=figure,
    )  # fmt: skip
    kind = label.site if label.harm == "object_struck" else None
    site = Site(kind=kind, as_written=label.site_word) if kind is not None else None
    above = cell.caption.people if cell.caption.harm is not None else ()
    people = _without_twins((*cell.column.people, *cell.row.people, *above), label.harm)
    if cell.civilians and label.harm in _CASUALTIES:
        people = (*people, PersonWord(status="civilian"))
    return Draft(
        harm=label.harm,
        predicate=head.index,
        start=figure.start,
        end=figure.end,
        quantity=quantity,
        counted=counted,
        victims=describe_label(people) if label.unit == "persons" else Victims(),
        site=site,
        figures=(figure,),
        notes=(
            Note(field="harm", start=cell.start, end=cell.end, rule="table:heading"),
            Note(field="quantity", start=figure.start, end=figure.end, rule=figure.rule),
        ),
        kind="object" if site is not None else "person",
    )


def _without_twins(people: tuple[PersonWord, ...], harm: Harm) -> tuple[PersonWord, ...]:
    """ "Persons displaced" counts the displaced: the word says the harm, and no role besides."""
    return tuple(p for p in people if harm != "displaced" or "displaced" not in p.roles)


def describe_label(people: tuple[PersonWord, ...]) -> Victims:
    """What column, row and heading say of the people, the nearest label first."""
    status: Status = next((p.status for p in people if p.status != "undetermined"), "undetermined")
    age: Age | None = next((p.age for p in people if p.age), None)
    sex: Sex | None = next((p.sex for p in people if p.sex), None)
    roles = tuple(dict.fromkeys(role for p in people for role in p.roles))
    return Victims(status=status, age=age, sex=sex, roles=roles)
