"""Lists set off by dashes, brackets or a colon that break the figure before them down.

"six priests -- five Spaniards and one Salvadoran --", "seven people: a judge, two lawyers and four
policemen". That the figures add up is the evidence, so no parser is asked and the words counted
need not be known.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from harmledger.core.claim import PERSON_HARMS
from harmledger.core.quantity import Figure, quantity_of
from harmledger.extract.claims.counting import Counted, count_phrase
from harmledger.extract.claims.draft import Draft, Note
from harmledger.extract.claims.member_parts import make_part
from harmledger.extract.claims.people import describe_victims
from harmledger.extract.claims.phrases import is_person
from harmledger.extract.passage import Passage
from harmledger.lexicon.persons import PersonLexicon

_SET_OFF = re.compile(
    r"(?P<open>--+|[—–(:\[]|(?<=\s)-(?=\s))\s*(?P<list>[^()\[\]—–:;]{3,300}?)\s*"
    r"(?=--+|[—–);\]]|(?<=\s)-\s|[.!?](?:\s|$|[\"”])|$)",
    re.S,
)
_BEHIND_COMMA = re.compile(
    r"(?P<open>,)(?=\s+(?P<list>[^()\[\]—–:;.]{3,200}?)\s*(?:[.;(—–]|--|$))", re.S
)
"""A list behind a comma runs to the end of the clause: "twelve died, seven men and five women"."""
_SINGLE = re.compile(r"(?:^|,|\band|\bplus)\s+(?:an?|the|his|her|its|their|another)\s+(?=\w)", re.I)
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})


def draft_bracketed(
    passage: Passage, drafts: Sequence[Draft], persons: PersonLexicon
) -> tuple[Draft, ...]:
    """The drafts with the parts told in set-off lists of the passage."""
    found = list(drafts)
    if not drafts or not passage.figures:
        return tuple(found)
    for match in (*_SET_OFF.finditer(passage.text), *_BEHIND_COMMA.finditer(passage.text)):
        start, end = passage.start + match.start("list"), passage.start + match.end("list")
        figures = [
            f for f in passage.figures
            if f.kind == "count" and f.low is not None and start <= f.start and f.end <= end
        ]  # fmt: skip
        whole = _whole_before(found, passage.start + match.start("open"))
        if whole is None or not figures or _has_verb(passage, start, end):
            continue
        singles = len(_SINGLE.findall(" , " + match["list"]))
        told = sum(f.low or 0 for f in figures)
        total = found[whole].quantity.low or 0
        if total not in {told, told + singles} or len(figures) + singles < 2:
            continue
        for figure in figures:
            _add_part(passage, found, whole, figure, persons)
        if match["open"] != ",":
            found.extend(_one_each(passage, found, whole, (start, end), persons))
    return tuple(found)


def _one_each(
    passage: Passage,
    found: Sequence[Draft],
    whole: int,
    run: tuple[int, int],
    persons: PersonLexicon,
) -> list[Draft]:
    """ "(three men, two women and a boy)": the boy, whom no figure counts."""
    made: list[Draft] = []
    for token in passage.tree.within(*run):
        article = passage.tree.child(token.index, "det")
        said = article is not None and article.lemma.lower() in {"a", "an"}
        if token.upos != "NOUN" or not said or not is_person(passage, token.index, persons):
            continue
        joined = passage.tokens[token.index + 1 : token.index + 3]
        if joined and joined[0].deprel == "cc" and joined[-1].xpos == "PRP$":
            continue  # "a mother and her infant" are told together
        counted = count_phrase(passage, token.index, persons)
        told = any(
            d.counted is not None and n != whole
            and d.counted.start < counted.end and counted.start < d.counted.end
            for n, d in enumerate(found)
        )  # fmt: skip
        if not told and counted.figure is None and counted.quantity.high == 1:
            made.append(make_part(passage, whole, found[whole], counted, persons, "part:set_off"))
    return made


def _whole_before(drafts: Sequence[Draft], at: int) -> int | None:
    """The figure of people told last before the list."""
    before = [
        n for n, d in enumerate(drafts)
        if d.counted is not None and d.quantity.low is not None and d.counted.start < at
        and d.harm in (*PERSON_HARMS, "mass_burial") and d.quantity.unit == "persons"
        and d.figures and d.figures[0].start < at
    ]  # fmt: skip

    def place(number: int) -> tuple[int, int]:
        own = [f.start for f in drafts[number].figures if f.start < at]
        return max(own), -(drafts[number].counted.start if drafts[number].counted else 0)  # type: ignore[union-attr]

    return max(before, key=place, default=None)


def _has_verb(passage: Passage, start: int, end: int) -> bool:
    return any(
        t.xpos in _FINITE and t.upos in {"VERB", "AUX"} for t in passage.tree.within(start, end)
    )


def _add_part(
    passage: Passage, found: list[Draft], whole: int, figure: Figure, persons: PersonLexicon
) -> None:
    own = next((n for n, d in enumerate(found) if n != whole and figure in d.figures), None)
    if own is not None and found[own].harm != found[whole].harm:  # "148 casualties (93 dead, …)"
        found[own] = msgspec.structs.replace(found[own], kin=found[own].kin or whole)
        return
    if own is not None and found[own].kin is not None:
        return
    head = passage.tree.top(*figure.core)
    if head is None:
        return
    noun = _noun_behind(passage, figure, persons)
    base = found[whole]
    counted = Counted(
        quantity=quantity_of(figure),
        head=head.index, noun=noun, start=figure.start,
        end=max(figure.end, passage.tokens[noun].end), figure=figure,
    )  # fmt: skip
    part = Draft(
        harm=base.harm,
        predicate=base.predicate,
        start=counted.start,
        end=counted.end,
        quantity=counted.quantity,
        counted=counted,
        victims=describe_victims(passage, counted, persons),
        cause=base.cause,
        stance=base.stance,
        modality=base.modality,
        kin=whole,
        part_of=None,
        figures=(figure,),
        notes=(
            Note(field="harm", start=base.start, end=base.end, rule="part:set_off"),
            Note(field="part_of", start=counted.start, end=counted.end, rule="part:set_off"),
        ),
        kind=base.kind,
        score=0.8,
    )
    if own is None:
        found.append(part)
    else:
        found[own] = part


def _noun_behind(passage: Passage, figure: Figure, persons: PersonLexicon) -> int:
    """The word counted: the first person word behind the figure, else the last of its phrase."""
    after = [t for t in passage.tokens if t.start >= figure.end][:4]
    last = passage.tree.top(*figure.core)
    noun = last.index if last is not None else 0
    for token in after:
        if token.upos not in {"NOUN", "PROPN", "ADJ"}:
            break
        noun = token.index
        if is_person(passage, token.index, persons):
            break
    return noun
