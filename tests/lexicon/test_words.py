"""The word lists a recorder may edit: they load, they say what they mean, slips are refused."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib import resources
from typing import Any, get_args

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from harmledger.core.claim import Harm, SiteKind
from harmledger.core.errors import LexiconError
from harmledger.lexicon import files, furniture, harms
from harmledger.lexicon.abbreviations import load_abbreviations
from harmledger.lexicon.files import load_yaml, words
from harmledger.lexicon.furniture import load_furniture
from harmledger.lexicon.harms import load_classes, load_harms
from harmledger.lexicon.linking import load_linking
from harmledger.lexicon.numbers import load_number_profile, load_number_words
from harmledger.lexicon.persons import load_persons
from harmledger.lexicon.phrases import PhraseIndex, split_phrase
from harmledger.lexicon.policies import load_policies
from harmledger.lexicon.reporting import load_reporting
from harmledger.lexicon.responses import load_responses
from harmledger.lexicon.settings import (
    load_actors,
    load_hedges,
    load_means,
    load_scope,
    load_services,
    load_sites,
)
from harmledger.lexicon.times import load_time_words

FILES = sorted(
    entry.name
    for entry in resources.files("harmledger.lexicon").iterdir()
    if entry.name.endswith(".yaml")
)
NUMBERS_BELONG = {"number_profiles.yaml", "time_words.yaml", "policies.yaml"}
LOADERS: list[Callable[[], object]] = [
    load_abbreviations,
    load_actors,
    load_furniture,
    load_harms,
    load_hedges,
    load_linking,
    load_means,
    load_number_words,
    load_persons,
    load_policies,
    load_reporting,
    load_responses,
    load_scope,
    load_services,
    load_sites,
    load_time_words,
]


@pytest.mark.parametrize("load", LOADERS, ids=lambda load: load.__name__)
def test_the_lexicon_loads(load: Callable[[], object]) -> None:
    assert load()


def test_the_default_profile_loads() -> None:
    assert load_number_profile("literal").name == "literal"


def entries_of(data: object, path: str) -> Iterator[tuple[str, object]]:
    """Every entry of every list, and every key, with where it stands."""
    if isinstance(data, dict):
        for key, value in data.items():
            yield f"{path}: a key", key
            yield from entries_of(value, f"{path}.{key}")
    elif isinstance(data, list):
        for entry in data:
            if isinstance(entry, dict | list):
                yield from entries_of(entry, path)
            else:
                yield path, entry


@pytest.mark.parametrize("name", [n for n in FILES if n not in NUMBERS_BELONG])
def test_lists_hold_words_only(name: str) -> None:
    """YAML reads a bare no, on, off or yes as true or false, and that word is lost."""
    wrong = [
        (where, entry)
        for where, entry in entries_of(load_yaml(name), name)
        if not isinstance(entry, str) or not entry.strip()
    ]
    assert wrong == []


@pytest.mark.parametrize("name", FILES)
def test_no_key_is_given_twice(name: str) -> None:
    """YAML keeps the last of two equal keys without a word; the first list would be lost."""
    content = resources.files("harmledger.lexicon").joinpath(name).read_text(encoding="utf-8")

    def walk(node: yaml.Node) -> None:
        if isinstance(node, yaml.MappingNode):
            keys = [key.value for key, _ in node.value]
            assert len(keys) == len(set(keys)), (name, node.start_mark.line + 1)
            for _, value in node.value:
                walk(value)
        elif isinstance(node, yaml.SequenceNode):
            for value in node.value:
                walk(value)

    node = yaml.compose(content, Loader=yaml.SafeLoader)
    assert node is not None
    walk(node)


def test_every_harm_of_the_contract_can_be_said() -> None:
    lexicon = load_harms()
    said = {word.harm for found in lexicon.verbs.values() for word in found}
    said |= {word.harm for found in lexicon.states.values() for word in found}
    # without number or object of its own; services.yaml says these two
    denied: set[Harm] = {"service_denied", "access_denied"}
    nouns: set[Harm] = {"mass_burial", "killed_or_injured"}
    assert set(get_args(Harm)) == said | denied | nouns
    assert load_services().services.first_words()
    assert load_services().truces


def test_harms_yaml_names_only_harms_and_known_patterns() -> None:
    data = load_yaml("harms.yaml")
    sorts = data.pop("classes")
    assert load_classes().keys() == {f"<{name}>" for name in sorts}
    assert set(data) <= set(get_args(Harm))
    for harm, lists in data.items():
        ways = {"verbs", "negated", "unable", "nouns", "states", "phrases", "tolls"}
        ways |= {"vehicles", "lines", "held"}
        marks = {"weak", "people", "counted", "fighters", "kin", "unless"}
        assert set(lists) <= ways | marks, harm
        for key in ("verbs", "negated", "unable"):
            assert set(lists.get(key) or {}) <= {"object", "subject"}, harm
        assert set(lists.get("nouns") or {}) <= {"of_person", "of_event"}, harm


def test_a_verb_with_company_comes_before_the_bare_verb() -> None:
    for lemma, found in load_harms().verbs.items():
        company = [len(word.company) for word in found]
        assert company == sorted(company, reverse=True), lemma
    assert load_harms().verbs["shoot"][0].harm == "killed"
    assert load_harms().verbs["shoot"][-1].harm == "injured"


def test_site_kinds_are_those_of_the_contract() -> None:
    assert set(load_yaml("sites.yaml")["kinds"]) <= set(get_args(SiteKind))


@pytest.mark.parametrize(
    ("word", "status", "age", "sex", "roles"),
    [
        ("soldier", "combatant", None, None, ()),
        ("policeman", "undetermined", None, "male", ("police",)),
        ("nurse", "civilian", None, None, ("health_worker",)),
        ("girl", "civilian", "child", "female", ()),
        ("woman", "undetermined", "adult", "female", ()),
        ("villager", "civilian", None, None, ()),
        ("people", "undetermined", None, None, ()),
    ],
)
def test_what_a_word_says_of_people(
    word: str, status: str, age: str | None, sex: str | None, roles: tuple[str, ...]
) -> None:
    said = load_persons().single[word]
    assert (said.status, said.age, said.sex, said.roles) == (status, age, sex, roles)


# ---- slips ---------------------------------------------------------------------------------------


def test_a_word_yaml_reads_as_false_is_refused() -> None:
    data = yaml.safe_load("killed: {verbs: {object: [kill, no]}}")
    with pytest.raises(
        LexiconError, match=r"harms\.yaml: killed\.verbs\.object holds False.*quotes"
    ):
        words(data, "harms.yaml", "killed", "verbs", "object")


def test_words_are_lower_cased_and_an_absent_list_is_empty() -> None:
    data = {"forces": ["Navy", "IDF"], "empty": None}
    assert words(data, "actors.yaml", "forces") == ("navy", "idf")
    assert words(data, "actors.yaml", "nowhere") == ()
    assert words(data, "actors.yaml", "empty", "below") == ()


class Shelf:
    """Stands in for the package's files; gives one content for every name."""

    def __init__(self, content: str) -> None:
        self._content = content

    def joinpath(self, name: str) -> Shelf:
        return self

    def read_text(self, encoding: str) -> str:
        return self._content


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("killed: [kill, murder", "not valid YAML"),
        ("- kill\n- murder\n", "expected a mapping"),
        ("", "expected a mapping"),
        ("a: !!python/object/apply:os.getcwd []", "not valid YAML"),
    ],
)
def test_a_broken_file_is_named(monkeypatch: pytest.MonkeyPatch, content: str, says: str) -> None:
    monkeypatch.setattr(files.resources, "files", lambda _: Shelf(content))
    monkeypatch.setattr(files, "_parse", files._parse.__wrapped__)  # not what was read before
    with pytest.raises(LexiconError, match=rf"lexicon/harms\.yaml.*{says}"):
        load_yaml("harms.yaml")


