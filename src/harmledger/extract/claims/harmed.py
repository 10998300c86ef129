"""Drafts of harm to people: from a harm word and the phrases of the harmed."""

from __future__ import annotations

import re

import msgspec

from harmledger.core.base import Value
from harmledger.core.claim import Cause, Harm
from harmledger.core.quantity import Quantity
from harmledger.extract.claims.counting import Counted, count_phrase, count_phrases
from harmledger.extract.claims.draft import Draft, Note, figures_of
from harmledger.extract.claims.enumerated import as_listed
from harmledger.extract.claims.named_otherwise import (
    all_but_some,
    by_size,
    count_on_event,
    every_one,
    explained_behind,
    is_party,
    no_word_on,
    one_of_two,
    says_who_all_are,
)
from harmledger.extract.claims.people import describe_victims
from harmledger.extract.claims.phrases import extend_left, is_person
from harmledger.extract.claims.restated import HOUSEHOLDS
from harmledger.extract.claims.to_hospital import to_hospital
from harmledger.extract.harms.arguments import find_phrases, find_subjects
from harmledger.extract.harms.mention import Mention
from harmledger.extract.language.tree import matches
from harmledger.extract.passage import Passage, SiteMention
from harmledger.extract.quantities.cardinal import find_value
from harmledger.lexicon.persons import PersonLexicon, load_persons
from harmledger.lexicon.settings import ActorLexicon, ScopeLexicon

_THINGS = frozenset(
    {
        "attack", "strike", "bombing", "war", "siege", "report", "time", "day", "year", "week",
        "hope", "deal", "plan", "bill", "animal", "dog", "cow", "livestock", "pig", "hog", "tree",
        "window", "power", "water", "government", "economy", "city", "area", "case", "incident",
        "number", "operation", "peace", "process", "democracy", "fact", "right", "interest",
        "country", "world", "evidence", "capital", "territory", "weapon", "rifle", "document",
        "land", "control", "position", "opportunity", "ship", "link", "virus", "disease", "flu",
        "tiger", "panther", "otter", "badger", "heifer", "steer", "elephant", "beaver", "lobster",
        "ant", "condor", "hamster", "plant", "restaurant", "sheep", "goat", "cattle", "camel",
        "donkey", "horse", "mule", "ox", "buffalo", "calf", "lamb", "hen", "chicken", "poultry",
        "rat", "mouse",
    }
)  # fmt: skip
_RESCUED = frozenset({"victim", "wounded", "injured", "casualty", "patient", "survivor", "body"})
_BY_THEMSELVES = frozenset({"flee", "abandon", "leave", "quit", "desert", "vacate"})
_BODIES_TOLD = frozenset(
    {"find", "recover", "pull", "retrieve", "bury", "dig", "lie", "litter", "morgue",
     "unidentified", "exhume", "identify", "return", "discover", "dump", "mutilate", "charred",
     "decompose", "grave", "collect", "corpse", "street", "rubble", "mortuary", "burn", "lay",
     "strew", "float", "hang", "ferry", "carry", "bring", "remove", "evacuate", "fetch"}
)  # fmt: skip
_NEAR_BODIES = 20
_MANY = 20
_NONE_OF = re.compile(
    r"(?:\bwith no |\bwithout (?:causing |leaving |claiming |inflicting )?|"
    r"(?:\bnot|n['’]t|\bnever) (?:\w+ )?"
    r"(?:cause|leave|result in|inflict|claim|produce|suffer)(?:d)? |"
    r"\bno (?:\w+ )?(?:reports?|word|sign|news) of )"
    r"(?:any |human |personal |serious |further |civilian |major |more )*$",
    re.I,
)
_OF_AGENTS: frozenset[Harm] = frozenset(
    {"killed", "injured", "killed_or_injured", "detained", "abducted"}
)
"""Harms of which "two glaziers" is enough, whatever the lexicon knows; "two containers" may go
missing."""
_ALSO_OF_THINGS = frozenset({"hit", "strike", "burn", "lose", "blow+up", "fall"})
"""What "another" may be without being a person: a house, a boat."""
_NEEDS_PERSON: frozenset[Harm] = frozenset(
    {"detained", "abducted", "displaced", "trapped", "missing", "sexual_violence"}
)


class People(Value, frozen=True, kw_only=True):
    """What drafting harm to people needs to know."""

    persons: PersonLexicon
    scope: ScopeLexicon
    actors: ActorLexicon


