"""Which articles tell the same story: those that print the same statement, as far as is firm."""

from __future__ import annotations

from typing import TYPE_CHECKING

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
        self._articles, self._components = articles, components
        self._printed: dict[str, set[int]] = {}
        for article, unit in printed:
            self._printed.setdefault(article, set()).add(components[unit])

    def are_one(self, one: int, other: int) -> bool:
        """Say whether the articles of two units print something in common beside these two."""
        own = {self._components[one]} & {self._components[other]}
        return not (self._list_printed(one) & self._list_printed(other)) <= own

    def _list_printed(self, unit: int) -> set[int]:
        return set().union(*(self._printed[article] for article in self._articles[unit]))
