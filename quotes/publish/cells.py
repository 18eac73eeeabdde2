"""Cells of Datasette's own tables and queries: statements and quotes lead to the statement page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from markupsafe import Markup, escape

from quotes.publish.addresses import statement_address, web_address
from quotes.publish.databases import known_databases

if TYPE_CHECKING:
    from datasette.app import Datasette

# Per table, the column that is a link and the column with the id it leads to.
_LINKED = {
    "statements": {"label": "id"},
    "wordings": {"text": "id"},
    "quotes": {"text": "id"},
}
# In canned queries these columns are text of a statement, and "statement_id" says of which.
_TEXTS = frozenset({"label", "text", "quote", "wording", "reference", "other_wording"})


def render(
    datasette: Datasette, database: str | None, table: str | None, row: Any, column: str, value: Any
) -> Markup | None:
    """Return the HTML of one cell, escaped, or None where Datasette's own way is right."""
    if database is None or database not in known_databases(datasette) or value in (None, ""):
        return None
    if column == "url":
        return _link_web(str(value))
    identifier = value if column == "statement_id" else _identify(table, row, column)
    if identifier is None:
        return None
    label = value["label"] if isinstance(value, Mapping) else value
    address = statement_address(datasette, database, str(_plain(identifier)))
    return Markup('<a href="{}">{}</a>').format(address, _shorten(datasette, str(label or _plain(value))))


def _link_web(url: str) -> Markup:
    address = web_address(url)
    if address is None:
        return escape(url)
    return Markup('<a href="{}" rel="noopener noreferrer nofollow">{}</a>').format(address, url)


def _identify(table: str | None, row: Any, column: str) -> Any:
    """Return the id that a text cell leads to, or None where it leads nowhere."""
    if table is None:
        wanted = "statement_id" if column in _TEXTS else None
    else:
        wanted = _LINKED.get(table, {}).get(column)
    try:
        return row[wanted] if wanted else None
    except (KeyError, IndexError):
        return None


def _plain(value: Any) -> Any:
    """Return the id itself where Datasette gives it together with its label."""
    return value["value"] if isinstance(value, Mapping) else value


def _shorten(datasette: Datasette, text: str) -> str:
    longest = int(datasette.setting("truncate_cells_html") or 0)
    return text if not longest or len(text) <= longest else text[:longest] + "…"
