"""From pairs to groups: every unit hangs on its one best longer neighbour, then trees merge by majority.

Plain connected components would chain: a long quote touches many statements. A tree grows only where each
member names one best neighbour, and two trees become one only when most members of the smaller ask for it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from quotes.match.articles import Printings
from quotes.match.score import SAME_DAYS, Match, have_same_speaker, strength_needed

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from quotes.match.units import Unit
    from quotes.text.printing import Days

_ROUNDS = 6


def grow_trees(units: Sequence[Unit], firm: Sequence[Match], told: Sequence[Match] = ()) -> list[int]:
    """Return the tree of each unit: the index of the tree's first printed unit.

    `firm` matches hang units on trees and merge trees; `told` ones, firm only by their story, do not merge.
    """
    forest = _Forest(units)
    for match in sorted(_best_longer(units, [*firm, *told]), key=lambda m: (-m.strength, m.one, m.other)):
        forest.join(match.one, match.other, match.strength)
    for _ in range(_ROUNDS):
        if not _merge_by_majority(forest, firm):
            break
    return [forest.root(index) for index in range(len(units))]


class _Forest:
    """Disjoint trees of units; the root is the first printed. Keeps what may not come together in a tree."""

    def __init__(self, units: Sequence[Unit]) -> None:
        self._parent = list(range(len(units)))
        self._days = [unit.days if unit.days and unit.days[0] == unit.days[1] else None for unit in units]
        self._printings = Printings(units)
        self.size = [1] * len(units)

    def root(self, index: int) -> int:
        while self._parent[index] != index:
            self._parent[index] = self._parent[self._parent[index]]
            index = self._parent[index]
        return index

    def join(self, one: int, other: int, strength: float) -> bool:
        """Make one tree of two, unless their days ask for more strength or an article speaks against it."""
        first, second = sorted((self.root(one), self.root(other)))
        if first == second:
            return False
        span = self._find_span(first, second)
        if not self._is_enough(strength, first, second, span) or self._printings.clash(first, second):
            return False
        self._printings.join(first, second)
        self._parent[second] = first
        self._days[first] = span
        self.size[first] += self.size[second]
        return True

    def _find_span(self, first: int, second: int) -> Days | None:
        """Return the days from the first to the last printing in two trees."""
        known = [days for days in (self._days[first], self._days[second]) if days is not None]
        return (min(days[0] for days in known), max(days[1] for days in known)) if known else None

    def _is_enough(self, strength: float, first: int, second: int, span: Days | None) -> bool:
        """Say whether a match is strong enough for the days that it adds to a tree: slogans do not chain."""
        if span is None or span in (self._days[first], self._days[second]) or span[1] - span[0] <= SAME_DAYS:
            return True
        return strength >= strength_needed(span[1] - span[0])


def _best_longer(units: Sequence[Unit], matches: Iterable[Match]) -> Iterable[Match]:
    """Return for each unit its strongest match with a heavier one (an earlier one of the same weight)."""
    best: dict[int, tuple[tuple[float, bool, int, int], Match]] = {}
    for match in matches:
        light, heavy = sorted((match.one, match.other), key=lambda i: (units[i].weight, -i))
        rank = (-match.strength, not have_same_speaker(match, units), units[heavy].weight, heavy)
        if light not in best or rank < best[light][0]:
            best[light] = (rank, match)
    return [match for _, match in best.values()]


def _merge_by_majority(forest: _Forest, matches: Iterable[Match]) -> bool:
    """Let each tree join the larger tree that most of its members touch."""
    touching: dict[tuple[int, int], set[int]] = {}
    strongest: dict[tuple[int, int], float] = {}
    for match in matches:
        roots = forest.root(match.one), forest.root(match.other)
        if roots[0] == roots[1]:
            continue
        for member, mine, theirs in ((match.one, *roots), (match.other, *roots[::-1])):
            if (forest.size[mine], -mine) <= (forest.size[theirs], -theirs):
                touching.setdefault((mine, theirs), set()).add(member)
                strongest[mine, theirs] = max(strongest.get((mine, theirs), 0.0), match.strength)
    best: dict[int, tuple[int, int]] = {}
    for (mine, theirs), members in touching.items():
        if 2 * len(members) > forest.size[mine]:
            best[mine] = min(best.get(mine, (0, 0)), (-len(members), theirs))
    merged = [forest.join(mine, best[mine][1], strongest[mine, best[mine][1]]) for mine in sorted(best)]
    return any(merged)
