"""A number told as an afterthought: "the houses, all 26", "the huts, some thirty by his count"."""

from __future__ import annotations

import re

from harmledger.core.quantity import Figure
from harmledger.extract.passage import Passage

_ASIDE = re.compile(
    r"\s*(?:,\s*(?:all(?: of them,?)?|or|numbering|totalling|totaling)|\()\s*", re.I
)
_BEYOND_AGE = 120
_SET_OFF = re.compile(r"\s*[,–—]\s*$")


def told_behind(passage: Passage, end: int) -> Figure | None:
    """ "the houses, all 26", "the hostages (14)": the number as an afterthought."""
    for figure in passage.figures:
        gap = passage.text[end - passage.start : max(end, figure.start) - passage.start]
        if figure.kind != "count" or figure.start < end:
            continue
        if _ASIDE.fullmatch(gap):
            return figure
        after = passage.text[figure.end - passage.start :].lstrip()[:1]
        if _SET_OFF.fullmatch(gap) and after in {",", "–", "—"}:
            return figure if _is_no_age(passage, figure, end) else None
        if _EVERY.fullmatch(gap) and _of_things(passage, figure, end):
            return figure
    return None


_EVERY = re.compile(
    r"\s*[,–—]\s*(?:(?:all of them|every one(?: of them)?|the lot),?\s*)?[“\"]?", re.I
)
_BY_COUNT = re.compile(
    r"[”\"]?\s*(?:$|[.;,”\"]|(?:by|in|on|from) (?:\w+(?:['’]s)? ){1,3}"
    r"(?:count|counts|estimate|estimates|"
    r"reckoning|recollection|telling|tally|memory)\b|in all\b|or so\b|all told\b)",
    re.I,
)


def _of_things(passage: Passage, figure: Figure, end: int) -> bool:
    """ "Set fire to the huts, some thirty by the elder's count", "burned our houses, every one,
    maybe sixty": buildings have no age."""
    after = passage.text[figure.end - passage.start :]
    many = any(
        s.end == end and passage.tokens[s.noun].xpos in {"NNS", "NNPS"} for s in passage.sites
    )
    return many and _BY_COUNT.match(after) is not None


def _is_no_age(passage: Passage, figure: Figure, end: int) -> bool:
    """ "The survivors, about 260, left": many, behind a plural. "The twins, 9, died" tells an age,
    as does any number behind one person; what is in doubt stays with the undercount guard."""
    many = (figure.low or figure.high or 0) >= _BEYOND_AGE or figure.start < figure.core[0]
    return many and any(t.end == end and t.xpos in {"NNS", "NNPS"} for t in passage.tokens)
