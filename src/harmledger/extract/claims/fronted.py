"""Those a passage names before, behind or as the subject of a word for all the harmed: "Killed
were two brothers", "The dead include a nurse", "Among them was a boy", "A priest was among those
killed".
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from harmledger.core.claim import PERSON_HARMS, Claim, Harm
from harmledger.extract.claims.breakdown_words import (
    AMONG_THEM,
    BY_WORD,
    FRONTED,
    INCLUDE,
    THE_DEAD,
    WORDS,
)
from harmledger.extract.claims.counting import Counted, count_phrases
from harmledger.extract.claims.draft import Draft, figures_of
from harmledger.extract.claims.phrases import is_person, phrase_heads
from harmledger.extract.claims.wholes import gravest_first, latest_whole, of_whole
from harmledger.extract.harms.arguments import find_subjects
from harmledger.extract.harms.conjuncts import with_conjuncts
from harmledger.extract.language.tree import Token
from harmledger.extract.passage import Passage
from harmledger.lexicon.persons import PersonLexicon


def draft_fronted(
    passage: Passage, drafts: list[Draft], earlier: Sequence[Claim], persons: PersonLexicon
) -> list[Draft]:
    """ "Killed were two brothers and their uncle", "The dead include a nurse": those named, where
    no word of the passage counts them yet and nothing told before holds them."""
    drafts = _of_told(passage, _among_those(passage, drafts, earlier, persons), earlier)
    match, harm, whole = _opened(passage, earlier)
    if match is None or harm is None:
        return drafts
    first = next((t.index for t in passage.tokens if t.start >= passage.start + match.end()), None)
    if first is None or passage.tokens[first].upos == "VERB":
        return drafts  # "the injured were rushed to Lodwar hospital"
    heads = tuple(
        h for h in phrase_heads(passage, first, _end_of_list(passage, first))
        if (is_person(passage, h, persons) or _is_named(passage, h)) and not _speaks(passage, h)
        and passage.lowered[h] not in _RELATIVE and not _says_where(passage, h)
    )  # fmt: skip
    heads = tuple(
        h for h in heads
        if not _names_one_of(passage, h, heads) and not _says_who(passage, h, heads)
    )  # fmt: skip
    counted = count_phrases(passage, _in_row(passage, heads), persons)
    if counted is None or counted.start < passage.tokens[first].start:
        return drafts
    if counted.quantity.high is None and not figures_of(counted):
        return drafts  # "the dead were farmers" counts nobody
    drafts = _without_first(drafts, counted, harm)
    if any(d.counted is not None and d.start < counted.end and counted.start < d.end
           and (d.harm == harm or (whole is not None and d.kind == "person"))
           and d.counted.start >= passage.tokens[first].start
           for d in drafts):  # fmt: skip
        return drafts
    if whole is None:
        drafts = [d for d in drafts if d.figures or d.harm != harm]
        whole = latest_whole(earlier, harm, counted.quantity.low)
    base = of_whole(passage, counted, None, persons, harm)
    part_of = whole.id if whole is not None else None
    return [*drafts, msgspec.structs.replace(base, part_of=part_of)]


def _opened(
    passage: Passage, earlier: Sequence[Claim]
) -> tuple[re.Match[str] | None, Harm | None, Claim | None]:
    """What opens a list of the harmed, their harm, and the whole of the sentence before that
    "among them" and "they include" are about."""
    for opening in (FRONTED, THE_DEAD, INCLUDE):
        match = opening.search(passage.text)
        if match is not None:
            return match, BY_WORD.get(match["harm"].lower()), None
    match = AMONG_THEM.search(passage.text)
    if match is None:
        return None, None, None
    just = _just_told(passage, earlier)
    return (match, just.harm, just) if just is not None else (None, None, None)


def _just_told(passage: Passage, earlier: Sequence[Claim]) -> Claim | None:
    """The whole figure of people harmed in the sentence before, the dead before others."""
    just = [c for c in earlier if c.span.sentence == passage.before]
    many = [
        c for c in gravest_first(just)
        if c.harm in PERSON_HARMS and c.stance == "asserts" and c.quantity.unit == "persons"
        and c.part_of is None and (c.quantity.high is None or c.quantity.high > 1)
    ]  # fmt: skip
    return many[0] if many else None


def _among_those(
    passage: Passage, drafts: list[Draft], earlier: Sequence[Claim], persons: PersonLexicon
) -> list[Draft]:
    """ "A priest and his cook were among the dead", "among those arrested": the subject, where no
    draft counts it for that harm."""
    tree = passage.tree
    for token in passage.tokens:
        if token.lemma.lower() not in {"among", "amongst"} or token.head < token.index:
            continue
        those = tree.tokens[token.head]
        behind = tree.tokens[those.index + 1 : those.index + 2]
        outright = those.text.lower() == "those" and any(t.text in _OUTRIGHT for t in behind)
        told = (those, *tree.children(those.index, "acl"), *(behind if outright else ()))
        harm = next((h for t in told if (h := BY_WORD.get(t.text.lower())) is not None), None)
        just = _just_told(passage, earlier) if those.text.lower() in {"them", "these"} else None
        harm = just.harm if just is not None else harm
        if harm is not None and _OR_HURT.match(passage.text, token.end - passage.start):
            harm = "killed_or_injured"
        headline = _said_in_headline(passage, token.index, those.index)
        verb = outright and passage.lowered[token.index - 1] in {"is", "are", "was", "were"}
        if harm is None or not (verb or tree.child(those.index, "cop") or headline):
            continue
        if any(
            t.text.lower() in {"not", "n't", "n’t"} for t in tree.children(those.index, "advmod")
        ):
            continue
        heads = tuple(
            h for h in (headline or with_conjuncts(tree, find_subjects(tree, those.index)))
            if h < token.index
            and (is_person(passage, h, persons) or (just is None and _is_named(passage, h)))
        )  # fmt: skip
        counted = count_phrases(passage, heads, persons) if heads else None
        if counted is None or counted.quantity.low is None or _counts(drafts, counted, harm):
            continue
        whole = just or latest_whole(earlier, harm, counted.quantity.low)
        kin = next((n for n, d in enumerate(drafts) if d.harm == harm and d.figures), None)
        part_of = whole.id if whole is not None and kin is None else None
        made = of_whole(passage, counted, None, persons, harm)
        kept = drafts if kin is not None else _without_bare(drafts, token.start, harm)
        return [*kept, msgspec.structs.replace(made, kin=kin, part_of=part_of)]
    return drafts


_OUTRIGHT = frozenset({"killed", "wounded", "injured", "slain"})
_AMONG = re.compile(rf"\bamong(?:st)? (?:the|those) (?P<harm>{WORDS})\b", re.I)


_OR_HURT = re.compile(
    r"\s+(?:the|those)(?: who were)? (?:dead|killed) (?:or|and) (?:injured|wounded|hurt|maimed)\b",
    re.I,
)
""" "Two boys were among those killed or wounded": which of it, nobody says."""


def _of_told(passage: Passage, drafts: list[Draft], earlier: Sequence[Claim]) -> list[Draft]:
    """ "Among the dead are two boys and their aunt": counted by the word itself, they are some of
    those told before."""
    found = list(drafts)
    for match in _AMONG.finditer(passage.text):
        word = passage.start + match.start("harm")
        harm = BY_WORD[match["harm"].lower()]
        for n, draft in enumerate(drafts):
            own = draft.harm == harm and draft.kin is None and draft.part_of is None
            if not own or not draft.start <= word < draft.end or draft.quantity.low is None:
                continue
            if draft.counted is None or passage.tokens[draft.counted.noun].start == word:
                continue  # "also counted among the wounded": those are all of them
            whole = latest_whole(earlier, harm, draft.quantity.low + 1)
            if whole is not None:
                found[n] = msgspec.structs.replace(draft, part_of=whole.id)
    return found


def _said_in_headline(passage: Passage, among: int, those: int) -> tuple[int, ...] | None:
    """ "Gunmen storm court; judge among dead": those named right before, where nothing but a stop
    stands around and no verb belongs to them."""
    after = passage.lowered[those + 1 : those + 2]
    if after and after[0] not in {".", ";", ",", "in", "at", "after", "as"}:
        return None
    stops = [n for n in range(among) if passage.lowered[n] in {";", ":", ",", "-", "–", "—"}]
    first = stops[-1] + 1 if stops else 0
    clause = passage.tokens[first:among]
    if not clause or len(clause) > 6 or any(t.upos in {"VERB", "AUX", "ADP"} for t in clause):
        return None
    return phrase_heads(passage, first, among - 1) or None


def _counts(drafts: Sequence[Draft], counted: Counted, harm: Harm) -> bool:
    return any(
        d.counted is not None
        and (d.harm == harm or (d.harm == "killed_or_injured" and harm == "killed"))
        and d.counted.start < counted.end and counted.start < d.counted.end
        for d in drafts
    )  # fmt: skip


def _without_bare(drafts: Sequence[Draft], start: int, harm: Harm) -> list[Draft]:
    """Without "the dead" that the subject is among: they are told by no number."""
    return [d for d in drafts if d.figures or d.harm != harm or d.start < start]


def _speaks(passage: Passage, at: int) -> bool:
    """ "The wounded are two boys and a girl, the prosecutor told reporters": who says it."""
    start = passage.tokens[at].start
    return any(
        a.source is not None and a.source[0] <= start < a.source[1] for a in passage.attributions
    )


def _without_first(drafts: list[Draft], counted: Counted, harm: Harm) -> list[Draft]:
    """Without the first of a list, which a harm word counts alone: "among the dead were five
    guards, who had ridden along, and a teacher"."""
    first = counted.members[0] if counted.members else None
    alone = [
        d for d in drafts
        if d.counted is not None and first is not None and d.harm == harm and not d.counted.members
        and d.counted.noun == first.noun
    ]  # fmt: skip
    if not alone or any(d.kin is not None for d in drafts):
        return drafts
    return [d for d in drafts if d not in alone]


