"""Who was harmed, where the words that say it stand elsewhere: in the whole of a part, in the
clause before ("58 civilians were killed and 131 injured"), or where a person was first named.

Words go only where grammar sends them: down from a whole to its parts, to a bare number from the
people counted right before it, to a pronoun or "the officer" from the last single person told of,
to a name from the same name. Misses a group told of again in other words.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

import msgspec

from harmledger.core.claim import Claim, Status, Victims
from harmledger.extract.claims.cast import Cast, open_cast
from harmledger.extract.claims.counting import Counted
from harmledger.extract.claims.of_them import belongs_to_armed, group_before, identified_as
from harmledger.extract.claims.own_staff import find_house, is_colleague, role_of_own
from harmledger.extract.claims.people import describe_victims
from harmledger.extract.claims.person_words import find_said, is_name, name_end
from harmledger.extract.claims.soldiers import (
    labelled,
    own_losses,
    police_of_sheriff,
    soldierly,
)
from harmledger.extract.claims.told_of import Told
from harmledger.extract.claims.whose_losses import with_civilians_denied
from harmledger.extract.language.tree import Token, matches
from harmledger.extract.passage import Passage
from harmledger.lexicon.persons import PersonLexicon

_PRONOUNS = frozenset({"he", "she", "him", "her", "himself", "herself"})
_PLURALS = frozenset({"they", "them", "both", "all"})
_WHEN_OR_WHERE = frozenset({"in", "during", "over", "since", "at", "on"})
_MORE = frozenset({"more", "further", "additional", "them", "whom", "these", "those", "each"})
_TAKEN = frozenset({"detained", "abducted", "trapped"})
_CONTEXT = 5
"""How many sentences back an officer or a crew may be told of as soldiers."""
_REACH = 3
"""How many sentences back a pronoun or "the officer" may look for its person."""


def settle_victims(
    claims: Sequence[Claim], passages: Sequence[Passage], persons: PersonLexicon
) -> tuple[Claim, ...]:
    """The claims with what the rest of the text says of their victims filled in. Nothing that the
    claim's own words say is replaced, but for "the officer" of a soldier."""
    cast = open_cast(passages, persons)
    starts = [p.start for p in passages]
    settled: list[Claim] = []
    told: list[Told] = []
    house = find_house(passages, persons)
    for claim in claims:
        one = _told(claim, passages, starts)
        if one is not None:
            one = _with_calling(_settle(one, told, cast, persons), told, house)
            told.append(one)
            claim = one.claim
        settled.append(with_civilians_denied(claim))
    return _down_to_parts(settled)


def _with_calling(one: Told, before: Sequence[Told], house: str | None) -> Told:
    """The roles of "our drivers" and "her colleague", where nothing else says one."""
    victims = one.claim.victims
    if victims.roles or victims.groups or victims.status == "combatant":
        return one
    roles: tuple[str, ...] = ()
    own = role_of_own(one.claim, one.passage, house)
    if own is not None:
        roles = (own,)
    elif is_colleague(one.claim):
        near = (t for t in reversed(before) if one.passage.index - t.passage.index <= 1)
        roles = next((t.claim.victims.roles for t in near if t.claim.victims.roles), ())
    if not roles or "detainee" in roles or "patient" in roles:
        return one
    status: Status = "undetermined" if "police" in roles else "civilian"
    victims = msgspec.structs.replace(victims, roles=roles, status=status)
    return msgspec.structs.replace(one, claim=msgspec.structs.replace(one.claim, victims=victims))


def _told(claim: Claim, passages: Sequence[Passage], starts: Sequence[int]) -> Told | None:
    """The noun of a claim about people; None where its words cannot be found in one sentence."""
    order = bisect_right(starts, claim.span.start) - 1
    if claim.quantity.unit not in {"persons", "households"} or order < 0:
        return None
    passage = passages[order]
    counted = next((t for t in claim.trace if t.field in {"quantity", "part_of"}), None)
    if counted is None or not passage.start <= counted.start < counted.end <= passage.end:
        return None
    top = passage.tree.top(counted.start, counted.end)
    if top is not None and top.upos not in {"NOUN", "PROPN", "PRON"}:
        top = _counted_by(passage, top, counted.end)
    if top is None:
        return None
    context = tuple(passages[max(0, order - _CONTEXT) : order])
    return Told(claim=claim, passage=passage, noun=top.index, context=context)


def _counted_by(passage: Passage, top: Token, end: int) -> Token:
    """The noun of a phrase that the tree heads otherwise: "no more than ten persons", "the town's
    80,000 residents" counted by its number."""
    nouns = [t for t in passage.tree.within(top.start, end) if t.upos in {"NOUN", "PROPN"}]
    if nouns and not matches(nouns[-1].deprel, ("nmod", "obl")):
        return nouns[-1]
    above = passage.tree.head(top.index)
    number = top.deprel == "nummod" and above is not None and above.upos in {"NOUN", "PROPN"}
    return above if number and above is not None and above.index > top.index else top


