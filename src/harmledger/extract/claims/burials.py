"""Graves, and bodies in them (reading rule 7): no twin claim of killed for the same bodies.

A grave counts when it is called a mass, hidden or fresh one, when bodies are told in it, or when
several are dug up or counted. One person's grave, a funeral or a cemetery is none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from harmledger.core.claim import Claim
from harmledger.core.quantity import Figure, Quantity, quantity_of
from harmledger.extract.claims.counting import Counted, count_phrase
from harmledger.extract.claims.draft import Draft, Note, figures_of
from harmledger.extract.claims.phrases import is_person
from harmledger.extract.passage import Passage
from harmledger.lexicon.persons import PersonLexicon

_KIND = (
    r"(?:mass|common|unmarked|collective|clandestine|secret|hidden|shallow|makeshift|fresh|"
    r"freshly dug|"
    r"illegal|improvised|communal|newly dug|recent)"
)
_GRAVE = re.compile(
    rf"\b{_KIND} (?:(?!{_KIND})\w+ )?"
    r"(?:graves?|burials?|gravesites?|burial (?:site|pit|ground)s?)\b|"
    r"\bfresh mounds?\b|"
    r"\b(?:mass|unmarked|collective|clandestine) (?:pits?|trench(?:es)?)\b|"
    r"\blong graves?\b|"
    r"\bburial trench(?:es)?\b|"
    r"\bburial pits?\b|\bgrave pits?\b",
    re.I,
)
_DUG_ONE = (
    r"graves\b|grave\b(?!\s+(?:condition|state|danger|concern|fear|consequence|risk|threat|wound|"
    r"injur|burn|doubt|violation|breach|mistake|error|crime|situation|abuse|humanitarian))"
)
"""A grave, and not "in grave condition"."""
_PLAIN = re.compile(rf"\b(?:{_DUG_ONE}|pits?\b|trench(?:es)?\b)", re.I)
_PIT = re.compile(rf"\b(?:{_DUG_ONE}|(?:trench|pit|burial)(?:es|s)?\b)", re.I)
_BODIES = re.compile(
    r"\b(?:bodies|body|corpses?|remains|skeletons?|skulls?|the dead|bones)\b", re.I
)
_BODY = frozenset({"bone", "body", "corpse", "remains", "remain", "skeleton", "cadaver", "skull"})
_FILLED = re.compile(
    r"\b(?:fill(?:ed|ing)?|full of|contain(?:ing|ed|s)?|holding|held|pushed|thrown|buried|"
    r"lowered|piled|dumped|laid|exhumed|found|unearthed|with|lay|lie|lying|inside|from|in|"
    r"dug|out of|lifted|pulled|recovered|removed|raised|taken|holds?|"
    r"count(?:ed|ing)?|yield(?:ed|s)?|open(?:ed|s)?)\b",
    re.I,
)
_DUG = re.compile(
    r"\b(?:open(?:ed|ing)?|exhum\w+|unearth\w+|uncover\w*|discover\w*|found|find|locat\w+|count\w*|tall(?:y|ied)|dug|"
    r"dig(?:ging)?|point\w* (?:out|to)|excavat\w+|show|shows|identified|reveal\w*|exposed)\b",
    re.I,
)
_EXHUMED = re.compile(
    r"\b(?:exhum\w+|(?:disinter|unearth)\w*)|\b(?:dug|dig|digging) up\b|\bexcavated\b", re.I
)
_LAID = re.compile(
    r"\b(?:buried|thrown|dumped|exhumed|unearthed|piled|lowered|laid|interred|recovered|found|removed|"
    r"lies?|lying)\b",
    re.I,
)
_FROM_IT = re.compile(
    r"\b(?:lifted|pulled|brought|took|taken|recovered|dug|removed|raised|carried)\b"
    r".{0,60}\b(?:from|out of) (?:it|there|inside|below)\b",
    re.I,
)
"""Bodies out of the pit that the sentence before tells of."""
_NOT_NOW = re.compile(
    r"\b(?:cemetery|archaeolog\w+|ancient|century|medieval|ottoman|roman|bronze age)\b", re.I
)
_STEMS = (
    "grave", "burial", "pit", "trench", "hole", "exhum", "disinter", "unearth", "dug", "dig",
    "excavat", "mound",
)  # fmt: skip
"""Letters without which no pattern of a grave, or of bodies dug up, can match."""
_LONG_AGO = re.compile(
    r"\b(?:bronze age|iron age|stone age|archaeolog\w+|medieval|roman era|prehistoric)\b", re.I
)
_BRINGS = re.compile(
    r"\b(?:bring(?:s|ing)?|brought|tak(?:es|ing)) (?:(?:the|their) (?:\w+ ){0,5})?to\s+$", re.I
)
"""A toll of bodies: "lifted another 34 bodies, bringing to 71 the number recovered"."""
_HOLDS = re.compile(
    r"\b(?:it|they|each|which|that|the (?:larger|smaller|other|second|first|third)(?: one)?|"
    r"graves?|pits?|trench(?:es)?)\b[^.;:]{0,30}?\b(?:holds?|held|contain\w*|took)\s+"
    r"(?:the (?:bodies|remains) of\s+)?(?:as many as |up to |at least |about |some |around )*$",
    re.I,
)
_HOLDS_ANY = re.compile(r"\b(?:holds?|held|contain\w*)\b", re.I)
"""What a pit holds, of a pit told here or right before: "it may hold as many as 60"."""
_NEAR = 6
"""How many claims back a grave may have been told for bodies to lie in it."""


def draft_burials(passage: Passage, persons: PersonLexicon) -> tuple[Draft, ...]:
    """A draft for each group of graves of the passage, and one for counted bodies in them."""
    if _LONG_AGO.search(passage.text) or not (_may_tell_graves(passage) or _told_of_pit(passage)):
        return ()
    if _NOT_NOW.search(passage.text) and not (_GRAVE.search(passage.text) or _fresh(passage)):
        return ()
    drafts: list[Draft] = []
    for start, end, rule in _find_graves(passage):
        head = passage.tree.top(start, end)
        if head is None:
            continue
        counted = count_phrase(passage, head.index, persons, "graves")
        if any(d.counted is not None and d.counted.noun == counted.noun for d in drafts):
            continue
        if rule == "burial:dug" and counted.figure is None:
            continue
        drafts.append(_grave(passage, start, end, rule, counted))
    taken = {f for d in drafts for f in d.figures}
    pits = len(drafts)
    held = _told_of_pit(passage)
    for figure in passage.figures if drafts or held or speaks_of_graves(passage) else ():
        counted_bodies = _bodies(passage, figure, persons) if figure not in taken else None
        if counted_bodies is not None:
            drafts.append(_body_draft(counted_bodies))
    if len(drafts) > pits:
        return tuple(d for d in drafts if not _is_where_from(passage, d))
    return tuple(drafts)


_FROM = re.compile(r"\b(?:from|out of)\s+$", re.I)


def _is_where_from(passage: Passage, draft: Draft) -> bool:
    """ "Seven bodies from a single pit": the bodies are the figure, the pit says where they lay."""
    plain = any(n.rule == "burial:pit_with_bodies" for n in draft.notes) and not draft.figures
    return plain and _FROM.search(passage.text[: draft.start - passage.start]) is not None


def _told_of_pit(passage: Passage) -> bool:
    """ "The pits were opened in May. They contained the remains of 24 persons"."""
    return _HOLDS_ANY.search(passage.text) is not None and _PIT.search(passage.before) is not None


def _fresh(passage: Passage) -> bool:
    """ "Workers extending a cemetery came upon a trench with about 30 bodies": no burial of old."""
    pit = re.search(r"\b(?:trench|pit|hole)(?:es|s)?\b", passage.text, re.I)
    old = re.search(r"\b(?:ancient|centur|medieval|ottoman|roman)\w*", passage.text, re.I)
    return bool(pit and not old and _BODIES.search(passage.text))


def _grave(passage: Passage, start: int, end: int, rule: str, counted: Counted) -> Draft:
    return Draft(
        harm="mass_burial", predicate=counted.head, start=min(counted.start, start),
        end=max(end, counted.end), quantity=counted.quantity, counted=counted,
        figures=figures_of(counted), kind="burial", weak=False,
        notes=(Note(field="harm", start=start, end=end, rule=rule),),
    )  # fmt: skip


def speaks_of_graves(passage: Passage) -> bool:
    """Whether bodies told here lie in a grave, so that no twin claim of killed is made of them."""
    if not _may_tell_graves(passage):
        return False
    if _GRAVE.search(passage.text) or _dug_up(passage):
        return True
    bodies = _BODIES.search(passage.text) is not None
    pit = _PIT.search(passage.text) or (bodies and re.search(r"\bholes?\b", passage.text, re.I))
    return bool(pit and _FILLED.search(passage.text))


_BURIED_THEM = re.compile(
    r"\b(?:bur(?:y|ied|ying)|dump(?:ed|ing)?|thr(?:ew|own|owing)|tipped|pushed|interr?ed)"
    r" (?:them|(?:the|their) (?:bodies|corpses|remains))\b",
    re.I,
)


def without_those_killed(passage: Passage, drafts: Sequence[Draft]) -> list[Draft]:
    """ "Soldiers executed 14 detainees and buried them in two pits": the figure is of those killed,
    and no number of bodies found."""
    match = _BURIED_THEM.search(passage.text)
    if match is None:
        return list(drafts)
    at = passage.start + match.start()
    killed = {
        f
        for d in drafts
        if d.harm == "killed" and passage.tokens[d.predicate].upos == "VERB" and d.end <= at
        for f in d.figures
    }
    return [d for d in drafts if d.kind != "burial" or not killed & set(d.figures)]


def _may_tell_graves(passage: Passage) -> bool:
    """Most sentences hold none of the letters: quicker to see than to try the patterns."""
    text = passage.text.lower()
    return any(stem in text for stem in _STEMS)


def _dug_up(passage: Passage) -> bool:
    """ "exhumed 28 bodies": what is exhumed lay in a grave."""
    return _EXHUMED.search(passage.text) is not None


def _find_graves(passage: Passage) -> list[tuple[int, int, str]]:
    found = [
        (passage.start + m.start(), passage.start + m.end(), "burial:mass_grave")
        for m in _GRAVE.finditer(passage.text)
    ]
    bodies = _BODIES.search(passage.text) is not None
    for match in _PLAIN.finditer(passage.text):
        span = (passage.start + match.start(), passage.start + match.end())
        if any(start <= span[0] < end for start, end, _ in found):
            continue
        definite = re.search(
            r"\b(?:the|his|her|their|its)\s+$", passage.text[: match.start()], re.I
        )
        if bodies and _FILLED.search(passage.text) and not definite:
            found.append((*span, "burial:pit_with_bodies"))
        elif match.group().lower().startswith("grave") and _DUG.search(passage.text):
            found.append((*span, "burial:dug"))
    return found


def _bodies(passage: Passage, figure: Figure, persons: PersonLexicon) -> Counted | None:
    """The bodies, or people laid in a grave, that a figure counts."""
    if figure.kind != "count":
        return None
    lead = passage.text[: figure.start - passage.start]
    head = passage.tree.top(*figure.core)
    if _BRINGS.search(lead) and _BODIES.search(lead) and head is not None:
        return _counted(passage, figure, head.index)
    if _put_in_pit(passage, figure) and head is not None:
        return _counted(passage, figure, _people_behind(passage, figure, head.index, persons))
    if head is not None and (_held_in_it(passage, figure) or _more_of_them(passage, figure)):
        return _counted(passage, figure, head.index)
    after = [t for t in passage.tokens if t.start >= figure.end][:6]
    if after and after[0].upos == "AUX" and _laid(passage):
        head = passage.tree.top(*figure.core)
        return _counted(passage, figure, head.index) if head is not None else None
    for token in after:
        lemma = passage.lemmas[token.index]
        if lemma in {"set", "body"} and token.index + 1 < len(passage.tokens):
            of = passage.lowered[token.index + 1] == "of"
            if lemma == "set" and of:
                continue
        if lemma in _BODY:
            return _counted(passage, figure, token.index)
        if is_person(passage, token.index, persons) and token.upos in {"NOUN", "PROPN"}:
            lead = passage.text[: figure.start - passage.start][-40:]
            remains = _BODIES.search(lead) is not None and re.search(r"\bof\s+$", lead)
            others = any(_put_in_pit(passage, f) for f in passage.figures)
            laid = _laid(passage) and not others and not _behind_the_pit(passage, figure)
            return _counted(passage, figure, token.index) if remains or laid else None
        if token.upos not in {"ADJ", "ADP", "DET", "VERB", "NUM", "ADV"}:
            return None
    return None


def _held_in_it(passage: Passage, figure: Figure) -> bool:
    lead = passage.text[: figure.core[0] - passage.start]
    return _HOLDS.search(lead) is not None and _ends_or_bodies(passage, figure)


_MORE = re.compile(r"\b(?:another|a further|and of|of)\s+$", re.I)
_FROM_OTHER = re.compile(
    r"\s*(?:more\s*)?from (?:the|a|another) (?:second|third|other|larger|smaller|next)\b", re.I
)


def _more_of_them(passage: Passage, figure: Figure) -> bool:
    """ "Lifted 27 bodies from the pit; on Monday another six", "the remains of 17 were recovered
    from the first and of eight from the second"."""
    lead = passage.text[: figure.start - passage.start]
    behind = passage.text[figure.end - passage.start :]
    told = _BODIES.search(lead) is not None and any(f.end <= figure.start for f in passage.figures)
    if not told:
        return False
    if _FROM_OTHER.match(behind):
        return True
    ends = re.match(r"\s*(?:more)?\s*(?:[.;]|$)", behind) is not None
    more = figure.as_written.lower().startswith(("another", "a further")) or _MORE.search(lead)
    return ends and bool(more) and not lead.rstrip().lower().endswith("of")


