"""One statement as JSON, as `quotes export` prints it on a line."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from quotes.publish.data import list_statement
from quotes.publish.headers import HEADERS
from quotes.publish.pages.answers import choose_databases, read_identifier
from quotes.store.find import find_holder
from quotes.store.statement import read_statements

if TYPE_CHECKING:
    from datasette.app import Datasette
    from datasette.utils.asgi import Request, Response

    from quotes.store.statement import ShownStatement

_TYPE = "application/json; charset=utf-8"


async def show_data(datasette: Datasette, request: Request) -> Response:
    """Answer with the statement that has an id, or holds the quote or wording that has it."""
    identifier = read_identifier(request)

    def read(connection: Any) -> tuple[ShownStatement, ...]:
        holder = find_holder(connection, identifier)
        return read_statements(connection, [holder] if holder else [])

    for database in await choose_databases(datasette, request):
        for statement in await datasette.get_database(database).execute_fn(read):
            return _answer(list_statement(statement))
    missing = f"No statement, wording or quote in this database has the id {identifier}"
    return _answer({"ok": False, "error": missing}, status=404)


def _answer(value: dict[str, Any], status: int = 200) -> Response:
    from datasette.utils.asgi import Response

    body = json.dumps(value, ensure_ascii=False).encode("utf-8", "replace").decode()
    return Response(body, status=status, headers=dict(HEADERS), content_type=_TYPE)
