"""States and phrases of harm, and of whom they are said: "left 12 dead", "in intensive care"."""

from __future__ import annotations

import msgspec

from harmledger.extract.harms.arguments import find_objects, find_phrases, find_subjects
from harmledger.extract.harms.company import lacks, match_run
from harmledger.extract.harms.figures import figure_before
from harmledger.extract.harms.fitting import along_with
from harmledger.extract.harms.heads import make_mention
from harmledger.extract.harms.mention import Mention
from harmledger.extract.harms.nouns import stands_for_people
from harmledger.extract.harms.objects import counted_object
from harmledger.extract.harms.otherwise import went_home
from harmledger.extract.harms.people import are_these
from harmledger.extract.language.tree import matches
from harmledger.extract.passage import Passage
from harmledger.lexicon.harms import HarmLexicon, HarmWord

_WHEREABOUTS = frozenset({"whereabouts", "whereabout", "fate", "location"})


def _in_title(passage: Passage, at: int) -> bool:
    """ "The Authority for Search and Identification of Missing Persons said …": words of a name."""
    if at < 2 or passage.tokens[-1].text != "." or passage.lowered[at - 1] not in {"of", "for"}:
        return False
    words = (passage.tokens[at - 2], *passage.tokens[at : at + 2])
    return all(t.text[:1].isupper() for t in words)


def _is_done_next(passage: Passage, at: int) -> bool:
    """ "Settlers burned two houses and uprooted about 60 trees": the second thing they did."""
    token = passage.tokens[at]
    if token.xpos not in {"VBN", "VBD"} or token.deprel != "conj" or token.head < 0:
        return False
    first = passage.tokens[token.head]
    acted_on = passage.tree.child(first.index, "obj") if first.xpos == "VBD" else None
    behind = passage.tokens[at + 1 : at + 2]
    goes_on = bool(behind) and behind[0].upos in {"DET", "NUM", "ADJ", "NOUN", "ADV"}
    own = passage.tree.child(at, "nsubj", "aux:pass") is not None
    return acted_on is not None and goes_on and not own


def _has_done(passage: Passage, at: int) -> bool:
    helping = {c.lemma.lower() for c in passage.tree.children(at, "aux")}
    return "have" in helping and passage.tree.child(at, "aux:pass", "nsubj:pass") is None


def state_at(passage: Passage, lexicon: HarmLexicon, at: int) -> Mention | None:
    """An adjective or participle said of people or things ("left 12 dead", "20 are missing")."""
    token = passage.tokens[at]
    if token.upos not in {"ADJ", "VERB", "NOUN", "ADV"}:
        return None
    if token.xpos == "VBD" and passage.tree.child(at, "obj") and passage.tree.child(at, "nsubj"):
        return None  # "settlers uprooted an olive grove"
    if token.xpos == "VBN" and passage.tree.child(at, "obj") and _has_done(passage, at):
        return None  # "rebels have encircled the town"
    if _is_done_next(passage, at) or _in_title(passage, at):
        return None
    for word in lexicon.states.get(passage.lowered[at], ()):
        if word.company and not any(part in passage.lowered for part in word.company):
            continue
        if word.harm == "displaced" and went_home(passage, at):
            continue
        harmed = _state_of(passage, at)
        if word.who:
            harmed = tuple(h for h in harmed if are_these(passage, h, word.who))
        if harmed and not _said_of_objects(passage, word, harmed):
            mention = make_mention(passage, word, at, at, harmed, "state")
            others = along_with(passage, word, at, mention.harmed)
            return msgspec.structs.replace(mention, harmed=(*mention.harmed, *others))
    return None


def _said_of_objects(passage: Passage, word: HarmWord, harmed: tuple[int, ...]) -> bool:
    """ "The burned houses": the same word says another harm of objects."""
    if word.harm != "injured":
        return False
    return all(
        any(s.first <= h <= s.last for s in passage.sites) or counted_object(passage, h) is not None
        for h in harmed
    )


