"""The speaker's page: what was printed of a person or body, how faithfully, and who alters most."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from quotes.publish.addresses import (
    article_page_address,
    file_address,
    outlet_address,
    row_address,
    table_address,
)
from quotes.publish.pages.answers import answer_one, fetch
from quotes.publish.pages.listed import list_statements
from quotes.publish.pages.questions import ask_of_speaker
from quotes.publish.pages.rates import FEW, INTERVAL, measure, measure_all, pool
from quotes.publish.pages.speakers import KINDS
from quotes.publish.phrases import SPEAKER_COUNTS, count, list_counts, name_title
from quotes.publish.sql import speaker as sql

if TYPE_CHECKING:
    from collections.abc import Sequence

    from datasette.app import Datasette
    from datasette.utils.asgi import Request, Response

    from quotes.publish.pages.answers import Row

LISTED, OUTLETS = 8, 20
# Heading, what it says, the query, and whether it looks through the newest only.
_LISTS = (
    ("Newest statements", "", sql.NEWEST, False),
    ("Widest drift", "Where outlets print this speaker's words most differently.", sql.WIDEST, True),
    (
        "Disputed",
        "Where articles put the same words into this mouth and into another one.",
        sql.DISPUTED,
        True,
    ),
)


async def show_speaker(datasette: Datasette, request: Request) -> Response:
    """Answer with the page of one speaker."""
    return await answer_one(datasette, request, "speaker", sql.SPEAKER, _read_page)


async def _read_page(datasette: Datasette, database: str, speaker: Row) -> Row:
    values = {"id": speaker["id"], "size": LISTED, "seen": sql.MOST_SEEN}
    queries = (sql.ALIASES, sql.STATS, sql.MERGED, *(query for _, _, query, _ in _LISTS))
    aliases, stats, merged, *lists = await asyncio.gather(
        *(fetch(datasette, database, query, values) for query in queries)
    )
    is_anonymous = speaker["kind"] == "anonymous"
    identifier = speaker["id"]
    return {
        "database": database,
        **_summarise(speaker),
        "aliases": [(row["alias"], count(row["times"], "time")) for row in aliases],
        **_show_rates(datasette, database, stats),
        "lists": await _show_lists(datasette, database, speaker, lists),
        "merged": [] if is_anonymous else _show_merged(merged),
        "article": await _find_article(datasette, database, identifier) if is_anonymous else None,
        **_list_addresses(datasette, database, speaker),
    }


def _list_addresses(datasette: Datasette, database: str, speaker: Row) -> Row:
    identifier = speaker["id"]
    feed = file_address(datasette, database, ".atom", "speaker", identifier)
    return {
        "feeds": [{"address": feed, "title": f"statements by {speaker['name']}"}],
        "row": row_address(datasette, database, "speakers", identifier),
        "asked": ask_of_speaker(identifier),
        "all_quotes": table_address(datasette, database, "quotes", speaker_id__exact=identifier),
        "all_stats": table_address(datasette, database, "speaker_outlet_stats", speaker_id__exact=identifier),
    }


def _summarise(speaker: Row) -> Row:
    return {
        "name": speaker["name"],
        "kind": KINDS.get(speaker["kind"], speaker["kind"]),
        "role": speaker["role"],
        "counts": list_counts(speaker, SPEAKER_COUNTS),
        "is_anonymous": speaker["kind"] == "anonymous",
    }


def _show_rates(datasette: Datasette, database: str, stats: Sequence[Row]) -> Row:
    """Return how faithfully the speaker is quoted, by all outlets together and by each of them."""
    total = pool(stats)
    outlets = [
        {
            "name": row["outlet"],
            "address": outlet_address(datasette, database, row["outlet_id"]),
            "altered": measure(row, "altered"),
            "same": measure(row, "same"),
            "flagged": measure(row, "flagged"),
        }
        for row in stats
        if row["compared_count"]
    ]
    # By the end of the interval that is certain enough: few quotes do not lead the list by chance.
    outlets.sort(key=lambda one: (-one["altered"].interval.low, -one["altered"].of, one["name"]))
    return {
        "compared": total["compared_count"],
        "rates": measure_all(total),
        "outlets": outlets[:OUTLETS],
        "altered": measure(total, "altered").times,
        "more_outlets": max(len(outlets) - OUTLETS, 0),
        "few": FEW,
        "interval": INTERVAL,
    }


async def _show_lists(
    datasette: Datasette, database: str, speaker: Row, lists: Sequence[Sequence[Row]]
) -> list[Row]:
    is_partial = max(speaker["statement_count"], speaker["quote_count"]) > sql.MOST_SEEN
    newest = f"Looked for among the newest {sql.MOST_SEEN:,}." if is_partial else ""
    return [
        {
            "title": title,
            "about": " ".join(filter(None, (about, newest if is_bounded else ""))),
            "statements": await list_statements(datasette, database, rows),
        }
        for (title, about, _, is_bounded), rows in zip(_LISTS, lists, strict=True)
        if rows
    ]


def _show_merged(rows: Sequence[Row]) -> list[Row]:
    return [
        {"name": row["name"], "why": row["merge_evidence"], "articles": count(row["articles"], "article")}
        for row in rows
    ]


async def _find_article(datasette: Datasette, database: str, identifier: str) -> Row | None:
    found = await fetch(datasette, database, sql.ARTICLE, {"id": identifier})
    return next(
        (
            {
                "title": name_title(row["title"]),
                "outlet": row["outlet"],
                "address": article_page_address(datasette, database, row["id"]),
            }
            for row in found
        ),
        None,
    )