_INTO_PIT = re.compile(
    r"(?:\s+(?:more|others|of them|of the dead|(?:[\w-]+ ){0,2}(?:bodies|corpses|people|dead|men|"
    r"women|children|civilians|villagers|victims|fighters|soldiers|prisoners|residents)))?"
    r"\s*(?:were|was|are|have been|had been|being)?\s*(?:all |later |also |then |hastily )?"
    r"(?:buried|laid|put|placed|thrown|tipped|lowered|interred|went|lie|lay|lies|pushed|dumped|"
    r"heaped|rolled|shovelled|bulldozed)?"
    r"(?: to rest| together| side by side| there)?(?:, [\w ]{2,20},)?\s+(?:in|into|inside)\s+"
    r"(?:a|an|one|the same|the|two|three|four|five|six|its|another|single)\s+(?:[\w-]+\s+){0,2}?"
    r"(?:pits?|trench(?:es)?|mass graves?|graves?|sandpits?|ditch(?:es)?)\b",
    re.I,
)
"""What is said behind those put in a pit: "fifty of the dead were laid in one pit"."""


def _people_behind(passage: Passage, figure: Figure, head: int, persons: PersonLexicon) -> int:
    after = [t.index for t in passage.tokens if t.start >= figure.end][:4]
    return next(
        (n for n in after if passage.lemmas[n] in _BODY or is_person(passage, n, persons)), head
    )


