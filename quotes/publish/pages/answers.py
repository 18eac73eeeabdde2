"""What every page shares: which database it reads, how it is answered, and under which security headers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from quotes.publish.addresses import home_address
from quotes.publish.databases import has_older_database, lacks_counts, own_databases, readable_databases
from quotes.publish.headers import HEADERS
from quotes.publish.pages.forms import describe_form
from quotes.publish.pages.navigation import list_pages
from quotes.publish.pages.questions import list_questions
from quotes.publish.shortening import cut

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from datasette.app import Datasette
    from datasette.utils.asgi import Request, Response

    Handler = Callable[[Datasette, Request], Awaitable[Response]]

Row = dict[str, Any]

_NONE = "No database of Quote Drift is attached"
_OLDER = (
    "This database was written by an older version of Quote Drift: "
    "run `quotes index` on it once, which brings it up to date"
)


async def choose_databases(datasette: Datasette, request: Request) -> list[str]:
    """Return our databases that the visitor may read; the one the address names comes alone.

    Raises Datasette's NotFound where no attached database is ours or all of ours are of an older version, its
    Forbidden where none may be read.
    """
    from datasette.utils.asgi import Forbidden, NotFound

    wanted = request.args.get("database")
    own = [name for name in await own_databases(datasette) if wanted in (None, name)]
    if not own:
        raise NotFound(_OLDER if await has_older_database(datasette) else _NONE)
    readable = [name for name in await readable_databases(datasette, request) if name in own]
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
    """Return `template` as a page of ours; every value in `context` is escaped by the template.

    `asked` in it has the values of the canned queries that the page leads on to, by name.
    """
    from datasette.utils.asgi import Response

    database = context.get("database")
    pages = list_pages(datasette, database, request.path)
    asked = context.get("asked")
    more = await list_questions(datasette, request, database, asked) if database and asked else []
    home = home_address(datasette, database)
    is_stale = database is not None and lacks_counts(datasette, database)
    context = {"home": home, "pages": pages, "more_questions": more, "is_stale": is_stale, **context}
    html = await datasette.render_template(template, context, request=request, view_name="quotes")
    # JSON in the database may spell half a character, which no page can be sent with.
    sendable = html.encode("utf-8", "replace").decode("utf-8")
    return Response.html(sendable, status=status, headers=dict(HEADERS))


async def answer_missing(
    datasette: Datasette, request: Request, noun: str, identifier: str, database: str
) -> Response:
    """Return status 404 with what to do next; `noun` is what `database` has none of with this id."""
    context = {
        "database": database,
        "noun": noun,
        "identifier": cut(identifier),
        "form": describe_form(datasette, database),
    }
    return await answer(datasette, request, "quotes_missing.html", context, status=404)


def read_identifier(request: Request) -> str:
    """Return the id that the path of the address names."""
    from datasette.utils import tilde_decode

    return str(tilde_decode(request.url_vars["id"]))


def only_reading(handler: Handler) -> Handler:
    """Return `handler` for GET and HEAD: status 405 for other methods, 503 where a query takes too long."""
    from datasette.database import QueryInterrupted
    from datasette.utils.asgi import Response

    async def handle(datasette: Datasette, request: Request) -> Response:
        if request.method not in {"GET", "HEAD"}:
            headers = {**HEADERS, "Allow": "GET, HEAD"}
            return Response.text("Only GET is answered here.", status=405, headers=headers)
        try:
            return await handler(datasette, request)
        except QueryInterrupted:
            return Response.text("The database is too slow just now: try again.", 503, dict(HEADERS))

    return handle


async def answer_one(
    datasette: Datasette,
    request: Request,
    noun: str,
    query: str,
    read_page: Callable[[Datasette, str, Row], Awaitable[Row]],
) -> Response:
    """Answer with the page of the one `noun` that the address names, or say that there is none.

    `query` finds its row by id; `read_page` makes of it what the template of the noun shows.
    """
    identifier = read_identifier(request)
    databases = await choose_databases(datasette, request)
    for database in databases:
        found = await fetch(datasette, database, query, {"id": identifier})
        if found:
            context = await read_page(datasette, database, found[0])
            return await answer(datasette, request, f"quotes_{noun}.html", context)
    return await answer_missing(datasette, request, noun, identifier, databases[0])
