"""Which of the times of one sentence is that of a harm, where it tells of several deeds."""

from __future__ import annotations

import re

from harmledger.core.when import TimeHit
from harmledger.extract.claims.draft import Draft
from harmledger.extract.language.tree import Token, matches
from harmledger.extract.passage import Passage

_APPOSED = re.compile(r"\s*[,–—(-]\s*(?:just |only |barely |less than |more than )?$")
_CLAUSE = frozenset({"parataxis", "conj", "ccomp"})
_DUE = frozenset({"resume", "open", "begin", "start", "meet", "vote", "convene", "expire", "fall"})
"""What is told in the present tense of a day still to come."""
_OF_PERIODS = 2
"""UCDP date precision up to which a time is a day or a night of its own."""


def is_told_first(passage: Passage, hit: TimeHit) -> bool:
    """ "a day after …": what stands behind it was told first; "was found the day after." ends."""
    if hit.when.rule != "relative_to_event":
        return False
    ends = hit.when.as_written.lower().endswith(("after", "before"))
    return ends and not stands_alone(passage, hit.end)


def follows_its_noun(passage: Passage, hit: TimeHit, predicate: int) -> bool:
    """ "A day after the raid, soldiers shot two": the shooting came a day later. "A day after
    soldiers shot two, …" is told first."""
    words = [t for t in passage.tokens if t.start >= hit.end and t.index < predicate]
    comma = next((n for n, t in enumerate(words) if t.text == ","), None)
    if not comma or hit.start > passage.tokens[0].start + _OPENING:
        return False
    return words[0].upos == "DET" and all(t.upos not in {"VERB", "AUX"} for t in words[:comma])


_OPENING = 8
_GOES_ON = re.compile(r"\s*(?:[.,;:!?)”\"’]|$|(?:and|but|or|while|where|when|near|in|on)\b)")


def stands_alone(passage: Passage, end: int) -> bool:
    """ "Struck a camp the day before and killed nine": nothing is told behind it that it is counted
    from, as in "a day after gunmen shot two"."""
    return _GOES_ON.match(passage.text, end - passage.start) is not None


def goes_on_from_a_day(passage: Passage, hit: TimeHit) -> bool:
    """ "Taken on 1 November; his body was found the day after": told from a day of the sentence."""
    if hit.when.rule != "relative_to_event" or hit.when.edtf is not None:
        return False
    return stands_alone(passage, hit.end) and any(
        t.end < hit.start and t.when.edtf is not None and (t.when.precision or 9) <= _OF_PERIODS
        for t in passage.times
    )


def before_the_other(passage: Passage, predicate: int, hit: TimeHit) -> bool:
    """ "on Saturday, a day after gunmen shot …": Saturday is not the shooting's day. But "on 12
    May, a week after the truce was signed, soldiers shot …": the soldiers did it on 12 May."""
    return any(
        is_told_first(passage, other)
        and hit.start < other.start
        and is_in_told_clause(passage, predicate, other)
        for other in passage.times
    )


def is_in_told_clause(passage: Passage, predicate: int, told: TimeHit) -> bool:
    """Whether a harm is told in the clause of "a day after": under the word that "after" marks."""
    tree = passage.tree
    if passage.tokens[predicate].start < told.end:
        return False
    inside = tree.within(told.start, told.end)
    over = {predicate, *(t.index for t in tree.ancestors(predicate))}
    heads = {t.head for t in inside if t.head >= 0 and tree.tokens[t.head].start >= told.end}
    return not heads or bool(heads & over) or _runs_on_from(passage, predicate, told)


_MARK = re.compile(r"[,;:–—()]")


def _runs_on_from(passage: Passage, predicate: int, told: TimeHit) -> bool:
    """ "Killed two on Tuesday, a day after a strike on a bus wounded nine": in one breath with it,
    behind the main verb, however a parser hangs it."""
    root = passage.tree.root
    at = passage.tokens[predicate].start
    between = passage.text[told.end - passage.start : at - passage.start]
    return root is not None and root.end <= told.start and _MARK.search(between) is None


def explains_the_other(passage: Passage, predicate: int, hit: TimeHit) -> bool:
    """ "Two were wounded on Friday, a day after the letter came": Friday says when; the rest only
    how it lies to something else."""
    if not is_told_first(passage, hit) or hit.start < predicate:
        return False
    return any(
        other.when.edtf is not None
        and other.end <= hit.start
        and _APPOSED.fullmatch(passage.text[other.end - passage.start : hit.start - passage.start])
        for other in passage.times
    )


def behind_a_break(passage: Passage, predicate: int, hit: TimeHit) -> bool:
    """ "Two fell; their names will be read on Friday": a clause of its own. Where figures stand on
    both sides it is one only if the time hangs on a verb with a subject there ("nine girls were
    taken; a boy walked home on Monday"), for "two died; three more on Monday" goes on."""
    if not _behind_semicolon(passage, predicate, hit):
        return False
    return len(passage.figures) < 2 or is_of_next_sentence(passage, predicate, hit)


