"""What stands inside a speaker's phrase: names, bodies, roles, nationalities, and where."""

from __future__ import annotations

from harmledger.core.base import Value
from harmledger.extract.language.tree import Name
from harmledger.extract.passage import Passage
from harmledger.extract.voices.offices import name_behind_office
from harmledger.extract.voices.phrases import Phrase, text_of
from harmledger.lexicon.nations import Nations, load_nations
from harmledger.lexicon.persons import load_persons
from harmledger.lexicon.reporting import KnownBody, ReportingLexicon
from harmledger.lexicon.settings import load_actors

_CASES = frozenset(
    ["of", "for", "in", "at", "from", "to", "with", "on", "by", "about", "near", "inside"]
)
_SKIP_BEFORE = frozenset(
    {"the", "a", "an", "other", "some", "several", "many", "two", "three", "local", "senior", "top",
     "one", "this", "that", "these", "those", "its", "his", "her", "their", "our", "another",
     "both", "all", "unnamed", "unidentified", "anonymous"}
)  # fmt: skip


class Part(Value, frozen=True, kw_only=True):
    """Tokens ``first..last`` and what they are. ``main``: not behind a preposition."""

    first: int
    last: int
    text: str
    side: str = ""
    main: bool = True
    known: KnownBody | None = None


class Parts(Value, frozen=True, kw_only=True):
    """Everything found in one phrase, each list in text order."""

    persons: tuple[Part, ...] = ()
    roles: tuple[Part, ...] = ()
    bodies: tuple[Part, ...] = ()
    nations: tuple[Part, ...] = ()
    towns: tuple[Part, ...] = ()


def find_parts(passage: Passage, phrase: Phrase, lexicon: ReportingLexicon) -> Parts:
    """Look through a phrase. Names come from the tree, the rest from the lexicon."""
    main = _main_words(passage, phrase)
    persons = _persons(passage, phrase, lexicon, main)
    taken = {i for part in persons for i in range(part.first, part.last + 1)}
    bodies = _bodies(passage, phrase, lexicon, main, taken)
    named = taken | {i for b in bodies if b.known for i in range(b.first, b.last + 1)}
    roles = _roles(passage, phrase, lexicon, main, named)
    nations = load_nations()
    countries = _nations(passage, phrase, nations, main, taken)
    covered = {(r.first, r.last) for r in roles}
    abroad = {i for n in countries for i in range(n.first, n.last + 1)}
    bodies = tuple(
        b
        for b in bodies
        if b.known
        or ((b.first, b.last) not in covered and not set(range(b.first, b.last + 1)) <= abroad)
    )
    return Parts(
        persons=persons,
        roles=roles,
        bodies=bodies,
        nations=countries,
        towns=_towns(passage, phrase, nations, main),
    )


def _main_words(passage: Passage, phrase: Phrase) -> set[int]:
    """Words not behind a preposition; a comma ends what a preposition opened."""
    covered = {
        i for n in passage.tree.names for i in range(n.first + 1, n.last + 1) if n.kind != "LOC"
    }
    main: set[int] = set()
    behind = False
    for i in range(phrase.first, phrase.last + 1):
        word = passage.lowered[i]
        if word == "," or (word in {"–", "(", "—"}):
            behind = False
        elif word in _CASES and i not in covered and i > phrase.first:
            behind = True
        elif not behind:
            main.add(i)
    return main


