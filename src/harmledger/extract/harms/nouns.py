"""Nouns of harm, and whom they harm."""

from __future__ import annotations

import re

import msgspec

from harmledger.extract.claims.no_one import shares_no
from harmledger.extract.harms.aims import aimed_by_verb
from harmledger.extract.harms.arguments import find_objects, find_phrases, find_subjects
from harmledger.extract.harms.behind import maimed_too, object_behind, of_right_behind, told_later
from harmledger.extract.harms.figures import cases_of, figure_before, in_figure, is_time, share_of
from harmledger.extract.harms.heads import make_mention
from harmledger.extract.harms.mention import Mention
from harmledger.extract.harms.people import are_these, is_own_body, owners_of_bodies
from harmledger.extract.harms.taking import held_for_ransom
from harmledger.extract.language.tree import matches
from harmledger.extract.passage import Passage
from harmledger.lexicon.harms import HarmLexicon, HarmWord

_DEEDS = frozenset({"incident", "act", "count"})
_UNDERGO = frozenset({"subject", "undergo", "endure"})
_CARE = frozenset({"treat", "examine", "counsel", "support", "assist"})
"""Who is treated for an act underwent it."""
_OF_WHAT = frozenset({"casualty", "fatality", "victim"})
"""Words that take what did it behind "of" as often as those it was done to."""
_DEADLY = frozenset({"massacre", "execution", "assassination", "murder", "lynching", "killing"})
_SUFFERERS = frozenset({"victim", "survivor"})
_TELLS = frozenset({"report", "record", "confirm", "register", "cause", "document"})


def noun_at(passage: Passage, lexicon: HarmLexicon, at: int) -> Mention | None:
    """The harm a noun says: of the people it counts, or of the act it names."""
    hit = lexicon.nouns.match(passage.lowered, passage.lemmas, at)
    if hit is None:
        return None
    end, word = hit
    head = passage.tokens[end - 1]
    if word.who == "counted" and not _has_number(passage, end - 1):
        return None
    if head.upos not in {"NOUN", "PROPN", "ADJ", "VERB", "NUM"}:
        return None
    if word.pattern == "of_person":
        return _person_noun(passage, word, at, end - 1)
    if (head.upos == "VERB" and head.xpos != "VBG") or _counts_deeds(passage, word, end - 1):
        return None
    if word.harm in {"killed", "injured"} and maimed_too(passage, end - 1):
        word = msgspec.structs.replace(word, harm="killed_or_injured")
    return _event_noun(passage, word, at, end - 1)


def _has_number(passage: Passage, noun: int) -> bool:
    """ "Nine coffins", "3,000 new arrivals": the word says the harm only of a number."""
    numbers = passage.tree.children(noun, "nummod")
    return any(in_figure(passage, n.index) for n in numbers) or in_figure(passage, max(0, noun - 1))


