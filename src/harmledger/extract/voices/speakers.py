"""Which of the phrases around a reporting word speaks, and who that is in this document."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from harmledger.core.base import Value
from harmledger.extract.language.tree import matches
from harmledger.extract.passage import Passage
from harmledger.extract.voices.book import Book
from harmledger.extract.voices.cues import Cue, is_said_of
from harmledger.extract.voices.describe import Described, describe, renamed
from harmledger.extract.voices.nouns import find_owner, is_document
from harmledger.extract.voices.offices import through_name
from harmledger.extract.voices.phrases import (
    Phrase,
    find_after,
    find_agent,
    find_beside,
    find_subject,
    phrase_at,
    text_of,
)
from harmledger.extract.voices.unknown import SERVICES, describe_unknown
from harmledger.lexicon.persons import load_persons
from harmledger.lexicon.reporting import load_reporting

_PRONOUNS = frozenset({"he", "she", "it", "they", "one", "others", "both"})
_OUTLET = frozenset({"we", "i", "our", "my", "us"})
_OWNERS = {"his": "he", "her": "she", "its": "it", "their": "they"}
_INVERTS = frozenset(
    {
        "say",
        "add",
        "explain",
        "note",
        "tell",
        "report",
        "write",
        "state",
        "announce",
        "claim",
        "warn",
        "insist",
        "sob",
        "cry",
        "recall",
        "confirm",
        "lament",
        "complain",
        "shout",
        "argue",
        "estimate",
    }
)
_DEPTH = 3
_ONLY_SPEAKERS = frozenset(
    {"say", "tell", "state", "announce", "declare", "add", "warn", "claim", "allege", "deny",
     "report", "estimate", "predict", "submit", "describe", "recall", "testify", "inform", "insist",
     "admit", "confirm", "believe", "accuse", "blame", "charge", "sob", "explain", "note", "reject",
     "attribute", "calculate", "speak of", "talk of", "tell of",
     "complain", "assert", "argue", "maintain", "advise", "deplore", "agree", "regret",
     "recount", "write", "stress", "conclude", "concede"}
)  # fmt: skip
_COUNTING = frozenset({"record", "register", "document", "count", "tally", "certify", "put", "give",
                       "list", "concede", "acknowledge", "find", "establish"})  # fmt: skip
"""Done by bodies that keep count, and by much else."""


class SpokenCue(Value, frozen=True, kw_only=True):
    """A reporting verb and its speaker. ``shared``: the speaker of the verb before goes on."""

    cue: Cue
    phrase: Phrase | None = None
    described: Described | None = None
    shared: bool = False


def find_speakers(passage: Passage, cues: Sequence[Cue], book: Book) -> tuple[SpokenCue, ...]:
    """Each cue of a passage with its speaker, in text order; speakers are heard by the book."""
    found: list[SpokenCue] = []
    for cue in cues:
        last = next((s for s in reversed(found) if s.described is not None), None)
        if last is not None and _goes_on(passage, last.cue, cue):
            found.append(
                SpokenCue(cue=cue, phrase=last.phrase, described=last.described, shared=True)
            )
            continue
        if last is not None and _doubts_for(passage, last.cue, cue):
            found.append(
                SpokenCue(cue=cue, phrase=last.phrase, described=last.described, shared=True)
            )
            continue
        spoken = None if _is_own_doubt(passage, cue) else find_speaker(passage, cue, book)
        if spoken is None and last is not None and _joins(passage, cue):
            found.append(
                SpokenCue(cue=cue, phrase=last.phrase, described=last.described, shared=True)
            )
            continue
        if spoken is None or _is_own_word(cue, spoken[1]):
            found.append(SpokenCue(cue=cue))
            continue
        book.hear(passage.index, spoken[1])
        found.append(SpokenCue(cue=cue, phrase=spoken[0], described=spoken[1]))
    return tuple(found)


def _goes_on(passage: Passage, last: Cue, cue: Cue) -> bool:
    """ "MSF said, raising its count": a participle right after another reporting verb; or a verb
    joined to one across a semicolon the tree does not see."""
    if passage.tree.child(cue.verb, "nsubj") is not None:
        return False
    if passage.tokens[cue.first].xpos == "VBG" and cue.first - last.last <= 4:
        return True
    above = passage.tree.tokens[cue.verb].head
    between = [t.text for t in passage.tokens[max(0, above) : cue.first]]
    return _joins(passage, cue) and above < last.first and ";" in between


def _doubts_for(passage: Passage, last: Cue, cue: Cue) -> bool:
    """ "The mission said it was not in a position to confirm who did it": "it" is who says so."""
    if cue.manner != "cannot_confirm" or cue.passive:
        return False
    subject = find_subject(passage, cue.verb)
    bare = subject is not None and subject.first == subject.last
    own = bare and subject is not None and passage.lowered[subject.head] in _SAYS_OF_ITSELF
    return own and passage.tree.governs(last.verb, cue.verb)


_SAYS_OF_ITSELF = frozenset({"it", "they", "he", "she"})


def _joins(passage: Passage, cue: Cue) -> bool:
    """A verb without a subject of its own, joined by "and" or "but" to what stands before."""
    if passage.tree.child(cue.verb, "nsubj") is not None or cue.passive:
        return False
    before = passage.lowered[max(0, cue.first - 4) : cue.first]
    return bool({"and", "but"} & set(before))


def _is_own_doubt(passage: Passage, cue: Cue) -> bool:
    """Doubt in the passive, by "we", "this agency" or a bare "it" is the outlet's."""
    if cue.manner != "cannot_confirm":
        return False
    subject = find_subject(passage, cue.verb)
    bare = subject is not None and passage.lowered[subject.head] == "it"
    return cue.passive or bare or is_outlet(passage, cue)


