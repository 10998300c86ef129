"""Who is cut off, and from what: of a service told right before, outside their own town, or a whole
town.

"Nyala has had no piped water since August. The water board says 120,000 people are cut off",
"Mobile data were suspended, cutting off millions"; "300 people are stranded at the border, unable
to go home"; "Kutum has been cut off by the militia for 100 days".
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from harmledger.core.claim import Claim, Victims
from harmledger.extract.claims.denied import Cut, Denied, count_people, draft_cut, is_voiced
from harmledger.extract.claims.draft import Draft
from harmledger.extract.claims.worded import people_in
from harmledger.extract.claims.wordings import Worded, find_worded
from harmledger.extract.passage import Passage

_BACK = 2
"""How many claims back the service may have been told."""
_STUCK = frozenset({"strand", "stranded", "stuck"})
_GATES = frozenset({"border", "crossing", "checkpoint", "frontier", "roadblock", "gate", "side"})
_NOT_HOME = re.compile(
    r"\b(?:unable|not able|not allowed|cannot|can not|can['n]['’]?t|could not|couldn['’]t) (?:to )?"
    r"(?:go|get|return|reach|cross|travel|continue|enter)\b"
)
_REACH = 7


def draft_besieged(passage: Passage, know: Denied, drafts: Sequence[Draft]) -> tuple[Draft, ...]:
    """A town that is besieged or cut off, where nobody counts the people in it; and people with a
    number of whom a wording says that they are shut in."""
    told = [
        said for said in find_worded(passage, know, "trapped")
        if not said.wording.denied or is_voiced(passage, said.predicate)
    ]  # fmt: skip
    found = [_shut_in(passage, know, said, drafts) for said in told if said.people is not None]
    shut_in = [d for d in found if d is not None]
    if shut_in or any(d.harm == "trapped" for d in drafts):
        return tuple(shut_in)
    towns = [
        said
        for said in told
        if said.people is None
        and all(
            t.deprel != "amod" or t.upos != "VERB"
            for t in passage.tokens[said.first : said.last + 1]
        )
    ]
    return tuple(draft_cut(passage, _as_cut(said), None, know) for said in towns[:1])


def _shut_in(passage: Passage, know: Denied, said: Worded, drafts: Sequence[Draft]) -> Draft | None:
    """ "About 40 people have barricaded themselves in the town hall": those whose number nothing
    else counts."""
    counted = count_people(passage, people_in(passage, _as_cut(said), know), know.persons)
    if counted is None or counted.figure is None or counted.quantity.high == 0:
        return None
    if any(counted.figure in d.figures for d in drafts):
        return None
    draft = draft_cut(passage, _as_cut(said), counted, know)
    fighters = draft.victims.status == "combatant"
    return None if fighters else msgspec.structs.replace(draft, kind="person")


def _as_cut(said: Worded) -> Cut:
    return Cut(
        predicate=said.predicate, services=(), first=said.first, last=said.last,
        rule=f"trapped:worded:{said.wording.written}", harm="trapped", people=said.people,
        denied=said.wording.denied,
    )  # fmt: skip


def kept_outside(passage: Passage, drafts: Sequence[Draft]) -> list[Draft]:
    """ "Stranded on the far side, unable to go home", "stuck at the border": kept from moving, and
    not shut in."""
    return [
        msgspec.structs.replace(d, harm="access_denied")
        if d.harm == "trapped" and _is_outside(passage, d.predicate)
        else d
        for d in drafts
    ]


def _is_outside(passage: Passage, at: int) -> bool:
    if passage.lemmas[at] not in _STUCK:
        return False
    after = passage.lemmas[at + 1 : at + 1 + _REACH]
    behind = passage.words(at + 1, len(passage.tokens) - 1)
    return bool(_GATES & set(after)) or _NOT_HOME.search(behind) is not None


def cut_off_from(
    passage: Passage, drafts: Sequence[Draft], earlier: Sequence[Claim]
) -> tuple[Draft, ...]:
    """The drafts, with people "cut off" under the service that is told in the passage or right
    before it; a service told with no number in the passage takes theirs."""
    cut = [n for n, d in enumerate(drafts) if _only_cut_off(passage, d)]
    if not cut:
        return tuple(drafts)
    own = next((d for d in drafts if d.harm == "service_denied"), None)
    before = [c for c in earlier[-_BACK:] if c.harm == "service_denied" and c.stance == "asserts"]
    services = own.services if own is not None else before[-1].services if before else ()
    if not services:
        return tuple(drafts)
    kept = [d for d in drafts if d.harm != "service_denied" or d.figures]
    return tuple(
        msgspec.structs.replace(
            d, harm="service_denied", services=services, victims=Victims(), kind="service"
        )
        if any(d is drafts[n] for n in cut)
        else d
        for d in kept
    )


def _only_cut_off(passage: Passage, draft: Draft) -> bool:
    """Nothing says from where they are cut off."""
    if draft.harm != "trapped" or not draft.figures:
        return False
    at = draft.predicate
    off = passage.lowered[at + 1 : at + 2] == ("off",) and passage.lemmas[at] == "cut"
    return off and passage.lowered[at + 2 : at + 3] not in {("in",), ("inside",), ("by",)}