def draft_harm(
    passage: Passage, mention: Mention, sites: tuple[SiteMention, ...], people: People
) -> Draft | None:
    """The draft of one harm word, or None when it names nobody a recorder could count."""
    heads = tuple(
        head for head in mention.harmed if _can_be_harmed(passage, mention, head, sites, people)
    )
    if heads:  # "the police chief and his bodyguard": company of people is people
        heads = tuple(
            head for head in mention.harmed if head in heads or _keeps_company(passage, head, sites)
        )
    if not heads or _other_bodies(passage, mention) or is_party(passage, mention):
        return None
    if says_who_all_are(passage, mention, heads) or no_word_on(passage, mention):
        return None
    heads = _beside(passage, mention, heads)
    heads = as_listed(passage, extend_left(passage, heads, people.persons), people.persons)
    counted = _denied_of_all(passage, mention, count_phrases(passage, heads, people.persons))
    counted = counted if counted is None else all_but_some(passage, counted)
    if counted is None:
        return None
    counted = every_one(passage, by_size(passage, counted))
    counted = explained_behind(passage, counted, people.persons)
    if _suffered_none(passage, mention):
        return draft_counted(passage, mention, _none_of(counted), people)
    counted = count_on_event(passage, mention, one_of_two(passage, counted), people.persons)
    if counted.figure is None and _denied_any(passage, mention):
        counted = _none_of(counted)
    if counted.quantity.low is None and counted.quantity.high is None and not counted.figure:
        return None
    if mention.denied and passage.lowered[counted.head] == "neither":
        two = msgspec.structs.replace(counted.quantity, low=2, high=2, basis="implied")
        counted = msgspec.structs.replace(counted, quantity=two)
    draft = draft_counted(passage, mention, counted, people)
    if mention.harm == "displaced" and (
        draft.victims.status == "combatant" or _arrives(passage, mention, draft)
    ):
        return None  # movements of forces and travellers displace nobody
    if mention.harm == "displaced" and not draft.figures and _is_attribute(passage, mention):
        return None
    return draft


_NONE_LIVED = re.compile(
    r"\b(?:none|not (?:a single )?one) of (?:(?:the|those|these|our|their|his|her|its) )?"
    r"(?P<number>[\w-]+)\b(?= )",
    re.I,
)


def _denied_of_all(passage: Passage, mention: Mention, counted: Counted | None) -> Counted | None:
    """ "None of the three passengers survived": as many as the whole were killed. None where how
    many they were stands elsewhere ("not one of them has been seen")."""
    if counted is None or not mention.denied or counted.quantity.high != 0:
        return counted
    if mention.harm != "killed":
        return None if passage.lowered[counted.head] == "them" else counted
    match = _NONE_LIVED.search(passage.text[: passage.tokens[mention.first].start - passage.start])
    number = find_value(match["number"].lower()) if match is not None else None
    if match is None or not number:
        return None
    quantity = Quantity(
        as_written=match["number"], low=number, high=number, bound="exact", unit="persons",
        basis="stated",
    )  # fmt: skip
    return msgspec.structs.replace(
        counted, quantity=quantity, figure=None, start=passage.start + match.start()
    )


def _beside(passage: Passage, mention: Mention, heads: tuple[int, ...]) -> tuple[int, ...]:
    """ "3 women; 27 injured; 1,150 families displaced": of phrases that a semicolon parts, those on
    the harm word's side of it."""
    stops = [t.index for t in passage.tokens if t.text == ";"]
    if not stops or len(heads) < 2:
        return heads
    near = tuple(
        h for h in heads
        if not any(min(h, mention.first) < stop < max(h, mention.first) for stop in stops)
    )  # fmt: skip
    return near or heads


def _arrives(passage: Passage, mention: Mention, draft: Draft) -> bool:
    """Few people who arrive somewhere are travellers; families and many are not."""
    if passage.lemmas[mention.first] not in {"arrive", "reach"}:
        return False
    few = (draft.quantity.low or draft.quantity.high or 0) < _MANY
    return few and draft.quantity.unit != "households"


def _is_attribute(passage: Passage, mention: Mention) -> bool:
    """ "A convoy of evacuees", "displaced families queued": words for who they are (rule 7)."""
    if mention.pattern == "person":
        return True
    token = passage.tokens[mention.predicate]
    if token.xpos == "VBG" and matches(token.deprel, ("advcl", "acl")):
        return True  # "attacked after fleeing their homes"
    return matches(passage.tokens[mention.predicate].deprel, ("amod",))


def _none_of(counted: Counted) -> Counted:
    zero = msgspec.structs.replace(counted.quantity, low=0, high=0, bound="exact", basis="stated")
    return msgspec.structs.replace(counted, quantity=zero)


