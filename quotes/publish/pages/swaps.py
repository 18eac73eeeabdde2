"""Words that became other words: the commonest swaps, and every statement with one of them."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING

from quotes.publish.addresses import page_address, table_address
from quotes.publish.pages.answers import answer, choose_databases, fetch
from quotes.publish.pages.differing import read_wordings
from quotes.publish.pages.forms import describe_form, read_words
from quotes.publish.phrases import count, describe_flag, list_counts
from quotes.publish.sql import swaps as sql

if TYPE_CHECKING:
    from collections.abc import Sequence

    from datasette.app import Datasette
    from datasette.utils.asgi import Request, Response

    from quotes.publish.pages.answers import Row

LISTED, SHOWN = 100, 25


async def show_swaps(datasette: Datasette, request: Request) -> Response:
    """Answer with the words swapped most, or with what a word became and what became it."""
    database = (await choose_databases(datasette, request))[0]
    word = read_words(request, "word")
    query = sql.WITH_WORD if word else sql.MOST_SWAPPED
    values = {"words": json.dumps(list_spellings(word)), "size": LISTED}
    rows = await fetch(datasette, database, query, values)
    context = {
        "database": database,
        "form": describe_form(datasette, database, "swaps"),
        "word": word,
        "swaps": _show_both_ways(datasette, database, rows),
        "cut_off": len(rows) == LISTED,
        "table": table_address(datasette, database, "word_swaps"),
        "asked": {"swapped-words": {"word": word}, "became": {"before": word}, "changed-numbers": {}},
    }
    return await answer(datasette, request, "quotes_swaps.html", context)


async def show_swap(datasette: Datasette, request: Request) -> Response:
    """Answer with the statements in which the words `before` became the words `after`."""
    database = (await choose_databases(datasette, request))[0]
    before, after = read_words(request, "before"), read_words(request, "after")
    rows, reverse = await asyncio.gather(
        fetch(datasette, database, sql.CHANGES, {"before": before, "after": after, "seen": sql.MOST_SEEN}),
        fetch(datasette, database, sql.REVERSED, {"before": after, "after": before, "seen": sql.MOST_SEEN}),
    )
    context = {
        "database": database,
        "before": before,
        "after": after,
        "reverse": reverse[0]["statements"],
        "reverse_address": _lead_to(datasette, database, after, before),
        "swaps": page_address(datasette, database, "swaps"),
        "asked": {"became": {"before": before, "after": after}} if before and after else {},
        **await _read_swap(datasette, database, rows),
    }
    return await answer(datasette, request, "quotes_swap.html", context)


def list_spellings(word: str) -> list[str]:
    """Return `word` with the capitals that it may be counted under.

    >>> list_spellings("may")
    ['may', 'May', 'MAY']
    """
    return list(dict.fromkeys((word, word.lower(), word.capitalize(), word.title(), word.upper())))


def _show_both_ways(datasette: Datasette, database: str, rows: Sequence[Row]) -> list[Row]:
    """Return each pair of words once, with the other direction beside it where that was seen too."""
    seen: set[tuple[str, str]] = set()
    shown = []
    for row in rows:
        before, after = row["words_before"], row["words_after"]
        if (after, before) in seen:
            continue
        seen.add((before, after))
        shown.append(
            {
                "there": _show_way(datasette, database, row, ""),
                "back": _show_way(datasette, database, row, "reverse_")
                if row["reverse_words_before"] is not None
                else None,
                "flag": describe_flag(row["flag"]) if row["flag"] else None,
            }
        )
    return shown


def _show_way(datasette: Datasette, database: str, row: Row, which: str) -> Row:
    """Return a pair of words; `which` is "reverse_" for the other direction."""
    before, after = row[f"{which}words_before"], row[f"{which}words_after"]
    nouns = {f"{which}statement_count": "statement", f"{which}outlet_count": "outlet"}
    return {
        "before": before,
        "after": after,
        "address": _lead_to(datasette, database, before, after),
        "counts": list_counts(row, nouns),
    }


def _lead_to(datasette: Datasette, database: str, before: str, after: str) -> str:
    return page_address(datasette, database, "swap", before=before, after=after)


async def _read_swap(datasette: Datasette, database: str, rows: Sequence[Row]) -> Row:
    """Return the wordings of the query CHANGES, one a statement and wording, and what they amount to."""
    wordings = list(dict.fromkeys(row["wording_id"] for row in rows))
    statements = len({row["statement_id"] for row in rows})
    found = await read_wordings(datasette, database, wordings[:SHOWN])
    most = "at least " if len(rows) == sql.MOST_SEEN else ""
    return {
        "size": f"{most}{count(statements, 'statement')}, {count(len(wordings), 'wording')}",
        "found": found,
        "more": len(wordings) - len(found),
        "flags": [
            describe_flag(flag) for flag in sorted({row["meaning_flag"] or "" for row in rows}) if flag
        ],
    }