def _state_of(passage: Passage, at: int) -> tuple[int, ...]:
    tree = passage.tree
    token = passage.tokens[at]
    counted = figure_before(passage, at)
    if counted is not None and not (_WHEREABOUTS & set(passage.lemmas[:at])):
        return (counted,)
    if stands_for_people(passage, at):
        return (at,)
    if matches(token.deprel, ("amod",)) and token.head >= 0:
        return (token.head,)
    harmed = find_subjects(tree, at) or find_objects(tree, at)
    whose = tuple(
        inner
        for head in harmed
        if passage.lemmas[head] in _WHEREABOUTS
        for inner in (
            *find_phrases(tree, head, "of"),
            *(c.index for c in tree.children(head, "nmod:poss")),
        )
    )
    return tuple(_owner(passage, at) for at in whose) or harmed


def _owner(passage: Passage, at: int) -> int:
    """ "644 persons whose fate is unknown": the noun that "whose" stands for."""
    if passage.lowered[at] != "whose":
        return at
    above = passage.tree.ancestors(at)
    clause = next((t for t in above if t.deprel.startswith("acl") and t.head >= 0), None)
    return at if clause is None else clause.head


_OWN_HANDS = frozenset({"my", "our", "your", "own", "good", "safe", "his", "her", "new"})


def phrase_at(passage: Passage, lexicon: HarmLexicon, at: int) -> Mention | None:
    """A state told by a phrase: "in intensive care", "under the rubble", "in ruins"."""
    for word in lexicon.phrases.get(passage.lowered[at], ()):
        last = _end_of_phrase(passage, word, at)
        if last is None:
            continue
        counted = figure_before(passage, at)
        if counted is None and passage.lowered[max(0, at - 1)] in {"still", "now", "currently"}:
            counted = figure_before(passage, at - 1)  # "37 still in the cells"
        harmed = _phrase_of(passage, at, last) or (() if counted is None else (counted,))
        if counted is not None and counted == at - 1 and word.harm == "injured":
            harmed = (counted,)  # "one soldier dead and four with bullet wounds"
        if word.who:
            harmed = tuple(h for h in harmed if are_these(passage, h, word.who))
        if harmed:
            return make_mention(passage, word, at, last, harmed, "state")
    return None


def _end_of_phrase(passage: Passage, word: HarmWord, at: int) -> int | None:
    """The last word of the phrase read from ``at``; None where it is not there, or says nothing of
    those counted."""
    company = word.company
    if lacks(passage, company):
        return None
    last = match_run(passage, (word.lemma, *company), at)
    if last is None or (word.who == "counted" and last != at + len(company)):
        return None
    if word.lemma == "with" and last > at + 1 and figure_before(passage, last) is not None:
        return None  # "reached 19, with 44 wounded"
    if company == ("death",) and passage.lowered[at + 1] != "death":
        return None  # "admitted to two civilian deaths"
    died = {"die", "kill", "killed", "dead"} & set(passage.lemmas[:at])
    if word.who == "counted" and died and passage.tree.child(last, "cop") is None:
        return None  # "nine died on the spot and three in hospital"
    if company == ("hands",) and _OWN_HANDS & {*passage.lowered[at:last]}:
        return None  # "died in my hands"
    if word.harm == "trapped" and at and passage.lowered[at - 1] == "from":
        return None  # "pulled out from under the rubble"
    return last


def _phrase_of(passage: Passage, first: int, last: int) -> tuple[int, ...]:
    """Of whom or what the phrase is said: the subject it completes, or the noun it hangs on."""
    tree = passage.tree
    head = tree.top(passage.tokens[first].start, passage.tokens[last].end)
    if head is not None and head.deprel == "case" and head.head >= 0:
        head = tree.tokens[head.head]
    if head is None:
        return ()
    subjects = find_subjects(tree, head.index)
    if subjects:
        return subjects
    if head.head < 0:
        return ()
    above = tree.tokens[head.head]
    if tree.child(above.index, "cop") is not None:
        return find_subjects(tree, above.index)  # "two are at home with bullet wounds"
    if matches(head.deprel, ("nmod", "acl")) or above.upos in {"NOUN", "NUM", "PROPN"}:
        return (above.index,)
    if tree.child(above.index, "nsubj:pass", "obj") is not None:
        return find_objects(tree, above.index)
    return find_subjects(tree, above.index) or find_objects(tree, above.index)
