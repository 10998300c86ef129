"""Dictionary forms by rule: irregular words from a short table, the rest by their ending.

The Penn Treebank tag says which ending can be there at all, so ``left`` is ``leave`` as a past
tense and ``left`` as an adjective.
"""

from __future__ import annotations

import re
from importlib import resources

from harmledger.extract.language.tagging import load_words

MOST_WORDS_REMEMBERED = 50_000

_OTHERS = {
    "n't": "not", "nt": "not", "an": "a", "i": "I", "me": "I", "us": "we", "him": "he",
    "them": "they", "'em": "they", "these": "this", "those": "that",
}  # fmt: skip
_ADJECTIVE_TAKES_E = tuple(
    {
        "arg",
        "ug",
        "nc",
        "rc",
        "fierc",
        "v",
        "saf",
        "lat",
        "ampl",
        "impl",
        "abl",
        "ttl",
        "ntl",
        "fin",
        "wid",
        "sur",
        "pur",
        "wis",
        "clos",
        "loos",
        "dens",
        "rar",
        "bar",
        "sor",
        "sever",
        "sincer",
        "tru",
        "sav",
        "strang",
        "whit",
        "cut",
        "polit",
        "rip",
    }
)
_PRONOUNS = {"her": {"PRP": "she", "PRP$": "her"}}
_DOUBLED = re.compile(r"([bdfgmnprtz])\1$")
_KEEPS_DOUBLE = frozenset({"add", "odd", "ebb", "egg", "purr", "err", "butt", "buzz", "staff"})
_LL_IS_L = frozenset(
    {
        "travell",
        "cancell",
        "controll",
        "patroll",
        "labell",
        "modell",
        "levell",
        "fuell",
        "compell",
        "expell",
        "repell",
        "propell",
        "signall",
        "rebell",
        "counsell",
        "quarrell",
        "shovell",
        "tunnell",
        "channell",
        "dispell",
        "excell",
        "marshall",
    }
)


def load_irregular() -> dict[str, dict[str, str]]:
    """Read ``words/irregular.txt``: for each class of words, written form to dictionary form."""
    tables: dict[str, dict[str, str]] = {}
    table: dict[str, str] = {}
    text = resources.files(__package__).joinpath("words/irregular.txt").read_text(encoding="utf-8")
    for line in text.splitlines():
        if line.startswith("["):
            table = tables.setdefault(line.strip("[]"), {})
        elif line and not line.startswith("#"):
            forms = line.split()
            for form in forms:
                written, _, lemma = form.partition("=")
                table[written] = lemma or forms[0]
    return tables


class Lemmatiser:
    """Looks dictionary forms up or works them out, and remembers the words it has met."""

    def __init__(self) -> None:
        tables = load_irregular()
        self._verbs, self._nouns = tables["verbs"], tables["nouns"]
        self._adjectives = tables["adjectives"]
        endings = load_words("endings.txt")
        self._takes_e = dict.fromkeys(endings["bare"], False) | dict.fromkeys(endings["e"], True)
        self._met: dict[tuple[str, str], str] = {}

    def lemma(self, word: str, xpos: str) -> str:
        """Return the dictionary form of ``word`` under a Penn tag; names and numbers stay."""
        key = (word, xpos)
        found = self._met.get(key)
        if found is None:
            if len(self._met) >= MOST_WORDS_REMEMBERED:
                self._met.clear()
            found = self._met[key] = self._work_out(word, xpos)
        return found

    def _work_out(self, word: str, xpos: str) -> str:
        low = word.lower().replace("’", "'")
        if xpos.startswith("NNP") or xpos in ("CD", "FW", "SYM", "ADD", "LS", "NFP"):
            return word
        if xpos.startswith(("VB", "MD")):
            return self._verb(low, xpos)
        if xpos == "NNS":
            return self._nouns.get(low) or self._compound(low) or singular(low)
        if xpos in ("JJR", "RBR", "JJS", "RBS"):
            return self._adjectives.get(low) or plain_adjective(low)
        if xpos in ("PRP", "PRP$") and low in _PRONOUNS:
            return _PRONOUNS[low][xpos]
        if xpos in ("PRP", "DT", "RB") and low in _OTHERS:
            return _OTHERS[low]
        return low

    def _compound(self, low: str) -> str | None:
        """ "Midwives", "clergymen", "stepchildren", "brothers-in-law": the irregular plural is the
        last part, or the regular one the first."""
        if low.endswith(("-in-law", "-by")):
            first, dash, rest = low.partition("-")
            return singular(first) + dash + rest
        for plural, one in (
            ("wives", "wife"), ("men", "man"), ("children", "child"), ("buses", "bus"),
        ):  # fmt: skip
            if low.endswith(plural) and len(low) > len(plural):
                return low[: -len(plural)] + one
        return None

    def _verb(self, low: str, xpos: str) -> str:
        if low == "'s":
            return "be"
        if low == "'d":
            return "would" if xpos == "MD" else "have"
        known = self._verbs.get(low)
        if known is not None and xpos not in ("VB", "VBP"):
            return known
        if xpos in ("VB", "VBP") and low not in ("am", "are", "'m", "'re", "'ve", "ai"):
            return low
        if known is not None:
            return known
        if xpos == "VBZ":
            return singular(low)
        if xpos in ("VBD", "VBN") and low.endswith("ed"):
            return self._verb_stem(low[:-2]) if not low.endswith("ied") else low[:-3] + "y"
        if xpos == "VBG" and low.endswith(("ing", "in'")):
            return self._verb_stem(low[:-3])
        return low

    def _verb_stem(self, stem: str) -> str:
        """Restore what ``-ed`` or ``-ing`` took or doubled: ``plann`` to ``plan``."""
        if _DOUBLED.search(stem) and stem not in _KEEPS_DOUBLE:
            return stem[:-1]
        if stem.endswith("ll"):
            return stem[:-1] if stem in _LL_IS_L else stem
        for length in range(min(len(stem), 8), 0, -1):
            takes_e = self._takes_e.get(stem[-length:])
            if takes_e is not None:
                return stem + "e" if takes_e else stem
        return stem


def singular(low: str) -> str:
    """Take the ``-s`` of a plural or of a third person off."""
    if low.endswith("ies") and len(low) > 4:
        return low[:-3] + "y"
    if low.endswith(("sses", "shes", "ches", "xes", "zzes", "oes")):
        return low[:-2]
    if low.endswith("'s"):
        return low[:-2]
    if low.endswith("s") and not low.endswith(("ss", "us", "is")) and len(low) > 2:
        return low[:-1]
    return low


def plain_adjective(low: str) -> str:
    """Take ``-er`` or ``-est`` off: ``bigger`` is ``big``, ``heaviest`` is ``heavy``."""
    for ending in ("est", "er"):
        if low.endswith(ending) and len(low) > len(ending) + 2:
            stem = low[: -len(ending)]
            if stem.endswith("i"):
                return stem[:-1] + "y"
            if _DOUBLED.search(stem):
                return stem[:-1]
            return stem + "e" if stem.endswith(_ADJECTIVE_TAKES_E) else stem
    return low
