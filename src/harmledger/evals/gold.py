"""Reports marked up by hand: the files of ``tests/gold`` as values (docs/annotation.md).

Two strata, always reported apart. Half of each is frozen: scored once per version of the
extractor and never looked into.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Literal

import msgspec

from harmledger.core.base import Value
from harmledger.core.claim import Age, Cause, Harm, Modality, Sex, SiteKind, Stance, Status
from harmledger.core.errors import CannotParse
from harmledger.core.ids import canonical_json, sha256_of
from harmledger.core.quantity import Extent, Scope, Unit

Stratum = Literal["written", "found"]
Half = Literal["development", "frozen"]
FOLDERS: dict[Stratum, str] = {"written": "reports", "found": "found"}
EARLIER = "first"
"""The folder of first markings that a settled one has replaced (docs/annotation.md)."""
SUFFIX = ".gold.json"
_DAY = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?[~?%]?")


class GoldClaim(Value, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One claim as a person entered it; the keys are explained in docs/annotation.md."""

    n: int
    start: int
    end: int
    harm: Harm
    stance: Stance
    modality: Modality
    low: int | None
    high: int | None
    unit: Unit | None
    scope: Scope | None
    extent: Extent | None
    cause: Cause | None
    part_of: int | None
    status: Status | None
    age: Age | None
    sex: Sex | None
    roles: tuple[str, ...]
    site: SiteKind | None
    services: tuple[str, ...] = ()
    place: str | tuple[str, ...] | None
    date: str | None
    voice: str | None
    perpetrator: str | None
    optional: bool
    note: str | None = None


class Unclear(Value, frozen=True, kw_only=True):
    """A passage an annotator would ask a colleague about."""

    start: int
    end: int
    note: str


class TreebankSource(Value, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Where a found text lies: a CoNLL-U file below the folder of data, and its ``newdoc`` id."""

    file: str
    newdoc: str


class GoldDocument(Value, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One marked-up report. ``text_sha256`` is over the text that the offsets count in; without a
    ``source`` a found text is a MUC-4 message."""

    doc: str
    stratum: Stratum
    text_sha256: str
    published: str | None
    annotator: str
    claims: tuple[GoldClaim, ...]
    out_of_scope: tuple[tuple[int, int], ...]
    unclear: tuple[Unclear, ...]
    source: TreebankSource | None = None


def is_frozen(doc: str) -> bool:
    """Whether the sha256 of the document's name ends in an odd hex digit."""
    return int(sha256_of(doc.encode("utf-8"))[-1], 16) % 2 == 1


def load_gold(folder: Path, stratum: Stratum, half: Half) -> tuple[GoldDocument, ...]:
    """One half of one stratum below ``folder``, by name. The other half is not opened.

    Raises:
        CannotParse: files are malformed; every fault is named with its file and key.
        MissingResource: there is no such folder.
    """
    found, faults = [], []
    for path in find_files(folder, stratum, half):
        try:
            found.append(parse_gold(path.read_bytes(), path, stratum))
        except CannotParse as error:
            faults.append(str(error))
    if faults:
        raise CannotParse("\n".join(["the gold is malformed; mend these keys:", *faults]))
    return tuple(found)


def load_earlier(folder: Path, documents: Sequence[GoldDocument]) -> dict[str, GoldDocument]:
    """The first markings of those documents that were marked up again and settled, by name.

    Raises:
        CannotParse: one is malformed, or of another text.
    """
    found = {}
    for document in documents:
        path = folder / EARLIER / f"{document.doc}{SUFFIX}"
        if not path.exists():
            continue
        first = parse_gold(path.read_bytes(), path, document.stratum)
        if first.text_sha256 != document.text_sha256:
            raise CannotParse(f"{path} marks up another text than its settled gold")
        found[document.doc] = first
    return found


def find_files(folder: Path, stratum: Stratum, half: Half) -> tuple[Path, ...]:
    """The gold files of one half, by name.

    Raises:
        CannotParse: there is no such folder.
    """
    inside = folder / FOLDERS[stratum]
    if not inside.is_dir():
        raise CannotParse(
            f"{inside} is no folder; point --gold at the folder that holds "
            f"{' and '.join(FOLDERS.values())}"
        )
    wanted = half == "frozen"
    paths = sorted(inside.glob(f"*{SUFFIX}"))
    return tuple(p for p in paths if is_frozen(p.name.removesuffix(SUFFIX)) == wanted)


def parse_gold(content: bytes, path: Path, stratum: Stratum) -> GoldDocument:
    """The gold of one file.

    Raises:
        CannotParse: it is not what docs/annotation.md describes; names file and key.
    """
    try:
        gold = msgspec.json.decode(content, type=GoldDocument, strict=True)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise CannotParse(f"{path}: {error}") from error
    faults = list(_find_faults(gold, path.name.removesuffix(SUFFIX), stratum))
    if faults:
        raise CannotParse("\n".join(f"{path}: {fault}" for fault in faults))
    return gold


def _find_faults(gold: GoldDocument, name: str, stratum: Stratum) -> Iterator[str]:
    if gold.doc != name:
        yield f"`doc` is {gold.doc!r}, the file is called {name!r}"
    if gold.stratum != stratum:
        yield f"`stratum` is {gold.stratum!r} in the folder of {stratum!r}"
    numbers = Counter(claim.n for claim in gold.claims)
    yield from (f"`n` {n} stands {times} times" for n, times in numbers.items() if times > 1)
    for claim in gold.claims:
        where = f"claim {claim.n}"
        if not 0 <= claim.start < claim.end:
            yield f"{where}: `start` {claim.start} is not before `end` {claim.end}"
        if claim.low is not None and claim.high is not None and claim.low > claim.high:
            yield f"{where}: `low` {claim.low} is above `high` {claim.high}"
        if claim.part_of is not None and claim.part_of not in numbers:
            yield f"{where}: `part_of` {claim.part_of} is no claim of this file"
        if claim.date is not None and find_days(claim.date) is None:
            yield f"{where}: `date` {claim.date!r} is no EDTF day or interval"


def find_days(edtf: str) -> tuple[str, str] | None:
    """First and last ISO day of an EDTF day, month, year or interval of them; None if it is none
    of these. An open end is kept as the empty string."""
    parts = edtf.split("/")
    if len(parts) > 2:
        return None
    bounds = [("", "") if part in ("", "..") else _bounds(part) for part in parts]
    first, last = bounds[0], bounds[-1]
    if first is None or last is None or first == last == ("", ""):
        return None
    return first[0], last[1]


def _bounds(day: str) -> tuple[str, str] | None:
    match = _DAY.fullmatch(day)
    if match is None:
        return None
    year, month, number = (int(part) if part else None for part in match.groups())
    try:
        first = date(year or 0, month or 1, number or 1)
        if number is not None:
            last = first
        elif month is not None:
            last = date(first.year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
        else:
            last = date(first.year, 12, 31)
    except ValueError:
        return None
    return first.isoformat(), last.isoformat()


def hash_gold(documents: Sequence[GoldDocument]) -> str:
    """One hash over all that was marked up, texts included by their own hashes."""
    return sha256_of(canonical_json(sorted((as_row(d) for d in documents), key=_name)))


def as_row(gold: GoldDocument) -> dict[str, object]:
    """What was marked up, as it goes into a hash; a source that is not there leaves no trace."""
    row: dict[str, object] = msgspec.to_builtins(gold)
    return {key: value for key, value in row.items() if (key, value) != ("source", None)}


def _name(row: dict[str, object]) -> str:
    return str(row["doc"])
