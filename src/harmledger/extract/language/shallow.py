"""The rules-only parser: the same trees, with less in them, where the learned model cannot run.

It finds noun phrases and verb groups, hangs what stands before a verb on it as subject, what stands
after it as object, and prepositional phrases where they most often belong. It knows no names and no
roles. Every tree says so in ``note``.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import pairwise

from harmledger.core.claim import Harm
from harmledger.extract.language.lemma import Lemmatiser
from harmledger.extract.language.phrases import (
    FINITE,
    NOUNS,
    Draft,
    find_noun_phrases,
    find_verb_groups,
)
from harmledger.extract.language.tagging import WordList
from harmledger.extract.language.tokens import find_words
from harmledger.extract.language.tree import Mark, Token, Tree, index_children

VERSION = "rules-only@1"
LOST = (
    "sentences were read by rules only: names of persons and organisations and semantic roles are "
    "missing, and who did what to whom is found less often and less surely"
)
_SPEECH = frozenset(
    {
        "say",
        "tell",
        "report",
        "add",
        "claim",
        "announce",
        "confirm",
        "state",
        "warn",
        "note",
        "deny",
    }
)
_MARKS = frozenset(
    {
        "that",
        "when",
        "after",
        "before",
        "while",
        "because",
        "although",
        "though",
        "if",
        "as",
        "since",
        "until",
        "where",
    }
)
_RELATIVE = frozenset({"who", "which", "that", "whom"})
_TIME = frozenset(
    {
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "morning",
        "evening",
        "afternoon",
        "night",
        "day",
        "week",
        "month",
        "year",
        "today",
        "yesterday",
    }
)


class ShallowParser:
    """Parses by word lists, endings and position. Needs nothing but this package."""

    version = VERSION

    def __init__(self, why: str = "") -> None:
        """``why`` says what kept the learned parser away; it becomes part of ``note``."""
        self.note = f"{why}: {LOST}." if why else f"{LOST[0].upper()}{LOST[1:]}."
        self._words = WordList()
        self._lemmas = Lemmatiser()

    def find_marks(
        self,
        tree: Tree,
        words: Sequence[int],
        here: Collection[Harm],
        before: Collection[Harm],
    ) -> tuple[Mark, ...]:
        """None: rules mark nothing."""
        return ()

    def parse(self, sentences: Sequence[tuple[str, int]]) -> list[Tree]:
        """Turn ``(text, offset of the text in its document)`` pairs into trees, in order."""
        return [self._parse_one(text, offset) for text, offset in sentences]

    def _parse_one(self, text: str, offset: int) -> Tree:
        spans = find_words(text)
        words = [text[start:end] for start, end in spans]
        tags = self._words.tag(words)
        lemmas = [self._lemmas.lemma(w, t) for w, t in zip(words, tags, strict=True)]
        draft = Draft(words, tags, lemmas)
        _hang_everything(draft, self._words)
        tokens = tuple(
            Token(
                index=i,
                start=offset + start,
                end=offset + end,
                text=words[i],
                lemma=lemmas[i],
                upos=self._words.universal(words[i], tags[i]),
                xpos=tags[i],
                head=draft.heads[i],
                deprel=draft.relations[i],
            )
            for i, (start, end) in enumerate(spans)
        )
        return Tree(
            start=offset,
            end=offset + len(text),
            tokens=tokens,
            made_by=VERSION,
            note=self.note,
            below=index_children(draft.heads),
        )


def _hang_everything(draft: Draft, known: WordList) -> None:
    if not draft.words:
        return
    phrases = find_noun_phrases(draft)
    verbs = _move_to_predicates(draft, phrases, find_verb_groups(draft, known), known)
    root = _choose_root(draft, verbs, phrases)
    draft.relations[root] = "root"
    _hang_verbs(draft, verbs, root)
    _hang_lists(draft, phrases, verbs)
    led = [(start, head) for start, head in phrases if _case_of(draft, start) is not None]
    for start, head in led:
        _hang_led(draft, start, head, verbs, root)
    for _, head in phrases:
        _hang_bare(draft, head, verbs, root)
    _hang_rest(draft, root)


def _move_to_predicates(
    draft: Draft,
    phrases: list[tuple[int, int]],
    verbs: list[tuple[int, int]],
    known: WordList,
) -> list[tuple[int, int]]:
    """``five are dead``: after a lone form of be, the adjective or noun is the clause's head."""
    moved = []
    for start, main in verbs:
        predicate = _predicate_of(draft, phrases, main) if _is_be(draft, main, known) else None
        if predicate is None:
            moved.append((start, main))
            continue
        for i, head in enumerate(draft.heads):
            if head == main:
                draft.heads[i] = predicate
        draft.hang(main, predicate, "cop")
        moved.append((start, predicate))
        phrases[:] = [phrase for phrase in phrases if phrase[1] != predicate]
    return moved


