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

from harmledger.core.base import Value
from harmledger.core.claim import Claim, Victims
from harmledger.extract.claims.cast import Cast, open_cast
from harmledger.extract.claims.counting import Counted
from harmledger.extract.claims.people import describe_victims
from harmledger.extract.claims.person_words import find_said, is_name, name_end
from harmledger.extract.claims.whose_losses import stand_under_losses, with_civilians_denied
from harmledger.extract.harms.arguments import find_subjects
from harmledger.extract.language.tree import Token, matches
from harmledger.extract.passage import Passage
from harmledger.lexicon.persons import PersonLexicon
from harmledger.lexicon.settings import load_actors

_PRONOUNS = frozenset({"he", "she", "him", "her", "himself", "herself"})
_PLURALS = frozenset({"they", "them", "both", "all"})
_WHEN_OR_WHERE = frozenset({"in", "during", "over", "since", "at", "on"})
_MORE = frozenset({"more", "further", "additional", "them", "whom", "these", "those", "each"})
_CREW = frozenset({"pilot", "copilot", "co-pilot", "crewmember", "crewman", "crew"})
_CRAFT = frozenset({"helicopter", "aircraft", "plane", "jet", "tank", "gunship", "warship"})
_SOLDIERLY = frozenset(
    {"army", "military", "navy", "air", "infantry", "colonel", "major", "battalion", "brigade",
     "regiment", "soldier", "troop", "troops", "barracks", "garrison", "gunship"}
)  # fmt: skip
_OURS = frozenset({"our", "its", "their"})
_TAKEN = frozenset({"detained", "abducted", "trapped"})
_CONTEXT = 5
"""How many sentences back an officer or a crew may be told of as soldiers."""
_REACH = 3
"""How many sentences back a pronoun or "the officer" may look for its person."""


class Told(Value, frozen=True, kw_only=True):
    """A claim with the words it stands in. ``noun``: the token that heads those counted."""

    claim: Claim
    passage: Passage
    noun: int
    context: tuple[Passage, ...] = ()
    """The sentences right before."""

    @property
    def word(self) -> Token:
        """The noun, numeral or pronoun that is counted."""
        return self.passage.tokens[self.noun]


def settle_victims(
    claims: Sequence[Claim], passages: Sequence[Passage], persons: PersonLexicon
) -> tuple[Claim, ...]:
    """The claims with what the rest of the text says of their victims filled in. Nothing that the
    claim's own words say is replaced, but for "the officer" of a soldier."""
    cast = open_cast(passages, persons)
    starts = [p.start for p in passages]
    settled: list[Claim] = []
    told: list[Told] = []
    for claim in claims:
        one = _told(claim, passages, starts)
        if one is not None:
            one = _settle(one, told, cast, persons)
            told.append(one)
            claim = one.claim
        settled.append(with_civilians_denied(claim))
    return _down_to_parts(settled)


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
        victims = _own_losses(one) or _labelled(one) or _soldierly(one) or victims
    single = one.claim.quantity.high == 1
    if single and not victims.groups:
        victims = _named(one, victims, cast) or victims
        earlier = _same_person(one, before)
        if earlier is not None:
            victims = _filled(victims, earlier.claim.victims)
    elif _counts_on(one, persons):
        earlier = _people_before(one, before)
        if earlier is not None:
            said = earlier.claim.victims
            if not _is_of_them(one):
                said = Victims(status=said.status, roles=said.roles)
            victims = _filled(victims, _of_each(said))
    victims = _police_of_sheriff(one, victims)
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
        if apart and (_is_row(one.passage) or is_name(earlier.passage, earlier.noun)):
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


def _is_row(passage: Passage) -> bool:
    return passage.text.lstrip().startswith("|")


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


# ---- forces ------------------------------------------------------------------------------------


def _own_losses(one: Told) -> Victims | None:
    """ "The Front lost 17 men", "two of our fighters fell": losses a force tells as its own."""
    tree, passage = one.passage.tree, one.passage
    head = tree.head(one.noun)
    if head is None or head.lemma.lower() != "lose" or one.word.deprel != "obj":
        return _comrades(one)
    men = one.word.text.lower() == "men"
    if men or any(_is_force(passage, subject) for subject in find_subjects(tree, head.index)):
        bare = {"age": None, "sex": None} if men else {}
        return msgspec.structs.replace(one.claim.victims, status="combatant", **bare)
    return None


def _labelled(one: Told) -> Victims | None:
    """A number under a label of losses; people called otherwise there are what they are called."""
    bare = one.word.upos not in {"NOUN", "PROPN"}
    if not bare or not stand_under_losses(one.passage.text, one.word.start - one.passage.start):
        return None
    return msgspec.structs.replace(one.claim.victims, status="combatant")


def _comrades(one: Told) -> Victims | None:
    for token in one.passage.tree.subtree(one.noun, "conj", "acl"):
        owned = any(c.text.lower() in _OURS for c in one.passage.tree.children(token.index))
        if owned and one.passage.lemmas[token.index] in {"comrade", "man", "fighter", "boy"}:
            return msgspec.structs.replace(one.claim.victims, status="combatant")
    return None


def _is_force(passage: Passage, head: int) -> bool:
    actors = load_actors()
    inside = passage.tree.subtree(head, "acl", "conj", "appos")
    words = {t.text for t in inside if t.upos == "PROPN"} & _FORCE_NAMES
    return bool(words) or any(
        index.match(passage.lowered, passage.lemmas, t.index) is not None
        for t in inside
        for index in (actors.groups, actors.forces)
    )


_FORCE_NAMES = frozenset(
    {"Front", "Brigade", "Brigades", "Battalion", "Regiment", "Column", "Columns", "Corps",
     "Guard", "Army", "Militia", "Command", "Forces", "Force", "Legion", "Division", "Unit"}
)  # fmt: skip


def _soldierly(one: Told) -> Victims | None:
    """The crew of a military aircraft, an officer where soldiers are told of and no police: by the
    sentence itself and the few before it."""
    lemma, victims = one.passage.lemmas[one.noun], one.claim.victims
    near = set(one.passage.lemmas) | {word for earlier in one.context for word in earlier.lemmas}
    if lemma in _CREW and not (_CRAFT & near):
        return None
    if lemma not in _CREW | {"officer"} or not (_SOLDIERLY & near) or "police" in near:
        return None
    return msgspec.structs.replace(victims, status="combatant", roles=())


def _police_of_sheriff(one: Told, victims: Victims) -> Victims:
    """ "Deputies" beside a sheriff, a shooting or an arrest of theirs are police, no members of a
    parliament; told by the plural without an office named."""
    tree = one.passage.tree
    bare = not tree.children(one.noun, "compound", "amod", "nmod", "appos", "flat")
    if one.passage.lowered[one.noun] != "deputies" or not bare:
        return victims
    return msgspec.structs.replace(victims, status="undetermined", roles=("police",))
