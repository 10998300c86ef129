"""Whether an entry of the lexicon fits the verb as it stands: denied, without its adverb, said by
those who shoot, or of others who are taken along.
"""

from __future__ import annotations

from harmledger.extract.claims.phrases import is_person
from harmledger.extract.harms.arguments import find_objects, find_subjects, is_passive
from harmledger.extract.harms.company import company_end
from harmledger.extract.harms.conjuncts import with_conjuncts
from harmledger.extract.harms.figures import in_figure
from harmledger.extract.harms.people import are_these
from harmledger.extract.passage import Passage
from harmledger.lexicon.harms import HarmWord
from harmledger.lexicon.persons import load_persons
from harmledger.lexicon.settings import load_actors

NOT = frozenset({"not", "n't", "n’t", "never", "nobody", "nothing", "none", "neither", "no"})


_WITH = frozenset({"with", "alongside", "along"})
_UNABLE = frozenset({"unable", "cannot", "impossible", "powerless"})
_MEANT = frozenset({"due", "schedule", "hope", "plan", "want", "prepare", "intend", "wish"})
"""What has not happened yet: "a dentist who was due to leave the country"."""
_RUN_OFF = frozenset(
    {"crowd", "shopper", "spectator", "onlooker", "bystander", "passer-by", "diner", "commuter"}
)  # fmt: skip
"""Who runs from a shooting and goes home."""
_SHARED = frozenset(
    {"killed", "injured", "displaced", "abducted", "detained", "missing", "sexual_violence",
     "trapped"}
)  # fmt: skip
_SEARCHERS = frozenset(
    {"rescuer", "relative", "family", "crew", "team", "worker", "volunteer", "firefighter",
     "villager", "neighbour", "neighbor", "diver", "parent", "mother", "father", "resident",
     "brigade", "coastguard", "medic"}
)  # fmt: skip


def _kept_from(passage: Passage, at: int) -> bool:
    """ "People cannot leave the town": nobody was displaced."""
    near = {passage.lowered[at - step] for step in range(1, min(at, 5) + 1)}
    return bool((NOT | _UNABLE) & near) and not {"only", "just"} & near


def _by_collapse(passage: Passage, at: int) -> bool:
    """ "Were buried when the building collapsed" lays nobody in a grave."""
    opened = {"when", "as", "after", "by"} & {*passage.lowered[at + 1 : at + 3]}
    return bool(opened) and "collapse" in passage.lemmas[at + 1 : at + 9]


def _could_not(passage: Passage, at: int) -> bool:
    """ "The patients could not be evacuated": nobody left, and nobody denies that anyone did."""
    near = {*passage.lowered[max(0, at - 5) : at]}
    return "cannot" in near or bool({"can", "could", "ca"} & near and NOT & near)


def along_with(
    passage: Passage, word: HarmWord, at: int, harmed: tuple[int, ...]
) -> tuple[int, ...]:
    """ "Fled with her four children", "was killed along with two guards": they share the harm."""
    if word.harm not in _SHARED or not harmed:
        return ()
    people = load_persons()
    near = passage.tree.subtree(at, "conj", "advcl", "ccomp", "parataxis", "acl:relcl")
    beside = tuple(
        h for h in (t.index for t in near if t.upos in {"NOUN", "PROPN", "NUM", "ADJ"})
        if h > at and is_person(passage, h, people)
        and any(c.text.lower() in _WITH for c in passage.tree.children(h, "case"))
        and (_together(passage, h) or (len(harmed) == 1 and _counted_or_own(passage, h)))
        and h not in harmed
    )  # fmt: skip
    found = with_conjuncts(passage.tree, beside)  # "along with his wife and two children"
    return tuple(h for h in found if h in beside or _joined_to(passage, h, harmed))


def _joined_to(passage: Passage, head: int, harmed: tuple[int, ...]) -> bool:
    """A person joined by "and" to those taken along, counted or somebody's own."""
    people = is_person(passage, head, load_persons())
    return people and head not in harmed and _counted_or_own(passage, head)


def _counted_or_own(passage: Passage, head: int) -> bool:
    owned = passage.tree.child(head, "nmod:poss") is not None
    return owned or are_these(passage, head, "counted")


def _together(passage: Passage, head: int) -> bool:
    """ "Together with a passenger", "along with their father"."""
    cases = [c.index for c in passage.tree.children(head, "case")]
    return any(c > 0 and passage.lowered[c - 1] in {"together", "along"} for c in cases)


