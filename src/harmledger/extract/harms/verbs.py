"""Verbs of harm, and whom they harm."""

from __future__ import annotations

import msgspec

from harmledger.extract.claims.phrases import is_person
from harmledger.extract.claims.sites import site_of_head
from harmledger.extract.harms.arguments import (
    find_objects,
    find_phrases,
    find_subjects,
    is_passive,
)
from harmledger.extract.harms.company import company_end, governed
from harmledger.extract.harms.figures import (
    figure_after,
    figure_before,
    figure_of_whom,
    in_figure,
    is_time,
    number_on,
)
from harmledger.extract.harms.fitting import (
    NOT,
    along_with,
    nobody,
    none_of_whom,
    of_relative,
    searched_by,
    told_otherwise,
)
from harmledger.extract.harms.headlines import BASES, PRESENT, is_shot_dead, shot_dead_at
from harmledger.extract.harms.heads import before_says, make_mention
from harmledger.extract.harms.mention import Mention
from harmledger.extract.harms.objects import SORTS, counted_object, of_sort
from harmledger.extract.harms.otherwise import (
    FOUND,
    PARTS_OF_BODY,
    done_by_them,
    of_another,
    says_otherwise,
)
from harmledger.extract.harms.people import are_these
from harmledger.extract.harms.taking import as_taken_by, is_forced
from harmledger.extract.language.tree import Token
from harmledger.extract.passage import Passage
from harmledger.lexicon.harms import HarmLexicon, HarmWord
from harmledger.lexicon.persons import load_persons

_VERBAL = {"VERB", "AUX"}
_TELLING = frozenset({"VBN", "VBD", "JJ", "VB", "VBP", "VBZ"})
_OF_THINGS = frozenset({"burn"})
"""Verbs of hurt that are said of things as often."""
_UNABLE = frozenset({"unable", "powerless", "impossible"})
_CAN = frozenset({"can", "could", "ca", "able"})


def verb_at(passage: Passage, lexicon: HarmLexicon, at: int) -> Mention | None:
    """The harm a verb says; the reading that names somebody harmed before one that does not."""
    verbal = _is_verbal(passage.tokens[at])
    if not verbal and is_shot_dead(passage, at):
        return shot_dead_at(passage, lexicon, at)
    if not verbal and not is_taken_for_noun(passage, at):
        return None
    bare: Mention | None = None
    named: Mention | None = None
    for word in _entries(passage, lexicon, at):
        mention = _said_by(passage, word, at)
        if mention is not None and _burns_things(passage, mention):
            continue
        if mention is not None and mention.harmed and _fits(passage, mention):
            return mention
        named = named or (mention if mention is not None and mention.harmed else None)
        bare = bare or mention
    if named is None and is_shot_dead(passage, at):
        return shot_dead_at(passage, lexicon, at) or bare
    return named or bare


def _is_verbal(token: Token) -> bool:
    return token.upos in _VERBAL or token.xpos in {"VBN", "VBD", "VBG", "VBP"}


def may_be_verb(passage: Passage, at: int) -> bool:
    """Whether :func:`verb_at` may read anything here: a verb, or what is taken for none."""
    return (
        _is_verbal(passage.tokens[at])
        or passage.lowered[at] in PRESENT
        or is_shot_dead(passage, at)
    )


def _entries(passage: Passage, lexicon: HarmLexicon, at: int) -> tuple[HarmWord, ...]:
    """The entries of a verb; of "machine-gunned" those of the whole compound."""
    lemma = passage.lemmas[at]
    if passage.tokens[at].upos in {"NOUN", "PROPN"}:
        lemma = PRESENT.get(passage.lowered[at], lemma)
    if at > 1 and passage.lowered[at - 1] in {"-", "‑"}:
        compound = lexicon.verbs.get(f"{passage.lowered[at - 2]}-{lemma}")
        if compound is not None:
            return compound
    found = lexicon.verbs.get(lemma) or lexicon.verbs.get(f"{lemma}e", ())
    if not found and lemma.endswith("ed"):  # "killed or maimed": tagged as no past tense
        found = lexicon.verbs.get(lemma[:-2]) or lexicon.verbs.get(lemma[:-1], ())
    return found


def _fits(passage: Passage, mention: Mention) -> bool:
    """ "burned houses" and "burned two men" are different harms: the harmed say which."""
    people = any(are_these(passage, h, "people") for h in mention.harmed)
    heads = {*mention.harmed}
    for head in mention.harmed:
        heads.update(find_phrases(passage.tree, head, "of"))
    sites = any(s.first <= h <= s.last for s in passage.sites for h in heads)
    if any(counted_object(passage, h) is not None for h in mention.harmed):
        return mention.harm == "object_struck"
    return (not people or sites) if mention.harm == "object_struck" else (people or not sites)


