"""The few functions of rapidfuzz that the pages need, in plain Python: slower, and with the same results.
Only of several stretches that are equally like a part, it may find another one.

Rows of the table of longest common subsequences are kept as whole numbers, a bit a word: 0 where the word of
the row before and this one make the subsequence longer. So a row costs a handful of operations, however long.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence

    Words = Sequence[Hashable]


@dataclass(frozen=True, slots=True)
class Opcode:
    """What leads from a stretch of the one list to a stretch of the other: "equal", "delete" or "insert"."""

    tag: str
    src_start: int
    src_end: int
    dest_start: int
    dest_end: int


@dataclass(frozen=True, slots=True)
class Alignment:
    """Where in the longer list the stretch lies that is most like the shorter one, and how like: 0 to 100."""

    score: float
    dest_start: int
    dest_end: int


class LCSseq:
    """Alignment along the longest common subsequence."""

    @staticmethod
    def opcodes(one: Words, other: Words) -> list[Opcode]:
        """Return what leads from `one` to `other`, in order.

        >>> [code.tag for code in LCSseq.opcodes(["we", "go"], ["we", "may"])]
        ['equal', 'insert', 'delete']
        """
        start, end = _count_ends(one, other)
        steps = _trace(one[start : len(one) - end], other[start : len(other) - end])
        return _join(["equal"] * start + steps + ["equal"] * end)


class Indel:
    """The number of words put in and left out."""

    opcodes = LCSseq.opcodes

    @staticmethod
    def distance(one: Words, other: Words) -> int:
        """Return how many words to leave out and to put in."""
        return len(one) + len(other) - 2 * _count_shared(one, other)

    @staticmethod
    def normalized_similarity(one: Words, other: Words) -> float:
        """Return the share of words that stay, from 0 to 1; 1 for two empty lists."""
        size = len(one) + len(other)
        return 1 - Indel.distance(one, other) / size if size else 1.0


class fuzz:  # noqa: N801 called as in rapidfuzz
    """Likeness in per cent."""

    @staticmethod
    def partial_ratio_alignment(part: Words, whole: Words) -> Alignment | None:
        """Return the stretch of `whole` that is most like `part`, the first of several.

        `part` is no longer than `whole`.
        """
        size = len(part)
        full = [(start, start + size) for start in range(len(whole) - size + 1)]
        ends = [(0, end) for end in range(1, size)] + [
            (len(whole) - left, len(whole)) for left in range(size - 1, 0, -1)
        ]
        best = None
        for start, end in (*full, *ends) if size else ():
            score = 100 * Indel.normalized_similarity(part, whole[start:end])
            if best is None or score > best.score:
                best = Alignment(score, start, end)
        return best


def _count_ends(one: Words, other: Words) -> tuple[int, int]:
    """Return how many words both begin with, and how many of the rest both end with."""
    most = min(len(one), len(other))
    start = next((i for i in range(most) if one[i] != other[i]), most)
    most -= start
    return start, next((i for i in range(most) if one[-1 - i] != other[-1 - i]), most)


def _fill(one: Words, other: Words) -> list[int]:
    """Return the rows of the table, one a word of `other`, a bit a word of `one`."""
    places: dict[Hashable, int] = {}
    for place, word in enumerate(one):
        places[word] = places.get(word, 0) | 1 << place
    row, rows, mask = (1 << len(one)) - 1, [], (1 << len(one)) - 1
    for word in other:
        met = row & places.get(word, 0)
        row = ((row + met) | (row - met)) & mask
        rows.append(row)
    return rows


def _count_shared(one: Words, other: Words) -> int:
    rows = _fill(one, other)
    return len(one) - rows[-1].bit_count() if rows else 0


def _trace(one: Words, other: Words) -> list[str]:
    """Return the steps from `one` to `other`, found from the end of the table."""
    rows, steps = _fill(one, other), []
    row, column = len(other), len(one)
    while row and column:
        bit = 1 << (column - 1)
        if rows[row - 1] & bit:
            steps.append("delete")
            column -= 1
            continue
        row -= 1
        if row and not rows[row - 1] & bit:
            steps.append("insert")
        else:
            steps.append("equal")
            column -= 1
    return (steps + ["delete"] * column + ["insert"] * row)[::-1]


def _join(steps: list[str]) -> list[Opcode]:
    """Return runs of the same step as one."""
    codes: list[Opcode] = []
    place = other_place = 0
    for step in steps:
        end = place + (step != "insert")
        other_end = other_place + (step != "delete")
        if codes and codes[-1].tag == step:
            last = codes.pop()
            codes.append(Opcode(step, last.src_start, end, last.dest_start, other_end))
        else:
            codes.append(Opcode(step, place, end, other_place, other_end))
        place, other_place = end, other_end
    return codes