def _suffered_none(passage: Passage, mention: Mention) -> bool:
    """ "The three men suffered no wounds": the company of the verb is denied."""
    inside = passage.lowered[mention.first + 1 : mention.last]
    return mention.pattern == "verb+" and "no" in inside


def _denied_any(passage: Passage, mention: Mention) -> bool:
    """ "without causing any casualties", "did not cause injuries": none of them (rule 5)."""
    if mention.pattern not in {"person", "event"} or passage.tokens[mention.last].upos != "NOUN":
        return False
    lead = passage.text[: passage.tokens[mention.first].start - passage.start]
    return _NONE_OF.search(lead) is not None


def _other_bodies(passage: Passage, mention: Mention) -> bool:
    """ "the bodies that published a count": the word alone is no corpse."""
    if passage.lemmas[mention.last] not in {"body", "remains"} or mention.pattern != "person":
        return False
    owners = passage.tree.children(mention.last, "nmod:poss")
    if passage.lemmas[mention.last] == "body" and any(_owns_body(passage, o.index) for o in owners):
        return False
    start = passage.tokens[mention.first].start
    counted = any(
        f.kind == "count"
        and 0 <= start - f.end <= _NEAR_BODIES
        and " of " not in passage.text[f.end - passage.start : start - passage.start]
        for f in passage.figures
    )
    return not (counted or _BODIES_TOLD & set(passage.lemmas))


def _owns_body(passage: Passage, owner: int) -> bool:
    """ "The engineer's body": a noun or a name of one person."""
    token = passage.tokens[owner]
    person = load_persons().single.get(passage.lemmas[owner])
    return token.entity == "PER" or (token.upos == "NOUN" and person is not None)


def draft_counted(passage: Passage, mention: Mention, counted: Counted, people: People) -> Draft:
    """A draft of this harm for this counted phrase."""
    first, last = passage.tokens[mention.first], passage.tokens[mention.last]
    start, end = min(counted.start, first.start), max(counted.end, last.end)
    victims = describe_victims(passage, counted, people.persons)
    if mention.pattern == "event" and _losses_of_force(passage, mention, people):
        victims = msgspec.structs.replace(victims, status="combatant")
    noun = passage.tokens[counted.noun]
    family = passage.lemmas[counted.noun] in HOUSEHOLDS
    if family and counted.figure is not None and counted.figure.end <= noun.start:
        households = msgspec.structs.replace(counted.quantity, unit="households")
        counted = msgspec.structs.replace(counted, quantity=households)
    return Draft(
        harm="killed" if _was_buried(passage, mention) else mention.harm,
        predicate=mention.predicate,
        start=start,
        end=end,
        quantity=counted.quantity,
        counted=counted,
        victims=victims,
        cause=guess_cause(passage, mention, people.scope),
        figures=figures_of(counted),
        notes=(
            Note(field="harm", start=first.start, end=last.end, rule=mention.rule),
            Note(field="quantity", start=counted.start, end=counted.end, rule=_how(counted)),
        ),
        weak=mention.weak,
        from_denial=mention.denied,
        score=0.8 if counted.quantity.basis == "implied" else 0.9,
        kind="burial" if mention.harm == "mass_burial" else "person",
    )


def _was_buried(passage: Passage, mention: Mention) -> bool:
    """ "Stepped on a mine, and was buried beside the field": a burial tells the death."""
    if mention.harm != "injured":
        return False
    for told in passage.tree.children(mention.predicate, "conj"):
        after = passage.lowered[told.index + 1 : told.index + 3]
        passive = passage.tree.child(told.index, "aux:pass") is not None
        if told.lemma == "bury" and passive and not _STILL_ALIVE & {*after}:
            return True
    return False


_STILL_ALIVE = frozenset({"under", "alive", "beneath", "rubble", "up"})


def _losses_of_force(passage: Passage, mention: Mention, people: People) -> bool:
    """ "its military suffered 12,000 deaths": deaths of those who bear the loss are combatants'."""
    tree = passage.tree
    for child in tree.children(mention.last, "compound", "amod", "nmod:poss"):
        for names in (people.actors.groups, people.actors.forces):
            if names.match(passage.lowered, passage.lemmas, child.index) is not None:
                return True
    governor = tree.head(mention.predicate)
    if governor is None or passage.lemmas[governor.index] not in {
        "suffer",
        "lose",
        "sustain",
        "take",
    }:
        return False
    subjects = find_subjects(tree, governor.index)
    return any(
        people.actors.forces.match(passage.lowered, passage.lemmas, t.index) is not None
        for subject in subjects
        for t in tree.subtree(subject, "acl", "conj", "nmod")
    )