def _put_in_pit(passage: Passage, figure: Figure) -> bool:
    return _INTO_PIT.match(passage.text, figure.end - passage.start) is not None


def _behind_the_pit(passage: Passage, figure: Figure) -> bool:
    """ "Were laid in one pit, the governor and two bishops attending": told behind the pit, and not
    in it."""
    lead = passage.text[: figure.start - passage.start]
    told = re.search(r"\b(?:with|of|holds?|held|containing|contained|for)\s+(?:\w+\s+){0,2}$", lead)
    laid = _LAID.search(lead)
    return laid is not None and _PIT.search(lead, laid.end()) is not None and told is None


def _ends_or_bodies(passage: Passage, figure: Figure) -> bool:
    behind = passage.text[figure.end - passage.start :]
    return re.match(r"\s*(?:[.,;)”\"]|$|bodies|people|corpses|dead\b|victims)", behind) is not None


def _laid(passage: Passage) -> bool:
    return _LAID.search(passage.text) is not None


def _counted(passage: Passage, figure: Figure, noun: int) -> Counted:
    quantity = quantity_of(figure)
    return Counted(
        quantity=quantity, head=noun, noun=noun, start=figure.start,
        end=max(figure.end, passage.tokens[noun].end), figure=figure,
    )  # fmt: skip


