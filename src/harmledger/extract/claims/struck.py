"""Objects struck that the tree tore from their harm word, seen by the words beside them.

Headlines, posts and lists drop the words a parser leans on: "MOB TORCHES MOSQUE", "three schools
and the customs post ransacked", "bridge down", "600 stalls lost". And of a long list it hangs the
last member somewhere else: "the home of the imam, two shops and a school". What counts is what
stands right beside the object; anything further off is left to the tree.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import msgspec

from harmledger.extract.claims.beside import make_beside, told_beside
from harmledger.extract.claims.draft import Draft
from harmledger.extract.claims.list_mates import head_of, list_mates, names, no_object
from harmledger.extract.claims.objects import Objects, draft_site
from harmledger.extract.claims.ruined import BEHIND, kind_before, part_of_site, ruined
from harmledger.extract.claims.sites import owner_of
from harmledger.extract.harms.mention import Mention
from harmledger.extract.passage import Passage, SiteMention
from harmledger.lexicon.harms import HarmWord


def draft_struck(
    passage: Passage, drafts: Sequence[Draft], know: Objects, within: Callable[[Mention], bool]
) -> tuple[Draft, ...]:
    """The drafts with those of objects that none of them names, though the words right beside them
    say that they were struck. ``within``: whether a mention belongs in the record."""
    found = list(drafts)
    for site in passage.sites:
        if names(site, found) or no_object(passage, site, know):
            continue
        mention = _told_of(passage, site)
        whole = owner_of(passage, passage.sites, site) or site
        if mention is not None and within(mention) and not names(whole, found):
            found = [d for d in found if not _taken_for_people(d, mention)]
            counted = _behind_verb(passage, mention, whole)
            found.append(draft_site(counted, mention, head_of(passage, whole), whole, know))
    echo = _echo(passage)
    told = _told_of(passage, echo) if echo is not None and not names(echo, found) else None
    if told is not None and echo is not None and within(told):
        found.append(draft_site(passage, told, echo.noun, echo, know))
    part = part_of_site(passage)
    if part is not None and within(part[1]) and not names(part[0], found):
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
    told = told_beside(passage, site)
    state = ruined(passage, site) if told is None else None
    if state is None:
        return told
    word = HarmWord(harm="object_struck", lemma=state, company=(), pattern="state", weak=True)
    behind = min(site.last + 1, len(passage.tokens) - 1)
    at = behind if state in BEHIND else site.noun
    return make_beside(passage, site, word, at, at)


def _behind_verb(passage: Passage, mention: Mention, site: SiteMention) -> Passage:
    """ "Gunmen kill 17, raze homes": a number before the verb counts others."""
    if mention.first > site.first or mention.first == site.noun:
        return passage
    start = passage.tokens[mention.first].start
    kept = tuple(f for f in passage.figures if f.start >= start)
    return msgspec.structs.replace(passage, figures=kept)


def _taken_for_people(draft: Draft, mention: Mention) -> bool:
    """ "Women taken and clinics burnt": the participle is the clinics'."""
    return draft.harm == "injured" and draft.kind == "person" and draft.predicate == mention.first
