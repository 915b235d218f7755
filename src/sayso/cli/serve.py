"""``sayso serve``: the pages and the REST API of a store, from this machine."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING, Annotated

import typer

from sayso.cli import session
from sayso.cli.options import StoreOption

if TYPE_CHECKING:
    from sayso.store import Store

__all__ = ["HostOption", "OpenOption", "PortOption", "serve", "serve_store"]

HostOption = Annotated[str | None, typer.Option("--host", envvar="SAYSO_HOST", help="Address to listen on.")]
PortOption = Annotated[
    int | None,
    typer.Option("--port", "-p", min=0, max=65535, envvar="SAYSO_PORT", help="Port to listen on; 0 takes a free one."),
]
OpenOption = Annotated[bool, typer.Option("--open", help="Open the page in your browser.")]


def serve(
    host: HostOption = None, port: PortOption = None, store: StoreOption = None, open_page: OpenOption = False
) -> None:
    """Serve the store as web pages.

    \b
    Examples:
      sayso serve --open
      sayso serve --port 9000 --store affair.db
    """
    with session.open_store(store) as kept:
        serve_store(kept, host, port, open_page=open_page)


def serve_store(store: Store, host: str | None, port: int | None, *, open_page: bool = False) -> None:
    """Serve a store until it is stopped; raises ConfigError when the address cannot be had."""
    import uvicorn

    from sayso.web import create_app

    settings = session.settings()
    with _listen(host or settings.host, settings.port if port is None else port) as listener:
        address = _address(listener)
        typer.echo(f"serving at {address} (Ctrl-C stops it)", err=True)
        if open_page:
            typer.launch(address)
        app = create_app(store, settings=settings)
        server = uvicorn.Server(uvicorn.Config(app, log_level="warning"))
        server.run(sockets=[listener])


def _listen(host: str, port: int) -> socket.socket:
    from sayso.errors import ConfigError

    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        return socket.create_server((host, port), family=family)
    except OSError as error:
        raise ConfigError(f"cannot listen on {host}:{port} ({error.strerror}): --port 0 takes a free port") from error


def _address(listener: socket.socket) -> str:
    host, port = listener.getsockname()[:2]
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"
