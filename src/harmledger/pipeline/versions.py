"""What changed between two versions of a page: sentences that went and sentences that came."""

from __future__ import annotations

from difflib import SequenceMatcher

from harmledger.core.base import Value
from harmledger.core.document import Document, Text
from harmledger.ledger import Records


class Passage(Value, frozen=True, kw_only=True):
    """A sentence of one version, by its place in that version's text."""

    start: int
    end: int
    words: str


class VersionChange(Value, frozen=True, kw_only=True):
    """``gone`` stood in ``earlier`` (a document id), ``come`` stands in ``later``. A sentence that
    only moved is in neither."""

    earlier: str
    later: str
    gone: tuple[Passage, ...]
    come: tuple[Passage, ...]


def find_version_change(records: Records, document: Document) -> VersionChange | None:
    """What changed against the version that ``document`` supersedes; None where it supersedes
    none.

    Raises:
        LedgerDamaged: a text is not in the store.
    """
    earlier = None if document.supersedes is None else records.find_document(document.supersedes)
    if earlier is None:
        return None
    old, new = (records.find_text(d.id, d.text_sha256) for d in (earlier, document))
    if old is None or new is None:
        return None
    before, after = _passages(old), _passages(new)
    matcher = SequenceMatcher(
        a=[p.words for p in before], b=[p.words for p in after], autojunk=False
    )
    gone: list[Passage] = []
    come: list[Passage] = []
    for kind, low, high, start, end in matcher.get_opcodes():
        if kind != "equal":
            gone.extend(before[low:high])
            come.extend(after[start:end])
    kept = {p.words for p in before} & {p.words for p in after}
    return VersionChange(
        earlier=earlier.id,
        later=document.id,
        gone=tuple(p for p in gone if p.words not in kept),
        come=tuple(p for p in come if p.words not in kept),
    )


def _passages(text: Text) -> list[Passage]:
    return [
        Passage(start=s.start, end=s.end, words=text.text[s.start : s.end].strip())
        for s in text.sentences
    ]