def _person_noun(passage: Passage, word: HarmWord, first: int, last: int) -> Mention | None:
    tree = passage.tree
    head = passage.tokens[last]
    if head.upos in {"ADJ", "VERB"} and not stands_for_people(passage, last):
        return None
    taken = head.head >= 0 and passage.lemmas[head.head] in {"take", "hold", "seize", "keep"}
    only = passage.tree.child(last, "nummod") is None and passage.lowered[first] == "hostage"
    if matches(head.deprel, ("compound",)) or (word.harm == "abducted" and taken and only):
        return None  # "refugee camp"; "took 30 people hostage" is the verb's
    if word.lemma == "body" and is_own_body(passage, first):
        return None
    if word.harm == "killed_or_injured" and _told_before(passage, last):
        return None
    if word.harm == "abducted" and _set_free(passage, last):
        return None
    if word.harm == "killed_or_injured" and tree.child(last, "cop") is not None:
        people = tuple(h for h in find_subjects(tree, last) if are_these(passage, h, "counted"))
        if people:  # "ten workers are said to be casualties"
            return make_mention(passage, word, first, last, people, "person")
    share = share_of(passage, last)
    if share is not None:
        return make_mention(passage, word, first, last, (share,), "person")
    said_of = _said_of(passage, first, last) if word.harm == "sexual_violence" else ()
    inner = find_phrases(tree, last, "of") if word.harm != "mass_burial" and not said_of else ()
    people = said_of or tuple(
        i for i in inner if tree.tokens[i].upos != "PROPN" or tree.tokens[i].entity == "PER"
    )
    if word.lemma == "victim" and _are_dead(passage, first, inner):
        word = msgspec.structs.replace(word, harm="killed")
    bare = word.lemma in _OF_WHAT and _has_number(passage, last)
    if bare and not any(are_these(passage, i, "people") for i in people):
        people = said_of  # "38 casualties of shelling"
    if people and not said_of:  # "the bodies of a woman and her daughter": the parser's other body
        beside = tree.children(last, "conj")
        people += tuple(
            t.index for t in beside
            if t.index > max(people) and are_these(passage, t.index, "people")
        )  # fmt: skip
    people = people or owners_of_bodies(passage, last, counted=_has_number(passage, last))
    own = first if last > first + 1 and passage.lowered[first + 1] == "of" else last
    return make_mention(passage, word, first, last, people or (own,), "person")


_RAISES = re.compile(
    r"\b(?:died|succumb\w*|was killed|were killed|perished)\b.*\b(?:rais|bring|tak|push)\w+ "
    r"(?:to \w+ )?the (?:total )?number of $",
    re.I,
)


def _are_dead(passage: Passage, first: int, of: tuple[int, ...]) -> bool:
    """ "The 22 victims of the massacre", "two died, raising the number of victims to nine"."""
    if any(passage.lemmas[i] in _DEADLY for i in of):
        return True
    return _RAISES.search(passage.text[: passage.tokens[first].start - passage.start]) is not None


def _set_free(passage: Passage, noun: int) -> bool:
    """ "Seventeen hostages were freed": the end of a harm (rule 5)."""
    share = passage.tree.head(noun)
    if share is not None and share.index < noun and in_figure(passage, share.index):
        noun = share.index  # "six of the hostages were freed"
    above = passage.tree.head(noun)
    role = matches(passage.tokens[noun].deprel, ("nsubj", "nsubj:pass", "obj"))
    freed = {"free", "release", "rescue", "liberate", "exchange", "swap", "return"}
    return role and above is not None and passage.lemmas[above.index] in freed


def _told_before(passage: Passage, noun: int) -> bool:
    """ "The victims", "both victims", "one of the casualties": people whose harm was told already,
    and a label ("Casualties: 3 killed")."""
    tree = passage.tree
    after = passage.lowered[noun + 1] if noun + 1 < len(passage.tokens) else ""
    counted = tree.child(noun, "nummod") is not None
    dets = {c.lemma.lower() for c in tree.children(noun, "det", "det:predet", "nmod:poss")}
    before = passage.lowered[noun - 1] if noun else ""
    if any(c.lemma.lower() in {"among", "of"} for n in tree.children(noun, "nmod")
           for c in tree.children(n.index, "case")):  # fmt: skip
        return False  # "the casualties among the guards" are told here
    known = bool(dets & {"the", "this", "these", "both", "their", "his", "her", "its", "each"})
    if counted:
        return False  # "120 casualties: 40 killed and 80 injured"
    split = after.startswith("include") and not _OUTCOMES.isdisjoint(passage.vocabulary)
    return known or before in {"the", "both", "these"} or after == ":" or split


_OUTCOMES = frozenset({"killed", "dead", "wounded", "injured", "hurt"})
"""What became of them, told behind: "Casualties included three teachers killed"."""


def _said_of(passage: Passage, first: int, last: int) -> tuple[int, ...]:
    """ "61 women were documented as victims of rape": the people the noun is said of; else the
    noun itself ("31 survivors of rape")."""
    tree = passage.tree
    head = tree.top(passage.tokens[first].start, passage.tokens[last].end)
    if head is None:
        return ()
    cases = {c.lemma.lower() for c in tree.children(head.index, "case")}
    if "as" in cases and head.head >= 0:
        return find_objects(tree, head.head) or find_subjects(tree, head.head)
    if tree.child(head.index, "cop") is not None:
        return find_subjects(tree, head.index)
    return (head.index,)


