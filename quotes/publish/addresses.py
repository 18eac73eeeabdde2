"""Addresses of our pages and of Datasette's own, and which addresses found in articles may be linked."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from quotes.publish.databases import known_databases

if TYPE_CHECKING:
    from datasette.app import Datasette

HOME = "/-/quotes"
_WEB = re.compile(r"https?://[^\s/?#\\]+[^\s\\]*", re.IGNORECASE)
_LONGEST = 4000


def web_address(url: str | None) -> str | None:
    """Return `url` where it is one http or https address that may be linked, else None.

    >>> web_address("https://harbour.example/a?b=1")
    'https://harbour.example/a?b=1'
    >>> web_address("javascript:alert(1)")
    """
    url = (url or "").strip()
    return url if len(url) <= _LONGEST and url.isprintable() and _WEB.fullmatch(url) else None


def home_address(datasette: Datasette, database: str | None = None, **query: str) -> str:
    """Return the address of the front page with `query`.

    Where several databases are ours, an address of our pages names the one meant.
    """
    return _with_query(str(datasette.urls.path(HOME)), datasette, database, query)


def page_address(datasette: Datasette, database: str, *path: str, **query: str) -> str:
    """Return the address of the page of ours at `path`, as in ("outlet", "harbour-daily")."""
    return file_address(datasette, database, "", *path, **query)


def file_address(datasette: Datasette, database: str, ending: str, *path: str, **query: str) -> str:
    """Return the address of another form of a page: `ending` is ".atom", ".svg", ".png" or ".json"."""
    address = "/".join([HOME, *map(_tilde, path)]) + ending
    return _with_query(str(datasette.urls.path(address)), datasette, database, query)


def statement_address(datasette: Datasette, database: str, identifier: str, anchor: str = "") -> str:
    """Return the address of the statement that holds `identifier`, which may be a wording's or a quote's."""
    return page_address(datasette, database, "statement", identifier) + (f"#{anchor}" if anchor else "")


def quote_address(datasette: Datasette, database: str, identifier: str) -> str:
    """Return the address of the page that tells why a quote has its speaker."""
    return page_address(datasette, database, "quote", identifier)


def short_address(datasette: Datasette, database: str, identifier: str) -> str:
    """Return the short address of a statement, which leads to it as long as it is in the database."""
    return page_address(datasette, database, identifier)


def picture_address(datasette: Datasette, database: str, identifier: str, suffix: str) -> str:
    """Return the address of the picture of a statement's drift; `suffix` is "svg" or "png"."""
    return file_address(datasette, database, f".{suffix}", "statement", identifier)


def speaker_address(datasette: Datasette, database: str, identifier: str) -> str:
    """Return the address of a speaker's page."""
    return page_address(datasette, database, "speaker", identifier)


def outlet_address(datasette: Datasette, database: str, identifier: str) -> str:
    """Return the address of an outlet's page."""
    return page_address(datasette, database, "outlet", identifier)


def article_page_address(datasette: Datasette, database: str, identifier: str) -> str:
    """Return the address of our page of an article; the article itself lies where its outlet keeps it."""
    return page_address(datasette, database, "article", identifier)


def row_address(datasette: Datasette, database: str, table: str, identifier: str) -> str:
    """Return the address of Datasette's own page of one row."""
    return str(datasette.urls.row(database, table, _tilde(identifier)))


def table_address(datasette: Datasette, database: str, table: str, **query: str) -> str:
    """Return the address of Datasette's own page of one table, filtered and sorted by `query`."""
    return str(datasette.urls.table(database, table)) + (f"?{urlencode(query)}" if query else "")


def _tilde(identifier: str) -> str:
    from datasette.utils import tilde_encode

    return str(tilde_encode(identifier))


def _with_query(path: str, datasette: Datasette, database: str | None, query: dict[str, str]) -> str:
    if database is not None and len(known_databases(datasette)) > 1:
        query = {**query, "database": database}
    return path + (f"?{urlencode(query)}" if query else "")
