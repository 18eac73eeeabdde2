"""What speaks for two units being one utterance beside their words: days, speakers, articles.

Stock phrases come back, so the further apart two printings are, the more their words must tell.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

import numpy as np

from quotes.match.score import SHARED_WORDS
from quotes.match.units import UNKNOWN_DAY, UNKNOWN_SPEAKER

if TYPE_CHECKING:
    from quotes.match.alphabet import Floats, Integers, Truths
    from quotes.match.units import Units

# Printings so many days apart are of one occasion; those of one speaker, so many.
SAME_DAYS = 2
FOLLOWING_DAYS = 7
# Bits of shared words needed within the same days, where the days are not known, and further apart.
NEED_SAME_DAYS = 36.0
_NEED_UNKNOWN = 46.0
_NEED_APART = 40.0
_NEED_PER_DOUBLING = 4.0
NEED_MOST = 90.0
# Within the same days the same speaker needs less, where most of the shorter one is shared.
_NEED_SAME_SPEAKER = 28.0
_SHARE_SAME_SPEAKER = 0.65
# Where the days are not the same: two long quotes that share one of their sentences are two statements.
_SHARE_NEAR = 0.45
_SHARE_UNKNOWN = 0.6
_SHARE_APART = 0.8
# So are two that go on in words of their own, of so many bits, where they part.
PARTED = 16
# Other mouths print nearly all of the shorter one, and more than anybody says by chance.
_NEED_OTHER_SPEAKER = 1.25
_SHARED_WORDS_OTHER = 0.7
_SHARE_OTHER_SPEAKER = 0.9
_SHARE_OTHER_SPEAKER_APART = 0.97
# Between articles that tell the same story on the same days.
LEAST_BITS = 24.0
_NEED_STORY = 32.0
_NEED_STORY_SAME_SPEAKER = 30.0
_NEED_STORY_OTHER_SPEAKER = 51.0
# The same line on another occasion: nearly all of both.
_NEED_REPEAT = 40.0
_SHARE_REPEAT = 0.8


@dataclass(frozen=True, slots=True)
class Evidence:
    """Columns over pairs of units: what is known of each pair before its words are compared.

    `gaps` is in days, NaN where it cannot be told. `same_speaker` and `other_speaker` are both false where a
    speaker is unknown. `lighter` and `heavier` are the weights of the two in bits.
    """

    gaps: Floats
    same_speaker: Truths
    other_speaker: Truths
    lighter: Integers
    heavier: Integers
    in_articles: Truths

    @classmethod
    def of(cls, one: Integers, other: Integers, units: Units) -> Self:
        """Return the evidence of the pairs of `one` and `other`."""
        speakers = units.speakers[one], units.speakers[other]
        known = (speakers[0] != UNKNOWN_SPEAKER) & (speakers[1] != UNKNOWN_SPEAKER)
        same = speakers[0] == speakers[1]
        weights = units.weights[one], units.weights[other]
        return cls(
            _find_gaps(one, other, units),
            known & same,
            known & ~same,
            np.minimum(*weights),
            np.maximum(*weights),
            units.in_articles[one] & units.in_articles[other],
        )

    def select(self, chosen: Truths | Integers) -> Self:
        """Return the evidence of the chosen pairs."""
        columns = (getattr(self, name) for name in self.__slots__)
        return type(self)(*(column[chosen] for column in columns))

    @property
    def near(self) -> Truths:
        """Whether both were printed on one occasion, as far as the days tell."""
        return (self.gaps <= SAME_DAYS) | (self.same_speaker & (self.gaps <= FOLLOWING_DAYS))

    @property
    def need(self) -> Floats:
        """The bits of shared words needed."""
        with np.errstate(divide="ignore"):
            apart = _NEED_APART + _NEED_PER_DOUBLING * np.log2(self.gaps / SAME_DAYS)
        unknown = np.where(self.same_speaker, NEED_SAME_DAYS, _NEED_UNKNOWN)
        need = np.where(self.near, NEED_SAME_DAYS, np.where(np.isnan(self.gaps), unknown, apart))
        need = np.where(self.near & self.same_speaker, _NEED_SAME_SPEAKER, need)
        return np.minimum(np.where(self.other_speaker, need * _NEED_OTHER_SPEAKER, need), NEED_MOST)

    @property
    def least(self) -> Floats:
        """The bits below which nothing can come of a pair."""
        story = self.in_articles & (self.near | np.isnan(self.gaps))
        return np.where(story, LEAST_BITS, self.need)

    @property
    def apart(self) -> Truths:
        """Whether both were printed on days that are known to be too far apart for one occasion."""
        return (self.gaps > SAME_DAYS) & ~self.near

    @property
    def is_barred(self) -> Truths:
        """Whether days and speakers speak against one utterance."""
        return self.other_speaker & (self.gaps > FOLLOWING_DAYS)

    def find_worth(self) -> Truths:
        """Return which pairs are worth comparing, by the most that their weights can give."""
        return np.asarray((self.lighter >= self.least) & ~self.is_barred)

    def find_firm(self, strengths: Floats, shares: Floats, turned: Truths) -> Truths:
        """Return which pairs are one utterance by their words, days and speakers alone."""
        near = self.near | (self.same_speaker & np.isnan(self.gaps))
        share = np.where(near, _SHARE_NEAR, np.where(np.isnan(self.gaps), _SHARE_UNKNOWN, _SHARE_APART))
        other = np.where(self.gaps <= SAME_DAYS, _SHARE_OTHER_SPEAKER, _SHARE_OTHER_SPEAKER_APART)
        share = np.where(self.other_speaker, other, share)
        less = near & ((strengths < NEED_SAME_DAYS) | (self.gaps > SAME_DAYS))
        share = np.where(self.same_speaker & less, _SHARE_SAME_SPEAKER, share)
        strong = (strengths >= self.need) & (shares >= share)
        return np.asarray(strong & ~self.is_barred & ~(self.apart & turned))

    def find_repeats(self, strengths: Floats, shares: Floats) -> Truths:
        """Return which pairs are nearly the same words in their full length."""
        whole = shares * self.lighter >= _SHARE_REPEAT * self.heavier
        return np.asarray((strengths >= _NEED_REPEAT) & whole)


def find_need(days: int) -> float:
    """Return the bits of shared words needed over so many days, more than SAME_DAYS, of one statement."""
    return min(NEED_MOST, _NEED_APART + _NEED_PER_DOUBLING * math.log2(days / SAME_DAYS))


def find_story_need(*, same_speaker: bool, other_speaker: bool, alike: bool) -> float:
    """Return the bits of shared words needed between articles that tell the same story on the same days.

    Fragments with the same content words (`alike`) need least, whoever the speaker: a body and its
    spokesperson share them.
    """
    if alike:
        return LEAST_BITS
    return (
        _NEED_STORY_SAME_SPEAKER
        if same_speaker
        else _NEED_STORY_OTHER_SPEAKER
        if other_speaker
        else _NEED_STORY
    )


def find_worth(one: Integers, other: Integers, units: Units) -> Truths:
    """Return which pairs are worth comparing, told from their evidence and the sketches of their words."""
    evidence = Evidence.of(one, other, units)
    shorter = np.where(units.lengths[one] <= units.lengths[other], one, other)
    longer = one + other - shorter
    missing = np.bitwise_count(units.sketches[shorter] & ~units.sketches[longer]).sum(axis=1)
    share = np.where(evidence.other_speaker, _SHARED_WORDS_OTHER, SHARED_WORDS)
    return np.asarray(evidence.find_worth() & (missing <= (1 - share) * units.lengths[shorter]))


def _find_gaps(one: Integers, other: Integers, units: Units) -> Floats:
    """Return the days between two units; NaN where a date is missing or too coarse to tell."""
    first, last = units.first_days, units.last_days
    gaps = np.maximum(np.maximum(first[one] - last[other], first[other] - last[one]), 0).astype(np.float64)
    exact = (first[one] == last[one]) & (first[other] == last[other])
    unknown = (first[one] == UNKNOWN_DAY) | (first[other] == UNKNOWN_DAY)
    return np.where(unknown | ((gaps == 0) & ~exact), np.nan, gaps)
