"""Objects struck that the tree tore from their harm word, seen by the words beside them.

Headlines, posts and lists drop the words a parser leans on: "MOB TORCHES MOSQUE", "three schools
and the customs post ransacked", "bridge down", "600 stalls lost". And of a long list it hangs the
last member somewhere else: "the home of the imam, two shops and a school". What counts is what
stands right beside the object; anything further off is left to the tree.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache

import msgspec

from harmledger.extract.claims.draft import Draft, Note
from harmledger.extract.claims.objects import Objects, draft_site, is_equipment
from harmledger.extract.claims.ruined import BEHIND, kind_before, part_of_site, ruined
from harmledger.extract.claims.sites import owner_of
from harmledger.extract.harms.company import company_end, match_run
from harmledger.extract.harms.mention import Mention
from harmledger.extract.language.lemma import Lemmatiser
from harmledger.extract.language.tree import matches
from harmledger.extract.passage import Passage, SiteMention
from harmledger.lexicon.harms import HarmWord, load_harms
from harmledger.lexicon.settings import load_sites

_INNER = frozenset({"DET", "NUM", "ADJ", "PROPN", "NOUN", "PART", "SYM"})
_WAY_TO = frozenset({"at", "least", "no", "fewer", "less", "more", "than", "about", "some", "over",
                     "around", "nearly", "almost", "up", "to",  "-", "’s", "'s"})  # fmt: skip
_PLACE = frozenset({"DET", "PROPN", "ADJ", "NUM", "NOUN", "X"})
_MANY = frozenset(
    {"dozen", "score", "hundred", "thousand", "number", "couple", "all", "half", "most", "some"}
)
_ENDS = frozenset({"PUNCT", "ADP", "CCONJ", "SCONJ", "ADV"})
_JOINS = frozenset({",", "and", "or", "as", "well", "plus", "along", "with", "then"})
_JOINED = frozenset({"and", "or", ",", "plus", "with"})
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


def draft_struck(
    passage: Passage, drafts: Sequence[Draft], know: Objects, within: Callable[[Mention], bool]
) -> tuple[Draft, ...]:
    """The drafts with those of objects that none of them names, though the words right beside them
    say that they were struck. ``within``: whether a mention belongs in the record."""
    found = list(drafts)
    for site in passage.sites:
        if _named(site, found) or _no_object(passage, site, know):
            continue
        mention = _told_of(passage, site)
        whole = owner_of(passage, passage.sites, site) or site
        if mention is not None and within(mention) and not _named(whole, found):
            found = [d for d in found if not _taken_for_people(d, mention)]
            counted = _behind_verb(passage, mention, whole)
            found.append(draft_site(counted, mention, whole.noun, whole, know))
    echo = _echo(passage)
    told = _told_of(passage, echo) if echo is not None and not _named(echo, found) else None
    if told is not None and echo is not None and within(told):
        found.append(draft_site(passage, told, echo.noun, echo, know))
    part = part_of_site(passage)
    if part is not None and within(part[1]) and not _named(part[0], found):
        found.append(draft_site(passage, part[1], part[0].noun, part[0], know))
    found.extend(_list_mates(passage, found, know))
    return (*found, *_list_mates(passage, found, know))  # once more: "homes, a mosque and a mill"


_ECHOED = frozenset(
    {"station", "plant", "facility", "site", "complex", "centre", "center", "works", "structure",
     "line", "unit", "terminal", "post", "tower"}
)  # fmt: skip


def _echo(passage: Passage) -> SiteMention | None:
    """ "Shells fell on the pumping station. The station was put out of action": a definite noun
    that ends the name of a site of the sentence before."""
    for token in passage.tokens:
        if passage.lemmas[token.index] not in _ECHOED or token.upos != "NOUN":
            continue
        definite = passage.lowered[max(0, token.index - 1)] in {"the", "this", "that"}
        if definite and not any(s.first <= token.index <= s.last for s in passage.sites):
            kind = kind_before(passage, token.text.lower())
            if kind is not None:
                return SiteMention(
                    kind=kind, first=token.index, last=token.index, noun=token.index,
                    start=token.start, end=token.end,
                )  # fmt: skip
    return None


def _told_of(passage: Passage, site: SiteMention) -> Mention | None:
    told = (
        _after_verb(passage, site)
        or _before_participle(passage, site)
        or _in_state(passage, site)
        or _down(passage, site)
    )
    state = ruined(passage, site) if told is None else None
    if state is None:
        return told
    word = HarmWord(harm="object_struck", lemma=state, company=(), pattern="state", weak=True)
    behind = min(site.last + 1, len(passage.tokens) - 1)
    at = behind if state in BEHIND else site.noun
    return _mention(passage, site, word, at, at)


def _behind_verb(passage: Passage, mention: Mention, site: SiteMention) -> Passage:
    """ "Gunmen kill 17, raze homes": a number before the verb counts others."""
    if mention.first > site.first:
        return passage
    start = passage.tokens[mention.first].start
    kept = tuple(f for f in passage.figures if f.start >= start)
    return msgspec.structs.replace(passage, figures=kept)


def _taken_for_people(draft: Draft, mention: Mention) -> bool:
    """ "Women taken and clinics burnt": the participle is the clinics'."""
    return draft.harm == "injured" and draft.kind == "person" and draft.predicate == mention.first


