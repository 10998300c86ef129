"""Names of places and sites nobody knows, and their other spellings."""

from __future__ import annotations

from random import Random

_STARTS = ("Ba", "Da", "Ka", "Lo", "Ma", "Ne", "Or", "Pe", "Ra", "Se", "Ta", "Ve", "Zu", "Gor")
_MIDDLES = ("ra", "li", "mo", "ne", "sha", "ti", "vu", "za", "ko", "dri", "ha", "bu")
_ENDS = ("b", "d", "k", "l", "n", "r", "s", "sk", "t", "var", "gan", "dia", "im")
_SPELLINGS = (("k", "q"), ("y", "i"), ("sh", "sch"), ("u", "ou"), ("v", "w"), ("dia", "diya"))


def make_name(chance: Random) -> str:
    """Three or four syllables, as "Karamoshad"."""
    middle = "".join(chance.choice(_MIDDLES) for _ in range(chance.choice((1, 2, 2))))
    return chance.choice(_STARTS) + middle + chance.choice(_ENDS)


def respell(name: str, chance: Random) -> str:
    """Another transliteration: one letter or a doubled one differs."""
    fitting = [(a, b) for a, b in _SPELLINGS if a in name[1:]]
    if fitting:
        a, b = chance.choice(fitting)
        return name[0] + name[1:].replace(a, b, 1)
    at = chance.randrange(1, len(name))
    return name[:at] + name[at] + name[at:]
