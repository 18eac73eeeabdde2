"""A wording before it is described: all quotes with one normal form, and their words."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from quotes.drift.changes import Printing, read_printing
from quotes.text.normal import normal_form
from quotes.text.printing import edition_order

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quotes.records import Printed


@dataclass(frozen=True)
class Draft:
    """All quotes with one normal form, in order of printing."""

    quotes: tuple[Printed, ...]

    @property
    def first(self) -> Printed:
        """The quote that printed it first."""
        return self.quotes[0]

    @cached_property
    def printing(self) -> Printing:
        """The words; most wordings are the only one of their statement, and nobody asks for them."""
        return read_printing(self.first.text)


def draft_wordings(quotes: Sequence[Printed]) -> list[Draft]:
    """Return the wordings of one statement by first printing."""
    by_form: dict[str, list[Printed]] = {}
    for quote in sorted(quotes, key=edition_order):
        by_form.setdefault(normal_form(quote.text), []).append(quote)
    return [Draft(tuple(same)) for same in by_form.values()]


def find_alterations(drafts: Sequence[Draft]) -> dict[str, int]:
    """Return for each quote that an outlet altered another one to the number of the wording that it was.

    Of two that took each other's place in turns, the one of the earlier revision was printed first.
    """
    if not any(quote.altered_to for draft in drafts for quote in draft.quotes):
        return {}
    known = {quote.id: (number, quote) for number, draft in enumerate(drafts) for quote in draft.quotes}
    pairs = []
    for number, quote in known.values():
        if quote.altered_to in known:
            pairs.append(sorted([(number, quote), known[quote.altered_to]], key=lambda one: one[1].revision))
    pairs.sort(key=lambda pair: pair[0][1].revision)  # of several, the last one counts
    return {later.id: number for (number, _), (_, later) in pairs}
