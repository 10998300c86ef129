"""Which sentences the network reads; the others that are wanted are read by rules.

In a report that speaks of armed violence throughout, or often and tells several harms, every
sentence with a word that could matter is for the network. In other texts a word is not enough: the
sentence must hold a whole harm expression ("lost their lives", not "lost") that stands alone, a
weak one with armed violence in it or near it, as ``claims.scope`` asks before it lets a weak word
in (in a long text by more than one loose word: "police", "a battle"), or a cut service in a text
that speaks of violence at all. Anywhere else a weak word is out of scope whatever the tree says,
and rules are enough to list its number. Once the network has read these, answers, bare figures and
neighbours are read beside the sentences that tell a harm, and beside no others.

Words are looked up, nothing is parsed.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence

import msgspec

from harmledger.core.base import Value
from harmledger.core.document import Sentence
from harmledger.extract.triggers import Stems, find_hits, with_company
from harmledger.extract.watch import COUNTED, LIVING, LOOSE, NAMED, WORD, Watch, load_watch

_NEIGHBOURS = 2
"""As many sentences around as ``claims.scope`` looks at for violence."""
_ANSWERED_WITHIN = 3
"""An answer may stand further from the harm that it answers."""
_DIGIT = re.compile(r"\d")
_SHORT = 12
"""Sentences of a text so short that whatever is told in it stands near everything."""
_STEM = 3
"""Letters by which words of violence are kin: "shot" and "shooting" are one."""
_CAPITAL = re.compile(r"\W[^\W\d_a-z]")
_ANSWERS = Stems(
    ("deny", "denie", "denial", "refut", "reject", "dismiss", "fake", "stage", "hoax", "propaganda",
     "apolog", "investigat", "mistake", "war crime", "genocide", "inquir", "look into",
     "looking into", "looked into", "blam", "accus", "responsib", "confirm", "unconfirmed", "verif",
     "retract", "withdraw", "withdrew", "correct", "wrong", "in error", "inaccurate",
     "should have", "earlier version", "previous version", "original version", "first version",
     "earlier edition", "disput", "claim", "alleg", "admit", "acknowledg", "concede", "regret",
     "condemn", "justif", "of them", "of these", "of those", "among them", "among these",
     "among those", "unharmed", "unhurt", "no one", "nobody", "the dead", "survivor",
     "unidentified", "remains", "impossible", "untrue", "call this", "called this", "calls this",
     "call that", "called that", "called it", "called the", "calls the", "describ", "contest",
     "not ours", "not us", "touched", "affected", "in a position", "in no position", "means of",
     "unable to", "not able", "account", "disown", "distanc", "unverified",
     "doubt", "question", "victim", "false", "nonsense",
     "rubbish", "baseless", "invention", "fabricat", "rumour", "rumor", "malicious", "absurd",
     "lies", "fairy tale", "nothing to do", "no hand in", "no part", "no role", "no such",
     "none of its",
     "none of our", "did not", "never", "exaggerat", "inflated", "too few", "too many",
     "aware of no",
     "knew of no")
)  # fmt: skip
_FORCES = Stems(
    ("soldier", "troop", "army", "armed", "militia", "rebel", "fighter", "gunm", "insurgent",
     "ceasefire", "cease-fire", "truce", "siege", "besieg", "blockad")
)  # fmt: skip
"""Who denies access by force, and what is broken: no other word of violence is needed beside."""


class Weighed(Value, frozen=True, kw_only=True):
    """Numbers of the sentences with a harm expression that stands alone; with one that does not;
    that tell of a service or of access; with an answer; with armed violence; with a number."""

    strong: set[int]
    weak: set[int]
    services: set[int]
    answers: set[int]
    violent: set[int]
    firm: set[int]
    """Those of the violent whose words are said of nothing else."""
    loose: dict[int, set[str]]
    """Of the other violent ones, their words."""
    counted: set[int]


class Plan(Value, frozen=True, kw_only=True):
    """Numbers of the sentences to read, in order, and which of them the network reads."""

    wanted: tuple[int, ...]
    network: frozenset[int]
    tells: bool = False
    """Whether anything of it can be a claim."""
    silent: frozenset[int] = frozenset()
    """Those read for who speaks and where: no word of theirs tells a harm or counts anything by
    itself, though "they include a father and son" may go on about what was told."""
    open: Weighed | None = None
    """Set where more may matter: ``plan_beside`` says what, once the network has read these."""


def plan_reading(text: str, sentences: Sequence[Sentence]) -> Plan:
    """What to read, and how. Furniture is not read.

    Outside reports of violence only sentences near one for the network are read, for speakers and
    places, and those with a harm expression, for their numbers.
    """
    found = _weigh(text, sentences)
    if len(found.violent) > max(2, len(sentences) // 4):
        return _plan_of_violence(text, sentences, found)
    long = len(sentences) > _SHORT
    near = _near_violence(found) if long else _around(found.violent, _NEIGHBOURS)
    first = found.strong | (found.weak & near)
    if found.violent:  # people may be cut off far from where the report tells why
        first |= found.services
    return Plan(
        wanted=tuple(sorted(first | (found.weak & found.counted))),
        network=frozenset(first),
        open=found,
    )


def _silent(found: Weighed, wanted: Iterable[int], network: Collection[int]) -> frozenset[int]:
    told = found.strong | found.weak | found.services | found.counted
    return frozenset(number for number in wanted if number not in network and number not in told)


def _near_violence(found: Weighed) -> set[int]:
    """Sentences that armed violence is told in or near: by a word that says nothing else, or by two
    that are said of much else too. "Police" or "a battle" alone is near anything."""
    near = _around(found.firm, _NEIGHBOURS) | found.violent
    for number in _around(found.loose, _NEIGHBOURS) - near:
        words = (found.loose.get(n, ()) for n in _around((number,), _NEIGHBOURS))
        if len({word[:_STEM] for told in words for word in told}) > 1:
            near.add(number)
    return near


def _plan_of_violence(text: str, sentences: Sequence[Sentence], found: Weighed) -> Plan:
    """Every sentence with a word that could matter."""
    said = found.strong | found.weak | found.services | found.answers
    hits = said.union(find_hits(text, sentences))
    network = frozenset(hits | _next_counted(found, hits))
    company = with_company(text, sentences, sorted(network))
    silent = _silent(found, company, network)
    return Plan(wanted=company, network=network, tells=bool(network), silent=silent)


def plan_beside(
    text: str, sentences: Sequence[Sentence], plan: Plan, telling: Collection[int]
) -> Plan:
    """An open plan with what matters only beside a sentence that tells a harm: answers to it,
    figures right behind it, and its neighbours, for speakers and places.

    ``telling``: those of the plan's sentences in which the network's trees show a harm.
    """
    found = plan.open
    if found is None or not telling:
        return msgspec.structs.replace(plan, open=None)
    violent = len(found.violent) > max(2, len(sentences) // 8)
    if violent and len(telling) > max(1, len(sentences) // 12):
        # The words were meant: it is a report of violence after all.
        whole = _plan_of_violence(text, sentences, found)
        wanted = tuple(sorted({*plan.wanted, *whole.wanted}))
        network = plan.network | whole.network
        silent = _silent(found, wanted, network)
        return Plan(wanted=wanted, network=network, tells=True, silent=silent)
    matter = set(telling)
    matter |= found.answers & _around(matter, _ANSWERED_WITHIN)
    matter |= _next_counted(found, matter)
    company = with_company(text, sentences, sorted(matter), _NEIGHBOURS)
    wanted, network = tuple(sorted({*plan.wanted, *company})), plan.network.union(matter)
    silent = _silent(found, wanted, network)
    return Plan(wanted=wanted, network=network, tells=True, silent=silent)


def _weigh(text: str, sentences: Sequence[Sentence]) -> Weighed:
    watch = load_watch()
    found = Weighed(
        strong=set(),
        weak=set(),
        services=set(),
        answers=set(),
        violent=set(),
        firm=set(),
        loose={},
        counted=set(),
    )
    for number, sentence in enumerate(sentences):
        if sentence.furniture:
            continue
        written = text[sentence.start : sentence.end]
        said = written.lower()
        said_words = set(WORD.findall(said))
        known = _known(said_words, watch)
        counted = not known.isdisjoint(watch.numbers) or _DIGIT.search(said) is not None
        known |= {COUNTED, LIVING} if counted else frozenset()
        known |= {NAMED} if _CAPITAL.search(written, 1) else frozenset()
        met = _met(known, watch)
        if "strong" in met:
            found.strong.add(number)
        elif "weak" in met:
            found.weak.add(number)
        if met >= {"cuts", "services"} or met >= {"blocks", "moved"}:
            found.services.add(number)
            if _FORCES.begin_any(said, said_words):
                found.strong.add(number)
        if _ANSWERS.begin_any(said, said_words):
            found.answers.add(number)
        loose = {listed[1:] for listed in met if listed[0] == LOOSE}
        if "violence" in met or loose:
            found.violent.add(number)
        if "violence" in met:
            found.firm.add(number)
        elif loose:
            found.loose[number] = loose
        if counted:
            found.counted.add(number)
    return found


def _next_counted(found: Weighed, hits: set[int]) -> set[int]:
    """Sentences with a number right behind one that matters: "One is a farmer, 71."."""
    return found.counted & {number + 1 for number in hits}


def _around(numbers: Iterable[int], reach: int) -> set[int]:
    return {n + step for n in numbers for step in range(-reach, reach + 1)}


def _known(said_words: Collection[str], watch: Watch) -> frozenset[str]:
    """Dictionary forms of the words of a sentence that any list has."""
    return frozenset().union(*(watch.forms[w] for w in said_words if w in watch.forms))


def _met(known: frozenset[str], watch: Watch) -> set[str]:
    """The lists of which an expression stands whole among the words of a sentence."""
    met: set[str] = set()
    for word in known:
        for listed, entry in watch.entries.get(word, ()):
            if listed not in met and entry <= known:
                met.add(listed)
    return met