def told_otherwise(passage: Passage, word: HarmWord, at: int) -> bool:
    """The entry does not fit the verb as it stands here: denied, an auxiliary, no adverb."""
    if word.harm == "displaced" and word.pattern == "subject":
        above = passage.tree.head(at)
        near = passage.lemmas[max(0, at - 2) : max(0, at - 1)]
        meant = _MEANT & {*near, *(() if above is None else (passage.lemmas[above.index],))}
        runs = word.lemma == "flee" and any(
            passage.lemmas[s] in _RUN_OFF for s in find_subjects(passage.tree, at)
        )
        if runs or _kept_from(passage, at) or (meant and passage.lowered[max(0, at - 1)] == "to"):
            return True
    if word.lemma == "evacuate" and is_passive(passage.tree, at) and _could_not(passage, at):
        return True
    if word.lemma == "bury" and not word.company and _by_collapse(passage, at):
        return True
    if word.lemma == "take" and word.company == ("in",):
        behind = passage.tokens[at + 1 : at + 2]
        return not behind or behind[0].text != "in" or behind[0].deprel == "case"
    if word.company[-1:] == ("under",) and _under_age(passage, word, at):
        return True
    if word.lemma == "have" and passage.tokens[at].upos != "VERB":
        return True
    return bool(word.adverb) and not _has_adverb(passage, word.adverb, at)


def _under_age(passage: Passage, word: HarmWord, at: int) -> bool:
    """ "I buried sixteen, six of them under ten": no rubble, an age."""
    last = company_end(passage, word.company, at)
    return last is not None and any(
        passage.tokens[n].upos == "NUM" for n in (last + 1, last + 2) if n < len(passage.tokens)
    )


def nobody(passage: Passage, word: HarmWord, harmed: tuple[int, ...]) -> bool:
    """ "None has been seen", "nobody survived": not none of them harmed, but all."""
    if any(passage.lowered[h] == "neither" for h in harmed):
        return False  # "neither has been seen": both
    return bool(word.denial) and any(
        f.kind == "count" and f.high == 0 and f.start <= passage.tokens[h].start < f.end
        for h in harmed
        for f in passage.figures
    )


def none_of_whom(passage: Passage, word: HarmWord, harmed: tuple[int, ...]) -> tuple[int, ...]:
    """ "Not one of them has been seen since": all of them are missing; "none of the three
    passengers survived": all of them were killed."""
    if word.harm == "killed":
        told = (c.index for h in harmed for c in passage.tree.children(h, "nmod"))
        people = tuple(n for n in told if are_these(passage, n, "people"))
        return people[:1] or tuple(
            c.index for h in harmed for c in passage.tree.children(h, "nmod") if c.upos == "NUM"
        )
    if word.harm != "missing":
        return ()
    return tuple(
        c.index
        for h in harmed
        for c in passage.tree.children(h, "nmod")
        if passage.lowered[c.index] in {"them", "whom", "these"}
    )[:1]


def throws_people(passage: Passage, word: HarmWord, at: int) -> bool:
    """ "The bodies were thrown into a well": the well is not what was struck."""
    if word.lemma not in {"throw", "toss", "hurl", "lob", "fall"}:
        return False
    people = load_persons()
    return any(
        is_person(passage, h, people) or passage.lemmas[h] in {"body", "corpse", "remains"}
        for h in (*find_objects(passage.tree, at), *find_subjects(passage.tree, at))
        if word.lemma == "fall" or h in find_objects(passage.tree, at)
    )


def searched_by(passage: Passage, at: int) -> bool:
    """Rescuers and families search for the missing; the police search for suspects."""
    subjects = find_subjects(passage.tree, at)
    return any(passage.lemmas[s] in _SEARCHERS for s in subjects)


def _has_adverb(passage: Passage, adverb: str, at: int) -> bool:
    """ "Fatally shot", "were sexually and physically assaulted", "assaulted sexually"."""
    near = passage.lowered[max(0, at - 4) : at + 3]
    return adverb in near


def shooters(passage: Passage, at: int, harmed: tuple[int, ...]) -> bool:
    """ "Police shot at the crowd", "fighters shot into the air": a force with no number before an
    active verb shoots and is not shot. "Rescuers were shot at" tells no wound either."""
    after = passage.lowered[at + 1 : at + 3]
    if after[:1] == ("at",):
        behind = passage.tokens[at + 2] if at + 2 < len(passage.tokens) else None
        if behind is None or behind.upos in {"PUNCT", "ADP", "SCONJ", "CCONJ"}:
            return True
    if is_passive(passage.tree, at) and passage.tree.child(at, "aux:pass") is not None:
        return False
    actors = load_actors()
    return bool(harmed) and all(
        h < at
        and passage.tree.child(h, "nummod", "det") is None
        and not in_figure(passage, h)
        and actors.forces.match(passage.lowered, passage.lemmas, h) is not None
        for h in harmed
    )


def of_relative(passage: Passage, word: int, at: int) -> bool:
    """ "A couple who could not walk were found dead": the "not" of the clause that says who."""
    clause = passage.tree.head(word)
    return (
        clause is not None
        and clause.deprel == "acl:relcl"
        and clause.head < word < clause.index < at
        and at not in {t.index for t in passage.tree.subtree(clause.index)}
    )
