"""Making a mention: which coordinated phrases share a harm word, and whom a pronoun stands for."""

from __future__ import annotations

from harmledger.extract.claims.phrases import is_person
from harmledger.extract.harms.arguments import find_subjects
from harmledger.extract.harms.conjuncts import with_conjuncts
from harmledger.extract.harms.figures import in_figure
from harmledger.extract.harms.mention import Mention
from harmledger.extract.language.tree import Token, matches
from harmledger.extract.passage import Passage
from harmledger.lexicon.harms import HarmWord, load_harms
from harmledger.lexicon.persons import load_persons

_ONE = frozenset({"she", "her", "he", "him"})
_THEIRS = frozenset(
    {"wife", "husband", "son", "daughter", "mother", "father", "brother", "sister", "baby", "child",
     "grandson", "granddaughter", "niece", "nephew", "cousin", "driver", "aide", "bodyguard"}
)  # fmt: skip
"""Who stands with no article beside one whose own they are: "Ex-councillor, wife killed"."""
_MOSTLY = frozenset({"chiefly", "mainly", "mostly", "largely", "primarily", "predominantly"})
_SAYING = frozenset({"say", "add", "report", "tell", "write", "estimate"})
_THEY = _ONE | {"they", "them"}


def make_mention(
    passage: Passage, word: HarmWord, first: int, last: int, harmed: tuple[int, ...], pattern: str
) -> Mention:
    """The mention of ``word`` at tokens ``first..last``, with the phrases that share it."""
    head = passage.tree.top(passage.tokens[first].start, passage.tokens[last].end)
    predicate = head.index if head is not None else last
    harmed = tuple(_antecedent(passage, predicate, _whole(passage, predicate, h)) for h in harmed)
    harmed = (*_torn_off(passage, predicate, harmed), *_opens_line(passage, first, harmed), *harmed)
    harmed = tuple(h for h in harmed if not _is_parent_of(passage, h, harmed))
    return Mention(
        harm=word.harm,
        first=first,
        last=last,
        predicate=predicate,
        harmed=_one_subject(passage, predicate, (first, last), harmed),
        pattern=pattern,
        rule=f"harm:{word.harm}:{word.lemma}{'+' if word.company else ''}{' '.join(word.company)}",
        weak=word.weak,
    )


def _torn_off(passage: Passage, predicate: int, harmed: tuple[int, ...]) -> tuple[int, ...]:
    """ "A nurse on her way home and a boy of six died": a parser takes the first for a sentence of
    its own, to which the second and its verb are joined."""
    tree = passage.tree
    verb = tree.tokens[predicate]
    if not harmed or verb.deprel != "conj" or verb.head < 0 or verb.upos != "VERB":
        return ()
    first = _taken_alone(passage, verb.head)
    joint = next((t for t in tree.children(predicate, "cc")), None)
    if first is None or joint is None or tree.child(first.index, "cop", "nsubj") is not None:
        return ()
    if not first.index < joint.index < harmed[0] < predicate:
        return ()
    person = is_person(passage, first.index, load_persons())
    return (first.index,) if person and tree.child(first.index, "det", "nummod") else ()


def _opens_line(passage: Passage, word: int, harmed: tuple[int, ...]) -> tuple[int, ...]:
    """ "Imam, two worshippers shot dead": one person who opens a headline with no article, and
    those counted behind the comma; "Clerk, husband killed": and the one's own kin."""
    comma = next((t.index for t in passage.tokens[:4] if t.text == ","), 0)
    if comma and harmed and max(harmed) < comma and word == comma + 2:
        return (comma + 1,) if passage.lowered[comma + 1] in _THEIRS else ()
    if not comma or len(harmed) != 1 or not comma < harmed[0] < word or harmed[0] - comma > 3:
        return ()
    number = in_figure(passage, comma + 1) and passage.tokens[comma + 1].upos == "NUM"
    one = passage.tokens[comma - 1]
    lead = passage.tokens[: comma - 1]
    plain = one.xpos in {"NN", "NNP"} and all(t.upos in {"ADJ", "NOUN", "PROPN"} for t in lead)
    if not (number and plain) or one.entity in {"LOC", "ORG"}:
        return ()
    behind = passage.tokens[harmed[0] + 1 : word]
    if any(t.upos not in {"AUX", "ADV"} for t in behind):
        return ()
    named = one.xpos == "NNP" and passage.lemmas[one.index] not in load_persons().single
    return () if named or not is_person(passage, one.index, load_persons()) else (one.index,)


def _is_parent_of(passage: Passage, head: int, harmed: tuple[int, ...]) -> bool:
    """ "Dad-of-two Craig Nolan": a word for the one whose name follows, and nobody beside him."""
    named = head + 5 in harmed and passage.tokens[head + 5].upos == "PROPN"
    return named and passage.lowered[head + 1 : head + 4] == ("-", "of", "-")


