"""What an article says against a group: it prints an utterance once, so two wordings are two utterances.

A quote that repeats another one of its article, or a part of it, is no second wording. Nor are the parts of
a longer quote that another outlet prints whole: each has its own place in it.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from rapidfuzz.distance import LCSseq

from quotes.match.evidence import LEAST_BITS

if TYPE_CHECKING:
    from quotes.match.score import Comparer
    from quotes.match.units import Units

# So many words left out of a repeated quote are an ellipsis; fewer are another wording ("not", "may").
_LEAST_ELLIPSIS = 3
# Quotes of one article that are kept for a tree: bounds articles that repeat themselves without end.
_KEPT = 8


class Printings:
    """Which units each article prints of each tree, and each tree's longest unit. A tree goes by its root."""

    def __init__(self, units: Units, comparer: Comparer) -> None:
        self._units, self._comparer = units, comparer
        # A tree that is missing here is a single unit.
        self._longest: dict[int, int] = {}
        self._printed: dict[int, dict[str, list[int]]] = {}
        self._apart: set[tuple[int, int]] = set()

    def clash(self, one: int, other: int) -> bool:
        """Say whether an article words the same part of the statement differently in the two trees."""
        if (one, other) not in self._apart and self._find_clash(one, other):
            self._apart.add((one, other))
        return (one, other) in self._apart

    def join(self, one: int, other: int) -> None:
        """Give tree `one` what `other` holds."""
        self._longest[one] = self._find_longest(one, other)
        fewer, more = sorted((self._list_printed(one), self._list_printed(other)), key=len)
        for article, printed in fewer.items():
            more[article] = sorted([*more.get(article, ()), *printed], key=self._by_length)[:_KEPT]
        self._printed.pop(other, None)
        self._printed[one] = more

    def _find_clash(self, one: int, other: int) -> bool:
        fewer, more = sorted((self._list_printed(one), self._list_printed(other)), key=len)
        common = [article for article in fewer if article in more]
        whole = self._find_longest(one, other) if common else one
        return any(
            self._are_two_wordings(mine, theirs, whole)
            for article in common
            for mine in fewer[article]
            for theirs in more[article]
        )

    def _list_printed(self, tree: int) -> dict[str, list[int]]:
        return self._printed.get(tree) or {article: [tree] for article in self._units.articles[tree]}

    def _find_longest(self, one: int, other: int) -> int:
        return min(self._longest.get(one, one), self._longest.get(other, other), key=self._by_length)

    def _by_length(self, index: int) -> tuple[int, int]:
        return -int(self._units.weights[index]), index

    def _are_two_wordings(self, one: int, other: int, whole: int) -> bool:
        heavy, light = sorted((one, other), key=self._by_length)
        bits = self._comparer.find_stretch(one, other).bits
        strength = bits * math.sqrt(bits / max(int(self._units.weights[light]), 1))
        if strength < LEAST_BITS or self._is_repeated(light, heavy):
            return False
        return _overlap(self._find_place(light, whole), self._find_place(heavy, whole))

    def _is_repeated(self, light: int, heavy: int) -> bool:
        """Say whether `light` repeats `heavy` or a part of it, save words left out and words of grammar."""
        words, grammar = self._comparer.words, self._comparer.grammar
        content, whole = self._comparer.trim(words[light]), words[heavy]
        if content in whole:
            return True
        for edit in LCSseq.opcodes(content, whole):
            mine, theirs = content[edit.src_start : edit.src_end], whole[edit.dest_start : edit.dest_end]
            left_out = not mine and (edit.src_start in (0, len(content)) or len(theirs) >= _LEAST_ELLIPSIS)
            if edit.tag != "equal" and not left_out and not grammar.issuperset(mine + theirs):
                return False
        return True

    def _find_place(self, unit: int, whole: int) -> tuple[int, int]:
        """Return from where to where the words of `unit` stand in `whole`, as far as they do."""
        content = self._comparer.trim(self._comparer.words[unit])
        start = self._comparer.words[whole].find(content)
        if start >= 0:
            return start, start + len(content)
        return self._comparer.find_stretch(unit, whole).other


def _overlap(one: tuple[int, int], other: tuple[int, int]) -> bool:
    """Say whether two places have more than half of the shorter one in common."""
    common = min(one[1], other[1]) - max(one[0], other[0])
    return 2 * common > min(one[1] - one[0], other[1] - other[0])
