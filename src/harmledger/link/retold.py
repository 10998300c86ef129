"""Evidence from who repeats whom: copies and corrections of one report tell of one incident."""

from __future__ import annotations

from harmledger.lexicon.linking import Linking
from harmledger.link.judging import NOTHING, Evidence
from harmledger.link.reach import Distance
from harmledger.link.signature import Signature


def judge_report(
    a: Signature, b: Signature, lexicon: Linking, distance: Distance | None
) -> Evidence:
    """Copies of one report tell of one incident."""
    if not (a.corrects or b.corrects) and a.groups.isdisjoint(b.groups):
        return NOTHING
    if are_copies(a, b):
        return lexicon.weights["same_passage"], "the same words in copies of one report"
    if is_correction(a, b):
        return lexicon.weights["correction"], "a correction of the same report"
    if are_whole_copies(a, b):
        return lexicon.weights["whole_report"], "copies of one report of one incident"
    if a.groups & b.groups:
        return lexicon.weights["same_report"], "copies of one report"
    return NOTHING


def are_copies(a: Signature, b: Signature) -> bool:
    """Word for word the same passage, in documents that carry one report."""
    return bool(a.groups & b.groups and a.passages & b.passages)


def is_correction(a: Signature, b: Signature) -> bool:
    """The document of one supersedes that of the other."""
    return bool(a.corrects & b.documents or b.corrects & a.documents)


def are_whole_copies(a: Signature, b: Signature) -> bool:
    """Documents that carry one report, which tells of one incident only."""
    return not a.whole.isdisjoint(b.whole)


def is_retold(a: Signature, b: Signature) -> bool:
    """One document prints or corrects the other: one of the two days may be a day off."""
    return are_copies(a, b) or is_correction(a, b) or are_whole_copies(a, b)
