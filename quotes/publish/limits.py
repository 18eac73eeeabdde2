"""What no stranger may ask of a publication: work of minutes in one request, and what the machine does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl

if TYPE_CHECKING:
    from datasette.utils.asgi import Response

    from quotes.publish.headers import App

MOST_FACETS = 6
"""Facets that one address may ask for: each may take the time that all else on its page takes together."""
HIDDEN = (r"^/-/threads(\.json)?$", r"^/-/tasks(\.json)?$")
"""Addresses of Datasette's own that tell where its code lies, of which readers need nothing."""
_FACETS = frozenset({"_facet", "_facet_array", "_facet_date"})


def limit(app: App) -> App:
    """Return `app` without answers to addresses that ask for too many facets."""

    async def limited(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "http" and _count_facets(scope) > MOST_FACETS:
            from datasette.utils.asgi import Response

            answer = Response.text(f"At most {MOST_FACETS} facets at once are counted here.\n", status=400)
            await answer.asgi_send(send)
            return
        await app(scope, receive, send)

    return limited


async def hide() -> Response:
    """Answer as where there is no page. Raises Datasette's NotFound."""
    from datasette.utils.asgi import NotFound

    raise NotFound("Not shown in public")


def _count_facets(scope: Any) -> int:
    query = scope.get("query_string", b"").decode("latin-1")
    return sum(name in _FACETS for name, _ in parse_qsl(query, keep_blank_values=True))
