"""The statement page: one utterance, every wording of it, and every printing with its evidence."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from quotes.publish.addresses import (
    home_address,
    outlet_address,
    page_address,
    picture_address,
    quote_address,
    row_address,
    short_address,
    statement_address,
    table_address,
)
from quotes.publish.pages.answers import answer, answer_missing, choose_databases, fetch, read_identifier
from quotes.publish.pages.aside import work_aside
from quotes.publish.pages.citation import Cited, cite, read_today
from quotes.publish.pages.forms import describe_form
from quotes.publish.pages.lineage import grow_lineage
from quotes.publish.pages.listed import list_first_outlets, read_outlet_names
from quotes.publish.pages.naming import show_naming
from quotes.publish.pages.printing import show_printing
from quotes.publish.pages.questions import ask_of_statement
from quotes.publish.pages.timeline import Worded, draw_timeline
from quotes.publish.pages.wording import choose_base, list_flagged, show_wordings
from quotes.publish.phrases import (
    STATEMENT_COUNTS,
    count,
    describe_date,
    describe_drift,
    describe_first,
    describe_flag,
    describe_kind,
    has_time,
    list_counts,
    list_flags,
    name_speaker,
    read_list,
)
from quotes.publish.shortening import cut_middle
from quotes.publish.sql import statement as sql

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from datasette.app import Datasette
    from datasette.utils.asgi import Request, Response

    from quotes.publish.pages.answers import Row
    from quotes.publish.pages.wording import Base, Wording

_MOST_HEAD = 400  # characters of the reference wording at the top
_MOST_FIRST = 8  # outlets named that tie for the first printing


async def show_statement(datasette: Datasette, request: Request) -> Response:
    """Answer with a statement's page; lead from a quote's or wording's id to the statement that holds it."""
    from datasette.utils.asgi import Response

    identifier = read_identifier(request)
    databases = await choose_databases(datasette, request)
    for database in databases:
        found = await fetch(datasette, database, sql.STATEMENT, {"id": identifier})
        if found:
            context = await _read_page(datasette, request, database, found[0])
            return await answer(datasette, request, "quotes_statement.html", context)
        address = await _find_holder(datasette, database, identifier)
        if address:
            return Response.redirect(address)
    return await answer_missing(datasette, request, "statement, wording or quote", identifier, databases[0])


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


async def _read_page(datasette: Datasette, request: Request, database: str, statement: Row) -> Row:
    """Return what the page shows; `?against=` names the wording that the others are compared with."""
    queries = (sql.WORDINGS, sql.PRINTINGS, sql.SPEAKERS, sql.REFERENCE, sql.REPEATS)
    values = {"id": statement["id"], "size": sql.MOST_ROWS}
    wordings, printings, speakers, reference, repeats = await asyncio.gather(
        *(fetch(datasette, database, query, values) for query in queries)
    )
    first = next(iter(reference), None)
    base = choose_base(wordings, first, statement["label"], printings, request.args.get("against"))
    credited = {row["credited_outlet_id"] for row in wordings if row["credited_outlet_id"]}
    names = await read_outlet_names(datasette, database, credited | list_first_outlets([statement]))
    shown = [(row["wording_id"], show_printing(datasette, database, row)) for row in printings]
    compared = await work_aside(datasette, show_wordings, base, wordings, shown, names)
    summary = _summarise(statement, names, printings)
    addresses = _list_addresses(datasette, request, database, statement["id"])
    text = first["text"] if first else statement["label"]
    return {
        **summary,
        **addresses,
        **_list_meanings(statement, base, compared),
        **_draw(statement, wordings, printings, compared),
        "database": database,
        "reference": cut_middle(text, _MOST_HEAD),
        "is_cut": cut_middle(text, _MOST_HEAD) != text,
        "base": base,
        "speakers": show_naming(datasette, database, speakers, printings),
        "wordings": compared,
        "repeats": [_show_repeat(datasette, database, row) for row in repeats],
        "citation": _cite(statement, speakers, summary, text, addresses["link"]),
    }


