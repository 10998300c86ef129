"""Check the chain of a pack or backup and every signature with Python 3.9 or later alone:
python3 chain.py [FOLDER]. Prints what is signed by whom, then what does not hold, line by line.

Ed25519 is that of RFC 8032, section 5.1. Nothing here is secret, so nothing need take equal time.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
Point = tuple[int, int, int, int]
ZERO: Point = (0, 1, 1, 0)


def add(p: Point, q: Point) -> Point:
    a, b = (p[1] - p[0]) * (q[1] - q[0]), (p[1] + p[0]) * (q[1] + q[0])
    c, d = 2 * D * p[3] * q[3] % P, 2 * p[2] * q[2]
    e, f, g, h = (b - a) % P, (d - c) % P, (d + c) % P, (b + a) % P
    return e * f % P, g * h % P, f * g % P, e * h % P


@lru_cache
def unpack(raw: bytes) -> Point:
    """The point these 32 bytes stand for; (0, 0, 0, 0) where they stand for none."""
    value = int.from_bytes(raw, "little")
    sign, y = value >> 255, value % 2**255
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    x = x if (x * x - square) % P == 0 else x * pow(2, (P - 1) // 4, P) % P
    if len(raw) != 32 or y >= P or (x * x - square) % P or (x == 0 and sign):
        return 0, 0, 0, 0
    x = x if x & 1 == sign else P - x
    return x, y, 1, x * y % P


BASE = unpack((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))


def is_signed(message: bytes, signature: bytes, public: bytes) -> bool:
    (x, y, z, t), s = unpack(public), int.from_bytes(signature[32:], "little")
    if len(signature) != 64 or s >= ORDER or z == 0:
        return False
    h = int.from_bytes(hashlib.sha512(signature[:32] + public + message).digest(), "little")
    h, minus, r = h % ORDER, (P - x, y, z, P - t), ZERO
    table = [ZERO, BASE, minus, add(BASE, minus)]
    for bit in range(255, -1, -1):  # r = s * BASE - h * public
        r = add(add(r, r), table[(s >> bit & 1) + 2 * (h >> bit & 1)])
    x, y = (value * pow(r[2], P - 2, P) % P for value in r[:2])
    return (y | (x & 1) << 255).to_bytes(32, "little") == signature[:32]


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def read_log(root: Path) -> Iterator[Any]:
    with (root / "data" / "log.jsonl").open(encoding="utf-8", newline="\n") as file:
        yield from map(json.loads, file)


def check_chain(root: Path) -> Iterator[str]:
    """Entries follow one another and are signed; unsigned ones only before the first that is."""
    told = [json.loads(e["body"]) for e in read_log(root) if e["kind"] == "key"]
    raws = [bytes.fromhex(body["public"]) for body in told]
    keys = {"key_" + sha256(raw)[:16]: raw for raw in raws}
    last: Any = {"seq": 0, "hash": "0" * 64, "signature": None}
    signed = 0
    for entry in read_log(root):
        parts = [str(entry["seq"]), json.dumps(entry["at"]), json.dumps(entry["kind"])]
        parts += [part for part in (entry["act"], entry["body"]) if part is not None]
        again = sha256((entry["prev"] + "[" + ",".join(parts) + "]").encode())
        if (entry["seq"], entry["prev"], entry["hash"]) != (last["seq"] + 1, last["hash"], again):
            yield f"log entry {entry['seq']}: does not follow the last, or was changed"
        key, _, value = (entry["signature"] or "").partition(":")
        message = b"harmledger log entry " + entry["hash"].encode()
        if key in keys and is_signed(message, bytes.fromhex(value), keys[key]):
            signed += 1
        elif entry["signature"] or entry["act"] or signed:
            yield f"log entry {entry['seq']}: is not signed by a key that the log announces"
        last = entry
    print(f"{signed} of {last['seq']} log entries signed, by", *keys or ["nobody"])
    if last["seq"] and not signed:
        yield "log: has no signed entry: anybody could have written it"
    head = json.loads((root / "head.json").read_bytes())
    if (head["hash"], head["signature"]) != (last["hash"], last["signature"]):
        yield "head.json: is not the log's last entry"


def main(root: Path) -> int:
    problems = list(check_chain(root))
    print(*problems, sep="\n")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]) if sys.argv[1:] else Path(__file__).resolve().parent))
