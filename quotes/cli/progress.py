"""How far a job is and how long it still takes, in words that stay calm."""

from __future__ import annotations

import math
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from quotes.pipeline import Summary

_FIRST = 10.0  # seconds before anything is said
_LEAST_LEARNED = 2  # batches: the first one waited for the models
_MEMORY = 90.0  # seconds: what was done longer ago counts little
_SCALE = (1, 2, 3, 4, 5, 6, 8, 10, 15, 20, 30, 45, 60, 90, 120, 180, 240, 300, 360, 480, 600, 720, 1440)
"""Minutes that are said: a number that stays is worth more than one that is exact."""


@dataclass(slots=True)
class Pace:
    """Estimates the time left from how fast it went of late.

    Work is done in batches: it learns when one is done, and does not grow impatient before it took long.
    """

    clock: Callable[[], float] = time.monotonic
    _began: float | None = None
    _last: tuple[float, int] = (0.0, 0)  # when something was done last, and how much was done by then
    _pause: float = 0.0  # before that
    _done: float = 0.0  # of late: older work fades out, and so does the time that it took
    _took: float = 0.0
    _learned: int = 0
    _minutes: int = 0

    def tell(self, done: int, total: int) -> str:
        """Return the time left in words, or nothing as long as nothing is known.

        What was said stands until it is a quarter off.
        """
        now = self.clock()
        if self._began is None:
            self._began, self._last = now, (now, done)
        if done > self._last[1] and now - self._last[0] >= 1:
            self._learn(now, done)
        if now - self._began < _FIRST or self._learned < _LEAST_LEARNED or done >= total:
            return ""
        took = self._took + max(0.0, now - self._last[0] - 2 * self._pause)
        minutes = (total - done) * took / self._done / 60
        if not 0.75 * self._minutes <= minutes <= 1.25 * self._minutes:
            self._minutes = min(_SCALE, key=lambda one: abs(math.log(one / minutes)))
        return f"{_say_minutes(self._minutes) if minutes > 0.75 else 'less than a minute'} left"

    def _learn(self, now: float, done: int) -> None:
        self._learned += 1
        self._pause = now - self._last[0]
        fading = math.exp(-self._pause / max(_MEMORY, (now - (self._began or now)) / 4))
        self._done = self._done * fading + done - self._last[1]
        self._took = self._took * fading + self._pause
        self._last = now, done


def _say_minutes(minutes: int) -> str:
    """Return a time in words.

    >>> _say_minutes(4), _say_minutes(90), _say_minutes(120)
    ('about 4 min', 'about 1 h 30 min', 'about 2 h')
    """
    hours, rest = divmod(minutes, 60)
    parts = [*([f"{hours} h"] if hours else []), *([f"{rest} min"] if rest else [])]
    return f"about {' '.join(parts)}"


def count_done(summary: Summary) -> int:
    """Return how many places are done: what was read and waits for the models is not."""
    written = sum(summary.articles[name] for name in ("added", "changed", "redone"))
    return max(0, summary.done - max(0, summary.fresh - written))


def say_progress(summary: Summary, left: str, width: int) -> str:
    """Return how far a job is in at most `width` characters; what tells least is left out first."""
    count = summary.articles
    parts = [f"{count_done(summary):,} of {summary.places:,} done"] if summary.places else []
    parts.append(f"{count['read']:,} articles")
    if count["annotated"]:
        parts.append(f"{count['annotated']:,} annotated")
    if summary.requests:
        parts.append(f"{summary.requests:,} requests")
    while len(parts) > 1 and len(_join(parts, left)) > width:
        parts.pop()
    line = _join(parts, left)
    return line if len(line) <= width else parts[0][:width]


def _join(parts: Sequence[str], left: str) -> str:
    return ", ".join(parts) + (f"; {left}" if left else "")
