#!/usr/bin/env python3
"""Check this evidence pack with nothing but Python 3.8 or later:

python3 verify.py               every file, the chain of the log, every claim and decision
python3 verify.py INCIDENT      the same, and one incident's numbers down to their bytes
python3 verify.py CLAIM         the same, and one claim

A pack that holds says what its ledger said when the head printed below was its last entry.
Whether that is the head you were told of, compare yourself.
"""

from __future__ import annotations

import hashlib
import json
import re
import sys
from pathlib import Path
from typing import Any, Dict, Iterator, List, Tuple  # noqa: UP035 - for Python 3.8

P = 2**255 - 19  # Ed25519, RFC 8032 section 5.1
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
Point = Tuple[int, int]  # noqa: UP006
Problem = Tuple[str, str]  # noqa: UP006


def add(a: Point, b: Point) -> Point:
    k = D * a[0] * b[0] * a[1] * b[1] % P
    x = (a[0] * b[1] + b[0] * a[1]) * pow(1 + k, P - 2, P) % P
    return x, (a[1] * b[1] + a[0] * b[0]) * pow(1 - k, P - 2, P) % P


def times(number: int, point: Point) -> Point:
    total = (0, 1)
    while number:
        total, point, number = (
            add(total, point) if number & 1 else total,
            add(point, point),
            number >> 1,
        )
    return total


