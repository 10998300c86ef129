"""Packs and backups that somebody made to harm: refused before anything in them is read."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from engines import Place, is_untouched
from fake_rooms import make_rooms
from harmledger.core.errors import LedgerDamaged
from harmledger.ledger import Importer, bag_shape, import_pack, open_ledger, restore_ledger
from harmledger.pipeline import run_paths, view_ledger
from harmledger.pipeline.pack import write_pack

Clock = Callable[[], datetime]
NewPlace = Callable[[str], Place]
BO = Importer(by="Bo", reason="shared by a colleague")
OUTSIDE = "what nobody gave away"


@pytest.fixture
def pack(tmp_path: Path, place: Place, reports: Path, clock: Clock) -> Path:
    """A whole pack; beside it a file that is none of its business."""
    (tmp_path / "private.txt").write_text(OUTSIDE)
    folder = tmp_path / "pack"
    with open_ledger(place, write=True, clock=clock) as ledger:
        run_paths([reports], ledger, clock=clock, maker=make_rooms)
        write_pack(ledger, view_ledger(ledger), folder)
    return folder


def seal_again(pack: Path) -> None:
    """Make both manifests fit what is there, as the author of a hostile pack would."""
    for manifest, top in (("manifest-sha256.txt", "data"), ("tagmanifest-sha256.txt", "")):
        names = sorted(
            path.relative_to(pack).as_posix()
            for path in ((pack / top).rglob("*") if top else pack.iterdir())
            if path.is_file() and path.name != "tagmanifest-sha256.txt"
        )
        write_manifest(pack / manifest, {n: (pack / n).read_bytes() for n in names})


def write_manifest(path: Path, files: dict[str, bytes]) -> None:
    lines = (f"{hashlib.sha256(held).hexdigest()}  {name}\n" for name, held in files.items())
    path.write_text("".join(lines))


def is_refused(pack: Path, new_place: NewPlace, clock: Clock, match: str) -> None:
    """By import and by restore, with nothing taken over and nothing made."""
    ours, new = new_place("ours"), new_place("new")
    with open_ledger(ours, write=True, clock=clock) as ledger:
        head = ledger.head()
        with pytest.raises(LedgerDamaged, match=match):
            import_pack(ledger, pack, BO)
        assert ledger.head() == head
        kept = [ledger.store.read_kept(name) for name in ledger.store.iter_names()]
    with pytest.raises(LedgerDamaged, match=match):
        restore_ledger(pack, new)
    assert is_untouched(new)
    assert not any(OUTSIDE.encode() in content for content in kept)


def test_a_pack_as_it_was_written_is_taken(
    pack: Path, tmp_path: Path, new_place: NewPlace, clock: Clock
) -> None:
    seal_again(pack)
    with open_ledger(new_place("ours"), write=True, clock=clock) as ledger:
        assert import_pack(ledger, pack, BO).added > 0


@pytest.mark.parametrize("inside", ["data/bytes/stolen", "data/extra", "note.txt"])
def test_a_link_out_of_a_pack_is_not_followed(
    pack: Path, tmp_path: Path, new_place: NewPlace, clock: Clock, inside: str
) -> None:
    (pack / inside).symlink_to(tmp_path / "private.txt")
    seal_again(pack)
    is_refused(pack, new_place, clock, "is a link")


def test_a_linked_folder_or_log_is_not_followed(
    pack: Path, tmp_path: Path, new_place: NewPlace, clock: Clock
) -> None:
    log = pack / "data" / "log.jsonl"
    log.rename(tmp_path / "log.jsonl")
    log.symlink_to(tmp_path / "log.jsonl")
    is_refused(pack, new_place, clock, "is a link")
    log.unlink()
    (tmp_path / "log.jsonl").rename(log)
    (pack / "data" / "more").symlink_to(tmp_path, target_is_directory=True)
    is_refused(pack, new_place, clock, "is a link")


@pytest.mark.parametrize("name", ["../private.txt", "data/../../private.txt", "{}/private.txt"])
@pytest.mark.parametrize("manifest", ["manifest-sha256.txt", "tagmanifest-sha256.txt"])
def test_a_manifest_names_nothing_outside(
    pack: Path, tmp_path: Path, new_place: NewPlace, clock: Clock, manifest: str, name: str
) -> None:
    """Even when the hash is right: whoever knows a file's hash learns nothing from us."""
    with (pack / manifest).open("a") as file:
        digest = hashlib.sha256(OUTSIDE.encode()).hexdigest()
        file.write(f"{digest}  {name.format(tmp_path)}\n")
    is_refused(pack, new_place, clock, "names a file outside")


@pytest.mark.parametrize("name", ["data/log.jsonl", "data/claims.jsonl", "manifest-sha256.txt"])
def test_a_line_that_would_fill_the_memory_is_not_read(
    pack: Path,
    tmp_path: Path,
    new_place: NewPlace,
    clock: Clock,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
) -> None:
    held = (p.read_bytes() for p in pack.rglob("*") if p.is_file())
    most = max(len(line) for content in held for line in content.split(b"\n"))
    monkeypatch.setattr(bag_shape, "MAX_LINE_BYTES", most + 10)
    with (pack / name).open("ab") as file:
        file.write(b"x" * (most + 100) + b"\n")
    if name.startswith("data"):
        seal_again(pack)
    is_refused(pack, new_place, clock, "line that is too long")
