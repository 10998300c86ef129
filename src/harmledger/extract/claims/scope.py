"""Inside the record or out of it (contract §6)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from harmledger.core.base import Value
from harmledger.extract.harms.arguments import find_agents, find_subjects, is_passive
from harmledger.extract.harms.mention import Mention
from harmledger.extract.passage import Passage
from harmledger.lexicon.phrases import PhraseIndex
from harmledger.lexicon.settings import ScopeLexicon, ServiceLexicon

_NEIGHBOURS = 2
_PRESENCE = PhraseIndex(
    (word, word)
    for word in ("kill", "killing", "wound", "blast", "explosion", "police", "army", "military",
                 "forces", "patrol", "mine", "war", "evacuation", "arrest", "detain", "troops",
                 "security forces")
)  # fmt: skip


_NO_ARMS = frozenset({"kill", "killing", "killed", "wound", "wounded", "blast", "explosion"})
"""Words of harm that say nothing of arms: a gas blast kills too."""


class Setting(Value, frozen=True, kw_only=True):
    """How much armed violence, accident and sport each passage speaks of."""

    violence: tuple[int, ...]
    force: tuple[int, ...]
    """Violence without the words that only say who is there, as police are at any accident."""
    accident: tuple[int, ...]
    sport: tuple[int, ...]
    apart: tuple[bool, ...] = ()
    """Passages that say themselves that nobody armed did what they tell."""
    indirect: tuple[int, ...] = ()
    """Hunger, cold, thirst and lack of care, which siege and flight bring."""
    totals: tuple[int, int, int] = (0, 0, 0)
    """Violence, accident and sport in the whole document, added up once."""
    mishaps: str | None = None
    """Why the report as a whole is of no violence; None where it may be."""


def weigh_setting(passages: Sequence[Passage], lexicon: ScopeLexicon) -> Setting:
    """Count scope words per passage, once per document."""
    violence = tuple(_count(p, lexicon.violence) for p in passages)
    accident = tuple(
        0 if _is_their_word(p) else _count_accidents(p, lexicon.accident) + _tells_mishap(p)
        for p in passages
    )
    sport = tuple(_count_sport(p, lexicon.sport) for p in passages)
    totals = (sum(violence), sum(accident), sum(sport))
    presence = tuple(_count(p, _PRESENCE) for p in passages)
    force = tuple(v - p for v, p in zip(violence, presence, strict=True))
    return Setting(
        violence=violence, force=force, accident=accident, sport=sport, totals=totals,
        mishaps=_guess_mishaps(totals),
        indirect=tuple(_count(p, lexicon.indirect) for p in passages),
        apart=tuple(_SET_APART.search(p.text) is not None for p in passages),
    )  # fmt: skip


def _guess_mishaps(totals: tuple[int, int, int]) -> str | None:
    """What a whole report is about, where its words of sport outnumber those of violence, or those
    of disaster by far: a match is told in words of war, and a flood strikes."""
    violence, accidents, sport = totals
    if sport > violence:
        return "the report reads like sport"
    if accidents > _FAR * violence:
        return "the report reads like one of an accident, an illness or a disaster"
    return None


_FAR = 2


def _count(passage: Passage, index: PhraseIndex[str]) -> int:
    return len(index.find_all(passage.lowered, passage.lemmas))


def _count_accidents(passage: Passage, index: PhraseIndex[str]) -> int:
    """ "Gunmen storm a village" speaks of no weather, a landmine accident of none but the mine."""
    hits = index.find_all(passage.lowered, passage.lemmas)
    return sum(
        not (passage.lemmas[first] == "storm" and passage.tokens[first].upos == "VERB")
        and not (passage.lemmas[first] in _MISHAPS and _LAID & {*passage.lemmas[:first][-2:]})
        for first, _, _ in hits
    )


_MISHAPS = frozenset({"accident", "misfire"})
_LAID = frozenset(
    {"landmine", "uxo", "erw", "ordnance", "munition", "submunition", "bomblet", "grenade", "ied",
     "bomb", "explosive"}
)  # fmt: skip
"""What is left of a war and goes off later. A plain mine may be one of coal."""


_MISHAP = re.compile(
    r"\b(?:car|bus|lorr(?:y|ies)|trucks?|van|jeep|minibus|coach|tanker|trailer|pick-?up|motorbike)\b"
    r"[^.;:]{0,25}?\b(?:left the (?:\w+ ){0,2}(?:road|motorway|highway|carriageway)|jackknifed|"
    r"(?:fell|plunged|rolled|tumbled) (?:in)?to a (?:\w+ )?"
    r"(?:gorge|ravine|river|canal|gully|ditch)|"
    r"(?:hit|ran into|struck) (?:a|an|another) (?:\w+ )?"
    r"(?:lorry|tree|truck|bus|car|minibus|lamp ?post))\b|"
    r"\b(?:roof|wall|scaffold|ceiling|balcony)\b[^.;:]{0,12}?\bgave way\b|"
    r"\b(?:plane|aircraft|airliner|helicopter|glider)\b[^.;:]{0,12}?\bcame down\b",
    re.I,
)
"""A vehicle that comes to grief by itself, a roof that gives way: no one word says it."""


_COMES_TO_GRIEF = frozenset(
    {"car", "bus", "lorry", "lorries", "truck", "trucks", "van", "jeep", "minibus", "coach",
     "tanker", "trailer", "pick", "pickup", "motorbike", "roof", "wall", "scaffold", "ceiling",
     "balcony",
     "plane", "aircraft", "airliner", "helicopter", "glider"}
)  # fmt: skip


def _tells_mishap(passage: Passage) -> int:
    if passage.vocabulary.isdisjoint(_COMES_TO_GRIEF):
        return 0
    return int(_MISHAP.search(passage.text) is not None)


_ARMED = r"(?:army|military|police|troops|soldiers|forces|ministry|militia|junta|government|regime)"
_THEIR_WORD = re.compile(
    rf"\b(?:accus\w+|blam\w+)\b[^.]*\b{_ARMED}\b[^.]*\b{_ARMED}\b[^.]{{0,40}}?"
    r"\b(?:spoke of|speaks? of|calls? it|called it|blam\w+|puts? it down to|attribut\w+|"
    r"says? it was|said it was|said that it was|says that it was|cit\w+)\b",
    re.I,
)


def _is_their_word(passage: Passage) -> bool:
    """ "Villagers accuse the army of killing nine; the army spoke of a gas explosion": the accident
    is the answer of those who are accused. Misses answers in a sentence of their own."""
    return _THEIR_WORD.search(passage.text) is not None


_FIGHTING = (
    r"(?:the |any |this |that )?"
    r"(?:war|fighting|conflict|hostilities|violence|clashes|attacks?|shelling|insurgency)"
)
_SET_APART = re.compile(
    r"\b(?:(?:not connected|unconnected) (?:with|to)|unrelated to|nothing to do with|"
    rf"no (?:link|connection) (?:to|with)|not (?:linked|related) to) {_FIGHTING}\b|"
    r"\bno armed (?:group|men|actor|person|people)s? (?:was|were|is|are) involved\b|"
    r"\bno (?:weapons?|foul play|explosives?) (?:was|were|is|are) (?:involved|suspected|found)\b|"
    r"\ban accident,? (?:by all accounts|police sa\w+|the police sa\w+)|"
    r"\bnot (?:an attack|a bomb|the work of (?:a bomb|armed|any armed))\b|"
    r"\b(?:is|are) (?:therefore |thus )?(?:left out|not counted|not included)\b(?! by)|"
    r"\b(?:nobody|no one) blames on (?:anyone|anybody|the (?:war|siege|fighting|blockade))\b|"
    r"\bin (?:other,? )?unrelated news\b|\beven without (?:the )?(?:guns|war|fighting|violence)\b|"
    r"^\W*(?:not (?:counted|included|to be (?:counted|included|added|confused))|excluded|"
    r"left out)\b[^.:]{0,30}:",
    re.I,
)
"""What a report sets apart from the violence it tells of."""
_VENUES = frozenset({"ground", "pitch", "field", "stadium", "court", "club"})


def _count_sport(passage: Passage, index: PhraseIndex[str]) -> int:
    """Words of sport; a football ground is a place where people shelter."""
    found = index.find_all(passage.lowered, passage.lemmas)
    return sum(1 for _, end, _ in found if not _VENUES & {*passage.lemmas[end : end + 1]})


def by_accident(passage: Passage, predicate: int, lexicon: ScopeLexicon) -> str | None:
    """ "A landslide swept over the road and killed six": what does it is no weapon and nobody."""
    token = passage.tokens[predicate]
    if token.upos != "VERB":
        return None
    if passage.lemmas[predicate] in _ARREST and _ORDINARY.match(
        passage.text, token.end - passage.start
    ):
        return "an ordinary arrest for an ordinary offence"
    if is_passive(passage.tree, predicate):
        agents = {passage.lemmas[a] for a in find_agents(passage.tree, predicate)}
        return "nobody armed does it" if agents & _NOBODY_ARMED else None
    subjects = find_subjects(passage.tree, predicate)
    accident = any(
        lexicon.accident.match(passage.lowered, passage.lemmas, s) is not None for s in subjects
    )
    if not accident or _set_off(passage, predicate, lexicon):
        return None
    return "an accident, an illness or a disaster does it"


_ORDINARY = re.compile(
    r"[^.;:]{0,40}?\b(?:for|over|of|with)\s+(?:\w+ing\s+)?(?:\w+\s+)?"
    r"(?:burglar\w*|theft|thefts|shoplifting|fraud|embezzlement|drugs?|narcotics|drunkenness|"
    r"drink-driving|drunk driving|speeding|gambling|prostitution|poaching|counterfeiting|forgery|"
    r"bigamy|pickpocketing|vagrancy|tax evasion)\b",
    re.I,
)
"""Offences whose arrests are ordinary (contract §6). Misses those told in another sentence."""
_ARREST = frozenset({"arrest", "detain", "jail", "charge", "remand", "hold", "apprehend"})
_NOBODY_ARMED = frozenset(
    {"lightning", "tree", "wave", "boulder", "meteorite", "hail", "storm", "flood", "landslide",
     "earthquake", "cyclone", "hurricane", "typhoon", "tornado", "wind", "rockfall", "avalanche"}
)  # fmt: skip
"""What strikes a house and is no attack."""


def _set_off(passage: Passage, predicate: int, lexicon: ScopeLexicon) -> bool:
    """ "The shelling set off a landslide that killed three": an attack brought the disaster."""
    token = passage.tokens[predicate]
    if not token.deprel.startswith("acl"):
        return False
    above = passage.tree.head(token.head)
    causes = find_subjects(passage.tree, above.index) if above is not None else ()
    return any(
        lexicon.violence.match(passage.lowered, passage.lemmas, c) is not None for c in causes
    )


_UNRELATED = re.compile(
    r"\b(?:not connected (?:with|to)|unconnected (?:with|to)|unrelated to|nothing to do with)\b",
    re.I,
)
_NO_FORCE = frozenset({"strike", "protest", "police", "evacuation", "patrol", "kill", "killing"})
"""Words of violence that may stand beside a storm, works, or staff who stopped work; a landslide
kills too."""


def by_other_cause(passage: Passage, services: ServiceLexicon, scope: ScopeLexicon) -> bool:
    """ "Power will be off on Friday for maintenance", "a storm left 3,100 homes without power":
    weather, works, a fault or staff on strike cuts it, and nobody's force."""
    if _UNRELATED.search(passage.text):
        return True
    if not services.other_causes.find_all(passage.lowered, passage.lemmas):
        return False
    told = scope.violence.find_all(passage.lowered, passage.lemmas)
    return all(word in _NO_FORCE for _, _, word in told)


