"""Reporting in a file, one document a line, read when it is asked for."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import msgspec

from harmledger.core.base import Value
from harmledger.core.told import Told
from harmledger.evals.synthetic.make import Printed


class _Line(Value, frozen=True, kw_only=True):
    """As much of a line as is asked for: the truth is not."""

    told: Told


class _Named(Value, frozen=True, kw_only=True):
    id: str


class _Headed(Value, frozen=True, kw_only=True):
    document: _Named


class _Indexed(Value, frozen=True, kw_only=True):
    """As much of a line as the index needs."""

    told: _Headed
    group: str


def write_reports(path: Path, printed: Iterable[Printed]) -> int:
    """Write reporting to ``path`` while it is being made; the number of claims."""
    claims = 0
    encoder = msgspec.json.Encoder()
    with path.open("wb") as file:
        for one in printed:
            file.write(encoder.encode(one) + b"\n")
            claims += len(one.told.claims)
    return claims


class StoredReports(Mapping[str, Told]):
    """What each document of a file tells, by id. ``groups``: origin group by document id."""

    def __init__(self, path: Path) -> None:
        """Find where each document stands in the file."""
        self._file = path.open("rb")
        self._lines: dict[str, tuple[int, int]] = {}
        self.groups: dict[str, str] = {}
        self._decoder = msgspec.json.Decoder(_Line)
        header, names = msgspec.json.Decoder(_Indexed), dict[str, str]()
        start = 0
        for line in self._file:
            head = header.decode(line)
            self._lines[head.told.document.id] = (start, len(line))
            self.groups[head.told.document.id] = names.setdefault(head.group, head.group)
            start += len(line)

    def __getitem__(self, document: str) -> Told:
        start, length = self._lines[document]
        return self._decoder.decode(os.pread(self._file.fileno(), length, start)).told

    def __iter__(self) -> Iterator[str]:
        return iter(self._lines)

    def __len__(self) -> int:
        return len(self._lines)

    def close(self) -> None:
        """Close the file."""
        self._file.close()
