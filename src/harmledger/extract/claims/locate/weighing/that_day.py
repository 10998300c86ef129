"""Days told by "that day" where no incident with a day was told: of the day named last."""

from __future__ import annotations

import re

import msgspec

from harmledger.core.when import When
from harmledger.extract.claims.locate.weighing.asked import Asked

_THAT = re.compile(
    r"(?:on |in )?(?:that|the same) (?:very |same )?(?:day|night|morning|afternoon|evening)", re.I
)
_SENTENCES = 4
_NIGHT = 2


def that_day(asked: Asked, when: When) -> When:
    """ "The killers came on 13 May 1994 … They killed my wife on that day": 13 May 1994. Other
    times as they are."""
    if when.edtf is not None or _THAT.fullmatch(" ".join(when.as_written.split())) is None:
        return when
    for earlier in asked.report.passages_before(asked.passage, _SENTENCES):
        days = [
            t.when for t in earlier.times if t.when.earliest and (t.when.precision or 9) <= _NIGHT
        ]
        if days:
            return msgspec.structs.replace(
                days[-1],
                as_written=when.as_written,
                anchor=f"text:{days[-1].as_written}",
                rule=when.rule,
            )
    return when
