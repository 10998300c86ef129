"""The place a sentence itself gives to a harm, with the words that give it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from harmledger.core.document import SeenPlace
from harmledger.core.place import Place
from harmledger.extract.claims.draft import Draft, Note
from harmledger.extract.claims.locate.areas import WIDE, find_lists, holds, without_holders
from harmledger.extract.claims.locate.asides import is_aside, is_measured, is_where_taken
from harmledger.extract.claims.locate.datelines import dateline_end
from harmledger.extract.claims.locate.names import name_head
from harmledger.extract.claims.no_setting import STRIKE_NOUNS
from harmledger.extract.language.tree import Token, matches
from harmledger.extract.passage import LATELY, Passage
from harmledger.extract.places import smallest_area

IN = frozenset({"in", "at", "near", "on", "outside", "around", "across", "inside", "within",
                "throughout", "of", "over", "off", "through", "from"})  # fmt: skip
_TOWARDS = frozenset({"to", "towards", "toward", "into", "for"})
_SAYING = frozenset({"say", "tell", "report", "add", "announce", "state"})
_OFFICES = frozenset(
    {"mayor", "governor", "president", "minister", "commander", "consul", "archbishop", "bishop",
     "spokesman", "spokeswoman", "spokesperson", "official", "chief", "leader", "deputy",
     "ambassador", "prosecutor", "judge", "correspondent", "reporter", "candidate",
     "director", "senator", "king",
     "prime", "head", "administrator", "council", "government", "ministry", "parliament", "embassy",
     "envoy", "delegate", "delegation", "authorities", "newspaper", "university",
     "cartel", "bureau"}
)  # fmt: skip
"""Words that hold a place without anything happening there: "the mayor of Odesa"."""
_BODIES = frozenset(
    {"radio", "tv", "television", "news", "press", "agence", "bank", "banco", "club", "fc",
     "brigade", "battalion", "cartel", "operation"}
)  # fmt: skip
_COME_FROM = re.compile(
    r"\b(?:believed|suspected|thought|said|alleged|reported) to (?:be|come|have come|hail) "
    r"from (?:[\w-]+ ){0,2}$",
    re.I,
)
_SIZE = {"town": 2.0, "admin2": 1.6, "admin1": 1.2, "area": 1.0, "water": 0.8}
_THERE = 5.0
"""The fit of a place behind which a clause with "where" tells the harm."""
_OWN_COUNTRY = re.compile(r"\b(?:in|across|throughout) (?:his|her|their) country\b", re.I)
_DIRECTLY = re.compile(r"\s*(?:(?:in|at|near|outside|around)\s+(?:the\s+)?(?:\w+ of\s+)?)")
_LABEL = re.compile(r"\s*(?:[-*•]|\d+[.)])?\s*")
_AFTER_LABEL = re.compile(r"(?:\s+\w+)?\s*(?::|\||,\s*\d|\s[-–—]\s)")


@lru_cache(LATELY)
def find_own_place(passage: Passage, draft: Draft) -> tuple[Place | None, Note | None]:
    """The place of this harm by its own sentence, or (None, None)."""
    own_country = _speakers_country(passage)
    if own_country is not None:
        return own_country.place, _note(own_country, own_country, "place:own_country")
    label = find_label(passage)
    attacked = find_place_of_attack(passage, draft)
    if attacked is not None and label is None:
        return attacked.place, _note(attacked, attacked, "place:sentence")
    usable = [
        (fit, seen)
        for seen in without_holders(passage.text, passage.start, passage.places)
        if not is_title(passage, seen) and (fit := fit_of_place(passage, draft, seen)) >= 0
    ]
    if label is not None and all(fit < 3.0 for fit, _ in usable):
        return label.place, _note(label, label, "place:label")
    if not usable:
        return _speakers_place(passage, draft)
    best = max(usable, key=lambda pair: (pair[0], -pair[1].start))[1]
    if best.end <= dateline_end(passage):
        return best.place, _note(best, best, "place:dateline")
    several = _several(passage, best, [seen for _, seen in usable])
    if len(several) > 1:
        area = smallest_area([seen.place for seen in several])
        return area, _note(several[0], several[-1], "place:several")
    return best.place, _note(best, best, "place:sentence")


_OF_AN_ATTACK = frozenset({"on", "of", "in", "at", "near", "against", "outside"})


def find_place_of_attack(passage: Passage, draft: Draft) -> SeenPlace | None:
    """ "The raid on Idlib came a day after a strike on Hama in which nine died": where the word for
    the attack that is the harm, or whose clause tells it, says itself what was attacked. Of one
    place in the sentence nothing need be said here."""
    if draft.kind not in {"person", "object"} or len(passage.places) < 2:
        return None
    tree = passage.tree
    word = tree.tokens[draft.predicate]
    chain = (word, *tree.ancestors(word.index))
    clause = next((t for t in chain if t.upos in {"VERB", "NOUN"}), word)
    attack = tree.head(clause.index) if matches(clause.deprel, ("acl:relcl",)) else word
    for seen in passage.places:
        token = name_head(tree, seen)
        if attack is None or token is None or is_title(passage, seen):
            continue
        named = tree.head(token.index) if token.index == attack.index else attack
        if named is None or passage.lemmas[named.index] not in STRIKE_NOUNS:
            continue
        cases = {c.lemma.lower() for c in tree.children(token.index, "case")}
        hung = token.head == named.index and matches(token.deprel, ("nmod", "obl"))
        if hung and cases & _OF_AN_ATTACK:
            return seen
    return None


def _note(first: SeenPlace, last: SeenPlace, rule: str) -> Note:
    return Note(field="place", start=first.start, end=last.end, rule=rule)


def find_label(passage: Passage) -> SeenPlace | None:
    """The place that heads a line of a list or table: "- Fangak: 6 killed", "| Taiz | 31 |"."""
    if passage.kind not in {"list_item", "table_row"}:
        return None
    lead = _LABEL.match(passage.text)
    start = passage.start + (lead.end() if lead else 0)
    for seen in passage.places:
        opens = passage.kind == "table_row" or seen.start <= start + 2
        if opens and _AFTER_LABEL.match(passage.text, seen.end - passage.start):
            return seen
    return None


def _several(
    passage: Passage, best: SeenPlace, usable: Sequence[SeenPlace]
) -> tuple[SeenPlace, ...]:
    """Places named in one breath with the best one."""
    for group in find_lists(passage.text, passage.start, usable):
        if best in group:
            distinct = {seen.place.gazetteer_id or seen.place.as_written: seen for seen in group}
            return tuple(sorted(distinct.values(), key=lambda seen: seen.start))
    return (best,)


@lru_cache(LATELY)
def _speakers_country(passage: Passage) -> SeenPlace | None:
    """ "in his country": the country in the speaker's own description."""
    if _OWN_COUNTRY.search(passage.text) is None:
        return None
    countries = [seen for seen in passage.places if seen.place.kind == "country"]
    titled = [seen for seen in countries if is_title(passage, seen)]
    found = titled or countries
    return found[0] if found else None