def _named(site: SiteMention, drafts: Sequence[Draft]) -> bool:
    """Whether a draft of an object is about this very word, or this one stands inside another."""
    return any(
        _about(note, site) for draft in drafts if draft.kind == "object" for note in draft.notes
    )


def _about(note: Note, site: SiteMention) -> bool:
    labelled = note.field == "harm" and note.rule in {"figure:label", "figure:objects_put_at"}
    told = note.field == "site" or labelled
    return told and note.start < site.end and site.start < note.end


def _no_object(passage: Passage, site: SiteMention, know: Objects) -> bool:
    if site.part_of_building and passage.lowered[site.last + 1 : site.last + 2] == ("of",):
        return True  # "the facade of a block": the block
    return site.kind == "populated_area" or is_equipment(passage, site, know)


def _left(passage: Passage, site: SiteMention) -> int:
    """First token of the noun phrase a site word ends, by the words alone: an article or a number
    opens it, with the hedge before."""
    first, opened = site.first, False
    while first > 0:
        token, word = passage.tokens[first - 1], passage.lowered[first - 1]
        hedge = word in _WAY_TO or token.upos == "NUM" or _so_many_of(passage, first - 1)
        article = token.upos == "DET" and passage.tokens[first].upos == "NUM"
        inner = token.upos in _INNER and not opened
        if not (hedge or inner or article) or _acts(passage, first - 1):
            break
        opened = opened or token.upos in {"DET", "NUM"}
        first -= 1
    if first > 1 and passage.lowered[first - 1] == "of" and _is_part(passage, first - 2):
        part = msgspec.structs.replace(site, first=first - 2)
        return _left(passage, part)  # "the corner of a block"
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
    left = _left(passage, site)
    for at in range(max(0, left - 6), left):
        for word in _strikes(passage, at):
            last = company_end(passage, word.company, at)
            if last == left - 1 and word.lemma not in _THROW and _may_act(passage, at, word):
                return _mention(passage, site, word, at, last)
    return None


def _may_act(passage: Passage, at: int, word: HarmWord) -> bool:
    token = passage.tokens[at]
    if word.company and word.company[-1] == "by":
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
        if last is None or (word.company and last > at + len(word.company) + 2):
            continue
        if led or _closes(passage, last):
            return _mention(passage, site, word, at, last)
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
            return _mention(passage, site, word, at, at)
    for word in lexicon.phrases.get(passage.lowered[at], ()):
        last = match_run(passage, (word.lemma, *word.company), at)
        if word.harm == "object_struck" and last is not None:
            return _mention(passage, site, word, at, last)
    return None


def _down(passage: Passage, site: SiteMention) -> Mention | None:
    """ "Bridge down", "two pylons are down"."""
    at = site.last + 1
    while at < len(passage.tokens) and passage.lemmas[at] in {"be", "also", "still"}:
        at += 1
    if passage.lemmas[site.noun] not in _FALL_DOWN or passage.lowered[at : at + 1] != ("down",):
        return None
    word = HarmWord(harm="object_struck", lemma="down", company=(), pattern="state", weak=True)
    return _mention(passage, site, word, at, at) if _closes(passage, at) else None


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
        if w.harm == "object_struck" and w.pattern == "object" and not w.who and not w.denial
    )
    lost = participle and "lose" in lemmas and passage.figures and passage.lemmas[at - 1] != "have"
    return (*found, _LOST) if lost else found


