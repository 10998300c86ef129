"""Files and folders become items; what cannot be handed out is named and stops nothing."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from harmledger.capture import files, find_items, records
from harmledger.core.document import Item, Refusal
from harmledger.core.ids import sha256_of


def items(*paths: Path) -> list[Item]:
    return [found for found in find_items(paths) if isinstance(found, Item)]


def refusals(*paths: Path) -> list[Refusal]:
    return [found for found in find_items(paths) if isinstance(found, Refusal)]


def test_a_folder_is_walked_in_order_and_bytes_are_unchanged(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    for name, content in {
        "c.txt": b"\xff\r\n",
        "a.md": b"x",
        "b/z.HTML": b"<p>",
        "b/y.htm": b"",
    }.items():
        (tmp_path / name).write_bytes(content)
    found = items(tmp_path)
    assert [item.name for item in found] == ["a", "y", "z", "c"]
    assert [item.media_type for item in found] == [
        "text/markdown",
        "text/html",
        "text/html",
        "text/plain",
    ]
    assert found[3].content == b"\xff\r\n"
    assert found[3].sha256 == sha256_of(b"\xff\r\n")
    assert found[3].path == str(tmp_path / "c.txt")


def test_hidden_files_and_readmes_are_passed_over_inside_a_folder_only(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    for name in (".hidden.txt", ".git/x.txt", "README.md", "readme.txt", "report.txt"):
        (tmp_path / name).write_text("Three people were killed.")
    assert [item.name for item in items(tmp_path)] == ["report"]
    assert refusals(tmp_path) == []
    assert [item.name for item in items(tmp_path / "README.md")] == ["README"]


def test_other_endings_are_listed(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"%PDF-")
    (tmp_path / "plain").write_bytes(b"x")
    found = refusals(tmp_path)
    assert [refusal.kind for refusal in found] == ["unknown_media_type"] * 2
    assert found[0].path.endswith("a.pdf")
    assert ".pdf" in found[0].reason
    assert ".md" in found[0].reason


def test_missing_paths_empty_folders_and_devices_are_refused(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    os.mkfifo(tmp_path / "pipe.txt")
    found = refusals(tmp_path / "gone.txt", tmp_path / "empty", tmp_path / "pipe.txt")
    assert [refusal.kind for refusal in found] == ["unreadable"] * 3
    assert "No such file" in found[0].reason
    assert "nothing to read" in found[1].reason
    assert "regular file" in found[2].reason


def test_link_loops_end(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text("x")
    (tmp_path / "in" / "up").symlink_to(tmp_path)
    (tmp_path / "self.txt").symlink_to(tmp_path / "self.txt")
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nothing")
    found = list(find_items([tmp_path]))
    assert [item.name for item in found if isinstance(item, Item)] == ["a"]
    reasons = [refusal.reason for refusal in found if isinstance(refusal, Refusal)]
    assert len(reasons) == 3
    assert any("link back" in reason for reason in reasons)


def test_a_folder_linked_twice_is_read_once(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "x.txt").write_text("x")
    (tmp_path / "b").symlink_to(tmp_path / "a")
    assert len(list(find_items([tmp_path]))) == 1


def test_a_folder_that_may_not_be_opened_stops_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "closed").mkdir()
    (tmp_path / "open.txt").write_text("x")
    real = Path.iterdir

    def iterdir(self: Path) -> Iterator[Path]:
        if self.name == "closed":
            raise PermissionError(13, "Permission denied")
        return real(self)

    monkeypatch.setattr(Path, "iterdir", iterdir)
    found = list(find_items([tmp_path]))
    assert [type(one) for one in found] == [Refusal, Item]
    assert isinstance(found[0], Refusal)
    assert "Permission denied" in found[0].reason


def test_a_file_that_is_too_large_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "MAX_FILE_BYTES", 10)
    (tmp_path / "fits.txt").write_bytes(b"x" * 10)
    (tmp_path / "large.txt").write_bytes(b"x" * 11)
    assert [item.name for item in items(tmp_path)] == ["fits"]
    assert "too large" in refusals(tmp_path)[0].reason


def test_records_are_lines(tmp_path: Path) -> None:
    path = tmp_path / "wire.jsonl"
    path.write_bytes(
        b'\xef\xbb\xbf{"id": "one", "text": "a"}\r\n\n  \n{"id": 7, "text": "b"}\n'
        b'{"text": "c"}\nnot json\n[1]'
    )
    found = items(path)
    assert [item.name for item in found] == ["one", "7", "wire#5", "wire#6", "wire#7"]
    assert [item.record for item in found] == [1, 4, 5, 6, 7]
    assert found[1].content == b'{"id": 7, "text": "b"}'
    assert found[1].path == f"{path} line 4"
    assert {item.media_type for item in found} == {"application/x-ndjson-record"}
    assert refusals(path) == []


def test_a_line_that_is_too_long_is_refused_and_the_others_go_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(records, "MAX_LINE_BYTES", 20)
    path = tmp_path / "wire.jsonl"
    path.write_bytes(
        b'{"text": "a"}\n' + b"x" * 90 + b"\n" + b'{"text": "abcdefgh"}\r\n' + b"y" * 50
    )
    found = list(find_items([path]))
    assert [type(one) for one in found] == [Item, Refusal, Item, Refusal]
    assert [one.path.split()[-1] for one in found] == ["1", "2", "3", "4"]


@pytest.mark.parametrize("content", [b"", b"\n \n", b"\xef\xbb\xbf\n"])
def test_a_file_without_records_says_so(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "wire.jsonl"
    path.write_bytes(content)
    assert [refusal.kind for refusal in refusals(path)] == ["cannot_parse"]


def test_records_in_utf16_are_refused_once(tmp_path: Path) -> None:
    path = tmp_path / "wire.jsonl"
    path.write_bytes('{"text": "a"}\n{"text": "b"}\n'.encode("utf-16"))
    found = list(find_items([path]))
    assert [one.kind for one in found if isinstance(one, Refusal)] == ["cannot_decode"]
    assert len(found) == 1


def test_a_name_that_is_no_utf8_can_be_shown(tmp_path: Path) -> None:
    name = os.fsdecode(b"caf\xe9.txt")
    (tmp_path / name).write_text("x")
    found = items(tmp_path)
    assert found[0].name == "caf\ufffd"
    assert found[0].path.encode("utf-8").endswith("caf\ufffd.txt".encode())


def test_items_come_one_at_a_time(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("x")
    (tmp_path / "b.txt").write_text("y")
    found = find_items([tmp_path])
    assert isinstance(next(found), Item)
    (tmp_path / "b.txt").unlink()
    assert isinstance(next(found), Refusal)
