"""Drafts of one passage that say the same harm of the same people or objects."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from harmledger.core.claim import Harm
from harmledger.extract.claims.draft import Draft
from harmledger.extract.passage import Passage


def without_twins(drafts: Sequence[Draft]) -> list[Draft]:
    """One claim per harm, object and figure in a passage: the fuller draft stays (rule 11)."""
    kept: list[Draft] = []
    for draft in sorted(drafts, key=lambda d: (-len(d.figures), -d.score, d.start)):
        if not any(_twins(draft, other) for other in kept):
            kept.append(draft)
    kept = [d for d in kept if not _held_otherwise(d, kept)]
    order = {id(d): n for n, d in enumerate(drafts)}
    kept.sort(key=lambda d: (d.start, order[id(d)]))
    return kept


_GRAVER: dict[Harm, frozenset[Harm]] = {
    "detained": frozenset({"abducted", "sexual_violence", "killed", "mass_burial"}),
    "trapped": frozenset({"killed", "injured"}),
    "abducted": frozenset({"sexual_violence"}),
    "displaced": frozenset({"killed", "injured", "killed_or_injured", "sexual_violence"}),
    "killed_or_injured": frozenset(
        {"killed", "injured", "abducted", "detained", "sexual_violence", "missing", "trapped"}
    ),
}
"""What people suffered says where they were held or caught."""


_ALSO_OF_THE_DISPLACED: frozenset[Harm] = frozenset(
    {"service_denied", "access_denied", "detained", "abducted", "missing", "trapped"}
)
"""What is told of "evacuees" or "displaced people" says of whom in that word (reading rule 7)."""


_KILLED: frozenset[Harm] = frozenset({"killed"})


def _said(draft: Draft) -> str:
    return next((n.rule for n in draft.notes if n.field == "harm"), "")


def _held_otherwise(draft: Draft, kept: Sequence[Draft]) -> bool:
    """ "Thirty hostages are held", "held as sex slaves", "a fourth victim died": the graver or
    plainer word says what was suffered."""
    graver = _GRAVER.get(draft.harm)
    if graver is not None and draft.harm == "abducted" and ":hostage" in _said(draft):
        graver = _KILLED  # "shot 18 hostages dead": who they were
    elif graver is None or (draft.harm == "abducted" and "captivity" not in _said(draft)):
        return False
    if draft.harm == "displaced" and graver is not None and _names_them(draft):
        graver = graver | _ALSO_OF_THE_DISPLACED
    if draft.harm == "detained" and ":pick+up" in _said(draft):
        graver = graver - {"killed"}  # "picked up from their home, were found dead"
    return any(
        other.harm in graver
        and draft.counted is not None
        and other.counted is not None
        and (
            (draft.counted.noun == other.counted.noun and not _apart(draft, other))
            or set(draft.figures) & set(other.figures)
        )
        for other in kept
    )


def _names_them(draft: Draft) -> bool:
    """The word of the harm stands inside the phrase counted: "600 displaced families"."""
    counted = draft.counted
    return counted is not None and any(
        n.field == "harm" and counted.start <= n.start and n.end <= counted.end for n in draft.notes
    )


def _apart(draft: Draft, other: Draft) -> bool:
    """ "120 casualties: 40 killed and 80 injured": each has a figure of its own."""
    return bool(draft.figures and other.figures) and not set(draft.figures) & set(other.figures)


def one_number_two_harms(passage: Passage, drafts: Sequence[Draft]) -> list[Draft]:
    """ "12 killed and wounded" is killed_or_injured; "four wounded people died" is killed (14a)."""
    kept = _without_same_one(passage, _without_own_bodies(passage, drafts))
    for killed in drafts:
        for injured in drafts:
            if killed.harm != "killed" or injured.harm != "injured":
                continue
            told_after = bool(killed.figures) and killed.predicate < injured.predicate
            one = (
                _one_person(killed, injured)
                or _same_pronoun(passage, killed, injured)
                or _of_the_hurt(passage, killed, injured)
            )
            if one and injured in kept and not told_after:
                kept.remove(injured)
                continue
            if not killed.figures or killed.figures != injured.figures or injured not in kept:
                continue
            low, high = sorted((killed.predicate, injured.predicate))
            kept.remove(injured)
            between = [t.lemma for t in passage.tokens[low + 1 : high]]
            if between and all(lemma in {"and", "or", "/", ","} for lemma in between):
                kept[kept.index(killed)] = msgspec.structs.replace(
                    killed, harm="killed_or_injured", end=max(killed.end, injured.end)
                )
                break
    return kept


def _without_same_one(passage: Passage, drafts: Sequence[Draft]) -> list[Draft]:
    """ "One of the dead is a boy of 14, killed by a bomb": the subject and what it is said to be
    are one, told by the figure of the first and the words of the second."""
    found = list(drafts)
    for draft in drafts:
        if draft.counted is None or draft.quantity.high != 1 or draft.figures:
            continue
        if passage.tree.child(draft.counted.noun, "cop") is None:
            continue
        subjects = [s.index for s in passage.tree.children(draft.counted.noun, "nsubj")]
        for other in drafts:
            if other.counted is None or other.harm != draft.harm or other.quantity.high != 1:
                continue
            if other in found and any(_under(passage, other.counted.noun, s) for s in subjects):
                found.remove(other)
                one = msgspec.structs.replace(
                    draft, figures=other.figures, start=min(draft.start, other.start)
                )
                found[found.index(draft)] = one
                break
    return found


def _under(passage: Passage, noun: int, subject: int) -> bool:
    """ "One of the dead": the dead, under "one"."""
    token = passage.tokens[noun]
    return noun == subject or (token.head == subject and token.deprel == "nmod")


def _without_own_bodies(passage: Passage, drafts: Sequence[Draft]) -> list[Draft]:
    """ "A boy was killed and his body dumped": the body is the boy's."""
    dead = [d for d in drafts if d.harm == "killed" and d.counted is not None]
    if len(dead) < 2:
        return list(drafts)
    return [
        d
        for d in drafts
        if d.harm != "killed"
        or d.counted is None
        or d.figures
        or passage.lemmas[d.counted.noun] not in {"body", "corpse", "remains"}
        or not any(c.upos == "PRON" for c in passage.tree.children(d.counted.noun, "nmod:poss"))
    ]


