"""Which articles tell the same story: those that print the same statement, as far as is firm."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from quotes.match.score import Match, is_same_in_story

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from quotes.match.units import Unit


class Stories:
    """The statements that each article prints, as far as they are firm."""

    def __init__(self, statements: Mapping[str, AbstractSet[int]]) -> None:
        self._statements = statements

    def hold(self, match: Match, units: Sequence[Unit]) -> bool:
        """Say whether two units are one utterance because their articles print a statement in common."""
        if not is_same_in_story(match, units):
            return False
        articles = units[match.one].first.article, units[match.other].first.article
        one, other = (self._statements.get(article or "", frozenset()) for article in articles)
        return not one.isdisjoint(other)


def find_stories(units: Sequence[Unit], trees: Sequence[int]) -> Stories:
    """Return which article prints which statements, given the tree of each unit."""
    statements: dict[str, set[int]] = defaultdict(set)
    for unit, tree in zip(units, trees, strict=True):
        for article in unit.articles:
            statements[article].add(tree)
    return Stories(statements)
