"""When a page that was read before is asked for again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from quotes.requests import Visit

YOUNG = timedelta(hours=12)
"""A page that was first seen this long ago is asked for by every job."""

OLD = timedelta(days=14)
"""A page that was first seen longer ago is not asked for any more."""

_SHARE = 10  # of a page's age, between two visits
_BACK_OFF = timedelta(minutes=25)  # less than the hour that lies between two jobs
_LONGEST_BACK_OFF = timedelta(days=2)
_MOST_FAILURES = 10  # counted: more would overflow and change nothing


def is_due(visit: Visit, now: datetime, days: int = OLD.days) -> bool:
    """Return whether a page that was read before is to be asked for again.

    A young page always is, an older one once a tenth of its age has passed since it was asked for, and none
    after `days` days. One that failed waits longer with each failure. Where the clock went back, it is due.
    """
    first_seen, checked = _read_time(visit.first_seen), _read_time(visit.checked)
    if first_seen is None or checked is None or first_seen > now or checked > now:
        return True
    age = now - first_seen
    if age > timedelta(days=days):
        return False
    waits = _measure_back_off(visit.failures)
    if age > YOUNG:
        waits = max(waits, age / _SHARE)
    return now - checked >= waits


def _measure_back_off(failures: int) -> timedelta:
    if failures <= 0:
        return timedelta(0)
    return min(_BACK_OFF * (1 << min(failures, _MOST_FAILURES) - 1), _LONGEST_BACK_OFF)


def _read_time(stamp: str) -> datetime | None:
    try:
        read = datetime.fromisoformat(stamp)
    except ValueError:
        return None
    return read if read.tzinfo else read.replace(tzinfo=UTC)