def _settle(one: Told, before: Sequence[Told], cast: Cast, persons: PersonLexicon) -> Told:
    victims = one.claim.victims
    if not victims.groups:
        victims = _filled(victims, _said_of(one, persons))
    if victims.status == "undetermined" or "police" in victims.roles:
        victims = own_losses(one) or labelled(one) or soldierly(one) or victims
    single = one.claim.quantity.high == 1
    if single and not victims.groups:
        victims = _named(one, victims, cast) or victims
        earlier = _same_person(one, before) or _one_of_group(one, before, persons)
        if earlier is not None:
            victims = _filled(victims, _as_one_of(one, earlier))
    elif _counts_on(one, persons):
        earlier = _people_before(one, before)
        group = (
            group_before(one.passage, one.noun, one.claim, persons) if _is_of_them(one) else None
        )
        if group is not None and (earlier is None or earlier.passage is not one.passage):
            victims = _filled(victims, group)
        elif earlier is not None:
            said = earlier.claim.victims
            if not _is_of_them(one):
                said = Victims(status=said.status, roles=said.roles)
            victims = _filled(victims, _of_each(said))
    victims = police_of_sheriff(one, victims)
    if one.claim.harm in _TAKEN and "detainee" in victims.roles:
        roles = tuple(r for r in victims.roles if r != "detainee")  # the harm says it
        victims = msgspec.structs.replace(victims, roles=roles)
    claim = msgspec.structs.replace(one.claim, victims=victims)
    return msgspec.structs.replace(one, claim=claim)


def _filled(victims: Victims, said: Victims) -> Victims:
    """``victims`` with its silent values taken from ``said``."""
    undetermined = victims.status == "undetermined"
    return msgspec.structs.replace(
        victims,
        status=said.status if undetermined else victims.status,
        age=victims.age or said.age,
        sex=victims.sex or said.sex,
        roles=victims.roles or (said.roles if undetermined else ()),
    )


def _said_of(one: Told, persons: PersonLexicon) -> Victims:
    """What the noun, or the noun it is said to be ("one is Don Eliseo, 71", "nine of them were
    under 18"), says by itself."""
    tree = one.passage.tree
    noun, head = one.noun, tree.head(one.noun)
    if one.word.deprel.startswith("nsubj") and belongs_to_armed(one.passage, head, persons):
        return Victims(status="combatant")
    named = identified_as(one.passage, head) if one.word.deprel == "nsubj:pass" else None
    if named is not None:
        token = one.passage.tokens[named]
        counted = Counted(
            quantity=one.claim.quantity, head=named, noun=named, start=token.start, end=token.end
        )
        return describe_victims(one.passage, counted, persons)
    copula = None if head is None else tree.child(head.index, "cop")
    if head is not None and copula is not None and one.word.deprel.startswith("nsubj"):
        if not noun < copula.index < head.index or tree.child(head.index, "neg") is not None:
            return Victims()
        noun = head.index
    token = one.passage.tokens[noun]
    counted = Counted(
        quantity=one.claim.quantity, head=noun, noun=noun,
        start=token.start if copula is None else copula.end, end=token.end,
    )  # fmt: skip
    return describe_victims(one.passage, counted, persons)


# ---- names and pronouns ------------------------------------------------------------------------


def _named(one: Told, victims: Victims, cast: Cast) -> Victims | None:
    if not is_name(one.passage, one.noun):
        return None
    last = name_end(one.passage, one.noun)
    words = [t.text for t in one.passage.tokens[one.noun : last + 1] if t.upos == "PROPN"]
    said = cast.find(words or [one.word.text])
    return None if said is None else _filled(victims, said)


def _same_person(one: Told, before: Sequence[Told]) -> Told | None:
    """Whom "he", "him" or "the officer" is: the last single person told of, nearby."""
    word = one.word.text.lower()
    definite = any(c.text.lower() == "the" for c in one.passage.tree.children(one.noun, "det"))
    if word not in _PRONOUNS and not (definite and one.claim.victims.status == "undetermined"):
        return None
    if word not in _PRONOUNS and "police" not in one.claim.victims.roles and word != "victim":
        return None
    for earlier in reversed(before):
        if one.passage.index - earlier.passage.index > _REACH:
            return None
        if earlier.claim.quantity.high == 1 and earlier.claim.id != one.claim.id:
            sexes = {one.claim.victims.sex, earlier.claim.victims.sex} - {None}
            return earlier if len(sexes) < 2 else None
    return None


_ONE_OF = frozenset({"other", "one", "another", "second", "third", "fourth", "fifth", "sixth"})


