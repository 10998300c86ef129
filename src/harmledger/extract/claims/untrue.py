"""Where a charge is called untrue, or its deed disowned, by no verb of denial.

"Rumours that the school was hit are false", "had nothing to do with it", "no such raid was flown":
the wordings under ``answers`` of ``lexicon/wordings.yaml``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import msgspec

from harmledger.core.base import Value
from harmledger.core.claim import Harm
from harmledger.extract.claims.denied import Denied
from harmledger.extract.claims.draft import Draft
from harmledger.extract.claims.wordings import find_worded
from harmledger.extract.passage import Passage
from harmledger.lexicon.wordings import Answer

_GOES_ON = frozenset({"that", ":", "it", "the"})
_CONTRARY = re.compile(
    r"\bcontrary to (?:[\w’'-]+ ){0,10}?(?:claim|report|rumou?r|alleg|publish|sa(?:id|y)|"
    r"wr(?:itten|ote)|post|stat|assert|accus|spread|circulat|suggest)",
    re.I,
)
"""What somebody else has said, which the sentence answers."""
_HURT: frozenset[Harm] = frozenset({"killed", "injured", "killed_or_injured"})
"""Of these "none" is a figure (reading rule 5), which a denial keeps."""
_OWN = re.compile(r"\b(?:our|ours|we)\b", re.I)


class Untrue(Value, frozen=True, kw_only=True):
    """Words that answer a charge, and the stretch that holds what they call untrue."""

    answer: Answer
    start: int
    end: int
    charge: bool
    """The stretch holds the charge itself: "rumours that …", "it is false that …"."""
    own_voice: bool
    """The outlet itself may say it: a party's own statement, or a check of rumours."""


def find_untrue(passage: Passage, know: Denied) -> Iterator[Untrue]:
    """The answers of the passage, in the order of the lexicon."""
    for said in find_worded(passage, know, "answers"):
        last = passage.lowered[said.last]
        goes_on = last in _GOES_ON
        end = passage.end if goes_on else passage.tokens[said.last].end
        written = said.wording.written
        charge = written.startswith(("<charge>", "<untrue>")) or written.endswith(" that")
        doubt = said.wording.answer == "cannot_confirm"
        own = charge or doubt or _OWN.search(passage.text) is not None
        if said.wording.answer is not None:
            start = passage.tokens[said.first].start
            yield Untrue(
                answer=said.wording.answer, start=start, end=end, charge=charge, own_voice=own
            )


def deny_untrue(passage: Passage, drafts: Sequence[Draft], know: Denied) -> tuple[Draft, ...]:
    """The drafts with those that the passage itself calls untrue denied: they say what somebody
    charged, and a denial carries no number unless it states one (rule 4)."""
    if "contrary" in passage.vocabulary and _CONTRARY.search(passage.text):
        return tuple(
            _denied(d, states=d.harm in _HURT)
            if d.quantity.high == 0 and (d.figures or d.harm not in _HURT)
            else d
            for d in drafts
        )
    told = next(find_untrue(passage, know), None) if drafts else None
    if told is None or not told.charge or told.answer != "denies":
        return tuple(drafts)
    return tuple(
        _denied(d, states=_states_it(passage, told, d))
        if d.stance == "asserts" and told.start <= passage.tokens[d.predicate].start < told.end
        else d
        for d in drafts
    )


_STATES = re.compile(r"^[^.;,]*\bof (?:the |these |those |some )?$", re.I)
"""The charge in front of its number: "rumours of 20 dead are false" states the number it denies;
in "rumours that 20 died are false" the number is of those who spread them."""


def _states_it(passage: Passage, told: Untrue, draft: Draft) -> bool:
    if not draft.figures:
        return False
    lead = passage.text[told.start - passage.start : draft.figures[0].start - passage.start]
    return _STATES.search(lead) is not None


def _denied(draft: Draft, *, states: bool) -> Draft:
    quantity = draft.quantity
    if not states:
        quantity = msgspec.structs.replace(quantity, low=None, high=None)
    return msgspec.structs.replace(draft, stance="denies", quantity=quantity)