def _is_be(draft: Draft, main: int, known: WordList) -> bool:
    return draft.words[main].lower() in known.be or draft.lemmas[main] == "be"


def _predicate_of(draft: Draft, phrases: list[tuple[int, int]], main: int) -> int | None:
    after = next((i for i in range(main + 1, len(draft.tags)) if draft.tags[i] != "RB"), None)
    if after is None:
        return None
    nominal = next((head for start, head in phrases if start == after), None)
    return after if nominal is None and draft.tags[after] == "JJ" else nominal


def _choose_root(draft: Draft, verbs: list[tuple[int, int]], phrases: list[tuple[int, int]]) -> int:
    speech = [main for _, main in verbs if draft.lemmas[main] in _SPEECH]
    if speech:
        return (
            speech[-1] if draft.words[-2:-1] and speech[-1] > len(draft.words) // 2 else speech[0]
        )
    for start, main in verbs:
        led = draft.words[start - 1].lower() if start else ""
        if (
            draft.tags[start] in (*FINITE, "MD")
            and led not in _RELATIVE
            and not _marker(draft, start)
        ):
            return main
    if verbs:
        return verbs[0][1]
    return phrases[0][1] if phrases else 0


def _marker(draft: Draft, start: int) -> int | None:
    """The subordinating word that opens the clause whose verb group starts at ``start``."""
    for i in range(start - 1, max(-1, start - 9), -1):
        if draft.tags[i] in (",", ".", ":") or draft.tags[i].startswith("VB"):
            return None
        if draft.words[i].lower() in _MARKS and draft.tags[i] in ("IN", "WRB"):
            return i
    return None


def _hang_verbs(draft: Draft, verbs: list[tuple[int, int]], root: int) -> None:
    for position, (start, main) in enumerate(verbs):
        if main == root:
            continue
        before = verbs[position - 1][1] if position else root
        left = draft.words[start - 1].lower() if start else ""
        marker = _marker(draft, start)
        if left in _RELATIVE and start > 1 and draft.tags[start - 2] in (*NOUNS, ","):
            noun = start - 2 if draft.tags[start - 2] in NOUNS else start - 3
            draft.hang(main, max(noun, 0), "acl:relcl")
        elif draft.tags[start] == "VBN" or (draft.tags[start] == "VBG" and left != ","):
            draft.hang(
                main, start - 1 if left and draft.tags[start - 1] in NOUNS else before, "acl"
            )
        elif draft.tags[start] == "TO":
            draft.hang(main, before, "xcomp")
        elif position == 0 or (draft.lemmas[root] in _SPEECH and before == root):
            draft.hang(main, root, "ccomp" if draft.lemmas[root] in _SPEECH else "advcl")
        elif draft.tags[start] == "VBG" or marker is not None:
            draft.hang(main, before, "advcl")
        else:
            draft.hang(main, before, "conj")
        if marker is not None:
            draft.hang(marker, main, "mark" if draft.tags[marker] == "IN" else "advmod")


def _hang_lists(draft: Draft, phrases: list[tuple[int, int]], verbs: list[tuple[int, int]]) -> None:
    """``a, b and c``: hang later phrases on the first, unless a verb of their own follows."""
    run: list[tuple[int, int, bool]] = []
    for (_, left), (start, head) in pairwise(phrases):
        gap = {draft.words[i].lower() for i in range(left + 1, start) if draft.heads[i] != left}
        linked = bool(gap) and gap <= {",", "and", "or", "&"}
        if linked and not _opens_clause(draft, left, head, verbs):
            run.append((left, head, gap != {","}))
            continue
        _hang_run(draft, run)
        run = []
    _hang_run(draft, run)


