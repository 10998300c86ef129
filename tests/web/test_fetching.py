"""Fetching an address that was asked for: what comes back, and every way it is refused. The
connection is turned to a server of the test; nothing leaves this machine."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest

from harmledger.core.errors import WrongUsage
from harmledger.web import fetch as fetching
from harmledger.web.fetch import fetch

PUBLIC, PRIVATE = "93.184.215.14", "10.0.0.7"
ANSWERS: dict[str, tuple[int, dict[str, str], bytes]] = {
    "/page": (200, {"Content-Type": "text/html; charset=utf-8"}, b"<p>Nine were hurt.</p>"),
    "/plain?q=1": (200, {"Content-Type": "text/plain"}, b"Nine were hurt."),
    "/moved": (302, {"Location": "/page"}, b""),
    "/inside": (301, {"Location": "http://inside.example/secret"}, b""),
    "/round": (302, {"Location": "/round"}, b""),
    "/picture": (200, {"Content-Type": "image/png"}, b"\x89PNG"),
    "/broken": (500, {"Content-Type": "text/html"}, b"sorry"),
    "/large": (200, {"Content-Type": "text/plain"}, b"x" * 2_000),
}


class Answering(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        status, headers, content = ANSWERS[self.path]
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: Any) -> None:
        pass


def find(host: str, _port: int) -> list[str]:
    return [PRIVATE if host.startswith("inside") else PUBLIC]


@pytest.fixture
def dialled(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """The addresses that were connected to, each answered by the test's own server."""
    server = HTTPServer(("127.0.0.1", 0), Answering)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    found: list[str] = []
    connect: Callable[..., socket.socket] = socket.create_connection

    def turned(address: tuple[str, int], **more: Any) -> socket.socket:
        found.append(address[0])
        return connect(server.server_address[:2], **more)

    monkeypatch.setattr(fetching.socket, "create_connection", turned)
    yield found
    server.shutdown()
    server.server_close()


def test_a_page_and_a_text_come_as_they_are(dialled: list[str]) -> None:
    page = fetch("http://news.example/moved", find)
    assert (page.url, page.ending) == ("http://news.example/page", ".html")
    assert page.content == b"<p>Nine were hurt.</p>"
    assert fetch("http://news.example/plain?q=1", find).ending == ".txt"
    assert set(dialled) == {PUBLIC}, "what was looked up is what is connected to"


@pytest.mark.parametrize(
    ("path", "says"),
    [
        ("/inside", "not on the public internet"),
        ("/round", "leads on and on"),
        ("/picture", "image/png"),
        ("/broken", "answered 500"),
        ("/large", "more than"),
    ],
)
def test_what_is_refused_says_why(
    dialled: list[str], monkeypatch: pytest.MonkeyPatch, path: str, says: str
) -> None:
    monkeypatch.setattr(fetching, "MOST_BYTES", 1_000)
    with pytest.raises(WrongUsage, match=says):
        fetch(f"http://news.example{path}", find)
    assert PRIVATE not in dialled
