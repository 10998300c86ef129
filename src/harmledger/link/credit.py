"""Agency credit lines: "(Reuters) -", "AFP", "Report by ...", "Source: TASS"."""

from __future__ import annotations

import re
from functools import cache

from harmledger.lexicon.linking import fold, load_linking

_HEAD = 600
_TAIL = 400


@cache
def _pattern() -> re.Pattern[str]:
    names = "|".join(
        re.escape(a) for a in sorted(load_linking().agencies, key=lambda a: (-len(a), a))
    )
    forms = (
        rf"\((?P<bracket>{names})\)",
        rf"^[A-Z][\w .,/-]{{1,60}}[,/] (?P<dateline>{names})\s*[-–—:]",
        rf"(?:Report(?:ing|ed)? by|Source:|Credit:|Text:|©|\(c\)|With|By)\s+(?P<by>{names})\b",
        rf"^(?P<alone>{names})\.?\s*$",
    )
    return re.compile("|".join(forms), re.MULTILINE)


def find_credit(text: str) -> str | None:
    """The agency whose words a text says it carries, folded; None when it credits none.

    Only the beginning and the end are looked at: an agency named in the middle is a source.
    """
    head = text[:_HEAD]
    tail = text[-_TAIL:] if len(text) > _HEAD else ""
    for part in (head, tail):
        hit = _pattern().search(part)
        if hit:
            return fold(next(name for name in hit.groupdict().values() if name))
    return None
