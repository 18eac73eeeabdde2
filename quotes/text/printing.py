"""When a quote was printed: the order of printing, and the days that a date stands for."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from quotes.records import Printed

PrintingOrder = tuple[bool, str, str]
Days = tuple[int, int]


def printing_order(quote: Printed) -> PrintingOrder:
    """Return the sort key of first printing: by date, unknown dates last, then by id."""
    return (not quote.published, quote.published or "", quote.id)


def read_days(published: str | None) -> Days | None:
    """Return the first and last day (ordinals) that an ISO date stands for; None where there is none.

    >>> first, last = read_days("2026-03")
    >>> last - first
    30
    """
    parts = (published or "")[:10].split("-")
    try:
        year, month, day = (int(part) for part in (*parts, "0", "0")[:3])
        if day:
            exact = date(year, month, day).toordinal()
            return exact, exact
        first = date(year, month or 1, 1)
        after = date(year + (month in (0, 12)), month % 12 + 1 if month else 1, 1)
    except ValueError:
        return None
    return first.toordinal(), after.toordinal() - 1