def _of_force(mention: Mention, setting: Setting, number: int) -> bool:
    """A passage of a report about sport or a disaster that speaks of force all the same, and of
    neither of these in itself, or beside a weak word."""
    near = slice(max(0, number - 1), number + 2) if mention.weak else slice(number, number + 1)
    return setting.force[number] > 0 and not any((*setting.sport[near], *setting.accident[near]))


def beside_mishap(number: int, setting: Setting) -> bool:
    """What is told right beside it is an accident or a disaster, and nothing near it force."""
    near = setting.violence[max(0, number - _NEIGHBOURS) : number + _NEIGHBOURS + 1]
    return sum(near) == 0 and sum(setting.accident[max(0, number - 1) : number + 2]) > 0


def why_out_of_scope(mention: Mention, number: int, setting: Setting) -> str | None:
    """Why a harm word is no conflict harm, or None when it belongs in the record.

    A strong word ("massacre", "shelling") stands unless its own passage speaks of an accident and
    of no other violence. A weak one ("die", "missing") needs violence in its passage, its
    neighbours, or in most of the document. ``number`` is the place of the passage in the document.
    """
    if setting.apart and setting.apart[number]:
        return "the report itself sets it apart from the violence"
    strong = not mention.weak and mention.rule.split(":")[-1].split("+")[0] not in _NO_ARMS
    own = setting.force[number] - (1 if strong else 0)
    if setting.sport[number] > setting.violence[number] or (
        setting.totals[2] > 2 * setting.totals[0]
    ):
        return "it reads like sport"
    if setting.mishaps is not None and not _of_force(mention, setting, number):
        return setting.mishaps
    deprived = (
        sum(setting.indirect[number : number + 1]) > 0 and setting.totals[0] > setting.totals[1]
    )
    if setting.accident[number] and own <= 0 and not deprived:
        return "it reads like an accident, an illness or a disaster"
    if not mention.weak:
        return None
    near = sum(setting.violence[max(0, number - _NEIGHBOURS) : number + _NEIGHBOURS + 1])
    mishap = sum(setting.accident[max(0, number - 1) : number + 1])
    if setting.violence[number] > 0:
        return None
    violence, accidents, _ = setting.totals
    if mishap > 0 and mishap >= near:
        return "what is told right before it reads like an accident, an illness or a disaster"
    if near > mishap:
        return None
    if violence > max(1, accidents, len(setting.violence) // 10):
        return None
    return "nothing near it speaks of weapons, armed people, force or siege"
