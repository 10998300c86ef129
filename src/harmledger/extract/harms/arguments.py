"""Who stands as object or subject of a word, through passives, relative clauses and shared heads.

Every function takes a tree and a token index and gives token indexes in text order. They follow
Universal Dependencies as the parser writes them, mistakes included: where a label is often wrong
(a participle tagged as a past tense, a subject of a passive without its mark), the comment says so.
"""

from __future__ import annotations

from harmledger.extract.harms.torn import torn_subject
from harmledger.extract.language.tree import Token, Tree, matches

RELATIVE = frozenset({"who", "which", "that", "whom"})
_CONTROL = ("xcomp", "ccomp", "advcl")
_DEPTH = 4


def is_passive(tree: Tree, verb: int) -> bool:
    """Whether a verb stands in the passive, or as a participle that its noun undergoes."""
    token = tree.tokens[verb]
    if tree.child(verb, "aux:pass", "nsubj:pass") is not None:
        return True
    if any(child.lemma == "have" for child in tree.children(verb, "aux")):
        return False
    return token.xpos == "VBN" and not tree.children(verb, "obj")


def find_objects(tree: Tree, verb: int, depth: int = 0) -> tuple[int, ...]:
    """Heads of what the verb acts on; empty when nothing is found."""
    token = tree.tokens[verb]
    own = [c.index for c in tree.children(verb, "nsubj:pass", "obj", "iobj") if c.upos != "PART"]
    if tree.child(verb, "aux:pass") is not None:
        own = _passive_subjects(tree, verb, own)
    else:  # "were reported killed and 30 injured": the 30 are of the next verb
        own = [n for n in own if n < verb or not _opens_next(tree, n)]
    if own:
        return _beyond_relatives(tree, verb, own)
    if matches(token.deprel, ("amod",)) and token.head >= 0:
        return (token.head,)
    if token.deprel == "acl" and token.head >= 0 and token.xpos in {"VBN", "VBD"}:
        return (token.head,)
    if _taken_for_relative(tree, verb):
        return (token.head,)
    aside = _set_off(tree, verb)
    if aside is not None:
        return (aside,)
    gap = _relative_gap(tree, verb)
    if gap is not None:
        return (gap,)
    subject = _participle_subject(tree, verb)
    if subject:
        return subject
    if depth >= _DEPTH:
        return ()
    return _shared_objects(tree, verb, depth + 1)


def _opens_next(tree: Tree, head: int) -> bool:
    """Whether "and" parts what a parser calls the subject of a passive from the verb before it."""
    token = tree.tokens[head]
    return matches(token.deprel, ("nsubj:pass",)) and tree.child(head, "cc") is not None


def _passive_subjects(tree: Tree, verb: int, own: list[int]) -> list[int]:
    """ "A man was killed, three people wounded": of a passive the subject stands before the verb,
    whatever the parser calls it, and what a comma parts from it belongs to the next one."""
    near = [n for n in own if n < verb or tree.tokens[verb + 1].text != ","]
    before = [c.index for c in tree.children(verb, "nsubj") if c.index < verb]
    return near or (before if not own else [])


def _taken_for_relative(tree: Tree, verb: int) -> bool:
    """ "A mosque where the crowd was to gather was razed": behind another clause, a passive with no
    subject and no pronoun of its own is said of the noun a parser hangs it on."""
    token = tree.tokens[verb]
    if token.deprel != "acl:relcl" or token.head < 0 or not is_noun(tree.tokens[token.head]):
        return False
    auxiliary = tree.child(verb, "aux:pass")
    if auxiliary is None or tree.child(verb, "nsubj", "obl:agent", "mark") is not None:
        return False
    before = range(token.head + 1, auxiliary.index)
    other = any(c.index in before for c in tree.children(token.head, "acl"))
    return other and not any(
        tree.tokens[n].lemma.lower() in RELATIVE and tree.tokens[n].head == verb for n in before
    )


def _set_off(tree: Tree, verb: int) -> int | None:
    """ "A second, burned on both arms, swam ashore": a participle between commas is said of the
    phrase before it, though a parser may take it for a verb that tells on its own."""
    token = tree.tokens[verb]
    if verb < 3 or token.xpos not in {"VBN", "VBD"} or tree.tokens[verb - 1].text != ",":
        return None
    noun = tree.tokens[verb - 2]
    article = tree.tokens[verb - 3]
    opened = verb == 3 or tree.tokens[verb - 4].text in {";", ",", ":", "and", "but"}
    if article.upos != "DET" or not opened or noun.upos not in {"NOUN", "ADJ", "NUM", "PROPN"}:
        return None
    close = next((t.index for t in tree.tokens[verb:] if t.text == ","), len(tree.tokens))
    between = tree.tokens[verb + 1 : close]
    goes_on = tree.tokens[close + 1 : close + 2]
    if any(t.upos in {"VERB", "AUX"} for t in between) or not goes_on:
        return None
    return noun.index if goes_on[0].xpos in {"VBD", "VBZ", "VBP"} else None