def _body_draft(counted: Counted) -> Draft:
    return Draft(
        harm="mass_burial", predicate=counted.noun, start=counted.start, end=counted.end,
        quantity=counted.quantity, counted=counted, figures=figures_of(counted), kind="burial",
        notes=(Note(field="harm", start=counted.start, end=counted.end, rule="burial:bodies"),),
    )  # fmt: skip


def settle_bodies(
    passage: Passage, drafts: Sequence[Draft], earlier: Sequence[Claim]
) -> tuple[Draft, ...]:
    """Bodies and pits told right after a grave lie in it or are one more: "a hundred more bodies",
    "a third pit was found"."""
    near = any(c.harm == "mass_burial" and c.stance == "asserts" for c in earlier[-_NEAR:])
    if not near and _FROM_IT.search(passage.text) and _PIT.search(passage.before):
        return tuple(_as_burial(passage, d) for d in drafts)
    if not near:
        return tuple(drafts)
    settled = [_as_burial(passage, d) for d in drafts]
    graves = any(d.kind == "burial" and d.quantity.unit == "graves" for d in settled)
    return tuple(settled) if graves else (*settled, *_another_pit(passage))


def _as_burial(passage: Passage, draft: Draft) -> Draft:
    noun = draft.counted.noun if draft.counted is not None else draft.predicate
    body = {passage.lemmas[noun], passage.lemmas[draft.predicate]} & _BODY
    body = body or {lemma for f in draft.figures for lemma in _right_behind(passage, f)} & _BODY
    if draft.harm != "killed" or not body:
        return draft
    return msgspec.structs.replace(draft, harm="mass_burial", kind="burial")