def _persons(
    passage: Passage, phrase: Phrase, lexicon: ReportingLexicon, main: set[int]
) -> tuple[Part, ...]:
    held = name_behind_office(passage, phrase, lexicon)
    if held is not None:
        return (Part(first=held[0], last=held[1], text=text_of(passage, *held)),)
    found = []
    covered = _known_words(passage, phrase, lexicon)
    for name in passage.tree.names:
        if name.kind != "PER" or name.first > phrase.last or name.last < phrase.first:
            continue
        if name.first in covered or _owns(passage, phrase, name):
            continue
        first, last = max(name.first, phrase.first), min(name.last, phrase.last)
        while first < last and passage.lowered[first].rstrip(".") in lexicon.titles:
            first += 1
        while first < last and passage.lowered[last] in {"'s", "’s", "."}:
            last -= 1
        if passage.tokens[first].text == "-":  # "the Secretary-General's report": an office
            continue
        while last < min(phrase.last, first + 2) and _is_bare_name(
            passage, last + 1, lexicon, load_nations()
        ):
            last += 1  # "ombudsman Ivan Bondar": the tree may give the first name alone
        word = passage.lowered[first].rstrip(".")
        if word in lexicon.titles | lexicon.not_names or _is_known(passage, first, lexicon):
            continue
        while first > phrase.first and (
            _is_bare_name(passage, first - 1, lexicon, load_nations())
            or (
                passage.tokens[first].deprel == "flat"
                and passage.tokens[first].head == first - 1
                and passage.lowered[first - 1] not in lexicon.titles
            )
        ):
            first -= 1
        while last < phrase.last and _goes_on(passage, last + 1, first):
            last += 1
        found.append(
            Part(first=first, last=last, text=text_of(passage, first, last), main=first in main)
        )
    return tuple(found) or _titled(passage, phrase, lexicon, main)


def _goes_on(passage: Passage, at: int, first: int) -> bool:
    """ "Inspector Shamim Hossain of Ukhiya": a name the parser joins to one it marked as such."""
    token = passage.tokens[at]
    joined = token.deprel == "flat" and token.head in {first - 1, first, at - 1}
    return joined and token.upos == "PROPN" and not token.entity and token.text[:1].isupper()


def _owns(passage: Passage, phrase: Phrase, name: Name) -> bool:
    """ "the Ombudsman's delegate Nora Quispe": an owner is not the one who speaks."""
    after = name.last + 1
    owner = after < phrase.last and passage.lowered[after] in {"'s", "’s", "'", "’"}
    return owner and not name.first <= phrase.head <= name.last


def _known_words(passage: Passage, phrase: Phrase, lexicon: ReportingLexicon) -> set[int]:
    """Tokens of bodies known by name, which no person's name may take."""
    found: set[int] = set()
    for at in range(phrase.first, phrase.last + 1):
        hit = lexicon.known.match(passage.lowered, passage.lemmas, at)
        if hit is not None and _is_known(passage, at, lexicon):
            found |= set(range(at, hit[0]))
    return found


def _titled(
    passage: Passage, phrase: Phrase, lexicon: ReportingLexicon, main: set[int]
) -> tuple[Part, ...]:
    """A run of names right after a title or role, where the tree marks no person."""
    nations = load_nations()
    for i in range(phrase.first, phrase.last):
        word = passage.lowered[i].rstrip(".")
        if word not in lexicon.titles and passage.lemmas[i] not in lexicon.persons_again:
            continue
        last = i
        while last < phrase.last and _is_bare_name(passage, last + 1, lexicon, nations):
            last += 1
        if last > i and i + 1 in main:
            return (Part(first=i + 1, last=last, text=text_of(passage, i + 1, last)),)
    return _set_off(passage, phrase, nations)


def _set_off(passage: Passage, phrase: Phrase, nations: Nations) -> tuple[Part, ...]:
    """ "the head of the Sumy region, Oleh Petrenko": a name of two words or more between commas at
    the end of the phrase is who holds the office, even where the tree takes it for a place; not one
    that the gazetteer knows."""
    named = [n for n in passage.tree.names if phrase.first < n.first and n.last == phrase.last]
    for name in named:
        comma = passage.lowered[name.first - 1] == ","
        place = any(s.start < name.end and name.start < s.end for s in passage.places)
        nation = any(nations.find_code(t.text) for t in passage.tokens[name.first : name.last + 1])
        if comma and name.last > name.first and not place and not nation and name.kind == "LOC":
            words = text_of(passage, name.first, name.last)
            return (Part(first=name.first, last=name.last, text=words),)
    return ()


def _is_bare_name(passage: Passage, at: int, lexicon: ReportingLexicon, nations: Nations) -> bool:
    token = passage.tokens[at]
    return (
        token.upos == "PROPN"
        and token.entity != "LOC"
        and token.text[:1].isupper()
        and passage.lowered[at].rstrip(".") not in lexicon.titles | lexicon.not_names
        and nations.find_code(token.text) is None
        and lexicon.bodies.match(passage.lowered, passage.lemmas, at) is None
        and lexicon.people.match(passage.lowered, passage.lemmas, at) is None
        and not _is_known(passage, at, lexicon)
    )


