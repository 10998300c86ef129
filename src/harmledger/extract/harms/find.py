"""Harm words in a passage, each with the phrases of the harmed."""

from __future__ import annotations

import re

import msgspec

from harmledger.core.claim import PERSON_HARMS
from harmledger.extract.harms.company import company_end, match_run
from harmledger.extract.harms.figures import figure_before, in_figure
from harmledger.extract.harms.heads import make_mention
from harmledger.extract.harms.mention import Mention
from harmledger.extract.harms.nouns import noun_at
from harmledger.extract.harms.outcomes import with_outcome
from harmledger.extract.harms.panes import broken_at
from harmledger.extract.harms.people import are_these
from harmledger.extract.harms.silence import SILENCES, silence_at
from harmledger.extract.harms.states import phrase_at, state_at
from harmledger.extract.harms.verbs import may_be_verb, verb_at
from harmledger.extract.harms.weapons import THROWN, contact_at
from harmledger.extract.passage import Passage
from harmledger.lexicon.harms import HarmLexicon
from harmledger.lexicon.settings import ScopeLexicon

_NUMBER_OF = re.compile(
    r"\b(?:numbers?|counts?|tally|tallies|figures?|estimates?) (?:of|for) (?:\S+ ){0,4}$"
)


def find_mentions(
    passage: Passage, lexicon: HarmLexicon, scope: ScopeLexicon
) -> tuple[Mention, ...]:
    """Every harm word of the passage that is no figure of speech, in text order."""
    hidden = _figures_of_speech(passage, scope)
    words = (passage.lowered, passage.lemmas)
    tolls = frozenset(lexicon.tolls.find_starts(*words))
    nouns = frozenset(lexicon.nouns.find_starts(*words))
    found: list[Mention] = []
    at = 0
    while at < len(passage.tokens):
        mention = None if at in hidden or at not in tolls else _toll_at(passage, lexicon, at)
        if mention is None and at not in hidden:
            mention = _mention_at(passage, lexicon, at, noun=at in nouns)
        if mention is None:
            at += 1
            continue
        found.append(with_outcome(passage, mention))
        # What a verb harms stands between it and the last word of its company, if it harms anybody.
        alone = mention.pattern == "verb" or (mention.pattern == "verb+" and not mention.harmed)
        at = at + 1 if alone else max(at, mention.last) + 1
    return tuple(found)


_TO_DEATH = re.compile(
    r"\b(?:scar(?:e|es|ed|ing)|frighten\w*|bor(?:e|es|ed|ing)|worr(?:y|ies|ied|ying)|terrif\w+|"
    r"tickl\w+|thrill\w*) (?:\w+ ){1,3}to death\b",
    re.I,
)
"""With an object between, which the lexicon's figures of speech have none of."""


def _figures_of_speech(passage: Passage, scope: ScopeLexicon) -> frozenset[int]:
    hidden: set[int] = set()
    for at in scope.metaphor.find_starts(passage.lowered, passage.lemmas):
        hit = scope.metaphor.match(passage.lowered, passage.lemmas, at)
        if hit is not None:
            hidden.update(range(at, hit[0]))
    for match in _TO_DEATH.finditer(passage.text):
        inside = (passage.start + match.start(), passage.start + match.end())
        hidden.update(t.index for t in passage.tokens if inside[0] <= t.start < inside[1])
    return frozenset(hidden)


def _toll_at(passage: Passage, lexicon: HarmLexicon, at: int) -> Mention | None:
    toll = lexicon.tolls.match(passage.lowered, passage.lemmas, at)
    if toll is None or toll[1].lemma == "deaths" or _of_others(passage, lexicon, at):
        return None
    word = toll[1]
    if at and passage.lemmas[at - 1] == "casualty":  # "put the casualty figure at 12"
        word = msgspec.structs.replace(word, harm="killed_or_injured")
    start = passage.tokens[at].end
    if passage.lemmas[at] == "speak" and not any(f.start >= start for f in passage.figures):
        return None  # "nobody could get him to speak of the war"
    return make_mention(passage, word, at, toll[0] - 1, (), "toll")


