"""Take pictures of a written site: python scripts/screenshots.py SITE OUT

Overview, map, an incident and a document, at desk and phone width, light and dark. Needs a
Chromium (CHROMIUM names another than /usr/bin/chromium) and the development dependencies.
"""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

WIDTHS = {"desk": 1280, "phone": 390}
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def pages_of(site: Path, incident: str | None, document: str | None) -> dict[str, Path]:
    """Name of the picture -> page. Without a wish, the largest page of its kind is taken."""
    found = {"overview": site / "index.html", "map": site / "map.html"}
    for kind, wish in (("incident", incident), ("document", document)):
        pages = sorted((site / f"{kind}s").glob("*.html"), key=lambda p: -p.stat().st_size)
        wished = [page for page in pages if wish and wish in page.name]
        if pages:
            found[kind] = (wished or pages)[0]
    return found


def take(browser: Browser, page: Path, target: Path, width: int, scheme: str) -> None:
    context = browser.new_context(
        viewport={"width": width, "height": 900},
        color_scheme="dark" if scheme == "dark" else "light",
        java_script_enabled=False,
        device_scale_factor=1,
    )
    view = context.new_page()
    view.goto(page.resolve().as_uri())
    view.screenshot(path=target, full_page=True)
    context.close()


def main() -> None:
    parser = argparse.ArgumentParser(description="Take pictures of a written site.")
    parser.add_argument("site", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--incident", help="part of the file name of the incident to show")
    parser.add_argument("--document", help="part of the file name of the document to show")
    wanted = parser.parse_args()
    wanted.out.mkdir(parents=True, exist_ok=True)
    chromium = os.environ.get("CHROMIUM", "/usr/bin/chromium")
    pages = pages_of(wanted.site, wanted.incident, wanted.document)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=list(FLAGS))
        for name, page in pages.items():
            for size, width in WIDTHS.items():
                for scheme in ("light", "dark"):
                    target = wanted.out / f"{name}-{size}-{scheme}.png"
                    take(browser, page, target, width, scheme)
        browser.close()


if __name__ == "__main__":
    main()
