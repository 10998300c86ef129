"""What ``--ledger`` names: a SQLite file, or a PostgreSQL database."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Literal

from platformdirs import user_cache_path
from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from harmledger.core.base import Value
from harmledger.core.errors import WrongUsage
from harmledger.core.ids import SHORT, sha256_of

STORE_VARIABLE = "HARMLEDGER_STORE"
_SCHEMES = ("postgresql", "postgres", "postgresql+pg8000")


class Address(Value, frozen=True, kw_only=True):
    """Where a ledger is. ``path``: the SQLite file, None on PostgreSQL. ``store``: where bytes
    lie, a folder or any address fsspec knows, unless the ledger itself says otherwise; None: only
    the ledger says. ``asked``: the place that HARMLEDGER_STORE names. ``shown``: for messages,
    never with a password."""

    engine: Literal["sqlite", "postgresql"]
    path: Path | None
    url: str
    store: str | None
    asked: str | None = None
    shown: str

    @property
    def cache_folder(self) -> Path:
        """Where what can be computed again may be kept; deleting it loses nothing."""
        if self.path is not None:
            return self.path.with_name(self.path.name + ".cache")
        return user_cache_path("harmledger") / sha256_of(self.shown.encode())[:SHORT]


def parse_address(ledger: Path | str) -> Address:
    """The address in ``ledger``: a path, or ``postgresql://user@host:port/database?store=PLACE``.

    Raises:
        WrongUsage: it is neither.
    """
    if isinstance(ledger, Path) or "://" not in ledger:
        path = Path(ledger)
        return Address(
            engine="sqlite",
            path=path,
            url=f"sqlite:///{path}",
            store=f"{path}.store",
            asked=os.environ.get(STORE_VARIABLE) or None,
            shown=str(path),
        )
    try:
        url = make_url(ledger)
    except (ArgumentError, ValueError) as error:
        raise _no_address(ledger.partition("://")[0]) from error
    if url.drivername not in _SCHEMES or not url.database:
        raise _no_address(url.drivername)
    named = url.query.get("store")
    return Address(
        engine="postgresql",
        path=None,
        url=_driver_url(url).render_as_string(hide_password=False),
        store=named if isinstance(named, str) else None,
        asked=os.environ.get(STORE_VARIABLE) or None,
        shown=url.difference_update_query(["store"]).render_as_string(hide_password=True),
    )


def _driver_url(url: URL) -> URL:
    """For pg8000: a host that is a folder is a Unix socket's; the password may come from
    PGPASSWORD, as with PostgreSQL's own programs."""
    bare = url.difference_update_query(["store", "host", "port"]).set(
        drivername="postgresql+pg8000"
    )
    if not bare.username:
        bare = bare.set(username=os.environ.get("PGUSER") or os.environ.get("USER") or "postgres")
    if bare.password is None and os.environ.get("PGPASSWORD"):
        bare = bare.set(password=os.environ["PGPASSWORD"])
    folder = url.query.get("host")
    if isinstance(folder, str):
        port = url.query.get("port", "5432")
        bare = bare.update_query_dict({"unix_sock": f"{folder}/.s.PGSQL.{port}"})
    return bare


def _no_address(scheme: str) -> WrongUsage:
    return WrongUsage(
        f"{scheme}:// names no ledger. Give a file name, or "
        "postgresql://USER@HOST/DATABASE?store=FOLDER for a PostgreSQL database."
    )
