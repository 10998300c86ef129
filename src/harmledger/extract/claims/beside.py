"""Objects that stand right beside their harm word: "MOB TORCHES MOSQUE", "the customs post
ransacked", "waterworks out of action", "bridge down".

Headlines, posts and lists drop the words a parser leans on, so only the words themselves are asked,
whatever the tree takes them for.
"""

from __future__ import annotations

from functools import cache

import msgspec

from harmledger.extract.harms.company import company_end, match_run
from harmledger.extract.harms.mention import Mention
from harmledger.extract.harms.otherwise import shoots_there
from harmledger.extract.language.lemma import Lemmatiser
from harmledger.extract.language.tree import matches
from harmledger.extract.passage import Passage, SiteMention
from harmledger.lexicon.harms import HarmWord, load_harms
from harmledger.lexicon.settings import load_sites

INNER = frozenset({"DET", "NUM", "ADJ", "PROPN", "NOUN", "PART", "SYM"})
"""Tags of the words inside a noun phrase."""
_WAY_TO = frozenset({"at", "least", "no", "fewer", "less", "more", "than", "about", "some", "over",
                     "around", "nearly", "almost", "up", "to",  "-", "’s", "'s"})  # fmt: skip
_PLACE = frozenset({"DET", "PROPN", "ADJ", "NUM", "NOUN", "X"})
_MANY = frozenset(
    {"dozen", "score", "hundred", "thousand", "number", "couple", "all", "half", "most", "some"}
)
_ENDS = frozenset({"PUNCT", "ADP", "CCONJ", "SCONJ", "ADV"})
_FEW = 16
_FALL_DOWN = frozenset(
    {"bridge", "mast", "pylon", "tower", "overpass", "flyover", "viaduct", "antenna"}
)
_THROW = frozenset({"throw", "toss", "hurl", "lob", "shoot", "fire", "fall", "launch", "ram"})
"""What is thrown says whether anything was struck: other rules look at it."""
_NAMES_ONLY = frozenset(
    {"raid", "attack", "strike", "hit", "storm", "target", "fire", "cut", "touch"}
)
"""Verbs of headlines that are nouns as often: only their ending in -s or -ed says which."""
_DONE_BY = _THROW | {"open"}
"""Verbs whose past tense says what a boat or a post did: "the patrol boat opened fire"."""


def told_beside(passage: Passage, site: SiteMention) -> Mention | None:
    """The harm word right before or behind a site."""
    return (
        _after_verb(passage, site)
        or _before_participle(passage, site)
        or _in_state(passage, site)
        or _down(passage, site)
    )


def left_edge(passage: Passage, site: SiteMention) -> int:
    """First token of the noun phrase a site word ends, by the words alone: an article or a number
    opens it, with the hedge before."""
    first, opened = site.first, False
    while first > 0:
        token, word = passage.tokens[first - 1], passage.lowered[first - 1]
        hedge = word in _WAY_TO or token.upos == "NUM" or _so_many_of(passage, first - 1)
        article = token.upos == "DET" and passage.tokens[first].upos == "NUM"
        inner = token.upos in INNER and not opened
        if not (hedge or inner or article) or _acts(passage, first - 1):
            break
        opened = opened or token.upos in {"DET", "NUM"}
        first -= 1
    if first > 1 and passage.lowered[first - 1] == "of" and _is_part(passage, first - 2):
        part = msgspec.structs.replace(site, first=first - 2)
        return left_edge(passage, part)  # "the corner of a block"
    return first


def _so_many_of(passage: Passage, at: int) -> bool:
    """ "Dozens of houses", "one of the buses"."""
    if passage.lowered[at] != "of" or at == 0:
        return False
    return passage.tokens[at - 1].upos == "NUM" or passage.lemmas[at - 1] in _MANY


def _is_part(passage: Passage, at: int) -> bool:
    return passage.lemmas[at] in load_sites().parts | {"side", "end", "rest", "part", "row"}


def _acts(passage: Passage, at: int) -> bool:
    """ "MOB TORCHES MOSQUE": a verb of a headline that the parser takes for a name or a noun."""
    noun = passage.tokens[at].upos == "NOUN"
    named = passage.tokens[at].upos == "PROPN" and passage.text.isupper()
    return (noun or named) and bool(_strikes(passage, at))


# ---- a verb right before the object ------------------------------------------------------------


def _after_verb(passage: Passage, site: SiteMention) -> Mention | None:
    """ "Raze homes", "TORCHES MOSQUE", "set ablaze 42 houses", "rips through market"."""
    left = left_edge(passage, site)
    for at in range(max(0, left - 6), left):
        for word in _strikes(passage, at):
            last = company_end(passage, word.company, at)
            if last == left - 1 and word.lemma not in _THROW and _may_act(passage, at, word):
                return make_beside(passage, site, word, at, last)
    return None


def _may_act(passage: Passage, at: int, word: HarmWord) -> bool:
    token = passage.tokens[at]
    if (word.company and word.company[-1] == "by") or shoots_there(passage, word, at):
        return False
    if token.upos == "VERB":
        return not passage.tree.children(at, "aux:pass") and not (
            token.xpos == "VBN" and matches(token.deprel, ("acl", "amod"))
        )
    written = token.text.lower()
    return _headline(passage) and (written.endswith("s") or word.lemma not in _NAMES_ONLY)


def _headline(passage: Passage) -> bool:
    """A heading, or a line of few words with no full stop."""
    short = len(passage.tokens) <= _FEW and passage.text.rstrip()[-1:].isalnum()
    return passage.kind == "heading" or passage.text.isupper() or short


# ---- a participle right behind it --------------------------------------------------------------