def _speakers_place(passage: Passage, draft: Draft) -> tuple[Place | None, Note | None]:
    """ "hospitals in Kharkiv warned they would run out": the speakers are those harmed."""
    subject = passage.tree.child(draft.predicate, "nsubj")
    if subject is None or passage.lowered[subject.index] not in {"they", "it", "we"}:
        return None, None
    for attribution in passage.attributions:
        source = attribution.source
        if source is None or not attribution.content[0] <= subject.start < attribution.content[1]:
            continue
        for seen in passage.places:
            lead = passage.text[: seen.start - passage.start].lower().split()[-1:]
            if source[0] <= seen.start and seen.end <= source[1] and lead == ["in"]:
                return seen.place, _note(seen, seen, "place:speakers_place")
    return None, None


@lru_cache(LATELY)
def is_title(passage: Passage, seen: SeenPlace) -> bool:
    """ "mayor of Kherson", "Kyiv said": a place that only says whose word it is, or who one is."""
    if any(
        a.source is not None and a.source[0] <= seen.start and seen.end <= a.source[1]
        for a in passage.attributions
    ):
        return True
    token = passage.tree.at(seen.start)
    if token is not None and token.entity == "PER" and token.deprel == "flat":
        return True
    return names_an_office(passage, seen)


def names_an_office(passage: Passage, seen: SeenPlace) -> bool:
    """ "the mayor of Odesa", "Kharkiv governor", "former consul in Cucuta"."""
    head = name_head(passage.tree, seen)
    while head is not None and matches(head.deprel, ("nmod", "compound", "amod", "flat", "appos")):
        above = passage.tree.head(head.index)
        if above is None:
            return False
        office = passage.lemmas[above.index] in _OFFICES or passage.lowered[above.index] in _OFFICES
        if office and not matches(head.deprel, ("appos",)):
            return True
        head = above
    lead = passage.text[: seen.start - passage.start].split()[-3:]
    return len(lead) > 1 and lead[-1].lower() == "of" and lead[-2].lower().rstrip("s") in _OFFICES


