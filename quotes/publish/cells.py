"""Cells of Datasette's own tables and queries: texts lead to statements, evidence to the quote's page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from markupsafe import Markup, escape

from quotes.publish.addresses import quote_address, statement_address, web_address
from quotes.publish.databases import known_databases

if TYPE_CHECKING:
    from datasette.app import Datasette

# Per table, the column that is a link and the column with the id it leads to.
_LINKED = {
    "statements": {"label": "id"},
    "wordings": {"text": "id"},
    "quotes": {"text": "id"},
}
# The columns that tell who spoke, or point to another quote, lead to the quote's own page.
_WHY = {
    "quotes": {
        "attribution_rule": "id",
        "no_speaker_reason": "id",
        "evidence": "id",
        "inside_quote_id": "inside_quote_id",
    },
    "considered_speakers": {"quote_id": "quote_id"},
    "joint_speakers": {"quote_id": "quote_id"},
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
    why = _WHY.get(table or "", {}).get(column)
    identifier = value if column == "statement_id" else _read(row, why or _find_column(table, column))
    if identifier is None:
        return None
    label = value["label"] if isinstance(value, Mapping) else value
    if why and column == "evidence":
        label = "evidence, marked"  # as JSON it is for programs
    lead = quote_address if why else statement_address
    address = lead(datasette, database, str(_plain(identifier)))
    return Markup('<a href="{}">{}</a>').format(address, _shorten(datasette, str(label or _plain(value))))


def _link_web(url: str) -> Markup:
    address = web_address(url)
    if address is None:
        return escape(url)
    return Markup('<a href="{}" rel="noopener noreferrer nofollow">{}</a>').format(address, url)


def _find_column(table: str | None, column: str) -> str | None:
    """Return the column with the id of the statement that a text leads to, or None where it leads nowhere."""
    if table is None:
        return "statement_id" if column in _TEXTS else None
    return _LINKED.get(table, {}).get(column)


def _read(row: Any, wanted: str | None) -> Any:
    """Return the id in the column `wanted`, None where the row has none."""
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
