"""When a quote was printed: the order of printing, the days of a date, the edition of an article."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from quotes.records import Printed

_EDITION = "\x1e"  # counts as a space, so that no id has it

PrintingOrder = tuple[bool, str, str]
Days = tuple[int, int]


def printing_order(quote: Printed) -> PrintingOrder:
    """Return the sort key of first printing: by date, unknown dates last, then by id."""
    return (not quote.published, quote.published or "", quote.id)


def edition_order(quote: Printed) -> tuple[bool, str, int, str]:
    """Return the same, where of two quotes of one date that of an earlier revision of an article is first."""
    return (not quote.published, quote.published or "", quote.revision, quote.id)


def name_edition(article: str, revision: int) -> str:
    """Return what stands for an article as it was in a former revision; no article's id looks like it.

    >>> find_article(name_edition("a1", 2)), find_article("a1")
    ('a1', 'a1')
    """
    return f"{article}{_EDITION}{revision}"


def find_article(edition: str) -> str:
    """Return the article that an edition is one of; an article as it is now is one too."""
    return edition.partition(_EDITION)[0]


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
