"""Reporting words in a passage: which they are, and what they do to what is said."""

from __future__ import annotations

import re
from itertools import pairwise

from harmledger.core.base import Value
from harmledger.extract.language.tree import matches
from harmledger.extract.passage import Passage
from harmledger.lexicon.reporting import ReportingLexicon, ReportingVerb

_ALWAYS = frozenset(
    {
        "said",
        "says",
        "told",
        "denies",
        "denied",
        "claimed",
        "confirmed",
        "announced",
        "stated",
        "added",
    }
)
_NEGATIONS = frozenset(
    {
        "not",
        "n't",
        "n’t",
        "never",
        "cannot",
        "neither",
        "nor",
        "no",
        "unable",
        "without",
        "impossible",
        "hardly",
    }
)
_MODALS = frozenset(
    {"would", "could", "may", "might", "can", "should", "will", "must", "'ll", "shall"}
)
_BE = frozenset({"be", "is", "are", "was", "were", "been", "being"})


class Cue(Value, frozen=True, kw_only=True):
    """Tokens ``first..last`` of a reporting verb; ``verb`` is where its clause hangs."""

    first: int
    last: int
    verb: int
    lemma: str
    manner: str
    word: ReportingVerb
    passive: bool = False
    quoted: bool = False
    """"was quoted as saying": the subject speaks though the verb is passive."""


def find_cues(passage: Passage, lexicon: ReportingLexicon) -> tuple[Cue, ...]:
    """The reporting verbs of a passage, in text order, wishes and silences left out."""
    found: list[Cue] = []
    at = 0
    while at < len(passage.tokens):
        cue = _cue_at(passage, lexicon, at)
        if cue is not None and (not found or cue.first > found[-1].last):
            found.append(cue)
        at = max(at + 1, (cue.last + 1) if cue is not None else 0)
    return tuple(found)


def _cue_at(passage: Passage, lexicon: ReportingLexicon, at: int) -> Cue | None:
    token = passage.tokens[at]
    if token.upos not in {"VERB", "AUX"} and passage.lowered[at] not in _ALWAYS:
        return None
    if token.xpos in {"JJ", "NN", "NNS"} and passage.lowered[at] not in _ALWAYS:
        return None
    if passage.lemmas[at] == "hold" and "responsible" in passage.lowered[at + 1 : at + 9]:
        word = ReportingVerb(lemma="hold responsible", manner="accuses", figure=True)
        return _weigh(passage, lexicon, at, at, word)
    judged = passage.lemmas[at] in LABELS and _what_is_said(passage, at)
    if passage.lemmas[at] == "call" and passage.tree.child(at, "xcomp", "obj") is not None:
        word = ReportingVerb(lemma="call", manner="says", figure=True)
        named = judged or _names_it(passage, at)
        return _weigh(passage, lexicon, at, at, word) if named else None
    if judged:
        word = ReportingVerb(lemma=passage.lemmas[at], manner="says", figure=True)
        return _weigh(passage, lexicon, at, at, word)
    if passage.lemmas[at] == "tell" and "of" in passage.lowered[at + 2 : at + 5]:
        word = ReportingVerb(lemma="tell of", manner="says", figure=True)
        return _weigh(passage, lexicon, at, at, word)
    hit = lexicon.verbs.match(passage.lowered, passage.lemmas, at)
    if hit is None and passage.lemmas[at] in lexicon.unconfirmed:
        word = ReportingVerb(lemma=passage.lemmas[at], manner="cannot_confirm", figure=True)
        unsaid = is_negated(passage, at) or _unable(passage, at)
        return _weigh(passage, lexicon, at, at, word) if unsaid else None
    if hit is None or _is_outcome(passage, hit[0], lexicon) or _does(passage, at, lexicon):
        return None
    return _weigh(passage, lexicon, at, hit[0] - 1, hit[1][0])


def _is_outcome(passage: Passage, after: int, lexicon: ReportingLexicon) -> bool:
    """ "two reported dead", "12 confirmed killed": a passive that names no speaker."""
    return after < len(passage.tokens) and passage.lowered[after] in lexicon.outcomes


