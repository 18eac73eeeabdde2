"""Two outlets side by side: what both printed, where they differ, and how each alters."""

from __future__ import annotations

import asyncio
import json
from dataclasses import replace
from typing import TYPE_CHECKING

from quotes.publish.addresses import outlet_address, page_address
from quotes.publish.pages.answers import answer, choose_databases, fetch
from quotes.publish.pages.differing import read_quotes
from quotes.publish.pages.forms import describe_form
from quotes.publish.pages.listed import list_statements, read_outlet_names
from quotes.publish.pages.rates import FEW, INTERVAL, pool, set_beside
from quotes.publish.phrases import count
from quotes.publish.sql import outlet as sql
from quotes.publish.sql.listed import LISTED_BY_ID

if TYPE_CHECKING:
    from collections.abc import Mapping

    from datasette.app import Datasette
    from datasette.utils.asgi import Request, Response

    from quotes.publish.pages.answers import Row

DIFFERING, ALIKE, PAIRS = 10, 5, 12
_MOST_CHOICES = 2000


async def show_side_by_side(datasette: Datasette, request: Request) -> Response:
    """Answer with the two outlets that the address names, or else with the form to choose two."""
    database = (await choose_databases(datasette, request))[0]
    choices = await fetch(datasette, database, sql.CHOICES, {"size": _MOST_CHOICES})
    one, other = request.args.get("outlet") or "", request.args.get("other_outlet") or ""
    names = await read_outlet_names(datasette, database, (one, other))
    listed = {row["id"] for row in choices}
    context = {
        "database": database,
        "form": describe_form(datasette, database, "side-by-side"),
        "choices": [*choices, *({"id": i, "name": names[i]} for i in names if i not in listed)],
        "chosen": (one, other),
        "outlets": page_address(datasette, database, "outlets"),
        "problem": _find_problem(names, one, other),
    }
    if one in names and other in names and one != other:
        context |= await _read_pair(datasette, database, (one, other), names)
    else:
        context["pairs"] = await _list_pairs(datasette, database)
    return await answer(datasette, request, "quotes_side_by_side.html", context)


def _find_problem(names: Mapping[str, str], one: str, other: str) -> str | None:
    """Return in a sentence why there is nothing to show; None where there is, or nothing is asked for."""
    if one and one == other:
        return "That is the same outlet twice. Choose another one beside it."
    for identifier in (one, other):
        if identifier and identifier not in names:
            return f"No outlet here has the id “{identifier[:100]}”. Choose two from the lists."
    if bool(one) != bool(other):
        return f"Choose the outlet to put beside {names[one or other]}."
    return None


async def _list_pairs(datasette: Datasette, database: str) -> list[Row]:
    """Return the pairs of outlets with most statements in common."""
    rows = await fetch(datasette, database, sql.MOST_IN_COMMON, {"size": PAIRS})
    return [
        {
            "names": f"{row['outlet']} and {row['other_outlet']}",
            "address": page_address(
                datasette,
                database,
                "side-by-side",
                outlet=row["outlet_id"],
                other_outlet=row["other_outlet_id"],
            ),
            "statements": count(row["statement_count"], "statement"),
            "same": row["same_wording_count"],
        }
        for row in rows
    ]


async def _read_pair(
    datasette: Datasette, database: str, pair: tuple[str, str], names: Mapping[str, str]
) -> Row:
    counted, *stats = await asyncio.gather(
        fetch(datasette, database, sql.PAIR, {"outlet": pair[0], "other_outlet": pair[1]}),
        *(fetch(datasette, database, sql.STATS, {"id": outlet}) for outlet in pair),
    )
    both, same = (counted[0]["statement_count"], counted[0]["same_wording_count"]) if counted else (0, 0)
    one, other = (rows[0] if rows else {**pool([]), "quote_count": 0} for rows in stats)
    # The outlet with fewer quotes leads to what both printed, whichever was named first.
    is_turned = (other["quote_count"], pair[1]) < (one["quote_count"], pair[0])
    leading = pair[is_turned]
    shown = await _read_statements(datasette, database, pair, is_turned)
    is_partial = min(one["quote_count"], other["quote_count"]) > sql.MOST_SEEN
    return {
        "pair": [{"name": names[i], "address": outlet_address(datasette, database, i)} for i in pair],
        "both": count(both, "statement"),
        "same": same,
        "differ": both - same,
        "unshown": max(both - same - len(shown["differing_shown"]), 0),
        "seen": f"the newest {sql.MOST_SEEN:,} quotes of {names[leading]}" if is_partial else None,
        "rates": [(beside, None) for beside in set_beside(one, other)],
        "few": FEW,
        "interval": INTERVAL,
        "turned": page_address(datasette, database, "side-by-side", outlet=pair[1], other_outlet=pair[0]),
        "asked": {
            "side-by-side": {"outlet": pair[0], "other_outlet": pair[1]},
            "outlets-in-step": {},
            "who-follows-whom": {"outlet": pair[0]},
        },
        **shown,
    }


async def _read_statements(
    datasette: Datasette, database: str, pair: tuple[str, str], is_turned: bool
) -> Row:
    """Return the statements that two outlets print in other words, and those in the same; newest first.

    `is_turned` says that the second of the `pair` leads to them.
    """
    values = {"outlet": pair[is_turned], "other_outlet": pair[not is_turned], "seen": sql.MOST_SEEN}
    rows = await fetch(datasette, database, sql.BOTH_PRINTED, values)
    alike = {row["statement_id"]: None for row in rows if row["wording_id"] == row["other_wording_id"]}
    apart: dict[str, tuple[str, str]] = {}
    for row in rows:
        if row["statement_id"] not in alike:
            quotes = row["id"], row["other_id"]
            apart.setdefault(row["statement_id"], quotes[::-1] if is_turned else quotes)
    found = await fetch(datasette, database, LISTED_BY_ID, {"ids": json.dumps([*alike][:ALIKE])})
    return {
        "differing_shown": await read_quotes(datasette, database, [*apart.values()][:DIFFERING]),
        "alike": [
            replace(statement, changes=[], flags=[])  # these are what others changed
            for statement in await list_statements(datasette, database, found)
        ],
    }
