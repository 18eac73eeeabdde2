"""The statement page: one utterance, every wording of it, and every printing with its evidence."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from quotes.publish.addresses import (
    home_address,
    quote_address,
    row_address,
    statement_address,
    table_address,
)
from quotes.publish.pages.answers import answer, choose_databases, fetch, refuse_method
from quotes.publish.pages.printing import show_printing
from quotes.publish.pages.speakers import describe_unattributed, show_speakers
from quotes.publish.pages.wording import show_flagged, show_wordings
from quotes.publish.phrases import (
    count,
    describe_date,
    describe_drift,
    describe_first,
    describe_flag,
    describe_kind,
    has_time,
    list_flags,
    read_list,
)
from quotes.publish.sql import statement as sql
from quotes.publish.sql.listed import OUTLET_NAMES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from datasette.app import Datasette
    from datasette.utils.asgi import Request, Response

    from quotes.publish.pages.answers import Row


async def show_statement(datasette: Datasette, request: Request) -> Response:
    """Answer with a statement's page; lead from a quote's or wording's id to the statement that holds it."""
    from datasette.utils import tilde_decode
    from datasette.utils.asgi import Response

    refusal = refuse_method(request)
    if refusal:
        return refusal
    identifier = str(tilde_decode(request.url_vars["id"]))
    for database in await choose_databases(datasette, request):
        found = await fetch(datasette, database, sql.STATEMENT, {"id": identifier})
        if found:
            context = await _read_page(datasette, database, found[0])
            return await answer(datasette, request, "quotes_statement.html", context)
        address = await _find_holder(datasette, database, identifier)
        if address:
            return Response.redirect(address)
    context = {"identifier": identifier}
    return await answer(datasette, request, "quotes_missing.html", context, status=404)


async def lead_to_statement(datasette: Datasette, request: Request) -> Response:
    """Redirect the short address of a statement, wording or quote to the long one, query string and all."""
    from datasette.utils.asgi import Response

    query = f"?{request.query_string}" if request.query_string else ""
    home = home_address(datasette).partition("?")[0]
    return Response.redirect(f"{home}/statement/{request.url_vars['id']}{query}")


async def _find_holder(datasette: Datasette, database: str, identifier: str) -> str | None:
    """Return where a quote, wording or former statement is shown; a quote without one has its own page."""
    held = await fetch(datasette, database, sql.STATEMENT_OF, {"id": identifier})
    for row in held:
        if row["statement_id"]:
            anchor = f"{row['kind']}-{identifier}" if row["kind"] != "statement" else ""
            return statement_address(datasette, database, row["statement_id"], anchor)
    return quote_address(datasette, database, identifier) if held else None


async def _read_page(datasette: Datasette, database: str, statement: Row) -> Row:
    queries = (
        sql.WORDINGS,
        sql.PRINTINGS,
        sql.FLAGGED_CHANGES,
        sql.SPEAKERS,
        OUTLET_NAMES,
        sql.REFERENCE,
        sql.REPEATS,
    )
    values = {"id": statement["id"], "size": sql.MOST_ROWS}
    wordings, printings, flagged, speakers, outlets, reference, repeats = await asyncio.gather(
        *(fetch(datasette, database, query, values) for query in queries)
    )
    text = reference[0]["text"] if reference else statement["label"]
    shown = [(row["wording_id"], show_printing(datasette, database, row)) for row in printings]
    names = {row["id"]: row["name"] for row in outlets}
    wording_views = show_wordings(text, wordings, shown, names)
    changed = {row["meaning_flag"] for row in flagged}
    return {
        **_summarise(statement, names, printings),
        "database": database,
        "reference": text,
        "speakers": show_speakers(datasette, database, speakers),
        "unattributed": describe_unattributed(speakers),
        "wordings": wording_views,
        "flagged": show_flagged(flagged, wording_views),
        "flags": [describe_flag(f) for f in list_flags(statement["meaning_flags"]) if f not in changed],
        "repeats": [_show_repeat(datasette, database, row) for row in repeats],
        "unshown": max(statement["quote_count"] - len(printings), 0),
        "all_printings": table_address(datasette, database, "quotes", statement_id__exact=statement["id"]),
        "row": row_address(datasette, database, "statements", statement["id"]),
    }


def _show_repeat(datasette: Datasette, database: str, row: Row) -> Row:
    return {
        "label": row["label"],
        "address": statement_address(datasette, database, row["id"]),
        "date": describe_date(row["first_published"]) if row["first_published"] else "on an unknown day",
        "speaker": row["speaker"],
    }


def _summarise(statement: Row, outlets: dict[str, str], printings: Sequence[Row]) -> Row:
    day = statement["first_published"] or ""
    some_timed = any(has_time(row["published"]) and row["published"].startswith(day) for row in printings)
    first = [outlets.get(outlet, outlet) for outlet in read_list(statement["first_outlets"])]
    sizes = (("quote_count", "printing"), ("wording_count", "wording"), ("outlet_count", "outlet"))
    return {
        "id": statement["id"],
        "label": statement["label"],
        "first": describe_first(day, first, some_timed),
        "size": ", ".join(count(statement[column], noun) for column, noun in sizes),
        "drift": describe_drift(statement["drift"]),
        "worst": describe_kind(statement["worst_change"]),
        "disputed": bool(statement["disputed_speaker"]),
        "reference_basis": statement["reference_basis"] if statement["wording_count"] > 1 else None,
    }