_ALIGHT = frozenset({"ablaze", "alight", "afire", "aflame", "fire", "free", "off", "foot", "sail"})
_DEEMS = frozenset({"find", "consider", "hold", "deem", "think", "regard"})
_NO_HARM = re.compile(
    r"(?:spy|espionage|collaborat|inform|support|sympathi|aid(?:ing)?$|help|work|adulter|apostas|"
    r"blasphem|witchcraft|sorcery|theft|steal|desert|treason|passing|sheltering|belonging|being$)"
)
_BEHIND_IT = {"behind", "responsible", "complicit", "involved"}
_PUT = frozenset({"up", "on", "off", "out", "down", "together", "away", "through"})


def _does(passage: Passage, at: int, lexicon: ReportingLexicon) -> bool:
    """ "Set three stalls alight", "put up a tent", "contest the valley": a deed, no word said."""
    lemma, after = passage.lemmas[at], passage.lowered[at + 1 : at + 8]
    if passage.lowered[max(0, at - 1) : at] == ("it",) and passage.lemmas[at - 2] in _DEEMS:
        return True  # "finds it established that …": said by whoever finds
    if lemma == "set":
        return bool(_ALIGHT & set(after))
    if lemma == "put":
        return bool(_PUT & set(after[:1]))
    if lemma == "accuse":  # "executed three men, accusing them of spying": no harm to anybody
        behind_it = _BEHIND_IT & set(passage.lowered[at + 1 : at + 16])
        return not behind_it and any(
            word == "of" and _NO_HARM.match(of_what) for word, of_what in pairwise(after)
        )
    if lemma in {"contest", "challenge", "dispute"}:
        return any(
            passage.lemmas[t.index] in lexicon.grounds for t in passage.tree.children(at, "obj")
        )
    return False


def _names_it(passage: Passage, at: int) -> bool:
    """ "called the strike a mistake": an object and what it is called."""
    return len(passage.tree.children(at, "obj", "iobj", "xcomp")) > 1


LABELS = frozenset({"call", "describe", "brand", "label", "term", "characterise", "characterize"})
"""Verbs that judge words ("called the number exaggerated")."""


def _what_is_said(passage: Passage, at: int) -> bool:
    """ "Called the number exaggerated", "described the charge as absurd": words are judged."""
    told = passage.tree.child(at, "obj")
    if told is not None and passage.lemmas[told.index] in POINTERS:
        return True
    above = passage.tree.head(at)  # "a charge the army called absurd"
    clause = matches(passage.tokens[at].deprel, ("acl:relcl",)) and above is not None
    return clause and above is not None and passage.lemmas[above.index] in POINTERS


def _weigh(
    passage: Passage, lexicon: ReportingLexicon, first: int, last: int, word: ReportingVerb
) -> Cue | None:
    passive = _is_passive(passage, first)
    negated = is_negated(passage, first)
    manner = word.manner
    if word.lemma in lexicon.unconfirmed and (negated or _unable(passage, first)):
        manner = "cannot_confirm"
    elif (
        negated
        or (_is_wish(passage, first, lexicon) and not _could_confirm(passage, first, manner))
        or _refuses_access(passage, first, word, lexicon)
        or (
            passage.tokens[first].xpos == "VBN"
            and matches(passage.tokens[first].deprel, ("acl", "amod"))
            and not _closes(passage, first)
            and not is_said_of(passage, first)
            and not (manner in {"denies", "disputes"} and _points_back(passage, first))
        )
    ):
        return None
    quoted = False
    hands_on = word.lemma in {"quote", "cite", "report", "describe"}
    if passive and hands_on and passage.lowered[last + 1 : last + 2] == ("as",):
        quoted = manner != "cannot_confirm"
    return Cue(
        first=first, last=last, verb=first, lemma=word.lemma, manner=manner, word=word,
        passive=passive and not quoted, quoted=quoted,
    )  # fmt: skip


def is_said_of(passage: Passage, at: int) -> bool:
    """ "A survivor who asked not to be named said soldiers …": trees may hang "said" on who speaks
    as they would a participle. Not "rebels said to have fled", of whom others say it."""
    above = passage.tree.head(at)
    after = passage.lowered[at + 1 : at + 2]
    apart = above is not None and above.index < at - 1
    return passage.lowered[at] == "said" and apart and not {"to", "by"} & set(after)


def _closes(passage: Passage, at: int) -> bool:
    """ "…, official sources confirmed to AFP.": a short clause behind the last comma, which trees
    may hang on its own subject."""
    before = at - 1
    while before >= 0 and passage.tokens[before].upos in {"NOUN", "PROPN", "ADJ", "DET"}:
        before -= 1
    rest = [t for t in passage.tokens[at + 1 :] if t.upos not in {"PUNCT", "PROPN", "ADP", "PART"}]
    return 0 < before < at - 1 and passage.tokens[before].text == "," and not rest


