"""Harm words in a passage, each with the phrases of the harmed."""

from __future__ import annotations

import re

import msgspec

from harmledger.extract.harms.arguments import (
    find_objects,
    find_phrases,
    find_subjects,
    is_passive,
    with_conjuncts,
)
from harmledger.extract.harms.mention import Mention
from harmledger.extract.language.tree import matches
from harmledger.extract.passage import Passage
from harmledger.lexicon.harms import HarmLexicon, HarmWord, load_harms
from harmledger.lexicon.settings import ScopeLexicon

_VERBAL = {"VERB", "AUX"}
_NUMBER_OF = re.compile(
    r"\b(?:numbers?|counts?|tally|tallies|figures?|estimates?) (?:of|for) (?:\S+ ){0,4}$"
)
_REACH = 6
"""How many words behind a verb its company may stand ("shot … dead")."""


def find_mentions(
    passage: Passage, lexicon: HarmLexicon, scope: ScopeLexicon
) -> tuple[Mention, ...]:
    """Every harm word of the passage that is no figure of speech, in text order."""
    hidden = _figures_of_speech(passage, scope)
    found: list[Mention] = []
    at = 0
    while at < len(passage.tokens):
        mention = None if at in hidden else _mention_at(passage, lexicon, at)
        if mention is None:
            at += 1
            continue
        found.append(mention)
        at = max(at + 1, mention.last + 1 if mention.pattern != "verb" else at + 1)
    return tuple(found)


def _figures_of_speech(passage: Passage, scope: ScopeLexicon) -> frozenset[int]:
    hidden: set[int] = set()
    for at in range(len(passage.tokens)):
        hit = scope.metaphor.match(passage.lowered, passage.lemmas, at)
        if hit is not None:
            hidden.update(range(at, hit[0]))
    return frozenset(hidden)


def _mention_at(passage: Passage, lexicon: HarmLexicon, at: int) -> Mention | None:
    toll = lexicon.tolls.match(passage.lowered, passage.lemmas, at)
    if toll is not None and toll[1].lemma not in {"deaths"}:
        return _mention(passage, toll[1], at, toll[0] - 1, (), "toll")
    found = (
        _adjective_counted(passage, lexicon, at)
        or _verb_at(passage, lexicon, at)
        or _noun_at(passage, lexicon, at)
        or _state_at(passage, lexicon, at)
    )
    if found is not None and found.harm not in {"object_struck", "mass_burial"}:
        return _as_number_of(passage, found)
    return found


def _adjective_counted(passage: Passage, lexicon: HarmLexicon, at: int) -> Mention | None:
    """ "the number of dead", "the number killed": an adjective that names those counted."""
    word = lexicon.states.get(passage.lowered[at])
    if word is None or word.company or at == 0:
        return None
    lead = passage.words(max(0, at - 3), at - 1)
    if re.search(r"\b(?:number|count|tally|estimate)s?(?: of)?(?: the)?$", lead):
        return _mention(passage, word, at, at, (), "toll")
    return None


def _as_number_of(passage: Passage, mention: Mention) -> Mention | None:
    """ "the number of people killed", "the count of the dead": the figure stands elsewhere.

    "How many were killed" asks and says nothing.
    """
    lead = passage.words(max(0, mention.first - 6), mention.first - 1) if mention.first else ""
    if re.search(r"\bhow many\b", lead):
        return None
    if mention.harmed and _figure_before(passage, mention.first) is not None:
        return mention
    told = any(
        f.kind == "count" and f.as_written.lower().endswith(("number", "numbers"))
        for f in passage.figures
    )
    if _NUMBER_OF.search(lead + " ") and not told:
        return msgspec.structs.replace(mention, pattern="toll", harmed=())
    return mention


def _mention(
    passage: Passage, word: HarmWord, first: int, last: int, harmed: tuple[int, ...], pattern: str
) -> Mention:
    head = passage.tree.top(passage.tokens[first].start, passage.tokens[last].end)
    predicate = head.index if head is not None else last
    return Mention(
        harm=word.harm,
        first=first,
        last=last,
        predicate=predicate,
        harmed=_one_subject(passage, predicate, (first, last), harmed),
        pattern=pattern,
        rule=f"harm:{word.harm}:{word.lemma}{'+' if word.company else ''}{' '.join(word.company)}",
        weak=word.weak,
    )


