"""Breakdowns of objects: "two hospitals, one of them a children's hospital"."""

from __future__ import annotations

import re

import msgspec

from harmledger.extract.claims.counting import Counted, count_phrase
from harmledger.extract.claims.draft import Draft, Note, figures_of
from harmledger.extract.claims.sites import describe_site
from harmledger.extract.passage import Passage, SiteMention
from harmledger.lexicon.persons import load_persons


def site_parts(
    passage: Passage, number: int, whole: Draft, sites: tuple[SiteMention, ...]
) -> list[Draft]:
    """ "two hospitals, one of them a children's hospital": a part in the same unit."""
    found = _among(passage, number, whole, sites)
    for match in re.finditer(r"\bof (?:them|which|whom|these)\b", passage.text, re.I):
        at = passage.start + match.start()
        figure = next((f for f in passage.figures if f.end <= at and at - f.end <= 2), None)
        if at < whole.end - 80 or figure is None or figure in whole.figures:
            continue
        site = next((s for s in sites if s.start > at), None)
        if site is None or whole.counted is None or figure.start < whole.counted.end:
            continue
        if whole.quantity.high == 1:
            continue  # one bus station has no nine of it
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


_AMONG = re.compile(
    r"\b(?:among (?:them|these|which)|including|notably|in particular)\s*,?\s+", re.I
)
_STOPS = frozenset({"VERB", "AUX", "SCONJ"})


def _among(
    passage: Passage, number: int, whole: Draft, sites: tuple[SiteMention, ...]
) -> list[Draft]:
    """ "Eleven houses, among them the home of the imam", "312 buildings, including two schools and
    a clinic": each object told behind is a part of the objects before."""
    if whole.kind != "object" or whole.counted is None or whole.quantity.high == 1:
        return []
    if whole.quantity.unit not in {"facilities", "vehicles"} or whole.stance != "asserts":
        return []
    match = _AMONG.search(passage.text, max(0, whole.counted.end - passage.start))
    if match is None:
        return []
    found: list[Draft] = []
    behind = passage.start + match.end()
    for token in passage.tokens:
        if token.start < behind:
            continue
        if token.upos in _STOPS or token.text in {";", ":", ".", ")"}:
            break
        site = next((s for s in sites if s.noun == token.index), None)
        if site is not None and not _tells_where(passage, site):
            found.append(_part(passage, number, whole, site))
    return found


def _tells_where(passage: Passage, site: SiteMention) -> bool:
    """ "A clinic in the market": only where it is."""
    return any(
        c.lemma.lower() not in {"of", "like"} and c.index < site.noun
        and "including" not in c.text.lower() and "among" not in c.text.lower()
        for c in passage.tree.children(site.noun, "case")
    )  # fmt: skip


def _part(passage: Passage, number: int, whole: Draft, site: SiteMention) -> Draft:
    counted = count_phrase(passage, site.noun, load_persons(), whole.quantity.unit)
    return msgspec.structs.replace(
        whole,
        start=min(counted.start, site.start),
        end=max(counted.end, site.end),
        quantity=counted.quantity,
        counted=counted,
        site=describe_site(passage, site, whole.site.condition if whole.site else "hit"),
        kin=number,
        figures=figures_of(counted),
        notes=(
            *whole.notes[:1],
            Note(field="site", start=site.start, end=site.end, rule=f"site:{site.kind}"),
            Note(field="part_of", start=site.start, end=site.end, rule="part:among_them"),
        ),
    )
