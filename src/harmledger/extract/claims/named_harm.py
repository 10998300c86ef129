"""Which harm the words of a denial name: "blocking fuel", "holding any prisoners"."""

from __future__ import annotations

import re

from harmledger.core.claim import Harm

_NAMES: tuple[tuple[Harm, str], ...] = (
    (
        "access_denied",
        r"\b(?:block|obstruct|turn(?:ed|ing) back|clos(?:ed|ing) the|ceasefire|truce|imped|"
        r"hinder|keep(?:s|ing)? (?:\w+ ){1,3}out\b|"
        r"stopp(?:ed|ing) (?:aid|convoy|the convoy)|(?:hold|held|holding) (?:back|up)|"
        r"withh(?:old|eld)|restrict|delay(?:ed|ing))",
    ),
    (
        "service_denied",
        r"\bstarv(?:e|es|ed|ing) (?!to death)|\bcut(?:ting)? (?:off )?(?:the |any |its )?"
        r"(?:water|power|electricity|gas|heat|food|phones?|internet|suppl)",
    ),
    (
        "abducted",
        r"\b(?:holding|held|hold (?:him|her|them|any)|"
        r"kidnap|abduct|hostage|prisoners?|captiv|t(?:ook|aken?|aking) (?:any|the\b)|seiz)",
    ),
    ("detained", r"\b(?:arrest|detain|custody)"),
    (
        "sexual_violence",
        r"\brap(?:e|es|ed|ing)\b|sexual|"
        r"\b(?:wom[ae]n|girls?) (?:was|were|had been|has been|have been) (?:\w+ )?"
        r"(?:abused|touched|molested|violated|dishonoured)\b|"
        r"\b(?:abus\w+|touch\w*|molest\w*|violat\w+|dishonour\w*) "
        r"(?:any |a |single |one |the )*(?:wom[ae]n|girls?)\b",
    ),
    (
        "object_struck",
        r"\b(?:struck|strik(?:e|es|ing)|hit|hitting|bomb(?:s|ed|ing)|shell(?:s|ed|ing)|"
        r"fir(?:e|es|ed|ing) (?:on|at)|target(?:s|ed|ing)?(?! (?:in|during|by|at)\b)|"
        r"aim(?:s|ed|ing) at|"
        r"burn(?:s|ed|t|ing)?|"
        r"attack(?:s|ed|ing)|raid(?:s|ed|ing)) (?!(?:a |any |the |one |single |its |own )*"
        r"(?:civilians?|people|anyone(?!['’])|anybody(?!['’])|crowd|residents|villagers|patients|single)\b)"
        r"(?:[\w’'-]+ ){0,3}?[\w’'-]{3,}|\baircraft had|\bsites?\b|"
        r"\bdamage|\b(?:hit|struck|shelled|bombed) it\b|"
        r"\btouch(?:ed|ing)? (?:a |one |any |single |the |that )*"
        r"(?:bus|hospital|clinic|church|mosque|school|house|building|convoy|ambulance|station)",
    ),
    (
        "displaced",
        r"\b(?:expel|displac|evict|deport|evacuat|driven out|driv(?:e|ing) out|fled|forced out|"
        r"empt(?:y|ied|ying)\b|uproot)",
    ),
    ("trapped", r"\b(?:siege|besieg|trapp|encircl)"),
    (
        "killed",
        r"\b(?:kill|murder|massacr|execut|starv|dead|deaths?|died|carnage|bloodshed|"
        r"perish|toll\b)",
    ),
    ("mass_burial", r"\b(?:buried|burials?|graves\b|mass graves?|exhum)"),
    (
        "injured",
        r"\b(?:injur|wound|beat|tortur|hurt|maim|mistreat|ill-treat|maltreat|"
        r"fired into a crowd|shot)",
    ),
    (
        "killed_or_injured",
        r"\bharm(?:ed|ing)?\b|casualt|\btouch(?:ed|ing)? (?:a |one |any |single |of |the |them )*"
        r"(?:civilian|child|children|person|people|hair|soul|resident|villager|wom[ae]n|patient)|"
        r"\b(?:bomb|shell)(?:s|ed|ing) (?:a |any |single )*civilians?\b",
    ),
)
"""Harms by the words of a denial, the most particular first."""
_NAMED = tuple((harm, re.compile(pattern, re.I)) for harm, pattern in _NAMES)


def name_harm(said: str) -> Harm | None:
    """The harm that words of denial name ("blocking fuel", "holding any prisoners"), if one."""
    return next((harm for harm, pattern in _NAMED if pattern.search(said)), None)
