"""The quote's page: who said it, the printed words that say so, and who else was considered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quotes.publish.addresses import (
    article_page_address,
    outlet_address,
    page_address,
    quote_address,
    row_address,
    statement_address,
    web_address,
)
from quotes.publish.diff import compare_all
from quotes.publish.pages.answers import answer, answer_missing, choose_databases, fetch, read_identifier
from quotes.publish.pages.naming import show_sayers
from quotes.publish.pages.printing import show_edit
from quotes.publish.pages.questions import ask_of_quote
from quotes.publish.phrases import describe_date, name_title
from quotes.publish.shortening import cut_middle
from quotes.publish.why import describe_counts, explain, name_rule, note_kind, say_who, shorten_pieces
from quotes.store.show import QUERIES, assemble

if TYPE_CHECKING:
    from datasette.app import Datasette
    from datasette.utils.asgi import Request, Response

    from quotes.publish.pages.answers import Row
    from quotes.publish.pages.naming import Sayer
    from quotes.store.show import Nested, ShownQuote

_MOST_HEAD = 1200  # characters of the quote at the top


async def show_quote(datasette: Datasette, request: Request) -> Response:
    """Answer with the page of one quote, whether it belongs to a statement or to none."""
    identifier = read_identifier(request)
    databases = await choose_databases(datasette, request)
    for database in databases:
        quote = await _read(datasette, database, identifier)
        if quote:
            context = _describe(datasette, database, quote)
            return await answer(datasette, request, "quotes_quote.html", context)
    return await answer_missing(datasette, request, "statement, wording or quote", identifier, databases[0])


async def _read(datasette: Datasette, database: str, identifier: str) -> ShownQuote | None:
    rows = {name: await fetch(datasette, database, sql, {"id": identifier}) for name, sql in QUERIES.items()}
    return assemble(rows)


def _describe(datasette: Datasette, database: str, quote: ShownQuote) -> Row:
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
        "altered": _show_altered(datasette, database, quote),
        "outer": _lead_to(datasette, database, quote.outer) if quote.outer else None,
        "inner": [_lead_to(datasette, database, inner) for inner in quote.inner],
        "printing": _describe_printing(datasette, database, quote),
        "counts": describe_counts(quote),
        "statement_address": statement_address(datasette, database, statement) if statement else None,
        "row": row_address(datasette, database, "quotes", quote.id),
        "comparison": page_address(datasette, database, "compare", one=quote.id),
        "asked": ask_of_quote(quote.id, statement, quote.reason),
    }


def _describe_printing(datasette: Datasette, database: str, quote: ShownQuote) -> Row:
    return {
        "outlet": quote.outlet,
        "outlet_address": outlet_address(datasette, database, quote.outlet_id),
        "date": describe_date(quote.published),
        "title": name_title(quote.title),
        "web_address": web_address(quote.url),
        "article_address": article_page_address(datasette, database, quote.article_id),
        "edit": show_edit(datasette, database, quote.edit),
    }


def _list_speakers(datasette: Datasette, database: str, quote: ShownQuote) -> tuple[Sayer, ...]:
    """Return who said the quote, alone or together; none where nobody is named."""
    if quote.reason is not None:
        return ()
    first = (quote.speaker, quote.role, quote.speaker_id)
    others = [(one.name, one.role, one.id) for one in quote.joint]
    return show_sayers(datasette, database, [first, *others])


def _show_altered(datasette: Datasette, database: str, quote: ShownQuote) -> Row | None:
    """Return the words that its outlet altered the quote to, or else from, with what differs."""
    former, later = quote.altered_from, quote.altered_to
    if quote.last_revision is None:
        later = None
    other = later or former
    if other is None:
        return None
    texts = (quote.text, other.text) if later else (other.text, quote.text)
    return {
        "way": "to" if later else "from",
        "segments": compare_all([texts])[0],
        "address": quote_address(datasette, database, other.id),
    }


def _lead_to(datasette: Datasette, database: str, nested: Nested) -> Row:
    return {
        "text": cut_middle(nested.text, 200),
        "address": quote_address(datasette, database, nested.id),
    }
