"""Words for people and what they say of status, age, sex and role (reading rule 25)."""

from __future__ import annotations

from functools import cache

from harmledger.core.base import Value
from harmledger.core.claim import Age, Sex, Status
from harmledger.lexicon.files import check_keys, load_yaml, words
from harmledger.lexicon.phrases import PhraseIndex

_FILE = "persons.yaml"


class PersonWord(Value, frozen=True, kw_only=True):
    """What one word says of the people it names."""

    status: Status = "undetermined"
    age: Age | None = None
    sex: Sex | None = None
    roles: tuple[str, ...] = ()
    family: bool = False
    kin: bool = False
    rank: bool = False
    """A rank of soldiers that police bear too."""


class PersonLexicon(Value, frozen=True, kw_only=True):
    """Phrases for people; role phrases may also stand as modifiers ("medical staff").

    ``members`` are nouns whose status lies in what they belong to: one of ``armed``, ``police`` or
    ``civil``; ``leaders`` are civilian with any other name too. ``former`` words end a combatant's
    status. ``address`` maps forms of address and pronouns to the sex they say.
    """

    words: PhraseIndex[PersonWord]
    single: dict[str, PersonWord]
    members: frozenset[str]
    leaders: frozenset[str]
    armed: PhraseIndex[str]
    police: PhraseIndex[str]
    civil: PhraseIndex[str]
    former: frozenset[str]
    address: dict[str, Sex]
    civilian_roles: frozenset[str]
    staff: frozenset[str]
    """Words for those who work for somebody; ``employers`` give them a role."""
    employers: PhraseIndex[str]


def _roles(data: dict[str, object]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for role in data["roles"]:  # type: ignore[attr-defined]
        for word in words(data, _FILE, "roles", role):
            found.setdefault(word, []).append(role)
    return found


def _person(word: str, lists: dict[str, frozenset[str]], roles: tuple[str, ...]) -> PersonWord:
    age: Age | None = None
    for candidate in ("older", "child", "adult"):
        if word in lists[candidate]:
            age = candidate
            break
    sex: Sex | None = (
        "female" if word in lists["female"] else "male" if word in lists["male"] else None
    )
    civilian = (
        word in lists["civilian"]
        or age in ("child", "older")
        or bool(lists["civilian_roles"] & set(roles))
    )
    status: Status = (
        "combatant" if word in lists["combatant"] else "civilian" if civilian else "undetermined"
    )
    return PersonWord(
        status=status,
        age=age,
        sex=sex,
        roles=roles,
        family=word in lists["family"],
        kin=word in lists["kin"],
        rank=word in lists["ranks"],
    )


_LISTS = (
    "plain", "civilian", "combatant", "child", "adult", "older", "female", "male", "kin", "family",
)  # fmt: skip
"""Lists whose words name people."""
_BESIDE = (
    "ranks", "members", "leaders", "civil_bodies", "armed_bodies", "police_bodies", "former",
    "civilian_roles", "staff",
)  # fmt: skip
"""Lists that say something of words beside them."""


@cache
def load_persons() -> PersonLexicon:
    """The person lexicon, one entry per word however many lists name it."""
    data = load_yaml(_FILE)
    check_keys(data, _FILE, (*_LISTS, *_BESIDE, "roles", "address", "employers"))
    check_keys(data["address"], _FILE, ("female", "male"), "address")
    lists = {name: frozenset(words(data, _FILE, name)) for name in (*_LISTS, *_BESIDE)}
    roles = _roles(data)
    every = set().union(*(lists[n] for n in _LISTS), roles)
    entries = {
        word: _person(word, lists, tuple(dict.fromkeys(roles.get(word, ())))) for word in every
    }
    sexes: tuple[Sex, ...] = ("female", "male")
    return PersonLexicon(
        words=PhraseIndex(sorted(entries.items())),
        single=entries,
        members=lists["members"],
        leaders=lists["leaders"],
        armed=_phrases(lists["armed_bodies"]),
        police=_phrases(lists["police_bodies"]),
        civil=_phrases(lists["civil_bodies"]),
        former=lists["former"],
        civilian_roles=lists["civilian_roles"],
        staff=lists["staff"],
        employers=PhraseIndex(
            (word, role)
            for role in data["employers"]
            for word in words(data, _FILE, "employers", role)
        ),
        address={word: sex for sex in sexes for word in words(data, _FILE, "address", sex)},
    )


def _phrases(listed: frozenset[str]) -> PhraseIndex[str]:
    return PhraseIndex((word, word) for word in sorted(listed))