def _behind_semicolon(passage: Passage, predicate: int, hit: TimeHit) -> bool:
    at = passage.tokens[predicate].end
    between = passage.text[at - passage.start : hit.start - passage.start]
    return hit.start > at and ";" in between


def is_of_next_sentence(passage: Passage, predicate: int, hit: TimeHit) -> bool:
    """Whether a semicolon lies between, and the time hangs on a verb with a subject behind it."""
    if not _behind_semicolon(passage, predicate, hit):
        return False
    tree = passage.tree
    time = tree.top(hit.start, hit.end)
    verb = next((t for t in tree.ancestors(time.index) if t.upos == "VERB"), None) if time else None
    semicolon = next(
        (t.index for t in passage.tokens if t.text == ";" and t.index > predicate), predicate
    )
    if verb is None or verb.index < semicolon:
        return False
    subject = tree.child(verb.index, "nsubj")
    return subject is not None and subject.index > semicolon


def is_in_what_is_said(passage: Passage, verb: int, hit: TimeHit) -> bool:
    """ "Two died in a bar late on Saturday, prosecutors said", "last week 31 were killed, the UN
    said": what stands before the comma that closes it is what they said, however a parser hangs
    the day. So does what opens a sentence before a "he said" between commas."""
    if is_said_between_commas(passage, verb, hit):
        return True
    tree = passage.tree
    said = tree.child(verb, "ccomp", "parataxis")
    subject = tree.child(verb, "nsubj")
    time = tree.top(hit.start, hit.end)
    if said is None or subject is None or time is None:
        return False
    commas = [t.index for t in passage.tokens if t.text in {",", "”", '"', "’"}]
    closing = [at for at in commas if time.index < at < min(verb, subject.index)]
    return said.index < min(verb, subject.index) and bool(closing)


_ASIDE = 9
"""Words of "a spokesman for the council said" between its commas."""
_IN_A_STATEMENT = 6
"""And of "said in the same statement"."""


def is_said_between_commas(passage: Passage, verb: int, hit: TimeHit) -> bool:
    """ "On Tuesday, the Rangers said, soldiers took four", "In March 2019, he recalled, a raid …",
    "on Saturday, they said in the same statement, …": the time is of what is said. "On Tuesday, the
    Rangers said that …" is the day of saying it."""
    tokens = passage.tokens
    opened = next(
        (t for t in tokens[max(0, verb - _ASIDE) : verb] if t.text == "," and t.start >= hit.end),
        None,
    )
    if opened is None or not _closes(passage, verb):
        return False
    return passage.text[hit.end - passage.start : opened.start - passage.start].strip() == ""


def _closes(passage: Passage, verb: int) -> bool:
    """ "…, he said, …", "…, they said in the same statement, …"."""
    behind = [t.text for t in passage.tokens[verb + 1 : verb + 1 + _IN_A_STATEMENT]]
    words = behind[: behind.index(",")] if "," in behind else ["that"]
    return not words or (words[0] == "in" and "that" not in words)


def is_left_behind(passage: Passage, predicate: int, hit: TimeHit) -> bool:
    """ "After a quiet Monday, shells fell", "before Friday": the harm came later, or earlier. And
    "a week after five were killed on 6 May": the day of what came a week later."""
    harm = passage.tokens[predicate].start
    if hit.when.rule == "relative_to_event" and hit.start <= harm < hit.end:
        return True
    time = passage.tree.top(hit.start, hit.end)
    if time is None or hit.when.rule == "relative_to_event":
        return False
    if any(
        case.lemma.lower() in {"after", "before"} and case.start < hit.start
        for case in passage.tree.children(time.index, "case")
    ):
        return True
    return _is_owners_to_come(passage, time) or _of_what_came_first(passage, predicate, time)


def _is_owners_to_come(passage: Passage, time: Token) -> bool:
    """ "Ahead of Sunday's vote", "before Friday's talks"."""
    if not matches(time.deprel, ("nmod:poss", "compound")) or time.head < 0:
        return False
    cases = {case.lemma.lower() for case in passage.tree.children(time.head, "case")}
    return bool(cases & {"before", "ahead"})


def _of_what_came_first(passage: Passage, predicate: int, time: Token) -> bool:
    """ "Before the truce came into force on Sunday, shells fell": not on that Sunday. "Killed two
    before fleeing on Sunday" is all of one day."""
    tree = passage.tree
    over = {predicate, *(t.index for t in tree.ancestors(predicate))}
    for verb in tree.ancestors(time.index):
        if verb.index in over:
            return False
        marks = {mark.lemma.lower() for mark in tree.children(verb.index, "mark")}
        if verb.deprel == "advcl" and "before" in marks:
            return tree.child(verb.index, "nsubj") is not None
    return False