def _before_participle(passage: Passage, site: SiteMention) -> Mention | None:
    """ "Clinics burnt", "the market set ablaze", "the pumping station at Bienac shot full of
    holes", "600 stalls lost"."""
    at = _behind(passage, site)
    if at is None:
        return None
    led = passage.lemmas[at - 1] in {"be", "get"}
    for word in _strikes(passage, at, participle=True):
        last = company_end(passage, word.company, at)
        if word.who == "vehicles" and passage.lemmas[site.noun] not in load_sites().vehicles:
            continue
        if word.lemma in _DONE_BY and not (word.lemma == "shoot" and word.company):
            continue
        if last is None or (word.company and last > at + len(word.company) + 2):
            continue
        if led or _closes(passage, last):
            return make_beside(passage, site, word, at, last)
    return None


def _behind(passage: Passage, site: SiteMention) -> int | None:
    """The participle behind a site word: over a place it is at, a comma, "was" and adverbs."""
    at, stop = site.last + 1, len(passage.tokens)
    if at < stop and passage.lowered[at] in {"at", "in", "of", "on", "near"}:
        at += 1
        while (
            at < stop
            and passage.tokens[at].upos in _PLACE
            and not _strikes(passage, at, participle=True)
        ):
            at += 1
    at += _comma_before_participle(passage, at)
    while at < stop and (
        passage.tokens[at].upos == "ADV"
        or passage.lemmas[at] in {"be", "get", "also"}
        or passage.lowered[at] in {"that", "which"}
    ):
        at += 1
    if at >= stop or passage.tokens[at].upos in {"PUNCT", "CCONJ", "DET", "PRON", "NUM"}:
        return None
    owned = passage.tree.children(passage.tokens[at].index, "obj", "nsubj")
    mine = range(site.first, site.last + 1)
    own = (c for c in owned if passage.lowered[c.index] not in {"that", "which"})
    return at if all(c.index in mine or c.index > at for c in own) else None


def _comma_before_participle(passage: Passage, at: int) -> int:
    """ "The mosque, set alight in June": one comma."""
    after = passage.tokens[at + 1] if at + 1 < len(passage.tokens) else None
    if passage.lowered[at : at + 2] == (",", "all"):
        return 2  # "nine lorries and a bus, all burnt"
    return int(
        passage.lowered[at : at + 1] == (",",)
        and after is not None
        and after.xpos in {"VBN", "VBD"}
    )


def _closes(passage: Passage, last: int) -> bool:
    """Whether nothing stands behind a participle that it could act on."""
    after = last + 1
    return after >= len(passage.tokens) or passage.tokens[after].upos in _ENDS


def _in_state(passage: Passage, site: SiteMention) -> Mention | None:
    """ "Waterworks out of action", "the roof of the chapel in flames", "bakery gutted"."""
    at = _behind(passage, site)
    if at is None:
        return None
    lexicon = load_harms()
    for word in lexicon.states.get(passage.lowered[at], ()):
        if word.harm == "object_struck" and _closes(passage, at):
            return make_beside(passage, site, word, at, at)
    for word in lexicon.phrases.get(passage.lowered[at], ()):
        last = match_run(passage, (word.lemma, *word.company), at)
        if word.harm == "object_struck" and last is not None:
            return make_beside(passage, site, word, at, last)
    return None


def _down(passage: Passage, site: SiteMention) -> Mention | None:
    """ "Bridge down", "two pylons are down"."""
    at = site.last + 1
    while at < len(passage.tokens) and passage.lemmas[at] in {"be", "also", "still"}:
        at += 1
    if passage.lemmas[site.noun] not in _FALL_DOWN or passage.lowered[at : at + 1] != ("down",):
        return None
    word = HarmWord(harm="object_struck", lemma="down", company=(), pattern="state", weak=True)
    return make_beside(passage, site, word, at, at) if _closes(passage, at) else None


# ---- the words ---------------------------------------------------------------------------------


@cache
def _lemmatiser() -> Lemmatiser:
    return Lemmatiser()


_LOST = HarmWord(harm="object_struck", lemma="lose", company=(), pattern="object", weak=True)


def _strikes(passage: Passage, at: int, *, participle: bool = False) -> tuple[HarmWord, ...]:
    """The entries by which a word, whatever the parser takes it for, acts on an object."""
    written = passage.lowered[at]
    tags = ("VBN",) if participle else ("VBZ", "VBD", "VB", "VBG")
    lemmas = {_lemmatiser().lemma(written, tag) for tag in tags}
    if participle and written.endswith("ing"):
        return ()
    if (
        participle
        and written in lemmas
        and not written.endswith(("hit", "set", "cut", "put", "burst"))
    ):
        return ()  # no participle
    verbs = load_harms().verbs
    found = tuple(
        w
        for lemma in sorted(lemmas)
        for w in verbs.get(lemma, ())
        if w.harm == "object_struck"
        and w.pattern == "object"
        and not w.denial
        and (not w.who or (w.who == "vehicles" and participle))
    )
    lost = participle and "lose" in lemmas and passage.lemmas[at - 1] != "have"
    lost = lost and bool(passage.figures or _is_lost(passage, at))
    return (*found, _LOST) if lost else found


def _is_lost(passage: Passage, at: int) -> bool:
    """ "The boat and a mill were lost", not "was lost to the rebels"."""
    return passage.lemmas[at - 1] == "be" and passage.lowered[at + 1 : at + 2] not in {
        ("to",), ("on",), ("for",), ("without",),
    }  # fmt: skip


def make_beside(
    passage: Passage, site: SiteMention, word: HarmWord, first: int, last: int
) -> Mention:
    return Mention(
        harm="object_struck", first=first, last=last, predicate=first, harmed=(site.noun,),
        pattern="verb", rule=f"harm:object_struck:beside:{word.lemma}", weak=word.weak,
    )  # fmt: skip
