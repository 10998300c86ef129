"""How a desk is opened, and what it refuses."""

from __future__ import annotations

import ipaddress
from pathlib import Path

from harmledger.core.base import Value
from harmledger.core.errors import WrongUsage

PORT = 8765
SESSION_HOURS = 12
IDLE_MINUTES = 60
PAGE_SIZE = 25
MOST_BYTES = 200 * 1024 * 1024
"""An upload larger than this is refused before it is read."""
REQUESTS_A_MINUTE = 600
SIGN_INS_A_MINUTE = 10


class Settings(Value, frozen=True, kw_only=True):
    """``place``: the ledger, as every command takes it. ``plain``: somebody said in words that
    an address other than loopback may be served without TLS."""

    place: Path | str
    host: str = "127.0.0.1"
    port: int = PORT
    certificate: Path | None = None
    key: Path | None = None
    plain: bool = False
    requests_a_minute: int = REQUESTS_A_MINUTE

    @property
    def is_local(self) -> bool:
        """Is this desk to be reached from this machine alone?"""
        return is_loopback(self.host)

    @property
    def is_tls(self) -> bool:
        return self.certificate is not None and self.key is not None


def check_settings(settings: Settings, *, has_accounts: bool) -> None:
    """Raises WrongUsage where a desk would be open to others without protection."""
    if (settings.certificate is None) != (settings.key is None):
        raise WrongUsage("TLS needs both files: --tls-certificate FILE and --tls-key FILE.")
    for path in (settings.certificate, settings.key):
        if path is not None and not path.is_file():
            raise WrongUsage(f"there is no file {path}; name the TLS certificate and its key.")
    if settings.is_local:
        return
    if not (settings.is_tls or settings.plain):
        raise WrongUsage(
            f"{settings.host} can be reached from other machines. Give --tls-certificate and "
            "--tls-key, or say --without-tls if something in front of the desk does TLS."
        )
    if not has_accounts:
        raise WrongUsage(
            f"{settings.host} can be reached from other machines and nobody has an account. "
            "Start the desk on this machine first and make accounts under People."
        )


def is_loopback(host: str) -> bool:
    """Does this host name mean this machine and no other?"""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False