def _taken_alone(passage: Passage, above: int) -> Token | None:
    """A noun that a parser takes for a whole sentence, or for all that somebody said."""
    token = passage.tokens[above]
    said = passage.tree.child(above, "ccomp") if token.upos == "VERB" else None
    noun = said or (token if token.deprel == "root" else None)
    return noun if noun is not None and noun.upos in {"NOUN", "PROPN", "NUM"} else None


def _whole(passage: Passage, predicate: int, head: int) -> int:
    """ "Seven women and one boy who were raped": a plural verb says that the clause is about all of
    a list, though it hangs on the last of them."""
    tree = passage.tree
    token = tree.tokens[head]
    one = token.xpos in {"NN", "NNP"} and matches(token.deprel, ("conj",))
    many = any(t.text.lower() in {"were", "are", "have"} for t in tree.children(predicate, "aux"))
    clause = tree.tokens[predicate].deprel.startswith("acl") and predicate > head
    return token.head if one and many and clause and token.head < head else head


def _antecedent(passage: Passage, predicate: int, head: int) -> int:
    """ "Six women said they had been raped", "locked 70 people in a chapel and killed them": the
    counted people a pronoun stands for, when its own sentence names them right before."""
    if passage.lowered[head] not in _THEY:
        return head
    dislocated = before_says(passage, head)
    if dislocated is not None:
        return dislocated
    tree = passage.tree
    verb = tree.tokens[predicate]
    for above in (verb, *tree.ancestors(predicate)):
        if matches(above.deprel, ("ccomp",)) and above.head >= 0:
            told = tree.children(above.head, "nsubj")
        elif matches(above.deprel, ("conj", "advcl")) and above.head >= 0:
            told = tree.children(above.head, "obj", "nsubj:pass")
        else:
            continue
        for other in told:
            # "he had two children when a shell killed him": not the children
            many = other.xpos in {"NNS", "NNPS"} and passage.lowered[head] in _ONE
            if other.index < head and not many and _counted_people(passage, other.index):
                return other.index
    if passage.lowered[head] != "them":
        return head
    doers = find_subjects(tree, predicate)
    before = [
        t.index
        for t in tree.tokens[:head]
        if matches(t.deprel, ("obj", "nsubj:pass", "nsubj")) and t.index not in doers
        and _counted_people(passage, t.index)
    ]  # fmt: skip
    return before[-1] if before else head


def before_says(passage: Passage, pronoun: int) -> int | None:
    """ "16,000 people, he says, have been shut in": the noun before the comma, where the parser
    takes the speaker for the subject."""
    turned = _before_turned(passage, pronoun)
    if turned is not None:
        return turned
    aside = passage.lemmas[pronoun + 1 : pronoun + 3]
    if pronoun < 2 or aside[:1] not in (("say",), ("add",), ("tell",)) or aside[1:] != (",",):
        return None
    before = pronoun - 2
    opens = passage.lowered[pronoun - 1] == "," and passage.tokens[before].upos == "NOUN"
    return before if opens and _counted_people(passage, before) else None


def _before_turned(passage: Passage, speaker: int) -> int | None:
    """ "Seventeen children, says the medical director, died": the verb before who says it."""
    first = speaker
    inner = {t.index for t in passage.tree.subtree(speaker, "acl", "conj", "appos")}
    while first - 1 in inner:
        first -= 1
    said = first >= 3 and passage.lemmas[first - 1] in _SAYING and passage.lowered[first - 2] == ","
    after = passage.lowered[speaker + 1 : speaker + 2]
    if not said or after != (",",):
        return None
    before = first - 3
    people = passage.tokens[before].upos in {"NOUN", "NUM"} and _counted_people(passage, before)
    return before if people else None


def _counted_people(passage: Passage, at: int) -> bool:
    words = passage.tree.subtree(at, "acl", "conj", "appos", "nmod")
    counted = any(in_figure(passage, w.index) for w in words)
    start = passage.tokens[at].start
    if any(f.high == 0 and f.start <= start < f.end for f in passage.figures):
        return False  # "not one of them"
    return counted and (in_figure(passage, at) or is_person(passage, at, load_persons()))


