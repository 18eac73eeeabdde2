"""Words that stand elsewhere in the other wording: one move, not a deletion here and an insertion there."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from itertools import pairwise, takewhile, zip_longest
from operator import eq
from typing import TYPE_CHECKING

from quotes.drift.alignment import Edit
from quotes.text.normal import FUNCTION_WORDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

# Words that change places about one of these are one change.
_JOINING = ("and", "or", "nor")
_SWAPPED_WORDS = 13
# So many words alike at two places are no chance; fewer are, unless nothing else changed there or near by.
_SURE_WORDS = 3
_SURE_CONTENT = 2
_NEAR_WORDS = 6
_NEAR_FUNCTION_WORDS = 3
_FAR_WORDS = 40
# Places of one word that are looked at, and words that are searched: they bound the work.
_MOST_PLACES = 16
_MOST_WORDS = 4_000

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Block:
    """So many words at a place of the one list, in one gap, and at a place of the other, in another gap."""

    size: int
    start: int
    other_start: int
    gap: int
    other_gap: int


def find_moves(
    gaps: Sequence[Edit], one: Sequence[str], other: Sequence[str]
) -> tuple[list[Edit], list[Edit]]:
    """Return the moves among the gaps of an alignment, and what is left of the gaps.

    >>> moves, rest = find_moves([Edit(0, 0, 0, 1), Edit(1, 2, 2, 2)], ["also", "could"], ["could", "also"])
    >>> (moves, rest)
    ([Edit(start=1, end=2, other_start=0, other_end=1, place='moved')], [])
    """
    swaps, gaps = _find_swaps(gaps, one, other)
    blocks = _choose(_find_blocks(gaps, one, other), gaps, one)
    moves = [Edit(b.start, b.start + b.size, b.other_start, b.other_start + b.size, "moved") for b in blocks]
    rest = [part for number, gap in enumerate(gaps) for part in _take_out(number, gap, blocks)]
    return [*swaps, *moves], rest


def _find_swaps(
    gaps: Sequence[Edit], one: Sequence[str], other: Sequence[str]
) -> tuple[list[Edit], list[Edit]]:
    """Return what only changed places with its neighbour, each pair as one move, and the rest of the gaps.

    "a or b" may be one gap or two about the "or"; "to not" and "not to" may stand inside of a larger gap.
    """
    swaps: list[Edit] = []
    rest: list[Edit] = []
    last = None  # the gap right before, unless it is part of a swap
    for gap in gaps:
        windows = [gap] if last is None else [gap, Edit(last.start, gap.end, last.other_start, gap.other_end)]
        swap = next((window for window in windows if _is_swap(window, one, other)), None)
        if swap is None:
            rest.append(gap)
        elif swap is not gap:
            rest.pop()
        swaps += [swap] if swap else []
        last = None if swap else gap
    inner = [_find_inverted(gap, one, other) for gap in rest]
    parts = [part for gap, swap in zip(rest, inner, strict=True) for part in _part(gap, swap)]
    found = [*swaps, *(swap for swap in inner if swap)]
    return [replace(swap, place="moved") for swap in found], parts


def _find_inverted(gap: Edit, one: Sequence[str], other: Sequence[str]) -> Edit | None:
    """Return two neighbouring words of a gap that stand there in the other order too."""
    places = {(other[i + 1], other[i]): i for i in range(gap.other_end - 2, gap.other_start - 1, -1)}
    for start in range(gap.start, gap.end - 1):
        words = (one[start], one[start + 1])
        if words in places and words[0] != words[1] and not FUNCTION_WORDS.issuperset(words):
            return Edit(start, start + 2, places[words], places[words] + 2)
    return None


def _part(gap: Edit, inner: Edit | None) -> list[Edit]:
    """Return what is left of a gap on both sides of an edit within it."""
    if inner is None:
        return [gap]
    parts = (
        Edit(gap.start, inner.start, gap.other_start, inner.other_start),
        Edit(inner.end, gap.end, inner.other_end, gap.other_end),
    )
    return [part for part in parts if part.size]


def _is_swap(window: Edit, one: Sequence[str], other: Sequence[str]) -> bool:
    words = one[window.start : window.end]
    others = other[window.other_start : window.other_end]
    if len(words) != len(others) or len(words) > _SWAPPED_WORDS:
        return False
    return any(
        [*words[place + 1 :], word, *words[:place]] == list(others)
        for place, word in enumerate(words)
        if word in _JOINING
    )


def _find_blocks(gaps: Sequence[Edit], one: Sequence[str], other: Sequence[str]) -> Iterator[_Block]:
    """Yield the longest runs of words that one gap takes away and another one brings.

    Within one gap words are alike by chance: else the alignment had kept them.
    """
    if sum(gap.size for gap in gaps) > _MOST_WORDS:
        return
    places = _list_places(gaps, other)
    for number, gap in enumerate(gaps):
        for start in range(gap.start, gap.end):
            for other_number, place in places.get(one[start], ()):
                target = gaps[other_number]
                begins = start == gap.start or place == target.other_start
                if other_number != number and (begins or one[start - 1] != other[place - 1]):
                    most = min(gap.end - start, target.other_end - place)
                    size = _count_alike(one[start : start + most], other[place : place + most])
                    yield _Block(size, start, place, number, other_number)


def _list_places(gaps: Sequence[Edit], other: Sequence[str]) -> dict[str, list[tuple[int, int]]]:
    """Return for each word that gaps bring the number of the gap and the place, the first of them."""
    places: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for number, gap in enumerate(gaps):
        for place in range(gap.other_start, gap.other_end):
            if len(places[other[place]]) < _MOST_PLACES:
                places[other[place]].append((number, place))
    return places


def _count_alike(words: Sequence[str], others: Sequence[str]) -> int:
    """Return how many words the two begin with alike."""
    return sum(1 for _ in takewhile(bool, map(eq, words, others)))


def _choose(blocks: Iterable[_Block], gaps: Sequence[Edit], one: Sequence[str]) -> list[_Block]:
    """Return the blocks that are no chance, the longest first, none over another."""
    taken: set[int] = set()
    other_taken: set[int] = set()
    chosen = []
    for block in sorted(blocks, key=lambda b: (-b.size, _measure(b, gaps), b.start, b.other_start)):
        words = range(block.start, block.start + block.size)
        others = range(block.other_start, block.other_start + block.size)
        if taken.isdisjoint(words) and other_taken.isdisjoint(others) and _is_move(block, gaps, one):
            taken.update(words)
            other_taken.update(others)
            chosen.append(block)
    return chosen


def _measure(block: _Block, gaps: Sequence[Edit]) -> int:
    """Return over how many words of the one list a block moved."""
    target = gaps[block.other_gap]
    return max(target.start - block.start - block.size, block.start - target.end, 0)


def _is_move(block: _Block, gaps: Sequence[Edit], one: Sequence[str]) -> bool:
    words = one[block.start : block.start + block.size]
    content = sum(word not in FUNCTION_WORDS for word in words)
    distance = _measure(block, gaps)
    gap, target = gaps[block.gap], gaps[block.other_gap]
    alone = gap.end - gap.start == block.size == target.other_end - target.other_start
    alone = alone and gap.other_start == gap.other_end and target.start == target.end
    if content >= _SURE_CONTENT and block.size >= _SURE_WORDS:
        return True
    if not content:
        return alone and distance <= _NEAR_FUNCTION_WORDS
    return distance <= (_FAR_WORDS if alone else _NEAR_WORDS)


def _take_out(number: int, gap: Edit, blocks: Iterable[_Block]) -> list[Edit]:
    """Return what is left of a gap without the words that moved."""
    gone = [(b.start, b.start + b.size) for b in blocks if b.gap == number]
    come = [(b.other_start, b.other_start + b.size) for b in blocks if b.other_gap == number]
    left = list(_subtract((gap.start, gap.end), gone))
    other_left = list(_subtract((gap.other_start, gap.other_end), come))
    pairs = zip_longest(left, other_left, fillvalue=None)
    at, other_at = gap.start, gap.other_start
    parts = []
    for span, other_span in pairs:
        start, end = span or (at, at)
        other_start, other_end = other_span or (other_at, other_at)
        parts.append(Edit(start, end, other_start, other_end))
        at, other_at = end, other_end
    return parts


def _subtract(span: Span, gone: Iterable[Span]) -> Iterable[Span]:
    """Return the stretches of `span` that are not `gone`."""
    edges = [(span[0], span[0]), *sorted(gone), (span[1], span[1])]
    return [(last[1], following[0]) for last, following in pairwise(edges) if last[1] < following[0]]
