"""Figures behind a label: "Killed: 12", "dead 12, wounded 30", "Fangak: 6" below a heading.

A figure with nothing behind it that it could count takes the harm of the words right before it, or
in a list item of the heading above (reading rule 18).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from harmledger.core.claim import Site, Victims
from harmledger.core.quantity import Figure, quantity_of
from harmledger.extract.claims.counting import Counted
from harmledger.extract.claims.draft import Draft, Note
from harmledger.extract.claims.phrases import is_person
from harmledger.extract.passage import Passage
from harmledger.extract.tables.drafts import describe_label
from harmledger.extract.tables.labels import Label, read_label
from harmledger.lexicon.persons import load_persons

RULE = "figure:label"
_LABEL = re.compile(
    r"(?:^|[,;.:(|\n]|\band\b)\s*(?P<label>[^\W\d_][^,;.:(|\n]{1,50}?)(?P<joint>\s*[:=]\s*|\s+[-–—]\s+|\s*\(\s*|\s+)$"
)
_PLACE_LABEL = re.compile(r"^[\W_]*(?P<label>[^:]{2,60}?)\s*(?::|\s[-–—]|\.{2,})\s*$")
_ENDS = re.compile(
    r"\s*(?:[,;.)|\n/]|$|(?:people|persons|individuals|civilians|residents|inhabitants|souls|"
    r"families|households|in total|\(|and\b|of which|of whom|so far|to date|as of))",
    re.I,
)
_WHERE = re.compile(
    r"\s*(?:across|in|since|over|during|between|for the|throughout|nationwide)\b", re.I
)
"""What may go on behind a figure that a colon sets off: "Deaths: 214 across the region"."""
_HOUSEHOLDS = re.compile(r"\s*(?:families|households)\b", re.I)
_HEADS = re.compile(r"\s*(?:people|persons|individuals|residents|inhabitants|souls)\b", re.I)
_AGAIN = re.compile(
    r"\s*(?:families|households|people|persons|individuals)\s*(?:/|\(|or)\s*$", re.I
)
"""The same people once more, in the other unit: "1,312 families / 6,560 individuals"."""


def draft_labelled(passage: Passage, drafts: Sequence[Draft]) -> tuple[Draft, ...]:
    """The drafts with those of labelled figures that none of them counts."""
    found = list(drafts)
    for figure in passage.figures:
        if figure.kind != "count" or any(figure in d.figures for d in drafts):
            continue
        told = _label_of(passage, figure) or _label_again(passage, figure, found)
        if told is None:
            continue
        label, start = told
        label = _counted_in(passage, figure, label)
        draft = _draft(passage, figure, label, start)
        if draft is not None:
            found = [d for d in found if d.figures or not start <= d.start < figure.start]
            found.append(draft)
    return tuple(found)


def _label_of(passage: Passage, figure: Figure) -> tuple[Label, int] | None:
    lead = passage.text[: figure.start - passage.start]
    match = _LABEL.search(lead)
    after_colon = match is not None and match["joint"].strip() == ":"
    ends = _ENDS.match(passage.text, figure.end - passage.start)
    behind = figure.end - passage.start
    goes_on = _WHERE.match(passage.text, behind) or _counts_persons(passage, figure)
    if not ends and not (after_colon and goes_on):
        return None
    longest = _LONGEST if after_colon else 6
    if match is not None and len(match["label"].split()) <= longest:
        label = read_label(match["label"])
        marked = match["joint"].strip() in {":", "=", "-", "–", "—", "("}
        short = len(match["label"].split()) <= 2
        if label.harm is not None and not label.out and (marked or short):
            return label, passage.start + match.start("label")
    if passage.kind == "list_item" and _PLACE_LABEL.match(lead):
        for above in (passage.lead, passage.heading):
            label = read_label(above or "")
            if label.harm is not None and not label.out:
                return label, figure.start
    return None


def _counts_persons(passage: Passage, figure: Figure) -> bool:
    """ "Kidnapped by the rebels: seven miners": the noun right behind, which ends the sentence."""
    behind = [t for t in passage.tokens if t.start >= figure.end and t.upos != "PUNCT"]
    return len(behind) == 1 and is_person(passage, behind[0].index, load_persons())


_LONGEST = 9
"""Words of a label before a colon: "Newly displaced in the same seven days: 3,780 people"."""
_FEW = 3


def without_labels(passage: Passage, drafts: tuple[Draft, ...]) -> tuple[Draft, ...]:
    """The drafts without those of a bare label: "Casualties", "Damaged houses", "Hostages: of the
    23 …" name what is counted below or behind, and count nobody themselves."""
    words = [t for t in passage.tokens if t.upos != "PUNCT"]
    ends = passage.text.rstrip()[-1:] in {".", "!", "?"}
    bare = len(words) <= _FEW and not passage.figures and not ends
    colon = next((t.start for t in passage.tokens[: _FEW + 2] if t.text == ":"), passage.start)
    return tuple(
        d
        for d in drafts
        if d.figures or d.quantity.low != 2 or d.quantity.high is not None
        or not (bare or (d.end <= colon and d.start - passage.start <= _FEW))
    )  # fmt: skip


def _label_again(
    passage: Passage, figure: Figure, drafts: Sequence[Draft]
) -> tuple[Label, int] | None:
    last = next((d for d in reversed(drafts) if d.figures and d.notes[0].rule == RULE), None)
    if last is None or last.figures[0].end > figure.start:
        return None
    between = passage.text[last.figures[0].end - passage.start : figure.start - passage.start]
    return (Label(harm=last.harm), figure.start) if _AGAIN.fullmatch(between) else None


def _counted_in(passage: Passage, figure: Figure, label: Label) -> Label:
    """ "1,312 families" below "Displaced people": the noun behind the figure has the last word."""
    behind = passage.text[figure.end - passage.start :]
    if label.site is not None:
        return label
    if _HOUSEHOLDS.match(behind):
        return msgspec.structs.replace(label, unit="households")
    return msgspec.structs.replace(label, unit="persons") if _HEADS.match(behind) else label


def _draft(passage: Passage, figure: Figure, label: Label, start: int) -> Draft | None:
    head = passage.tree.top(*figure.core)
    if head is None or label.harm is None:
        return None
    quantity = quantity_of(figure, label.unit)
    counted = Counted(
        quantity=quantity, head=head.index, noun=head.index, start=figure.start, end=figure.end,
        figure=figure,
    )  # fmt: skip
    site = Site(kind=label.site, as_written=label.site_word) if label.site is not None else None
    return Draft(
        harm=label.harm,
        predicate=head.index,
        start=min(start, figure.start),
        end=figure.end,
        quantity=quantity,
        counted=counted,
        victims=describe_label(label.people) if label.unit == "persons" else Victims(),
        site=site,
        figures=(figure,),
        notes=(
            Note(field="harm", start=start, end=figure.end, rule=RULE),
            Note(field="quantity", start=figure.start, end=figure.end, rule=figure.rule),
        ),
        kind="object" if site is not None else "person",
        score=0.8,
    )
