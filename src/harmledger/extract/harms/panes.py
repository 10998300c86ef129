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
    parts = tree.children(at, "nsubj:pass")
    if not any(passage.lemmas[part.index] in _PARTS for part in parts):
        return None
    struck = tuple(
        head
        for head in find_phrases(tree, at, "in", "of", "on")
        if head > at and any(s.first <= head <= s.last for s in passage.sites)
    )
    return make_mention(passage, _BROKEN, at, at, struck, "object") if struck else None
