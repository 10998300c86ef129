"""Whether people harmed were at the site of the incident their sentence goes on about.

Not those who bear arms, whose losses are told beside a site of civilian life; not those of another
time; not where the sentence says itself where it was ("at the roadside", "a block away").
"""

from __future__ import annotations

import re

from harmledger.core.when import When
from harmledger.extract.claims.counting import Counted
from harmledger.extract.claims.draft import Draft
from harmledger.extract.claims.locate.resume import Resumed
from harmledger.extract.passage import Passage
from harmledger.lexicon.persons import load_persons

NOT_AT_SITE = frozenset({"displaced", "missing", "service_denied", "mass_burial"})
_AREAS = frozenset({"populated_area", "military"})
_RUINS = re.compile(
    r"\b(?:the|its|their) "
    r"(?:rubble|debris|wreckage|ruins|collapsed (?:building|house|block|roof))\b",
    re.I,
)
"""Words for what the strike told before has left of its site."""
_SPOT = re.compile(
    r"\b(?:(?:at|by|on|in|along|beside|near|into|down) (?:the|an?|their|his|her|its) "
    r"(?:\w+ )?(?:roadsides?|roads?|streets?|banks?|river|lake|gully|ditch|ravine|hills?|forest|"
    r"woods|bush|beach|square|crossroads|pavement|alley|valley|mountains?|swamp|fields?|gardens?|outskirts|"
    r"suburbs?)|"
    r"(?:a|two|three|several|some) (?:blocks?|streets?|houses?|doors?|kilomet\w+|miles?|"
    r"met(?:re|er)s) (?:away|off|further|down)|(?:on|along) (?:the|their|his|her) way "
    r"(?:to|from|home)|elsewhere|nearby|opposite the|next door|across the (?:road|street))\b",
    re.I,
)
_STRETCH = 3
"""Precision of a time from which a figure is of no single day."""


def shares_site(passage: Passage, draft: Draft, when: When | None, resumed: Resumed) -> bool:
    """People harmed are set in the site of the incident within its paragraph, or where the report
    names the incident again; a whole area is no site of people. ``when``: the draft's own time."""
    told = resumed.told
    if draft.site is not None or draft.kind != "person" or told.site is None:
        return False
    if told.site.kind in _AREAS or draft.harm in NOT_AT_SITE:
        return False
    if _is_of_others(passage, draft, when):
        return False
    if _RUINS.search(passage.text) is not None and passage.block - told.block <= 1:
        return told.start < passage.start
    if resumed.by == "goes_on":
        return passage.index == told.sentence + 1 and (
            not passage.attributions or _is_toll_of_strike(passage, when, resumed)
        )
    if told.start > passage.start:
        return False  # what is told only later was not said of these
    return told.block == passage.block or resumed.by == "definite_description"


def _is_of_others(passage: Passage, draft: Draft, when: When | None) -> bool:
    """Fighters, those of months or years, those harmed at a spot the sentence names."""
    if draft.counted is not None and _bear_arms(passage, draft.counted):
        return True
    if when is not None and ((when.precision or 1) >= _STRETCH or when.rule == "since"):
        return True
    return _SPOT.search(passage.text) is not None


def _bear_arms(passage: Passage, counted: Counted) -> bool:
    """ "Six servicemen"; "seven soldiers and two waiters" were together somewhere."""
    if counted.members:
        return all(_bear_arms(passage, member) for member in counted.members)
    word = load_persons().words.match(passage.lowered, passage.lemmas, counted.noun)
    return word is not None and word[1].status == "combatant"


def _is_toll_of_strike(passage: Passage, when: When | None, resumed: Resumed) -> bool:
    """ "Jets bombed a fish market. Twenty-six people were killed, the ministry said": right behind
    a strike that no harm was told of, in its paragraph, with no day or place of its own."""
    told = resumed.told
    named = any(
        a.source is None or not a.source[0] <= seen.start < a.source[1]
        for seen in passage.places
        for a in passage.attributions[:1]
    )
    return not told.harms and told.block == passage.block and when is None and not named
