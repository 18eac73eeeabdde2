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
# Of two long quotes only so many words are compared: the work grows with their product.
_MOST_WORDS = 2_000
_MOST_PRODUCT = _MOST_WORDS**2


@dataclass(frozen=True, slots=True)
class Stretch:
    """The best run of words that two texts share in order.

    `bits` is what they tell; it stands from `start` to `end` in the second text. `turned` says that a word
    between shared ones denies or counts; `parted` is how many bits both texts have, at the end where they go
    apart most, before or after the stretch.
    """

    bits: int
    start: int = 0
    end: int = 0
    turned: bool = False
    parted: int = 0


_NONE = Stretch(0)


class Comparer:
    """Compares the words of units."""

    def __init__(self, units: Units) -> None:
        self.words = units.words
        self.grammar = units.facts.grammar
        self._trimmed = "".join(self.grammar)
        self._telling = units.facts.telling
        self._turning = units.facts.turning

    def compare(self, ones: list[int], others: list[int]) -> tuple[Floats, Truths, Floats]:
        """Return the bits of the best stretch of each pair, whether it is turned, and the bits it parts by."""
        bits = np.zeros(len(ones), dtype=np.float64)
        turned = np.zeros(len(ones), dtype=np.bool_)
        parted = np.zeros(len(ones), dtype=np.float64)
        for row, (one, other) in enumerate(zip(ones, others, strict=True)):
            stretch = self.find_stretch(one, other)
            if stretch.bits:
                bits[row], turned[row], parted[row] = stretch.bits, stretch.turned, stretch.parted
        return bits, turned, parted

    def find_stretch(self, one: int, other: int) -> Stretch:
        """Return the best run along the longest common subsequence; words between cost it bits."""
        a, b = self.words[one], self.words[other]
        if len(a) * len(b) > _MOST_PRODUCT:
            a, b = a[:_MOST_WORDS], b[:_MOST_WORDS]
        enough = math.ceil(SHARED_WORDS * min(len(a), len(b)))
        if LCSseq.similarity(a, b, score_cutoff=enough) == 0:
            return _NONE
        telling, turning = self._telling, self._turning
        best = _NONE
        here = start = mine_start = 0
        turned = False
        for edit in LCSseq.opcodes(a, b):
            mine, theirs = a[edit.src_start : edit.src_end], b[edit.dest_start : edit.dest_end]
            if edit.tag == "equal":
                if not here:
                    start, mine_start, turned = edit.dest_start, edit.src_start, False
                here += sum([telling[word] for word in mine])
                if here > best.bits:
                    best = Stretch(here, start, edit.dest_end, turned)
                    ends = mine_start, edit.src_end
            else:
                here = max(0, here - _GAP_BITS * max(len(mine), len(theirs)))
                turned = turned or not turning.isdisjoint(mine + theirs)
        return replace(best, parted=self._find_parted(a, b, best, ends)) if best.bits else best

    def _find_parted(self, a: str, b: str, best: Stretch, ends: tuple[int, int]) -> int:
        """Return what both texts have in their own words before or after a stretch, the greater of the two."""
        before = a[: ends[0]], b[: best.start]
        after = a[ends[1] :], b[best.end :]
        return max(min(self._weigh(one), self._weigh(other)) for one, other in (before, after))

    def _weigh(self, text: str) -> int:
        return sum([self._telling[word] for word in text])

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
