"""Check an evidence pack with nothing but Python 3.9 or later: python3 verify.py [INCIDENT|CLAIM]

Checks every file, the log's chain, every claim and decision (of a sealed pack: files and chain);
what is named is shown down to its bytes. Compare the head printed at the end with the one told.
"""

from __future__ import annotations

import hashlib
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

P = 2**255 - 19  # Ed25519, RFC 8032 section 5.1
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
Point = tuple[int, int]
Log = dict[str, dict[str, list[Any]]]


def add(a: Point, b: Point) -> Point:
    k = D * a[0] * b[0] * a[1] * b[1] % P
    x = (a[0] * b[1] + b[0] * a[1]) * pow(1 + k, P - 2, P) % P
    return x, (a[1] * b[1] + a[0] * b[0]) * pow(1 - k, P - 2, P) % P


def times(number: int, point: Point) -> Point:
    half = times(number // 2, add(point, point)) if number else (0, 1)
    return add(half, point) if number & 1 else half


def unpack(raw: bytes) -> Point:
    value = int.from_bytes(raw, "little")
    sign, y = value >> 255, value % 2**255
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    x = x if (x * x - square) % P == 0 else x * pow(2, (P - 1) // 4, P) % P
    on_curve = y < P and (x * x - square) % P == 0
    return (x if x & 1 == sign else P - x, y) if on_curve else (0, 0)  # no sum ends at (0, 0)


def is_signed(message: bytes, signature: bytes, public: bytes) -> bool:
    key, r, s = unpack(public), unpack(signature[:32]), int.from_bytes(signature[32:], "little")
    h = int.from_bytes(hashlib.sha512(signature[:32] + public + message).digest(), "little")
    base = unpack((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))
    return len(signature) == 64 and s < ORDER and times(s, base) == add(r, times(h % ORDER, key))


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def read_lines(root: Path, name: str) -> Iterator[Any]:
    with (root / "data" / name).open(encoding="utf-8", newline="\n") as file:
        yield from map(json.loads, file)


def check_files(root: Path) -> Iterator[tuple[str, str]]:
    """Every file is what the manifests say, and there is no other."""
    listed = {"tagmanifest-sha256.txt"}
    for manifest in ("tagmanifest-sha256.txt", "manifest-sha256.txt"):
        for line in (root / manifest).read_bytes().decode("utf-8", "replace").split("\n")[:-1]:
            named = re.fullmatch(r"([0-9a-f]{64})  ([^\x00]+)", line) or ["", "", manifest]
            listed.add(named[2])
            path = root / named[2]
            if not path.is_file() or sha256(path.read_bytes()) != named[1]:
                yield named[2], f"is missing, or not what {manifest} says"
    for path in sorted(p for p in root.rglob("*") if p.is_file()):
        if path.relative_to(root).as_posix() not in listed:
            yield path.relative_to(root).as_posix(), "is in no manifest"


def check_chain(root: Path) -> Iterator[tuple[str, str]]:
    """Entries follow one another, every hash is right, and the last entry is signed."""
    keys: dict[str, bytes] = {}
    last: Any = {"seq": 0, "hash": "0" * 64, "act": None}
    for entry in read_lines(root, "log.jsonl"):
        parts = [str(entry["seq"]), json.dumps(entry["at"]), json.dumps(entry["kind"])]
        parts += [part for part in (entry["act"], entry["body"]) if part is not None]
        again = sha256((entry["prev"] + "[" + ",".join(parts) + "]").encode())
        if (entry["seq"], entry["prev"], entry["hash"]) != (last["seq"] + 1, last["hash"], again):
            yield f"log entry {entry['seq']}", "does not follow the last, or was changed"
        if entry["kind"] == "key":
            public = bytes.fromhex(json.loads(entry["body"])["public"])
            keys["key_" + sha256(public)[:16]] = public
        last = entry
    key, _, value = (last.get("signature") or "").partition(":")
    message = b"harmledger log entry " + last["hash"].encode()
    if last["act"] and not (key in keys and is_signed(message, bytes.fromhex(value), keys[key])):
        yield f"log entry {last['seq']}", "is not signed by a key that the log announces"


def load_log(root: Path) -> Log:
    """What the log says: (entry number, value) by kind and id."""
    found: Log = {"claims": {}, "decisions": {}, "documents": {}}
    for entry in read_lines(root, "log.jsonl"):
        kind, body = entry["kind"], json.loads(entry["body"])
        values = {"claims": body["claims"]} if kind == "extraction" else {}
        if kind == "decision":
            values = {"decisions": [body["decision"]], "claims": [c for c in [body["claim"]] if c]}
        for name, rows in ({"documents": [body]} if kind == "document" else values).items():
            for row in rows:
                found[name].setdefault(row["id"], []).append((entry["seq"], row))
    return found


def check_rows(root: Path, log: Log) -> Iterator[tuple[str, str]]:
    """Every exported claim and decision is the log's; every claim leads to words and bytes."""
    for name, added in (("claims", ("standing", "origin")), ("decisions", ())):
        for row in read_lines(root, f"{name}.jsonl"):
            bare = {key: value for key, value in row.items() if key not in added}
            if bare not in [value for _, value in log[name].get(row["id"], [])]:
                yield row["id"], "is not what the log says"
            elif name == "claims" and not walk(root, log, row["id"])[0]:
                yield row["id"], "does not lead to its words and bytes"


def walk(root: Path, log: Log, claim: str) -> tuple[bool, str]:
    """From a claim to its bytes: does the way hold, and the way in words."""
    seq, value = log["claims"][claim][-1]
    span, text = value["span"], root / "data" / "texts" / f"{value['text_sha256']}.txt"
    content = root / "data" / "bytes" / log["documents"][value["document"]][-1][1]["sha256"]
    words = text.read_bytes().decode("utf-8") if text.is_file() else ""
    whole = sha256(words.encode()) == text.stem and content.is_file()
    holds = whole and sha256(content.read_bytes()) == content.name
    way = f"{claim}: {value['harm']} {json.dumps(value['quantity'])}\n  log entry {seq}, from "
    way += f"{span['start']}:{span['end']} of {text}: {span['quote']!r}\n  read from {content}"
    return holds and words[span["start"] : span["end"]] == span["quote"], way


def main(root: Path, asked: list[str]) -> int:
    problems, sealed = list(check_files(root)), (root / "data" / "ring").exists()
    log = {} if problems or sealed else load_log(root)
    problems = problems or [*check_chain(root), *(() if sealed else check_rows(root, log))]
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
