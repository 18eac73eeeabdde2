"""The quote's page: who said it, the printed words that say so, and who else was considered."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

from quotes.publish.addresses import quote_address, row_address, statement_address, web_address
from quotes.publish.pages.answers import answer, choose_databases, fetch, refuse_method
from quotes.publish.phrases import describe_date
from quotes.publish.why import (
    cut_middle,
    describe_counts,
    explain,
    name_rule,
    note_kind,
    say_who,
    shorten_pieces,
)
from quotes.store.show import QUERIES, assemble

if TYPE_CHECKING:
    from datasette.app import Datasette
    from datasette.utils.asgi import Request, Response

    from quotes.publish.pages.answers import Row
    from quotes.store.show import Nested, ShownQuote

_MOST_HEAD = 1200  # characters of the quote at the top


async def show_quote(datasette: Datasette, request: Request) -> Response:
    """Answer with the page of one quote, whether it belongs to a statement or to none."""
    from datasette.utils import tilde_decode

    refusal = refuse_method(request)
    if refusal:
        return refusal
    identifier = str(tilde_decode(request.url_vars["id"]))
    for database in await choose_databases(datasette, request):
        quote = await _read(datasette, database, identifier)
        if quote:
            context = _describe(datasette, database, quote)
            return await answer(datasette, request, "quotes_quote.html", context)
    context = {"identifier": identifier}
    return await answer(datasette, request, "quotes_missing.html", context, status=404)


async def _read(datasette: Datasette, database: str, identifier: str) -> ShownQuote | None:
    """Return the quote, or None: also from a file of an older version, which keeps no such evidence."""
    try:
        rows = {
            name: await fetch(datasette, database, sql, {"id": identifier}) for name, sql in QUERIES.items()
        }
    except sqlite3.OperationalError as error:
        if not str(error).startswith("no such"):
            raise
        return None
    return assemble(rows)


def _describe(datasette: Datasette, database: str, quote: ShownQuote) -> Row:
    web = web_address(quote.url)
    statement = quote.statement_id
    return {
        "database": database,
        "text": cut_middle(quote.text, _MOST_HEAD),
        "who": say_who(quote),
        "speakers": _list_speakers(datasette, database, quote),
        "kind": note_kind(quote),
        "pieces": shorten_pieces(quote.pieces),
        "roles": {role for _, role in quote.pieces},
        "why": explain(quote),
        "considered": [
            {"speaker": one.speaker, "rule": name_rule(one.rule), "cue": one.cue, "score": one.score}
            for one in quote.considered
        ],
        "outer": _lead_to(datasette, database, quote.outer) if quote.outer else None,
        "inner": [_lead_to(datasette, database, inner) for inner in quote.inner],
        "outlet": quote.outlet,
        "outlet_address": row_address(datasette, database, "outlets", quote.outlet_id),
        "date": describe_date(quote.published),
        "title": quote.title or "Article without a title",
        "article_address": web or row_address(datasette, database, "articles", quote.article_id),
        "on_the_web": web is not None,
        "revised": quote.revision > 1,
        "counts": describe_counts(quote),
        "statement_address": statement_address(datasette, database, statement) if statement else None,
        "row": row_address(datasette, database, "quotes", quote.id),
    }


def _list_speakers(datasette: Datasette, database: str, quote: ShownQuote) -> list[Row]:
    """Return who said the quote, alone or together; none where nobody is named."""
    if quote.reason is not None:
        return []
    first = (quote.speaker_id, quote.speaker, quote.role)
    return [
        {
            "name": name,
            "role": role,
            "address": row_address(datasette, database, "speakers", identifier) if identifier else None,
        }
        for identifier, name, role in (first, *((one.id, one.name, one.role) for one in quote.joint))
    ]


def _lead_to(datasette: Datasette, database: str, nested: Nested) -> Row:
    return {
        "text": cut_middle(nested.text, 200),
        "address": quote_address(datasette, database, nested.id),
    }
