"""From a speaker's phrase to a voice: name, role, the body spoken for, and the side."""

from __future__ import annotations

import msgspec

from harmledger.core.base import Value
from harmledger.core.claim import Voice
from harmledger.extract.passage import Passage
from harmledger.extract.voices.parts import Part, Parts, find_parts, widen_body
from harmledger.extract.voices.phrases import Phrase, text_of
from harmledger.lexicon.nations import load_capitals, load_nations
from harmledger.lexicon.reporting import ReportingLexicon, load_reporting

_ARTICLES = frozenset({"the", "a", "an"})
_KEEPS_PHRASE = frozenset(
    {"adviser", "advisor", "head", "chief", "director", "aide", "commander", "leader"}
)
_OWN_SIDES = frozenset({"health", "humanitarian", "monitor", "media", "court"})


class Described(Value, frozen=True, kw_only=True):
    """A voice and what it was made of."""

    voice: Voice
    person: bool = False
    plural: bool = False


def describe(passage: Passage, phrase: Phrase, warring: frozenset[str]) -> Described | None:
    """The voice a phrase names; None when nothing in it can speak.

    ``warring`` holds the alpha-3 codes of the parties whose forces the document names.
    """
    lexicon = load_reporting()
    parts = find_parts(passage, phrase, lexicon)
    person = next((p for p in parts.persons if p.main), None)
    if person is None and _is_mute(passage, phrase, parts, lexicon):
        return None
    role = None if person is None and _body_leads(phrase, parts) else _choose_role(phrase, parts)
    body = _choose_body(phrase, parts, role, person)
    if person is None and role is None and body is None:
        return _describe_nation(passage, phrase, parts, warring)
    names = [p.text for p in parts.persons if p.main]
    name = (
        " and ".join(dict.fromkeys(names)) if _joint(passage, phrase) else next(iter(names), None)
    )
    organisation = _organisation(passage, phrase, parts, role, body)
    if name is None and role is None:
        name = organisation
    voice = Voice(
        name=_clean(name),
        role=_role_words(passage, phrase, role, lexicon, person, parts),
        organisation=organisation,
        side=_side(parts, role, body, warring, lexicon),
        as_written=_as_written(passage, phrase),
    )
    plural = role is not None and name is None and passage.tokens[role.last].xpos in {"NNS", "NNPS"}
    return Described(
        voice=voice, person=person is not None or (role is not None and not plural), plural=plural
    )


def _clean(name: str | None) -> str | None:
    return " ".join(name.split()) if name else None


def _is_mute(passage: Passage, phrase: Phrase, parts: Parts, lexicon: ReportingLexicon) -> bool:
    head = passage.lemmas[phrase.head]
    if head in lexicon.not_speakers:
        return not any(p.first <= phrase.head <= p.last for p in (*parts.roles, *parts.bodies))
    return not any(p.main for p in (*parts.roles, *parts.bodies, *parts.nations, *parts.towns))


def _joint(passage: Passage, phrase: Phrase) -> bool:
    inside = range(phrase.first, phrase.last + 1)
    return any(passage.lowered[i] in {"and", "&"} for i in inside)


def _body_leads(phrase: Phrase, parts: Parts) -> bool:
    """Whether the head of the phrase is a body, not a person ("the army chief" is a person)."""
    on_head = [b for b in parts.bodies if b.first <= phrase.head <= b.last]
    roles = [r for r in parts.roles if r.first <= phrase.head <= r.last]
    if not on_head:
        return False
    widest = max(b.last - b.first for b in on_head)
    return (
        not roles or any(b.known for b in on_head) or widest >= max(r.last - r.first for r in roles)
    )


def _choose_role(phrase: Phrase, parts: Parts) -> Part | None:
    main = [r for r in parts.roles if r.main]
    if not main:
        return None
    on_head = [r for r in main if r.first <= phrase.head <= r.last]
    if on_head and not parts.persons:
        return on_head[0]
    return max(main, key=lambda r: (len(r.text.split()), -r.first))


def _choose_body(
    phrase: Phrase, parts: Parts, role: Part | None, person: Part | None
) -> Part | None:
    main = [b for b in parts.bodies if b.main]
    if main:
        on_head = [b for b in main if b.first <= phrase.head <= b.last]
        known = [b for b in main if b.known is not None]
        return (known or on_head or main)[0]
    if role is None and person is None:
        return None
    return next(iter(parts.bodies), None)


def _describe_nation(
    passage: Passage, phrase: Phrase, parts: Parts, warring: frozenset[str]
) -> Described | None:
    """A country, or the capital that stands for it, speaking by its bare name."""
    nations = load_nations()
    text = text_of(passage, phrase.first, phrase.last)
    bare = text[4:] if text[:4].lower() == "the " else text
    code = nations.find_country(bare) or load_capitals().get(bare.lower())
    if code is None:
        return None
    country = nations.names.get(code, bare)
    side = f"belligerent:{country}" if code in warring else "civil_authority"
    voice = Voice(name=bare, organisation=country, side=side, as_written=bare)
    return Described(voice=voice)


