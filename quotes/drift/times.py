"""When a wording was first printed, as far as its dates tell, and which of two was printed before the other.

A time with a zone is one instant; a day stands for its whole day, and so ties with every time of it. A time
without a zone can be compared only with others without one; against any other date it stands for its day.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

from quotes.text.printing import read_days

if TYPE_CHECKING:
    from collections.abc import Iterable

Stretch = tuple[datetime, datetime]
_LONGEST_DATE = len("2026-03-04")
_AHEAD = timedelta(days=1)  # tomorrow's paper, and zones ahead of ours


@dataclass(frozen=True, slots=True)
class When:
    """When something was printed: the earliest it may have been and the latest, in UTC and by clocks.

    >>> day, noon = read_when("2026-03-04"), read_when("2026-03-04T12:00:00+00:00")
    >>> day.is_before(noon), day.is_before(read_when("2026-03-05T01:00:00"))
    (False, True)
    """

    utc: Stretch
    clock: Stretch

    def is_before(self, other: When) -> bool:
        """Return whether this was surely printed before `other`."""
        return self.utc[1] < other.utc[0] or self.clock[1] < other.clock[0]

    def is_after(self, today: date) -> bool:
        """Return whether this was surely not printed yet on the day `today`."""
        return self.utc[0].date() > today + _AHEAD

    def is_instant(self) -> bool:
        """Return whether more than the day is known."""
        return self.utc[0] == self.utc[1] or self.clock[0] == self.clock[1]


@lru_cache(maxsize=4096)
def read_when(published: str | None) -> When | None:
    """Return when a date of ISO 8601 is; None where it is none."""
    days = read_days(published)
    if published is None or days is None:
        return None
    whole = (_begin(days[0]), datetime.combine(date.fromordinal(days[1]), time.max, UTC))
    try:
        moment = datetime.fromisoformat(published)
    except ValueError:
        return When(whole, whole)
    if len(published) <= _LONGEST_DATE:
        return When(whole, whole)
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
        return When(whole, (moment, moment))
    moment = moment.astimezone(UTC)
    start = _begin(moment.date().toordinal())
    return When((moment, moment), (start, datetime.combine(start.date(), time.max, UTC)))


def find_earliest(printings: Iterable[When]) -> When | None:
    """Return when the first of `printings` was; None where there is none."""
    known = list(printings)
    if not known:
        return None
    utc = min(when.utc[0] for when in known), min(when.utc[1] for when in known)
    clock = min(when.clock[0] for when in known), min(when.clock[1] for when in known)
    return When(utc, clock)


def _begin(day: int) -> datetime:
    return datetime.combine(date.fromordinal(day), time.min, UTC)
