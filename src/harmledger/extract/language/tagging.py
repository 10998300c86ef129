"""Part-of-speech tags by word list and ending: the rules-only parser's eyes.

Closed classes are listed; the rest is told by shape, ending and the word before. Right about nine
times in ten on news, which is enough to find a subject, a verb and a number, and no more.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from importlib import resources

_OPENS_OBJECT = frozenset({"DT", "PRP$", "CD", "PRP", "NNP", "JJ"})
_VERB_ENDING = re.compile(r"(?:ed|ied)$")
_ADVERB_ENDING = re.compile(r"ly$")
_ADJECTIVE_ENDING = re.compile(r"(?:ous|ful|less|able|ible|ive|ish|ical|ary|ian|ean|ese|al|ic)$")
_NUMBER = re.compile(r"^[+~]?\d[\d,.:/]*(?:st|nd|rd|th|s)?$")
_MARKS = {
    ".": ".", "!": ".", "?": ".", ",": ",", ":": ":", ";": ":", "-": "HYPH", "–": ":", "—": ":",
    "(": "-LRB-", "[": "-LRB-", ")": "-RRB-", "]": "-RRB-", "“": "``", "”": "''", '"': "''",
    "'": "''", "‘": "``", "’": "''", "$": "$", "€": "$", "£": "$", "%": "NN", "#": "NN",
}  # fmt: skip
_SUBORDINATORS = frozenset(
    {"if", "that", "because", "while", "although", "though", "unless", "whether", "whereas"}
)
_UPOS = {
    "DT": "DET", "PRP": "PRON", "PRP$": "PRON", "IN": "ADP", "CC": "CCONJ", "TO": "PART",
    "MD": "AUX", "RB": "ADV", "WP": "PRON", "WDT": "PRON", "WP$": "PRON", "WRB": "ADV",
    "JJ": "ADJ", "CD": "NUM", "POS": "PART", "NN": "NOUN", "NNS": "NOUN", "NNP": "PROPN",
    "NNPS": "PROPN", "$": "SYM",
}  # fmt: skip


def load_words(name: str) -> dict[str, list[str]]:
    """Read a file of ``label: words`` entries from ``words/``; indented lines continue an entry."""
    lists: dict[str, list[str]] = {}
    words: list[str] = []
    text = resources.files(__package__).joinpath("words", name).read_text(encoding="utf-8")
    for line in text.splitlines():
        if not line or line.startswith("#"):
            continue
        if not line.startswith(" "):
            label, _, line = line.partition(":")
            words = lists.setdefault(label, [])
        words.extend(line.split())
    return lists


class WordList:
    """Tags sentences of words with Penn Treebank tags and their universal counterparts."""

    def __init__(self) -> None:
        lists = load_words("closed.txt")
        closed: dict[str, str] = {}
        for tag, words in lists.items():
            if tag.isupper():
                closed = dict.fromkeys(words, tag) | closed
        closed = dict.fromkeys(lists["base"], "VBP") | closed
        closed |= dict.fromkeys(lists["past"], "VBD")
        closed |= {"is": "VBZ", "are": "VBP", "was": "VBD", "were": "VBD", "be": "VB"}
        closed |= {"been": "VBN", "has": "VBZ", "have": "VBP", "had": "VBD"}
        closed |= {"does": "VBZ", "do": "VBP", "did": "VBD"}
        self._closed = closed
        self.be, self.have, self.do = (frozenset(lists[name]) for name in ("be", "have", "do"))
        self._base = frozenset(lists["base"])
        self._ambiguous = self._base | {"hit", "hurt", "cut", "put", "set", "shot"} - {
            "said",
            "say",
        }

    def tag(self, words: Sequence[str]) -> list[str]:
        """One Penn tag a word: first by the word alone, then by its left neighbour."""
        shouting = sum(w.isupper() for w in words) * 2 > len(words)
        tags = [self._alone(word, i == 0, shouting) for i, word in enumerate(words)]
        for i in range(len(words)):
            before = [w.lower() for w in words[max(0, i - 2) : i]]
            tags[i] = self._in_place(before, words[i].lower(), tags, i)
        return tags

    def universal(self, word: str, tag: str) -> str:
        """The universal tag that goes with a Penn tag."""
        low = word.lower()
        if tag.startswith("VB"):
            return "AUX" if low in self.be else "VERB"
        if low in ("not", "n't", "n’t"):
            return "PART"
        if tag == "IN" and low in _SUBORDINATORS:
            return "SCONJ"
        return _UPOS.get(tag, "PUNCT")

    def _alone(self, word: str, first: bool, shouting: bool) -> str:
        low = word.lower().replace("’", "'")
        if low in self._closed and (first or shouting or not word[:1].isupper() or len(word) < 3):
            return self._closed[low]
        if _NUMBER.match(word):
            return "NNS" if low.endswith("s") else "CD"
        if word in _MARKS:
            return _MARKS[word]
        if not any(c.isalnum() for c in word):
            return "NFP"
        if word[:1].isupper() and not first and not shouting:
            return "JJ" if low.endswith(("ian", "ish", "ese", "raqi", "raeli", "emeni")) else "NNP"
        return self._closed.get(low) or self._by_ending(low)

    def _by_ending(self, low: str) -> str:
        if _VERB_ENDING.search(low) and len(low) > 4:
            return "VBD"
        if low.endswith("ing") and len(low) > 5:
            return "VBG"
        if _ADVERB_ENDING.search(low):
            return "RB"
        if _ADJECTIVE_ENDING.search(low) and len(low) > 4:
            return "JJ"
        if low.endswith("s") and not low.endswith(("ss", "us", "is")) and len(low) > 3:
            return "VBZ" if low[:-1] in self._base else "NNS"
        return "NN"

    def _in_place(self, before: list[str], low: str, tags: list[str], i: int) -> str:
        """Correct ``tags[i]`` by its neighbours; ``before`` is up to two words to its left."""
        left, right = tags[i - 1] if i else "", tags[i + 1] if i + 1 < len(tags) else ""
        word = before[-1] if before else ""
        if low in self._ambiguous and tags[i] in ("VBP", "VBD"):
            closed_left = left in ("DT", "JJ", "PRP$", "CD", "IN", "POS")
            if closed_left or (left in ("NN", "NNP") and right not in _OPENS_OBJECT):
                return "NN"
        if low in ("'s", "’s") and left == "PRP":
            return "VBZ"
        if low == "that" and left in ("NN", "NNS", "VBD", "VBZ", "VBP"):
            return "IN"
        if tags[i] == "TO" and right in ("DT", "PRP$", "NNP", "CD", "JJ", "NNS"):
            return "IN"
        return self._verb_in_place(before, word, low, tags[i], left, right)

    def _verb_in_place(
        self, before: list[str], word: str, low: str, tag: str, left: str, right: str
    ) -> str:
        """Tell participles, adjectives and nouns from the verb forms they look like."""
        if tag == "JJ" and low.endswith("ed") and right in _OPENS_OBJECT:
            return "VBD" if left in ("CC", "NNS", "NN", ",", "PRP") else tag
        if tag in ("VBP", "NN") and left in ("TO", "MD"):
            return "VB"
        if tag == "VBZ" and left in ("DT", "JJ", "PRP$", "CD", "IN", "POS") and low not in self.be:
            return "NNS"
        if tag == "VBD":
            led = word in self.be | self.have
            if led or (left == "RB" and len(before) > 1 and before[0] in self.be | self.have):
                return "VBN"
            return "JJ" if left in ("DT", "PRP$") and low not in self.be else tag
        return "NN" if tag == "VBG" and left in ("DT", "JJ", "PRP$", "POS") else tag