def _says_who(passage: Passage, at: int, heads: Sequence[int]) -> bool:
    """ "Talatu Bulus, 61, a kola-nut seller": what a name is, told behind it."""
    named = [h for h in heads if h < at and _is_named(passage, h)]
    article = passage.tree.child(at, "det")
    if not named or article is None or article.text.lower() not in {"a", "an"}:
        return False
    if max(h for h in heads if h < at) != named[-1]:
        return False
    between = passage.lowered[named[-1] + 1 : at]
    return "," in between and not {"and", "as"} & set(between)


def _names_one_of(passage: Passage, at: int, heads: Sequence[int]) -> bool:
    """ "Constables Ullah Khan and Sana Gul": the names are of the word for them all."""
    token = passage.tokens[at]
    first = passage.tree.head(at) if token.deprel == "conj" else token
    if first is None or token.upos != "PROPN" or first.upos != "PROPN" or first.head < 0:
        return False
    before = first.index - 1
    return before in heads and passage.tokens[before].xpos in {"NNS", "NNPS"}


def _is_named(passage: Passage, at: int) -> bool:
    """ "Among the dead was Talatu Bulus": a name, whatever the parser takes it for."""
    token = passage.tokens[at]
    return token.upos == "PROPN" and token.text[:1].isupper() and token.entity != "LOC"