def _is_known(passage: Passage, at: int, lexicon: ReportingLexicon) -> bool:
    hit = lexicon.known.match(passage.lowered, passage.lemmas, at)
    return hit is not None and any(
        not body.exact or text_of(passage, at, hit[0] - 1) == body.written for body in hit[1]
    )


def _roles(
    passage: Passage,
    phrase: Phrase,
    lexicon: ReportingLexicon,
    main: set[int],
    taken: set[int],
) -> tuple[Part, ...]:
    found, at = [], phrase.first
    while at <= phrase.last:
        hit = None if at in taken else lexicon.people.match(passage.lowered, passage.lemmas, at)
        body = lexicon.bodies.match(passage.lowered, passage.lemmas, at)
        if hit is None and at == phrase.head and at not in taken and body is None:
            hit = _any_human(passage, at)
        if hit is not None and body is not None and body[0] > hit[0]:
            at = body[0]
            continue
        if hit is None or hit[0] - 1 > phrase.last:
            at += 1
            continue
        text = text_of(passage, at, hit[0] - 1).lower()
        found.append(Part(first=at, last=hit[0] - 1, text=text, side=hit[1], main=at in main))
        at = hit[0]
    return tuple(found)


def _any_human(passage: Passage, at: int) -> tuple[int, str] | None:
    hit = load_persons().words.match(passage.lowered, passage.lemmas, at)
    if hit is None or passage.tokens[at].upos not in {"NOUN", "PROPN"}:
        return None
    return hit[0], "belligerent" if hit[1].status == "combatant" else "resident"


def _bodies(
    passage: Passage,
    phrase: Phrase,
    lexicon: ReportingLexicon,
    main: set[int],
    taken: set[int],
) -> tuple[Part, ...]:
    found: list[Part] = []
    at = phrase.first
    while at <= phrase.last:
        part = None if at in taken else _body_at(passage, phrase, lexicon, main, at)
        if part is None:
            at += 1
            continue
        found.append(part)
        at = part.last + 1
    return tuple(found)


def _body_at(
    passage: Passage, phrase: Phrase, lexicon: ReportingLexicon, main: set[int], at: int
) -> Part | None:
    hit = lexicon.known.match(passage.lowered, passage.lemmas, at)
    if hit is not None and hit[0] - 1 <= phrase.last and _is_known(passage, at, lexicon):
        body = hit[1][0]
        longer = _longer_name(passage, phrase, lexicon, main, at)
        if longer is not None and longer.last >= hit[0]:
            return longer
        return Part(
            first=at, last=hit[0] - 1, text=body.name, side=body.side, main=at in main, known=body
        )
    group = load_actors().groups.match(passage.lowered, passage.lemmas, at)
    if group is not None and group[0] - 1 <= phrase.last and passage.tokens[at].text[:1].isupper():
        return _group(passage, at, group[0] - 1, main)
    plain = lexicon.bodies.match(passage.lowered, passage.lemmas, at)
    if plain is not None and plain[0] - 1 <= phrase.last:
        called = _called(passage, phrase, lexicon, main, at)
        if called is not None and called.last == plain[0]:
            return called
        return Part(
            first=at, last=plain[0] - 1, text=text_of(passage, at, plain[0] - 1),
            side=plain[1], main=at in main,
        )  # fmt: skip
    return _named_body(passage, phrase, lexicon, main, at)


def _group(passage: Passage, first: int, last: int, main: set[int]) -> Part:
    text = text_of(passage, first, last)
    body = KnownBody(name=text, side="belligerent", party=text, written=text)
    return Part(
        first=first, last=last, text=text, side="belligerent", main=first in main, known=body
    )


def _longer_name(
    passage: Passage, phrase: Phrase, lexicon: ReportingLexicon, main: set[int], at: int
) -> Part | None:
    """ "The United Nations Truth Commission": a body of its own inside the body known."""
    part = _named_body(passage, phrase, lexicon, main, at)
    if part is None or passage.lowered[part.last] not in _OWN_BODIES:
        return None
    return part if passage.tokens[part.last].text[:1].isupper() else None


