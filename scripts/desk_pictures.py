"""Pictures of the desk over the example reports: python scripts/desk_pictures.py LEDGER OUT

Overview, incident, document and review at desk and phone width, and the walk of a newcomer's
questions. Needs a Chromium (CHROMIUM names another) and the development dependencies.
"""

from __future__ import annotations

import os
import socket
import sys
import threading
import time
from pathlib import Path

import uvicorn
from playwright.sync_api import Browser, sync_playwright

from harmledger.web import Settings, make_app, open_desk

FLAGS = ("--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking")
FULL = ("desk-overview.png", "desk-document.png")
SIZES = {"desk": {"width": 1280, "height": 900}, "phone": {"width": 390, "height": 844}}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def take(browser: Browser, address: str, target: Path, size: str, scheme: str) -> None:
    context = browser.new_context(
        viewport=SIZES[size],  # type: ignore[arg-type]
        color_scheme="dark" if scheme == "dark" else "light",
    )
    page = context.new_page()
    page.goto(address)
    page.screenshot(path=target, full_page=target.name in FULL)
    context.close()


def take_all(base: str, incidents: dict[str, str], document: str, out: Path) -> None:
    """Every page once, then the walk: each question and the screen that answers it."""
    kunduz, al_ahli = incidents["Kunduz"], incidents["Al-Ahli"]
    pages = {
        "overview": "/",
        "incident": f"/incidents/{kunduz}",
        "document": f"/documents/{document}",
        "review": "/review",
    }
    walk = {
        "walk-how-many-according-to-whom": f"/incidents/{kunduz}#figures",
        "walk-how-did-it-move": f"/incidents/{kunduz}#h-moved",
        "walk-who-disputes": f"/incidents/{al_ahli}#h-replies",
        "walk-not-reviewed": f"/incidents/{al_ahli}#h-open",
    }
    with sync_playwright() as playwright:
        chromium = os.environ.get("CHROMIUM", "/usr/bin/chromium")
        browser = playwright.chromium.launch(executable_path=chromium, args=list(FLAGS))
        for name, path in pages.items():
            take(browser, base + path, out / f"desk-{name}.png", "desk", "light")
        take(browser, f"{base}/review", out / "desk-review-phone-dark.png", "phone", "dark")
        for name, path in walk.items():
            take(browser, base + path, out / f"desk-{name}.png", "phone", "light")
        browser.close()


def main() -> None:
    place, out = Path(sys.argv[1]), Path(sys.argv[2])
    out.mkdir(parents=True, exist_ok=True)
    port = free_port()
    desk = open_desk(Settings(place=place, port=port))
    desk.people.keep_setting("alone", "Ada Example")
    desk.start(background=False)
    server = uvicorn.Server(uvicorn.Config(make_app(desk), port=port, log_level="error"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.05)
    index = desk.faces.whole
    found = {
        word: index.value("SELECT id FROM incidents WHERE title LIKE ?", (f"%{word}%",))
        for word in ("Kunduz", "Al-Ahli")
    }
    query = "SELECT document FROM claims WHERE incident = ? GROUP BY 1 ORDER BY count(*) DESC"
    document = str(index.value(query, (found["Kunduz"],)))
    take_all(f"http://127.0.0.1:{port}", found, document, out)
    server.should_exit = True
    thread.join(timeout=10)
    desk.close()


if __name__ == "__main__":
    main()
