"""Which words two lists share in order, without chance matches, and the gaps between them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from quotes.text.alignments import LCSseq
from quotes.text.normal import FUNCTION_WORDS

if TYPE_CHECKING:
    from collections.abc import Sequence

# A run of shared function words this short, between two larger differences, is chance.
_CHANCE_WORDS = 2
# As many times more words that differ around a run make it chance too.
_LOST_SHARE = 4
# Words left out that make a word or two beyond them a chance match.
_FAR_WORDS = 10


@dataclass(frozen=True, slots=True)
class Edit:
    """Words `start` to `end` of the one list stand as words `other_start` to `other_end` in the other.

    `place` is "head" or "tail" for words that only one of the two has before the first or after the last
    shared word; "moved" for the same words elsewhere or in another order; "middle" for the rest.
    """

    start: int
    end: int
    other_start: int
    other_end: int
    place: str = "middle"

    @property
    def size(self) -> int:
        """The words it covers in the list where it covers more."""
        return max(self.end - self.start, self.other_end - self.other_start)


def find_gaps(one: Sequence[str], other: Sequence[str]) -> list[Edit]:
    """Return where the lists differ, in order; what lies between the gaps is alike in both.

    >>> [(gap.start, gap.end) for gap in find_gaps(["we", "will", "go"], ["we", "may", "go"])]
    [(1, 2)]
    """
    return _let_go(_join_chance(_slide(_list_gaps(one, other), one, other), one), one, other)


def _list_gaps(one: Sequence[str], other: Sequence[str]) -> list[Edit]:
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
            if _is_lost(len(run), last, gap) and FUNCTION_WORDS.issuperset(run):
                gap = Edit(last.start, gap.end, last.other_start, gap.other_end)
                joined.pop()
        joined.append(gap)
    return joined


def _is_lost(run: int, *gaps: Edit) -> bool:
    """Say whether so few shared words between two gaps are chance: both are larger, or much is reworded."""
    if run > _CHANCE_WORDS:
        return False
    if run < min(gap.size for gap in gaps):
        return True
    reworded = all(gap.start < gap.end and gap.other_start < gap.other_end for gap in gaps)
    return reworded and run * _LOST_SHARE < sum(gap.size for gap in gaps)


def _let_go(gaps: list[Edit], one: Sequence[str], other: Sequence[str]) -> list[Edit]:
    """Give up a first or last shared run of a word or two that lies far from the rest: its match is chance.

    “the radical activists” is the short form of “the radical activist, who …”, even where “activists” comes
    up again forty words on.
    """
    shared = len(one) - sum(gap.end - gap.start for gap in gaps)
    if gaps and _is_far(gaps[-1], len(one) - gaps[-1].end, shared):
        gaps = [*gaps[:-1], Edit(gaps[-1].start, len(one), gaps[-1].other_start, len(other))]
    elif (
        len(gaps) > 1
        and gaps[-1].end == len(one)
        and _is_far(gaps[-2], gaps[-1].start - gaps[-2].end, shared)
    ):
        gaps = [*gaps[:-2], Edit(gaps[-2].start, len(one), gaps[-2].other_start, len(other))]
    shared = len(one) - sum(gap.end - gap.start for gap in gaps)
    if gaps and _is_far(gaps[0], gaps[0].start, shared):
        gaps = [Edit(0, gaps[0].end, 0, gaps[0].other_end), *gaps[1:]]
    elif len(gaps) > 1 and gaps[0].start == 0 and _is_far(gaps[1], gaps[1].start - gaps[0].end, shared):
        gaps = [Edit(0, gaps[1].end, 0, gaps[1].other_end), *gaps[2:]]
    return gaps


def _is_far(gap: Edit, run: int, shared: int) -> bool:
    """Whether a gap leaves out so much on one side that few of the shared words beyond it are chance."""
    narrow, wide = sorted((gap.end - gap.start, gap.other_end - gap.other_start))
    return 0 < run <= min(_CHANCE_WORDS, shared - 1) and wide >= _FAR_WORDS and narrow == 0
