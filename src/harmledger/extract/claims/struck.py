"""Objects struck that the tree tore from their harm word, seen by the words beside them.

Headlines, posts and lists drop the words a parser leans on: "MOB TORCHES MOSQUE", "three schools
and the customs post ransacked", "bridge down", "600 stalls lost". And of a long list it hangs the
last member somewhere else: "the home of the imam, two shops and a school". What counts is what
stands right beside the object; anything further off is left to the tree.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import msgspec

from harmledger.extract.claims.draft import Draft
from harmledger.extract.claims.objects import Objects, draft_site
from harmledger.extract.claims.ruined import BEHIND, kind_before, part_of_site, ruined
from harmledger.extract.claims.sites import owner_of
from harmledger.extract.claims.struck_lists import list_mates
from harmledger.extract.claims.struck_phrases import (
    FALL_DOWN,
    NAMES_ONLY,
    THROW,
    is_named,
    left_edge,
    no_object,
    strikes,
)
from harmledger.extract.harms.company import company_end, match_run
from harmledger.extract.harms.mention import Mention
from harmledger.extract.language.tree import matches
from harmledger.extract.passage import Passage, SiteMention
from harmledger.lexicon.harms import HarmWord, load_harms

_PLACE = frozenset({"DET", "PROPN", "ADJ", "NUM", "NOUN", "X"})
_ENDS = frozenset({"PUNCT", "ADP", "CCONJ", "SCONJ", "ADV"})
_FEW = 16


def draft_struck(
    passage: Passage, drafts: Sequence[Draft], know: Objects, within: Callable[[Mention], bool]
) -> tuple[Draft, ...]:
    """The drafts with those of objects that none of them names, though the words right beside them
    say that they were struck. ``within``: whether a mention belongs in the record."""
    found = list(drafts)
    for site in passage.sites:
        if is_named(site, found) or no_object(passage, site, know):
            continue
        mention = _told_of(passage, site)
        whole = owner_of(passage, passage.sites, site) or site
        if mention is not None and within(mention) and not is_named(whole, found):
            found = [d for d in found if not _taken_for_people(d, mention)]
            counted = _behind_verb(passage, mention, whole)
            found.append(draft_site(counted, mention, whole.noun, whole, know))
    echo = _echo(passage)
    told = _told_of(passage, echo) if echo is not None and not is_named(echo, found) else None
    if told is not None and echo is not None and within(told):
        found.append(draft_site(passage, told, echo.noun, echo, know))
    part = part_of_site(passage)
    if part is not None and within(part[1]) and not is_named(part[0], found):
        found.append(draft_site(passage, part[1], part[0].noun, part[0], know))
    found.extend(list_mates(passage, found, know))
    return (*found, *list_mates(passage, found, know))  # once more: "homes, a mosque and a mill"


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


# ---- a verb right before the object ------------------------------------------------------------


def _after_verb(passage: Passage, site: SiteMention) -> Mention | None:
    """ "Raze homes", "TORCHES MOSQUE", "set ablaze 42 houses", "rips through market"."""
    left = left_edge(passage, site)
    for at in range(max(0, left - 6), left):
        for word in strikes(passage, at):
            last = company_end(passage, word.company, at)
            if last == left - 1 and word.lemma not in THROW and _may_act(passage, at, word):
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
    return _headline(passage) and (written.endswith("s") or word.lemma not in NAMES_ONLY)


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
    for word in strikes(passage, at, participle=True):
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
            and not strikes(passage, at, participle=True)
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
    return at if all(c.index in mine or c.index > at for c in owned) else None


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
    if passage.lemmas[site.noun] not in FALL_DOWN or passage.lowered[at : at + 1] != ("down",):
        return None
    word = HarmWord(harm="object_struck", lemma="down", company=(), pattern="state", weak=True)
    return _mention(passage, site, word, at, at) if _closes(passage, at) else None


# ---- the words ---------------------------------------------------------------------------------


def _mention(passage: Passage, site: SiteMention, word: HarmWord, first: int, last: int) -> Mention:
    return Mention(
        harm="object_struck", first=first, last=last, predicate=first, harmed=(site.noun,),
        pattern="verb", rule=f"harm:object_struck:beside:{word.lemma}", weak=word.weak,
    )  # fmt: skip


# ---- the others of a list ----------------------------------------------------------------------