def _is_own_word(cue: Cue, described: Described) -> bool:
    """An outlet that could not check is the one reporting: no voice but its own."""
    return (
        cue.manner == "cannot_confirm"
        and cue.lemma != "confirm"
        and described.voice.side
        in {
            "media",
            "unknown",
        }
    )


def find_speaker(passage: Passage, cue: Cue, book: Book) -> tuple[Phrase, Described] | None:
    """The phrase that speaks at a cue, and who it is; None when nothing there can speak."""
    for phrase in _candidates(passage, cue):
        if passage.lowered[phrase.first] == "our" and not _colleagues_say(passage, phrase, cue):
            return None  # "our volunteers counted": the outlet's own count
        phrase = through_name(passage, phrase, load_reporting())
        described = identify(passage, phrase, book)
        if described is not None:
            return phrase, described
    return _anybody(passage, cue)


def _colleagues_say(passage: Passage, phrase: Phrase, cue: Cue) -> bool:
    """ "Our doctors insist that nine died": people whom the outlet quotes, and no count of its
    own."""
    if is_document(passage, phrase.head, load_reporting()):
        return False  # "our report said that 19 had been killed"
    person = passage.tokens[phrase.head].xpos in {"NN", "NNS"} and phrase.last > phrase.first
    return person and cue.lemma in _WORDS_OF_MOUTH


_WORDS_OF_MOUTH = frozenset(
    {"say", "tell", "insist", "report", "warn", "explain", "describe", "believe"}
)
"""Said aloud by people, as nobody says of a count."""


def _anybody(passage: Passage, cue: Cue) -> tuple[Phrase, Described] | None:
    """Whoever is the subject of a verb that only people and bodies can be the subject of, where no
    word of the lexicon names them: "interviewees said", "the Defence submitted"."""
    if cue.passive or cue.lemma not in _ONLY_SPEAKERS | _COUNTING:
        return None
    phrase = find_subject(passage, cue.verb) or _name_after(passage, cue)
    if phrase is None or passage.tokens[phrase.head].upos not in {"NOUN", "PROPN"}:
        return None
    if cue.lemma in _COUNTING and not _may_count(passage, phrase):
        return None
    described = describe_unknown(passage, phrase, papers=True)
    return None if described is None else (phrase, described)


