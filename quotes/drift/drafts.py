"""A wording before it is described: all quotes with one normal form, and their words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from quotes.drift.changes import Printing, read_printing
from quotes.text.normal import normal_form
from quotes.text.printing import printing_order

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quotes.records import Printed


@dataclass(frozen=True, slots=True)
class Draft:
    """All quotes with one normal form, in order of printing, and their words."""

    quotes: tuple[Printed, ...]
    printing: Printing

    @property
    def first(self) -> Printed:
        """The quote that printed it first."""
        return self.quotes[0]


def draft_wordings(quotes: Sequence[Printed]) -> list[Draft]:
    """Return the wordings of one statement by first printing."""
    by_form: dict[str, list[Printed]] = {}
    for quote in sorted(quotes, key=printing_order):
        by_form.setdefault(normal_form(quote.text), []).append(quote)
    return [Draft(tuple(same), read_printing(same[0].text)) for same in by_form.values()]