def _one_person(killed: Draft, injured: Draft) -> bool:
    """ "The guard was stabbed and died": the wound and the death of the same people (14a)."""
    if killed.counted is None or injured.counted is None or killed.figures != injured.figures:
        return False
    return killed.counted.noun == injured.counted.noun and killed.predicate != injured.predicate


def _of_the_hurt(passage: Passage, killed: Draft, injured: Draft) -> bool:
    """ "Two more of the wounded died": the wounded are told only as those the two were of."""
    if killed.counted is None or injured.counted is None or not killed.figures:
        return False
    hurt = injured.counted.noun
    above = passage.tokens[hurt].head
    of = passage.words(max(0, hurt - 2), hurt - 1) == "of the"
    later = all(f.start > passage.tokens[hurt].start for f in injured.figures)
    return of and later and above in {killed.counted.noun, killed.counted.head}


def _same_pronoun(passage: Passage, killed: Draft, injured: Draft) -> bool:
    """ "The victim died on the way to hospital after gunmen shot him": the one person killed is
    whom the pronoun right behind stands for. Misses "shot her and killed her son"."""
    one, other = killed.counted, injured.counted
    if one is None or other is None or killed.quantity.high != 1 or killed.figures:
        return False
    if passage.lowered[other.noun] not in {"him", "her"} or one.noun > other.noun:
        return False
    verb = passage.tree.head(other.noun)
    between = passage.tokens[killed.predicate + 1 : other.noun]
    told = verb is not None and verb.deprel in {"advcl", "acl", "acl:relcl"}
    return told and not any(t.lemma in {"and", "but", "who", ";"} for t in between)


def _twins(a: Draft, b: Draft) -> bool:
    if a.harm != b.harm or a.counted is None or b.counted is None:
        return a.harm == b.harm and a.predicate == b.predicate and a.site == b.site
    if a.figures and b.figures:
        return bool(set(a.figures) & set(b.figures))
    if a.counted.noun == b.counted.noun and a.figures != b.figures:
        return True
    same_noun = a.counted.noun == b.counted.noun
    same_site = a.site is not None and b.site is not None and a.site.as_written == b.site.as_written
    return same_noun or (same_site and not (a.figures and b.figures) and a.predicate == b.predicate)
