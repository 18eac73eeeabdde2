"""What every page shares: which database it reads, how it is answered, and under which security headers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from quotes.publish.addresses import home_address
from quotes.publish.databases import own_databases, readable_databases

if TYPE_CHECKING:
    from datasette.app import Datasette
    from datasette.utils.asgi import Request, Response

Row = dict[str, Any]

# The words shown come from articles, which are anybody's: even a hole in the escaping must run no script.
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; "
        "base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}


async def choose_databases(datasette: Datasette, request: Request) -> list[str]:
    """Return our databases that the visitor may read; the one the address names comes alone.

    Raises Datasette's NotFound where no attached database is ours, its Forbidden where none may be read.
    """
    from datasette.utils.asgi import Forbidden, NotFound

    wanted = request.args.get("database")
    own = [name for name in await own_databases(datasette) if wanted in (None, name)]
    if not own:
        raise NotFound("No database of Quote Drift is attached")
    readable = [name for name in await readable_databases(datasette, request.actor) if name in own]
    if not readable:
        raise Forbidden("You do not have permission to view these quotes")
    return readable


async def fetch(datasette: Datasette, database: str, sql: str, values: Row) -> list[Row]:
    """Return the rows of one query as dictionaries."""
    result = await datasette.get_database(database).execute(sql, values)
    return [dict(zip(row.keys(), tuple(row), strict=True)) for row in result.rows]


async def answer(
    datasette: Datasette, request: Request, template: str, context: Row, status: int = 200
) -> Response:
    """Return `template` as a page of ours; every value in `context` is escaped by the template."""
    from datasette.utils.asgi import Response

    context = {"home": home_address(datasette, context.get("database")), **context}
    html = await datasette.render_template(template, context, request=request, view_name="quotes")
    return Response.html(html, status=status, headers=dict(HEADERS))


def refuse_method(request: Request) -> Response | None:
    """Return status 405 for anything but reading, None for GET and HEAD."""
    from datasette.utils.asgi import Response

    if request.method in {"GET", "HEAD"}:
        return None
    return Response.text("Only GET is answered here.", status=405, headers={**HEADERS, "Allow": "GET, HEAD"})
