"""Readers and reviewers of the desk's benchmark, and what is measured of the pages they get."""

from __future__ import annotations

import gzip
import http.client
import json
import os
import random
import re
import threading
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from urllib.parse import urlencode

PORT = 8797
PAUSE, THINK = 5.0, 2.0
"""Seconds between two clicks of a reader, and between two decisions of a reviewer."""
ALONE, CROWDED, PAINTED = 100, 300, 1000
"""Milliseconds asked for: p95 alone, p95 in a crowd, first contentful paint."""
CHROMIUM = Path(os.environ.get("CHROMIUM", "/usr/bin/chromium"))
FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
ASSETS = ("site.css", "desk.css", "desk.js")


class Reader:
    """One connection with its own session."""

    def __init__(self) -> None:
        self.http = http.client.HTTPConnection("127.0.0.1", PORT, timeout=60)
        self.cookie, self.token = "", ""

    def get(self, path: str) -> tuple[int, bytes, float]:
        """Status, body and seconds; status 0 where no answer came."""
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
            body = gzip.decompress(body)
        if token := re.search(rb'desk-token" content="([0-9a-f]+)"', body):
            self.token = token[1].decode()
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
        """Bytes transferred, compressed."""
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
    """Addresses of every kind of page, with what is in this ledger."""
    _, body, _ = Reader().get("/api/incidents?limit=200&offset=0")
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


def share(times: Sequence[float], part: float) -> float:
    """A quantile, in milliseconds."""
    return sorted(times)[min(len(times) - 1, int(part * len(times)))] * 1000


def busy() -> str:
    """How busy the machine is with everything on it."""
    return f"[load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores]"


def judge(name: str, value: float, asked: float, unit: str = "ms") -> str:
    word = "reached" if value <= asked else "NOT reached"
    return f"{name} {value:.0f} {unit} of {asked:.0f} asked: {word}"


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
    for kind, took_all in sorted(kinds.items(), key=lambda item: -share(item[1], 0.95)):
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
            print(f"weight: {judge(f'heaviest page, {name},', total, bar, 'kB')} ({path})")


def processor_of(pid: int) -> float:
    """Seconds of processor a process has used (Linux); on a shared machine the clock says less."""
    fields = Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def measure_alone(pages: list[str], rounds: int, server: int) -> None:
    """Each page ``rounds`` times after a first look at all of them."""
    reader, every = Reader(), []
    weights: dict[str, int] = {}
    first = [reader.get(path)[2] for path in pages]
    before = processor_of(server)
    for path in pages:
        every += [(path, reader.get(path)[2]) for _ in range(rounds)]
    used = (processor_of(server) - before) / len(every) * 1000
    for path in pages:
        weights[path] = reader.weigh(path)
    print_kinds(every)
    print_weights(weights, sum(reader.weigh(f"/assets/{name}") for name in ASSETS))
    times = [took for _, took in every]
    print(
        f"alone: p50 {share(times, 0.5):.0f} ms, {judge('p95', share(times, 0.95), ALONE)};"
        f" p95 of the very first look {share(first, 0.95):.0f} ms; {used:.0f} ms of processor a"
        f" request {busy()}",
        flush=True,
    )


def measure_paint(pages: list[str]) -> None:
    """First contentful paint of one page of each kind: the middle of three looks, each with an
    empty cache."""
    if not CHROMIUM.exists():
        print(f"paint: not measured, no Chromium at {CHROMIUM}")
        return
    from playwright.sync_api import sync_playwright

    chosen = {kind_of(p): p for p in pages if not p.startswith(("/api", "/feeds"))}
    painted: dict[str, float] = {}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        for path in chosen.values():
            looks = []
            for _ in range(3):
                context = browser.new_context()
                page = context.new_page()
                page.goto(f"http://127.0.0.1:{PORT}{path}")
                looks.append(float(page.evaluate(_PAINT)))
                context.close()
            painted[path] = median(looks)
        browser.close()
    for path, took in sorted(painted.items(), key=lambda row: -row[1]):
        print(f"  {took:6.0f} ms  {path}")
    print(f"paint: {judge('slowest', max(painted.values()), PAINTED)} {busy()}", flush=True)


_PAINT = """() => new Promise(done => {
  const seen = () => performance.getEntriesByName('first-contentful-paint')[0];
  const wait = () => seen() ? done(seen().startTime) : setTimeout(wait, 10);
  wait();
})"""


class Crowd:
    """Readers and reviewers for a time; ``sent`` holds what was acknowledged."""

    def __init__(self, pages: list[str], seconds: float) -> None:
        self.pages = pages
        self.end = time.monotonic() + seconds
        self.asked: list[tuple[str, float]] = []
        self.written: list[float] = []
        self.wrong: list[tuple[str, int]] = []
        self.sent: list[tuple[str, str]] = []

    def read(self, seed: int) -> None:
        chance, reader = random.Random(seed), Reader()  # noqa: S311
        time.sleep(chance.random() * PAUSE)
        while time.monotonic() < self.end:
            path = chance.choice(self.pages)
            status, _, took = reader.get(path)
            self.asked.append((path, took))
            if status != 200:
                self.wrong.append((path, status))
            time.sleep(max(0.0, PAUSE - took))

    def decide(self, seed: int) -> None:
        chance, reader = random.Random(seed), Reader()  # noqa: S311
        reader.get("/name")
        while time.monotonic() < self.end:
            status, body, took = reader.get("/review")
            self.asked.append(("/review", took))
            found = re.search(rb'data-claim="(\w+)"', body)
            if not found:
                self.wrong.append(("/review", status))
                return
            claim = found[1].decode()
            verdict = chance.choice(["accept", "accept", "reject"])
            status, took = reader.post("/review", claim=claim, verdict=verdict)
            self.written.append(took)
            if status == 204:
                self.sent.append((verdict, claim))
            else:
                self.wrong.append(("POST /review", status))
            time.sleep(THINK)


def measure_crowd(
    pages: list[str], seconds: float, readers: int, reviewers: int, server: int
) -> list[tuple[str, str]]:
    """What reviewers were told is written: (action, claim)."""
    crowd = Crowd(pages, seconds)
    before, began = processor_of(server), time.perf_counter()
    threads = [threading.Thread(target=crowd.read, args=(n,)) for n in range(readers)]
    threads += [threading.Thread(target=crowd.decide, args=(1000 + n,)) for n in range(reviewers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    used, lasted = processor_of(server) - before, time.perf_counter() - began
    print_kinds(crowd.asked)
    times = [took for _, took in crowd.asked]
    print(
        f"crowd: {len(times)} pages in {lasted:.0f} s, p50 {share(times, 0.5):.0f} ms,"
        f" {judge('p95', share(times, 0.95), CROWDED)};"
        f" {len(crowd.written)} decisions, {judge('p95', share(crowd.written, 0.95), CROWDED)};"
        f" {len(crowd.wrong)} errors {crowd.wrong[:3]};"
        f" {used / (len(times) + len(crowd.written)) * 1000:.0f} ms of processor a request,"
        f" {used / lasted:.2f} of a core {busy()}",
        flush=True,
    )
    return crowd.sent
