"""The Atom feeds: new drift, the statements of a speaker, what a search finds."""

from __future__ import annotations

import json
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

from quotes.publish.addresses import file_address, home_address, speaker_address, statement_address
from quotes.publish.atom import Entry, Feed, read_moment, write_feed
from quotes.publish.brackets import describe_change
from quotes.publish.headers import HEADERS
from quotes.publish.pages.answers import answer_missing, choose_databases, fetch, read_identifier
from quotes.publish.pages.listed import list_first_outlets, read_outlet_names
from quotes.publish.pages.search import read_search, write_match
from quotes.publish.phrases import (
    FLAGS,
    count,
    describe_drift,
    describe_first,
    describe_flag,
    list_flags,
    name_speaker,
    read_list,
)
from quotes.publish.shortening import cut
from quotes.publish.sql import feeds as sql
from quotes.publish.sql.listed import CHANGES, LISTED_BY_ID
from quotes.publish.telling import is_telling, rank_change
from quotes.records import Change

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from datasette.app import Datasette
    from datasette.utils.asgi import Request, Response

    from quotes.publish.pages.answers import Row
    from quotes.publish.telling import Told

_TYPE = "application/atom+xml; charset=utf-8"


@dataclass(frozen=True, slots=True)
class About:
    """What a feed is about: its title, and its address and that of its page, without the host."""

    title: str
    address: str
    page: str


async def show_new(datasette: Datasette, request: Request) -> Response:
    """Answer with the statements that got a changed wording last, or with those of them that have `flag`."""
    database = (await choose_databases(datasette, request))[0]
    flag = request.args.get("flag") or ""
    if flag and flag not in FLAGS:
        return _refuse(f"There is no such flag. Use one of: {', '.join(FLAGS)}.")
    query = sql.NEW_OF_ATTRIBUTION if flag == "attribution" else sql.NEW_OF_FLAG if flag else sql.NEW
    rows = await fetch(datasette, database, query, {"flag": flag, "size": sql.MOST_ENTRIES})
    wanted = {"flag": flag} if flag else {}
    about = About(
        f"New drift: {describe_flag(flag)}" if flag else "New drift",
        file_address(datasette, database, ".atom", "new", **wanted),
        home_address(datasette, database, **wanted),
    )
    return await _answer(datasette, request, database, about, rows)


async def show_of_speaker(datasette: Datasette, request: Request) -> Response:
    """Answer with the statements of one speaker, those first printed last first."""
    identifier = read_identifier(request)
    databases = await choose_databases(datasette, request)
    for database in databases:
        values = {"id": identifier, "size": sql.MOST_ENTRIES}
        found = await fetch(datasette, database, sql.SPEAKER, values)
        if found:
            rows = await fetch(datasette, database, sql.OF_SPEAKER, values)
            about = About(
                f"Statements of {found[0]['name']}",
                file_address(datasette, database, ".atom", "speaker", identifier),
                speaker_address(datasette, database, identifier),
            )
            return await _answer(datasette, request, database, about, rows)
    return await answer_missing(datasette, request, "speaker", identifier, databases[0])


async def show_found(datasette: Datasette, request: Request) -> Response:
    """Answer with the statements that hold every word of `q`, those read last first."""
    from datasette.database import QueryInterrupted

    database = (await choose_databases(datasette, request))[0]
    search = read_search(request.args.get("q"))
    if not search:
        return _refuse("A feed of a search needs words to look for, as in search.atom?q=ferry.")
    values = {"match": write_match(search), "size": sql.MOST_ENTRIES}
    try:
        hits = await fetch(datasette, database, sql.FOUND, values)
    except QueryInterrupted:
        return _refuse("That search takes too long: its words are in too many quotes. Add a rarer word.")
    rows = await fetch(datasette, database, LISTED_BY_ID, {"ids": json.dumps([hit["id"] for hit in hits])})
    about = About(
        f"Search: {search}",
        file_address(datasette, database, ".atom", "search", q=search),
        home_address(datasette, database, q=search),
    )
    return await _answer(datasette, request, database, about, rows)


