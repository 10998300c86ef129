"""Counts of what is neither harmed nor hit: rifles, shells, cattle, witnesses, those who attack.

Only figures that no claim uses are asked about. A noun of the list that stands in the passive, or
whose clause says that it was killed or hurt, stays with the undercount guard.
"""

from __future__ import annotations

from harmledger.core.quantity import Figure
from harmledger.extract.harms.arguments import is_passive
from harmledger.extract.language.tree import Token
from harmledger.extract.passage import Passage
from harmledger.lexicon.harms import load_harms
from harmledger.lexicon.numbers import load_number_words
from harmledger.lexicon.persons import load_persons

_BETWEEN = frozenset({"ADJ", "NUM", "DET", "VERB"})
_REACH = 5
_ATTACKERS = frozenset({"gunman", "gunmen", "attacker", "assailant", "raider", "bandit", "robber"})


def counts_no_harm(passage: Passage, figure: Figure) -> bool:
    """Whether the noun behind a figure says that nobody and nothing harmed is counted."""
    noun = _noun_behind(passage, figure)
    if noun is None:
        return _gathers(passage, figure)
    if passage.lemmas[noun.index] in load_number_words().things:
        person = passage.lemmas[noun.index] in load_persons().single
        return not person or not _suffers(passage, noun)
    return _says_where(passage, noun) or _attacks(passage, noun) or _gathers(passage, figure)


def _noun_behind(passage: Passage, figure: Figure) -> Token | None:
    """The head of the noun phrase right behind the figure: "14 large-calibre shells"."""
    last: Token | None = None
    for token in passage.tokens:
        if token.start < figure.end:
            continue
        if token.upos in {"NOUN", "PROPN"}:
            last = token
        elif last is not None or not (token.upos in _BETWEEN or token.text in {"-", "of"}):
            break
        if token.start - figure.end > _REACH * 12:
            break
    return last


_WHERE = frozenset(
    {"in", "at", "from", "to", "into", "across", "through", "throughout", "inside", "outside",
     "near", "around", "among", "between"}
)  # fmt: skip
_SETTLEMENTS = frozenset(
    {"village", "hamlet", "town", "city", "settlement", "commune", "locality", "municipality",
     "neighbourhood", "neighborhood", "suburb", "parish", "ward", "township", "island", "valley",
     "site", "place", "spot", "location", "building", "room", "tent", "mortuary", "morgue", "grave",
     "gymnasium", "hall", "dormitory", "cell", "prison"}
)  # fmt: skip


def _says_where(passage: Passage, noun: Token) -> bool:
    """ "Four thousand are sleeping in two schools", "admitted to three hospitals": where, not what
    was hit. What a strike was "on" or "against" is never asked; "damage to two schools" is."""
    site = any(site.noun == noun.index for site in passage.sites)
    if not site and passage.lemmas[noun.index] not in _SETTLEMENTS:
        return False
    before = (passage.lowered[child.index] for child in passage.tree.children(noun.index, "case"))
    if not set(before) & _WHERE:
        return False
    above = passage.tree.head(noun.index)
    return above is not None and passage.lemmas[above.index] not in _DONE_TO


_DONE_TO = frozenset({"damage", "fire", "destruction", "harm", "blow", "threat"})
"""Nouns whose "to" names what suffers."""


def _suffers(passage: Passage, noun: Token) -> bool:
    """ "Five observers were killed", "two rescuers wounded"."""
    above = passage.tree.head(noun.index)
    if above is None:
        return False
    lexicon = load_harms()
    verbs = lexicon.verbs.get(passage.lemmas[above.index], ())
    harmed = any(not v.company for v in verbs) or above.text.lower() in lexicon.states
    return harmed and noun.deprel in {"nsubj:pass", "obj", "nsubj", "nmod"}


_GATHER = frozenset(
    {"march", "attend", "gather", "protest", "rally", "demonstrate", "pray", "watch", "queue",
     "mourn", "assemble", "parade", "applaud", "vote", "sing", "chant", "testify", "sign"}
)  # fmt: skip


def _gathers(passage: Passage, figure: Figure) -> bool:
    """ "Thousands marched", "hundreds attended the funeral": who came together."""
    head = passage.tree.top(*figure.core)
    above = passage.tree.head(head.index) if head is not None else None
    while above is not None and above.upos in {"NOUN", "NUM"}:
        above = passage.tree.head(above.index)
    if head is None or above is None or head.index > above.index:
        return False
    return passage.lemmas[above.index] in _GATHER


def _attacks(passage: Passage, noun: Token) -> bool:
    """ "Five gunmen entered the bar", "about 40 fighters attacked": fighters that do something."""
    word = load_persons().single.get(passage.lemmas[noun.index])
    fights = word is not None and word.status == "combatant"
    if not fights and passage.lemmas[noun.index] not in _ATTACKERS:
        return False
    above = passage.tree.head(noun.index)
    if above is None or above.upos != "VERB" or noun.deprel != "nsubj":
        return False
    entries = load_harms().verbs.get(passage.lemmas[above.index], ())
    suffers = any(word.pattern == "subject" for word in entries)
    return not suffers and not is_passive(passage.tree, above.index)
