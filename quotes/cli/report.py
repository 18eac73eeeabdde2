"""What `quotes demo` prints: what a database holds, its widest drift, words in different mouths."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quotes.cli.drift import TITLES, write_sections
from quotes.cli.screen import MOST_COLUMNS, count_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quotes.store import Report


def write_report(report: Report, width: int = MOST_COLUMNS) -> Iterator[str]:
    """Yield the lines of a report no wider than about `width` characters."""
    totals = report.totals
    yield (
        f"{count_words(totals['articles'], 'article')} of {count_words(totals['outlets'], 'outlet')}:"
        f" {count_words(totals['quotes'], 'quote')} by {count_words(totals['speakers'], 'speaker')},"
        f" {count_words(totals['statements'], 'statement')}"
    )
    shown = {statement.id for statement in report.widest}
    others = [statement for statement in report.disputed if statement.id not in shown]
    more = {"More words in different mouths": others} if others else {}
    yield from write_sections({TITLES["widest"]: report.widest, **more}, width)