def _right_behind(passage: Passage, figure: Figure) -> tuple[str, ...]:
    """ "Speaks of eight bodies": what the figure of a toll counts."""
    after = [t.index for t in passage.tokens if t.start >= figure.end][:2]
    return tuple(passage.lemmas[n] for n in after)


def _another_pit(passage: Passage) -> tuple[Draft, ...]:
    told = re.search(
        r"\b(?:told|tells|spoke|speaks?|knows?|knew)\b[^.;]{0,40}\bof "
        r"(?P<pit>a (?:second|third|fourth|fifth|further)|another)(?=\s*[.;,]|$)",
        passage.text, re.I,
    )  # fmt: skip
    match = told or re.search(
        r"\b(?P<lead>(?:a|another|the) (?:second|third|fourth|fifth|sixth|further|new|other)|"
        r"another) "
        r"(?P<pit>pit|grave|trench|site)\b", passage.text, re.I,
    )  # fmt: skip
    if match is None or not (told or _DUG.search(passage.text)):
        return ()
    if told and not (_PLAIN.search(passage.text) or _PLAIN.search(passage.before)):
        return ()
    start, end = passage.start + match.start(), passage.start + match.end()
    head = passage.tree.top(passage.start + match.start("pit"), end)
    if head is None:
        return ()
    one = Quantity(as_written=match.group(), low=1, high=1, bound="exact", unit="graves",
                   basis="implied")  # fmt: skip
    counted = Counted(quantity=one, head=head.index, noun=head.index, start=start, end=end)
    return (_grave(passage, start, end, "burial:one_more", counted),)
