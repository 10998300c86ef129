"""Words for people and what they say of status, age, sex and role (reading rule 25)."""

from __future__ import annotations

from functools import cache

from harmledger.core.base import Value
from harmledger.core.claim import Age, Sex, Status
from harmledger.lexicon.files import check_keys, load_yaml, words
from harmledger.lexicon.phrases import PhraseIndex


class PersonWord(Value, frozen=True, kw_only=True):
    """What one word says of the people it names."""

    status: Status = "undetermined"
    age: Age | None = None
    sex: Sex | None = None
    roles: tuple[str, ...] = ()
    family: bool = False
    kin: bool = False


class PersonLexicon(Value, frozen=True, kw_only=True):
    """Phrases for people; role phrases may also stand as modifiers ("medical staff")."""

    words: PhraseIndex[PersonWord]
    single: dict[str, PersonWord]


def _roles(data: dict[str, object]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for role in data["roles"]:  # type: ignore[attr-defined]
        for word in words(data, "persons.yaml", "roles", role):
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
    )


@cache
def load_persons() -> PersonLexicon:
    """The person lexicon, one entry per word however many lists name it."""
    data = load_yaml("persons.yaml")
    names = [
        "plain", "civilian", "combatant", "child", "adult", "older",
        "female", "male", "kin", "family", "civilian_roles",
    ]  # fmt: skip
    check_keys(data, "persons.yaml", (*names, "roles"))
    lists = {name: frozenset(words(data, "persons.yaml", name)) for name in names}
    roles = _roles(data)
    every = set().union(*(lists[n] for n in names if n != "civilian_roles"), roles)
    entries = {
        word: _person(word, lists, tuple(dict.fromkeys(roles.get(word, ())))) for word in every
    }
    return PersonLexicon(words=PhraseIndex(sorted(entries.items())), single=entries)