def _burns_things(passage: Passage, mention: Mention) -> bool:
    """ "Four trailers were burnt": a verb of hurt that is said of things as often hurt nobody,
    unless what it names are people."""
    if mention.harm != "injured" or passage.lemmas[mention.first] not in _OF_THINGS:
        return False
    numbers = (h for h in mention.harmed if passage.tokens[h].upos == "NUM")
    if any(site_of_head(passage, passage.sites, h) is not None for h in numbers):
        return True  # "twenty-five out of forty houses, burned"
    return bool(mention.harmed) and not any(
        (passage.tokens[h].upos not in {"NOUN", "NUM"} and passage.lowered[h] != "it")
        or are_these(passage, h, "people")
        for h in mention.harmed
    )


def _said_by(passage: Passage, word: HarmWord, at: int) -> Mention | None:
    last = company_end(passage, word.company, at)
    if last is None or told_otherwise(passage, word, at) or _parted(passage, word, at, last):
        return None
    if not _denied_as_needed(passage, word, at):
        return None
    if any(says_otherwise(passage, word, other, at) for other in word.unless):
        return None
    if word.pattern == "subject" and of_another(passage, word, at, last):
        return None
    harmed = tuple(before_says(passage, h) or h for h in _harmed_by(passage, word, at, last))
    if word.denial and (not harmed or nobody(passage, word, harmed)):
        harmed = none_of_whom(passage, word, harmed)
        if not harmed:
            return None
    if done_by_them(passage, word, at, harmed):
        return None
    if not word.company and not is_forced(passage, word, at, harmed):
        return None
    if word.who:
        harmed = _those_meant(passage, word, at, harmed)
        if not harmed:
            return None
    company = word.company or word.adverb
    word = as_taken_by(passage, word, at)
    mention = make_mention(passage, word, at, at, harmed, "verb+" if company else "verb")
    harmed = (*mention.harmed, *along_with(passage, word, at, mention.harmed))
    return msgspec.structs.replace(
        mention, harmed=harmed, last=max(at, last), denied=bool(word.denial)
    )


def _parted(passage: Passage, word: HarmWord, at: int, last: int) -> bool:
    """The company belongs to others: "leaving one soldier dead and four with wounds", "medics
    received 83 wounded", "a farmer found two men shot dead"."""
    if word.lemma in FOUND and word.company and not is_passive(passage.tree, at):
        told = passage.tree.child(at, "ccomp")
        if told is not None and told.index <= last and passage.tree.child(told.index, "nsubj"):
            return True
    if word.company[-1:] == ("wound",) and passage.lowered[last] == "wounded":
        return True
    if word.lemma != "leave":
        return False
    between = passage.lowered[at + 1 : last]
    if word.harm == "displaced":  # "leave 21 dead in the village": those who did it left nothing
        return not _FELLED.isdisjoint(between)
    if word.company[:1] != ("with",):
        return False
    return "with" in between and bool({"dead", "killed"} & {*between[: between.index("with")]})


_FELLED = frozenset({"dead", "killed", "wounded", "injured", "hurt", "bleeding", "slain"})


def _those_meant(
    passage: Passage, word: HarmWord, at: int, harmed: tuple[int, ...]
) -> tuple[int, ...]:
    """Those of the harmed of whom alone the verb says the harm."""
    if word.who in SORTS:
        return of_sort(passage, at, harmed, word.who)
    who = "counted" if word.who == "kin" and searched_by(passage, at) else word.who
    return tuple(
        h for h in harmed
        if are_these(passage, h, who) or (word.harm == "missing" and _of_those(passage, h))
    )  # fmt: skip


def _of_those(passage: Passage, head: int) -> bool:
    """ "Seven of those taken have not been seen since", "about half have not"."""
    if passage.lowered[head] in {"half", "most", "many"}:
        return passage.tree.child(head, "nmod") is None
    return in_figure(passage, head) and passage.lowered[head + 1 : head + 3] == ("of", "those")


def _denied_as_needed(passage: Passage, word: HarmWord, at: int) -> bool:
    if not word.denial:
        return True
    tree = passage.tree
    before = (at - step for step in range(1, min(at, 5) + 1))
    near = {passage.lowered[n] for n in before if not of_relative(passage, n, at)}
    subject = {t.lemma.lower() for t in tree.children(at, "nsubj", "nsubj:pass")}
    none = any(
        f.kind == "count" and f.high == 0 and f.start <= t.start < f.end
        for t in tree.children(at, "nsubj", "nsubj:pass")
        for f in passage.figures
    )
    not_said = none or bool(NOT & near) or bool(subject & {"nobody", "none", "nothing"})
    governor = passage.lemmas[tree.tokens[at].head] if tree.tokens[at].head >= 0 else ""
    if word.harm == "missing" and ({"yet", "remain", "remains"} & near and "to" in near):
        return True  # "have yet to be found", "remain to be accounted for"
    if governor == "fail" and word.harm == "missing" and word.pattern == "subject":
        return True  # "three failed to return from their fields"
    if word.denial == "unable":
        return governor in _UNABLE or (not_said and bool(_CAN & near))
    return not_said and (not _CAN & near or word.lemma in FOUND)


