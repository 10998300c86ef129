"""The command line: exit codes, plain words, JSON, and no traceback for anything foreseen."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import typer.main

from behind import change, dump_tables
from engines import Place, is_untouched
from fake_rooms import make_rooms
from harmledger.cli import main
from harmledger.ledger import open_ledger
from harmledger.pipeline import read_paths, run_paths

_built = cache(typer.main.get_command)
"""The tree of commands: building it anew for each is half the time of these tests."""


class Cli:
    """Runs a command in this process, with small rooms in place of the real ones."""

    def __init__(
        self,
        ledger: Place,
        monkeypatch: pytest.MonkeyPatch,
        capsys: pytest.CaptureFixture[str],
    ) -> None:
        self.ledger = ledger
        self._patch = monkeypatch
        self._capsys = capsys
        monkeypatch.setenv("HARMLEDGER_LEDGER", str(ledger))
        monkeypatch.setenv("COLUMNS", "200")
        monkeypatch.setattr(typer.main, "get_command", _built)
        for command in (run_paths, read_paths):
            monkeypatch.setitem(command.__kwdefaults__, "maker", make_rooms)

    def __call__(self, *words: object, code: int = 0) -> str:
        self._patch.setattr(sys, "argv", ["harmledger", *map(str, words)])
        with pytest.raises(SystemExit) as ended:
            main()
        out, self.err = self._capsys.readouterr()
        assert (ended.value.code or 0) == code, out + self.err
        return out

    def json(self, *words: object, code: int = 0) -> Any:
        return json.loads(self(*words, "--format", "json", code=code))


@pytest.fixture
def cli(place: Place, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Cli:
    return Cli(place, monkeypatch, capsys)


@pytest.fixture
def done(cli: Cli, reports: Path) -> Cli:
    cli("run", reports, code=3)
    return cli


def claim_of(cli: Cli, document: str = "a", number: int = 0) -> str:
    claims = cli.json("show", document)["claims"]
    return str(claims[number]["id"])


def test_run_ends_with_a_table(cli: Cli, reports: Path) -> None:
    out = cli("run", reports, code=3)
    assert "Mariupol" in out
    assert "3–5" in out
    assert "weak" in out
    assert "3 documents read, 2 documents not read" in out
    assert "d.txt: no encoding fits" in out
    assert "no publication date" in out
    assert "Working copy: contains quotes; stays on this machine" in out
    assert "assume_civilian" in out
    assert cli.err == ""


def test_run_without_refusals_ends_with_zero(cli: Cli, reports: Path) -> None:
    out = cli("run", reports / "a.txt", reports / "b.txt")
    assert "2 documents read." in out
    assert "not read" not in out


def test_run_as_json(cli: Cli, reports: Path) -> None:
    told = cli.json("run", reports, code=3)
    assert told["read"] == 3
    assert [Path(r["path"]).name for r in told["refusals"]] == ["d.txt", "e.txt"]
    assert told["incidents"][0]["readings"]
    assert told["unresolved"] == {"no_publication_date": 3}
    assert "not read:" in cli.err


def test_read_streams_one_object_a_line(cli: Cli, reports: Path) -> None:
    lines = cli("read", reports, code=3).splitlines()
    assert [json.loads(line)["document"]["name"] for line in lines] == ["a", "b", "c"]
    assert is_untouched(cli.ledger)


def test_show_lists_what_there_is(done: Cli) -> None:
    out = done("show")
    assert "Documents" in out
    assert "The Fake Courier" in out


def test_show_document_marks_claims_without_colour(done: Cli) -> None:
    out = done("show", "a")
    assert "Shelling left ⟦1: 3 people killed⟧. The mayor said ⟦2: 17 were injured⟧." in out


def test_show_claim_leads_to_the_bytes(done: Cli) -> None:
    claim = claim_of(done)
    out = done("show", claim)
    told = done.json("show", claim)
    assert "⟦claim: 3 people killed⟧" in out
    assert told["document"]["sha256"] in out
    assert told["claim"]["text_sha256"] in out
    assert f"entry {told['log_entry']}" in out
    assert "a.txt" in out


def test_show_incident_by_code_and_by_id(done: Cli) -> None:
    told = done.json("show")["incidents"][0]
    by_code, by_id = done("show", told["code"]), done("show", told["id"])
    assert by_code == by_id
    assert "“5 people killed”" in by_code
    assert "assume_civilian" in by_code
    repeats = done.json("show", told["id"])["repeats"]
    assert {node["kind"] for node in repeats["nodes"]} <= {"document", "origin"}
    assert f"Who repeats whom: {repeats['origins']} independent origin" in by_code


def test_show_something_else(done: Cli) -> None:
    done("show", "clm_none", code=2)
    assert "nothing here is called 'clm_none'" in done.err
    assert "Traceback" not in done.err


def test_tally_under_every_policy(done: Cli) -> None:
    told = done.json("tally", "--policy", "all")
    policies = {r["policy"] for i in told["incidents"] for r in i["readings"]}
    assert {"literal"} < policies
    assert told["sums"]
    acled = next(name for name in told["policies"] if name.startswith("acled"))
    assert told["not_counted"][acled] == ["injured"]
    out = done("tally", "--policy", "all")
    assert "not counted by this policy: injured" in out
    assert "have not checked or endorsed" in out


def test_tally_says_why_policies_differ(done: Cli) -> None:
    incident = done.json("tally", "--policy", "all")["incidents"][0]
    killed = next(c for c in incident["compared"] if c["harm"] == "killed")
    says = {p["policy"]: p for p in killed["policies"]}
    assert killed["source_effect"] == [3, 5]
    assert (says["acled@2017"]["differs"], says["literal"]["differs"]) == (True, False)
    assert says["acled@2017"]["why"] == ["the lowest that stands"]
    assert "compared" not in done.json("tally")["incidents"][0]
    out = done("tally", "--policy", "all")
    assert "source effect" in out
    assert "Policy effect" in out
    assert "recorded, not actual, harm" in out


def test_tally_of_one_incident(done: Cli) -> None:
    told = done.json("tally")["incidents"]
    for name in (told[0]["id"], told[0]["code"]):
        assert done.json("tally", "--incident", name)["incidents"] == told
    assert "No incident fits" in done("tally", "--incident", "inc_none")


def test_changes_by_day_and_since_a_head(done: Cli, tmp_path: Path) -> None:
    days = done.json("changes")
    assert [c["kind"] for c in days] == ["new_incident", "first_figure", "first_figure"]
    assert done.json("changes", "--since", days[0]["at"]) == []
    assert "first figure" in done("changes")
    saved = tmp_path / "head.json"
    done("verify", "--save-head", saved)
    head = re.findall(r"[0-9a-f]{64}", saved.read_text())[0]
    assert "Nothing changed" in done("changes", "--since", head)
    done("review", "reject", claim_of(done, "b"), *signed())
    told = done.json("changes", "--since", head[:12])
    assert {"withdrawn", "narrowed"} <= {c["kind"] for c in told}
    assert all(c["decisions"] for c in told)
    out = done("changes", "--since", head)
    assert "withdrawn" in out
    done("changes", "--since", "0" * 16, code=2)
    assert "no entries of this record" in done.err
    done("changes", "--since", head, "--until", "2024-01-01", code=2)


def test_tally_by_place_and_day(done: Cli) -> None:
    assert done.json("tally", "--place", "mariupol")["incidents"]
    assert done.json("tally", "--place", "UKR")["incidents"]
    assert done.json("tally", "--place", "Kunduz")["incidents"] == []
    assert done.json("tally", "--from", "2022-03-10")["incidents"] == []
    assert done.json("tally", "--to", "2022-03-09")["incidents"]
    assert "No incident fits" in done("tally", "--place", "Kunduz")


def test_tally_as_of(done: Cli) -> None:
    told = done.json("tally", "--as-of", "2022-03-09")
    assert all(r["low"] is None for i in told["incidents"] for r in i["readings"])


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("tally", "--policy", "guess"), "there is no policy 'guess'"),
        (("tally", "--as-of", "yesterday"), "is no date"),
        (("run", "nowhere"), "nothing at nowhere"),
        (("review", "amend", "clm_1", "--by", "A", "--reason", "b", "--set", "x"), "FIELD=VALUE"),
        (("review", "add", "a", "1-2", "killed", "--by", "A", "--reason", "b"), "is no span"),
        (("show", "--colour"), "No such option"),
        (("review", "accept", "clm_1"), "--by"),
    ],
)
def test_wrong_usage_is_two(done: Cli, words: tuple[str, ...], said: str) -> None:
    done(*words, code=2)
    assert said in done.err
    assert "Traceback" not in done.err


def test_no_ledger_is_wrong_usage(cli: Cli) -> None:
    cli("show", code=2)
    assert "there is no ledger at" in cli.err


@pytest.mark.sqlite_file("PostgreSQL takes several writers at a time, one entry after the other")
def test_a_second_writer_is_refused(done: Cli, reports: Path) -> None:
    with open_ledger(done.ledger, write=True):
        done("run", reports, code=1)
    assert "another process" in done.err


def signed(reason: str = "read it again") -> tuple[str, ...]:
    return ("--by", "Ana", "--reason", reason)


def test_accept_then_withdraw(done: Cli) -> None:
    claim = claim_of(done)
    decision = done("review", "accept", claim, *signed()).split()[0]
    assert done.json("show", claim)["standing"] == "accepted"
    done("review", "withdraw", decision, *signed("too early"))
    assert done.json("show", claim)["standing"] == "proposed"
    assert "accept (withdrawn)" in done("review", "list")
    assert "too early" in done("review", "list")


def test_amend_and_add_and_reject(done: Cli) -> None:
    claim = claim_of(done)
    done("review", "amend", claim, "--set", "quantity.low=2", *signed())
    assert done.json("show", claim)["standing"] == "amended"
    done("review", "add", "c", "0:7", "missing", "--set", "quantity.low=1", *signed())
    done("review", "reject", claim_of(done, "b"), *signed())
    (incident,) = done.json("tally", "--place", "Mariupol")["incidents"]
    (killed,) = [
        r
        for r in incident["readings"]
        if (r["harm"], r["victims"]) == ("killed", "assume_civilian")
    ]
    assert (killed["low"], killed["high"]) == (2, 3)
    assert done.json("verify")["holds"]


def test_judgements_split_and_join(done: Cli) -> None:
    first, second = claim_of(done), claim_of(done, "b")
    done("review", "different", first, second, *signed())
    apart = done.json("show")["incidents"]
    assert not any({first, second} <= set(i["claims"]) for i in apart)
    done("review", "same", first, second, *signed("the same after all"))
    joined = done.json("show")["incidents"]
    assert any({first, second} <= set(i["claims"]) for i in joined)


def test_set_aside_and_grade_and_unsure(done: Cli) -> None:
    first, second = claim_of(done), claim_of(done, "b")
    done("review", "set-aside", second, *signed("a copy"))
    done("review", "unsure", first, second, *signed())
    code = done.json("show")["incidents"][0]["code"]
    done("review", "grade", code, "discounted", *signed("another cause"))
    out = done("show", code)
    assert "a copy (Ana)" in out
    assert "discounted · another cause (Ana)" in out


def test_refused_decisions_are_one(done: Cli) -> None:
    done("review", "accept", "clm_none", *signed(), code=1)
    assert "there is no claim clm_none" in done.err
    done("review", "accept", claim_of(done), "--by", "Ana", "--reason", " ", code=1)
    assert "a decision needs a reason" in done.err


def test_queue(done: Cli) -> None:
    assert "no publication date" in done("review", "queue")
    assert done.json("review", "queue")
    assert "more; --limit prints them" in done("review", "queue", "--limit", "1")


def test_export_twice_gives_the_same_files(done: Cli, tmp_path: Path) -> None:
    for name in ("one", "two"):
        done("export", "--out", tmp_path / name)
    files = sorted(p.relative_to(tmp_path / "one") for p in (tmp_path / "one").rglob("*.jsonl"))
    assert {"claims.jsonl", "incidents.jsonl", "decisions.jsonl"} <= {str(f) for f in files}
    changes = (tmp_path / "one" / "changes.jsonl").read_text("utf-8").splitlines()
    assert [json.loads(line) for line in changes] == done.json("changes")
    assert changes
    for file in files:
        assert (tmp_path / "one" / file).read_bytes() == (tmp_path / "two" / file).read_bytes()


def test_export_in_no_such_format(done: Cli, tmp_path: Path) -> None:
    done("export", "--out", tmp_path / "x", "--format", "docx", code=2)
    assert "docx" in done.err


def test_verify_and_heads(
    done: Cli, tmp_path: Path, reports: Path, new_place: Callable[[str], Place]
) -> None:
    saved = tmp_path / "head.txt"
    assert "The record holds" in done("verify", "--save-head", saved)
    done("review", "accept", claim_of(done), *signed())
    done("verify", "--head", saved)
    other = new_place("other")
    (reports / "extra.txt").write_text("9 soldiers killed")
    done("run", reports / "extra.txt", "--ledger", other)
    done("verify", "--head", saved, "--ledger", other, code=1)
    (tmp_path / "no.txt").write_text("nothing")
    done("verify", "--head", tmp_path / "no.txt", code=2)


def test_verify_finds_and_repairs_changed_tables(done: Cli) -> None:
    change(done.ledger, "UPDATE claims SET harm = 'missing'")
    assert "harmledger rebuild" in done("verify", code=1)
    done("verify", "--rebuild")
    done("verify")


@pytest.mark.parametrize("words", [("--help",), ("run", "--help"), ("review", "add", "--help")])
def test_help_is_quick_and_loads_nothing_heavy(words: tuple[str, ...]) -> None:
    code = (
        f"import sys; sys.argv = ['harmledger', *{words!r}]\n"
        "from harmledger.cli import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "heavy = {'sqlalchemy', 'onnxruntime', 'rich', 'numpy', 'trafilatura', 'pydantic'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    before = os.times()
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    after = os.times()
    used = after.children_user - before.children_user
    assert used < 1.0, "the start of every command got slow; import inside commands"
    assert done.stdout.splitlines()[-1] == "[]"
    assert "Usage: harmledger" in done.stdout


def test_version(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(sys, "argv", ["harmledger", "--version"])
    main()
    assert capsys.readouterr().out.startswith("harmledger ")


def test_what_is_held_back_says_so_in_working_output(done: Cli) -> None:
    code = done.json("show")["incidents"][0]["code"]
    by = ("--by", "A. Reader", "--reason", "the family asked")
    states = (
        (("embargo", code, "2999-01-01"), "EMBARGOED until 2999-01-01: not to be passed on"),
        (("withhold", code), "WITHHELD: not to be passed on"),
        (("retract", code), "RETRACTED: not to be passed on"),
    )
    for decision, words in states:
        done("review", *decision, *by)
        for command in (("show",), ("show", code), ("tally",), ("tally", "--policy", "all")):
            assert words in done(*command), command
        assert "These sums hold 1 incident not to be passed on" in done("tally")
        told = done.json("show")
        (held,) = told["held_back"].values()
        assert held["state"] == words.split()[0].casefold().rstrip(":")
        assert done.json("show", code)["held_back"] == held
        tallied = done.json("tally")
        assert [i["held_back"] for i in tallied["incidents"] if i["code"] == code] == [held]
        assert tallied["held_back_in_sums"] == 1
    done("review", "release", "incident", code, *by)
    assert "not to be passed on" not in done("show") + done("tally")
    assert done.json("show", code)["held_back"] is None


WRITING = (
    ("review", "accept", "clm_0", "--by", "A. Reader", "--reason", "checked"),
    ("review", "withhold", "UKR-1", "--by", "A. Reader", "--reason", "asked"),
    ("review", "release", "source", "a", "--by", "A. Reader", "--reason", "public"),
    ("review", "forget", "Zorvek", "--by", "A", "--with", "B", "--reason", "asked"),
    ("verify", "--rebuild"),
    ("verify", "--rehash", "1"),
    ("rebuild",),
    ("show",),
    ("tally",),
)


@pytest.mark.sqlite_file("what a server has no database for is the server's to refuse")
@pytest.mark.parametrize("words", WRITING, ids=lambda words: " ".join(words[:2]))
def test_a_misspelt_ledger_is_never_made(done: Cli, tmp_path: Path, words: tuple[str, ...]) -> None:
    there = sorted(tmp_path.iterdir())
    done(*words, "--ledger", tmp_path / "harn.ledger", code=2)
    assert f"Did you mean {tmp_path / 'harm.ledger'}?" in done.err
    assert "harmledger run PATHS --ledger" in done.err
    assert sorted(tmp_path.iterdir()) == there


def test_an_empty_place_becomes_a_ledger_by_run_alone(cli: Cli, reports: Path) -> None:
    if isinstance(cli.ledger, Path):
        cli.ledger.touch()
    for words in (("rebuild",), ("show",), ("verify",)):
        cli(*words, code=2)
        assert "there is no ledger at" in cli.err
    if isinstance(cli.ledger, Path):
        assert cli.ledger.stat().st_size == 0
    cli("run", reports / "a.txt")


def test_a_key_is_made_and_seals(
    cli: Cli, reports: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = tmp_path / "seal.key"
    out = cli("key", "--out", key)
    assert f"export HARMLEDGER_SEAL_KEY={key}" in out
    assert key.stat().st_mode & 0o777 == 0o600
    assert len(bytes.fromhex(key.read_text())) == 64
    cli("key", "--out", key, code=2)
    assert "never written over" in cli.err
    cli("key", "--out", tmp_path / "nowhere" / "k", code=2)
    assert "cannot be written" in cli.err
    monkeypatch.setenv("HARMLEDGER_SEAL_KEY", str(key))
    cli("run", reports / "a.txt", "--sealed")
    assert dump_tables(cli.ledger)["claims"]
    assert "mayor" not in str(dump_tables(cli.ledger))
    if isinstance(cli.ledger, Path):
        assert b"mayor" not in cli.ledger.read_bytes()
    assert cli("verify").startswith("The record holds")


@pytest.mark.parametrize(
    ("variable", "content", "said"),
    [
        ("HARMLEDGER_SEAL_KEY", None, "cannot be read: No such file"),
        ("HARMLEDGER_SEAL_KEY", b"\xa1\xff", "no key file: it holds one line of 128 hex digits"),
        ("HARMLEDGER_SEAL_KEY", b"abcd", "no key file: it holds one line of 128 hex digits"),
        ("HARMLEDGER_PASSPHRASE_FILE", None, "cannot be read: No such file"),
        ("HARMLEDGER_PASSPHRASE_FILE", b"\xa1\xff", "is no UTF-8 text"),
        ("HARMLEDGER_PASSPHRASE_FILE", b"", "an empty passphrase seals nothing"),
    ],
)
def test_a_key_that_is_none_makes_no_ledger_and_says_what_to_do(
    cli: Cli,
    reports: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    variable: str,
    content: bytes | None,
    said: str,
) -> None:
    file = tmp_path / "key"
    if content is not None:
        file.write_bytes(content)
    monkeypatch.setenv(variable, str(file))
    there = sorted(tmp_path.iterdir())
    cli("run", reports / "a.txt", "--sealed", code=2)
    assert said in cli.err
    assert "codec" not in cli.err
    assert sorted(tmp_path.iterdir()) == there
    assert is_untouched(cli.ledger)
    if variable == "HARMLEDGER_SEAL_KEY":
        assert "harmledger key --out" in cli.err


def test_without_a_key_nothing_is_made(
    cli: Cli, reports: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin.isatty", lambda: False, raising=False)
    there = sorted(tmp_path.iterdir())
    cli("run", reports / "a.txt", "--sealed", code=1)
    assert "harmledger key --out FILE" in cli.err
    assert sorted(tmp_path.iterdir()) == there
    assert is_untouched(cli.ledger)


def test_forget_in_an_empty_place_says_that_there_is_no_ledger(cli: Cli) -> None:
    if isinstance(cli.ledger, Path):
        cli.ledger.touch()
    cli("review", "forget", "A B", "--by", "A", "--with", "B", "--reason", "asked", code=2)
    assert "there is no ledger at" in cli.err
    assert "ordinary ledger" not in cli.err
