"""No request leaves the machine: a walk over every page, and Chromium's own log of what it tried.

The log covers the browser itself, not its pages alone; the desk's process is watched as well.
"""

from __future__ import annotations

import socket
from pathlib import Path
from typing import Any

import pytest
from desk_walk import Seen, hosted, is_page, item_paths, outside_of, plain_paths, walk

from harmledger.web import Desk

CLICKED = 15


@pytest.fixture
def dialled(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Addresses this process connected or looked up beyond this machine."""
    found: list[str] = []
    connect, look_up = socket.socket.connect, socket.getaddrinfo

    def noted(self: socket.socket, address: Any) -> None:
        if isinstance(address, tuple) and not str(address[0]).startswith(("127.", "::1")):
            found.append(str(address))
        connect(self, address)

    def looked_up(host: Any, *args: Any, **more: Any) -> Any:
        if host not in (None, "127.0.0.1", "::1", "localhost"):
            found.append(str(host))
        return look_up(host, *args, **more)

    monkeypatch.setattr(socket.socket, "connect", noted)
    monkeypatch.setattr(socket, "getaddrinfo", looked_up)
    return found


def click_through(page: Any, seen: Seen) -> None:
    """Follow links of the desk from page to page, as a reader would, and use its forms."""
    page.goto("/")
    done: set[str] = set()
    for _ in range(CLICKED):
        links = page.eval_on_selector_all(
            "a[href^='/']:not([href*='download']):not([href*='feeds']):not([href*='.json'])",
            "all => all.map(a => a.getAttribute('href'))",
        )
        fresh = [href for href in links if href not in done]
        if not fresh:
            page.goto("/")
            continue
        done.add(fresh[-1])
        page.goto(fresh[-1])
        seen.visited.append(fresh[-1])
    page.goto("/")
    page.fill("#top-q", "market")
    page.press("#top-q", "Enter")
    page.wait_for_load_state()
    page.goto("/review")
    page.keyboard.press("s")
    page.wait_for_timeout(300)


@pytest.mark.browser
def test_no_request_leaves_the_machine(desk: Desk, dialled: list[str], tmp_path: Path) -> None:
    desk.people.keep_setting("alone", "Ada Example")
    items = [p for p in item_paths(desk) if is_page(p)]
    paths = [*(p for p in plain_paths() if is_page(p)), *items[::2]]
    with hosted(desk) as base:
        seen = walk(base, paths, bypass_csp=False, then=click_through, log=tmp_path / "net.json")
    assert seen.outside == []
    assert outside_of(tmp_path / "net.json") == set()
    assert dialled == []
    assert not seen.broken, seen.broken
    assert not [line for line in seen.console if "Content Security Policy" in line]
    assert len(set(seen.visited)) > 30


@pytest.mark.browser
def test_a_request_that_would_leave_is_seen(desk: Desk, tmp_path: Path) -> None:
    """The walk and the log notice one image from elsewhere."""

    def leak(page: Any, _: Seen) -> None:
        page.evaluate("() => { new Image().src = 'http://outside.invalid/x.png'; }")
        page.wait_for_timeout(300)

    desk.people.keep_setting("alone", "Ada Example")
    with hosted(desk) as base:
        seen = walk(base, ["/how-to-read"], bypass_csp=True, then=leak, log=tmp_path / "net.json")
    assert seen.outside == ["http://outside.invalid/x.png"]
    assert outside_of(tmp_path / "net.json") == {"outside.invalid"}
