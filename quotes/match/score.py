"""How strongly two units look like one utterance, and how strong that must be."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rapidfuzz.distance import LCSseq

from quotes.text.normal import trim
from quotes.text.printing import days_between

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quotes.match.units import Unit

# Share of the shorter one's words that both must have in order before anything else is looked at.
_SHARED_WORDS = 0.4
# Bits that a word which only one of the two has takes from a shared stretch.
_GAP_BITS = 3
# Strength needed within the same days, where dates are unknown, and more the further apart the days are.
SAME_DAYS = 2
_NEED_SAME_DAYS = 36.0
_NEED_APART = 40.0
_NEED_UNKNOWN = 46.0
_NEED_PER_DOUBLING = 4.0
_NEED_MOST = 90.0
# Where the days are not the same: two long quotes that share one of their sentences are two statements.
_SHARE_APART = 0.8
_SHARE_UNKNOWN = 0.6
_SHARE_OTHER_SPEAKER = 0.9
# Other speakers need half as much again; one article with two speakers has two statements.
_OTHER_SPEAKER = 1.5
# Between articles that tell the same story on the same days, less where its speaker is known to be the same.
_NEED_SAME_STORY = 34.0
_NEED_SAME_STORY_AND_SPEAKER = 30.0
# A speaker's quote is shortened in the same story for so many days.
_FOLLOWING_DAYS = 7
# For fragments with the same content words in one story; less says nothing of any two quotes.
LEAST_BITS = 24.0


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words that two units share in order: their bits, and from where to where they stand in the second."""

    bits: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Match:
    """Two units by index, how strongly they look like one utterance, in bits, and how much they share.

    `share` is the best shared stretch's part (0 to 1) of the lighter unit.
    """

    one: int
    other: int
    strength: float
    share: float


def measure(one: int, other: int, units: Sequence[Unit]) -> Match:
    """Return the match of two units: as strong as their best shared stretch by the root of its share."""
    a, b = units[one], units[other]
    if a.words == b.words:
        return Match(one, other, float(a.weight), 1.0)
    enough = math.ceil(_SHARED_WORDS * min(len(a.words), len(b.words)))
    if LCSseq.similarity(a.words, b.words, score_cutoff=enough) == 0:
        return Match(one, other, 0.0, 0.0)
    bits = find_stretch(a, b).bits
    share = bits / (min(a.weight, b.weight) or 1)
    return Match(one, other, bits * math.sqrt(share), share)


def find_stretch(one: Unit, other: Unit) -> Stretch:
    """Return the best run along the longest common subsequence; words between cost it bits."""
    best = Stretch(0, 0, 0)
    here = start = 0
    for edit in LCSseq.opcodes(one.words, other.words):
        if edit.tag == "equal":
            start = start if here else edit.dest_start
            here += sum(one.bits[edit.src_start : edit.src_end])
            best = Stretch(here, start, edit.dest_end) if here > best.bits else best
        else:
            between = max(edit.src_end - edit.src_start, edit.dest_end - edit.dest_start)
            here = max(0, here - _GAP_BITS * between)
    return best


def is_firm(match: Match, units: Sequence[Unit]) -> bool:
    """Say whether two units are one utterance by their words, days and speakers alone."""
    one, other = units[match.one], units[match.other]
    days = days_between(one.days, other.days)
    near = days is not None and days <= SAME_DAYS
    need = strength_needed(days)
    share = 0.0 if near else _SHARE_UNKNOWN if days is None else _SHARE_APART
    if _differ_in_speaker(one, other):
        need = _NEED_MOST if _share_article(one, other) else min(_NEED_MOST, need * _OTHER_SPEAKER)
        share = _SHARE_OTHER_SPEAKER if not near else share
    return match.strength >= need and match.share >= share


def strength_needed(days: int | None) -> float:
    """Return the strength needed over a distance in days: stock phrases come back, so it grows."""
    if days is None:
        return _NEED_UNKNOWN
    if days <= SAME_DAYS:
        return _NEED_SAME_DAYS
    return min(_NEED_MOST, _NEED_APART + _NEED_PER_DOUBLING * math.log2(days / SAME_DAYS))


def is_repeated_part(match: Match, units: Sequence[Unit]) -> bool:
    """Say whether one article prints a quote of one speaker in full and a part of it again."""
    light, heavy = sorted((units[match.one], units[match.other]), key=lambda unit: unit.weight)
    if not _share_article(light, heavy) or not have_same_speaker(match, units):
        return False
    content = trim(light.words)
    inside = find_part(content, heavy.words) is not None
    return inside and len(content) > 1 and match.strength >= LEAST_BITS


def find_part(part: Sequence[str], whole: Sequence[str]) -> tuple[int, int] | None:
    """Return from where to where `part` stands unbroken in `whole`, the first time; None where it does not.

    >>> find_part(["will", "stay"], ["we", "will", "stay"])
    (1, 3)
    """
    text = f" {' '.join(whole)} "
    at = text.find(f" {' '.join(part)} ")
    if at < 0:
        return None
    start = text.count(" ", 0, at)
    return start, start + len(part)


def is_same_in_story(match: Match, units: Sequence[Unit]) -> bool:
    """Say whether two units are one utterance, given that their articles tell the same story.

    Fragments with the same content words are, whoever the speaker: a body and its spokesperson share them.
    An article without a date is as near as its story, and some days later a speaker's words come back.
    """
    one, other = units[match.one], units[match.other]
    days = days_between(one.days, other.days) or 0
    follows = match.share >= 1 and have_same_speaker(match, units)
    if days > (_FOLLOWING_DAYS if follows else SAME_DAYS) or _share_article(one, other):
        return False
    content = trim(one.words)
    if len(content) > 1 and content == trim(other.words):
        return match.strength >= LEAST_BITS
    return match.strength >= _strength_needed_in_story(match, units)


def _strength_needed_in_story(match: Match, units: Sequence[Unit]) -> float:
    if have_same_speaker(match, units):
        return _NEED_SAME_STORY_AND_SPEAKER
    differ = _differ_in_speaker(units[match.one], units[match.other])
    return _NEED_SAME_STORY * (_OTHER_SPEAKER if differ else 1)


def have_same_speaker(match: Match, units: Sequence[Unit]) -> bool:
    """Say whether the speakers of both are known and the same."""
    one, other = units[match.one].first.speaker, units[match.other].first.speaker
    return one is not None and one == other


def _differ_in_speaker(one: Unit, other: Unit) -> bool:
    speakers = (one.first.speaker, other.first.speaker)
    return None not in speakers and speakers[0] != speakers[1]


def _share_article(one: Unit, other: Unit) -> bool:
    return one.first.article is not None and one.first.article == other.first.article
