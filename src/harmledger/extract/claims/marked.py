"""Phrases that the learned head takes for people harmed and no rule made a claim of.

The number grammar says how many, the rules around a claim say everything else; of the head comes
the harm alone, and the trace says so ("head:killed:0.91"). It is asked after the rules, of what
they leave (``leftovers``), and never where a rule has spoken: not of a sentence out of scope, not
of a phrase that a claim counts. A mark is weighed like a weak harm word: it needs violence told
near it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence

import msgspec

from harmledger.core.base import Value
from harmledger.core.claim import PERSON_HARMS, Harm
from harmledger.extract.claims.draft import Draft
from harmledger.extract.claims.figure_words import NOT_THIS
from harmledger.extract.claims.harmed import draft_counted
from harmledger.extract.claims.leftovers import Leftover, find_leftovers, predicate_of
from harmledger.extract.claims.lexica import Lexica
from harmledger.extract.claims.named_otherwise import ASKED
from harmledger.extract.claims.scope import Setting, why_out_of_scope
from harmledger.extract.harms.mention import Mention
from harmledger.extract.language.tree import Mark, Tree
from harmledger.extract.passage import Passage

FindMarks = Callable[[Tree, Sequence[int], Collection[Harm], Collection[Harm]], tuple[Mark, ...]]
"""The head: the tree, the words asked of, the harms that rules tell in it, and those they told just
before."""
LATELY = 4
"""So many claims back the head is told what the report was telling."""
PLAIN, SURE, SURE_OF_THE_HURT = 0.5, 0.4, 0.3
"""From here on a mark is a claim: on 56 reports that taught it nothing, seven are right and one is
wrong between these and 0.5. Who takes people away is easily taken for those taken."""
_ASKED = re.compile(r"\bhow (?:many|much)\b", re.I)
_GOODS_FOR = re.compile(
    r"\b(?:kits?|supplies|food|rations?|tents?|blankets?|items|aid|assistance|parcels?|baskets?|"
    r"medicines?|flour|seeds?|tarpaulins?|stoves?|room|space|capacity)\b[^.;,]{0,20}?\b"
    r"(?:for|to) (?:(?:about|some|around|over|nearly|up to|at least|more than) )?$",
    re.I,
)
_DEFINITE = ("the ", "these ", "those ", "both ", "all ")
_DEEDS = frozenset({"surrender", "deployment", "withdrawal", "arrival", "recruitment", "defection"})
_SUFFERED = frozenset({"life", "injury", "wound", "limb", "leg", "arm", "eye", "hand"})
_PUPILS = frozenset({"pupil", "student", "schoolchild", "schoolboy", "schoolgirl", "learner"})
_OF_PEOPLE = frozenset({*PERSON_HARMS, "service_denied", "access_denied"})


class Before(Value, frozen=True, kw_only=True):
    """What comes before the head is asked: why the passage is out of scope, what the report speaks
    of, the place of the passage in it, and the harms told just before."""

    out: str | None
    setting: Setting
    order: int
    harms: tuple[Harm, ...]


def draft_marked(
    passage: Passage, drafts: tuple[Draft, ...], before: Before, lexica: Lexica, find: FindMarks
) -> tuple[Draft, ...]:
    """``drafts`` with what the head adds."""
    if not _may_be_asked(passage, before):
        return drafts
    telling = bool(drafts or before.harms)
    left = find_leftovers(passage, drafts, lexica, telling=telling)
    if not left:
        return drafts
    words = sorted({word for one in left for word in _words(passage, one)})
    marks = find(passage.tree, words, {d.harm for d in drafts}, set(before.harms))
    told = list(drafts)
    for one in left:
        mark = _surest(passage, one, marks)
        if mark is not None and _is_sure(passage, one, mark):
            told.append(_draft(passage, one, mark, lexica))
    return tuple(told)


def _may_be_asked(passage: Passage, before: Before) -> bool:
    if before.out is not None or not passage.tree.states:
        return False
    if passage.cells or passage.heads_figures or _ASKED.search(passage.text):
        return False
    if before.setting.accident[before.order] or before.setting.sport[before.order]:
        return False
    weak = Mention(
        harm="killed", first=0, last=0, predicate=0, harmed=(), pattern="head", rule="head",
        weak=True,
    )  # fmt: skip
    return why_out_of_scope(weak, before.order, before.setting) is None


def _surest(passage: Passage, left: Leftover, marks: Sequence[Mark]) -> Mark | None:
    """The surest mark of a harm of people on a word of the phrase."""
    words = _words(passage, left)
    fitting = [mark for mark in marks if mark.harm in _OF_PEOPLE and mark.word in words]
    return max(fitting, key=lambda m: (m.sure, -m.word), default=None)


def _words(passage: Passage, left: Leftover) -> list[int]:
    start, end = left.counted.start, left.counted.end
    return [token.index for token in passage.tokens if start <= token.start < end]


def _is_sure(passage: Passage, left: Leftover, mark: Mark) -> bool:
    if mark.sure < PLAIN and _is_of_a_whole(passage, left):
        return False
    if mark.harm == "service_denied" and _PUPILS & set(passage.lemmas[left.word : left.word + 1]):
        return False  # lessons are none of the services (contract §2)
    lead, behind = (left.counted.start - passage.start, left.counted.end - passage.start)
    if NOT_THIS.search(passage.text[:lead]) and passage.text[behind:].startswith((" but", ", but")):
        return False  # "not five but eight"
    if _GOODS_FOR.search(passage.text[:lead]):
        return False  # "kits for 3,000 families are on their way"
    if _is_no_victim(passage, left):
        return False
    definite = passage.text[lead:].lower().startswith(_DEFINITE)
    if not definite and ASKED.search(passage.text[:lead]):
        return False  # "not clear whether two soldiers were killed"
    least = SURE_OF_THE_HURT if mark.harm in {"killed", "injured"} else SURE
    return mark.sure >= least and not _does_it(passage, left, mark)


_ONE_OF_A_ROW = re.compile(
    r"\bthe (?:first|second|third|\w+th|eldest|oldest|youngest|last)(?:-born)? (?:child )?of $",
    re.I,
)
_TOLD_TO = frozenset({"speak", "talk", "interview", "question", "meet", "consult", "thank"})
_SOUGHT = frozenset({"seek", "hunt", "suspect", "want"})


def _is_no_victim(passage: Passage, left: Leftover) -> bool:
    """ "She was 38", "the fourth of six", "we have spoken to four of the women", "16 suspects were
    being sought": an age, a row of children, those who speak, those who are looked for."""
    lead, behind = (left.counted.start - passage.start, left.counted.end - passage.start)
    if _ONE_OF_A_ROW.search(passage.text[:lead]):
        return True
    if _IS.search(passage.text[:lead]) and _AGED.match(passage.text[lead:]) is not None:
        return True
    verb = passage.tree.head(left.word)
    while verb is not None and verb.upos not in {"VERB", "AUX"}:
        verb = passage.tree.head(verb.index)
    if verb is None or (verb.start > passage.start + behind and verb.xpos != "VBN"):
        return False
    lemma = passage.lemmas[verb.index]
    asked = lemma in _TOLD_TO and verb.start < left.counted.start
    return asked or (lemma in _SOUGHT and verb.xpos == "VBN")


