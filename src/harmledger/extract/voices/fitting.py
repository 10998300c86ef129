"""Whether a reporting verb can take what stands beside it as what is said."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from harmledger.extract.language.tree import Token
from harmledger.extract.passage import Passage
from harmledger.extract.voices.contents import Content
from harmledger.extract.voices.cues import Cue
from harmledger.lexicon.reporting import ReportingLexicon

_CLAUSES = ("ccomp", "parataxis", "xcomp")


_FINDS = frozenset({"find", "establish", "determine", "conclude", "reveal", "disclose", "recall",
                    "observe", "argue", "believe", "fear", "detail", "deplore",
                    "regret"})  # fmt: skip
"""What an inquiry does; nobody promises or agrees to what has happened."""


def fits(passage: Passage, cue: Cue, content: Content, lexicon: ReportingLexicon) -> bool:
    """Whether the verb can take what stands there: a clause, a quotation, or news as a noun."""
    if cue.manner == "retracts" and not _takes_back_words(passage, cue, lexicon):
        return False
    if content.place != "leading":
        return not cue.word.clause_only or _has_clause(passage, cue) or _ends(passage, cue)
    words = passage.tree.within(content.start, content.end)
    if cue.manner == "accuses" and words[0].upos == "ADP":
        return False
    if cue.manner in {"denies", "disputes", "accuses", "retracts", "cannot_confirm", "admits"}:
        return True
    if _has_clause(passage, cue):
        return _fits_clause(cue, words)
    return _fits_news(passage, cue, words, lexicon)


def _fits_clause(cue: Cue, words: Sequence[Token]) -> bool:
    """Not "condemned the attack in which nine were killed": everybody knows of it."""
    return cue.lemma not in _CONDEMNS or not any(t.deprel == "acl:relcl" for t in words)


def _fits_news(
    passage: Passage, cue: Cue, words: Sequence[Token], lexicon: ReportingLexicon
) -> bool:
    """What is said without a clause of its own: a figure, a toll, or an act named by a noun."""
    if cue.word.clause_only or (cue.lemma == "claim" and _takes_lives(words)):
        return False
    if cue.lemma in lexicon.toll_only:
        told = any(t.lemma.lower() in lexicon.tolls for t in words)
        told = told or _gives_outcome(words, lexicon)
        return told and _has_number(words) and not _raised_by_dying(passage, cue)
    if cue.word.number_only:
        return _has_number(words)
    if not _fits_clause(cue, words):
        return False
    if cue.word.figure:
        return True
    return words[0].upos != "ADP" and any(t.upos in {"VERB", "AUX", "NUM"} for t in words)


_CONDEMNS = frozenset({"condemn", "deplore", "decry"})


def _raised_by_dying(passage: Passage, cue: Cue) -> bool:
    """ "Two civilians died of their wounds, raising the toll to nine": nobody speaks."""
    above = passage.tree.head(cue.verb)
    return (
        passage.tokens[cue.verb].xpos == "VBG"
        and above is not None
        and passage.lemmas[above.index] in {"die", "succumb", "perish", "kill"}
        and "say" not in passage.lemmas[above.index : cue.first]
    )


def _ends(passage: Passage, cue: Cue) -> bool:
    """ "Of the dead, 94 were children, the registry found.": a speaker of its own behind a comma,
    and nothing after it."""
    subject = passage.tree.child(cue.verb, "nsubj")
    if cue.lemma not in _FINDS or subject is None or _goes_on(passage, cue.last + 1):
        return False
    first = passage.tree.subtree(subject.index)[0].index
    return first > 0 and passage.tokens[first - 1].text == "," and subject.upos != "PRON"


def _goes_on(passage: Passage, at: int) -> bool:
    """Anything behind the verb but where it was said: "MSF deplored in a statement"."""
    behind = [t for t in passage.tokens[at:] if t.upos != "PUNCT"]
    if not behind:
        return False
    told = any(t.upos in {"VERB", "AUX"} for t in behind)
    return told or behind[0].text.lower() not in {"in", "to", "on"}


def _takes_back_words(passage: Passage, cue: Cue, lexicon: ReportingLexicon) -> bool:
    """ "withdrew its figure"; not "before they withdrew, the attackers burned 31 houses"."""
    taken = [passage.tree.child(cue.verb, role) for role in ("obj", "nsubj:pass", "nmod", "obl")]
    return any(t is not None and passage.lemmas[t.index] in lexicon.withdrawn for t in taken)


def _takes_lives(words: Sequence[Token]) -> bool:
    """ "The war has claimed 120 lives": nobody speaks."""
    return any(t.lemma.lower() in {"life", "death", "victim", "casualty"} for t in words)


def _gives_outcome(words: Sequence[Token], lexicon: ReportingLexicon) -> bool:
    """ "Gives 33 dead": a number and what became of them, with nobody else behind it."""
    return any(
        one.upos == "NUM" and two.text.lower() in lexicon.outcomes for one, two in pairwise(words)
    ) and not any(
        t.upos in {"VERB", "AUX"} and t.text.lower() not in lexicon.outcomes for t in words
    )


def _has_number(words: Sequence[Token]) -> bool:
    return any(t.upos == "NUM" for t in words)


def _has_clause(passage: Passage, cue: Cue) -> bool:
    if passage.tree.child(cue.verb, *_CLAUSES) is not None:
        return True
    after = passage.lowered[cue.last + 1 : cue.last + 5]
    return bool({"that", "“", '"', ":"} & set(after))