def _organisation(
    passage: Passage, phrase: Phrase, parts: Parts, role: Part | None, body: Part | None
) -> str | None:
    lexicon = load_reporting()
    if body is not None:
        if body.known is not None:
            return body.known.name
        first, text = widen_body(passage, phrase, body)
        return _placed(passage, parts, first, body, text, lexicon)
    for part in [*([role] if role else []), *parts.roles]:
        template = lexicon.speaks_for.get(_singular(passage, part))
        if template is not None:
            place = _place_of(passage, parts, _singular(passage, part) in lexicon.local)
            if place is None and template.endswith("} region"):
                return None
            return template.format(place=place or "").strip()
    return None


def _singular(passage: Passage, part: Part) -> str:
    words = [*passage.lowered[part.first : part.last], passage.lemmas[part.last]]
    return " ".join(words)


def _placed(
    passage: Passage, parts: Parts, first: int, body: Part, text: str, lexicon: ReportingLexicon
) -> str:
    """Put the place of a body before it: "health ministry in Gaza" is "Gaza health ministry"."""
    if any(p.first >= first and p.last <= body.last for p in (*parts.nations, *parts.towns)):
        return text
    place = _place_of(passage, parts, body.text.lower() in lexicon.local)
    return f"{place} {text}" if place else text


def _place_of(passage: Passage, parts: Parts, local: bool) -> str | None:
    nations = load_nations()
    if parts.towns:
        return parts.towns[0].text
    if parts.nations and not local:
        code = parts.nations[0].side
        return nations.demonyms.get(code, parts.nations[0].text)
    return None


def _role_words(
    passage: Passage,
    phrase: Phrase,
    role: Part | None,
    lexicon: ReportingLexicon,
    person: Part | None,
    parts: Parts,
) -> str | None:
    if role is None:
        return _title(passage, phrase, lexicon, person)
    last = role.last
    if passage.lemmas[role.last] in _KEEPS_PHRASE and not any(b.main for b in parts.bodies):
        last = _through_phrase(passage, phrase, role.last)
    if role.text in lexicon.not_roles:
        return None
    text = text_of(passage, role.first, last)
    return text if last > role.last else text.lower()


def _through_phrase(passage: Passage, phrase: Phrase, last: int) -> int:
    """Through "of …" or "to …" right after a role, up to a comma or the end of the phrase."""
    if last + 1 > phrase.last or passage.lowered[last + 1] not in {"of", "to"}:
        return last
    at = last + 1
    while at + 1 <= phrase.last and passage.tokens[at + 1].text not in {",", "–", "(", "—"}:
        if passage.tokens[at + 1].entity == "PER":
            break
        at += 1
    return at


def _title(
    passage: Passage, phrase: Phrase, lexicon: ReportingLexicon, person: Part | None
) -> str | None:
    if person is None or person.first == 0:
        return None
    word = passage.lowered[person.first - 1].rstrip(".")
    if word not in lexicon.titles or word in lexicon.not_roles:
        return None
    return lexicon.title_roles.get(word, word)


def _as_written(passage: Passage, phrase: Phrase) -> str:
    first = phrase.first
    if first < phrase.last and passage.lowered[first] in _ARTICLES:
        first += 1
    return text_of(passage, first, phrase.last)


def _side(
    parts: Parts,
    role: Part | None,
    body: Part | None,
    warring: frozenset[str],
    lexicon: ReportingLexicon,
) -> str:
    nation = next((p for p in parts.nations), None)
    at_war = nation is not None and nation.side in warring
    own = role.side if role is not None else ""
    if body is not None and own in {"", "civil_authority"}:
        own = body.side if body.side != "unknown" or not own else own
    if own == "belligerent":
        return _belligerent(body, role, nation, at_war)
    words = {p.text.lower().rstrip("s") for p in (role, body) if p is not None}
    if own == "civil_authority" and at_war and nation is not None and words & lexicon.state_voices:
        return f"belligerent:{_country(nation)}"
    return own or "unknown"


def _belligerent(body: Part | None, role: Part | None, nation: Part | None, at_war: bool) -> str:
    if body is not None and body.known is not None and body.known.party:
        return f"belligerent:{body.known.party}"
    groups = load_reporting().armed_groups
    own = next((p for p in (body, role) if p is not None and p.side == "belligerent"), None)
    if own is not None and own.text.lower() in groups | {f"{word}s" for word in groups}:
        return f"belligerent:{own.text.lower()}"
    if nation is not None:
        return f"belligerent:{_country(nation)}" if at_war else "civil_authority"
    part = body if body is not None and body.side == "belligerent" else role
    return f"belligerent:{part.text.lower()}" if part is not None else "unknown"


def _country(nation: Part) -> str:
    return load_nations().names.get(nation.side, nation.text)


def renamed(described: Described, **changes: str | bool | None) -> Described:
    """The same speaker with other words for it."""
    return msgspec.structs.replace(
        described, voice=msgspec.structs.replace(described.voice, **changes)
    )