_IS = re.compile(r"\b(?:who|he|she|[A-Z]\w+|,) (?:was|is) (?:only |just )?$")
_AGED = re.compile(r"\d{1,2}(?: and (?:had|was|worked|lived|left|leaves|the)\b|\.|,? when\b)")


def _is_of_a_whole(passage: Passage, left: Leftover) -> bool:
    """ "Of 30 patients, nine died": those the harmed are of; not "the bodies of two men"."""
    before = passage.tokens[left.word].start
    words = [t for t in passage.tokens if left.counted.start <= t.start <= before]
    first = words[0].index if words else left.word
    if not first or passage.lowered[first - 1] != "of":
        return False
    return first == 1 or passage.tokens[first - 2].upos == "PUNCT"


def _does_it(passage: Passage, left: Leftover, mark: Mark) -> bool:
    """Who does something is not harmed by it, but who loses a life or leaves a home is; nor is who
    stands trial for it, nor whom it was done by ("killed by a gang of 30 men"), nor who gives up
    ("the surrender of 60")."""
    word = passage.tokens[left.word]
    if word.deprel in {"obj", "nsubj:pass"} and passage.lemmas[max(0, word.head)] in _TRIED:
        return True
    of = passage.tree.head(left.word) if word.deprel == "nmod" else word
    if of is not None and of.deprel == "obl:agent" and mark.harm in PERSON_HARMS:
        return True
    if of is not None and word.deprel == "nmod" and passage.lemmas[of.index] in _DEEDS:
        return True
    if word.deprel != "nsubj" or mark.harm == "displaced":
        return False
    objects = passage.tree.children(predicate_of(passage, word.index), "obj")
    return any(passage.lemmas[o.index] not in _SUFFERED for o in objects)


_TRIED = frozenset(
    {"convict", "sentence", "indict", "acquit", "try", "charge", "prosecute", "extradite", "accuse",
     "condemn", "pardon", "absolve", "suspect", "implicate"}
)  # fmt: skip


def _draft(passage: Passage, left: Leftover, mark: Mark, lexica: Lexica) -> Draft:
    mention = Mention(
        harm=mark.harm, first=left.word, last=left.word,
        predicate=predicate_of(passage, left.word), harmed=(left.word,), pattern="head",
        rule=f"head:{mark.harm}:{mark.sure:.2f}", weak=True,
    )  # fmt: skip
    draft = draft_counted(passage, mention, left.counted, lexica.people)
    # Whether it is all of them no rule knows, and much of it breaks another figure down.
    some = msgspec.structs.replace(draft.quantity, extent="some")
    draft = msgspec.structs.replace(draft, quantity=some, score=round(mark.sure, 2))
    if mark.harm == "service_denied":
        return msgspec.structs.replace(draft, kind="service", services=_services(passage, lexica))
    if mark.harm == "access_denied":
        return msgspec.structs.replace(draft, kind="access")
    return draft


def _services(passage: Passage, lexica: Lexica) -> tuple[str, ...]:
    services = lexica.services.services
    hits = (
        services.match(passage.lowered, passage.lemmas, at)
        for at in services.find_starts(passage.lowered, passage.lemmas)
    )
    return tuple(dict.fromkeys(hit[1] for hit in hits if hit is not None))