def _opens_clause(draft: Draft, left: int, head: int, verbs: list[tuple[int, int]]) -> bool:
    """Whether a phrase after a comma or ``and`` is the subject of a new clause, or a relative."""
    own_verb = any(head < start <= head + 2 for start, _ in verbs)
    after_verb = any(main < left for _, main in verbs)
    return (own_verb and after_verb) or bool(
        {draft.tags[left], draft.tags[head]} & {"PRP", "WP", "WDT"}
    )


def _hang_run(draft: Draft, run: list[tuple[int, int, bool]]) -> None:
    if not any(closed for _, _, closed in run):
        return
    for left, head, _ in run:
        draft.hang(head, run[0][0], "conj")
        for i in range(left + 1, head):
            if draft.tags[i] in ("CC", ","):
                draft.hang(i, head, "cc" if draft.tags[i] == "CC" else "punct")


def _case_of(draft: Draft, start: int) -> int | None:
    """The preposition that stands before a phrase, if it is still free."""
    led = start > 0 and draft.tags[start - 1] in ("IN", "TO") and not draft.relations[start - 1]
    return start - 1 if led else None


def _hang_led(draft: Draft, start: int, head: int, verbs: list[tuple[int, int]], root: int) -> None:
    """Hang a prepositional phrase on the noun before it (``of``) or on the nearest verb."""
    case = start - 1
    draft.hang(case, head, "case")
    before = [main for _, main in verbs if main < start]
    after = [main for _, main in verbs if main > head]
    noun = next((i for i in (case - 1, case - 2) if i >= 0 and draft.tags[i] in NOUNS), None)
    of_noun = draft.words[case].lower() in ("of", "including", "between")
    if noun is not None and (of_noun or not before):
        draft.hang(head, noun, "nmod")
    draft.hang(head, before[-1] if before else (after[0] if after else root), "obl")


def _hang_bare(draft: Draft, head: int, verbs: list[tuple[int, int]], root: int) -> None:
    """Hang a phrase without preposition: time, subject of the next verb, or object of the last."""
    before = [main for _, main in verbs if main < head]
    after = [
        (first, main)
        for first, main in verbs
        if first > head
        and (draft.relations[main] != "acl:relcl" or draft.tags[head] in ("WP", "WDT"))
    ]
    if draft.lemmas[head].lower() in _TIME and (before or after):
        draft.hang(head, before[-1] if before else after[0][1], "obl:unmarked")
    elif (
        after
        and not _blocked(draft, head, after[0][0])
        and not _is_object(draft, head, before, after)
    ):
        passive = any(
            above == after[0][1] and relation == "aux:pass"
            for above, relation in zip(draft.heads, draft.relations, strict=True)
        )
        draft.hang(head, after[0][1], "nsubj:pass" if passive else "nsubj")
    else:
        draft.hang(head, before[-1] if before else root, "obj" if before else "dep")


def _is_object(draft: Draft, head: int, before: list[int], after: list[tuple[int, int]]) -> bool:
    """``hit a school, killed 10``: between two verbs a comma or ``and`` closes a clause."""
    left = before[-1] if before else None
    if left is None or any(draft.tags[i] in (",", "CC", "IN") for i in range(left + 1, head)):
        return False
    return draft.tags[after[0][0] - 1] in (",", "CC")


def _blocked(draft: Draft, head: int, verb: int) -> bool:
    """Whether another phrase that could be the subject stands between a noun and the verb."""
    if draft.tags[verb] in ("VBN", "VBG", "TO"):
        return True
    for i in range(head + 1, verb):
        if draft.tags[i].startswith("VB") or draft.tags[i] in ("WDT", "WP"):
            return False
        if draft.tags[i] in NOUNS and not draft.relations[i]:
            return True
    return False


def _hang_rest(draft: Draft, root: int) -> None:
    for i, tag in enumerate(draft.tags):
        if draft.relations[i]:
            continue
        if not any(c.isalnum() for c in draft.words[i]):
            draft.hang(i, root, "punct")
        elif tag == "RB" and i + 1 < len(draft.words) and i + 1 != root:
            draft.hang(i, i + 1, "advmod")
        elif tag == "CC" and i + 1 < len(draft.words):
            draft.hang(i, _top_right(draft, i), "cc")
        draft.hang(i, root, "dep")


def _top_right(draft: Draft, i: int) -> int:
    """The first conjunct to the right of a coordinator, or the word beside it."""
    return next((j for j in range(i + 1, len(draft.words)) if draft.relations[j] == "conj"), i + 1)
