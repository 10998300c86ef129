"""Sentences that tell what people did about a harm, each with its own day: "buried on Tuesday the
17 whom gunmen shot on Monday"."""

from __future__ import annotations

import re

from harmledger.core.when import TimeHit
from harmledger.extract.claims.draft import Draft
from harmledger.extract.claims.locate.mentions import find_named
from harmledger.extract.language.tree import Token
from harmledger.extract.passage import Passage

AFTERWARDS = frozenset(
    {"convict", "sentence", "arrest", "charge", "bury", "find", "mourn", "identify", "open", "try",
     "recover", "acquit", "exhume", "remember", "mark", "return", "meet", "visit"}
)  # fmt: skip
_RESPONSES = AFTERWARDS | {
    "call", "search", "dig", "walk", "gather", "march", "protest", "lower", "queue", "wait",
    "comb", "clear", "count", "list", "attend", "honour", "honor", "inter", "demonstrate",
}  # fmt: skip
"""Verbs of what people did after a harm."""
_DONE = frozenset({"killed", "injured", "killed_or_injured", "object_struck"})
_KILLING = frozenset(
    {"kill", "shoot", "murder", "die", "execute", "slay", "massacre", "stab", "wound"}
)
_NIGHT = 2
"""Days that one deed may take."""
_OF_WOUNDS = re.compile(
    r"\b(?:(?:of|from|to) (?:(?:his|her|their|its|the|these|those) )?(?:\w+ )?"
    r"(?:wounds|injuries|burns)|"
    r"(?:in|at) (?:(?:the|a|an|his|her|their) )?(?:\w+ ){0,2}(?:hospitals?|clinic|hospital bed)|"
    r"(?:of|among) the (?:\w+ )?(?:wounded|injured|hurt)|"
    r"on the operating table|in (?:surgery|a coma))\b",
    re.I,
)
_HELD_ON = re.compile(
    r"\b(?:still|remains?|remained|continues? to|yet to)\b|\bin (?:captivity|custody|detention)\b",
    re.I,
)


def dates_response(passage: Passage, draft: Draft, hit: TimeHit) -> bool:
    """ "They buried on Tuesday the 17 who were shot on Monday", "called off their search on Sunday
    in the ruins of a block that was hit on Friday": the day of what was done about a harm, where
    the sentence gives the day of the harm as well."""
    return (
        draft.harm in _DONE
        and _of_response(passage, hit)
        and any(_of_deed(passage, draft, t) for t in passage.times if t is not hit)
    )


def dates_what_was_done(passage: Passage, draft: Draft, hit: TimeHit) -> bool:
    """The day of the harm in such a sentence."""
    return (
        draft.harm in _DONE
        and _of_deed(passage, draft, hit)
        and any(_of_response(passage, t) for t in passage.times if t is not hit)
    )


def is_aftermath(passage: Passage, draft: Draft) -> bool:
    """ "Two of the wounded died in hospital on Wednesday", "nine are still held": what came of an
    incident, with a day of its own that is not the day of the incident."""
    if draft.harm in {"abducted", "detained"}:
        return _HELD_ON.search(passage.text) is not None
    if draft.harm != "killed" or passage.lemmas[draft.predicate] not in {"die", "succumb", "lose"}:
        return False
    return _OF_WOUNDS.search(passage.text) is not None


def _of_response(passage: Passage, hit: TimeHit) -> bool:
    verb = _verb_over(passage, hit)
    return verb is not None and passage.lemmas[verb.index] in _RESPONSES and not _is_apart(verb)


def _of_deed(passage: Passage, draft: Draft, hit: TimeHit) -> bool:
    """A day in the relative clause that tells what was done: "whom gunmen shot on Monday"."""
    if hit.when.earliest is None or (hit.when.precision or 9) > _NIGHT:
        return False
    verb = _verb_over(passage, hit)
    if verb is None or not _is_apart(verb):
        return False
    told = {named.last for named in find_named(passage) if named.verb}
    return (
        verb.index in told
        or verb.index == draft.predicate
        or any(t.index in told for t in passage.tree.children(verb.index, "conj"))
    )


def _is_apart(verb: Token) -> bool:
    return verb.deprel in {"acl:relcl", "acl"}


def _verb_over(passage: Passage, hit: TimeHit) -> Token | None:
    time = passage.tree.top(hit.start, hit.end)
    if time is None:
        return None
    return next((t for t in passage.tree.ancestors(time.index) if t.upos == "VERB"), None)
