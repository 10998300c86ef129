"""Reports of a match, a flood or a film: claims of theirs are none (contract §6).

Such reports are full of people taken, lost, hit and buried, told in the words of war. The learned
head, which is otherwise only asked of what the rules leave, is asked here of what they tell, and of
the report as a whole: where few words of arms are said, none of them plain, and the head takes no
word of any claim for somebody or something harmed, nothing is claimed, and the numbers are listed
as out of scope. Sentences it cannot be asked of, such as those in capitals, stand or fall with the
others. What this deliberately misses: a report of which one sentence is about violence, and a short
item, of which too little is known.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

import msgspec

from harmledger.core.claim import Harm
from harmledger.extract.claims.drafting import Drafted
from harmledger.extract.claims.marked import FindMarks
from harmledger.extract.passage import Passage
from harmledger.lexicon.settings import ScopeLexicon

HARMLESS = "nothing told in the report reads like harm by weapons, armed people or force"
SHORT = 5
"""Fewer sentences say too little of what a report is about."""
FEW = 3
"""So many words of arms are said in reports of other things too."""
SURE = 0.4
"""From here on the head takes a word for somebody or something harmed. Of 84 reports of the
development half that taught it nothing none stays below (docs/evaluation.md)."""
_NOBODY: Collection[Harm] = ()


def leave_out_harmless(
    passages: Sequence[Passage], drafted: Sequence[Drafted], scope: ScopeLexicon, find: FindMarks
) -> list[Drafted]:
    """``drafted``, with no draft at all where the whole report tells of no harm by force."""
    if len(passages) < SHORT or not any(one.drafts for one in drafted):
        return list(drafted)
    if _speaks_of_arms(passages, scope):
        return list(drafted)
    told = [(p, d) for p, d in zip(passages, drafted, strict=True) if d.drafts and p.tree.states]
    if any(d.drafts and p.cells for p, d in zip(passages, drafted, strict=True)):
        return list(drafted)  # of a table the head knows nothing
    if not told or any(_may_be_harm(passage, one, find) for passage, one in told):
        return list(drafted)
    return [
        msgspec.structs.replace(one, drafts=(), they=(), out=HARMLESS)
        if one.harmful or one.drafts
        else one
        for one in drafted
    ]


def _speaks_of_arms(passages: Sequence[Passage], scope: ScopeLexicon) -> bool:
    """More than a few words of arms, or one that says by itself that armed people did something."""
    if any(scope.plain.find_all(p.lowered, p.lemmas) for p in passages):
        return True
    return sum(len(scope.arms.find_all(p.lowered, p.lemmas)) for p in passages) > FEW


def _may_be_harm(passage: Passage, drafted: Drafted, find: FindMarks) -> bool:
    """Whether the head takes a word of any draft for one."""
    told = [(draft.start, draft.end) for draft in drafted.drafts]
    words = [t.index for t in passage.tokens if any(s < t.end and t.start < e for s, e in told)]
    return any(m.sure >= SURE for m in find(passage.tree, words, _NOBODY, _NOBODY))
