"""Breakdowns of objects: "two hospitals, one of them a children's hospital"."""

from __future__ import annotations

import re

import msgspec

from harmledger.extract.claims.counting import Counted
from harmledger.extract.claims.draft import Draft, Note
from harmledger.extract.claims.sites import describe_site
from harmledger.extract.passage import Passage, SiteMention


def site_parts(
    passage: Passage, number: int, whole: Draft, sites: tuple[SiteMention, ...]
) -> list[Draft]:
    """ "two hospitals, one of them a children's hospital": a part in the same unit."""
    found = []
    for match in re.finditer(r"\bof (?:them|which|whom|these)\b", passage.text, re.I):
        at = passage.start + match.start()
        figure = next((f for f in passage.figures if f.end <= at and at - f.end <= 2), None)
        if at < whole.end - 80 or figure is None or figure in whole.figures:
            continue
        site = next((s for s in sites if s.start > at), None)
        if site is None or whole.counted is None or figure.start < whole.counted.end:
            continue
        quantity = msgspec.structs.replace(
            whole.quantity, as_written=figure.as_written, low=figure.low, high=figure.high,
            bound=figure.bound, basis=figure.basis, parts=(),
        )  # fmt: skip
        counted = Counted(
            quantity=quantity, head=site.noun, noun=site.noun, start=figure.start, end=site.end,
            figure=figure,
        )  # fmt: skip
        found.append(
            msgspec.structs.replace(
                whole,
                start=figure.start,
                end=site.end,
                quantity=quantity,
                counted=counted,
                site=describe_site(passage, site, whole.site.condition if whole.site else "hit"),
                kin=number,
                figures=(figure,),
                notes=(
                    *whole.notes[:1],
                    Note(field="part_of", start=figure.start, end=site.end, rule="part:of_them"),
                ),
            )
        )
    return found
