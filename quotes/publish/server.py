"""Serve quotes.db on this machine, with the bundled metadata and the plugin's pages."""

from __future__ import annotations

import os
import socket
import webbrowser
from typing import TYPE_CHECKING

from quotes.errors import DatabaseError, QuotesError
from quotes.publish.metadata import datasette_options, read_metadata

if TYPE_CHECKING:
    from pathlib import Path

    import uvicorn
    from datasette.app import Datasette

# Suggesting facets costs a query a column on every table page; the metadata names the ones that help.
SETTINGS = {"suggest_facets": False, "facet_time_limit_ms": 500}


def serve(database: Path, port: int, host: str = "127.0.0.1", open_browser: bool = False) -> None:
    """Serve `database` until interrupted; `port` 0 takes any free port. The log on stderr says where.

    Raises DatabaseError when `database` is missing or is none of ours, QuotesError when the port is taken.
    """
    import asyncio

    datasette = load_datasette(database)
    asyncio.run(_check(datasette, database))
    _check_port(host, port)
    _server(datasette, host, port, open_browser).run()


def load_datasette(database: Path) -> Datasette:
    """Return a Datasette of `database` with the bundled metadata, whatever the file is called.

    Raises DatabaseError when there is no such file.
    """
    from datasette.app import Datasette

    if not database.is_file():
        raise DatabaseError(
            f"{database}: no such database. Index articles into it first, or name another file."
        )
    options = datasette_options(read_metadata(database.stem))
    # SQLite needs to write beside a database in WAL mode, unless it may take the file as never changing.
    live, frozen = ([str(database)], []) if os.access(database.parent, os.W_OK) else ([], [str(database)])
    return Datasette(live, immutables=frozen, settings=SETTINGS, **options)


async def _check(datasette: Datasette, database: Path) -> None:
    from quotes.publish.databases import own_databases

    if not await own_databases(datasette):
        raise DatabaseError(
            f"{database}: not a database of Quote Drift, or one of an older version. "
            "Name the quotes.db that an index run wrote, or index again."
        )


def _check_port(host: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except (OSError, OverflowError) as error:
            raise QuotesError(
                f"{host}:{port}: cannot serve there ({error}). Choose another port or host."
            ) from error


def _server(datasette: Datasette, host: str, port: int, open_browser: bool) -> uvicorn.Server:
    import uvicorn

    class Server(uvicorn.Server):
        """Opens the browser once the port answers, never before."""

        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            await super().startup(sockets)
            if open_browser and self.started:
                bound = self.servers[0].sockets[0].getsockname()[1]
                webbrowser.open(f"http://{host}:{bound}/-/quotes")

    return Server(uvicorn.Config(datasette.app(), host=host, port=port, lifespan="on", access_log=False))
