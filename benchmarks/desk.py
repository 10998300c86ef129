"""How quick is the desk with much in it: `python benchmarks/desk.py`.

    build     a ledger of made-up reporting (truth known, texts of its own sentences), and its index
    alone     one reader: server time of every kind of page, p50 and p95
    crowd     50 readers clicking every 5 s and 5 reviewers deciding, for a time; errors, decisions

Options: `--documents 20000 --claims 100000` (the sizes asked for), `--seconds 300`, `--folder F`
(kept between runs), `--ledger postgresql://…`. Smaller by default: 2,000 documents, 30 seconds.
The load average of the machine stands beside every line of sums: another's work makes pages slow.
"""

from __future__ import annotations

import argparse
import http.client
import json
import multiprocessing
import os
import random
import re
import sys
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from urllib.parse import urlencode

import msgspec

from harmledger.core.claim import Claim
from harmledger.core.document import Block, Capture, Document, Sentence, Text
from harmledger.core.extraction import Extraction
from harmledger.core.ids import document_id, sha256_of
from harmledger.core.span import Span
from harmledger.evals.synthetic import make_reporting
from harmledger.ledger import Gathered, open_ledger
from harmledger.web import Settings, make_app, open_desk

BATCH = 200
PORT = 8797
FILLER = (
    "Residents spoke of hours without power. Roads out of the district stayed closed, and "
    "hospitals asked for blood. Officials were to meet again in the evening. "
)


def print_document(document: Document, claims: list[Claim]) -> Gathered:
    """A document whose text is its claims' sentences among others."""
    parts: list[str] = []
    sentences: list[Sentence] = []
    spans: dict[str, Span] = {}
    at = 0
    for claim in claims:
        sentence = claim.span.sentence
        parts += [FILLER, sentence, "\n\n"]
        start = at + len(FILLER)
        spans[claim.id] = Span(
            start=start, end=start + len(sentence), quote=sentence, sentence=sentence
        )
        sentences.append(Sentence(start=start, end=start + len(sentence), block=len(sentences)))
        at = start + len(sentence) + 2
    body = "".join(parts) or FILLER
    content = f"{document.name}\n{body}".encode()
    digest, text_digest = sha256_of(content), sha256_of(body.encode())
    key = document_id(digest)
    blocks = tuple(Block(start=s.start - len(FILLER), end=s.end) for s in sentences)
    text = Text(
        sha256=text_digest,
        reader=document.reader,
        text=body,
        blocks=blocks,
        sentences=tuple(sentences),
    )
    own = tuple(
        msgspec.structs.replace(
            c, document=key, text_sha256=text_digest, span=spans[c.id], said_at=c.said_at
        )
        for c in claims
    )
    kept = msgspec.structs.replace(
        document, id=key, sha256=digest, text_sha256=text_digest, supersedes=None
    )
    capture = Capture(
        captured_at=datetime.now(UTC).isoformat(), path=None, method="made up", tool="benchmark"
    )
    extraction = Extraction(
        document=key, text_sha256=text_digest, extractor=document.reader, claims=own
    )
    return Gathered(
        content=content, document=kept, text=text, extraction=extraction, captures=(capture,)
    )


