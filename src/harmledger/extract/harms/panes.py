"""Buildings and vehicles told by the parts of them that broke: "windows were smashed in 12 houses",
"the glazing was broken in two cars".

Misses parts told with no building ("windows shattered for miles around").
"""

from __future__ import annotations

from harmledger.extract.harms.arguments import find_phrases
from harmledger.extract.harms.heads import make_mention
from harmledger.extract.harms.mention import Mention
from harmledger.extract.passage import Passage
from harmledger.lexicon.harms import HarmWord

_PARTS = frozenset(
    {"window", "windowpane", "pane", "glazing", "glass", "roof", "facade", "façade", "door", "wall",
     "ceiling", "balcony", "fence", "windscreen", "windshield"}
)  # fmt: skip
_BREAK = frozenset({"break", "smash", "shatter", "damage", "destroy", "knock", "blow", "crack"})
_BROKEN = HarmWord(
    harm="object_struck", lemma="break", company=("part",), pattern="object", weak=True
)


def broken_at(passage: Passage, at: int) -> Mention | None:
    """The buildings or vehicles whose parts the passive verb at ``at`` says were broken."""
    tree = passage.tree
    if passage.lemmas[at] not in _BREAK:
        return None
    if passage.tokens[at].xpos == "VBG":
        return _its_parts_broken(passage, at)
    parts = tree.children(at, "nsubj:pass")
    if not any(passage.lemmas[part.index] in _PARTS for part in parts):
        return None
    struck = tuple(
        head
        for head in find_phrases(tree, at, "in", "of", "on")
        if head > at and any(s.first <= head <= s.last for s in passage.sites)
    )
    return make_mention(passage, _BROKEN, at, at, struck, "object") if struck else None


def _its_parts_broken(passage: Passage, at: int) -> Mention | None:
    """ "A shell burst in the yard of a school, breaking its windows": the building told before."""
    parts = [p.index for p in passage.tree.children(at, "obj") if passage.lemmas[p.index] in _PARTS]
    if not any(passage.lowered[p - 1] in {"its", "their"} for p in parts if p):
        return None
    before = [s for s in passage.sites if s.last < at and s.kind != "populated_area"]
    struck = (before[-1].noun,) if before else ()
    return make_mention(passage, _BROKEN, at, at, struck, "object") if struck else None