def _name_after(passage: Passage, cue: Cue) -> Phrase | None:
    """ "…," said Amina Yusuf, a teacher.": a name that no tree knows for one; "said a tailor who
    escaped": a person of any calling."""
    closed = cue.first > 0 and passage.tokens[cue.first - 1].text in _ENDS_WHAT_IS_SAID
    if not closed or cue.lemma not in _INVERTS:
        return None
    phrase = find_after(passage, cue.last)
    if phrase is None or passage.tokens[phrase.head].upos == "PROPN":
        return phrase
    words, persons = range(phrase.first, phrase.last + 1), load_persons().words
    known = any(persons.match(passage.lowered, passage.lemmas, at) is not None for at in words)
    return phrase if known else None


def _may_count(passage: Passage, phrase: Phrase) -> bool:
    """ "Light of Shan has recorded 212 deaths", "the prison service puts it at 23": a body by its
    name, or a service; not a town, a month or a toll."""
    token = passage.tokens[phrase.head]
    if any(p.start < token.end and token.start < p.end for p in passage.places):
        return False
    words = range(phrase.first, phrase.last + 1)
    named = any(passage.tokens[at].upos == "PROPN" for at in words) and token.entity != "LOC"
    return named or passage.lemmas[phrase.head] in SERVICES


def _candidates(passage: Passage, cue: Cue) -> Iterator[Phrase]:
    if cue.passive:
        agent = find_agent(passage, cue.verb)
        if agent is not None:
            yield agent
        return
    closes = _closes_sentence(passage, cue)
    inverted = closes or passage.tree.child(cue.verb, "nsubj") is None
    after = find_after(passage, cue.last) if inverted and cue.lemma in _INVERTS else None
    led = cue.lemma != "tell" or passage.tree.child(cue.verb, "obj", "iobj") is None
    if after is not None and led and (closes or _names_person(passage, after)):
        yield after  # "…, sobbed neighbour Ana Roa"
    subject = find_subject(passage, cue.verb)
    if subject is None and matches(passage.tokens[cue.verb].deprel, ("amod", "acl")):
        above = passage.tokens[cue.verb].head
        subject = phrase_at(passage, above) if is_said_of(passage, cue.verb) else None
    if subject is not None:
        yield subject
        if passage.lowered[subject.head] in _OUTLET:
            return
    beside = find_beside(passage, cue.first)
    if beside is not None and (subject is None or beside.head != subject.head):
        yield beside
    if after is not None:
        yield after


def _closes_sentence(passage: Passage, cue: Cue) -> bool:
    """ "Six were hurt, among them two officers, said the town's secretary.": nothing is said behind
    it, so whoever stands there speaks, whatever the tree takes for the subject."""
    if cue.lemma != "say" or cue.first < 2:
        return False
    subject = passage.tree.child(cue.verb, "nsubj")
    if subject is not None and subject.index > cue.first:
        return False
    if passage.tokens[cue.first - 1].text not in _ENDS_WHAT_IS_SAID:
        return False
    return not any(t.upos in {"VERB", "AUX"} for t in passage.tokens[cue.last + 1 :])


_ENDS_WHAT_IS_SAID = frozenset({",", "”", '"', "’", "'", "–", "—"})


def _names_person(passage: Passage, phrase: Phrase) -> bool:
    return any(t.entity == "PER" for t in passage.tokens[phrase.first : phrase.last + 1])


def is_outlet(passage: Passage, cue: Cue) -> bool:
    """Whether the outlet speaks of itself ("we", "this agency")."""
    subject = find_subject(passage, cue.verb)
    if subject is None:
        return False
    words = passage.lowered[subject.first : subject.last + 1]
    return words[0] in _OUTLET or (words[0] in {"this", "our"} and len(words) <= 3)