_OPENINGS = (("roof",), ("door",), ("doors",), ("windows",))
"""Of what they belong to, the verb is told: "broke down the doors of the hospital"."""


def _harmed_by(passage: Passage, word: HarmWord, at: int, last: int) -> tuple[int, ...]:
    """Heads of the harmed; empty when the verb names none."""
    tree = passage.tree
    onto = word.harm == "object_struck" and (
        word.company[-1:] not in {("with",), ("of",)} or word.company[-2:-1] in _OPENINGS
    )
    stranded = is_passive(tree, at) and passage.tokens[last].deprel not in {"case", "fixed"}
    if (onto and not stranded and word.pattern != "subject") or _leaves_with(word):
        after = governed(passage, word.company, last)
        timed = after is not None and is_passive(tree, at) and is_time(passage, after)
        if after is not None and not timed:  # "was fired on the same day"
            return (after,)
    counted = figure_of_whom(passage, at) or figure_before(passage, at)
    ends = passage.lowered[at + 1 : at + 2] == (",",)  # "20 rebels killed, nine trucks seized"
    active = bool(tree.children(at, "obj")) and word.pattern == "object" and not ends
    sought = bool(word.denial) and word.pattern == "object" and not is_passive(tree, at)
    if counted is not None and not active and not sought and passage.tokens[at].xpos in _TELLING:
        return (counted,)
    if word.pattern == "subject":
        moved = word.lemma in _MOVES and tree.child(at, "obj") is not None
        return () if moved else _subjects(passage, at) or number_on(passage, at)
    if word.company[:1] in {("for",), ("of",), ("from",)} or (
        word.lemma == "operate" and not stranded
    ):
        after = governed(passage, word.company, last)
        if after is not None:
            return (after,)
    if word.harm == "missing" and word.company and word.company[0] in {"for", "of", "from"}:
        return find_phrases(tree, at, word.company[0]) or (
            find_objects(tree, at) if tree.child(at, "aux:pass") is not None else ()
        )
    objects = _people_of_parts(passage, _beyond_company(passage, word, at, last))
    if word.harm == "object_struck":
        objects = tuple(_number_of(passage, word, o, at) for o in objects)
    killing = word.company in {("to", "death"), ("dead",), ("alive",), ("down",)}
    counted = figure_after(passage, at, last if killing else at)
    if counted is not None and (not word.company or killing):
        behind = counted in objects and all(o > at for o in objects)
        objects = objects if behind else (counted,)  # "killed twelve and wounded thirty"
    if word.lemma in {"claim", "cost", "take", "snuff", "end"} and set(word.company) & {
        "life",
        "lives",
    }:
        whose = tuple(c.index for c in tree.children(at, "iobj"))
        told = tuple(i for o in objects for i in find_phrases(tree, o, "of") or (o,))
        people = tuple(i for i in told if passage.lemmas[i] not in {"life", "lives"})
        return whose or people or told  # "cost a driver his life"
    named = passage.tokens[at].xpos == "VBG" and passage.lowered[at + 1 : at + 2] == ("of",)
    if (word.company or named) and not objects:  # "after shelling of the pumping station"
        objects = find_phrases(tree, at, "of")  # "ripped away much of the front"
    return (
        objects or _behind_particle(passage, word, at, last) or _reduced_passive(passage, word, at)
    )


def _behind_particle(passage: Passage, word: HarmWord, at: int, last: int) -> tuple[int, ...]:
    """ "Penning in 40,000 people", "forced themselves on two sisters": a parser hangs those behind
    the verb's last word on it."""
    onto = word.harm == "sexual_violence" and word.company[-1:] in {("on",), ("upon",)}
    if is_passive(passage.tree, at) or not (onto or word.company[-1:] in _PARTICLES):
        return ()
    after = governed(passage, word.company, last)
    return () if after is None else (after,)


