"""What a named person decided, and the queue of what to ask next.

Both versions stand: a machine's claim is never edited. A person's decision is a line in the
log beside it, undone only by another line.
"""

from harmledger.review.agreement import FieldAgreement, find_coders, tally_agreement
from harmledger.review.carry import Carry, propose_carries
from harmledger.review.decide import (
    Decided,
    Known,
    Signature,
    decide_accept,
    decide_carry,
    decide_grade,
    decide_judgement,
    decide_reject,
    decide_set_aside,
    decide_withdraw,
)
from harmledger.review.dissent import Dissent, find_dissents
from harmledger.review.effects import Effective, GradeDecision, apply_decisions
from harmledger.review.queue import QueueLine, propose_queue
from harmledger.review.release import (
    SHOWING,
    Held,
    Releases,
    decide_embargo,
    decide_forget,
    decide_release,
    decide_retract,
    decide_withhold,
    find_releases,
    find_showing,
)
from harmledger.review.revise import decide_add, decide_amend

__all__ = [
    "SHOWING",
    "Carry",
    "Decided",
    "Dissent",
    "Effective",
    "FieldAgreement",
    "GradeDecision",
    "Held",
    "Known",
    "QueueLine",
    "Releases",
    "Signature",
    "apply_decisions",
    "decide_accept",
    "decide_add",
    "decide_amend",
    "decide_carry",
    "decide_embargo",
    "decide_forget",
    "decide_grade",
    "decide_judgement",
    "decide_reject",
    "decide_release",
    "decide_retract",
    "decide_set_aside",
    "decide_withdraw",
    "decide_withhold",
    "find_coders",
    "find_dissents",
    "find_releases",
    "find_showing",
    "propose_carries",
    "propose_queue",
    "tally_agreement",
]