def stands_for_people(passage: Passage, at: int) -> bool:
    """ "the dead", "three dead", "17 wounded": an adjective that heads its phrase."""
    tree = passage.tree
    token = tree.tokens[at]
    if matches(token.deprel, ("amod",)):
        return False
    if passage.words(max(0, at - 2), at - 1) in {"there are", "there were"}:
        return True  # "there are dead and wounded"
    counted = tree.child(at, "nummod") is not None
    determined = any(c.lemma.lower() == "the" for c in tree.children(at, "det"))
    if tree.child(at, "cop", "aux", "aux:pass") is not None:
        return False
    return counted or determined


def _event_noun(passage: Passage, word: HarmWord, first: int, last: int) -> Mention | None:
    tree = passage.tree
    told = find_phrases(tree, last, "of", "to", "on", "against") or told_later(passage, last)
    told = told or of_right_behind(passage, last)
    dates = tuple(h for h in told if is_time(passage, h))
    harmed = tuple(h for h in told if h not in dates)
    # "the bombing on 9 May of the church": a parser hangs the church on the day
    harmed = harmed or tuple(i for d in dates for i in find_phrases(tree, d, "of"))
    owners = tuple(c.index for c in tree.children(last, "nmod:poss"))
    if word.harm == "object_struck":
        direct = object_behind(passage, last) or (() if harmed else aimed_by_verb(passage, last))
        compounds = () if _names_what_befell(passage, last) else _named_before(passage, last)
        named = tuple(i for i in compounds if tree.tokens[i].upos == "NOUN") or compounds
        return make_mention(passage, word, first, last, direct or harmed or named, "event")
    if matches(passage.tokens[last].deprel, ("compound",)) or _only_tried(passage, word, last):
        return None  # "a displacement site", "murder charges"
    cases = cases_of(passage, last)
    if cases is not None:
        return make_mention(passage, word, cases, last, (cases,), "event")
    if word.harm == "injured" and _died_of(passage, last):
        return None
    counted = tree.child(last, "nummod") is not None or figure_before(passage, first) is not None
    counted = counted or passage.lowered[max(0, first - 1)] == "without"
    counted = counted or shares_no(passage, last) or _single(passage, word, last)
    told = held_for_ransom(passage, last) or find_phrases(tree, last, "of", "to", "against", "for")
    harmed = told or of_right_behind(passage, last) or owners
    if counted and harmed and all(passage.lemmas[h] == "name" for h in harmed):
        harmed = (last,)  # "has fifteen killings to its name"
    above = tree.head(last)
    if word.harm == "sexual_violence" and above is not None and _suffered_by(passage, last):
        harmed = (above.index,)  # "29 survivors of conflict-related sexual violence"
    harmed = harmed or _undergone_by(passage, last)
    if word.lemma == "search" and not harmed and above is not None:
        harmed = find_phrases(tree, above.index, "for")  # "the search continues for eighteen"
    if word.lemma in {"search", "evacuation", "eviction"}:
        harmed = tuple(h for h in harmed if are_these(passage, h, "counted"))
        if not harmed:
            return None
    if not harmed and word.lemma in _OF_MANY and passage.tokens[last].xpos == "NNS":
        return None  # "11 massacres" counts no people
    if not harmed and (counted or _told_to_be(passage, last)):
        harmed = (last,)
    return make_mention(passage, word, first, last, harmed, "event")


_TRIED = frozenset({"attempted", "failed", "foiled", "thwarted", "botched", "bungled", "averted"})


def _only_tried(passage: Passage, word: HarmWord, noun: int) -> bool:
    """ "The attempted murder of the judge" killed nobody."""
    if word.harm != "killed":
        return False
    before = passage.tree.children(noun, "amod", "compound")
    return any(c.text.lower() in _TRIED for c in before)


