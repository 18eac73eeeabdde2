"""Which articles tell the same story: those that print the same statement, as far as is firm.

An article tells one story, however often its outlet changes it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from quotes.text.printing import find_article

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping


class Stories:
    """What each article prints, by firm components of units; `articles` leads from a unit to its articles."""

    def __init__(
        self,
        articles: Mapping[int, Collection[str]],
        printed: Iterable[tuple[str, int]],
        components: Mapping[int, int],
    ) -> None:
        self._articles = {unit: {*map(find_article, listed)} for unit, listed in articles.items()}
        self._components = components
        self._printed: dict[str, set[int]] = {}
        for article, unit in printed:
            self._printed.setdefault(find_article(article), set()).add(components[unit])

    def are_one(self, one: int, other: int) -> bool:
        """Say whether one article prints two units, or their articles have something else in common."""
        if not self._articles[one].isdisjoint(self._articles[other]):
            return True
        own = {self._components[one]} & {self._components[other]}
        return not (self._list_printed(one) & self._list_printed(other)) <= own

    def _list_printed(self, unit: int) -> set[int]:
        return set().union(*(self._printed[article] for article in self._articles[unit]))