def _one_subject(
    passage: Passage, predicate: int, word: tuple[int, int], harmed: tuple[int, ...]
) -> tuple[int, ...]:
    """Coordinated heads that really share the harm word.

    Drops what the parser joined across the verb ("three were killed and 17 wounded") and what
    breaks the others down ("three died, one of them a girl").
    """
    heads = tuple(
        head
        for head in with_conjuncts(passage.tree, harmed)
        if head in harmed or not _has_own_harm(passage, head, word)
    )
    if len(heads) < 2:
        return heads
    first = heads[0]
    kept = [first]
    for head in heads[1:]:
        same_side = (head < predicate) == (first < predicate)
        breakdown = passage.words(head + 1, head + 2) in {"of them", "of whom", "of these"}
        between = passage.tokens[kept[-1] + 1 : head]
        clause = any(
            t.upos == "VERB" and not passage.tree.governs(kept[-1], t.index) for t in between
        )
        one_name = head == kept[-1] + 1 and passage.tokens[head].upos == "PROPN"
        if same_side and not breakdown and not clause and not one_name:
            kept.append(head)
    return tuple(kept)


def _has_own_harm(passage: Passage, head: int, word: tuple[int, int]) -> bool:
    """ "471 dead and 342 injured": the second figure has a harm word of its own right behind it."""
    after = head + 1
    if after >= len(passage.tokens) or word[0] <= after <= word[1]:
        return False
    return passage.lowered[after] in load_harms().states


def _figure_before(passage: Passage, at: int) -> int | None:
    """ "3 killed and 17 wounded": a count right before the participle is its own subject.

    The number grammar saw it before any parser; auxiliaries and adverbs may stand between.
    """
    token = passage.tokens[at]
    if matches(token.deprel, ("amod",)) and passage.tokens[token.head].upos in {"NOUN", "PROPN"}:
        return None  # "some wounded doctors": the figure counts the noun
    before = at - 1
    while before >= 0 and passage.tokens[before].upos in {"AUX", "ADV", "PART"}:
        before -= 1
    if before < 0:
        return None
    if _in_figure(passage, before):
        token = passage.tokens[before]
        family = token.head >= 0 and passage.lemmas[token.head] in {"family", "household", "group"}
        return token.head if family and token.deprel == "nmod" else before
    bare = before == at - 1 and passage.tokens[before].upos == "NOUN"
    if bare and before > 0 and _in_figure(passage, before - 1):
        return before  # "nine staff killed and 37 people wounded"
    return None


def _figure_after(passage: Passage, at: int) -> int | None:
    """ "killing five doctors and injuring over ten": a count right behind an active verb is its
    object; the head of what it counts."""
    tree = passage.tree
    if passage.tokens[at].xpos not in {"VBG", "VBD", "VB", "VBZ", "VBP"}:
        return None
    if tree.child(at, "nsubj:pass", "aux:pass") is not None:
        return None
    end = passage.tokens[at].end
    for figure in passage.figures:
        gap = passage.text[end - passage.start : max(end, figure.start) - passage.start]
        if figure.kind == "count" and figure.start > end and gap.strip() in {"", "the"}:
            number = tree.top(*figure.core)
            if number is None:
                return None
            return number.head if number.deprel == "nummod" and number.head >= 0 else number.index
    return None


def _in_figure(passage: Passage, at: int) -> bool:
    start = passage.tokens[at].start
    return any(f.kind == "count" and f.start <= start < f.end for f in passage.figures)


# ---- verbs -----------------------------------------------------------------------------------


def _verb_at(passage: Passage, lexicon: HarmLexicon, at: int) -> Mention | None:
    token = passage.tokens[at]
    if token.upos not in _VERBAL and token.xpos not in {"VBN", "VBD", "VBG"}:
        return None
    for word in lexicon.verbs.get(passage.lemmas[at], ()):
        last = _company_end(passage, word, at)
        if last is None:
            continue
        harmed = _harmed_by_verb(passage, word, at)
        if harmed is None:
            continue
        mention = _mention(passage, word, at, at, harmed, "verb" if not word.company else "verb+")
        return msgspec.structs.replace(mention, last=max(at, last))
    return None


def _company_end(passage: Passage, word: HarmWord, at: int) -> int | None:
    """Where the company of a verb ends; the verb itself when it needs none; None when missing."""
    if not word.company:
        return at
    near = range(at + 1, min(len(passage.tokens), at + 1 + _REACH + 4))
    for start in near:
        if all(
            start + n < len(passage.tokens)
            and part in {passage.lowered[start + n], passage.lemmas[start + n]}
            for n, part in enumerate(word.company)
        ):
            return start + len(word.company) - 1
    if word.lemma.endswith("ly") or len(word.company) != 1:
        return None
    return None


