"""Every page of a desk by its address, a desk on a real port, and a walk through it in Chromium."""

from __future__ import annotations

import json
import os
import re
import socket
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlsplit

import pytest
import uvicorn
from playwright.sync_api import BrowserContext, Page, Request, sync_playwright

from harmledger.web import Desk, make_app
from harmledger.web.app import WAYS

CHROMIUM = Path(os.environ.get("CHROMIUM", "/usr/bin/chromium"))
WHOLE = bool(os.environ.get("DESK_WHOLE"))
"""Every single page in the browser, not a sample of documents and incidents."""
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-domain-reliability",
    "--disable-sync",
    "--no-pings",
    # A browser may ask its maker about the forms it sees, whatever page they are on; not this one.
    "--disable-features=AutofillServerCommunication,Translate,OptimizationHints,MediaRouter",
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
)
"""No name leads anywhere: whatever is tried, nothing leaves."""
HERE = "http://127.0.0.1"
"""Stands in what a page of the desk asks for: as its initiator, or the key its requests share."""
LISTS = ("/", "/documents", "/changes", "/unresolved", "/decisions", "/origins", "/totals")
SIZES = {"/": 25, "/totals": 20, "/origins": 20}
TABLES = {
    "/": "incidents",
    "/documents": "documents",
    "/changes": "changes",
    "/unresolved": "unresolved",
    "/decisions": "decisions",
    "/totals": "totals",
}
_T = TypeVar("_T")


def plain_paths() -> list[str]:
    """Every GET way without parameters, as the application lists them."""
    return [w.path for w in WAYS if w.method == "GET" and "{" not in w.path]


