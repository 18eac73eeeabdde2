"""Which pairs of units match, and how: one utterance for certain, in one story, or the same line again."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from enum import IntEnum
from typing import TYPE_CHECKING

import numpy as np

from quotes.match.evidence import (
    FOLLOWING_DAYS,
    LEAST_BITS,
    NEED_MOST,
    PARTED,
    SAME_DAYS,
    Evidence,
    find_story_need,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quotes.match.alphabet import Integers
    from quotes.match.score import Comparer
    from quotes.match.units import Units


# Pairs that are compared together: bounds memory.
_STEP = 1 << 17


class Kind(IntEnum):
    """What a match says of two units."""

    NONE = 0

    FIRM = 1
    """One utterance by their words, days and speakers alone."""
    PART = 2
    """One article prints a speaker's quote in full and a part of it again."""
    STORY = 3
    """One utterance if their articles tell the same story."""
    REPEAT = 4
    """Nearly the same words on another occasion, or in another mouth."""


@dataclass(frozen=True, slots=True)
class Match:
    """Two units by their places, `one` behind `other`, and how they match.

    `strength` is in bits, `margin` how many times the strength needed it is; `share` is the part (0 to 1) of
    the lighter one that the best shared stretch has. Speakers are the same, others, or not known.
    """

    one: int
    other: int
    strength: float
    margin: float
    share: float
    same_speaker: bool
    other_speaker: bool
    kind: int


def find_matches(late: Integers, early: Integers, units: Units, comparer: Comparer) -> list[Match]:
    """Return the pairs of `late` and `early` units, by their places, that match."""
    found: list[Match] = []
    for start in range(0, len(late), _STEP):
        end = start + _STEP
        found += _find_some(late[start:end], early[start:end], units, comparer)
    return found


def _find_some(late: Integers, early: Integers, units: Units, comparer: Comparer) -> Iterator[Match]:
    bits, turned = comparer.compare(late.tolist(), early.tolist())
    evidence = Evidence.of(late, early, units)
    bits = np.minimum(bits, evidence.lighter)
    shares = bits / np.maximum(evidence.lighter, 1)
    strengths = bits * np.sqrt(shares)
    some = np.flatnonzero(strengths >= LEAST_BITS)
    evidence, strengths, shares = evidence.select(some), strengths[some], shares[some]
    late, early = late[some], early[some]
    firm = evidence.find_firm(strengths, shares, turned[some])
    for row in np.flatnonzero(firm & evidence.apart).tolist():
        firm[row] = comparer.find_parted(int(late[row]), int(early[row])) <= PARTED
    columns = (
        late,
        early,
        strengths,
        strengths / evidence.need,
        shares,
        evidence.same_speaker,
        evidence.other_speaker,
    )
    repeated = evidence.find_repeats(strengths, shares)
    kinds = np.where(firm, Kind.FIRM, np.where(repeated, Kind.REPEAT, Kind.NONE))
    found = map(Match, *(column.tolist() for column in (*columns, kinds)))
    for match, gap, in_articles in zip(
        found, evidence.gaps.tolist(), evidence.in_articles.tolist(), strict=True
    ):
        kind = _judge_printed(match, gap, units, comparer) if in_articles else match.kind
        if kind != Kind.NONE:
            yield match if kind == match.kind else replace(match, kind=kind)


def _judge_printed(match: Match, gap: float, units: Units, comparer: Comparer) -> int:
    """Return the kind of a match whose articles are known, given what words, days and speakers made of it."""
    is_firm = match.kind == Kind.FIRM
    if not units.articles[match.one].isdisjoint(units.articles[match.other]):
        if is_firm and (not match.other_speaker or match.strength >= NEED_MOST):
            return Kind.FIRM
        return Kind.PART if match.same_speaker and comparer.is_part(match.one, match.other) else Kind.NONE
    if is_firm:
        return Kind.FIRM
    alike = comparer.have_same_content(match.one, match.other)
    need = find_story_need(same_speaker=match.same_speaker, other_speaker=match.other_speaker, alike=alike)
    days = FOLLOWING_DAYS if match.same_speaker and match.share >= 1 else SAME_DAYS
    is_near = math.isnan(gap) or gap <= days
    return Kind.STORY if is_near and match.strength >= need else match.kind