def test_a_bare_no_in_the_harm_words_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    broken: dict[str, Any] = {"killed": {"states": ["dead", False]}}
    monkeypatch.setattr(harms, "load_yaml", lambda _: broken)
    with pytest.raises(LexiconError, match=r"killed\.states"):
        load_harms.__wrapped__()


def test_an_unknown_key_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(furniture, "load_yaml", lambda _: {"hole": ["sign up"]})
    with pytest.raises(LexiconError, match="unknown key 'hole'"):
        load_furniture.__wrapped__()


# ---- phrases -------------------------------------------------------------------------------------

WORD = st.sampled_from(["air", "strike", "force", "car", "bomb", "of", "war"])
PHRASE = st.lists(WORD, min_size=1, max_size=4).map(" ".join)


def match(index: PhraseIndex[str], text: str, start: int = 0) -> tuple[int, str] | None:
    lowered = text.lower().split()
    return index.match(lowered, lowered, start)


@given(st.lists(PHRASE, min_size=1, max_size=8), st.lists(WORD, min_size=1, max_size=8))
def test_the_longest_phrase_wins(phrases: list[str], text: list[str]) -> None:
    index = PhraseIndex((phrase, phrase) for phrase in phrases)
    for start in range(len(text)):
        fitting = [p for p in phrases if text[start : start + len(p.split())] == p.split()]
        found = index.match(text, text, start)
        if not fitting:
            assert found is None
        else:
            longest = max(fitting, key=lambda p: len(p.split()))
            assert found == (start + len(longest.split()), longest)


@given(st.lists(WORD, min_size=1, max_size=4))
def test_hyphens_part_words_as_spaces_do(parts: list[str]) -> None:
    spaced, joined = " ".join(parts), "-".join(parts)
    assert split_phrase(spaced) == split_phrase(joined) == tuple(parts)
    tokens = " - ".join(parts).split()  # as the parser parts a hyphenated word
    for phrase in (spaced, joined):
        index = PhraseIndex([(phrase, "it")])
        assert index.match(tokens, tokens, 0) == (len(tokens), "it")
        assert index.match(parts, parts, 0) == (len(parts), "it")


def test_a_word_matches_its_form_or_its_lemma() -> None:
    index = PhraseIndex([("air strike", "air"), ("struck", "form")])
    assert index.match(["air", "strikes"], ["air", "strike"], 0) == (2, "air")
    assert index.match(["struck"], ["strike"], 0) == (1, "form")


def test_the_first_of_two_equal_phrases_stands() -> None:
    assert match(PhraseIndex([("war", "first"), ("war", "second")]), "war") == (1, "first")


def test_a_phrase_does_not_run_past_the_end() -> None:
    index = PhraseIndex([("air strike force", "it")])
    assert match(index, "air strike") is None
    assert match(index, "air strike -") is None


def test_an_empty_phrase_matches_nothing() -> None:
    assert PhraseIndex([("", "it"), (" - ", "it")]).first_words() == frozenset()