def list_pages(desk: Desk) -> list[str]:
    """Every page of every list."""
    index = desk.faces.whole
    found = []
    for path in LISTS:
        many = index.count(TABLES[path]) if path in TABLES else 1
        last = max(1, -(-many // SIZES.get(path, 50)))
        found += [f"{path}?page={n}" for n in range(2, last + 1)]
    return found


def item_paths(desk: Desk) -> list[str]:
    """Every incident, document and claim by its own address, as page and as JSON."""
    index = desk.faces.whole
    incidents = [i for (i,) in index.rows("SELECT id FROM incidents ORDER BY n")]
    documents = [d for (d,) in index.rows("SELECT id FROM documents ORDER BY n")]
    claims = [c for (c,) in index.rows("SELECT id FROM claims ORDER BY n")]
    return [
        *(f"/incidents/{i}" for i in incidents),
        *(f"/documents/{d}" for d in documents),
        *(f"/documents/{a}/compare/{b}" for a, b in pairwise(documents)),
        *(f"/review?claim={c}" for c in claims),
        *(f"/api/incidents/{i}" for i in incidents),
        *(f"/api/incidents/{i}/claims" for i in incidents),
        *(f"/api/documents/{d}" for d in documents),
        *(f"/api/documents/{d}/text" for d in documents),
        *(f"/api/claims/{c}" for c in claims),
    ]


def is_page(path: str) -> bool:
    """Is this an address a browser shows as a page?"""
    if path.startswith(("/api/", "/feeds", "/download")) or path.endswith("/progress"):
        return False
    return "{" not in path


@contextmanager
def hosted(desk: Desk) -> Iterator[str]:
    """The desk on a free port of this machine; gives its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    config = uvicorn.Config(make_app(desk), port=port, log_level="warning", access_log=False)
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    deadline = time.monotonic() + 30
    while not server.started:
        assert time.monotonic() < deadline, "the desk did not start"
        time.sleep(0.05)
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join(timeout=30)


@dataclass
class Seen:
    """What a walk noticed."""

    visited: list[str] = field(default_factory=list)
    dialogs: list[str] = field(default_factory=list)
    outside: list[str] = field(default_factory=list)
    console: list[str] = field(default_factory=list)
    foreign: list[str] = field(default_factory=list)
    """Elements and attributes no template of the desk writes, as ``path: what``."""
    broken: list[str] = field(default_factory=list)
    """Pages that did not answer 200."""
    net_log: Path | None = None


def in_own_thread(work: Callable[[], _T]) -> _T:
    """Playwright takes one thread for itself; other tests of the session hold theirs."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(work).result()


FOREIGN = """() => {
  const found = [];
  const known = new Set(["script", "link", "meta"]);
  const bad = new Set(["iframe", "frame", "frameset", "object", "embed", "base", "style", "img",
    "image", "video", "audio", "source", "template", "portal", "math", "animate", "set", "use",
    "foreignobject", "marquee", "dialog", "noscript", "xss", "x", "keygen", "isindex"]);
  for (const e of document.querySelectorAll("*")) {
    const tag = e.localName.toLowerCase();
    if (bad.has(tag)) found.push(tag);
    if (tag === "script" && e.getAttribute("src") !== "/assets/desk.js") found.push("script");
    if (tag === "meta" && e.hasAttribute("http-equiv")) found.push("meta refresh");
    for (const a of e.attributes) {
      const name = a.name.toLowerCase();
      if (name.startsWith("on") || ["style", "srcdoc", "srcset", "background"].includes(name))
        found.push(`${tag} ${name}`);
      if (["href", "src", "action", "formaction", "xlink:href", "data", "poster"].includes(name)) {
        const to = new URL(a.value, document.baseURI);
        const link = tag === "a" && /^https?:$/.test(to.protocol);
        const out = to.origin !== location.origin && !link;
        if (out) found.push(`${tag} ${name}=${a.value.slice(0, 60)}`);
      }
    }
  }
  return found;
}"""


def walk(
    base: str, paths: list[str], *, bypass_csp: bool, then: Callable[[Page, Seen], None], log: Path
) -> Seen:
    """Open every page in Chromium and note what it should not do. ``bypass_csp``: without the
    policy in the way, so that what is not escaped runs. Skips where there is no Chromium."""
    if not CHROMIUM.exists():
        pytest.skip(f"no Chromium at {CHROMIUM}; set CHROMIUM to one")
    return in_own_thread(lambda: _walk(base, paths, bypass_csp, then, log))


def _walk(
    base: str, paths: list[str], bypass_csp: bool, then: Callable[[Page, Seen], None], log: Path
) -> Seen:
    seen = Seen(net_log=log)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=[*FLAGS, f"--log-net-log={log}"]
        )
        context = browser.new_context(bypass_csp=bypass_csp, base_url=base)
        page = _listen(context, base, seen)
        for path in paths:
            answer = page.goto(path, wait_until="load")
            seen.visited.append(path)
            if answer is None or answer.status != 200:
                seen.broken.append(f"{path}: {answer.status if answer else 'no answer'}")
            seen.foreign += [f"{path}: {what}" for what in page.evaluate(FOREIGN)]
        then(page, seen)
        context.close()
        browser.close()
    return seen


def _listen(context: BrowserContext, base: str, seen: Seen) -> Page:
    page = context.new_page()

    def note(request: Request) -> None:
        if not request.url.startswith((f"{base}/", "data:", "about:", "blob:")):
            seen.outside.append(request.url)

    def dismiss(dialog: Any) -> None:
        seen.dialogs.append(f"{page.url}: {dialog.message}")
        dialog.dismiss()

    context.on("request", note)
    page.on("dialog", dismiss)
    page.on("console", lambda message: seen.console.append(f"{page.url}: {message.text}"))
    page.on("pageerror", lambda error: seen.console.append(f"{page.url}: {error}"))
    page.on("popup", lambda opened: seen.outside.append(f"popup {opened.url}"))
    return page


def outside_of(net_log: Path) -> set[str]:
    """Hosts beyond this machine that pages of the desk made Chromium look up or ask, by its own
    network log: also what no page event tells of, as early connections and look-ups. What the
    browser asks of its maker for itself is not in it; its names lead nowhere here (FLAGS)."""
    found = set()
    for event in _events_of(net_log):
        params = event.get("params")
        if isinstance(params, dict) and HERE in json.dumps(params):
            urls = [params.get(key) for key in ("url", "host", "origin", "proxy_server")]
            hosts = {_host(url) for url in urls if isinstance(url, str)}
            found |= {host for host in hosts if host.strip("~") == host and not _is_here(host)}
    return found


def _events_of(net_log: Path) -> Iterator[dict[str, Any]]:
    """One event a line, after a first line of constants; the browser may have stopped anywhere."""
    with net_log.open(encoding="utf-8", errors="replace") as lines:
        for line in lines:
            bare = line.strip().rstrip(",").removesuffix("]}").rstrip(",")
            if bare.startswith("{") and bare.endswith("}") and '"constants"' not in bare[:20]:
                yield json.loads(bare)


def _host(url: str) -> str:
    if url.startswith(("data:", "about:", "chrome", "blob:", "devtools")):
        return ""
    parts = urlsplit(url if "//" in url else f"//{url}")
    return (parts.hostname or "") if re.match(r"^(https?|wss?)?$", parts.scheme) else ""


def _is_here(host: str) -> bool:
    return host in ("", "localhost", "::1", "0.0.0.0") or host.startswith("127.")
