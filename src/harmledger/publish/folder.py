"""Writing a folder of files: all of it or nothing, and never over files that are not ours."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec

from harmledger.core.base import Value
from harmledger.core.errors import WrongUsage
from harmledger.core.ids import sha256_of


class Manifest(Value, frozen=True, kw_only=True):
    """What one export wrote: path inside the folder -> sha256 of the file."""

    kind: str
    policies: tuple[str, ...] = ()
    as_of: str | None = None
    head: str | None = None
    files: dict[str, str]


def manifest_name(kind: str) -> str:
    return f"manifest-{kind}.json"


def _find_manifests(folder: Path) -> list[Manifest]:
    found = []
    for path in sorted(folder.glob(manifest_name("*"))):
        try:
            found.append(msgspec.json.decode(path.read_bytes(), type=Manifest))
        except msgspec.DecodeError as error:
            raise WrongUsage(
                f"{path} is no manifest of harmledger ({error}); choose another folder."
            ) from error
    return found


def _check_room(folder: Path, names: set[str]) -> None:
    """Raises WrongUsage where a file to be written would replace one we did not write."""
    if folder.exists() and not folder.is_dir():
        raise WrongUsage(f"{folder} is a file; name a folder.")
    ours = {name for manifest in _find_manifests(folder) for name in manifest.files}
    for name in sorted(names - ours):
        if (folder / name).exists() and not name.startswith("manifest-"):
            raise WrongUsage(
                f"{folder / name} was not written by harmledger and would be replaced; "
                "choose another folder or move it away."
            )


def _move_in(staging: Path, folder: Path, kind: str, names: list[str]) -> None:
    before = [manifest for manifest in _find_manifests(folder) if manifest.kind == kind]
    others = {n for m in _find_manifests(folder) if m.kind != kind for n in m.files}
    for name in names:
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        (staging / name).replace(target)
    stale = {name for manifest in before for name in manifest.files} - set(names) - others
    for name in stale:
        inside = (folder / name).resolve()
        if inside.is_relative_to(folder.resolve()):
            inside.unlink(missing_ok=True)


@contextmanager
def staged_folder(folder: Path, manifest: Manifest) -> Iterator[Path]:
    """A new folder beside ``folder`` to write into; moved into place when the block ends well.

    A new ``folder`` appears in one step. In an existing one each file is replaced in one step,
    files of an earlier export of the same kind that are no longer written go, others stay.

    Raises:
        WrongUsage: a file that harmledger did not write stands in the way.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    staging = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    try:
        yield staging
        names = sorted(p.relative_to(staging).as_posix() for p in staging.rglob("*") if p.is_file())
        files = {name: sha256_of((staging / name).read_bytes()) for name in names}
        full = msgspec.structs.replace(manifest, files=files)
        own = manifest_name(manifest.kind)
        (staging / own).write_bytes(msgspec.json.format(msgspec.json.encode(full), indent=1))
        _check_room(folder, set(names))
        if folder.exists():
            _move_in(staging, folder, manifest.kind, [*names, own])
        else:
            staging.chmod(0o755)
            staging.rename(folder)
    finally:
        shutil.rmtree(staging, ignore_errors=True)
