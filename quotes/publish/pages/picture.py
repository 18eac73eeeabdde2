"""The picture of a statement's drift, as SVG or PNG."""

from __future__ import annotations

import asyncio
import json
from dataclasses import replace
from typing import TYPE_CHECKING

from quotes.publish.addresses import picture_address, short_address
from quotes.publish.headers import HEADERS
from quotes.publish.pages.answers import answer_missing, choose_databases, fetch, read_identifier
from quotes.publish.pages.aside import work_aside
from quotes.publish.sql import statement as sql

if TYPE_CHECKING:
    from datasette.app import Datasette
    from datasette.utils.asgi import Request, Response

    from quotes.publish.pages.answers import Row
    from quotes.publish.picture.told import ToldFrom

_TYPES = {"svg": "image/svg+xml; charset=utf-8", "png": "image/png"}
_NO_FONT = "No pictures are drawn here: install pillow and font-roboto."
_POLICY = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox"


async def show_picture(datasette: Datasette, request: Request) -> Response:
    """Answer with the picture; lead from the id of a quote or wording to that of its statement."""
    from datasette.utils.asgi import Response

    identifier, suffix = read_identifier(request), request.url_vars["suffix"]
    databases = await choose_databases(datasette, request)
    for database in databases:
        found = await fetch(datasette, database, sql.STATEMENT, {"id": identifier})
        if found:
            read = await _read(datasette, request, database, found[0])
            try:
                body = await work_aside(datasette, _paint, read, suffix)
            except ModuleNotFoundError:  # as in Datasette Lite
                return Response.text(_NO_FONT, status=501)
            headers = {**HEADERS, "Content-Security-Policy": _POLICY}
            return Response(body, headers=headers, content_type=_TYPES[suffix])
        held = await fetch(datasette, database, sql.STATEMENT_OF, {"id": identifier})
        holder = next((row["statement_id"] for row in held if row["statement_id"]), None)
        if holder:
            return Response.redirect(picture_address(datasette, database, holder, suffix))
    return await answer_missing(datasette, request, "statement, wording or quote", identifier, databases[0])


async def _read(datasette: Datasette, request: Request, database: str, statement: Row) -> ToldFrom:
    """Return what the picture of a statement is made of."""
    from quotes.publish.picture.told import LONGEST, ToldFrom, choose_wordings

    values = {"id": statement["id"], "size": sql.MOST_ROWS}
    told, reference, roles = await asyncio.gather(
        fetch(datasette, database, sql.TOLD, values),
        fetch(datasette, database, sql.REFERENCE, values),
        fetch(datasette, database, sql.ROLE, {"id": statement["speaker_id"]}),
    )
    ids = [row["id"] for row in reference] + choose_wordings(told)
    wanted = {"ids": json.dumps(ids), "longest": LONGEST}
    rows = {row["id"]: row for row in await fetch(datasette, database, sql.TEXTS, wanted)}
    return ToldFrom(
        statement=statement,
        role=roles[0]["role"] if roles else None,
        wordings=tuple(rows[identifier] for identifier in ids if identifier in rows),
        address=datasette.absolute_url(request, short_address(datasette, database, statement["id"])),
    )


def _paint(read: ToldFrom, suffix: str) -> str | bytes:
    """Return the picture's file. Only here are the font and what draws it loaded."""
    from quotes.publish.picture.layout import lay_out
    from quotes.publish.picture.letters import Letters
    from quotes.publish.picture.png import paint_png
    from quotes.publish.picture.svg import paint_svg
    from quotes.publish.picture.told import tell

    letters, told = Letters(), tell(read)
    if suffix == "svg":
        return paint_svg(lay_out(told, letters.measure))
    if any(map(letters.lacks, {*told.reference, *told.speaker})):
        told = replace(
            told, more=f"{told.more} Boxes stand for letters that only the SVG picture shows.".strip()
        )
    return paint_png(lay_out(told, letters.measure), letters)