def _mention_at(passage: Passage, lexicon: HarmLexicon, at: int, *, noun: bool) -> Mention | None:
    """Any other harm word at ``at``; ``noun``: whether a noun of harm may begin there."""
    if not (noun or _may_begin(passage, lexicon, at)):
        return None
    found = (
        _climbing(passage, lexicon, at)
        or _adjective_counted(passage, lexicon, at)
        or _figure_and_state(passage, lexicon, at)
        or _done_at(passage, lexicon, at)
        or (noun_at(passage, lexicon, at) if noun else None)
        or _among_the(passage, lexicon, at)
        or state_at(passage, lexicon, at)
        or phrase_at(passage, lexicon, at)
        or silence_at(passage, at)
    )
    if found is not None and found.harm not in {"object_struck", "mass_burial"}:
        return _as_number_of(passage, found)
    return found


def _may_begin(passage: Passage, lexicon: HarmLexicon, at: int) -> bool:
    """Whether anything but a noun of harm can begin here: quicker than to ask each rule."""
    return (
        may_be_verb(passage, at)
        or passage.lowered[at] in lexicon.states
        or passage.lowered[at] in _AS_STATE
        or passage.lowered[at] in lexicon.phrases
        or passage.lemmas[at] in SILENCES
        or passage.lemmas[at] in THROWN
    )


_CLIMB = frozenset(
    {"reach", "stand", "rise", "climb", "number", "total", "hit", "pass", "exceed", "top", "mount",
     "grow", "increase", "jump", "soar", "fall", "drop", "put", "estimate", "set"}
)  # fmt: skip
"""What a toll does."""


def _climbing(passage: Passage, lexicon: HarmLexicon, at: int) -> Mention | None:
    """ "Deaths since May reached 204", "arrests now number 40": a plural of harm that does what a
    toll does, with the figure behind the verb."""
    token = passage.tokens[at]
    lost = passage.lowered[at : at + 3] == ("loss", "of", "life")
    if not (token.xpos == "NNS" or lost) or token.deprel not in {"nsubj", "nsubj:pass", "root"}:
        return None
    verbs = (
        *passage.tree.children(at, "acl"),
        *passage.tokens[max(0, token.head) : token.head + 1],
    )
    verb = next((v for v in verbs if v.index > at and passage.lemmas[v.index] in _CLIMB), None)
    if verb is None:
        return None
    hit = lexicon.nouns.match(passage.lowered, passage.lemmas, at)
    if hit is None or hit[1].harm in {"object_struck", "mass_burial"}:
        return None
    if hit[0] != at + (3 if lost else 1) or verb.index < hit[0]:
        return None
    start = verb.end
    told = any(f.kind == "count" and 0 <= f.start - start < _SOON for f in passage.figures)
    if not told or in_figure(passage, max(0, at - 1)):
        return None
    return make_mention(passage, hit[1], at, hit[0] - 1, (), "toll")


_SOON = 12
"""Code points between the verb of a toll and its figure."""


def _of_others(passage: Passage, lexicon: HarmLexicon, at: int) -> bool:
    """ "A figure of 31,000 displaced", "speak of 8,000 evacuated": a number of other people; "by
    the count of the union" says whose number it is."""
    if passage.lowered[max(0, at - 2) : at] == ("by", "the"):
        return True
    if passage.lemmas[at] not in {"figure", "count", "speak"}:
        return False
    start = passage.tokens[at].end
    figure = next((f for f in passage.figures if f.kind == "count" and f.start >= start), None)
    if figure is None:
        return False
    behind = [t for t in passage.tokens if t.start >= figure.end][:2]
    others = [w for t in behind for w in lexicon.states.get(t.text.lower(), ())]
    verbs = [
        w
        for t in behind
        if t.xpos == "VBN"
        for w in lexicon.verbs.get(passage.lemmas[t.index], ())
        if company_end(passage, w.company, t.index) is not None
    ]
    if passage.lemmas[at] == "speak" and _placed_behind(passage, lexicon, figure.end):
        return True  # "speaks of 37 still in the cells"
    return any(w.harm not in {"killed", "object_struck"} for w in verbs) or any(
        w.harm not in {"killed", "object_struck"} and not w.company for w in others
    )


def _placed_behind(passage: Passage, lexicon: HarmLexicon, end: int) -> bool:
    """Whether a phrase of another harm stands close behind a figure."""
    near = [t.index for t in passage.tokens if t.start >= end][:4]
    return any(
        match_run(passage, (word.lemma, *word.company), n) is not None
        for n in near
        for word in lexicon.phrases.get(passage.lowered[n], ())
        if word.harm not in {"killed", "object_struck"}
    )


