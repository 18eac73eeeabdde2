"""The forms of our pages: where they lead, and the words that were typed into them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quotes.publish.addresses import page_address
from quotes.publish.databases import known_databases

if TYPE_CHECKING:
    from datasette.app import Datasette
    from datasette.utils.asgi import Request

    from quotes.publish.pages.answers import Row

_LONGEST = 200  # characters


def describe_form(datasette: Datasette, database: str, *path: str) -> Row:
    """Return the address that a form of the page at `path` leads to, and the database that it must name."""
    several = len(known_databases(datasette)) > 1
    return {
        "action": page_address(datasette, database, *path).partition("?")[0],
        "database": database if several else None,
    }


def read_words(request: Request, name: str) -> str:
    """Return what the address gives as `name`, with single spaces; empty where it gives nothing."""
    return " ".join((request.args.get(name) or "").replace("\0", " ").split())[:_LONGEST]
