"""The front page: what is new, what drifted most, where meaning or speaker differ, and the search."""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from quotes.publish import sql
from quotes.publish.addresses import home_address, statement_address, table_address
from quotes.publish.databases import is_allowed
from quotes.publish.pages.answers import answer, choose_databases, fetch, refuse_method
from quotes.publish.phrases import (
    count,
    describe_date,
    describe_drift,
    join_names,
    list_flags,
    name_flag,
    read_list,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

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
class Listed:
    """One statement in a list."""

    label: str
    address: str
    speaker: str
    disputed: bool
    first: str
    size: str
    drift: str
    flags: list[str]


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
    outlets = await _outlet_names(datasette, database)
    queries = (fetch(datasette, database, query, {"size": LISTED}) for _, _, query, _ in _SECTIONS)
    lists = await asyncio.gather(*queries)
    return [
        Section(
            title=title,
            about=about,
            statements=_list(datasette, database, rows, outlets),
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
    rows = await fetch(datasette, database, sql.LISTED_BY_ID, {"ids": ids})
    found = _list(datasette, database, rows, await _outlet_names(datasette, database))
    return {"found": found, "too_long": False, "cut_off": len(found) == FOUND}


async def _outlet_names(datasette: Datasette, database: str) -> dict[str, str]:
    return {row["id"]: row["name"] for row in await fetch(datasette, database, sql.OUTLET_NAMES, {})}


def _list(datasette: Datasette, database: str, rows: Sequence[Row], outlets: dict[str, str]) -> list[Listed]:
    return [
        Listed(
            label=row["label"],
            address=statement_address(datasette, database, row["id"]),
            speaker=row["speaker"] or "no speaker named",
            disputed=bool(row["disputed_speaker"]),
            first=_describe_start(row, outlets),
            size=f"{count(row['outlet_count'], 'outlet')}, {count(row['wording_count'], 'wording')}",
            drift=describe_drift(row["drift"]),
            flags=[name_flag(flag) for flag in list_flags(row["meaning_flags"])],
        )
        for row in rows
    ]


def _describe_start(row: Row, outlets: dict[str, str]) -> str:
    names = [outlets.get(outlet, outlet) for outlet in read_list(row["first_outlets"])]
    if not row["first_published"] or not names:
        return "no date"
    return f"{describe_date(row['first_published'])}, {join_names(names)}{' (tie)' if len(names) > 1 else ''}"


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