def _single(passage: Passage, word: HarmWord, noun: int) -> bool:
    """ "Acknowledged a single death"."""
    if word.harm != "killed":
        return False
    one = {c.lemma.lower() for c in passage.tree.children(noun, "amod", "det")}
    return bool(one & {"single", "lone", "solitary"}) and bool(one & {"a", "one"})


_OF_MANY = frozenset({"massacre", "bloodbath", "slaughter"})


def _counts_deeds(passage: Passage, word: HarmWord, noun: int) -> bool:
    """ "143 incidents of killing", "committed five massacres against families": the number is of
    deeds, and more than one may die in each."""
    tree = passage.tree
    if word.harm != "killed":
        return False
    cases = cases_of(passage, noun)
    if cases is not None:
        return passage.lemmas[cases] in _DEEDS
    if word.lemma != "massacre" or tree.child(noun, "nummod") is None:
        return False
    harmed = find_phrases(tree, noun, "of", "to", "against", "for")
    return not any(are_these(passage, h, "counted") for h in harmed)


def _named_before(passage: Passage, noun: int) -> tuple[int, ...]:
    """ "The school shelling"; in "a car-ramming attack" the car is what it was done with."""
    before = passage.tree.children(noun, "compound", "nmod:poss")
    return tuple(c.index for c in before if "ramming" not in passage.lowered[c.index : c.index + 3])


def _names_what_befell(passage: Passage, noun: int) -> bool:
    """ "Died in the market blast", "what we know of the school attack": the event by its name, told
    for something else; that a building was hit is told elsewhere, if at all (reading rule 8)."""
    known = any(c.lemma.lower() == "the" for c in passage.tree.children(noun, "det"))
    cases = {c.lemma.lower() for c in passage.tree.children(noun, "case")}
    return known and bool(cases & {"in", "about", "of", "from", "behind", "over"})


def _suffered_by(passage: Passage, noun: int) -> bool:
    token = passage.tokens[noun]
    return passage.lemmas[token.head] in _SUFFERERS and matches(token.deprel, ("nmod",))


_DYING = frozenset({"die", "succumb", "perish", "dead"})


def _died_of(passage: Passage, noun: int) -> bool:
    """ "Has since died of her injuries": what the person died of is no harm beside the death."""
    token = passage.tokens[noun]
    return token.head >= 0 and bool(
        _DYING & {passage.lemmas[token.head], *passage.lemmas[max(0, noun - 4) : noun]}
    )


def _undergone_by(passage: Passage, noun: int) -> tuple[int, ...]:
    """ "Forty women were subjected to rape", "suffered beatings": who underwent the act."""
    tree = passage.tree
    token = tree.tokens[noun]
    right_behind = passage.lowered[noun - 1 : noun] in {("for",), ("after",)}
    if right_behind and noun > 1 and passage.lemmas[noun - 2] in _CARE:
        return find_objects(tree, noun - 2)
    if token.head < 0:
        return ()
    cared = passage.lemmas[token.head] in _CARE and any(
        c.lemma.lower() in {"for", "after"} for c in tree.children(noun, "case")
    )
    if not cared and passage.lemmas[token.head] not in _UNDERGO:
        return ()
    if passage.lemmas[token.head] in {"subject", *_CARE}:
        return find_objects(tree, token.head)
    return find_subjects(tree, token.head)


def _told_to_be(passage: Passage, noun: int) -> bool:
    """ "Injuries were reported", "caused deaths": a plural told of or caused."""
    token = passage.tokens[noun]
    if passage.lemmas[noun] in {"wound", "beating", "stabbing", "flogging"}:
        return False  # one person may have several
    if token.xpos != "NNS" or token.head < 0 or passage.tree.child(noun, "det") is not None:
        return False
    role = matches(token.deprel, ("nsubj:pass", "obj", "nsubj"))
    return role and passage.lemmas[token.head] in _TELLS
