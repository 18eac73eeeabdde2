"""What edits turn one word list into another: moves, words beyond an end, and replacements between."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from quotes.drift.alignment import Edit, find_gaps
from quotes.drift.moves import find_moves

__all__ = ["Edit", "find_edits"]

# Words more that a written-out form has than its short one ("the European Union", "the EU").
_STANDS_FOR = 6
# More words than this at an end are no rewording of as many others there, but another part of what was said.
_REWORDED_END = 4
_REWORDED_MORE = 2

Alike = Callable[[Sequence[str], Sequence[str]], bool]


@dataclass(frozen=True, slots=True)
class _Ends:
    """The first places of both lists that are alike, and those behind the last."""

    first: int
    other_first: int
    last: int
    other_last: int


def find_edits(
    one: Sequence[str],
    other: Sequence[str],
    alike: Alike | None = None,
    openings: Collection[int] = (),
    other_openings: Collection[int] = (),
) -> list[Edit]:
    """Return the edits that turn `one` into `other`, by their place in `one`.

    The words that no edit covers are alike, and in the same order, in both. `alike` says of two word lists
    that one stands for the other: such lists are kept together at the ends. `openings` are the places where
    sentences begin: words of another sentence do not replace each other there.

    >>> edits = find_edits(["we", "will", "go", "home"], ["will", "stay", "home"])
    >>> [(edit.start, edit.end, edit.place) for edit in edits]
    [(0, 1, 'head'), (2, 3, 'middle')]
    """
    moves, gaps = find_moves(find_gaps(one, other), one, other)
    ends = _find_ends([*moves, *gaps], len(one), len(other))
    cut = _Cut(one, other, alike or _never_alike, sorted(openings), sorted(other_openings))
    edits = [part for gap in gaps for part in cut.part(gap, ends)]
    return sorted([*moves, *edits], key=lambda edit: (edit.start, edit.end, edit.other_start))


def _never_alike(_one: Sequence[str], _other: Sequence[str]) -> bool:
    return False


def _find_ends(edits: Sequence[Edit], size: int, other_size: int) -> _Ends:
    """Return where the words that no edit covers begin and end; at the very end where there are none."""
    kept = _find_kept([(edit.start, edit.end) for edit in edits], size)
    other_kept = _find_kept([(edit.other_start, edit.other_end) for edit in edits], other_size)
    return _Ends(kept[0], other_kept[0], kept[1], other_kept[1])


def _find_kept(covered: Iterable[tuple[int, int]], size: int) -> tuple[int, int]:
    first, last = 0, size
    spans = sorted(span for span in covered if span[0] < span[1])
    for start, end in spans:
        if start == first:
            first = end
    for start, end in reversed(spans):
        if end == last:
            last = start
    return (first, last) if first <= last else (size, size)


@dataclass(frozen=True, slots=True)
class _Cut:
    """What is needed to tell words beyond an end from words reworded there."""

    one: Sequence[str]
    other: Sequence[str]
    alike: Alike
    openings: Sequence[int]
    other_openings: Sequence[int]

    def part(self, gap: Edit, ends: _Ends) -> list[Edit]:
        """Return a gap at an end as the words that one side lacks there, and the rest as a replacement."""
        if gap.end <= ends.first and gap.other_end <= ends.other_first:
            kept, other_kept = self._count_reworded(gap, at_head=True)
            start, other_start = gap.end - kept, gap.other_end - other_kept
            outer = Edit(gap.start, start, gap.other_start, other_start, "head")
            inner = Edit(start, gap.end, other_start, gap.other_end)
            parts = [*_separate(outer), inner]
        elif gap.start >= ends.last and gap.other_start >= ends.other_last:
            kept, other_kept = self._count_reworded(gap, at_head=False)
            end, other_end = gap.start + kept, gap.other_start + other_kept
            inner = Edit(gap.start, end, gap.other_start, other_end)
            parts = [inner, *_separate(Edit(end, gap.end, other_end, gap.other_end, "tail"))]
        else:
            parts = [gap]
        return [part for part in parts if part.size]

    def _count_reworded(self, gap: Edit, *, at_head: bool) -> tuple[int, int]:
        """Return how many words of either side, next to the shared ones, replace each other."""
        width, other_width = gap.end - gap.start, gap.other_end - gap.other_start
        for wider in range(other_width, min(width, other_width + _STANDS_FOR) + 1 if other_width else 0):
            start = gap.end - wider if at_head else gap.start
            if self.alike(self.one[start : start + wider], self.other[gap.other_start : gap.other_end]):
                return wider, other_width
        reach = _count_to_opening(gap.start, gap.end, self.openings, at_head=at_head)
        other_reach = _count_to_opening(gap.other_start, gap.other_end, self.other_openings, at_head=at_head)
        short = min(width, other_width) > 0 and max(width, other_width) <= _REWORDED_END
        if short and (reach, other_reach) == (width, other_width):
            return (width, other_width) if abs(width - other_width) <= _REWORDED_MORE else (0, 0)
        kept = min(reach, other_reach)
        return (kept, kept) if kept <= _REWORDED_END else (0, 0)


def _count_to_opening(start: int, end: int, openings: Sequence[int], *, at_head: bool) -> int:
    """Return how many words of `start` to `end` stand in one sentence with the shared word next to them."""
    if at_head:
        place = bisect_right(openings, end)
        opening = openings[place - 1] if place else 0
        return end - max(start, opening)
    place = bisect_right(openings, start - 1)
    return min(end, openings[place] if place < len(openings) else end) - start


def _separate(edit: Edit) -> list[Edit]:
    """Return words beyond an end, of either side, by themselves: they do not replace each other."""
    return [replace(edit, other_end=edit.other_start), replace(edit, start=edit.end)]
