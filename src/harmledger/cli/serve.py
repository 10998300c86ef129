"""``harmledger serve``: the desk, where people read, review and decide, in a browser."""

from __future__ import annotations

import signal
import threading
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from harmledger.cli.options import LedgerPath


def serve(
    ledger: LedgerPath,
    host: Annotated[
        str,
        typer.Option("--host", help="The address to listen on; this machine alone by default."),
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", min=1, max=65535, help="The port.")] = 8765,
    certificate: Annotated[
        Path | None,
        typer.Option("--tls-certificate", metavar="FILE", help="TLS certificate chain, PEM."),
    ] = None,
    key: Annotated[
        Path | None, typer.Option("--tls-key", metavar="FILE", help="Its private key, PEM.")
    ] = None,
    plain: Annotated[
        bool,
        typer.Option(
            "--without-tls", help="Listen on another address without TLS: something else does it."
        ),
    ] = False,
) -> None:
    """Open the desk in a browser: overview, incidents, documents, review, totals, API, import.
    Working output: it listens on this machine alone unless told otherwise."""
    import uvicorn

    from harmledger.web import Settings, make_app, open_desk
    from harmledger.web.settings import check_settings
    from harmledger.web.warm import warm

    for ending in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(ending, _end)
    settings = Settings(
        place=ledger, host=host, port=port, certificate=certificate, key=key, plain=plain
    )
    desk = open_desk(settings)
    try:
        check_settings(settings, has_accounts=desk.people.has_accounts())
        typer.echo("Reading the ledger …", err=True)
        desk.start()
        threading.Thread(target=warm, args=(desk,), daemon=True, name="desk-warm").start()
        scheme = "https" if settings.is_tls else "http"
        shown = f"[{host}]" if ":" in host else host
        typer.echo(f"The desk is at {scheme}://{shown}:{port}/ (Ctrl+C ends it).", err=True)
        uvicorn.run(
            make_app(desk),
            host=host,
            port=port,
            ssl_certfile=certificate,
            ssl_keyfile=key,
            log_level="warning",
            access_log=False,
            server_header=False,
        )
    finally:
        desk.close()


def _end(_signal: int, _frame: object) -> NoReturn:
    """Told to stop: as an exit, so that the desk closes and leaves no index of a sealed ledger."""
    raise SystemExit(0)