def build(place: Path | str, documents: int, claims: int) -> None:
    """Write the ledger: made-up reports, several bound into each document as a digest, so that
    ``documents`` hold about ``claims`` claims."""
    began = time.perf_counter()
    incidents = max(1, round(claims / 9.2))
    reporting = make_reporting(incidents, 5 * incidents, seed=7)
    bound = max(1, round(len(reporting.documents) / documents))
    home = {d.id: n // bound for n, d in enumerate(reporting.documents)}
    by_document: dict[int, list[Claim]] = {}
    for claim in reporting.claims:
        by_document.setdefault(home[claim.document], []).append(claim)
    digests = reporting.documents[::bound]
    gathered = (print_document(d, by_document.get(n, [])) for n, d in enumerate(digests))
    with open_ledger(place, write=True) as ledger:
        for batch in batches(gathered):
            ledger.write_documents(batch)
    print(
        f"ledger: {len(digests)} documents, {len(reporting.claims)} claims,"
        f" {time.perf_counter() - began:.0f} s",
        flush=True,
    )


def batches(values: Iterator[Gathered]) -> Iterator[list[Gathered]]:
    while batch := list(islice(values, BATCH)):
        yield batch


def serve(place: Path | str, ready: multiprocessing.synchronize.Event) -> None:
    import uvicorn

    began = time.perf_counter()
    desk = open_desk(Settings(place=place, port=PORT, requests_a_minute=100_000))
    desk.people.keep_setting("alone", "Bench")
    desk.start()
    faces = desk.faces.whole
    print(
        f"index: {faces.count('incidents')} incidents, {time.perf_counter() - began:.0f} s,"
        f" {faces.path.stat().st_size / 1e6:.0f} MB",
        flush=True,
    )
    app = make_app(desk)
    ready.set()
    uvicorn.run(app, port=PORT, log_level="warning", access_log=False)


class Reader:
    """One connection with its own session."""

    def __init__(self) -> None:
        self.http = http.client.HTTPConnection("127.0.0.1", PORT, timeout=60)
        self.cookie, self.token = "", ""

    def get(self, path: str) -> tuple[int, bytes, float]:
        headers = {"Accept-Encoding": "gzip", "Cookie": self.cookie}
        began = time.perf_counter()
        try:
            answer, body = self._ask(path, headers)
        except (OSError, http.client.HTTPException):
            return 0, b"", time.perf_counter() - began
        took = time.perf_counter() - began
        if found := answer.getheader("set-cookie"):
            self.cookie = found.partition(";")[0]
        if answer.getheader("content-encoding") == "gzip":
            import gzip

            body = gzip.decompress(body)
        if found := re.search(rb'desk-token" content="([0-9a-f]+)"', body):
            self.token = found[1].decode()
        return answer.status, body, took

    def _ask(self, path: str, headers: dict[str, str]) -> tuple[http.client.HTTPResponse, bytes]:
        """Once more on a new connection where the server closed a resting one, as browsers do."""
        try:
            self.http.request("GET", path, headers=headers)
            answer = self.http.getresponse()
        except (ConnectionError, http.client.RemoteDisconnected):
            self.http.close()
            self.http.request("GET", path, headers=headers)
            answer = self.http.getresponse()
        return answer, answer.read()

    def weigh(self, path: str) -> int:
        self.http.request("GET", path, headers={"Accept-Encoding": "gzip", "Cookie": self.cookie})
        return len(self.http.getresponse().read())

    def post(self, path: str, **form: str) -> tuple[int, float]:
        headers = {
            "Cookie": self.cookie,
            "Content-Type": "application/x-www-form-urlencoded",
            "X-Desk-Part": "1",
            "X-Desk-Token": self.token,
        }
        began = time.perf_counter()
        try:
            self.http.request("POST", path, urlencode(form), headers)
            answer = self.http.getresponse()
            answer.read()
        except (OSError, http.client.HTTPException):
            self.http.close()
            return 0, time.perf_counter() - began
        return answer.status, time.perf_counter() - began


def find_pages(chance: random.Random) -> list[str]:
    reader = Reader()
    _, body, _ = reader.get("/api/incidents?limit=200&offset=0")
    incidents = json.loads(body)["items"]
    documents = [d for i in incidents for d in i["documents"]]
    places = [i["place"]["name"] for i in incidents if i["place"] and i["place"]["name"]]
    place = urlencode({"place": chance.choice(places)})
    return [
        "/",
        "/?page=7",
        f"/?{place}",
        "/?harm=injured&grade=fair&sort=largest",
        "/?policy=ucdp@ged-23.1",
        "/?since=2022-03-01&until=2022-05-01&as_of=2022-04-15",
        "/?q=hospital",
        *[f"/incidents/{i['id']}" for i in chance.sample(incidents, 8)],
        *[f"/documents/{d}" for d in chance.sample(documents, 8)],
        f"/map?{place}",
        "/map",
        "/documents",
        "/totals",
        "/origins",
        "/policies",
        "/changes",
        "/decisions",
        "/unresolved",
        "/review",
        "/search?q=hospital",
        f"/search?{place.replace('place', 'q')}",
        "/api/incidents",
        "/api/claims",
        "/api/search?q=market",
        "/feeds/changes.atom",
    ]


def share(times: list[float], part: float) -> float:
    return sorted(times)[min(len(times) - 1, int(part * len(times)))] * 1000


def busy() -> str:
    """How busy the machine is with everything on it."""
    return f"[load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores]"


def kind_of(path: str) -> str:
    """The kind of page an address leads to: its way without ids and filters."""
    bare = path.partition("?")[0]
    parts = bare.split("/")
    if len(parts) > 2 and "_" in parts[2]:
        bare = f"/{parts[1]}/…"
    return bare + ("?…" if "?" in path else "")


def print_kinds(times: list[tuple[str, float]]) -> None:
    """p50 and p95 of each kind of page, the slowest first."""
    kinds: dict[str, list[float]] = {}
    for path, took in times:
        kinds.setdefault(kind_of(path), []).append(took)
    rows = sorted(kinds.items(), key=lambda item: -share(item[1], 0.95))
    for kind, took_all in rows:
        print(
            f"  {share(took_all, 0.5):6.0f} {share(took_all, 0.95):6.0f} ms"
            f" {len(took_all):6} asked  {kind}"
        )


def print_weights(weights: dict[str, int], assets: int) -> None:
    """What is transferred for the heaviest page, compressed, with styles and script."""
    maps = {path: size for path, size in weights.items() if kind_of(path).startswith("/map")}
    others = {path: size for path, size in weights.items() if path not in maps}
    for name, bar, sizes in (("without the map", 250, others), ("the map", 1500, maps)):
        if sizes:
            path = max(sizes, key=lambda one: sizes[one])
            total = (sizes[path] + assets) / 1000
            print(f"heaviest page, {name}: {total:.0f} kB of {bar} kB allowed, {path}")


def processor_of(pid: int) -> float:
    """Seconds of processor a process has used (Linux); on a shared machine the clock says less."""
    fields = Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def measure_alone(pages: list[str], rounds: int, server: int) -> None:
    reader, every, used = Reader(), [], []
    weights: dict[str, int] = {}
    for path in pages:
        reader.get(path)
    for path in pages:
        before = processor_of(server)
        times = [reader.get(path)[2] for _ in range(rounds)]
        used.append((processor_of(server) - before) / rounds)
        every += times
        weight = weights[path] = reader.weigh(path)
        print(
            f"  {share(times, 0.5):6.0f} {share(times, 0.95):6.0f} ms, {used[-1] * 1000:4.0f} busy"
            f" {weight / 1000:7.1f} kB  {path}"
        )
    assets = sum(reader.weigh(f"/assets/{name}") for name in ("site.css", "desk.css", "desk.js"))
    print_weights(weights, assets)
    p50, p95 = share(every, 0.5), share(every, 0.95)
    print(f"alone: p50 {p50:.0f} ms, p95 {p95:.0f} ms {busy()}", flush=True)


def measure_crowd(pages: list[str], seconds: float, readers: int, reviewers: int) -> None:
    asked: list[tuple[str, float]] = []
    written: list[float] = []
    wrong: list[tuple[str, int]] = []
    end = time.monotonic() + seconds

    def read(seed: int) -> None:
        chance, reader = random.Random(seed), Reader()  # noqa: S311
        time.sleep(chance.random() * 5)
        while time.monotonic() < end:
            path = chance.choice(pages)
            status, _, took = reader.get(path)
            asked.append((path, took))
            if status != 200:
                wrong.append((path, status))
            time.sleep(max(0.0, 5 - took))

    def decide(seed: int) -> None:
        chance, reader = random.Random(seed), Reader()  # noqa: S311
        reader.get("/name")
        while time.monotonic() < end:
            _, body, took = reader.get("/review")
            asked.append(("/review", took))
            found = re.search(rb'data-claim="(\w+)"', body)
            if not found:
                return
            verdict = chance.choice(["accept", "accept", "reject"])
            status, took = reader.post("/review", claim=found[1].decode(), verdict=verdict)
            written.append(took)
            if status != 204:
                wrong.append(("POST /review", status))
            time.sleep(2)

    before = count_decisions()
    threads = [threading.Thread(target=read, args=(n,)) for n in range(readers)]
    threads += [threading.Thread(target=decide, args=(1000 + n,)) for n in range(reviewers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    kept = count_decisions() - before
    sent = len(written) - sum(path.startswith("POST") for path, _ in wrong)
    print_kinds(asked)
    times = [took for _, took in asked]
    print(
        f"crowd: {len(times)} pages, p50 {share(times, 0.5):.0f} ms,"
        f" p95 {share(times, 0.95):.0f} ms;"
        f" {len(written)} decisions, p95 {share(written, 0.95):.0f} ms; {len(wrong)} errors"
        f" {wrong[:3]}; sent {sent}, in the log {kept} {busy()}",
        flush=True,
    )


def count_decisions() -> int:
    _, body, _ = Reader().get("/api/decisions?limit=1")
    return int(json.loads(body)["total"])


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--documents", type=int, default=2_000)
    asked.add_argument("--claims", type=int, default=10_000)
    asked.add_argument("--seconds", type=float, default=30)
    asked.add_argument("--rounds", type=int, default=5)
    asked.add_argument("--folder", type=Path, default=Path(".local/bench-desk"))
    asked.add_argument("--ledger", default="")
    asked.add_argument("--build-only", action="store_true")
    given = asked.parse_args()
    given.folder.mkdir(parents=True, exist_ok=True)
    place = given.ledger or given.folder / f"{given.documents}-{given.claims}.ledger"
    if not isinstance(place, Path) or not place.exists():
        build(place, given.documents, given.claims)
    spawn = multiprocessing.get_context("spawn")
    ready = spawn.Event()
    server = spawn.Process(target=serve, args=(place, ready))
    server.start()
    try:
        while not ready.wait(1):
            if not server.is_alive():
                sys.exit("the server ended")
        if given.build_only:
            return
        time.sleep(1)
        pages = find_pages(random.Random(3))  # noqa: S311
        measure_alone(pages, given.rounds, server.pid or 0)
        measure_crowd(pages, given.seconds, readers=50, reviewers=5)
    finally:
        server.terminate()
        server.join()


if __name__ == "__main__":
    main()
