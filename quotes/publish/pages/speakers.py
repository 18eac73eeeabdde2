"""The list of speakers: who is quoted most, and whom a name belongs to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quotes.publish.addresses import page_address, speaker_address, table_address
from quotes.publish.pages.answers import answer, choose_databases, fetch
from quotes.publish.pages.forms import describe_form, read_words
from quotes.publish.phrases import SPEAKER_COUNTS, join_names, list_counts, read_list
from quotes.publish.sql import speaker as sql

if TYPE_CHECKING:
    from datasette.app import Datasette
    from datasette.utils.asgi import Request, Response

    from quotes.publish.pages.answers import Row

LISTED = 100
_MOST_WORDS = 10
KINDS = {"person": "person", "organisation": "organisation", "anonymous": "anonymous source"}
_PLURALS = {"": "All", "person": "Persons", "organisation": "Organisations", "anonymous": "Anonymous sources"}


async def show_speakers(datasette: Datasette, request: Request) -> Response:
    """Answer with the speakers quoted most, or with those that have the name the address asks for."""
    database = (await choose_databases(datasette, request))[0]
    name, kind = read_words(request, "q"), request.args.get("kind") or ""
    kind = kind if kind in KINDS else ""
    rows = await _read(datasette, database, name, kind)
    context = {
        "database": database,
        "form": describe_form(datasette, database, "speakers"),
        "name": name,
        "kind": kind,
        "kinds": _list_kinds(datasette, database, name, kind),
        "speakers": [_show(datasette, database, row) for row in rows],
        "cut_off": len(rows) == LISTED,
        "table": table_address(
            datasette,
            database,
            "speakers",
            _sort_desc="quote_count",
            **({"kind__exact": kind} if kind else {}),
        ),
    }
    return await answer(datasette, request, "quotes_speakers.html", context)


async def _read(datasette: Datasette, database: str, name: str, kind: str) -> list[Row]:
    values = {"kind": kind, "size": LISTED}
    if not name:
        query = sql.MOST_QUOTED_OF_KIND if kind else sql.MOST_QUOTED
        return await fetch(datasette, database, query, values)
    return await fetch(datasette, database, sql.NAMED, {**values, "match": match_names(name)})


def match_names(name: str) -> str:
    """Return the full-text query for names with every word of `name`; the last may be the start of one.

    >>> match_names("odile va")
    '"odile" "va" *'
    """
    words = [word.replace('"', '""') for word in name.split()[:_MOST_WORDS]]
    return " ".join(f'"{word}"' for word in words) + " *"


def _list_kinds(datasette: Datasette, database: str, name: str, chosen: str) -> list[Row]:
    """Return the links that narrow the list to a kind of speaker."""
    query = {"q": name} if name else {}
    return [
        {
            "label": label,
            "address": page_address(
                datasette, database, "speakers", **query, **({"kind": kind} if kind else {})
            ),
            "is_chosen": kind == chosen,
        }
        for kind, label in _PLURALS.items()
    ]


def _show(datasette: Datasette, database: str, row: Row) -> Row:
    return {
        "name": row["name"],
        "address": speaker_address(datasette, database, row["id"]),
        "kind": KINDS.get(row["kind"], row["kind"]),
        "role": row["role"],
        "counts": list_counts(row, SPEAKER_COUNTS),
        "aliases": join_names([f"“{alias}”" for alias in read_list(row.get("aliases"))]),
    }
