"""Roles that no word for a person says: whom somebody works for, and the condition told right
behind the people counted ("women in labour", "men held in the mill") (contract §2, `roles`).

Only words beside those counted are read. Misses an employer told in another sentence ("our
drivers", of a charity that speaks), and a captivity told of before.
"""

from __future__ import annotations

import re

from harmledger.extract.claims.counting import Counted
from harmledger.extract.claims.status import company
from harmledger.extract.passage import Passage
from harmledger.lexicon.persons import PersonLexicon

_OF_THEM = r"(?:\s+of\s+(?:them|whom|these|those|two|three|four|five|six|seven|eight))?"
_WHO = r"\s*,?\s*(?:who\s+(?:was|is|were|are|had been|has been)\s+)?"
_PREGNANT = re.compile(
    rf"{_OF_THEM}{_WHO}(?:(?:heavily |\w+ months? )?pregnant|"
    r"in (?:advanced |early )?labou?r|in (?:the|her|their) \w+ month of pregnancy|"
    r"in (?:the|her|their) (?:fourth|fifth|sixth|seventh|eighth|ninth) month|"
    r"about to give birth)\b",
    re.I,
)
_HELD = re.compile(
    rf"{_OF_THEM}{_WHO}(?:(?:held|detained|imprisoned|jailed|interned|kept)\s+"
    r"(?:there|in|at|inside|by|without|since|for|under)\b|in (?:\w+ )?(?:custody|detention|prison|"
    r"jail|captivity)\b)",
    re.I,
)

_IN_CUSTODY = re.compile(
    rf"{_OF_THEM}(?:\s+(?!and\b|but\b|who\b|when\b|after\b)[\w-]+){{1,6}}?\s+in "
    r"(?:(?:the|police|army|military|state|his|her|their) ){0,2}(?:custody|detention|captivity)\b"
    r"(?! cent| facilit| camp| cell)",
    re.I,
)
"""Told behind what befell them: "seven people were beaten to death in custody"."""
_ON_WARD = re.compile(
    rf"{_OF_THEM}(?:\s+(?!and\b|but\b|when\b|after\b)[\w-]+){{0,4}}?\s+(?:in|on) "
    r"(?:(?:the|their|its|an?) )?(?:[\w-]+ ){0,2}?"
    r"(?:incubators?|wards?|operating (?:theatre|table|room))\b",
    re.I,
)
_SMALL = frozenset({"newborn", "baby", "infant", "child", "twin", "toddler"})
"""Whoever of these dies on a ward is in care there."""


_DAILY_WORK = re.compile(
    rf"{_OF_THEM}\s*,?\s*(?:who\s+(?:(?:was|were|had|is|are|has|have|been|used to|still|also)\s+)*|"
    r"who['’]d\s+)?(?:(?:gone|going|went|come|came|left|set) (?:out |home )?to )?"
    r"(?:sell(?:s|ing)?|sold|cook(?:s|ed|ing)?|gather(?:s|ed|ing)?|collect(?:ed|ing)?|fetch(?:ed|ing)?|"
    r"herd(?:ed|ing)?|graz(?:e|ed|ing)|fish(?:ed|ing)|farm(?:s|ed|ing)|harvest(?:ed|ing)?|"
    r"plough(?:ed|ing)?|tend(?:s|ed|ing)?|feed(?:s|ing)?|fed|queu(?:ed|e|ing|eing)|shop(?:ped|ping)|"
    r"wash(?:ed|ing)?|pray(?:ed|ing)|work(?:ed|ing)? (?:in|on) (?:the |a |their |his |her )?"
    r"(?:\w+ )?(?:fields?|farms?|gardens?))\b",
    re.I,
)


def at_daily_work(passage: Passage, counted: Counted) -> bool:
    """ "A woman who sells tea", "two men herding goats", "women gathering wood": at the work of a
    peaceful day, told right behind them."""
    end = max(counted.end, passage.tokens[counted.noun].end) - passage.start
    return _DAILY_WORK.match(passage.text, end) is not None


def roles_beside(passage: Passage, counted: Counted, persons: PersonLexicon) -> tuple[str, ...]:
    """The roles that a condition right behind the people, or their employer, gives."""
    end = max(counted.end, passage.tokens[counted.noun].end) - passage.start
    found = []
    if _PREGNANT.match(passage.text, end):
        found.append("pregnant")
    if _HELD.match(passage.text, end) or _IN_CUSTODY.match(passage.text, end):
        found.append("detainee")
    if passage.lemmas[counted.noun] in _SMALL and _ON_WARD.match(passage.text, end):
        found.append("patient")
    employed = _employed_by(passage, counted.noun, persons)
    return (*found, employed) if employed is not None else tuple(found)


def _employed_by(passage: Passage, noun: int, persons: PersonLexicon) -> str | None:
    """ "Two employees of a relief agency", "a driver for the Red Cross": a role by the employer."""
    lemma = passage.lemmas[noun]
    word = persons.single.get(lemma)
    cares = word is not None and "health_worker" in word.roles
    if lemma not in persons.staff and not cares:
        return None
    owners = [
        t.index
        for child in passage.tree.children(noun, "nmod:poss")
        for t in passage.tree.subtree(child.index)
        if lemma in {"staff", "employee", "worker", "crew", "personnel"}
    ]  # "the hospital's staff"
    for at in (*owners, *company(passage, noun)):
        hit = persons.employers.match(passage.lowered, passage.lemmas, at) if at != noun else None
        if hit is not None and "in" not in passage.lowered[max(noun, at - 3) : at]:
            return hit[1]  # "a driver in the hospital" lies there
    return None
