"""Which quotes of an article's new text took the place of those that it no longer prints.

A quote takes the place of one that has most of its words, or all but the words that were cut or added, of the
same speaker as far as both are known, and stands near where that one stood: the further away, the more of the
words are asked for. Where that is not so, the former quote was left out.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rapidfuzz.distance import Indel, LCSseq

from quotes.text.normal import FUNCTION_WORDS, printed_words, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

# How alike two quotes are, where both stand between the same neighbours, and where they do not.
LEAST_HERE, LEAST_ELSEWHERE = 0.55, 0.75
_HERE = 2  # quotes that both texts print, between the two places
# A cut or an addition leaves so many words of content of the shorter one, and counts so much.
_LEAST_WHOLE, _WHOLE = 2, 0.9
_NEAREST = 20  # new quotes that a former one is compared with
_LONGEST = 2000  # words of each that are compared


@dataclass(frozen=True, slots=True)
class Standing:
    """A quote in one text. `gap` counts the quotes before it that both texts print.

    `speaker` is None where it is not known. `is_said` tells speech from quoted words that nobody said, and
    from quotes within quotes.
    """

    id: str
    text: str
    gap: int
    speaker: str | None = None
    is_said: bool = True


def find_same(gone: Sequence[Standing], new: Sequence[Standing]) -> dict[str, str]:
    """Return for each former quote that the new text prints with no more than other marks, that one."""
    if not gone:
        return {}
    waiting = defaultdict(list)
    for one in reversed(new):
        waiting[_read_keys(one), one.is_said].append(one.id)
    return {
        former.id: waiting[key].pop()
        for former in gone
        if waiting.get(key := (_read_keys(former), former.is_said))
    }


def find_altered(gone: Sequence[Standing], new: Iterable[Standing]) -> dict[str, str]:
    """Return for each former quote that the outlet altered the new one that took its place."""
    if not gone:
        return {}
    there = [(one, *_read_words(one)) for one in new if one.is_said]
    found = []
    for former in gone:
        if former.is_said:
            mine = _read_words(former)
            near = sorted(there, key=lambda other: abs(other[0].gap - former.gap))[:_NEAREST]
            found += [
                (-score, abs(one.gap - former.gap), former.id, one.id)
                for one, *theirs in near
                if (score := _judge(former, one, measure_likeness(mine, (theirs[0], theirs[1]))))
            ]
    altered: dict[str, str] = {}
    taken: set[str] = set()
    for _, _, before, after in sorted(found):
        if before not in altered and after not in taken:
            altered[before] = after
            taken.add(after)
    return altered


def measure_likeness(
    one: tuple[Sequence[str], Sequence[str]], other: tuple[Sequence[str], Sequence[str]]
) -> float:
    """Return how alike two quotes are, from 0 to 1, given the words of each and those that carry content."""
    if not LCSseq.similarity(one[1], other[1]):
        return 0.0
    likeness = (
        Indel.normalized_similarity(one[0], other[0]) + Indel.normalized_similarity(one[1], other[1])
    ) / 2
    fewer = min(len(one[1]), len(other[1]))
    if fewer >= _LEAST_WHOLE:
        share = LCSseq.similarity(one[0], other[0]) / min(len(one[0]), len(other[0]))
        likeness = max(likeness, _WHOLE * share**2)
    return float(likeness)


def _judge(former: Standing, one: Standing, likeness: float) -> float:
    """Return how alike two quotes are, 0 where one did not take the other's place."""
    if None not in (former.speaker, one.speaker) and former.speaker != one.speaker:
        return 0.0
    least = LEAST_HERE if abs(one.gap - former.gap) <= _HERE else LEAST_ELSEWHERE
    return likeness if likeness >= least else 0.0


def _read_words(quote: Standing) -> tuple[Sequence[str], Sequence[str]]:
    found = words(quote.text)[:_LONGEST]
    return found, [word for word in found if word not in FUNCTION_WORDS]


def _read_keys(quote: Standing) -> tuple[str, ...]:
    return tuple([word.key for word in printed_words(quote.text)])
