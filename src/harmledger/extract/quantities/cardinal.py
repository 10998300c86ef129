"""One number, read or written out."""

from __future__ import annotations

from harmledger.extract.quantities.bare import find_bare
from harmledger.extract.quantities.grammar import load_grammar
from harmledger.extract.quantities.tokens import Row, cut_tokens
from harmledger.lexicon.numbers import load_number_profile, load_number_words


def find_value(written: str) -> int | None:
    """The value of a bare number in digits or words ("34", "six"), such as an age; else None."""
    row = Row(written, cut_tokens(written, 0, len(written)))
    bare = find_bare(row, 0, load_grammar(), load_number_profile())
    return bare.low if bare and bare.bound == "exact" else None


def write_out(number: int) -> str:
    """``number`` in English words: 1305 is "one thousand three hundred and five".

    Raises:
        ValueError: the number is negative or has no scale word.
    """
    if not 0 <= number < 10**15:
        raise ValueError(f"cannot write out {number}; give 0 to 999,999,999,999,999")
    words = load_number_words()
    if number < 20:
        return next(word for word, value in words.units.items() if value == number)
    parts: list[str] = []
    for word in ("trillion", "billion", "million", "thousand"):
        count, number = divmod(number, words.scales[word])
        if count:
            parts.append(f"{_under_thousand(count)} {word}")
    if number:
        joint = "and " if parts and number < 100 else ""
        parts.append(joint + _under_thousand(number))
    return " ".join(parts)


def _under_thousand(number: int) -> str:
    words = load_number_words()
    hundreds, rest = divmod(number, 100)
    parts = [f"{write_out(hundreds)} hundred"] if hundreds else []
    if rest:
        tens = {value: word for word, value in words.tens.items() if word != "fourty"}
        unit = write_out(rest % 10) if rest % 10 else ""
        spelled = (
            write_out(rest) if rest < 20 else "-".join(filter(None, [tens[rest - rest % 10], unit]))
        )
        parts.append(f"and {spelled}" if parts else spelled)
    return " ".join(parts)
