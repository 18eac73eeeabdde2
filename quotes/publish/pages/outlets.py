"""The list of outlets: what each printed and how it alters quotes, in the order asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quotes.publish.addresses import outlet_address, page_address, table_address
from quotes.publish.pages.answers import answer, choose_databases, fetch
from quotes.publish.pages.forms import describe_form, read_words
from quotes.publish.pages.rates import FEW, INTERVAL, measure, pool
from quotes.publish.phrases import count
from quotes.publish.sql import outlet as sql

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from typing import Any

    from datasette.app import Datasette
    from datasette.utils.asgi import Request, Response

    from quotes.publish.pages.answers import Row

# Outlets compared, and outlets shown where not all are asked for.
LISTED, SHOWN = 1000, 60
_MEASURES = ("same", "altered", "flagged")
_ORDERS: Mapping[str, tuple[str, Callable[[Row], Any]]] = {
    "quotes": ("most quotes", lambda shown: -shown["quotes"]),
    "reworded": ("most reworded", lambda shown: -shown["altered"].interval.low),
    "same": ("most in the same words", lambda shown: -shown["same"].interval.low),
    "name": ("name", lambda shown: shown["name"].casefold()),
}


async def show_outlets(datasette: Datasette, request: Request) -> Response:
    """Answer with the outlets, sorted by what the address says, and narrowed to a name where it gives one."""
    database = (await choose_databases(datasette, request))[0]
    name, by = read_words(request, "q"), request.args.get("by") or ""
    by = by if by in _ORDERS else "quotes"
    rows = await fetch(datasette, database, sql.OUTLETS, {"size": LISTED})
    total = pool(rows)
    named = [row for row in rows if name.casefold() in row["name"].casefold()]
    shown = _sort([_show(datasette, database, row) for row in named], by)
    most = LISTED if request.args.get("all") else SHOWN
    context = {
        "database": database,
        "form": describe_form(datasette, database, "outlets"),
        "asked": name,
        "by": by,
        "orders": _list_orders(datasette, database, by, name),
        "outlets": shown[:most],
        "size": len(shown),
        "everything": page_address(datasette, database, "outlets", **_name(by, name), all="1"),
        "all": {measured: measure(total, measured) for measured in _MEASURES},
        "is_empty": not rows,
        "cut_off": len(rows) == LISTED,
        "few": FEW,
        "interval": INTERVAL,
        "table": table_address(datasette, database, "outlet_stats"),
        "side_by_side": page_address(datasette, database, "side-by-side"),
    }
    return await answer(datasette, request, "quotes_outlets.html", context)


def _sort(shown: Sequence[Row], by: str) -> list[Row]:
    _, order = _ORDERS[by]
    return sorted(shown, key=lambda one: (order(one), one["name"].casefold(), one["address"]))


def _list_orders(datasette: Datasette, database: str, chosen: str, name: str) -> list[Row]:
    return [
        {
            "label": label,
            "address": page_address(datasette, database, "outlets", **_name(by, name)),
            "is_chosen": by == chosen,
        }
        for by, (label, _) in _ORDERS.items()
    ]


def _name(by: str, name: str) -> dict[str, str]:
    return {"by": by, **({"q": name} if name else {})}


def _show(datasette: Datasette, database: str, row: Row) -> Row:
    return {
        "name": row["name"],
        "quotes": row["quote_count"],
        "address": outlet_address(datasette, database, row["id"]),
        "printed": f"{count(row['quote_count'], 'quote')} in {count(row['article_count'], 'article')}",
        **{name: measure(row, name) for name in _MEASURES},
    }