def is_of_an_earlier_life(passage: Passage, predicate: int, hit: TimeHit) -> bool:
    """ "Ahmed, who had returned from exile in March, was shot": of what he had done before."""
    tree = passage.tree
    time = tree.top(hit.start, hit.end)
    if time is None:
        return False
    over = {predicate, *(t.index for t in tree.ancestors(predicate))}
    for verb in tree.ancestors(time.index):
        if verb.index in over:
            return False
        if verb.deprel == "acl:relcl" and verb.xpos == "VBN":
            subject = tree.child(verb.index, "nsubj")
            had = any(aux.text.lower() == "had" for aux in tree.children(verb.index, "aux"))
            between = passage.text[verb.end - passage.start : hit.start - passage.start]
            who = subject is not None and subject.text.lower() == "who"
            return had and who and "," not in between
    return False


def is_to_come(passage: Passage, predicate: int, hit: TimeHit) -> bool:
    """ "Parliament will on Thursday debate the blast": the time of what has not happened."""
    tree = passage.tree
    time = tree.top(hit.start, hit.end)
    verb = tree.head(time.index) if time is not None else None
    if verb is None or verb.index == predicate or verb.upos != "VERB":
        return False
    if any(aux.lemma.lower() in {"will", "shall"} for aux in tree.children(verb.index, "aux")):
        return True
    # "Talks resume on Monday; strikes killed nine"
    return verb.xpos in {"VBP", "VBZ"} and verb.lemma.lower() in _DUE


def stands_inside(passage: Passage, predicate: int, verb: int, hit: TimeHit) -> bool:
    """ "Eight girls abducted in Orvan last Tuesday were freed": before the verb the parser hangs it
    on, and in one breath with the participle before it."""
    tree = passage.tree
    if tree.tokens[predicate].deprel not in {"acl", "acl:relcl"}:
        return False
    auxiliaries = [c.index for c in tree.children(verb, "aux", "cop")]
    start = min([verb, *auxiliaries])
    harm = passage.tokens[predicate]
    if not harm.end <= hit.start < passage.tokens[start].start:
        return False
    between = passage.text[harm.end - passage.start : hit.start - passage.start]
    return not any(mark in between for mark in ",;:–—")


_RIGHT_BEHIND = re.compile(
    r"\s*(?:of (?:them|whom|these|those)\s*)?(?:(?:(?:late|early|only)\s+)?(?:on|in)\s+)?"
    r"(?:the\s+)?"
)


def is_right_behind(passage: Passage, draft: Draft, hit: TimeHit) -> bool:
    """ "Three of them on Monday", "nine in April"; "24 that morning" is a count of that morning."""
    figure = draft.counted.figure if draft.counted is not None else None
    if figure is None or figure.end > hit.start or hit.when.rule == "relative_to_event":
        return False
    between = passage.text[figure.end - passage.start : hit.start - passage.start]
    return _RIGHT_BEHIND.fullmatch(between) is not None


def hangs_on_its_noun(passage: Passage, draft: Draft, hit: TimeHit) -> bool:
    """ "The blast of 8 May that killed 17": on the noun whose clause tells the harm."""
    tree = passage.tree
    time = tree.top(hit.start, hit.end)
    word = tree.tokens[draft.predicate]
    return time is not None and word.deprel == "acl:relcl" and time.head == word.head


def find_turn(passage: Passage, draft: Draft) -> tuple[list[TimeHit], int]:
    """ "Three near Jowhar on Thursday and two near Afgooye on Friday": where counts and days take
    turns, the days and which of them is the draft's; no days where they do not. A sum told of both
    is of neither, nor is a day that is somebody's ("Monday's bombing")."""
    counted = draft.counted
    days = [
        t for t in passage.times
        if t.when.edtf is not None and (t.when.precision or 9) <= _OF_PERIODS
        and not t.when.as_written.endswith(("'s", "’s"))
    ]  # fmt: skip
    if counted is None or counted.members or len(days) < 2:
        return [], 0
    counts = sorted({f.start for f in passage.figures if not _inside(f.start, days)})
    if counted.figure is None or counted.figure.start not in counts:
        return [], 0
    turns = sorted([(at, "count") for at in counts] + [(d.start, "day") for d in days])
    kinds = "".join(kind[0] for _, kind in turns)
    if kinds not in {"cd" * len(days), "dc" * len(days)}:
        return [], 0
    if any(_opens_clause(passage, d) for d in days[1:]) and kinds[0] == "c":
        return [], 0
    return days, counts.index(counted.figure.start)


def _inside(start: int, days: list[TimeHit]) -> bool:
    return any(d.start <= start < d.end for d in days)


def _opens_clause(passage: Passage, hit: TimeHit) -> bool:
    """ "… and on Friday two more": a day in front of its clause."""
    time = passage.tree.top(hit.start, hit.end)
    above = passage.tree.head(time.index) if time is not None else None
    if time is None or above is None:
        return False
    return time.index < above.index and matches(above.deprel, tuple(_CLAUSE))
