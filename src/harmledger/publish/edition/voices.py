"""Who may be named. Everybody else is a side, an office, a sealed person.

Safety does not rest on recognising names: a name is shown because an office or a public body
stands beside it, never because it looks harmless. What is missed: bodies with unusual names are
withheld too, until a speaker is released.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from harmledger.core.claim import AllegedPerpetrator, Voice
from harmledger.core.edition import ShownVoice
from harmledger.lexicon.gazetteer import Gazetteer
from harmledger.lexicon.linking import fold, load_linking
from harmledger.lexicon.nations import load_nations
from harmledger.lexicon.phrases import split_phrase
from harmledger.lexicon.profiles import Profile, load_public_names
from harmledger.lexicon.settings import load_actors

_WORD = re.compile(r"[^\W\d_][\w'’.-]*|\d+")
_OFFICIAL_SIDES = ("civil_authority", "health", "humanitarian", "monitor", "court", "media")
_NAME = re.compile(r"[^\W\d_][\w'’.-]*(?: [^\W\d_][\w'’.-]*){0,4}")


class Names:
    """Decides word by word what of a voice may be shown."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
        self._public = load_public_names()
        self._nations = load_nations()
        self._actors = load_actors()
        self._known = _known_bodies()

    def show_voice(self, voice: Voice, profile: Profile, *, released: bool = False) -> ShownVoice:
        """``released``: two people let this speaker be named."""
        office, side = self.find_office(voice.role), self.show_side(voice.side)
        body = self.find_body(voice.organisation) or self.find_body(voice.name)
        personal = voice.name is not None and self.find_body(voice.name) is None
        holds = office is not None and _is_official(voice.side) and not voice.unsure
        shown = "names" in profile.shows and personal and (released or holds)
        return ShownVoice(
            side=side,
            office=office,
            body=body,
            name=voice.name if shown and voice.name and _NAME.fullmatch(voice.name) else None,
            sealed=personal and not shown,
        )

    def show_side(self, side: str) -> str:
        """``belligerent:<name>`` keeps its name only if that is a public body or a country."""
        kind, colon, name = side.partition(":")
        body = self.find_body(name) if colon else None
        return f"{kind}:{body}" if body else kind

    def find_office(self, role: str | None) -> str | None:
        """The office that the role's words name, else None."""
        said = f" {' '.join(_WORD.findall((role or '').lower()))} "
        return next((o for o in self._public.offices if f" {o} " in said), None)

    def find_body(self, name: str | None) -> str | None:
        """``name`` when it can only be a public body's: known, a country, or made of the words
        that bodies' names are made of and of places."""
        if not name:
            return None
        bare = re.sub(r"\s*\([^)]*\)$", "", name).strip()
        if fold(bare) in self._known or self._is_group(bare) or self._nations.find_code(bare):
            return bare
        found = [word.lower() for word in _WORD.findall(bare)]
        head = any(word in self._public.body_heads for word in found)
        return bare if head and self._is_made_of_public_words(bare, found) else None

    def find_accused(self, accused: AllegedPerpetrator | None, profile: Profile) -> str | None:
        """The accused force or body, if it is one; a person accused is never named."""
        if accused is None or "accused" not in profile.shows:
            return None
        return self.find_body(accused.name)

    def _is_group(self, name: str) -> bool:
        words = split_phrase(name)
        hit = self._actors.groups.match(words, words, 0) if words else None
        return hit is not None and hit[0] == len(words)

    def _is_made_of_public_words(self, name: str, found: list[str]) -> bool:
        proper = [w for w in _WORD.findall(name) if w.lower() not in self._public.body_words]
        return all(self._nations.find_code(w) for w in proper) or self._is_place(proper)

    def _is_place(self, words: list[str]) -> bool:
        """One gazetteer name and nothing more ("Mariupol city council")."""
        return 0 < len(words) <= 3 and bool(self._gazetteer.named(" ".join(words)))


def _is_official(side: str) -> bool:
    return side.partition(":")[0] in (*_OFFICIAL_SIDES, "belligerent")


def _known_bodies() -> frozenset[str]:
    linking = load_linking()
    return frozenset((*(fold(a) for a in linking.agencies), *(name for name, _ in linking.bodies)))


def find_host(url: str | None, *, released: bool) -> str | None:
    """The host of an address when it is a known outlet's, or its source was released."""
    host = (urlsplit(url).hostname or "") if url else ""
    bare = host.removeprefix("www.")
    known = load_public_names().hosts
    listed = any(bare == name or bare.endswith(f".{name}") for name in known)
    return bare if bare and (released or listed) else None
