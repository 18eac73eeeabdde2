"""From matches to groups: every unit hangs on its one best longer neighbour, then trees that match merge.

Plain connected components would chain: a fragment matches every long quote that has its words. A tree grows
only where each member names one best neighbour, and two trees become one only if their longest members match.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from quotes.match.articles import Printings
from quotes.match.evidence import FOLLOWING_DAYS, SAME_DAYS, find_need
from quotes.match.matches import Kind, find_matches
from quotes.match.units import UNKNOWN_DAY

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from quotes.match.matches import Match
    from quotes.match.score import Comparer
    from quotes.match.units import Units
    from quotes.text.printing import Days, PrintingOrder

_ROUNDS = 6
# Share of the heavier of two units that a match on one occasion has.
_MUCH = 0.4
_MUCH_WITHOUT_DAYS = 0.5


def find_components(count: int, pairs: Iterable[tuple[int, int]]) -> list[int]:
    """Return for each of `count` units the first one that `pairs` link it to, directly or through others."""
    parents = list(range(count))
    for pair in pairs:
        one, other = _find_root(parents, pair[0]), _find_root(parents, pair[1])
        if one != other:
            parents[max(one, other)] = min(one, other)
    return [_find_root(parents, index) for index in range(count)]


def _find_root(parents: list[int], index: int) -> int:
    while parents[index] != index:
        parents[index] = parents[parents[index]]
        index = parents[index]
    return index


def grow_trees(
    units: Units, comparer: Comparer, matches: Sequence[Match], altered: Iterable[tuple[int, int]] = ()
) -> list[int]:
    """Return the tree of each unit, by the place of one of its members.

    Pairs that an outlet altered one to the other (`altered`, in order) are together from the start. Matches
    of kind FIRM hang units on trees and, but for those between two speakers, merge trees; others only hang.
    What lies in different components of both has nothing to do with each other.
    """
    forest = _Forest(units, comparer)
    for pair in altered:
        forest.unite(*pair)
    for match in sorted(_best_longer(units, matches), key=lambda m: (-m.margin, m.one, m.other)):
        forest.join(match)
    merging = [match for match in matches if match.kind == Kind.FIRM and not match.other_speaker]
    for _ in range(_ROUNDS):
        merging = [match for match in merging if forest.root(match.one) != forest.root(match.other)]
        if not _merge(forest, merging, units, comparer):
            break
    return [forest.root(index) for index in range(len(units))]


def name_statements(units: Units, trees: Sequence[int]) -> list[str]:
    """Return the statement of each unit: the id of the quote that its tree printed first."""
    first: dict[int, PrintingOrder] = {}
    for tree, order in zip(trees, units.firsts, strict=True):
        first[tree] = min(first.get(tree, order), order)
    return [first[tree][-1] for tree in trees]


class _Forest:
    """Disjoint trees of units; the root is the first one. Keeps what may not come together in a tree."""

    def __init__(self, units: Units, comparer: Comparer) -> None:
        self._parents = list(range(len(units)))
        known = (units.first_days == units.last_days) & (units.first_days != UNKNOWN_DAY)
        self._days: list[Days | None] = [
            (day, day) if is_known else None
            for day, is_known in zip(units.first_days.tolist(), known.tolist(), strict=True)
        ]
        self._printings = Printings(units, comparer)
        self._in_articles: list[bool] = units.in_articles.tolist()
        self.size = [1] * len(units)
        self._longest = list(range(len(units)))
        self._weights = units.weights.tolist()

    def root(self, index: int) -> int:
        return _find_root(self._parents, index)

    def is_one_occasion(self, match: Match) -> bool:
        """Say whether two trees are of the same days, and a match shares much of both its units.

        Without days, articles stand in for them: what they print apart would speak against it.
        """
        lighter, heavier = sorted((self._weights[match.one], self._weights[match.other]))
        share = match.share * lighter / max(heavier, 1)
        span = self._find_span(self.root(match.one), self.root(match.other))
        if span is not None:
            return share >= _MUCH and span[1] - span[0] <= SAME_DAYS
        return share >= _MUCH_WITHOUT_DAYS and self._in_articles[match.one] and self._in_articles[match.other]

    def rank(self, root: int) -> tuple[int, int]:
        """Return how large a tree is, the earlier of two equal ones before the other."""
        return self.size[root], -root

    def find_longest(self, root: int) -> int:
        """Return the heaviest unit of a tree."""
        return self._longest[root]

    def join(self, match: Match) -> bool:
        """Make one tree of two, unless their days ask for more strength or an article speaks against it."""
        first, second = sorted((self.root(match.one), self.root(match.other)))
        if first == second:
            return False
        span = self._find_span(first, second)
        if not self._is_enough(match, first, second, span) or self._printings.clash(first, second):
            return False
        self._unite(first, second, span)
        return True

    def unite(self, one: int, other: int) -> None:
        """Make one tree of two, whatever speaks against it."""
        first, second = sorted((self.root(one), self.root(other)))
        if first != second:
            self._unite(first, second, self._find_span(first, second))

    def _unite(self, first: int, second: int, span: Days | None) -> None:
        self._printings.join(first, second)
        self._longest[first] = max(
            self._longest[first], self._longest[second], key=lambda unit: (self._weights[unit], -unit)
        )
        self._parents[second] = first
        self._days[first] = span
        self.size[first] += self.size[second]

    def _find_span(self, first: int, second: int) -> Days | None:
        """Return the days from the first to the last printing in two trees."""
        known = [days for days in (self._days[first], self._days[second]) if days is not None]
        return (min(days[0] for days in known), max(days[1] for days in known)) if known else None

    def _is_enough(self, match: Match, first: int, second: int, span: Days | None) -> bool:
        """Say whether a match is strong enough for the days that it adds to a tree: slogans do not chain."""
        if span is None or span in (self._days[first], self._days[second]):
            return True
        days = span[1] - span[0]
        return days <= (FOLLOWING_DAYS if match.same_speaker else SAME_DAYS) or match.strength >= find_need(
            days
        )


def _best_longer(units: Units, matches: Iterable[Match]) -> list[Match]:
    """Return for each unit its strongest match with a heavier one (an earlier one of the same weight)."""
    best: dict[int, tuple[tuple[float, bool, int, PrintingOrder], Match]] = {}
    weights, firsts = units.weights.tolist(), units.firsts
    for match in matches:
        light, heavy = match.one, match.other
        if weights[light] > weights[heavy] or (
            weights[light] == weights[heavy] and firsts[light] < firsts[heavy]
        ):
            light, heavy = heavy, light
        rank = (-match.margin, not match.same_speaker, weights[heavy], firsts[heavy])
        if light not in best or rank < best[light][0]:
            best[light] = (rank, match)
    return [match for _, match in best.values()]


def _merge(forest: _Forest, matches: Sequence[Match], units: Units, comparer: Comparer) -> bool:
    """Let each tree join the larger one that matches it best, if their longest wordings match firmly."""
    touching: dict[tuple[int, int], Match] = {}
    for match in matches:
        smaller, larger = sorted((forest.root(match.one), forest.root(match.other)), key=forest.rank)
        known = touching.get((smaller, larger))
        if known is None or (known.same_speaker, known.margin) < (match.same_speaker, match.margin):
            touching[smaller, larger] = match
    asked = [
        trees
        for trees, match in touching.items()
        if not (match.same_speaker or forest.is_one_occasion(match))
    ]
    alike = _find_alike(forest, asked, units, comparer)
    best: dict[int, tuple[float, int]] = {}
    for smaller, larger in touching.keys() - (set(asked) - alike):
        rank = touching[smaller, larger].margin, -larger
        best[smaller] = max(best.get(smaller, rank), rank)
    merged = [forest.join(touching[tree, -best[tree][1]]) for tree in sorted(best)]
    return any(merged)


def _find_alike(
    forest: _Forest, trees: Sequence[tuple[int, int]], units: Units, comparer: Comparer
) -> set[tuple[int, int]]:
    """Return the pairs of trees whose longest units match firmly."""
    longest = [(forest.find_longest(one), forest.find_longest(other)) for one, other in trees]
    pairs = np.array(longest, dtype=np.int64).reshape(-1, 2)
    firm = {
        (match.one, match.other)
        for match in find_matches(pairs[:, 0], pairs[:, 1], units, comparer)
        if match.kind == Kind.FIRM
    }
    return {tree for tree, pair in zip(trees, longest, strict=True) if pair in firm}