_OWN_BODIES = frozenset({"commission", "tribunal", "committee", "mission", "panel"})


def _called(
    passage: Passage, phrase: Phrase, lexicon: ReportingLexicon, main: set[int], at: int
) -> Part | None:
    """ "The NGO Fundaredes", "the newspaper Extra": one word of kind, and the name behind it."""
    name = at + 1
    if name > phrase.last or passage.lowered[at] not in _KINDS or at not in main:
        return None
    token = passage.tokens[name]
    alone = name == phrase.last or passage.tokens[name + 1].upos != "PROPN"
    if token.upos != "PROPN" or token.entity in {"PER", "LOC"} or not alone:
        return None
    body = lexicon.bodies.match(passage.lowered, passage.lemmas, at)
    side = body[1] if body is not None else "unknown"
    return Part(first=at, last=name, text=token.text, side=side, main=True)


_KINDS = frozenset(
    {"ngo", "group", "newspaper", "daily", "agency", "charity", "collective", "foundation",
     "observatory", "network", "association", "broadcaster", "website", "magazine", "organisation",
     "organization", "outlet"}
)  # fmt: skip


def _named_body(
    passage: Passage, phrase: Phrase, lexicon: ReportingLexicon, main: set[int], at: int
) -> Part | None:
    """An organisation the tree names; its words may say what kind it is."""
    for name in passage.tree.names:
        if name.kind != "ORG" or name.first != at or name.last > phrase.last:
            continue
        if passage.lowered[name.first] in lexicon.not_names:
            return None
        hits = [
            (hit[0] - i, hit[1])
            for i in range(name.first, name.last + 1)
            if (hit := lexicon.bodies.match(passage.lowered, passage.lemmas, i)) is not None
        ]
        side = max(hits, key=lambda hit: hit[0])[1] if hits else "unknown"
        text = text_of(passage, name.first, name.last)
        if load_nations().find_code(text) is not None:
            return None
        return Part(first=name.first, last=name.last, text=text, side=side, main=at in main)
    return None


def _nations(
    passage: Passage, phrase: Phrase, nations: Nations, main: set[int], taken: set[int]
) -> tuple[Part, ...]:
    found, at = [], phrase.first
    while at <= phrase.last:
        for width in (3, 2, 1):
            last = at + width - 1
            if last > phrase.last or at in taken:
                continue
            text = text_of(passage, at, last)
            code = None if passage.lowered[at] == "the" else nations.find_code(text)
            if code is not None and passage.tokens[at].text[:1].isupper():
                found.append(Part(first=at, last=last, text=text, side=code, main=at in main))
                at = last
                break
        at += 1
    return tuple(found)


def _towns(passage: Passage, phrase: Phrase, nations: Nations, main: set[int]) -> tuple[Part, ...]:
    runs = [(n.first, n.last) for n in passage.tree.names if n.kind == "LOC"]
    runs += [run for n in passage.tree.names if n.kind == "ORG" for run in _town_behind(passage, n)]
    return tuple(
        Part(first=first, last=last, text=text_of(passage, first, last), main=first in main)
        for first, last in sorted(runs)
        if phrase.first <= first <= last <= phrase.last
        and nations.find_code(text_of(passage, first, last)) is None
    )


def _town_behind(passage: Passage, name: Name) -> list[tuple[int, int]]:
    """ "city council of Lviv", taken for one name of a body: the town behind "of"."""
    for at in range(name.first + 1, name.last):
        proper = all(t.upos == "PROPN" for t in passage.tokens[at + 1 : name.last + 1])
        if passage.lowered[at] == "of" and proper:
            return [(at + 1, name.last)]
    return []


def widen_body(passage: Passage, phrase: Phrase, body: Part) -> tuple[int, str]:
    """A body's own words with the adjectives before it, without article or owner.

    Gives the first token and the text ("Israeli military", "Anglican diocese").
    """
    first = body.first
    while first > phrase.first:
        before = first - 1
        token = passage.tokens[before]
        if token.text.lower() in _SKIP_BEFORE or token.upos not in {"ADJ", "NOUN", "PROPN"}:
            break
        if before + 1 <= phrase.last and passage.lowered[before + 1] in {"-", "'s", "’s"}:
            break
        first = before
    return first, text_of(passage, first, body.last)