def _relative_gap(tree: Tree, verb: int) -> int | None:
    """ "The block a missile struck", "patients whom soldiers shot": the noun that a relative clause
    with a subject of its own hangs on is what its verb acts on."""
    token = tree.tokens[verb]
    if token.deprel != "acl:relcl" or token.head < 0:
        return None
    perfect = token.xpos == "VBN" and any(c.lemma == "have" for c in tree.children(verb, "aux"))
    if token.xpos not in {"VBD", "VBZ", "VBP"} and not perfect:
        return None
    own = [c for c in tree.children(verb, "nsubj") if c.lemma.lower() not in RELATIVE]
    after = verb + 1
    alone = after >= len(tree.tokens) or tree.tokens[after].upos in {"PUNCT", "ADP", "ADV", "SCONJ"}
    near = tree.tokens[token.head].upos in {"NOUN", "PROPN"} and token.head < verb
    return token.head if own and alone and near and own[0].index > token.head else None


def _participle_subject(tree: Tree, verb: int) -> tuple[int, ...]:
    """Subject of a bare participle: headlines drop the auxiliary ("Three wounded in market")."""
    token = tree.tokens[verb]
    subjects = [s for s in tree.children(verb, "nsubj") if not _opens_next(tree, s.index)]
    if not subjects or token.xpos not in {"VBN", "VBD", "JJ"} or tree.children(verb, "aux"):
        return ()
    after = verb + 1
    ends = after >= len(tree.tokens) or tree.tokens[after].upos in {
        "PUNCT",
        "ADP",
        "CCONJ",
        "SCONJ",
    }
    counted = any(_is_counted(tree, s.index) for s in subjects)
    if token.xpos == "VBN" or (ends and counted):
        return _beyond_relatives(tree, verb, [s.index for s in subjects])
    return ()


def _is_counted(tree: Tree, index: int) -> bool:
    return tree.tokens[index].upos == "NUM" or tree.child(index, "nummod") is not None


def _shared_objects(tree: Tree, verb: int, depth: int) -> tuple[int, ...]:
    """Objects a verb shares with its neighbour: "killed or wounded 12", "found dead"."""
    token = tree.tokens[verb]
    if token.head < 0:
        return _later_conjunct_object(tree, verb)
    bare = token.xpos == "VBN" and tree.child(verb, "aux:pass") is None
    if bare and token.deprel == "ccomp" and verb < token.head:
        return ()  # "shot in the head, two men died, police said": not the police
    if token.deprel == "conj" and tree.child(verb, "nsubj") is None:
        first = tree.tokens[token.head]
        torn = torn_subject(tree, verb)
        if torn is not None:
            return (torn,)
        apart = first.upos == "VERB" and not is_passive(tree, token.head)
        if apart and tree.child(verb, "aux:pass") is not None:
            # "a cook ran after them and was shot": the subject of the first is what was done it to
            return find_subjects(tree, token.head, depth)
        return find_objects(tree, token.head, depth)
    own = [s for s in tree.children(verb, "nsubj") if not _opens_next(tree, s.index)]
    if matches(token.deprel, _CONTROL) and not own:
        if token.xpos in {"VBN", "JJ", "NN"} or tree.child(verb, "aux:pass") is not None:
            return find_objects(tree, token.head, depth) or find_subjects(tree, token.head, depth)
        return ()
    return _later_conjunct_object(tree, verb)


def _later_conjunct_object(tree: Tree, verb: int) -> tuple[int, ...]:
    """ "killed and wounded 12 people" may hang the object on the second verb only."""
    for other in tree.children(verb, "conj"):
        between = tree.tokens[verb + 1 : other.index]
        if all(token.upos in {"CCONJ", "ADV", "PUNCT", "AUX"} for token in between):
            objects = tree.children(other.index, "obj", "nsubj:pass")
            if objects:
                return tuple(child.index for child in objects)
    return ()


def _taken_for_object(tree: Tree, verb: int) -> tuple[int, ...]:
    """ "Upwards of 9,000 people had fled": what stands before a verb in the active, and before its
    auxiliary, is its subject, whatever the parser calls it."""
    auxiliaries = [c.index for c in tree.children(verb, "aux")]
    if not auxiliaries or tree.child(verb, "aux:pass") is not None:
        return ()
    return tuple(c.index for c in tree.children(verb, "obj") if c.index < min(auxiliaries))


def find_subjects(tree: Tree, word: int, depth: int = 0) -> tuple[int, ...]:
    """Heads of the subject of a verb or of a predicate adjective; empty when nothing is found."""
    token = tree.tokens[word]
    own = [c.index for c in tree.children(word, "nsubj") if c.upos not in {"PART"}]
    if own:
        return _beyond_relatives(tree, word, own)
    early = _taken_for_object(tree, word)
    if early:
        return early
    whose = _whose(tree, word)
    if whose is not None:
        return (whose,)
    if matches(token.deprel, ("acl", "amod")) and token.head >= 0:
        return (token.head,)
    if depth >= _DEPTH or token.head < 0:
        return ()
    if token.deprel == "parataxis":
        torn = torn_subject(tree, word)
        return (torn,) if torn is not None else ()
    if token.deprel == "conj":
        torn = torn_subject(tree, word)
        return (torn,) if torn is not None else find_subjects(tree, token.head, depth + 1)
    if token.deprel == "ccomp":
        between = [
            c.index
            for c in tree.children(token.head, "nsubj", "obj")
            if token.head < c.index < word
        ]
        if between:  # "police said three women died": both hung on who says it
            return tuple(between)
    if matches(token.deprel, _CONTROL):
        objects = [c.index for c in tree.children(token.head, "obj", "nsubj:pass")]
        return tuple(objects) or find_subjects(tree, token.head, depth + 1)
    return ()


