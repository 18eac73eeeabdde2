"""A point in time as people type it: a day, a time, or how long ago."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import click

_AGO = re.compile(r"(\d{1,5})\s?(h|d|w)")
_UNITS = {"h": "hours", "d": "days", "w": "weeks"}


def take_since(_ctx: click.Context, _param: click.Parameter, words: str | None) -> str | None:
    """Return what an option was given as the database writes times. Raises BadParameter where it is none."""
    try:
        return read_since(words, datetime.now(UTC)) if words is not None else None
    except (ValueError, OverflowError) as error:
        message = f"{words!r} is no date and no time ago: write 2026-03-04, 12h, 7d or 2w"
        raise click.BadParameter(message) from error


def read_since(words: str, now: datetime) -> str:
    """Return the day, or the time in UTC, that `words` mean at the time `now`.

    Raises ValueError where they mean none.

    >>> read_since("12h", datetime(2026, 3, 4, 9, tzinfo=UTC)), read_since("2026-03-04", datetime.now(UTC))
    ('2026-03-03T21:00:00+00:00', '2026-03-04')
    """
    words = words.strip().lower()
    if ago := _AGO.fullmatch(words):
        past = now - timedelta(**{_UNITS[ago[2]]: int(ago[1])})
        return past.isoformat(timespec="seconds")
    time = datetime.fromisoformat(words)
    if re.fullmatch(r"\d{4}-\d\d-\d\d", words):
        return words
    return time.replace(tzinfo=time.tzinfo or UTC).astimezone(UTC).isoformat(timespec="seconds")
