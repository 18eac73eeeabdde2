"""Dates as feeds and news services write them."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from quotes.sources.details import normal_date, one_line

_DIGITS = re.compile(r"\d{14}")
_EPOCH = re.compile(r"(\d{10})(?:\d{3})?(?:\.\d{1,9})?")
_BEFORE_ZONE = re.compile(r"\s{1,3}(?=(?:[+-]\d\d:?\d\d|Z)$)")


def read_date(given: object) -> str | None:
    """Return a date or time in the one form that is stored, or None where it is neither.

    Seconds since 1970 are read, and "20260304101500" too: both are UTC wherever they are used. A time without
    a zone stays one without.

    >>> read_date("Wed, 04 Mar 2026 10:15:00 +0100"), read_date(1772615700), read_date("20260304101500")
    ('2026-03-04T09:15:00+00:00', '2026-03-04T09:15:00+00:00', '2026-03-04T10:15:00+00:00')
    """
    text = one_line(given)
    if text is None:
        return None
    if _DIGITS.fullmatch(text):
        return normal_date(f"{text[:8]}T{text[8:]}Z")
    if seconds := _EPOCH.fullmatch(text):
        return normal_date(datetime.fromtimestamp(int(seconds[1]), UTC).isoformat())
    return normal_date(_BEFORE_ZONE.sub("", text)) or _read_mail_date(text)


def _read_mail_date(text: str) -> str | None:
    try:
        return normal_date(parsedate_to_datetime(text).isoformat())
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