def _list_meanings(statement: Row, base: Base, wordings: Sequence[Wording]) -> Row:
    """Return the changes that may touch the meaning, and the flags that no change drawn has.

    Against another wording than the reference only who said it is known beyond what is drawn.
    """
    flagged = list_flagged(wordings)
    drawn = {one.flag for one in flagged}
    stored = [flag for flag in list_flags(statement["meaning_flags"]) if describe_flag(flag) not in drawn]
    known = [describe_flag(flag) for flag in stored if base.is_reference or flag == "attribution"]
    return {"flagged": flagged, "flags": known}


def _draw(statement: Row, rows: Sequence[Row], printings: Sequence[Row], wordings: Sequence[Wording]) -> Row:
    """Return the timeline and the lineage, and how much did not fit on the page."""
    numbered = {row["id"]: Worded(number, row["change_kind"]) for number, row in enumerate(rows, 1)}
    unread = max(statement["quote_count"] - len(printings), 0)
    return {
        "timeline": draw_timeline(printings, numbered, read_list(statement["first_outlets"]), unread),
        "lineage": grow_lineage(wordings) if len(wordings) > 1 else None,
        "unshown": unread,
        "wordings_unshown": max(statement["wording_count"] - len(rows), 0),
    }


def _list_addresses(datasette: Datasette, request: Request, database: str, identifier: str) -> Row:
    here = statement_address(datasette, database, identifier)
    return {
        "here": here,
        "link": datasette.absolute_url(request, short_address(datasette, database, identifier)),
        "form": describe_form(datasette, database, "statement", identifier),
        "against": lambda wording: page_address(
            datasette, database, "statement", identifier, against=wording
        ),
        "outlet_address": lambda outlet: outlet_address(datasette, database, outlet),
        "pictures": [
            (suffix.upper(), picture_address(datasette, database, identifier, suffix))
            for suffix in ("svg", "png")
        ],
        "all_printings": table_address(datasette, database, "quotes", statement_id__exact=identifier),
        "row": row_address(datasette, database, "statements", identifier),
        "comparison": page_address(datasette, database, "compare", one=identifier),
        "asked": ask_of_statement(identifier),
    }


def _show_repeat(datasette: Datasette, database: str, row: Row) -> Row:
    return {
        "label": row["label"],
        "address": statement_address(datasette, database, row["id"]),
        "date": describe_date(row["first_published"]) if row["first_published"] else "on an unknown day",
        "speaker": name_speaker(row["speaker"]),
    }


def _summarise(statement: Row, outlets: Mapping[str, str], printings: Sequence[Row]) -> Row:
    day = statement["first_published"] or ""
    some_timed = any(has_time(row["published"]) and row["published"].startswith(day) for row in printings)
    first = [outlets.get(outlet, outlet) for outlet in read_list(statement["first_outlets"])]
    if len(first) > _MOST_FIRST + 1:
        first = [*first[:_MOST_FIRST], count(len(first) - _MOST_FIRST, "more outlet")]
    return {
        "id": statement["id"],
        "label": statement["label"],
        "first": describe_first(day, first, some_timed),
        "size": list_counts(statement, STATEMENT_COUNTS),
        "drift": _say_drift(statement),
        "disputed": bool(statement["disputed_speaker"]),
        "reference_basis": statement["reference_basis"] if statement["wording_count"] > 1 else None,
    }


def _say_drift(statement: Row) -> str:
    if statement["wording_count"] == 1:
        return "none: every printing has the same words"
    return f"{describe_drift(statement['drift'])}; widest change: {describe_kind(statement['worst_change'])}"


def _cite(statement: Row, speakers: Sequence[Row], summary: Row, text: str, address: str) -> str:
    roles = {row["speaker_id"]: row["role"] for row in speakers}
    cited = Cited(
        text=text,
        speaker=statement["speaker"],
        role=roles.get(statement["speaker_id"]),
        is_disputed=summary["disputed"],
        first=summary["first"],
        size=summary["size"],
        address=address,
    )
    return cite(cited, read_today())
