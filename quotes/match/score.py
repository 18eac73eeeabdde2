"""How strongly the words of two units look like one utterance."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from rapidfuzz.distance import LCSseq

if TYPE_CHECKING:
    from quotes.match.alphabet import Floats, Truths
    from quotes.match.units import Units

# Share of the shorter one's words that both must have in order before anything else is looked at.
SHARED_WORDS = 0.4
# Bits that a word which only one of the two has takes from a shared stretch.
_GAP_BITS = 3
# Of two quotes that are both longer only so many words are compared, and stand for all: the work grows with
# the product of their lengths.
_MOST_WORDS = 2_000


@dataclass(frozen=True, slots=True)
class Stretch:
    """The best run of words that two texts share in order.

    `bits` is what they tell; it stands from where to where in each text. `turned` says that a word between
    shared ones denies or counts.
    """

    bits: int
    one: tuple[int, int] = (0, 0)
    other: tuple[int, int] = (0, 0)
    turned: bool = False


_NONE = Stretch(0)


class Comparer:
    """Compares the words of units."""

    def __init__(self, units: Units) -> None:
        self.words = units.words
        self.grammar = units.facts.grammar
        self._trimmed = "".join(self.grammar)
        self._telling = units.facts.telling
        self._turning = units.facts.turning

    def compare(self, ones: list[int], others: list[int]) -> tuple[Floats, Truths]:
        """Return the bits of the best stretch of each pair, and whether it is turned."""
        bits = np.zeros(len(ones), dtype=np.float64)
        turned = np.zeros(len(ones), dtype=np.bool_)
        for row, (one, other) in enumerate(zip(ones, others, strict=True)):
            stretch = self.find_stretch(one, other)
            if stretch.bits:
                bits[row], turned[row] = stretch.bits, stretch.turned
        return bits, turned

    def find_stretch(self, one: int, other: int) -> Stretch:
        """Return the best run along the longest common subsequence; words between cost it bits."""
        a, b = self.words[one], self.words[other]
        shorter = min(len(a), len(b))
        if shorter > _MOST_WORDS:
            stretch = self._find_stretch(a[:_MOST_WORDS], b[:_MOST_WORDS])
            return replace(stretch, bits=stretch.bits * shorter // _MOST_WORDS)
        return self._find_stretch(a, b)

    def _find_stretch(self, a: str, b: str) -> Stretch:
        enough = math.ceil(SHARED_WORDS * min(len(a), len(b)))
        if LCSseq.similarity(a, b, score_cutoff=enough) == 0:
            return _NONE
        telling, turning = self._telling, self._turning
        best = _NONE
        here = start = other_start = 0
        turned = False
        for edit in LCSseq.opcodes(a, b):
            from_, to, other_from, other_to = edit.src_start, edit.src_end, edit.dest_start, edit.dest_end
            if edit.tag == "equal":
                if not here:
                    start, other_start, turned = from_, other_from, False
                here += sum([telling[word] for word in a[from_:to]])
                if here > best.bits:
                    best = Stretch(here, (start, to), (other_start, other_to), turned)
            else:
                here = max(0, here - _GAP_BITS * max(to - from_, other_to - other_from))
                turned = turned or not turning.isdisjoint(a[from_:to] + b[other_from:other_to])
        return best

    def find_parted(self, one: int, other: int) -> int:
        """Return what both units tell in words of their own before, or behind, what they share."""
        stretch, a, b = self.find_stretch(one, other), self.words[one], self.words[other]
        before = a[: stretch.one[0]], b[: stretch.other[0]]
        behind = a[stretch.one[1] :], b[stretch.other[1] :]
        return max(min(self._weigh(mine), self._weigh(theirs)) for mine, theirs in (before, behind))

    def _weigh(self, words: str) -> int:
        return sum([self._telling[word] for word in words])

    def trim(self, text: str) -> str:
        """Return a text without the words of grammar at either end."""
        return text.strip(self._trimmed)

    def have_same_content(self, one: int, other: int) -> bool:
        """Say whether two units are the same but for words of grammar at their ends."""
        content = self.trim(self.words[one])
        return len(content) > 1 and content == self.trim(self.words[other])

    def is_part(self, one: int, other: int) -> bool:
        """Say whether one of two units stands unbroken in the other, words of grammar at its ends aside."""
        light, heavy = sorted((self.words[one], self.words[other]), key=len)
        content = self.trim(light)
        return len(content) > 1 and content in heavy
