"""Verbs of headlines that a parser takes for nouns: "Nurse shot dead at clinic"."""

from __future__ import annotations

from harmledger.extract.claims.phrases import is_person
from harmledger.extract.harms.figures import in_figure
from harmledger.extract.harms.heads import make_mention
from harmledger.extract.harms.mention import Mention
from harmledger.extract.passage import Passage
from harmledger.lexicon.harms import HarmLexicon
from harmledger.lexicon.persons import load_persons

_PHRASE_OPENS = frozenset({"DET", "ADJ", "NUM", "PRON", "NOUN"})

PRESENT = {
    "kills": "kill", "wounds": "wound", "injures": "injure", "hurts": "hurt", "shoots": "shoot",
    "strikes": "strike", "hits": "hit", "damages": "damage", "claims": "claim", "murders": "murder",
    "burns": "burn", "maims": "maim", "bombs": "bomb", "shells": "shell", "torches": "torch",
}  # fmt: skip
"""Verbs of headlines that the parser takes for plurals."""
BASES = frozenset(
    {"kill", "abduct", "kidnap", "injure", "wound", "arrest", "detain", "seize", "displace"}
)
PRESENT |= {base: base for base in BASES}
"""And those in capitals that it takes for names."""


def is_shot_dead(passage: Passage, at: int) -> bool:
    """ "Gunmen on a motorbike shot dead a leader", "Nurse shot dead": a verb whatever the parser
    takes it for."""
    return passage.lowered[at] == "shot" and passage.lowered[at + 1 : at + 2] == ("dead",)


def shot_dead_at(passage: Passage, lexicon: HarmLexicon, at: int) -> Mention | None:
    """The people right behind "shot dead", else the one right before it."""
    word = next(w for w in lexicon.verbs["shoot"] if w.company == ("dead",))
    persons = load_persons()
    behind = [t for t in passage.tokens[at + 2 : at + 8] if t.upos not in {"DET", "ADJ", "NUM"}]
    opens = at + 2 < len(passage.tokens) and passage.tokens[at + 2].upos in _PHRASE_OPENS
    found = next((t.index for t in behind if is_person(passage, t.index, persons)), None)
    if not opens or found is None:
        before = [t.index for t in passage.tokens[max(0, at - 3) : at]]
        found = next((n for n in reversed(before) if is_person(passage, n, persons)), None)
    if found is None and at > 0 and in_figure(passage, at - 1):
        found = at - 1  # "eight shot dead"
    if found is None:
        return None
    return make_mention(passage, word, at, at + 1, (found,), "verb+")
