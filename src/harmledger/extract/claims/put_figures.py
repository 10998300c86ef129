"""Figures of objects that stand apart from them: "put the number of burned houses at 30", "an
earlier report had given the number of churches as 13", "nine wells, not 19".

A label that names only the objects counts them as struck where the report has told of such objects
struck before. A figure that was given earlier and is told as such is taken back.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from harmledger.core.claim import Claim, Site
from harmledger.core.quantity import Figure, quantity_of
from harmledger.extract.claims.counting import Counted
from harmledger.extract.claims.draft import Draft, Note
from harmledger.extract.passage import Passage
from harmledger.extract.tables.labels import Label, of_objects, read_label

_PUT = re.compile(
    r"\b(?:put(?:s|ting)?|gave|give[sn]?|set|revis\w+|lower\w*|rais\w+|correct\w*|updat\w+|"
    r"reported)\s+(?:up |down )?"
    r"(?P<label>(?:the|its|their|that) (?:number|count|tally|total|figure)s? (?:of|for) "
    r"[^,;:.]{2,50}?)\s+(?:back |up |down )?(?:at|to|as)\s*$",
    re.I,
)
_EARLIER = re.compile(
    r"\b(?:earlier|previous(?:ly)?|initial(?:ly)?|originally|first)\b.*\bhad\b|\bhad\b.*\b(?:earlier|"
    r"previously|initially|originally|first)\b",
    re.I,
)
_NOT = re.compile(r",?\s*(?:and\s+|but\s+)?not\s*$", re.I)
_ENDS = re.compile(
    r"\s*(?:[.;,)]|as (?:first |earlier |previously )?(?:reported|stated|said)|$)", re.I
)


def draft_put_figures(
    passage: Passage, drafts: Sequence[Draft], earlier: Sequence[Claim]
) -> tuple[Draft, ...]:
    """The drafts with those of figures that a label or another figure of objects explains."""
    found = list(drafts)
    for figure in passage.figures:
        if figure.kind != "count" or any(figure in d.figures for d in found):
            continue
        beside = _told_beside(passage, figure, found)
        if beside is not None:
            found = [d if d is not beside[0] else beside[1] for d in found]
            continue
        made = _put(passage, figure, earlier) or _not_that(passage, figure, found)
        if made is not None:
            found = [d for d in found if not _same_unnumbered(d, made)]
            found.append(made)
    return tuple(found)


def _same_unnumbered(draft: Draft, made: Draft) -> bool:
    """ "The number of burned houses": told without its figure."""
    if draft.kind != "object" or draft.figures or draft.site is None or made.site is None:
        return False
    return draft.site.kind == made.site.kind and made.start <= draft.start < made.end


def _put(passage: Passage, figure: Figure, earlier: Sequence[Claim]) -> Draft | None:
    lead = passage.text[: figure.start - passage.start]
    match = _PUT.search(lead)
    if match is None:
        return None
    label = read_label(match["label"])
    if label.harm is None and label.site is not None and _told_struck(label, earlier):
        label = of_objects(label)
    if label.harm != "object_struck" or label.site is None:
        return None
    return _draft(passage, figure, label, passage.start + match.start("label"), lead)


def _told_struck(label: Label, earlier: Sequence[Claim]) -> bool:
    return any(
        c.harm == "object_struck" and c.site is not None and c.site.kind == label.site
        for c in earlier
    )


def _draft(passage: Passage, figure: Figure, label: Label, start: int, lead: str) -> Draft | None:
    head = passage.tree.top(*figure.core)
    if head is None or label.site is None:
        return None
    quantity = quantity_of(figure, label.unit)
    counted = Counted(
        quantity=quantity, head=head.index, noun=head.index, start=start, end=figure.end,
        figure=figure,
    )  # fmt: skip
    return Draft(
        harm="object_struck",
        predicate=head.index,
        start=start,
        end=figure.end,
        quantity=quantity,
        counted=counted,
        stance="retracts" if _EARLIER.search(lead) else "asserts",
        site=Site(kind=label.site, as_written=label.site_word),
        figures=(figure,),
        notes=(
            Note(field="harm", start=start, end=figure.end, rule="figure:objects_put_at"),
            Note(field="quantity", start=figure.start, end=figure.end, rule=figure.rule),
        ),
        kind="object",
        score=0.7,
    )


_BESIDE = re.compile(r"(?:,|\s[–—-]|\s\()\s*[\"“'‘]?\s*$")
_BESIDE_ENDS = re.compile(
    r"\s*[\"”'’]?\s*(?:[.,;)–—]|$|(?:in all|in total|altogether|by (?:his|her|their|one)|"
    r"according)\b)",
    re.I,
)


def _told_beside(
    passage: Passage, figure: Figure, drafts: Sequence[Draft]
) -> tuple[Draft, Draft] | None:
    """ "They set fire to the huts, “some thirty” by his count": a figure with no noun right behind
    objects that have none counts these."""
    lead = passage.text[: figure.start - passage.start]
    gap = _BESIDE.search(lead)
    if gap is None or not _BESIDE_ENDS.match(passage.text, figure.end - passage.start):
        return None
    for draft in drafts:
        if draft.kind != "object" or draft.figures or draft.counted is None:
            continue
        bare = draft.quantity.low == 2 and draft.quantity.high is None
        if not bare or draft.counted.end != passage.start + gap.start():
            continue
        quantity = quantity_of(figure, draft.quantity.unit)
        counted = msgspec.structs.replace(draft.counted, quantity=quantity, figure=figure)
        told = msgspec.structs.replace(
            draft, quantity=quantity, counted=counted, end=max(draft.end, figure.end),
            figures=(figure,),
        )  # fmt: skip
        return draft, told
    return None


def _not_that(passage: Passage, figure: Figure, drafts: Sequence[Draft]) -> Draft | None:
    """ "Twelve houses were burned, not 19": the figure the sentence takes back."""
    lead = passage.text[: figure.start - passage.start]
    if not _NOT.search(lead) or not _ENDS.match(passage.text, figure.end - passage.start):
        return None
    before = [
        d for d in drafts
        if d.kind == "object" and d.figures and d.figures[-1].end <= figure.start
        and d.stance == "asserts" and d.counted is not None
    ]  # fmt: skip
    if not before:
        return None
    whole = before[-1]
    quantity = msgspec.structs.replace(
        whole.quantity, as_written=figure.as_written, low=figure.low, high=figure.high,
        bound=figure.bound, basis=figure.basis, parts=(),
    )  # fmt: skip
    return msgspec.structs.replace(
        whole, start=figure.start, end=figure.end, quantity=quantity, figures=(figure,),
        stance="retracts", kin=None,
        counted=msgspec.structs.replace(
            whole.counted, quantity=quantity, figure=figure, start=figure.start, end=figure.end
        ) if whole.counted is not None else None,
        notes=(
            *whole.notes[:1],
            Note(field="quantity", start=figure.start, end=figure.end, rule="figure:not_that"),
        ),
    )  # fmt: skip
