"""No key in an export without its words."""

from __future__ import annotations

import json
import re
import sys
import typing
from collections.abc import Iterator
from pathlib import Path

import fields
import msgspec
import pytest

from harmledger.core.change import Change
from harmledger.core.claim import Claim
from harmledger.core.decision import Decision
from harmledger.core.document import Document
from harmledger.core.incident import Incident, Total
from harmledger.core.response import Response
from harmledger.core.unresolved import NumberState, Unresolved

ROWS = (Document, Claim, Response, Incident, Total, Unresolved, NumberState, Decision, Change)


def iter_structs(hint: object) -> Iterator[type[msgspec.Struct]]:
    if isinstance(hint, type) and issubclass(hint, msgspec.Struct):
        yield hint
    for inside in typing.get_args(hint):
        yield from iter_structs(inside)


def reachable() -> tuple[type[msgspec.Struct], ...]:
    """The rows of an export and every value inside them."""
    found: dict[type[msgspec.Struct], None] = {}
    waiting = list(ROWS)
    while waiting:
        value = waiting.pop(0)
        if value not in found:
            found[value] = None
            for hint in typing.get_type_hints(value).values():
                waiting.extend(iter_structs(hint))
    return tuple(found)


@pytest.mark.parametrize("value", reachable(), ids=lambda value: value.__name__)
def test_every_key_is_explained(value: type[msgspec.Struct], root: Path) -> None:
    described = {one.name: one for one in fields.iter_values()}
    assert value.__name__ in described, "add its module to scripts/fields.py and run `make docs`"
    contract = (root / "docs" / "contract.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`(\w+)`", contract))
    named |= set(re.findall(r"\b(\w+)\b", described[value.__name__].says))
    silent = [f.name for f in described[value.__name__].fields if not (f.says or f.name in named)]
    assert not silent, (
        f"{value.__name__}: say in docs/contract.md or in a docstring what {silent} is"
    )


def test_the_words_of_the_closed_lists_are_in_the_contract(root: Path) -> None:
    contract = (root / "docs" / "contract.md").read_text(encoding="utf-8")
    for value, name in ((Claim, "harm"), (Unresolved, "reason"), (Decision, "action")):
        words = typing.get_args(typing.get_type_hints(value)[name])
        missing = [word for word in words if not re.search(rf"\b{word}\b", contract)]
        assert not missing, f"{name}: {missing} not in docs/contract.md"


def test_an_export_has_no_other_keys(root: Path, tmp_path: Path) -> None:
    sys.path.insert(0, str(root / "tests" / "publish"))
    from sample_view import sample_texts, sample_view

    from harmledger.publish import write_export

    known = {one.name: {f.name for f in one.fields} for one in fields.iter_values()}
    files = {words.split()[0]: name for name, words in fields.ROWS.items()}
    added = {"claims.jsonl": set(fields.ADDED), "numbers.jsonl": {"document"}}
    seen = set()
    for path in write_export(sample_view(), sample_texts, tmp_path / "out", "jsonl"):
        if path.suffix == ".jsonl":
            keys = {key for row in path.read_text("utf-8").splitlines() for key in json.loads(row)}
            assert keys <= known[files[path.name]] | added.get(path.name, set()), path.name
            seen.add(path.name)
    assert seen == set(files)
