"""docs/fields.md: every field of every value an export writes, from the values themselves."""

from __future__ import annotations

import ast
import importlib
import types
import typing
from collections.abc import Iterator
from pathlib import Path

import msgspec

MODULES = (
    "document",
    "claim",
    "span",
    "quantity",
    "when",
    "place",
    "incident",
    "response",
    "unresolved",
    "decision",
    "change",
)
ROWS = {
    "Document": "documents.jsonl",
    "Claim": "claims.jsonl (and there: `standing`, `origin`)",
    "Response": "responses.jsonl",
    "Incident": "incidents.jsonl",
    "Total": "totals.jsonl",
    "Unresolved": "unresolved.jsonl",
    "NumberState": "numbers.jsonl (and there: `document`)",
    "Decision": "decisions.jsonl",
    "Change": "changes.jsonl",
}
ADDED = {
    "standing": "What became of the claim: proposed · accepted · rejected · amended · set_aside · "
    "carried · outdated · withdrawn.",
    "origin": "Whom the claim rests on: an Origin.",
}
INSIDE_ONLY = ("Item", "Refusal", "Text", "Block", "Sentence", "SeenPlace", "SeenVoice")
INSIDE_ONLY += ("SeenTime", "TimeHit", "Judgement", "Sum")
"""Values that carry things between rooms and are written to no file."""


class Field(msgspec.Struct, frozen=True):
    """A key of an exported value: its type in words and what its own code says about it."""

    name: str
    type: str
    says: str


class Described(msgspec.Struct, frozen=True):
    """An exported value."""

    name: str
    says: str
    fields: tuple[Field, ...]


def iter_values() -> Iterator[Described]:
    """Every value that stands in an export, in the order of ``MODULES``."""
    for name in MODULES:
        module = importlib.import_module(f"harmledger.core.{name}")
        tree = ast.parse(Path(str(module.__file__)).read_text(encoding="utf-8"))
        for node in tree.body:
            if not isinstance(node, ast.ClassDef) or node.name in INSIDE_ONLY:
                continue
            value = getattr(module, node.name)
            if issubclass(value, msgspec.Struct):
                yield _describe(value, node)


def render_fields() -> str:
    """The page's tables."""
    parts = []
    for value in iter_values():
        where = f"\n\nOne row of {ROWS[value.name]}." if value.name in ROWS else ""
        table = ["| key | type | |", "|---|---|---|"]
        table += [f"| `{f.name}` | {f.type} | {f.says} |" for f in value.fields]
        parts.append("\n".join([f"## {value.name}", "", value.says + where, "", *table, ""]))
    added = [f"- `{name}`: {says}" for name, says in ADDED.items()]
    return "\n".join([*parts, "## What an export adds to a claim", "", *added])


def _describe(value: type[msgspec.Struct], node: ast.ClassDef) -> Described:
    hints = typing.get_type_hints(value)
    said = _attribute_docs(node)
    fields = tuple(
        Field(name=name, type=_type_words(hints[name]), says=said.get(name, ""))
        for name in value.__struct_fields__
    )
    return Described(name=node.name, says=_flat(ast.get_docstring(node) or ""), fields=fields)


def _attribute_docs(node: ast.ClassDef) -> dict[str, str]:
    """The string under a field, by the field's name."""
    docs: dict[str, str] = {}
    for field, below in zip(node.body, node.body[1:], strict=False):
        if (
            isinstance(field, ast.AnnAssign)
            and isinstance(field.target, ast.Name)
            and isinstance(below, ast.Expr)
            and isinstance(below.value, ast.Constant)
        ):
            docs[field.target.id] = _flat(str(below.value.value))
    return docs


def _flat(text: str) -> str:
    return " ".join(text.split()).replace("``", "`").replace("|", "\\|")


def _type_words(hint: object) -> str:
    origin, inside = typing.get_origin(hint), typing.get_args(hint)
    if origin is typing.Literal:
        return " · ".join(str(word) for word in inside)
    if origin in (typing.Union, types.UnionType):
        return " or ".join(_type_words(one) for one in inside)
    if origin is tuple:
        kept = [one for one in inside if one is not Ellipsis]
        many = "list of " if Ellipsis in inside else "pair of "
        return many + " and ".join(dict.fromkeys(_type_words(one) for one in kept))
    if origin is dict:
        return "object"
    if hint is type(None):
        return "null"
    words = {str: "text", int: "number", float: "decimal", bool: "true or false"}
    if hint in words:
        return words[typing.cast(type, hint)]
    return getattr(hint, "__name__", str(hint))