def _adjective_counted(passage: Passage, lexicon: HarmLexicon, at: int) -> Mention | None:
    """ "the number of dead", "the number killed": an adjective that names those counted."""
    words = lexicon.states.get(passage.lowered[at], ())
    word = next((w for w in words if not w.company), None)
    if word is None and passage.tokens[at].xpos == "VBN" and passage.lowered[at - 1] == "number":
        verbs = lexicon.verbs.get(passage.lemmas[at], ())  # "the number seized"
        word = next(
            (w for w in verbs if not (w.company or w.denial) and w.harm in PERSON_HARMS), None
        )
    if word is None or at == 0:
        return None
    lead = passage.words(max(0, at - 3), at - 1)
    if any(s.first <= at + 1 <= s.last for s in passage.sites):
        return None  # "the number of burned houses"
    if re.search(r"\b(?:number|count|tally|estimate)s?(?: of)?(?: the)?$", lead):
        if in_figure(passage, at - 1):  # "an unknown number wounded"
            return make_mention(passage, word, at, at, (at - 1,), "state")
        return make_mention(passage, word, at, at, (), "toll")
    return None


def _figure_and_state(passage: Passage, lexicon: HarmLexicon, at: int) -> Mention | None:
    """ "12 dead, 30 hurt", "1 killed": a bare number and a state right behind it, and no noun:
    those counted, whatever the tree makes of a headline or a post."""
    words = lexicon.states.get(_AS_STATE.get(passage.lowered[at], passage.lowered[at]), ())
    word = next((w for w in words if not w.company and w.harm in PERSON_HARMS), None)
    number = _number_before(passage, at) if word is not None else None
    if word is None or number is None:
        return None
    after = passage.tokens[at + 1] if at + 1 < len(passage.tokens) else None
    if after is not None and after.upos not in {"PUNCT", "CCONJ", "ADP", "SCONJ", "ADV"}:
        return None
    if after is not None and (after.text == "-" or passage.words(at, at + 1) == "critical of"):
        return None
    return make_mention(passage, word, at, at, (number,), "state")


def _among_the(passage: Passage, lexicon: HarmLexicon, at: int) -> Mention | None:
    """ "A toddler was among the dead in the air strike": a parser takes "dead" for a word on the
    strike. The subject of "was" is one of them."""
    if at < 3 or passage.lowered[at - 2 : at] != ("among", "the"):
        return None
    words = lexicon.states.get(passage.lowered[at], ())
    word = next((w for w in words if not w.company and w.harm in PERSON_HARMS), None)
    after = passage.lowered[at + 1 : at + 2]
    verb = passage.tokens[at - 3]
    if word is None or after not in {("in",), ("of",), ("from",), ("after",)} or verb.lemma != "be":
        return None
    if passage.tokens[at].deprel != "amod" or verb.head < at:
        return None
    told = tuple(c.index for c in passage.tree.children(verb.head, "nsubj"))
    people = tuple(h for h in told if h < at and are_these(passage, h, "people"))
    return make_mention(passage, word, at, at, people, "state") if people else None


_AS_STATE = {"critical": "wounded"}
"""What says a harm only right behind a number: "three killed, two critical"."""


def _number_before(passage: Passage, at: int) -> int | None:
    """The number right before a word; of "five (5) dead" the one in words."""
    before = at - 1
    if before > 0 and passage.tokens[before].text in {'"', "”", "’", "''"}:
        before -= 1  # "not less than fifty" injured
    if before > 2 and passage.tokens[before].text == ")" and passage.tokens[before - 2].text == "(":
        before -= 3
    return before if before >= 0 and in_figure(passage, before) else None


def _done_at(passage: Passage, lexicon: HarmLexicon, at: int) -> Mention | None:
    """The verb's own harm if it names anybody; else what a weapon does by it."""
    verb = verb_at(passage, lexicon, at)
    if verb is not None and verb.harmed:
        return verb
    return broken_at(passage, at) or contact_at(passage, at) or verb


def _as_number_of(passage: Passage, mention: Mention) -> Mention | None:
    """ "the number of people killed", "the count of the dead": the figure stands elsewhere.

    "How many were killed" asks and says nothing.
    """
    lead = passage.words(max(0, mention.first - 6), mention.first - 1) if mention.first else ""
    if re.search(r"\bhow many\b", lead):
        return None
    if mention.harmed and figure_before(passage, mention.first) is not None:
        return mention
    told = any(
        f.kind == "count" and f.as_written.lower().endswith(("number", "numbers", "number of"))
        for f in passage.figures
    )
    if _NUMBER_OF.search(lead + " ") and not told:
        return msgspec.structs.replace(mention, pattern="toll", harmed=())
    return mention