POINTERS = frozenset(
    {"claim", "charge", "allegation", "accusation", "account", "report", "version", "figure",
     "number", "toll", "count", "estimate", "total", "tally", "rumour", "rumor", "assertion",
     "story", "suggestion", "detail", "statement", "insinuation"}
)  # fmt: skip
"""Nouns that stand for what somebody says or counts."""


def _points_back(passage: Passage, at: int) -> bool:
    """ "A claim dismissed by the Front": a participle on a noun that stands for what was said."""
    by = passage.lowered[at + 1 : at + 2] == ("by",)
    return by and at > 1 and passage.lemmas[at - 1] in POINTERS


def _is_passive(passage: Passage, at: int) -> bool:
    if _points_back(passage, at) and passage.tokens[at].xpos == "VBN":
        return True
    if passage.tree.child(at, "aux:pass", "nsubj:pass") is not None:
        return True
    return passage.tokens[at].xpos == "VBN" and at > 0 and passage.lowered[at - 1] in _BE


def is_negated(passage: Passage, at: int) -> bool:
    """Whether a verb is said with "not", "never", "cannot" or after "neither", "no"."""
    for near in range(at - 1, max(-1, at - 5), -1):
        word = passage.lowered[near]
        if word == "neither" and near == at - 1:
            return True  # "would neither confirm nor deny"
        if word in {"not", "n't", "n’t", "never", "cannot"}:
            return not _is_of_another(passage, near, at)
        if word in {",", ";", "that", "but"}:
            break
    subject = passage.tree.child(at, "nsubj")
    if subject is None:
        return False
    inside = passage.tree.subtree(subject.index, "acl", "nmod")
    owner = passage.tree.child(subject.index, "nmod:poss")  # "neither side's account"
    words = (*inside, *(passage.tree.subtree(owner.index) if owner is not None else ()))
    return any(t.text.lower() in {"no", "neither", "none", "nobody"} for t in words)


def _is_of_another(passage: Passage, negation: int, at: int) -> bool:
    """ "A survivor who asked not to be named said": of a verb that stands in between."""
    above = passage.tree.head(negation)
    return above is not None and negation < above.index < at and above.upos == "VERB"


def _unable(passage: Passage, at: int) -> bool:
    """ "unable to verify", "was not able to", "not possible to", "difficult to", "yet to"."""
    before = passage.lowered[max(0, at - 7) : at]
    if "to" not in before[-3:]:
        return False
    if {"unable", "impossible", "difficult", "hard", "cannot", "failed"} & set(before):
        return True
    return bool(_NEGATIONS & set(before)) or before[-2:] == ("yet", "to")


def _could_confirm(passage: Passage, at: int, manner: str) -> bool:
    """ "Could verify four deaths": what somebody could confirm is confirmed."""
    return manner == "confirms" and bool(
        {"could", "can"} & set(passage.lowered[max(0, at - 2) : at])
    )


def _is_wish(passage: Passage, at: int, lexicon: ReportingLexicon) -> bool:
    """An infinitive, an order or a future report says nothing yet."""
    before = passage.lowered[max(0, at - 3) : at]
    token = passage.tokens[at]
    if before and before[-1] == "to" and token.xpos in {"VB", "VBP"}:
        above = passage.tree.head(at)
        return above is None or above.lemma not in {"continue", "go", "appear", "seem", "proceed"}
    helped = passage.tree.children(at, "aux")
    if token.xpos == "VB" and not helped:
        return True
    if "only" in passage.lowered[max(0, at - 1) : at + 2]:
        return False  # "would say only that …"
    for child in helped:
        if child.text.lower() in _MODALS:
            return True
    return bool(before) and before[-1] in _MODALS


def _refuses_access(
    passage: Passage, at: int, word: ReportingVerb, lexicon: ReportingLexicon
) -> bool:
    """ "denied entry to the convoy", "reject an offer": refusing is no statement about a harm."""
    if word.lemma != "deny":
        return False
    objects = passage.tree.children(at, "obj", "iobj")
    if passage.tree.child(at, "ccomp") is not None:
        return False
    return (
        any(t.lemma.lower() in lexicon.denied_things for t in objects)
        or (passage.lowered[at + 1 : at + 2] and passage.lowered[at + 1] in lexicon.denied_things)
        is True
    )
