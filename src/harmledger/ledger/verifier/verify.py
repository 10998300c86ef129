"""Check an evidence pack with Python 3.9 or later alone: verify.py [PACK] [INCIDENT|CLAIM] ...

Files, chain, every signature, that the log names these files, every claim, decision and literal
bound (of a sealed pack: files and chain). What is named is shown down to its bytes. Compare the
head printed at the end, and the sha256 of verify.py and chain.py, with those you were told.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

MANIFEST, TAGS = "manifest-sha256.txt", "tagmanifest-sha256.txt"
Log = dict[str, dict[str, list[Any]]]
Found = Iterator[tuple[str, str]]


def read_lines(root: Path, name: str) -> Iterator[Any]:
    with (root / "data" / name).open(encoding="utf-8", newline="\n") as file:
        yield from map(json.loads, file)


def read_manifest(root: Path, name: str) -> list[str]:
    return (root / name).read_bytes().decode("utf-8", "replace").split("\n")[:-1]


def check_files(root: Path) -> Found:
    """Every file is what the manifests say, and there is no other."""
    listed = {TAGS}
    for manifest in (TAGS, MANIFEST):
        for line in read_manifest(root, manifest):
            named = re.fullmatch(r"([0-9a-f]{64})  ([^\x00]+)", line) or ["", "", manifest]
            listed.add(named[2])
            path = root / named[2]
            if not path.is_file() or sha256(path.read_bytes()).hexdigest() != named[1]:
                yield named[2], f"is missing, or not what {manifest} says"
    names = (p.relative_to(root).as_posix() for p in root.rglob("*") if p.is_file())
    yield from ((name, "is in no manifest") for name in sorted(set(names) - listed))


def check_chain(root: Path) -> Found:
    """What chain.py finds, run as it stands beside this file."""
    chain = str(Path(__file__).resolve().with_name("chain.py"))
    command = [sys.executable, "-I", chain, str(root)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
    print(*done.stdout.splitlines()[:1])
    if done.returncode:
        yield from (("chain", line) for line in done.stdout.splitlines()[1:] or [done.stderr])


def load_log(root: Path) -> Log:
    """What the log says: (entry number, value) by kind and id; what its end says of this pack."""
    found: Log = {"claims": {}, "decisions": {}, "documents": {}, "pack": {}}
    for entry in read_lines(root, "log.jsonl"):
        kind, body = entry["kind"], json.loads(entry["body"])
        rows = [("documents", body)] if kind == "document" else []
        if kind == "extraction":
            rows = [("claims", row) for row in body["claims"]]
        elif kind == "decision":
            rows = [("decisions", body["decision"]), ("claims", body["claim"])]
        for name, row in (pair for pair in rows if pair[1]):
            found[name].setdefault(row["id"], []).append((entry["seq"], row))
        if kind != "key":
            found["pack"] = {"last": [body]} if body.get("form") == "pack" else {}
    return found


def check_named(root: Path, log: Log) -> Found:
    """These are the files that the log's last entry names (a key may follow it)."""
    lines = {line.replace("  data/", "  ", 1) for line in read_manifest(root, MANIFEST)}
    kept = {line for line in lines if line[66:].startswith(("bytes/", "texts/"))}
    files = {line[66:]: line[:64] for line in lines - kept if line[66:] != "log.jsonl"}
    if not log["pack"]:
        yield "NOT ATTESTED", "the log's last entry names no files: rely on the log alone"
        return
    named = log["pack"]["last"][0]
    together = "".join(f"{line}\n" for line in sorted(kept))
    if sha256(together.encode()).hexdigest() != named["contents"]:
        yield "data/bytes, data/texts", "are not the files that the log names"
    for name in sorted(files.keys() | named["files"].keys()):
        if files.get(name) != named["files"].get(name):
            yield f"data/{name}", "is not the file that the log names"


def check_rows(root: Path, log: Log) -> Found:
    """Exported claims and decisions are the log's, all of them; every claim leads to bytes."""
    for name, added in (("claims", ("standing", "origin")), ("decisions", ())):
        missing = set(log[name])
        for row in read_lines(root, f"{name}.jsonl"):
            missing.discard(row["id"])
            bare = {key: value for key, value in row.items() if key not in added}
            if bare not in [value for _, value in log[name].get(row["id"], [])]:
                yield row["id"], "is not what the log says"
            elif name == "claims" and not walk(root, log, row["id"])[0]:
                yield row["id"], "does not lead to its words and bytes"
        yield from ((one, f"is in the log and not in {name}.jsonl") for one in sorted(missing))


def check_bounds(root: Path, log: Log) -> Found:
    """A literal reading's ends are what its claims say (unless combatants are taken out)."""
    every = {one: rows[-1][1] for one, rows in log["claims"].items()}
    parts = {c["part_of"] for c in every.values() if c["victims"]["status"] == "combatant"}
    for row in read_lines(root, "incidents.jsonl"):
        for reading, end in ((r, end) for r in row["readings"] for end in ("low", "high")):
            ids, bound = reading[f"claims_{end}"], {reading[end]} - {None}
            said = {every[one]["quantity"][end] if one in every else "nothing" for one in ids}
            exact = reading["policy"].startswith("literal") and not parts.intersection(ids)
            if "nothing" in said or (exact and said != bound):
                yield row["code"], f"{reading['harm']} {end} {reading[end]} is not what {ids} say"


def walk(root: Path, log: Log, claim: str) -> tuple[bool, str]:
    """From a claim to its bytes: does the way hold, and the way in words."""
    seq, value = log["claims"][claim][-1]
    span, text = value["span"], root / "data" / "texts" / f"{value['text_sha256']}.txt"
    content = root / "data" / "bytes" / log["documents"][value["document"]][-1][1]["sha256"]
    words = text.read_bytes().decode("utf-8") if text.is_file() else ""
    whole = sha256(words.encode()).hexdigest() == text.stem and content.is_file()
    holds = whole and sha256(content.read_bytes()).hexdigest() == content.name
    way = f"{claim}: {value['harm']} {json.dumps(value['quantity'])}\n  log entry {seq}, from "
    way += f"{span['start']}:{span['end']} of {text}: {span['quote']!r}\n  read from {content}"
    return holds and words[span["start"] : span["end"]] == span["quote"], way


def main(root: Path, asked: list[str]) -> int:
    root = Path(asked.pop(0)) if asked and Path(asked[0]).is_dir() else root
    problems, sealed = list(check_files(root)), (root / "data" / "ring").exists()
    log = {} if problems or sealed else load_log(root)
    if not problems:
        checks = () if sealed else (check_named, check_rows, check_bounds)
        problems = [*check_chain(root), *(found for one in checks for found in one(root, log))]
    for row in () if problems or sealed else read_lines(root, "incidents.jsonl"):
        for reading in row["readings"] if {row["id"], row["code"]} & set(asked) else ():
            print(*(reading[key] for key in ("policy", "harm", "victims", "low", "high")))
            asked += [*reading["claims_low"], *reading["claims_high"]]
    for claim in dict.fromkeys(asked):
        print(walk(root, log, claim)[1] if claim in log.get("claims", ()) else f"{claim}:")
    print(*(f"{where}: {what}" for where, what in problems), f"{len(problems)} problems", sep="\n")
    print((root / "bag-info.txt").read_text("utf-8", "replace"))
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(Path(__file__).resolve().parent, sys.argv[1:]))
