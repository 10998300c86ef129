"""Which sentences can matter: a quick look at the words, before anything is parsed."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from functools import cache

from harmledger.core.document import Sentence
from harmledger.lexicon.files import load_yaml, words
from harmledger.lexicon.harms import load_harms

_IRREGULAR = (
    "shot", "struck", "hit", "fled", "dying", "died", "dead", "slain", "slew", "taken", "took",
    "held", "broke", "broken", "lost", "lose", "fell", "fallen", "beaten", "drove", "driven",
    "burnt", "without", "cut", "set", "bodies", "casualties", "injuries", "unharmed", "unhurt",
    "toll", "cost", "den", "refut", "reject", "dismiss", "fake", "stage", "apolog", "investigat",
    "mistake", "war crime", "genocide", "inquiry", "look into", "blam", "accus", "responsib",
    "confirm", "unconfirmed", "verif", "retract", "correct", "evacuat", "ceasefire", "truce",
    "shortage", "blackout", "siege", "survivor", "unidentified", "remains", "buri", "caus",
)  # fmt: skip


_WORD = re.compile(r"[^\W_]+")
_MOST_REMEMBERED = 20_000


class Stems:
    """Beginnings of words to look for: much quicker than one long expression."""

    def __init__(self, stems: Collection[str]) -> None:
        """``stems``: lower case; those of several words are looked for as they are written."""
        self._longer = tuple(stem for stem in stems if not _WORD.fullmatch(stem))
        self._single = tuple(stem for stem in stems if _WORD.fullmatch(stem))
        self._met: dict[str, bool] = {}

    def begin_any(self, said: str, words: Iterable[str] | None = None) -> bool:
        """Whether a word of ``said`` (lower case; ``words`` where they are known) begins with one
        of them."""
        return any(map(self._begins, _WORD.findall(said) if words is None else words)) or any(
            stem in said for stem in self._longer
        )

    def _begins(self, word: str) -> bool:
        found = self._met.get(word)
        if found is None:
            if len(self._met) >= _MOST_REMEMBERED:
                self._met.clear()
            found = self._met[word] = word.startswith(self._single)
        return found


@cache
def _stems() -> Stems:
    stems = {stem for stem in load_harms().stems if len(stem) > 2}
    services = load_yaml("services.yaml")
    for keys in (("access", "block"), ("access", "break"), ("outage",)):
        for written in words(services, "services.yaml", *keys):
            stems.add(written.split()[0])
    stems -= {"have", "be", "need", "take", "lose", "put", "set", "go", "live"}
    cut = {stem[:-1] if len(stem) > 4 and stem[-1] in "ey" else stem for stem in stems}
    return Stems({*cut, *_IRREGULAR})


def find_hits(text: str, sentences: Sequence[Sentence]) -> tuple[int, ...]:
    """Numbers of the sentences with a word that could matter. Furniture never matters."""
    stems = _stems()
    return tuple(
        number
        for number, sentence in enumerate(sentences)
        if not sentence.furniture and stems.begin_any(text[sentence.start : sentence.end].lower())
    )


def with_company(
    text: str, sentences: Sequence[Sentence], hits: Sequence[int], reach: int = 1
) -> tuple[int, ...]:
    """``hits`` and ``reach`` neighbours on each side, since a speaker or a place may stand there;
    and where "he said" needs a name, the sentences that name somebody."""
    wanted = {
        near
        for hit in hits
        for near in range(hit - reach, hit + reach + 1)
        if 0 <= near < len(sentences) and not sentences[near].furniture
    }
    wanted |= {n for hit in hits for n in _name_before(text, sentences, hit)}
    return tuple(sorted(wanted))


_HE_SAID = re.compile(r"\b(?:he|she)\b[^.;]{0,30}?\b(?:sa(?:ys|id)|add(?:s|ed)|told|recall)", re.I)
_FULL_NAME = re.compile(r"\b[A-Z][\w’'-]+ (?:[a-z]{1,3} )?[A-Z][\w’'-]+")
_NAMED_WITHIN = 8


def _name_before(text: str, sentences: Sequence[Sentence], hit: int) -> list[int]:
    """Where "he said" needs a name: the two nearest sentences before with a name in full."""
    if _HE_SAID.search(text, sentences[hit].start, sentences[hit].end) is None:
        return []
    before = range(hit - 1, max(-1, hit - 1 - _NAMED_WITHIN), -1)
    spans = ((near, sentences[near]) for near in before if not sentences[near].furniture)
    return [near for near, s in spans if _FULL_NAME.search(text, s.start, s.end)][:2]
