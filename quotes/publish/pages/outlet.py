"""The outlet's page: how it alters quotes beside the others, whom it follows, and what it altered lately."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from quotes.publish.addresses import (
    article_page_address,
    outlet_address,
    page_address,
    row_address,
    table_address,
)
from quotes.publish.editions import say_removed
from quotes.publish.pages.altered import pick_newest, pick_repeated, pick_widest
from quotes.publish.pages.answers import answer_one, fetch
from quotes.publish.pages.differing import read_quotes
from quotes.publish.pages.outlets import LISTED as MOST_OUTLETS
from quotes.publish.pages.questions import ask_of_outlet
from quotes.publish.pages.rates import FEW, INTERVAL, TOLD, find_median, pool, set_beside
from quotes.publish.phrases import count, describe_date, name_title
from quotes.publish.sql import outlet as sql

if TYPE_CHECKING:
    from collections.abc import Sequence

    from datasette.app import Datasette
    from datasette.utils.asgi import Request, Response

    from quotes.publish.pages.answers import Row

LISTED = 6
_QUERIES = (
    sql.STATS, sql.FOLLOWED, sql.FOLLOWERS, sql.IN_STEP, sql.NEWEST_QUOTES, sql.ARTICLES, sql.REVISED,
    sql.OWN_EDITS,
)  # fmt: skip
# Heading, what it says, and how the quotes of the list are picked.
_LISTS = (
    (
        "Newest altered",
        "Its words against the reference wording of the same statement.",
        pick_newest,
    ),
    (
        "Most reworded",
        "Its words that are least like the reference wording; mere cuts left out.",
        pick_widest,
    ),
    (
        "One statement in several wordings",
        "A wording of its own against the one that it printed before.",
        pick_repeated,
    ),
)

_EDITS = ("Its own quotes, altered later", "A quote as it is now, against the same article as it was before.")


async def show_outlet(datasette: Datasette, request: Request) -> Response:
    """Answer with the page of one outlet."""
    return await answer_one(datasette, request, "outlet", sql.OUTLET, _read_page)


async def _read_page(datasette: Datasette, database: str, outlet: Row) -> Row:
    identifier = outlet["id"]
    values = {"id": identifier, "size": LISTED, "seen": sql.MOST_SEEN}
    stats, followed, followers, in_step, newest, articles, revised, edits = await asyncio.gather(
        *(fetch(datasette, database, query, values) for query in _QUERIES)
    )
    others = await fetch(datasette, database, sql.OUTLETS, {"size": MOST_OUTLETS})
    return {
        "database": database,
        "name": outlet["name"],
        "domain": outlet["domain"],
        **_summarise(stats[0] if stats else None),
        **_compare(stats, [row for row in others if row["id"] != identifier]),
        "followed": _list_others(datasette, database, followed),
        "followers": _list_others(datasette, database, followers),
        "in_step": _list_others(datasette, database, in_step, beside=identifier),
        "lists": await _read_lists(datasette, database, newest, edits),
        "article_lists": (
            ("Latest articles", _list_articles(datasette, database, articles)),
            ("Edited after they were first read", _list_articles(datasette, database, revised)),
        ),
        **_list_addresses(datasette, database, identifier),
    }


def _list_addresses(datasette: Datasette, database: str, identifier: str) -> Row:
    return {
        "row": row_address(datasette, database, "outlets", identifier),
        "asked": ask_of_outlet(identifier),
        "all_quotes": table_address(datasette, database, "quotes", outlet_id__exact=identifier),
        "all_articles": table_address(datasette, database, "articles", outlet_id__exact=identifier),
        "side_by_side": page_address(datasette, database, "side-by-side", outlet=identifier),
        "outlets": page_address(datasette, database, "outlets"),
    }


def _summarise(stats: Row | None) -> Row:
    """Return in words how much the outlet printed; nothing where its quotes are not counted yet."""
    if stats is None:
        return {"printed": None, "first": None, "compared": 0}
    articles, quotes = count(stats["article_count"], "article"), count(stats["quote_count"], "quote")
    return {
        "printed": f"{articles}, {quotes}, {stats['attributed_count']:,} of them with a speaker",
        "first": count(stats["first_count"], "statement"),
        "compared": stats["compared_count"],
    }


def _compare(stats: Sequence[Row], others: Sequence[Row]) -> Row:
    """Return the rates of the outlet beside those of all others together, and of the median outlet."""
    pairs = set_beside(stats[0] if stats else pool([]), pool(others))
    medians = (find_median(others, name) for name in TOLD)
    return {
        "rates": list(zip(pairs, medians, strict=True)),
        "others": count(len(others), "other outlet"),
        "few": FEW,
        "interval": INTERVAL,
    }


def _list_others(datasette: Datasette, database: str, rows: Sequence[Row], beside: str = "") -> list[Row]:
    """Return other outlets with their counts; each leads to the page of both where there is one `beside`."""
    listed = []
    for row in rows:
        both = page_address(datasette, database, "side-by-side", outlet=beside, other_outlet=row["id"])
        same = row["same_wording_count"] if beside else None
        listed.append(
            {
                "name": row["name"],
                "address": outlet_address(datasette, database, row["id"]),
                "statements": count(row["statement_count"], "statement"),
                "same": same,
                "side_by_side": both if beside else None,
            }
        )
    return listed


async def _read_lists(
    datasette: Datasette, database: str, newest: Sequence[Row], edits: Sequence[Row]
) -> list[Row]:
    picked = [pick(newest, LISTED) for _, _, pick in _LISTS]
    shown = await asyncio.gather(*(read_quotes(datasette, database, pairs) for pairs in picked))
    older = f" Looked for among its newest {sql.MOST_SEEN:,} quotes." if len(newest) == sql.MOST_SEEN else ""
    lists = [
        {"title": title, "about": about + older, "wordings": wordings}
        for (title, about, _), wordings in zip(_LISTS, shown, strict=True)
    ]
    own = await read_quotes(datasette, database, [(row["id"], row["altered_to_id"]) for row in edits])
    lists.insert(1, {"title": _EDITS[0], "about": _EDITS[1], "wordings": own})
    return [one for one in lists if one["wordings"]]


def _list_articles(datasette: Datasette, database: str, rows: Sequence[Row]) -> list[Row]:
    return [
        {
            "title": name_title(row["title"]),
            "address": article_page_address(datasette, database, row["id"]),
            "date": describe_date(row["published"]),
            "quotes": count(row["quote_count"], "quote"),
            "edits": count(row["revision"] - 1, "edit") if row["revision"] > 1 else None,
            "removed": say_removed(row["removed"]),
        }
        for row in rows
    ]