def identify(passage: Passage, phrase: Phrase, book: Book, depth: int = 0) -> Described | None:
    """Who a phrase is: a pronoun's speaker, a statement's author, or the phrase itself."""
    word = passage.lowered[phrase.head]
    written = text_of(passage, phrase.first, phrase.last)
    if phrase.first == phrase.last and (word in _PRONOUNS or word in _OUTLET):
        return book.resolve_pronoun(
            "they" if word in {"one", "others", "both"} else word, passage.index, written
        )
    if word in {"who", "which", "that"} and written != "WHO":
        return None
    own = passage.lowered[phrase.first]
    if own == "our" and _is_press(passage, phrase):
        return None
    if own == "this" and not _is_body(passage, phrase):
        return None
    if is_document(passage, phrase.head, load_reporting()) and depth < _DEPTH:
        return _author(passage, phrase, book, depth)
    phrase = _out_of(passage, phrase)
    described = describe(passage, phrase, book.roster.warring)
    again = book.resolve_again(passage, phrase, described)
    if again is not None:
        return again
    if described is None:
        return book.find_card(written, passage.index)
    return book.settle(_of_owner(passage, phrase, described, book), passage.index)


def _out_of(passage: Passage, phrase: Phrase) -> Phrase:
    """ "One of the doctors": a doctor, by the word that says what they all are."""
    of = phrase.head + 1
    if passage.lowered[phrase.head] not in _SOME or passage.lowered[of : of + 1] != ("of",):
        return phrase
    of_them = passage.tree.child(phrase.head, "nmod")
    if of_them is None or not of < of_them.index <= phrase.last:
        return phrase
    return Phrase(first=of + 1, last=phrase.last, head=of_them.index)


_SOME = frozenset({"one", "two", "three", "some", "several", "many", "most", "another", "both"})


def _is_press(passage: Passage, phrase: Phrase) -> bool:
    """ "Our reporter" is the outlet; "our field teams" are somebody it asked."""
    people = load_reporting().people.match(passage.lowered, passage.lemmas, phrase.head)
    return people is not None and people[1] == "media"


def _is_body(passage: Passage, phrase: Phrase) -> bool:
    """ "This Task Force", "this ministry": a body that speaks of itself in a paper of its own."""
    proper = any(t.upos == "PROPN" for t in passage.tokens[phrase.first : phrase.last + 1])
    return proper and phrase.last > phrase.first + 1


def _of_owner(passage: Passage, phrase: Phrase, described: Described, book: Book) -> Described:
    """ "its commander" speaks for the side of whoever "it" is."""
    word = passage.lowered[phrase.first]
    if word not in _OWNERS or phrase.first == phrase.head:
        return described
    owner = book.resolve_pronoun(_OWNERS[word], passage.index, word)
    if owner is None or not owner.voice.side.startswith("belligerent"):
        return described
    organisation = described.voice.organisation or owner.voice.organisation
    return renamed(described, side=owner.voice.side, organisation=organisation)


def _maker(passage: Passage, document: int) -> Phrase | None:
    """ "According to the count that the prosecutor's office released": who made or keeps it."""
    for clause in passage.tree.children(document, "acl"):
        if clause.upos == "VERB" and passage.lemmas[clause.index] in _MADE:
            subject = find_subject(passage, clause.index)
            if subject is not None and subject.head > document:
                return subject
    return None


_MADE = frozenset({"release", "publish", "keep", "issue", "draw", "compile", "give", "maintain",
                   "post", "make", "put", "present", "collect"})  # fmt: skip


def _author(passage: Passage, phrase: Phrase, book: Book, depth: int) -> Described | None:
    owner = find_owner(passage, phrase.head, loose=True) or _maker(passage, phrase.head)
    if owner is not None and passage.lowered[owner.first] == "whose":
        return None  # "an inquiry whose findings were published"
    if owner is not None:
        word = passage.lowered[owner.head]
        if word in _OWNERS:
            return book.resolve_pronoun(_OWNERS[word], passage.index, word)
        if owner.first == owner.last and word in _OUTLET:
            return None
        found = identify(passage, owner, book, depth + 1)
        if found is not None and (found.voice.name or found.voice.side != "resident"):
            return found
    words = passage.lowered[phrase.first : phrase.last + 1]
    again = words[0] in {"the", "that"} or {"earlier", "previous", "first"} & set(words)
    if again and len(words) <= 3:
        return book.latest(passage.index, text_of(passage, phrase.first, phrase.last))
    return None
