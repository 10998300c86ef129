"""Noun phrases and verb groups by tag: the bricks the rules-only parser builds with."""

from __future__ import annotations

from dataclasses import dataclass, field

from harmledger.extract.language.tagging import WordList
from harmledger.extract.language.tree import NO_HEAD

_INSIDE = frozenset(
    {"DT", "PRP$", "CD", "JJ", "NN", "NNS", "NNP", "NNPS", "HYPH", "POS", "$", "JJS", "JJR"}
)
NOUNS = frozenset({"NN", "NNS", "NNP", "NNPS", "PRP", "CD", "WP", "WDT", "EX"})
FINITE = frozenset({"VBD", "VBZ", "VBP"})


@dataclass(slots=True)
class Draft:
    """A sentence being worked on: words, tags, and the heads and relations found so far."""

    words: list[str]
    tags: list[str]
    lemmas: list[str]
    heads: list[int] = field(default_factory=list)
    relations: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.heads = [NO_HEAD] * len(self.words)
        self.relations = [""] * len(self.words)

    def hang(self, word: int, head: int, relation: str) -> None:
        """Hang ``word`` on ``head`` unless it already hangs or that would close a circle."""
        if word == head or self.relations[word]:
            return
        above = head
        while above != NO_HEAD:
            if above == word:
                return
            above = self.heads[above]
        self.heads[word], self.relations[word] = head, relation


def find_noun_phrases(draft: Draft) -> list[tuple[int, int]]:
    """Find ``(first word, head word)`` of every noun phrase and hang its inside on the head."""
    phrases: list[tuple[int, int]] = []
    start = -1
    for i, tag in enumerate([*draft.tags, "END"]):
        if tag in _INSIDE and not (tag in ("DT", "PRP$") and start >= 0):
            start = i if start < 0 else start
            continue
        if start >= 0:
            _close_phrase(draft, start, i, phrases)
        start = i if tag in ("DT", "PRP$") else -1
        if tag in ("PRP", "WP", "WDT"):
            phrases.append((i, i))
    return phrases


def _close_phrase(draft: Draft, start: int, end: int, phrases: list[tuple[int, int]]) -> None:
    head = next((i for i in range(end - 1, start - 1, -1) if draft.tags[i] in NOUNS), None)
    if head is None:
        if draft.tags[start] in ("DT", "JJ") and end - start == 1 and draft.tags[start] == "DT":
            phrases.append((start, start))
        return
    owner = next((i for i in range(start, head) if draft.tags[i] == "POS"), None)
    if owner is not None and owner > start:
        draft.hang(owner, owner - 1, "case")
        draft.hang(owner - 1, head, "nmod:poss")
        for i in range(start, owner - 1):
            draft.hang(i, owner - 1, _inner_relation(draft.tags[i]))
        for i in range(owner + 1, head):
            draft.hang(i, head, _inner_relation(draft.tags[i]))
    else:
        first_name = head
        while (
            draft.tags[head] == "NNP" and first_name > start and draft.tags[first_name - 1] == "NNP"
        ):
            first_name -= 1
        for i in range(first_name + 1, head + 1):
            draft.hang(i, first_name, "flat")
        head = first_name
        for i in range(start, head):
            draft.hang(i, head, _inner_relation(draft.tags[i]))
    for i in range(head + 1, end):
        draft.hang(i, head, "dep" if draft.tags[i] != "HYPH" else "punct")
    phrases.append((start, head))


def _inner_relation(tag: str) -> str:
    inner = {"DT": "det", "PRP$": "nmod:poss", "CD": "nummod", "HYPH": "punct", "POS": "case"}
    return inner.get(tag, "amod" if tag.startswith("JJ") else "compound")


def find_verb_groups(draft: Draft, known: WordList) -> list[tuple[int, int]]:
    """Find ``(first word, main verb)`` of every verb group; auxiliaries hang on the main verb."""
    groups: list[tuple[int, int]] = []
    i = 0
    while i < len(draft.words):
        if not draft.tags[i].startswith(("VB", "MD")) and not _opens_infinitive(draft, i):
            i += 1
            continue
        start = i
        members: list[int] = []
        while i < len(draft.words) and (draft.tags[i].startswith(("VB", "MD", "RB")) or i == start):
            if (
                members
                and draft.tags[members[-1]] in ("VBD", "VBN")
                and draft.tags[i] in FINITE
                and (draft.words[members[-1]].lower() not in known.be | known.have | known.do)
            ):
                break
            if draft.tags[i].startswith("VB"):
                members.append(i)
            i += 1
        if members:
            groups.append((start, _close_group(draft, start, i, members, known)))
    return groups


def _opens_infinitive(draft: Draft, i: int) -> bool:
    return draft.tags[i] == "TO" and draft.tags[i + 1 : i + 2] == ["VB"]


def _close_group(draft: Draft, start: int, end: int, members: list[int], known: WordList) -> int:
    main = members[-1]
    for i in range(start, end):
        low = draft.words[i].lower()
        if i in members[:-1]:
            passive = low in known.be and draft.tags[main] == "VBN"
            draft.hang(i, main, "aux:pass" if passive else "aux")
        elif draft.tags[i] == "MD":
            draft.hang(i, main, "aux")
        elif draft.tags[i] == "TO":
            draft.hang(i, main, "mark")
        elif draft.tags[i] == "RB":
            draft.hang(i, main, "advmod")
    return main
