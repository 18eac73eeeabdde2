"""The Datasette plugin: its hooks and nothing else.

It is a package, not a module, as Datasette looks for templates/ and static/ beside a package. It is loaded in
every Datasette of the machine, so each hook stays silent for databases that are not ours.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from pluggy import HookimplMarker

from quotes.publish import functions, json_lines
from quotes.publish.addresses import home_address
from quotes.publish.cells import render
from quotes.publish.databases import all_ours, known_databases, own_databases, readable_databases
from quotes.publish.headers import guard
from quotes.publish.limits import HIDDEN, hide, limit
from quotes.publish.pages import feeds
from quotes.publish.pages.answers import only_reading
from quotes.publish.pages.article import show_article
from quotes.publish.pages.compare import show_comparison
from quotes.publish.pages.home import read_totals, show_home
from quotes.publish.pages.outlet import show_outlet
from quotes.publish.pages.outlets import show_outlets
from quotes.publish.pages.picture import show_picture
from quotes.publish.pages.quote import show_quote
from quotes.publish.pages.side_by_side import show_side_by_side
from quotes.publish.pages.speaker import show_speaker
from quotes.publish.pages.speakers import show_speakers
from quotes.publish.pages.statement import lead_to_statement, show_statement
from quotes.publish.pages.statement_data import show_data
from quotes.publish.pages.swaps import show_swap, show_swaps
from quotes.publish.robots import is_publication, show_robots

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Awaitable, Callable

    from datasette.app import Datasette
    from datasette.utils.asgi import Request
    from markupsafe import Markup

    from quotes.publish.headers import App

    Row = dict[str, Any]

# Datasette's own `hookimpl`, without importing Datasette.
hookimpl = HookimplMarker("datasette")
# What all our pages share, then a file a page; the last is for Datasette's own pages of our databases.
STYLES = (
    "quotes.css",
    "statement.css",
    "figures.css",
    "quote.css",
    "rates.css",
    "article.css",
    "compare.css",
    "stock.css",
)
DISTRIBUTION = "quote-drift"
# The first address that fits is answered.
_ROUTES = (
    (r"^/-/quotes$", show_home),
    (r"^/-/quotes/statement/(?P<id>[^/]+)\.(?P<suffix>svg|png)$", show_picture),
    (r"^/-/quotes/new\.atom$", feeds.show_new),
    (r"^/-/quotes/search\.atom$", feeds.show_found),
    (r"^/-/quotes/speaker/(?P<id>[^/.]+)\.atom$", feeds.show_of_speaker),
    (r"^/-/quotes/statement/(?P<id>[^/]+)\.json$", show_data),
    (r"^/-/quotes/statement/(?P<id>[^/]+)$", show_statement),
    (r"^/-/quotes/quote/(?P<id>[^/]+)$", show_quote),
    (r"^/-/quotes/speakers$", show_speakers),
    (r"^/-/quotes/speaker/(?P<id>[^/.]+)$", show_speaker),
    (r"^/-/quotes/outlets$", show_outlets),
    (r"^/-/quotes/outlet/(?P<id>[^/]+)$", show_outlet),
    (r"^/-/quotes/side-by-side$", show_side_by_side),
    (r"^/-/quotes/swaps$", show_swaps),
    (r"^/-/quotes/swap$", show_swap),
    (r"^/-/quotes/article/(?P<id>[^/]+)$", show_article),
    (r"^/-/quotes/compare$", show_comparison),
    (r"^/-/quotes/(?P<id>[0-9a-f]{16})$", lead_to_statement),
)


@hookimpl
def startup(datasette: Datasette) -> Callable[[], Awaitable[None]]:
    """Look once which databases are ours, so that the first page's cells are linked too."""

    async def look() -> None:
        await own_databases(datasette)

    return look


@hookimpl
def register_routes(datasette: Datasette) -> list[tuple[str, Any]]:
    """Return the addresses of our pages; in a publication robots.txt too, and those that are hidden there."""
    public = [(r"^/robots\.txt$", show_robots), *((address, hide) for address in HIDDEN)]
    routes = public if is_publication(datasette) else []
    return [*routes, *((address, only_reading(handler)) for address, handler in _ROUTES)]


@hookimpl
def asgi_wrapper(datasette: Datasette) -> Callable[[App], App]:
    """Put security headers on every answer about our databases, and bounds to what a publication is asked."""
    return partial(_wrap, datasette)


def _wrap(datasette: Datasette, app: App) -> App:
    return guard(datasette, limit(app) if is_publication(datasette) else app)


@hookimpl
def render_cell(
    row: Any, value: Any, column: str, table: str | None, database: str | None, datasette: Datasette
) -> Markup | None:
    """Link statements and quotes to their pages, and web addresses where they are http or https."""
    return render(datasette, database, table, row, column, value)


@hookimpl
def menu_links(datasette: Datasette, request: Request | None) -> Callable[[], Awaitable[list[Row]]]:
    """Put the front page into the menu of everybody who may read it."""

    async def links() -> list[Row]:
        names = await readable_databases(datasette, request) if request else []
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
    ours = view_name == "quotes" or _is_stock_page_of_ours(datasette, template, database)
    return [f"/-/static-plugins/{DISTRIBUTION}/{style}" for style in STYLES] if ours else []


@hookimpl
def extra_js_urls(
    template: str | None, database: str | None, view_name: str | None, datasette: Datasette
) -> list[str]:
    """Bring names for nameless fields to Datasette's own pages of our databases; our pages have no script."""
    ours = view_name != "quotes" and _is_stock_page_of_ours(datasette, template, database)
    return [f"/-/static-plugins/{DISTRIBUTION}/stock.js"] if ours else []


def _is_stock_page_of_ours(datasette: Datasette, template: str | None, database: str | None) -> bool:
    return database in known_databases(datasette) or (template == "index.html" and all_ours(datasette))


@hookimpl
def extra_template_vars(
    template: str | None, request: Request | None, datasette: Datasette
) -> Callable[[], Awaitable[Row]]:
    """Give Datasette's index page what our panel on it shows."""

    async def variables() -> Row:
        if template != "index.html" or request is None:
            await own_databases(datasette)
            return {}
        names = await readable_databases(datasette, request)
        return {"quote_drift": [await read_totals(datasette, name) for name in names]}

    return variables


@hookimpl
def prepare_connection(conn: sqlite3.Connection) -> None:
    """Give every connection the SQL functions of ours."""
    functions.register(conn)


@hookimpl
def register_output_renderer(datasette: Datasette) -> Row:
    """Answer tables, rows and queries as JSON Lines too."""
    return {
        "extension": "jsonl",
        "render": json_lines.choose_renderer(datasette),
        "can_render": json_lines.is_offered,
    }
