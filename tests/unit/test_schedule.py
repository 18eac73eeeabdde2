"""When a page is asked for again: often while it is young, less often later, and at last not any more."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as some

from quotes.fetch.schedule import YOUNG, is_due
from quotes.requests import Visit

NOW = datetime(2026, 3, 15, 12, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)

ages = some.timedeltas(timedelta(0), timedelta(days=40))
failures = some.integers(-1, 10_000)


def visit(first_seen: datetime | str, checked: datetime | str, failures: int = 0) -> Visit:
    stamps = [one if isinstance(one, str) else one.isoformat() for one in (first_seen, checked)]
    return Visit("http://lamp.example/a", None, 200, *stamps, failures=failures)


@given(ages, some.floats(0, 1))
def test_a_page_is_due_once_a_tenth_of_its_age_has_passed(age: timedelta, share: float) -> None:
    checked_ago = age * share
    due = is_due(visit(NOW - age, NOW - checked_ago), NOW)
    if age > timedelta(days=14):
        assert not due
    elif age <= YOUNG:
        assert due
    else:
        assert due == (checked_ago >= age / 10)


@given(ages, some.floats(0, 1), failures)
def test_failures_never_make_a_page_due(age: timedelta, share: float, count: int) -> None:
    first_seen, checked = NOW - age, NOW - age * share
    if is_due(visit(first_seen, checked, count), NOW):
        assert is_due(visit(first_seen, checked), NOW)
    if is_due(visit(first_seen, checked, count + 1), NOW):
        assert is_due(visit(first_seen, checked, count), NOW)


@given(ages, some.floats(0, 1), failures, some.integers(0, 60))
def test_more_days_never_make_fewer_pages_due(age: timedelta, share: float, count: int, days: int) -> None:
    one = visit(NOW - age, NOW - age * share, count)
    if is_due(one, NOW, days):
        assert is_due(one, NOW, days + 1)


@given(some.timedeltas(timedelta(seconds=1), timedelta(days=4_000)), ages, failures)
def test_a_page_of_the_future_is_due(ahead: timedelta, age: timedelta, count: int) -> None:
    assert is_due(visit(NOW + ahead, NOW, count), NOW)
    assert is_due(visit(NOW - age, NOW + ahead, count), NOW)


@given(some.text(max_size=30), some.text(max_size=30), failures)
def test_stamps_of_any_kind_are_no_error(first_seen: str, checked: str, count: int) -> None:
    assert is_due(visit(first_seen, checked, count), NOW) in (True, False)


@pytest.mark.parametrize(
    ("stamp", "due"),
    [("yesterday", True), ("", True), ("2026-03-15T11:00:00", True), ("2026-02-01T00:00:00", False)],
)
def test_a_stamp_that_is_none_means_due_and_one_without_zone_is_utc(stamp: str, due: bool) -> None:
    assert is_due(visit(stamp, stamp), NOW) is due


def test_a_zone_makes_no_difference() -> None:
    zone = timezone(timedelta(hours=5, minutes=30))
    for hours in range(0, 24 * 15, 5):
        then = NOW - hours * HOUR
        assert is_due(visit(then, NOW - HOUR), NOW) == is_due(visit(then.astimezone(zone), NOW - HOUR), NOW)


@pytest.mark.parametrize(("failed", "hours"), [(1, 1), (2, 1), (3, 2), (4, 4), (5, 7), (6, 14), (50, 48)])
def test_a_page_that_failed_waits_longer_each_time(failed: int, hours: int) -> None:
    """At one job an hour it is asked for again after `hours`."""
    waits = next(n for n in range(1, 99) if is_due(visit(NOW - YOUNG, NOW - n * HOUR, failed), NOW))
    assert waits == hours


def test_a_page_is_asked_for_seldom_in_all() -> None:
    """Every hour for sixty days, a page is asked for about fifty times, twelve of them on its first day."""
    first_seen = checked = NOW
    asked = []
    for hour in range(1, 24 * 60):
        now = NOW + hour * HOUR
        if is_due(visit(first_seen, checked), now):
            asked.append(hour)
            checked = now
    assert asked[:12] == [*range(1, 13)]
    assert len(asked) <= 50
    assert max(asked) <= 24 * 14
    assert max(asked) >= 24 * 12
