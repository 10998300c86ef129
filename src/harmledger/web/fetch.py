"""Fetching one address that a person asked for, and nothing behind this machine's own doors.

The name is looked up once, every address it has must be a public one, and the connection goes to
exactly that address: no second look-up can lead elsewhere. Redirects are followed by the same
rules. What is missed: a public address that itself passes requests on into a private network.
"""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
from collections.abc import Callable
from urllib.parse import urljoin, urlsplit

from harmledger.core.base import Value
from harmledger.core.errors import WrongUsage

PORTS = {"http": 80, "https": 443}
HOPS = 5
SECONDS = 20.0
MOST_BYTES = 20 * 1024 * 1024
ENDINGS = {"text/html": ".html", "application/xhtml+xml": ".html", "text/plain": ".txt"}
Resolve = Callable[[str, int], list[str]]


class Fetched(Value, frozen=True, kw_only=True):
    """Bytes as they came. ``url``: the last address of the redirects; ``ending``: by what kind
    of text the server said it is."""

    url: str
    ending: str
    content: bytes


def resolve(host: str, port: int) -> list[str]:
    """Every address of a name. Raises WrongUsage."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise WrongUsage(f"{host} cannot be found. Check the address.") from error
    return [str(info[4][0]) for info in found]


def check_address(url: str, find: Resolve = resolve) -> tuple[str, str, str, int]:
    """(scheme, host, IP address to connect to, port) when the address may be fetched.

    Raises:
        WrongUsage: it is no web address, names a port or password, or leads to a machine that is
            not on the public internet.
    """
    parts = urlsplit(url)
    try:
        port = parts.port
    except ValueError as error:
        raise WrongUsage("the port in this address is no number.") from error
    host = parts.hostname or ""
    if parts.scheme not in PORTS or not host or parts.username or parts.password:
        raise WrongUsage("give an address that begins with https:// or http://, without a name.")
    if port not in (None, PORTS[parts.scheme]):
        raise WrongUsage("only the usual ports of the web are fetched from.")
    addresses = find(host, PORTS[parts.scheme])
    for address in addresses:
        if not is_public(address):
            raise WrongUsage(
                f"{host} is not on the public internet; the desk does not fetch from inside a "
                "network. Save the page to a file and bring the file."
            )
    if not addresses:
        raise WrongUsage(f"{host} has no address. Check the address.")
    return parts.scheme, host, addresses[0], PORTS[parts.scheme]


def is_public(address: str) -> bool:
    """Is this IP address one of the public internet, in whatever way it is written?"""
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(found, ipaddress.IPv6Address):
        inner = found.ipv4_mapped or found.sixtofour or (found.teredo or (None, None))[1]
        if inner is not None:
            return is_public(str(inner))
        if found in ipaddress.ip_network("64:ff9b::/96"):
            return is_public(str(ipaddress.IPv4Address(int(found) & 0xFFFFFFFF)))
    return found.is_global and not found.is_multicast


def fetch(url: str, find: Resolve = resolve) -> Fetched:
    """Fetch one address. Cookies, scripts and pictures are not fetched.

    Raises:
        WrongUsage: it may not be fetched, does not answer, is too large or no text.
    """
    for _ in range(HOPS):
        scheme, host, address, port = check_address(url, find)
        try:
            answer = _ask(scheme, host, address, port, url)
        except (OSError, http.client.HTTPException) as error:
            raise WrongUsage(
                f"{host} did not answer: {type(error).__name__}. Try later."
            ) from error
        status, where, kind, content = answer
        if status in (301, 302, 303, 307, 308) and where:
            url = urljoin(url, where)
            continue
        if status != 200:
            raise WrongUsage(f"{host} answered {status}; nothing was brought in.")
        ending = ENDINGS.get(kind.partition(";")[0].strip().lower())
        if ending is None:
            raise WrongUsage(f"{host} sent {kind or 'something unnamed'}; we read HTML and text.")
        return Fetched(url=url, ending=ending, content=content)
    raise WrongUsage("this address leads on and on; give the last one.")


def _ask(scheme: str, host: str, address: str, port: int, url: str) -> tuple[int, str, str, bytes]:
    parts = urlsplit(url)
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    raw = socket.create_connection((address, port), timeout=SECONDS)
    try:
        if scheme == "https":
            raw = ssl.create_default_context().wrap_socket(raw, server_hostname=host)
        connection = http.client.HTTPConnection(host, port, timeout=SECONDS)
        connection.sock = raw
        headers = {"User-Agent": "harmledger", "Accept": "text/html, text/plain"}
        connection.request("GET", target, headers=headers)
        response = connection.getresponse()
        content = response.read(MOST_BYTES + 1)
        if len(content) > MOST_BYTES:
            raise WrongUsage("that is more than 20 MB; save it to a file and bring the file.")
        where, kind = response.getheader("Location", ""), response.getheader("Content-Type", "")
        return response.status, where or "", kind or "", content
    finally:
        raw.close()
