"""What stands around a sentence, for whoever decides about it: without the page's furniture."""

from __future__ import annotations

from collections.abc import Sequence

from harmledger.core.document import Block

AROUND = 320
"""Letters shown on either side of a sentence."""
FAR = 6_000
"""Letters looked through for them."""
LEFT_OUT = "[page furniture]"


def cut_before(text: str, blocks: Sequence[Block], end: int) -> str:
    """The words before a sentence, page furniture left out, from a whole word on."""
    whole = leave_out_furniture(text, blocks, max(0, end - FAR), end)
    if len(whole) <= AROUND:
        return whole
    cut = whole[-AROUND:]
    return f"… {cut.partition(' ')[2] or cut}"


def cut_after(text: str, blocks: Sequence[Block], start: int) -> str:
    """The same after it, up to a whole word."""
    whole = leave_out_furniture(text, blocks, start, min(len(text), start + FAR))
    if len(whole) <= AROUND:
        return whole
    cut = whole[:AROUND]
    return f"{cut.rpartition(' ')[0] or cut} …"


def leave_out_furniture(text: str, blocks: Sequence[Block], start: int, end: int) -> str:
    """``text[start:end]`` with a mark in the place of each run of page furniture."""
    found, at = [], start
    for block in blocks:
        first, last = max(block.start, at), min(block.end, end)
        if not block.furniture or first >= last:
            continue
        words = text[at:first].strip("\n")
        found += [words] if words.strip() else []
        if not found or found[-1] != LEFT_OUT:
            found.append(LEFT_OUT)
        at = last
    rest = text[at:end]
    if not found:
        return rest
    whole = "\n".join([*found, rest.lstrip("\n") if rest.strip() else ""])
    return f"\n{whole}" if found[0] == LEFT_OUT and start else whole