def _refuse(why: str) -> Response:
    from datasette.utils.asgi import Response

    return Response.text(why, status=400, headers=dict(HEADERS))


async def _answer(
    datasette: Datasette, request: Request, database: str, about: About, rows: Sequence[Row]
) -> Response:
    """Answer with the feed of `rows`, or with status 304 to a reader that has it already."""
    from datasette.utils.asgi import Response

    changes = await _read_changes(datasette, database, rows)
    names = await read_outlet_names(datasette, database, list_first_outlets(rows))
    feed = Feed(
        address=datasette.absolute_url(request, about.address),
        page=datasette.absolute_url(request, about.page),
        title=f"{about.title} · Quote Drift",
        subtitle="How outlets print the same quote differently, and who said it.",
        entries=tuple(
            _make_entry(
                row,
                datasette.absolute_url(request, statement_address(datasette, database, row["id"])),
                changes.get(row["id"], []),
                names,
            )
            for row in rows
        ),
    )
    body = write_feed(feed)
    tag = f'"{sha256(body).hexdigest()[:32]}"'
    headers = {**HEADERS, "ETag": tag, "Cache-Control": "no-cache"}
    if _is_known(tag, request.headers.get("if-none-match", "")):
        return Response("", status=304, headers=headers, content_type=_TYPE)
    return Response(body.decode(), headers=headers, content_type=_TYPE)


def _is_known(tag: str, known: str) -> bool:
    """Return whether a reader that says which entity tags it has, has this one.

    >>> _is_known('"a1"', 'W/"a1", "b2"'), _is_known('"a1"', '"b2"')
    (True, False)
    """
    return tag in {one.strip().removeprefix("W/") for one in known.split(",")}


def _make_entry(row: Row, address: str, changes: Sequence[Told], names: Mapping[str, str]) -> Entry:
    first = [names.get(outlet, outlet) for outlet in read_list(row["first_outlets"])]
    flags = list_flags(row["meaning_flags"])
    lines = [
        f"“{row['label']}”",
        f"First printed by {describe_first(row['first_published'], first, some_timed=None)}"
        if row["first_published"] and first
        else "First printing: not known, no printing carries a date.",
        f"{count(row['outlet_count'], 'outlet')}, {count(row['wording_count'], 'wording')},"
        f" drift {describe_drift(row['drift'])}.",
    ]
    if row["disputed_speaker"]:
        lines.append("Articles name different speakers for these words.")
    if flags:
        lines.append(f"Meaning: {'; '.join(describe_flag(flag) for flag in flags)}.")
    return Entry(
        address=address,
        title=cut(row["label"]),
        author=name_speaker(row["speaker"]),
        updated=read_moment(row["last_changed"] or row["last_published"]),
        categories=tuple(flags),
        lines=tuple(lines),
        changes=tuple(describe_change(change, outlets) for change, outlets in changes),
    )


async def _read_changes(datasette: Datasette, database: str, rows: Iterable[Row]) -> dict[str, list[Told]]:
    """Return by statement its most telling changes, each with the outlets that printed it."""
    read = await fetch(datasette, database, CHANGES, {"ids": json.dumps([row["id"] for row in rows])})
    made: dict[str, dict[Change, list[str]]] = {}
    for row in read:
        statement, wording = row.pop("statement_id"), row.pop("wording_id")
        change = Change(**row)
        if is_telling(change):
            made.setdefault(statement, {}).setdefault(change, []).append(wording)
    chosen = {
        statement: sorted(told.items(), key=lambda one: (*rank_change(one[0]), -len(one[1])))[
            : sql.MOST_CHANGES
        ]
        for statement, told in made.items()
    }
    wordings = [wording for told in chosen.values() for _, held in told for wording in held]
    outlets: dict[str, list[str]] = {}
    for row in await fetch(datasette, database, sql.OUTLETS, {"ids": json.dumps(sorted(set(wordings)))}):
        outlets.setdefault(row["wording_id"], []).append(row["outlet"])
    return {
        statement: [
            (change, tuple(dict.fromkeys(name for one in held for name in outlets.get(one, []))))
            for change, held in told
        ]
        for statement, told in chosen.items()
    }