_RELATIVE = frozenset({"who", "whose", "whom", "that", "which"})


def _says_where(passage: Passage, at: int) -> bool:
    """ "On Thursday near Navolato": a name with a preposition is nobody of the list."""
    cases = passage.tree.children(at, "case")
    return passage.tokens[at].upos == "PROPN" and any(c.upos == "ADP" for c in cases)


def _end_of_list(passage: Passage, first: int) -> int:
    """Where the list that begins at ``first`` ends: at a stop, or at a verb that tells nothing of
    one of those listed ("five guards who had been riding along, and a teacher")."""
    told_of_one = False
    for token in passage.tokens[first:]:
        if token.text in {".", ";", ":", "—", "–"}:
            return token.index
        told_of_one = token.text.lower() in _RELATIVE or (told_of_one and token.text != ",")
        finite = token.xpos in {"VBD", "VBZ", "VBP", "MD"} and token.index > first
        if finite and not told_of_one:
            return token.index - 1
    return len(passage.tokens) - 1


def _in_row(passage: Passage, heads: tuple[int, ...]) -> tuple[int, ...]:
    """The first of ``heads`` and those joined to it by commas and "and"."""
    kept = heads[:1]
    for head in heads[1:]:
        between = _without_as_well(passage, kept[-1] + 1, head)
        if any(t.upos in {"VERB", "SCONJ", "AUX"} for t in between) and not _goes_on(
            passage, between, head
        ):
            break
        joints = [
            t.index for t in between
            if t.text == "," or t.deprel == "cc" or t.text.lower() in {"as", "plus"}
        ]  # fmt: skip
        after = joints[-1] if joints else kept[-1]  # "two students from Ghana and a policeman"
        if any(t.deprel == "case" for t in between if t.index > after):
            break
        kept = (*kept, head)
    return kept


def _goes_on(passage: Passage, between: Sequence[Token], head: int) -> bool:
    """ "…, who had ridden along, and a teacher": one more behind what is told of the one before."""
    marks = [t.index for t in between if t.text == ","]
    opened = between[0].text.lower() in {*_RELATIVE, "of", "from", ","} if between else False
    if not marks or not opened:
        return False
    behind = [t.text.lower() for t in between if t.index > marks[-1]]
    joined = bool(behind) and behind[0] in {"and", "as"} and len(behind) <= 5
    said = passage.tree.child(head, "det", "nummod") is not None or _is_named(passage, head)
    return joined and said and not passage.tokens[head].deprel.startswith("nsubj")


def _without_as_well(passage: Passage, first: int, last: int) -> list[Token]:
    """The tokens between two of a row; "as well as" joins like "and", whatever a parser says."""
    words = passage.lowered[first:last]
    for at in range(len(words) - 2):
        if words[at : at + 3] == ("as", "well", "as"):
            behind = passage.tokens[first + at + 3 : last]
            return [*passage.tokens[first : first + at], passage.tokens[first + at], *behind]
    return list(passage.tokens[first:last])