def _beyond_company(passage: Passage, word: HarmWord, at: int, last: int) -> tuple[int, ...]:
    """ "Two workers, held hostage", "the mosque, set alight": the verb's own words are no object;
    then it is the noun its participle hangs on."""
    objects = find_objects(passage.tree, at)
    if not word.company or set(word.company) & {"life", "lives"}:
        return objects
    own = {passage.lemmas[at], *word.company}
    kept = tuple(
        o
        for o in objects
        if not (at < o <= last and {passage.lemmas[o], passage.lowered[o]} & own)
        or passage.lemmas[o] in PARTS_OF_BODY
        or passage.tree.child(o, "nummod") is not None  # "taken 16 prisoner"
    )
    token = passage.tokens[at]
    if kept or not objects or token.head < 0 or not token.deprel.startswith("acl"):
        return kept
    return (token.head,) if token.xpos in {"VBN", "VBD"} else ()


def _number_of(passage: Passage, word: HarmWord, head: int, at: int) -> int:
    """ "Set two alight": the verb's own word, which a parser lets the number count."""
    number = passage.tree.child(head, "nummod")
    own = head > at and {passage.lemmas[head], passage.lowered[head]} & {*word.company}
    return number.index if number is not None and own else head


def _leaves_with(word: HarmWord) -> bool:
    """ "Drove off with a magistrate", "lost contact with six": the people stand behind the verb's
    last word."""
    if word.harm == "missing":
        return len(word.company) > 1 and word.company[-1] in {"with", "of"}
    return word.harm == "abducted" and word.company[-1:] == ("with",)


def _people_of_parts(passage: Passage, heads: tuple[int, ...]) -> tuple[int, ...]:
    """ "Slit the throats of five farmers", "hit a student's chest": whose they are."""
    found: list[int] = []
    for head in heads:
        inner: tuple[int, ...] = ()
        if passage.lemmas[head] in PARTS_OF_BODY - {"body", "life"}:
            owners = passage.tree.children(head, "nmod:poss")
            inner = find_phrases(passage.tree, head, "of") or tuple(c.index for c in owners)
        if passage.lemmas[head] == "head" and not any(
            are_these(passage, i, "people") or passage.lowered[i] in _WHOSE for i in inner
        ):
            inner = ()  # "the head of the cooperative" is a person
        found.extend(inner or (head,))
    return tuple(found)


def _reduced_passive(passage: Passage, word: HarmWord, at: int) -> tuple[int, ...]:
    """ "an engineer was killed and three of his crew hurt": a participle that the parser took for
    a past tense has no object; its subject are people."""
    token = passage.tokens[at]
    if word.harm == "object_struck" or token.xpos not in {"VBD", "VBN"}:
        return ()
    if word.company and word.harm not in _DONE_TO:
        return ()
    after = passage.lowered[min(at + 1, len(passage.tokens) - 1)]
    if not word.company and after in {"at", "down", "into", "back"}:
        return ()
    if any(passage.tree.children(at, "aux", "obj", "obl:agent")):
        return ()
    found = find_subjects(passage.tree, at)
    if token.deprel == "ccomp":  # "shot in the head, two men died, police said": not the police
        found = tuple(h for h in found if h < at or passage.tokens[h].head != token.head)
    return tuple(h for h in found if are_these(passage, h, "people"))


_MOVES = frozenset({"evacuate", "relocate", "uproot"})
_PARTICLES = {("in",), ("up",), ("off",), ("out",), ("away",)}
"""What a parser takes for the preposition of those whom the verb is done to."""
_WHOSE = frozenset({"his", "her", "their", "my", "our", "whose", "whom"})
_DONE_TO = frozenset({"killed", "abducted", "sexual_violence"})
"""Harms whose verbs, of several words and with no object, are done to their subject: "Journalist
gunned down", "two girls dragged away"."""


def is_taken_for_noun(passage: Passage, at: int) -> bool:
    """ "Grenade wounds 12", "bomb kills 10, wounds 25": a present tense that the parser took for a
    plural, with a number or a person right behind it."""
    if passage.lowered[at] not in PRESENT or at == 0 or at + 1 >= len(passage.tokens):
        return False
    after = at + 1
    if passage.tokens[at].upos == "PROPN":  # "Bandits Kill 15, Abduct 30"
        return passage.lowered[at] in BASES and in_figure(passage, after)
    if passage.tokens[at].upos != "NOUN" or passage.lowered[at] in BASES:
        return False
    token = passage.tokens[after]
    single = token.upos == "NOUN" and is_person(passage, after, load_persons())
    return in_figure(passage, after) or (single and token.head != at)


def _subjects(passage: Passage, at: int) -> tuple[int, ...]:
    """Subject of the verb, or of the "unable" it completes."""
    tree = passage.tree
    found = find_subjects(tree, at) if not is_passive(tree, at) else find_objects(tree, at)
    if found or tree.tokens[at].head < 0:
        return found
    return find_subjects(tree, tree.tokens[at].head)