def unpack(raw: bytes) -> Point:
    value = int.from_bytes(raw, "little")
    sign, y = value >> 255, value % 2**255
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    x = x if (x * x - square) % P == 0 else x * pow(2, (P - 1) // 4, P) % P
    if y >= P or (x * x - square) % P:
        raise ValueError("no point of the curve")
    return (x if x & 1 == sign else P - x), y


def is_signed(message: bytes, signature: bytes, public: bytes) -> bool:
    try:
        key, r, s = unpack(public), unpack(signature[:32]), int.from_bytes(signature[32:], "little")
    except ValueError:
        return False
    h = int.from_bytes(hashlib.sha512(signature[:32] + public + message).digest(), "little")
    base = unpack((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))
    return len(signature) == 64 and s < ORDER and times(s, base) == add(r, times(h % ORDER, key))


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def read_lines(path: Path) -> Iterator[Any]:
    with path.open(encoding="utf-8", newline="\n") as file:
        for line in file:
            yield json.loads(line)


def check_files(root: Path) -> Iterator[Problem]:
    """Every file is what the manifests say, and there is no other."""
    listed = {"tagmanifest-sha256.txt"}
    for manifest in ("tagmanifest-sha256.txt", "manifest-sha256.txt"):
        for line in (root / manifest).read_bytes().decode("utf-8", "replace").split("\n"):
            named = re.fullmatch(r"([0-9a-f]{64})  ([^\x00]+)", line)
            if named is None and line:
                yield manifest, "holds a line that names no file"
            elif named is not None:
                listed.add(named[2])
                path = root / named[2]
                if not path.is_file() or sha256(path.read_bytes()) != named[1]:
                    yield named[2], "is missing, or not what %s says" % manifest
    for path in sorted(p for p in root.rglob("*") if p.is_file()):
        if path.relative_to(root).as_posix() not in listed:
            yield path.relative_to(root).as_posix(), "is in no manifest"


def check_chain(root: Path) -> Iterator[Problem]:
    """Entries follow one another, every hash is right, and the last entry is signed."""
    keys: Dict[str, bytes] = {}  # noqa: UP006
    last: Any = {"seq": 0, "hash": "0" * 64, "act": None}
    for entry in read_lines(root / "data" / "log.jsonl"):
        parts = [str(entry["seq"]), json.dumps(entry["at"]), json.dumps(entry["kind"])]
        parts += [part for part in (entry["act"], entry["body"]) if part is not None]
        again = sha256((entry["prev"] + "[" + ",".join(parts) + "]").encode())
        if (entry["seq"], entry["prev"], entry["hash"]) != (last["seq"] + 1, last["hash"], again):
            yield "log entry %s" % entry["seq"], "does not follow the last, or was changed"
        if entry["kind"] == "key":
            public = bytes.fromhex(json.loads(entry["body"])["public"])
            keys["key_" + sha256(public)[:16]] = public
        last = entry
    key, _, value = (last.get("signature") or "").partition(":")
    message = b"harmledger log entry " + last["hash"].encode()
    if last["act"] and not (key in keys and is_signed(message, bytes.fromhex(value), keys[key])):
        yield "log entry %s" % last["seq"], "is not signed by a key that the log announces"


def load(root: Path) -> Dict[str, Dict[str, List[Any]]]:  # noqa: UP006
    """What the log says: (entry number, value) by kind and id."""
    found: Dict[str, Dict[str, List[Any]]] = {k: {} for k in ("claim", "decision", "document")}  # noqa: UP006
    for entry in read_lines(root / "data" / "log.jsonl"):
        body = json.loads(entry["body"])
        values = [("claim", c) for c in body["claims"]] if entry["kind"] == "extraction" else []
        if entry["kind"] == "decision":
            values = [(key, body[key]) for key in ("decision", "claim") if body[key]]
        if entry["kind"] == "document":
            values = [("document", body)]
        for kind, value in values:
            found[kind].setdefault(value["id"], []).append((entry["seq"], value))
    return found


def check_rows(root: Path, log: Dict[str, Dict[str, List[Any]]]) -> Iterator[Problem]:  # noqa: UP006
    """Every exported claim and decision is the log's, and every quote stands in its text."""
    for kind in ("claim", "decision"):
        for row in read_lines(root / "data" / (kind + "s.jsonl")):
            bare = {
                k: v
                for k, v in row.items()
                if kind == "decision" or k not in ("standing", "origin")
            }
            if bare not in [value for _, value in log[kind].get(row["id"], [])]:
                yield row["id"], "is not what the log says"
            elif kind == "claim" and not trail(root, log, row["id"], []):
                yield row["id"], "does not lead to its words and bytes"


def trail(root: Path, log: Dict[str, Dict[str, List[Any]]], claim: str, said: List[str]) -> bool:  # noqa: UP006
    """From a claim to its bytes; ``said`` gets the way in words."""
    seq, value = log["claim"][claim][-1]
    span, text = value["span"], root / "data" / "texts" / (value["text_sha256"] + ".txt")
    content = root / "data" / "bytes" / log["document"][value["document"]][-1][1]["sha256"]
    words = text.read_bytes().decode("utf-8")
    said.append(
        "%s, log entry %s: %s %s" % (claim, seq, value["harm"], json.dumps(value["quantity"]))
    )
    said.append("  says %r at %s:%s of %s" % (span["quote"], span["start"], span["end"], text))
    said.append("  which was read from %s" % content)
    whole = sha256(words.encode()) == text.stem and sha256(content.read_bytes()) == content.name
    return whole and words[span["start"] : span["end"]] == span["quote"]


def main(root: Path, asked: List[str]) -> int:  # noqa: UP006
    log = load(root)
    problems = [*check_files(root), *check_chain(root), *check_rows(root, log)]
    for incident in read_lines(root / "data" / "incidents.jsonl"):
        if incident["id"] in asked or incident["code"] in asked:
            for r in incident["readings"]:
                print(r["harm"], r["victims"], r["low"], "to", r["high"], "under", r["policy"])
                asked += [c for c in r["claims_low"] + r["claims_high"] if c not in asked]
    for claim in (c for c in asked if c in log["claim"]):
        said: List[str] = []  # noqa: UP006
        trail(root, log, claim, said)
        print("\n".join(said))
    for where, what in problems:
        print("%s: %s" % (where, what))
    print("%s problems; head: %s" % (len(problems), (root / "bag-info.txt").read_text("utf-8")))
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(Path(__file__).resolve().parent, sys.argv[1:]))