def _one_subject(
    passage: Passage, predicate: int, word: tuple[int, int], harmed: tuple[int, ...]
) -> tuple[int, ...]:
    """Coordinated heads that really share the harm word.

    Drops what the parser joined across the verb ("three were killed and 17 wounded") and what
    breaks the others down ("three died, one of them a girl").
    """
    heads = tuple(
        head
        for head in with_conjuncts(passage.tree, harmed)
        if (
            head in harmed
            or not (_has_own_harm(passage, head, word) or _says_it(passage, head, harmed))
        )
        and not _is_other_number(passage, head)
    )
    if len(heads) < 2:
        return heads
    first_comma = next((t.index for t in passage.tokens[heads[0] :] if t.text == ","), -1)
    aside = passage.lowered[first_comma + 1 : first_comma + 2]
    if 0 <= first_comma < heads[1] and aside and aside[0] in _MOSTLY:
        return heads[:1]  # "96 people, chiefly infants and the old, starved"
    if passage.lowered[heads[-1] + 1 : heads[-1] + 2] == ("included",):
        return heads[:1]  # "nine villagers, a midwife and two children included"
    first = heads[0]
    kept, names = [first], set[int]()
    for head in heads[1:]:
        same_side = (head < predicate) == (first < predicate)
        breakdown = passage.words(head + 1, head + 2) in {"of them", "of whom", "of these"}
        between = passage.tokens[kept[-1] + 1 : head]
        clause = any(
            t.upos == "VERB" and not passage.tree.governs(kept[-1], t.index) for t in between
        )
        name = passage.tokens[head]
        # "twin brothers Adamu and Sani": the names of those just told
        one_name = name.upos == "PROPN" and (head == kept[-1] + 1 or name.head in names)
        if one_name:
            names.add(head)
        if _same_again(passage, kept[0], head) or _named_beside(passage, kept[-1], head):
            continue
        if same_side and not breakdown and not clause and not one_name:
            kept.append(head)
    return tuple(kept)


def _says_it(passage: Passage, head: int, harmed: tuple[int, ...]) -> bool:
    """ "Making off with dozens more, a local official said": who tells it is none of them, unless
    all of them do: "seven women and a girl said they had been raped"."""
    if passage.tree.child(head, "nummod") is not None:
        return False
    starts = [passage.tokens[n].start for n in (head, *harmed)]
    return any(
        [a.source[0] <= at < a.source[1] for at in starts] == [True, *(False for _ in harmed)]
        for a in passage.attributions
        if a.source is not None
    )


def _same_again(passage: Passage, first: int, other: int) -> bool:
    """ "A fourth, my nephew, is missing", "a driver who was with us, he has not been seen": two
    subjects of one verb with nothing to join them are one, told twice."""
    one, two = passage.tokens[first], passage.tokens[other]
    both = matches(one.deprel, ("nsubj",)) and matches(two.deprel, ("nsubj",))
    listed = passage.tree.child(other, "cc", "nummod", "conj") is not None
    if not both or one.head != two.head or listed:
        return False
    lead = passage.tokens[first + 1 : other]
    return any(t.text == "," for t in lead) and not any(t.deprel == "cc" for t in lead)


def _named_beside(passage: Passage, person: int, name: int) -> bool:
    """ "Killed a nurse, Zahra Saleh, and her two sons": the name between commas is the nurse's."""
    one, token = passage.tokens[person], passage.tokens[name]
    article = passage.tree.child(person, "det")
    if one.xpos != "NN" or article is None or token.upos != "PROPN":
        return False
    if passage.lowered[person + 1 : name] != (",",) or not is_person(
        passage, person, load_persons()
    ):
        return False
    last = max(t.index for t in (token, *passage.tree.children(name, "flat", "compound")))
    return passage.lowered[last + 1 : last + 2] in {(",",), ("(",), (".",), (";",)}


def _is_other_number(passage: Passage, head: int) -> bool:
    """ "A leader, 52, and his driver": an age, a date or an hour that the parser lists as one of
    them."""
    start = passage.tokens[head].start
    return any(
        f.kind in {"age", "date", "clock", "money", "distance", "duration"}
        and f.core[0] <= start < f.core[1]
        and passage.tokens[head].upos == "NUM"
        for f in passage.figures
    )


def _has_own_harm(passage: Passage, head: int, word: tuple[int, int]) -> bool:
    """ "471 dead and 342 injured": the second figure has a harm word of its own right behind it."""
    own = load_harms().nouns.match(passage.lowered, passage.lemmas, head)
    if own is not None and not word[0] <= head <= word[1] and own[1].pattern == "of_event":
        return True  # "15 deaths and 40 injuries"
    noun = (
        own is not None and own[1].pattern == "of_person" and own[1].harm in {"killed", "injured"}
    )
    counted = head > 0 and in_figure(passage, head - 1)
    if noun and counted and passage.tokens[word[0]].upos == "NOUN" and head > word[1]:
        return True  # "three martyrs and five wounded"
    if passage.tokens[word[0]].upos == "NOUN" and any(
        load_harms().states.get(passage.lowered[t.index])
        for t in passage.tree.children(head, "amod")
    ):
        return True  # "12 bodies and 30 wounded people"
    after = head + 1
    if after >= len(passage.tokens) or word[0] <= after <= word[1]:
        return False
    return passage.lowered[after] in load_harms().states
