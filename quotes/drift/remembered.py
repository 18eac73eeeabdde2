"""How much of the words that somebody remembers a wording has: in their order, whatever their forms."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from quotes.drift.english import expand, spell, stem
from quotes.models.word_information import MOST_BITS, load_bits
from quotes.text.alignments import LCSseq, fuzz

if TYPE_CHECKING:
    from collections.abc import Sequence

# Half of what the words tell must be found, and as much as one telling word, if not all of them; or, as an
# outlet may print only a part of them, nearly all that the wording itself tells, where that is more than a
# stock phrase.
_LEAST_FOUND = 0.5
_LEAST_TOLD = MOST_BITS
_LEAST_SHARE = 0.75
_LEAST_BITS = 30
# Words that a stretch may have more than what is looked for, at either side.
_ROOM = 2


@dataclass(frozen=True, slots=True)
class Remembered:
    """Words as they are looked for, and how many bits of information each has."""

    words: tuple[str, ...]
    bits: tuple[int, ...]

    @property
    def weight(self) -> int:
        """The bits of all words."""
        return sum(self.bits)


@dataclass(frozen=True, slots=True, order=True)
class Closeness:
    """How close a wording is: `found` is the part (0 to 1) of what the words tell that it has, in order.

    `share` is the shared part of what both tell; `is_part` says that the wording prints a part of the words
    and hardly anything else, `is_close` that it may be what is remembered. The closer of two is the greater.
    """

    found: float
    share: float
    is_part: bool
    is_close: bool


def read_remembered(keys: Sequence[str]) -> Remembered:
    """Return comparable words (`quotes.text.normal.words`) as they are looked for."""
    bits, words = load_bits(), expand(keys)
    return Remembered(
        tuple([_fold(word) for word in words]), tuple([bits.get(word, MOST_BITS) for word in words])
    )


def choose_words(keys: Sequence[str], most: int) -> list[str]:
    """Return the words that tell most, at most so many, these first.

    >>> choose_words(["the", "of", "quorum", "the", "of"], 2)
    ['quorum', 'of']
    """
    return _choose([(key,) for key in keys], most)


def choose_pairs(keys: Sequence[str], most: int) -> list[str]:
    """Return the pairs of neighbouring words that tell most, at most so many, these first.

    >>> choose_pairs(["we", "the", "quorum", "of"], 2)
    ['quorum of', 'the quorum']
    """
    return _choose(list(pairwise(keys)), most)


def _choose(terms: Sequence[tuple[str, ...]], most: int) -> list[str]:
    bits = load_bits()
    told = {term: sum(bits.get(word, MOST_BITS) for word in term) for term in terms}
    return [" ".join(term) for term in sorted(told, key=lambda term: -told[term])[:most]]


def measure_closeness(remembered: Remembered, keys: Sequence[str]) -> Closeness:
    """Return how close the wording with these comparable words is to what is remembered."""
    whole = read_remembered(keys)
    start, end = find_stretch(remembered.words, whole.words)
    wording = Remembered(whole.words[start:end], whole.bits[start:end])
    shared = sum(
        sum(remembered.bits[op.src_start : op.src_end])
        for op in LCSseq.opcodes(remembered.words, wording.words)
        if op.tag == "equal"
    )
    found = _divide(shared, remembered.weight)
    is_told = shared >= min(_LEAST_TOLD, remembered.weight) > 0
    is_part = shared >= _LEAST_BITS and _divide(shared, wording.weight) >= _LEAST_SHARE
    share = _divide(2 * shared, remembered.weight + wording.weight)
    return Closeness(found, min(share, 1.0), is_part, is_part or (is_told and found >= _LEAST_FOUND))


def find_stretch(part: Sequence[str], whole: Sequence[str]) -> tuple[int, int]:
    """Return from where to where `whole` is most like `part`, with room for words put in; all if not longer.

    A long text has any words somewhere: those that stand together are meant.

    >>> find_stretch(["we", "stay"], "one two three four five we stay six seven eight nine".split())
    (3, 9)
    """
    room = _ROOM + len(part) // 4
    best = fuzz.partial_ratio_alignment(part, whole) if len(whole) > len(part) + 2 * room else None
    if best is None:
        return 0, len(whole)
    return max(0, best.dest_start - room), min(len(whole), best.dest_end + room)


def _divide(part: int, whole: int) -> float:
    return round(part / whole, 4) if whole else 0.0


@lru_cache(maxsize=65536)
def _fold(word: str) -> str:
    return stem(spell(word))
