"""What stands right before or behind a figure that has no harm word of its own."""

from __future__ import annotations

import re

JOINT = re.compile(
    r"(?:,|;|:|—|–|\(|\band\b|\bor\b|\bbut\b|\bwhile\b|\bplus\b|\bthen\b|\bwith\b)\s*"
    r"(?:the |a |of (?:whom|them) )?(?:other |another |a further |remaining |last |next )?$",
    re.I,
)
WHY = re.compile(
    r"\s*(?:from|of|by|with|seriously|critically|severely|gravely|badly|fatally|mortally)\b", re.I
)
WHERE = re.compile(
    r"\s*(?:others?\s+|more\s+|people\s+|persons\s+)?"
    r"(?:in|at|near|outside|inside|around|on|along|between|off|from)\b",
    re.I,
)
SAYS = re.compile(
    r"\b(?:(?:list|register|registry|count|tally|log|tv|radio|agency|station|morgue|mortuary|"
    r"police|hospital|newspaper|channel|ministry|network|wire|post|clinic)(?:, [^,]{3,40},)? "
    r"(?:has|had|have)|say|says|said|report(?:s|ed)?|claim(?:s|ed)?|count(?:s|ed)?|give[sn]?|gave|cite[sd]?|"
    r"speak(?:s)? of|spoke of|admit(?:s|ted)? (?:to )?(?:losing )?|acknowledge[sd]?|list(?:s|ed)|"
    r"recorded|confirmed|announced|estimate[sd]?|insist(?:s|ed)?(?: on)?|mention(?:s|ed))\s*"
    r"(?:it (?:is|was) |that )?(?:only |just |as few as )?$",
    re.I,
)
PUT = re.compile(
    r"\b(?:put(?:s|ting)?|set(?:s)?|gave|give[sn]?|revise[sd]?|lower(?:s|ed)|raise[sd]?|correct(?:s|ed)?|"
    r"updat(?:es|ed)?|cut)\s+(?:up |down )?"
    r"(?:(?:the|its|their)\b[^,;:.]{3,50}?\s(?:at|to)\s[^,;:.]{1,25}?(?:,|,? and|,? but)\s+)?"
    r"(?P<label>(?:the|its|their|that|this|his|her|it|them|of)\b[^,;:.]{0,50}?)"
    r"\s+(?:back |up |down )?(?:at|to)\s*$",
    re.I,
)
NUMBER = re.compile(
    r"^(?:(?:the|its|their|that|this|his|her)\s+)?(?:total |overall |earlier |own )*"
    r"(?:it|number|figure|count|tally|total|estimate)s?$",
    re.I,
)
ARE = re.compile(r"\s*(?:of them\s+|others?\s+|more\s+)?(?:were|was|are|is)\s+(?!not\b)", re.I)
GOVERNOR = re.compile(
    r"[,;]\s*(?:and |but |while )?(?:(?:the|a|an|its|his) (?:\w+ ){1,4}|(?:\w+ )?"
    r"(?:officials|residents|villagers|locals|rebels|police|witnesses|activists|relatives|medics|"
    r"survivors|doctors|rescuers|authorities|sources|prosecutors|elders) )$",
    re.I,
)
SPOKE_OF = re.compile(
    r"\b(?:speaks?|spoke|spoken|talks?|talked) of [^.;]{3,80}, (?:and |while |but )?"
    r"(?:\w[\w’'-]* ){1,5}of (?:only |just |some |about )?[“\"]?$",
    re.I,
)
"""The second of two who speak, with no verb: "the army spoke of nine, residents of 40"."""
SURVIVED = re.compile(
    r"\s*(?:of (?:them|whom)\s+|others?\s+|people\s+)?"
    r"(?:were |was |have |had |has |are |is |been |since |now |later )*"
    r"(?:survived?|escaped?|released|freed|rescued|unhurt|unharmed|alive|returned|came back|saved|"
    r"discharged)\b",
    re.I,
)
IN_PLACE = re.compile(r"[,;]\s*(?:and |while )?(?:in|at|near) (?:[A-Z][\w’'-]+ ?){1,3}$")
"""A list that names the place first: "two were killed in Toretsk, in Siversk three"."""
NOT_THAT = re.compile(
    r"(?:[,;(—–-]\s*(?:and )?not|\band not|\binstead of|\brather than)\s+(?:the )?$", re.I
)
"""A number that is taken back beside the right one: "is 12, not 21", "51 instead of 49"."""
OF_WHOM_LABEL = re.compile(
    r"^\W*(?:of (?:whom|which|these|them)|including|among them)\b[^:.;]{0,40}:\s*$", re.I
)
"""A line of a list that breaks the line before it down: "of whom children: 1"."""
COMPARED = re.compile(
    r"(?:[,(]\s*from|\b(?:against|compared (?:with|to)|up from|down from|as against|versus))"
    r"\s+(?:the |some )?"
    r"(?:an? (?:peak|high|low|total|estimate|earlier count) of )?$",
    re.I,
)
"""Another period's figure: "64 disappearances, against 38 in the same months of 2022"."""
NUMBERS_SOMETHING = re.compile(
    r"\ban?\s+(?:[\w-]+\s+){1,2}of\s+$|"
    r"\b(?:counts?|charges?|annex|article|section|chapter|page|no\.?|number|item|phase|week|day|"
    r"level|case|room|ward|gate|pier|line|block|zone|unit|route|paragraph|table|part|"
    r"all but|every\w* but|(?:youngest|oldest|eldest)(?: of \w+)? (?:is|was)|aged?|turned)\s+$",
    re.I,
)
"""What numbers a thing or says an age: "Count 2", "the youngest is sixteen"."""
BEFORE = re.compile(
    r"\s*(?:the |a |that |this )?(?:(?:previous|last|same|other) )?"
    r"(?:year|month|week|day|night|morning|afternoon|evening|hour|quarter|season)\b|"
    r"\s*(?:an?|two|three|some|a few) (?:hours?|days?|minutes?) (?:ago|earlier|before)\b|"
    r"\s*(?:in|last|on|given|reported|counted|recorded|at the|earlier|previously|yesterday|"
    r"overnight)\b",
    re.I,
)
"""What goes on behind another period's figure: "against 139 the year before"."""
ACCORDING = re.compile(
    r"\s*(?:according to|by (?:the|its|their) (?:own )?(?:count|tally|reckoning))", re.I
)
"""Whose figure the other one is: "as against 1,870 according to the Authority"."""
IT_IS = re.compile(
    r"(?:\bit['’]s|\b(?:it|they|there|(?:the|its|their|that|this|our) (?:[\w-]+ ){0,2}"
    r"(?:number|figure|count|tally|total|toll)"
    r"(?: (?:for|given|in|of|by|at|from|reported)\b[^,.;:]{0,50})?) "
    r"(?:is|was|are|were|may be|had become|had reached|had risen to|stood at|stands at|rose to|"
    r"reached|became|remains|had been))"
    r"(?: now| already| later| only| just| in fact)?\s*$",
    re.I,
)
"""A number that a pronoun or a word for numbers is said to be: "by evening it was five"."""
SHOULD = re.compile(r"\bshould (?:have )?(?:read|said|stated|been|be)(?: (?:only|just))?\s*$", re.I)
"""The right number behind the wrong one: "the total of 38 killed should have read 36"."""
NOT_BUT = re.compile(r"\bnot (?:the )?[\w-]+,? but\s*$", re.I)
"""The right number behind the wrong one, in one breath: "not five but eight"."""
NOT_THIS = re.compile(r"(?:^|[.:;“\"]\s*)not (?:the )?$", re.I)
AS_TOLD = re.compile(
    r"\s*(?:as\b|[”\"’,.;—–)-]|$|"
    r"(?:were|was|had|have) (?:been )?(?:killed|wounded|hurt|injured|dead))",
    re.I,
)
"""What may stand behind a number that is taken back: "not 12 as I wrote"."""
FATALLY = re.compile(
    r"\s*(?:of (?:them|whom)\s+)?(?:(?:was|were)\s+)?(?:fatal(?:ly)?|mortally)\b", re.I
)
LABELLED = re.compile(
    r"\b(?P<label>(?:the |their |its |all )?"
    r"(?:dead|bodies|corpses|casualties|fatalities|martyrs|victims|hostages|captives|wounded|injured|detainees|displaced|missing|abducted)\b[^,.;:]{0,60}?)\s"
    r"(?:now |then |already |thus )*(?:number(?:s|ed)?|total(?:s|led|ed)?|are|were|stand(?:s)? at|"
    r"stood at|come(?:s)? to|came to|amount(?:s|ed)? to|reach(?:es|ed)?|now)(?: now| already)?\s+$",
    re.I,
)
"""People told by their harm whom a number behind counts: "the bodies are eight"."""
AT_FIRST = re.compile(
    r"\b(?:put|puts|putting|set|sets|bring|brings|bringing|brought|take|takes|took) (?:at |to )$",
    re.I,
)
THE_NUMBER = re.compile(
    r"\s*(?P<label>(?:the |its |their )?(?:number|total|count|tally)s? of [^,.;:]{3,60})", re.I
)
"""The figure before its label: "puts at 214 the number of people detained"."""
CUT_TO = re.compile(
    r"\b(?:cut|lower\w*|rais\w+|revis\w+|correct\w*|reduc\w+|amend\w*|increas\w+)\s+"
    r"(?P<label>(?:the|its|their|that|his|her)\s[^,.;:]{2,30}?)\s+"
    r"(?:up |down |back )?to\s+(?:just |only )?$",
    re.I,
)
"""A number of before that another takes the place of: "cut the five to four"."""
THEY_DID = re.compile(
    r"\s*(?P<who>people|persons|families|households|of them|men|women|children)?\s*"
    r"(?:did|had|have|were|was)\s*[.!]?\s*$",
    re.I,
)
"""A sentence that says again, with its own number, what the one before said: "Eleven had"."""
