"""The front page: what is new, what drifted most, where meaning or speaker differ, and the search."""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from quotes.publish.addresses import home_address, table_address
from quotes.publish.databases import is_allowed
from quotes.publish.pages.answers import answer, choose_databases, fetch, refuse_method
from quotes.publish.pages.listed import Listed, list_statements, read_outlet_names
from quotes.publish.phrases import count, join_names
from quotes.publish.sql import home as sql
from quotes.publish.sql.listed import LISTED_BY_ID

if TYPE_CHECKING:
    from datasette.app import Datasette
    from datasette.utils.asgi import Request, Response

    from quotes.publish.pages.answers import Row

LISTED, FOUND = 6, 50
_MOST_WORDS = 30
# Heading, what it says, the query, and the filter and order of the whole list on Datasette's table page.
_SECTIONS = (
    ("Newest", "Statements printed last.", sql.NEWEST, {"_sort_desc": "first_published"}),
    (
        "Widest drift",
        "Where outlets print one statement in the most different words.",
        sql.WIDEST,
        {"_sort_desc": "drift", "outlet_count__gt": "1"},
    ),
    (
        "Meaning touched",
        "Where the changed words are a negation, a number, a name, or how certain it is.",
        sql.FLAGGED,
        {"_sort_desc": "first_published", "meaning_flags__notnull": "1"},
    ),
    (
        "Disputed speakers",
        "Where outlets put the same words into different mouths.",
        sql.DISPUTED,
        {"_sort_desc": "first_published", "disputed_speaker__exact": "1"},
    ),
)


@dataclass(frozen=True, slots=True)
class Section:
    """A list of statements under a heading, with the address of the whole table."""

    title: str
    about: str
    statements: list[Listed]
    more: str


async def show_home(datasette: Datasette, request: Request) -> Response:
    """Answer with the front page, or with the statements found where the address has a search."""
    refusal = refuse_method(request)
    if refusal:
        return refusal
    database = (await choose_databases(datasette, request))[0]
    context = await read_totals(datasette, database)
    search = " ".join((request.args.get("q") or "").replace("\0", " ").split()[:_MOST_WORDS])
    if search:
        context |= {"search": search, **await _find(datasette, database, search)}
    else:
        context["sections"] = await _read_sections(datasette, database)
        context["questions"] = await _list_questions(datasette, request, database)
    return await answer(datasette, request, "quotes_home.html", context)


async def read_totals(datasette: Datasette, database: str) -> Row:
    """Return how much `database` holds, in words, and the address of its front page."""
    from datasette.database import QueryInterrupted

    try:
        (totals,) = await fetch(datasette, database, sql.TOTALS, {})
    except QueryInterrupted:
        totals = {}
    nouns = (("statements", "statement"), ("quotes", "quote"), ("articles", "article"), ("outlets", "outlet"))
    return {
        "database": database,
        "home": home_address(datasette, database),
        "several": home_address(datasette, database) != home_address(datasette),
        "totals": join_names([count(totals[column], noun) for column, noun in nouns if totals])
        or "very many quotes",
        "empty": totals.get("quotes") == 0,
    }


async def _read_sections(datasette: Datasette, database: str) -> list[Section]:
    outlets = await read_outlet_names(datasette, database)
    queries = (fetch(datasette, database, query, {"size": LISTED}) for _, _, query, _ in _SECTIONS)
    lists = await asyncio.gather(*queries)
    return [
        Section(
            title=title,
            about=about,
            statements=list_statements(datasette, database, rows, outlets),
            more=table_address(datasette, database, "statements", **more),
        )
        for (title, about, _, more), rows in zip(_SECTIONS, lists, strict=True)
    ]


async def _find(datasette: Datasette, database: str, search: str) -> Row:
    """Return the statements with a printing that holds every word of `search`, the best first."""
    from datasette.database import QueryInterrupted

    match = " ".join('"{}"'.format(word.replace('"', '""')) for word in search.split())
    try:
        hits = await fetch(datasette, database, sql.FOUND, {"match": match, "size": FOUND})
    except QueryInterrupted:
        return {"found": [], "too_long": True}
    ids = json.dumps([hit["statement_id"] for hit in hits])
    rows = await fetch(datasette, database, LISTED_BY_ID, {"ids": ids})
    found = list_statements(datasette, database, rows, await read_outlet_names(datasette, database))
    return {"found": found, "too_long": False, "cut_off": len(found) == FOUND}


async def _list_questions(datasette: Datasette, request: Request, database: str) -> list[Row]:
    """Return the canned queries that the metadata brings and the visitor may use, as questions to ask."""
    if not hasattr(datasette, "get_canned_queries"):
        return []  # Datasette 1.0 reads no queries from metadata.yml.
    queries = await datasette.get_canned_queries(database, request.actor)
    shown = []
    for name, query in queries.items():
        if await is_allowed(datasette, request.actor, "view-query", database, name):
            address = str(datasette.urls.query(database, name))
            shown.append({"address": address, "title": query.get("title") or name})
    return shown
