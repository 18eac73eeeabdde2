"""The Datasette plugin: its hooks and nothing else.

It is a package, not a module, as Datasette looks for templates/ and static/ beside a package. It is loaded in
every Datasette of the machine, so each hook stays silent for databases that are not ours.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pluggy import HookimplMarker

from quotes.publish.addresses import home_address
from quotes.publish.cells import render
from quotes.publish.databases import known_databases, own_databases, readable_databases
from quotes.publish.pages.home import read_totals, show_home
from quotes.publish.pages.quote import show_quote
from quotes.publish.pages.statement import lead_to_statement, show_statement

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from datasette.app import Datasette
    from datasette.utils.asgi import Request
    from markupsafe import Markup

    Row = dict[str, Any]

# Datasette's own `hookimpl`, without importing Datasette.
hookimpl = HookimplMarker("datasette")
# What all our pages share, then a file a page; the last is for Datasette's own pages of our databases.
STYLES = ("quotes.css", "statement.css", "quote.css", "stock.css")
DISTRIBUTION = "quote-drift"


@hookimpl
def startup(datasette: Datasette) -> Callable[[], Awaitable[None]]:
    """Look once which databases are ours, so that the first page's cells are linked too."""

    async def look() -> None:
        await own_databases(datasette)

    return look


@hookimpl
def register_routes() -> list[tuple[str, Any]]:
    """Return the addresses of our pages."""
    return [
        (r"^/-/quotes$", show_home),
        (r"^/-/quotes/statement/(?P<id>[^/]+)$", show_statement),
        (r"^/-/quotes/quote/(?P<id>[^/]+)$", show_quote),
        (r"^/-/quotes/(?P<id>[0-9a-f]{16})$", lead_to_statement),
    ]


@hookimpl
def render_cell(
    row: Any, value: Any, column: str, table: str | None, database: str | None, datasette: Datasette
) -> Markup | None:
    """Link statements and quotes to their pages, and web addresses where they are http or https."""
    return render(datasette, database, table, row, column, value)


@hookimpl
def menu_links(datasette: Datasette, actor: Row | None) -> Callable[[], Awaitable[list[Row]]]:
    """Put the front page into the menu of everybody who may read it."""

    async def links() -> list[Row]:
        names = await readable_databases(datasette, actor)
        several = len(names) > 1
        return [
            {
                "href": home_address(datasette, name),
                "label": f"Quote Drift: {name}" if several else "Quote Drift",
            }
            for name in names
        ]

    return links


@hookimpl
def table_actions(datasette: Datasette, database: str, table: str) -> list[Row] | None:
    """Lead from the tables of statements, wordings and quotes to the front page."""
    if database not in known_databases(datasette) or table not in {"statements", "wordings", "quotes"}:
        return None
    return [{"href": home_address(datasette, database), "label": "Quote Drift: front page"}]


@hookimpl
def extra_css_urls(
    template: str | None, database: str | None, view_name: str | None, datasette: Datasette
) -> list[str]:
    """Bring our style sheets to our pages and to Datasette's own pages of our databases, and nowhere else."""
    own = known_databases(datasette)
    only_ours = own >= set(datasette.databases) - {"_internal", "_memory"} and bool(own)
    ours = view_name == "quotes" or database in own or (template == "index.html" and only_ours)
    return [f"/-/static-plugins/{DISTRIBUTION}/{style}" for style in STYLES] if ours else []


@hookimpl
def extra_template_vars(
    template: str | None, request: Request | None, datasette: Datasette
) -> Callable[[], Awaitable[Row]]:
    """Give Datasette's index page what our panel on it shows."""

    async def variables() -> Row:
        if template != "index.html" or request is None:
            await own_databases(datasette)
            return {}
        names = await readable_databases(datasette, request.actor)
        return {"quote_drift": [await read_totals(datasette, name) for name in names]}

    return variables
