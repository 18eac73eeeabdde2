"""Where two wordings differ: edits between word lists, cut at the ends so that shortening stays apart."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import LCSseq

from quotes.text.normal import FUNCTION_WORDS

# A run of shared function words this short, between two larger differences, is chance.
_CHANCE_WORDS = 2
# Words more that a written-out form has than its short one ("the European Union", "the EU").
_STANDS_FOR = 6
# Words left out that make a word or two beyond them a chance match.
_FAR_WORDS = 10

Alike = Callable[[Sequence[str], Sequence[str]], bool]


@dataclass(frozen=True, slots=True)
class Edit:
    """Words `start` to `end` of the one list stand as words `other_start` to `other_end` in the other.

    `place` is "head" or "tail" for words that only one of the two has before the first or after the last
    shared word, "middle" for the rest.
    """

    start: int
    end: int
    other_start: int
    other_end: int
    place: str = "middle"


def find_edits(one: Sequence[str], other: Sequence[str], alike: Alike | None = None) -> list[Edit]:
    """Return the edits that turn `one` into `other`, in order; what lies between them is alike in both.

    `alike` says of two word lists that one stands for the other: such lists are kept together at the ends.

    >>> edits = find_edits(["we", "will", "go", "home"], ["will", "stay", "home"])
    >>> [(edit.start, edit.end, edit.place) for edit in edits]
    [(0, 1, 'head'), (2, 3, 'middle')]
    """
    gaps = _let_go(_join_chance(_slide(_find_gaps(one, other), one, other), one), one, other)
    return [edit for gap in gaps for edit in _cut_ends(gap, one, other, alike or _never_alike)]


def _never_alike(_one: Sequence[str], _other: Sequence[str]) -> bool:
    return False


def _find_gaps(one: Sequence[str], other: Sequence[str]) -> list[Edit]:
    """Return maximal differences: neighbouring insertions and deletions as one."""
    gaps: list[Edit] = []
    for op in LCSseq.opcodes(one, other):
        if op.tag != "equal":
            _append(gaps, Edit(op.src_start, op.src_end, op.dest_start, op.dest_end))
    return gaps


def _append(gaps: list[Edit], gap: Edit) -> None:
    """Add a gap; one that touches the last is joined with it."""
    if gaps and gaps[-1].end == gap.start and gaps[-1].other_end == gap.other_start:
        last = gaps.pop()
        gap = Edit(last.start, gap.end, last.other_start, gap.other_end)
    gaps.append(gap)


def _slide(gaps: list[Edit], one: Sequence[str], other: Sequence[str]) -> list[Edit]:
    """Move insertions and deletions over words that repeat, so that they meet an end or their neighbour.

    An alignment may take "I" from far ahead of the sentence it belongs to: the gap then moves to the front.
    """
    moved: list[Edit] = []
    for gap in gaps:
        room = gap.start - (moved[-1].end if moved else 0)
        steps = _count_steps(gap, one, other, room, back=True)
        _append(moved, _shift(gap, -steps) if steps == room else gap)
    if moved and moved[0] is not moved[-1]:
        room = len(one) - moved[-1].end
        steps = _count_steps(moved[-1], one, other, room, back=False)
        moved[-1] = _shift(moved[-1], steps) if steps == room else moved[-1]
    return moved


def _count_steps(gap: Edit, one: Sequence[str], other: Sequence[str], room: int, *, back: bool) -> int:
    """Return over how many words a pure insertion or deletion can move without changing what it says."""
    if gap.start != gap.end and gap.other_start != gap.other_end:
        return 0
    words, start, end = (
        (one, gap.start, gap.end) if gap.start != gap.end else (other, gap.other_start, gap.other_end)
    )
    steps = 0
    if back:
        while steps < room and words[start - steps - 1] == words[end - steps - 1]:
            steps += 1
    else:
        while steps < room and words[start + steps] == words[end + steps]:
            steps += 1
    return steps


def _shift(gap: Edit, by: int) -> Edit:
    return Edit(gap.start + by, gap.end + by, gap.other_start + by, gap.other_end + by)


def _join_chance(gaps: list[Edit], one: Sequence[str]) -> list[Edit]:
    """Join gaps that only a short run of function words holds apart: its match is chance."""
    joined: list[Edit] = []
    for gap in gaps:
        if joined:
            last = joined[-1]
            run = one[last.end : gap.start]
            if (
                len(run) <= _CHANCE_WORDS
                and len(run) < min(_size(last), _size(gap))
                and FUNCTION_WORDS.issuperset(run)
            ):
                gap = Edit(last.start, gap.end, last.other_start, gap.other_end)
                joined.pop()
        joined.append(gap)
    return joined


def _let_go(gaps: list[Edit], one: Sequence[str], other: Sequence[str]) -> list[Edit]:
    """Give up a first or last shared run of a word or two that lies far from the rest: its match is chance.

    “the radical activists” is the short form of “the radical activist, who …”, even where “activists” comes
    up again forty words on.
    """
    if gaps and _is_far(gaps[-1], len(one) - gaps[-1].end):
        gaps = [*gaps[:-1], Edit(gaps[-1].start, len(one), gaps[-1].other_start, len(other))]
    elif len(gaps) > 1 and gaps[-1].end == len(one) and _is_far(gaps[-2], gaps[-1].start - gaps[-2].end):
        gaps = [*gaps[:-2], Edit(gaps[-2].start, len(one), gaps[-2].other_start, len(other))]
    if gaps and _is_far(gaps[0], gaps[0].start):
        gaps = [Edit(0, gaps[0].end, 0, gaps[0].other_end), *gaps[1:]]
    elif len(gaps) > 1 and gaps[0].start == 0 and _is_far(gaps[1], gaps[1].start - gaps[0].end):
        gaps = [Edit(0, gaps[1].end, 0, gaps[1].other_end), *gaps[2:]]
    return gaps


def _is_far(gap: Edit, run: int) -> bool:
    """Whether a gap leaves out so much on one side that a run of few words beyond it is chance."""
    narrow, wide = sorted((gap.end - gap.start, gap.other_end - gap.other_start))
    return 0 < run <= _CHANCE_WORDS and wide >= _FAR_WORDS and narrow == 0


def _size(gap: Edit) -> int:
    return max(gap.end - gap.start, gap.other_end - gap.other_start)


def _cut_ends(gap: Edit, one: Sequence[str], other: Sequence[str], alike: Alike) -> list[Edit]:
    """Return a gap at an end as the words that one side lacks there, and the rest as a replacement."""
    width, other_width = gap.end - gap.start, gap.other_end - gap.other_start
    at_head = gap.start == 0 and gap.other_start == 0
    if not at_head and (gap.end != len(one) or gap.other_end != len(other)):
        return [gap]
    kept, other_kept = min(width, other_width), min(width, other_width)
    for wider in range(other_width, min(width, other_width + _STANDS_FOR) + 1 if other_width else 0):
        start = gap.end - wider if at_head else gap.start
        if alike(one[start : start + wider], other[gap.other_start : gap.other_end]):
            kept, other_kept = wider, other_width
            break
    if at_head:
        middle, other_middle = gap.end - kept, gap.other_end - other_kept
        parts = [Edit(0, middle, 0, other_middle, "head"), Edit(middle, gap.end, other_middle, gap.other_end)]
    else:
        middle, other_middle = gap.start + kept, gap.other_start + other_kept
        parts = [
            Edit(gap.start, middle, gap.other_start, other_middle),
            Edit(middle, gap.end, other_middle, gap.other_end, "tail"),
        ]
    return [part for part in parts if _size(part)]