def _how(counted: Counted) -> str:
    if counted.figure is not None:
        return counted.figure.rule
    return f"quantity:{counted.quantity.basis}"


def _can_be_harmed(
    passage: Passage,
    mention: Mention,
    head: int,
    sites: tuple[SiteMention, ...],
    people: People,
) -> bool:
    """People, or a counted thing that is no building, time or abstraction."""
    token = passage.tokens[head]
    if mention.harm == "displaced" and _is_rescue(passage, mention, head):
        return False  # rescue and taking to hospital are not displacement (rule 9)
    if mention.pattern in {"person", "event"} and mention.first <= head <= mention.last:
        return True
    if passage.lowered[head] in {"anybody", "anyone"} and mention.pattern == "event":
        return True  # "without injury to anybody"
    if passage.lowered[head] == "another" and mention.harm in _OF_AGENTS:
        return token.xpos == "DT" and mention.rule.split(":")[-1] not in _ALSO_OF_THINGS
    if passage.lowered[head] == "all" and passage.lowered[head + 1 : head + 2] in {
        ("aboard",), ("on",), ("inside",),
    }:  # fmt: skip
        return True  # "all on board, 17 people, were killed"
    if passage.lemmas[head] == "rest" and passage.tree.child(head, "nmod") is None:
        return True
    if is_person(passage, head, people.persons) or _counts_people(passage, head, people):
        return True
    if token.entity in {"LOC", "ORG"} or passage.lemmas[head] in _THINGS:
        return False
    if any(site.first <= head <= site.last for site in sites):
        return False
    if any(t.start <= token.start < t.end for t in passage.times):
        return False
    counted = token.upos == "NUM" or count_phrase(passage, head, people.persons).figure is not None
    if mention.harm in _NEEDS_PERSON or mention.pattern == "state":
        # "two glaziers dead"; not "four injured pitchers", whom a report of a match counts too
        told = passage.tokens[mention.first].deprel != "amod" and mention.harm in _OF_AGENTS
        agents = counted and told and _animate(passage.lemmas[head])
        return token.upos == "NUM" or token.xpos.startswith("JJ") or agents
    return (
        counted or token.upos in {"ADJ", "PROPN"} or (token.xpos == "NN" and _animate(token.text))
    )


def _is_rescue(passage: Passage, mention: Mention, head: int) -> bool:
    if passage.lemmas[mention.predicate] in _BY_THEMSELVES:
        return False
    moved = passage.lemmas[mention.predicate] in {"evacuate", "relocate", "evacuation"}
    if moved and passage.lemmas[head] != "patient" and to_hospital(passage, mention.predicate):
        return True
    return passage.lemmas[head] in (_RESCUED - {"patient"} if moved else _RESCUED)


def _counts_people(passage: Passage, head: int, people: People) -> bool:
    """ "hundreds of people", "an unknown number of soldiers", "dozens": a figure that heads people
    or nothing else."""
    start = passage.tokens[head].start
    if any(f.kind == "ordinal" and f.start <= start < f.end for f in passage.figures):
        return passage.tree.child(head, "det") is not None  # "a third was unhurt"
    if not any(f.kind == "count" and f.start <= start < f.end for f in passage.figures):
        return False
    inner = find_phrases(passage.tree, head, "of")
    return not inner or any(
        is_person(passage, i, people.persons) or _counts_people(passage, i, people) for i in inner
    )


def _keeps_company(passage: Passage, head: int, sites: tuple[SiteMention, ...]) -> bool:
    token = passage.tokens[head]
    if any(site.first <= head <= site.last for site in sites):
        return False
    return token.upos == "NOUN" and passage.lemmas[head] not in _THINGS


def _animate(word: str) -> bool:
    """Nouns of agents end so; misses many, which the undercount guard then lists."""
    return word.lower().endswith(("er", "or", "ist", "man", "men", "woman", "ian", "ant", "ee"))


def guess_cause(passage: Passage, mention: Mention, scope: ScopeLexicon) -> Cause:
    """Indirect when the passage names hunger, cold, disease or lack of care (contract §2)."""
    if mention.harm != "killed":
        return "direct"
    for at in scope.indirect.find_starts(passage.lowered, passage.lemmas):
        if scope.indirect.match(passage.lowered, passage.lemmas, at) is not None:
            return "indirect"
    return "direct"