def _harmed_by_verb(passage: Passage, word: HarmWord, at: int) -> tuple[int, ...] | None:
    """Heads of the harmed; empty when the verb names none; None when this is no such harm."""
    tree = passage.tree
    counted = _figure_before(passage, at)
    active = bool(tree.children(at, "obj")) and word.pattern == "object"
    if counted is not None and not active and passage.tokens[at].xpos in {"VBN", "VBD", "JJ", "VB"}:
        return (counted,)
    if word.pattern == "subject":
        return find_subjects(tree, at) if not is_passive(tree, at) else find_objects(tree, at)
    objects = find_objects(tree, at)
    counted = _figure_after(passage, at)
    if counted is not None and not word.company and counted not in objects:
        objects = (counted,)
    if word.company and word.company[0] in {"on", "at", "into", "in", "by"}:
        return find_phrases(tree, at, word.company[0])
    if word.lemma in {"claim", "cost", "take"} and word.company:
        return tuple(inner for o in objects for inner in find_phrases(tree, o, "of") or (o,))
    if word.company and not objects:
        return find_phrases(tree, at, "of")  # "ripped away much of the front"
    return objects


# ---- nouns -----------------------------------------------------------------------------------


def _noun_at(passage: Passage, lexicon: HarmLexicon, at: int) -> Mention | None:
    hit = lexicon.nouns.match(passage.lowered, passage.lemmas, at)
    if hit is None:
        return None
    end, word = hit
    head = passage.tokens[end - 1]
    if head.upos not in {"NOUN", "PROPN", "ADJ", "VERB", "NUM"}:
        return None
    if word.pattern == "of_person":
        return _person_noun(passage, word, at, end - 1)
    if head.upos == "VERB" and head.xpos != "VBG":
        return None
    return _event_noun(passage, word, at, end - 1)


def _person_noun(passage: Passage, word: HarmWord, first: int, last: int) -> Mention | None:
    tree = passage.tree
    head = passage.tokens[last]
    if head.upos in {"ADJ", "VERB"} and not _stands_for_people(passage, last):
        return None
    taken = head.head >= 0 and passage.lemmas[head.head] in {"take", "hold", "seize", "keep"}
    if matches(head.deprel, ("compound",)) or (word.harm == "abducted" and taken):
        return None  # "refugee camp"; "took 30 people hostage" is the verb's
    inner = find_phrases(tree, last, "of") if word.harm != "mass_burial" else ()
    people = tuple(
        i for i in inner if tree.tokens[i].upos != "PROPN" or tree.tokens[i].entity == "PER"
    )
    return _mention(passage, word, first, last, people or (last,), "person")


def _stands_for_people(passage: Passage, at: int) -> bool:
    """ "the dead", "three dead", "17 wounded": an adjective that heads its phrase."""
    tree = passage.tree
    token = tree.tokens[at]
    if matches(token.deprel, ("amod",)):
        return False
    counted = tree.child(at, "nummod") is not None
    determined = any(c.lemma.lower() == "the" for c in tree.children(at, "det"))
    if tree.child(at, "cop", "aux", "aux:pass") is not None:
        return False
    return counted or determined


def _event_noun(passage: Passage, word: HarmWord, first: int, last: int) -> Mention | None:
    tree = passage.tree
    harmed = find_phrases(tree, last, "of", "to", "on", "against")
    owners = tuple(c.index for c in tree.children(last, "nmod:poss"))
    if word.harm == "object_struck":
        compounds = tuple(c.index for c in tree.children(last, "compound", "nmod:poss"))
        named = tuple(i for i in compounds if tree.tokens[i].upos == "NOUN")
        compounds = named or compounds
        return _mention(passage, word, first, last, harmed or compounds, "event")
    counted = tree.child(last, "nummod") is not None
    harmed = find_phrases(tree, last, "of", "to", "against") or owners
    if not harmed and counted:
        harmed = (last,)
    return _mention(passage, word, first, last, harmed, "event")


# ---- states ----------------------------------------------------------------------------------


def _state_at(passage: Passage, lexicon: HarmLexicon, at: int) -> Mention | None:
    word = lexicon.states.get(passage.lowered[at])
    token = passage.tokens[at]
    if word is None or token.upos not in {"ADJ", "VERB", "NOUN", "ADV"}:
        return None
    if word.company and not any(part in passage.lowered for part in word.company):
        return None
    tree = passage.tree
    counted = _figure_before(passage, at)
    if counted is not None:
        return _mention(passage, word, at, at, (counted,), "state")
    if _stands_for_people(passage, at):
        return _mention(passage, word, at, at, (at,), "state")
    if matches(token.deprel, ("amod",)) and token.head >= 0:
        return _mention(passage, word, at, at, (token.head,), "state")
    harmed = find_subjects(tree, at) or find_objects(tree, at)
    if not harmed:
        return None
    return _mention(passage, word, at, at, harmed, "state")
