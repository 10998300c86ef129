"""Nobody harmed, in words that are no harm by themselves: "no civilian was touched by the strikes",
"not one of them has come to harm", "two shells fell without hurting anyone" (reading rule 5).

What this deliberately misses: "unhurt" and "escaped" of people who are named or counted, which say
what became of those and not that there was nobody else.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from harmledger.core.claim import Harm
from harmledger.core.quantity import Quantity
from harmledger.extract.claims.counting import Counted
from harmledger.extract.claims.draft import Draft
from harmledger.extract.claims.harmed import People, draft_counted
from harmledger.extract.harms.mention import Mention
from harmledger.extract.passage import Passage

_WORDS = frozenset({"touch", "affect", "harm", "kill", "injure", "wound", "hurt"})
_SOMEBODY = r"(?:any ?one|any ?body|a (?:single )?(?:soul|person|civilian)|any \w+)"
_NOBODY = re.compile(
    r"\b(?P<no>no one|nobody|none of (?:the|our|its|their|these|those|them)(?: [\w-]+){0,2}?|"
    r"no (?:[\w-]+ ){0,2}?(?:civilians?|persons?|people|residents?|inhabitants?|villagers?|child|"
    r"children|wom[ae]n|patients?|soul|bystanders?|shoppers?|passengers?|worshippers?|students?|"
    r"pupils?|workers?|staff|prisoners?|protesters?)|"
    r"not (?:a single|one|a) (?:[\w-]+ )?(?:civilian|person|resident|inhabitant|villager|child|"
    r"woman|patient|soul|passenger))\b(?! who)(?P<where>(?: [\w’'-]+){0,4}?) "
    r"(?P<said>(?:(?:was|were|is|are|has been|have been|had been|been)(?: \w+)? "
    r"(?:touched|affected)|(?:(?:has|have|had) )?(?:come|came) to (?:any )?harm))\b"
    r"(?! by (?:an? |the )?(?:[\w-]+ ){0,2}(?:cuts?|outages?|blackouts?|decision|measures?|change|"
    r"closures?)\b)",
    re.I,
)
_WITHOUT = re.compile(
    rf"\bwithout (?P<verb>killing|injuring|wounding|hurting|harming) (?P<no>{_SOMEBODY})\b", re.I
)
_HARMS: dict[str, Harm] = {
    "killing": "killed", "injuring": "injured", "wounding": "injured", "hurting": "injured",
}  # fmt: skip


def draft_spared(
    passage: Passage,
    drafts: Sequence[Draft],
    people: People,
    within: Callable[[Mention], bool],
) -> list[Draft]:
    """The draft of nobody harmed, where none says so. ``within``: whether a harm told so belongs
    in the record."""
    if not _WORDS & passage.vocabulary:
        return []
    match = _NOBODY.search(passage.text) or _WITHOUT.search(passage.text)
    if match is None:
        return []
    start, end = passage.start + match.start(), passage.start + match.end()
    if any(d.start < end and start < d.end and d.quantity.high == 0 for d in drafts):
        return []
    words = passage.tree.within(start, end)
    if not words:
        return []
    first, last = words[0].index, words[-1].index
    verb = match.groupdict().get("verb")
    harm = _HARMS.get(verb.lower(), "killed_or_injured") if verb else "killed_or_injured"
    predicate = next((t.index for t in reversed(words) if t.upos == "VERB"), last)
    mention = Mention(
        harm=harm, first=first, last=last, predicate=predicate, harmed=(first,),
        pattern="worded", rule=f"harm:{harm}:spared", weak=True, denied=True,
    )  # fmt: skip
    if not within(mention):
        return []
    nobody = passage.start + match.start("no"), passage.start + match.end("no")
    quantity = Quantity(
        as_written=match["no"], low=0, high=0, bound="exact", unit="persons", basis="stated"
    )
    noun = passage.tree.within(*nobody)[-1].index
    counted = Counted(quantity=quantity, head=noun, noun=noun, start=nobody[0], end=nobody[1])
    return [draft_counted(passage, mention, counted, people)]