def _whose(tree: Tree, verb: int) -> int | None:
    """ "a woman whose two sons drowned": the sons, not the woman."""
    token = tree.tokens[verb]
    if not token.deprel.startswith("acl") or token.head < 0:
        return None
    for word in tree.tokens[token.head + 1 : verb]:
        if word.lemma.lower() == "whose" and word.head > word.index:
            return word.head
    return None


def _beyond_relatives(tree: Tree, verb: int, found: list[int]) -> tuple[int, ...]:
    """ "people who were killed": the pronoun stands for the noun its clause hangs on."""
    result = []
    for index in found:
        token = tree.tokens[index]
        if token.lemma.lower() in RELATIVE and token.upos in {"PRON", "DET", "SCONJ"}:
            noun = _relative_head(tree, verb)
            if noun is not None:
                result.append(noun)
        else:
            joined = _joined_behind_relative(tree, verb, token)
            result.extend((index,) if joined is None else (joined, index))
    return tuple(result)


def _joined_behind_relative(tree: Tree, verb: int, subject: Token) -> int | None:
    """ "A driver who had come early and two cleaners were killed, he said": a parser may hang the
    driver on who says it, or the predicate on the relative clause; "and" before the only subject
    tells that another one stands before it."""
    if subject.index > verb or tree.child(subject.index, "cc") is None:
        return None
    first = next(
        (t.head for t in reversed(tree.tokens[: subject.index]) if t.deprel == "acl:relcl"), -1
    )
    if first < 0 or not is_noun(tree.tokens[first]) or tree.tokens[first].head < verb:
        return None
    return first


def _relative_head(tree: Tree, verb: int) -> int | None:
    for token in (tree.tokens[verb], *tree.ancestors(verb)):
        if matches(token.deprel, ("acl",)) and token.head >= 0:
            return _beyond_part(tree, token.head)
    return None


def _beyond_part(tree: Tree, noun: int) -> int:
    """ "17 people, including two journalists, who have not been heard of": all of them."""
    case = tree.child(noun, "case")
    whole = tree.head(noun)
    last = max((t.index for t in tree.subtree(noun, "acl")), default=noun)
    apart = last + 1 < len(tree.tokens) and tree.tokens[last].text == ","
    apart = apart or (last + 1 < len(tree.tokens) and tree.tokens[last + 1].text == ",")
    if case is None or case.text.lower() != "including" or whole is None or not apart:
        return noun
    return whole.index if whole.upos in {"NOUN", "PROPN", "NUM"} else noun


def find_agents(tree: Tree, verb: int) -> tuple[int, ...]:
    """Who does it: the ``by`` phrase of a passive, or the subject of an active verb."""
    agents = [
        child.index
        for child in tree.children(verb, "obl", "nmod")
        if any(case.lemma.lower() == "by" for case in tree.children(child.index, "case"))
    ]
    if agents and not _is_active(tree, verb):
        return tuple(agents)
    if is_passive(tree, verb):
        return ()
    return find_subjects(tree, verb)


def _is_active(tree: Tree, verb: int) -> bool:
    """ "Rebels have killed 61, 22 of them by decapitation": "by" says how, and no doer."""
    acts = tree.child(verb, "aux:pass", "nsubj:pass") is None
    subject, undergoer = tree.child(verb, "nsubj"), tree.child(verb, "obj")
    if not acts or subject is None or undergoer is None:
        return False
    return subject.index < verb < undergoer.index


def find_phrases(tree: Tree, head: int, *prepositions: str) -> tuple[int, ...]:
    """Heads of the phrases under ``head`` that begin with one of ``prepositions``. "On a school
    sheltering families" begins with "on", too, where a parser takes that for the mark of a clause,
    or the school for a part of "housing"."""
    found = []
    for child in tree.children(head, "nmod", "obl", "obj", "acl"):
        leads = "mark" if child.deprel == "obj" else "case"
        if not any(c.text.lower() in prepositions for c in tree.children(child.index, leads)):
            continue
        inside = tree.child(child.index, "compound") if child.deprel == "acl" else child
        if inside is not None:
            found.append(inside.index)
    return tuple(found)


def is_noun(token: Token) -> bool:
    """Whether a token can head a phrase of people or things."""
    return token.upos in {"NOUN", "PROPN", "PRON", "NUM"} or token.xpos in {
        "NN",
        "NNS",
        "JJ",
        "CD",
        "DT",
    }