def _mention(passage: Passage, site: SiteMention, word: HarmWord, first: int, last: int) -> Mention:
    return Mention(
        harm="object_struck", first=first, last=last, predicate=first, harmed=(site.noun,),
        pattern="verb", rule=f"harm:object_struck:beside:{word.lemma}", weak=word.weak,
    )  # fmt: skip


# ---- the others of a list ----------------------------------------------------------------------


def _list_mates(passage: Passage, drafts: Sequence[Draft], know: Objects) -> list[Draft]:
    """ "The home of the imam, two shops and a school": what is joined to an object struck was
    struck too, unless it has a clause or a place of its own."""
    found: list[Draft] = []
    for site in passage.sites:
        if _named(site, (*drafts, *found)) or _no_object(passage, site, know):
            continue
        mate = next(
            (d for d in (*found, *drafts) if d.kind == "object" and _joined(passage, site, d)), None
        )
        if mate is None:
            continue
        mention = Mention(
            harm="object_struck", first=mate.predicate, last=mate.predicate,
            predicate=mate.predicate, harmed=(site.noun,), pattern="verb",
            rule="harm:object_struck:list_mate", weak=mate.weak,
        )  # fmt: skip
        found.append(draft_site(passage, mention, site.noun, site, know))
    return found


def _joined(passage: Passage, site: SiteMention, draft: Draft) -> bool:
    spot = next((n for n in draft.notes if n.field == "site"), None)
    if spot is None or draft.stance != "asserts" or draft.quantity.high == 0:
        return False
    other = [t.index for t in passage.tokens if spot.start <= t.start < spot.end]
    if not other:
        return False
    behind = site.first > other[-1]
    gap = range(other[-1] + 1, site.first) if behind else range(site.last + 1, other[0])
    if not _is_list(passage, gap) or _placed(passage, site):
        return False
    if behind and _describes(passage, draft.predicate, other[0]):
        return False
    if behind:
        return not _own_clause(passage, site, draft.predicate)
    return draft.predicate > other[-1] and not _acted_on(passage, site)


def _describes(passage: Passage, predicate: int, site: int) -> bool:
    """ "The bombed school and the hospital": said of the first alone."""
    token = passage.tokens[predicate]
    return (
        token.xpos in {"VBN", "JJ"}
        and token.index < site
        and (
            matches(token.deprel, ("amod",)) or passage.tokens[max(0, predicate - 1)].upos == "DET"
        )
    )


def _is_list(passage: Passage, gap: range) -> bool:
    """Whether the words between two objects only join them, describe them or say where."""
    words = [passage.lowered[n] for n in gap]
    if not words or not set(words) & _JOINED or ";" in words or ":" in words:
        return False
    return all(
        passage.tokens[n].upos in _INNER | {"CCONJ", "ADP"}
        or passage.lowered[n] in _JOINS
        or _tells_when(passage, n)
        for n in gap
    ) and any(w in _JOINED for w in words)


def _tells_when(passage: Passage, at: int) -> bool:
    """ "A market and, an hour later, a shrine"."""
    start = passage.tokens[at].start
    return passage.lowered[at] == "later" or any(t.start <= start < t.end for t in passage.times)


def _placed(passage: Passage, site: SiteMention) -> bool:
    """ "Hit a mosque and, near the school, a shop": only where it was."""
    before = _left(passage, site) - 1
    return (
        before >= 0 and passage.tokens[before].upos == "ADP" and passage.lowered[before] != "with"
    )


def _own_clause(passage: Passage, site: SiteMention, predicate: int) -> bool:
    """ "Shells hit the market and the hospital was full"."""
    after = site.last + 1
    token = passage.tokens[site.noun]
    subject = matches(token.deprel, ("nsubj",)) and token.head != predicate
    verbal = after < len(passage.tokens) and passage.tokens[after].upos in {"AUX", "VERB", "PART"}
    return subject or verbal


def _acted_on(passage: Passage, site: SiteMention) -> bool:
    return matches(passage.tokens[site.noun].deprel, ("obj",))