def _one_of_group(one: Told, before: Sequence[Told], persons: PersonLexicon) -> Told | None:
    """ "Two nurses were taken. One was freed; the other is still held": one of those told
    of before, in no words of its own."""
    bare = one.word.text.lower() in _ONE_OF and not find_said(one.passage, one.noun, persons)
    if not bare or one.claim.victims.status != "undetermined" or one.claim.part_of is not None:
        return None
    for earlier in reversed(before):
        apart = one.passage.index - earlier.passage.index
        if apart > 1 or one.passage.block != earlier.passage.block:
            return None
        high = earlier.claim.quantity.high
        if high is not None and 1 < high < _SMALL_GROUP and earlier.claim.stance == "asserts":
            return earlier
    return None


_SMALL_GROUP = 10


def _as_one_of(one: Told, earlier: Told) -> Victims:
    """What is true of one of them: of a person all of it, of a group status and role."""
    said = earlier.claim.victims
    return (
        said if earlier.claim.quantity.high == 1 else Victims(status=said.status, roles=said.roles)
    )


# ---- numbers -----------------------------------------------------------------------------------


def _counts_on(one: Told, persons: PersonLexicon) -> bool:
    """Whether a number goes on counting the people before it: it stands alone, or with "more" or
    "of them". "Five people" and "five others" begin anew."""
    victims = one.claim.victims
    if victims.status != "undetermined" or victims.groups or one.claim.quantity.high == 0:
        return False
    if find_said(one.passage, one.noun, persons):
        return False
    if one.word.text.lower() in _PLURALS | _MORE:
        return True
    tree = one.passage.tree
    below = {t.index for t in tree.subtree(one.noun, "conj", "acl", "parataxis", "nsubj", "advcl")}
    for child in tree.children(one.noun, "nmod", "obl"):  # "19 in the week before"
        if {c.lemma.lower() for c in tree.children(child.index, "case")} & _WHEN_OR_WHERE:
            below -= {t.index for t in tree.subtree(child.index)}
    words = (one.passage.tokens[at] for at in below)
    return not any(t.upos in {"NOUN", "PROPN"} and t.xpos != "CD" for t in words)


def _is_of_them(one: Told) -> bool:
    """ "Eleven of them", "six of whom": some of the people before, of their age and sex."""
    behind = one.passage.lowered[one.noun : one.noun + 3]
    return bool({"them", "whom", "these", "those"} & set(behind))


def _people_before(one: Told, before: Sequence[Told]) -> Told | None:
    """The people counted last in the same sentence; else in the sentence right before it, in the
    same paragraph. None behind a breakdown with words of its own: whom it goes on with is open."""
    for earlier in reversed(before):
        apart = one.passage.index - earlier.passage.index
        if apart > 1 or one.passage.block != earlier.passage.block:
            return None
        if apart and (_is_toll_anew(one, earlier) or is_name(earlier.passage, earlier.noun)):
            return None  # rows of a table count anew, and nobody goes on from one person's name
        silent = earlier.claim.victims.status == "undetermined" and earlier.word.upos == "NUM"
        if earlier.claim.stance != "asserts" or (apart == 0 and silent):
            continue
        if earlier.claim.part_of is not None:
            if earlier.claim.victims.age is not None and apart == 0:
                return None
            continue
        return earlier
    return None


def _is_toll_anew(one: Told, earlier: Told) -> bool:
    """ "The police put the dead at 19": another voice's number, the same harm counted over, losses
    of a force, a row of a table; none of them goes on with who was told of before."""
    if one.passage.text.lstrip().startswith("|"):
        return True
    all_of = "all" in one.passage.lowered[max(0, one.noun - 2) : one.noun]
    if one.word.text.lower() in _PLURALS | _MORE or _is_of_them(one) or all_of:
        return False
    if earlier.claim.victims.status == "combatant":
        return True
    voices = [next(iter(claim.voice), None) for claim in (one.claim, earlier.claim)]
    named = [v.name or v.role for v in voices if v is not None]
    return (len(named) > 1 and named[0] != named[1]) or one.claim.harm == earlier.claim.harm


def _down_to_parts(claims: Sequence[Claim]) -> tuple[Claim, ...]:
    """What is true of all is true of each part."""
    by_id = {claim.id: claim for claim in claims}
    found = []
    for claim in claims:
        whole = by_id.get(claim.part_of or "")
        if whole is not None and not claim.victims.groups:
            victims = _filled(claim.victims, _of_each(whole.victims))
            victims = msgspec.structs.replace(victims, roles=victims.roles or whole.victims.roles)
            claim = msgspec.structs.replace(claim, victims=victims)
            by_id[claim.id] = claim
        found.append(claim)
    return tuple(found)


def _of_each(whole: Victims) -> Victims:
    return Victims(status=whole.status, age=whole.age, sex=whole.sex, roles=whole.roles)
