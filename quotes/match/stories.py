"""Which articles tell the same story: those that print the same statement, as far as is firm."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quotes.match.matches import Match
    from quotes.match.units import Units


class Stories:
    """Which firm component each unit belongs to, and which of them each article prints."""

    def __init__(self, units: Units, components: Sequence[int]) -> None:
        self._articles, self._components = units.articles, components
        self._printed: dict[str, set[int]] = defaultdict(set)
        for articles, component in zip(units.articles, components, strict=True):
            for article in articles:
                self._printed[article].add(component)

    def hold(self, match: Match) -> bool:
        """Say whether the articles of two units print something else in common."""
        one, other = (
            set().union(*(self._printed[article] for article in self._articles[unit]))
            for unit in (match.one, match.other)
        )
        own = {self._components[match.one]} & {self._components[match.other]}
        return not (one & other) <= own