@lru_cache(LATELY)
def fit_of_place(passage: Passage, draft: Draft, seen: SeenPlace) -> float:
    """How likely a place in the sentence is the place of this harm; below 0 it is none."""
    tree = passage.tree
    if seen.end <= dateline_end(passage):
        shouted = passage.text.isupper()  # newswire of a bureau, filed from the capital
        seat = passage.text.lstrip().startswith("(")  # "(Geneva, 4 May) –": where a body sits
        return -1.0 if shouted or seat or seen.place.kind in WIDE else 0.05
    token = name_head(tree, seen)
    if token is None:
        return 0.0
    wide = seen.place.kind in {*WIDE, "admin1", "area"}
    fine = not wide and not is_where_taken(passage, draft, seen, token)
    if fine and _is_told_there(passage, draft, token):
        return _THERE
    if is_part_of_a_body(passage, token) or is_aside(passage, draft, seen, token):
        return -1.0
    broad = seen.place.kind in {*WIDE, "water"}
    if broad and matches(token.deprel, ("compound",)):
        return -1.0
    if seen.place.kind == "country" and matches(token.deprel, ("nsubj", "obj")):
        return -1.0  # a country that acts or is accused is no setting
    cases = {c.lemma.lower() for c in tree.children(token.index, "case")}
    if cases & _TOWARDS and draft.harm == "displaced" and not cases & {"into"}:
        return -1.0  # where they went, not where they were driven out
    if _COME_FROM.search(passage.text[: seen.start - passage.start]):
        return -1.0  # "youths suspected to be from Pibor": where those who did it come from
    if {"from", "across"} <= cases:
        return -1.0  # "shelled from across the river": where the guns stood
    score = _SIZE.get(seen.place.kind or "", 0.4)
    score += _by_case(draft, cases, measured=is_measured(passage, seen.start))
    score += _by_clause(passage, draft, seen, token)
    if token.entity == "ORG" or matches(token.deprel, ("nsubj",)):
        score -= 1.2
    if matches(token.deprel, ("compound",)) and not cases:
        score -= 0.3
    return max(score, 0.0)


def _is_told_there(passage: Passage, draft: Draft, token: Token) -> bool:
    """ "by phone from La Alberca, where 30 households are shut in": whatever the place is named
    for, the harm was done there."""
    tree = passage.tree
    over = {draft.predicate, *(t.index for t in tree.ancestors(draft.predicate))}
    for clause in tree.children(token.index, "acl:relcl"):
        words = {passage.lowered[t.index] for t in tree.children(clause.index, "advmod")}
        if clause.index in over and "where" in words:
            return True
    return False


def is_part_of_a_body(passage: Passage, token: Token) -> bool:
    """ "Radio Sahel", "the Kharkiv Human Rights Group": the name of a body, not a place."""
    lead = passage.lowered[token.index - 1] if token.index else ""
    if lead in _BODIES and passage.tokens[token.index - 1].text[:1].isupper():
        return True
    if token.entity != "ORG" or passage.tree.child(token.index, "case") is not None:
        return False
    before = passage.tokens[token.index - 1] if token.index else None
    return before is not None and before.entity == "ORG" and before.text[:1].isupper()


def _by_case(draft: Draft, cases: set[str], *, measured: bool) -> float:
    score = 1.0 if cases & IN else 0.0
    if "from" in cases:
        away = draft.harm == "displaced" or measured
        score += 0.6 if away else -0.8
    return score - 0.8 if cases & _TOWARDS else score


def _by_clause(passage: Passage, draft: Draft, seen: SeenPlace, token: Token) -> float:
    """Places in the harm's own clause before those of another."""
    tree = passage.tree
    score = 0.0
    if tree.governs(draft.predicate, token.index):
        score += 1.5
    if draft.start <= seen.start and seen.end <= draft.end:
        score += 0.8
    behind = passage.text[max(0, draft.end - passage.start) : max(0, seen.start - passage.start)]
    if _DIRECTLY.fullmatch(behind) is not None:
        score += 1.2  # "thirteen were taken in Hawija, six in Tuz"
    if draft.harm == "displaced" and token.head == draft.predicate and token.deprel == "obj":
        score += 1.5  # "have fled Masisi"
    above = tree.head(token.index)
    if above is not None and above.lemma in _SAYING:
        score -= 2.0
    return score - clauses_between(passage, draft.predicate, seen.start)


def clauses_between(passage: Passage, predicate: int, at: int) -> float:
    """How far the boundaries of coordinated clauses set a place apart from the harm word."""
    start, end = sorted((passage.tokens[predicate].start, at))
    between = passage.text[start - passage.start : end - passage.start]
    apart = len(re.findall(r"[;:]|, (?:and|but|while|whereas) |\bwhile\b", between))
    return 0.7 * apart + 0.8 * between.count(";")


def is_setting(passage: Passage, seen: SeenPlace) -> bool:
    """Whether a place named outside a claim is where the report now stands."""
    token = name_head(passage.tree, seen)
    if token is None or seen.end <= dateline_end(passage):
        return False
    cases = {c.lemma.lower() for c in passage.tree.children(token.index, "case")}
    if cases == {"from"} and matches(token.deprel, ("nmod",)):
        return False  # "a student from Midsayap"
    if cases & IN:
        return True
    if cases & _TOWARDS:
        return False
    undergoes = token.deprel in {"nsubj:pass", "obj", "appos", "obl"}
    return undergoes or passage.kind == "heading"


def is_inside(one: Place, other: Place) -> bool:
    """Whether either place holds the other."""
    return holds(one, other) or holds(other, one)
