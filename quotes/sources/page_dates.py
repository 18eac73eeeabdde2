"""When a page says that its article was published."""

from __future__ import annotations

import logging
import re
from datetime import UTC, datetime
from html import escape
from itertools import islice
from typing import TYPE_CHECKING, Any

from quotes.sources.dates import read_date
from quotes.sources.details import one_line

if TYPE_CHECKING:
    from collections.abc import Iterable

    from quotes.sources.json_ld import Record

_EARLIEST = "1990"
_METAS = (
    "article:published_time", "og:article:published_time", "datepublished", "parsely-pub-date", "pubdate",
    "publishdate", "publish-date", "publish_date", "publication_date", "published_time", "sailthru.date",
    "article.published", "cxenseparse:recs:publishtime", "dc.date.issued", "dcterms.issued",
    "citation_publication_date", "date", "dc.date",
)  # fmt: skip
_MODIFIED = re.compile(r"modif|updat|revis|review|expire|crawl|last[-_]?mod", re.IGNORECASE)
_DATED = re.compile(r"date|time|publish|posted|byline|timestamp|meta\b|dateline", re.IGNORECASE)
_SLASHED = re.compile(r"\b0?(\d{1,2})/0?(\d{1,2})/(?:\d\d)?\d\d\b")
_LONGEST = 200  # characters of an element that is a date
_TEXT = 100  # characters of the first paragraph of the text, at least
_MOST = 50  # elements that may be dates
_MOST_WITHIN = 12  # elements within one that is a date


def find_published(
    tree: Any, record: Record, metas: dict[str, str], address: str | None, latest: datetime
) -> str | None:
    """Return when the article was published, as an ISO date or time in UTC; None where the page does not say.

    JSON-LD and the head's fields come first, then what stands between the headline and the text: the earliest
    of the times in tags, else the day in words, as htmldate reads it. To a day, a time that is given for it
    elsewhere is added. No time of a change is taken, and none before 1990 or after `latest`.
    """
    shown = _list_shown(tree)
    said = [one_line(record.get("datePublished")), *(metas.get(name) for name in _METAS)]
    in_tags = [element.get("datetime") or element.get("content") for element in shown]
    times, shown_times = _read_times(said, latest), _read_times(in_tags, latest)
    day = next(iter(times.values()), None) or min(shown_times.values(), default=None)
    day = day or _guess_day(metas, shown, address, latest)
    if day is None or len(day) > len("2026-03-04"):
        return day
    given = (times | shown_times).items()
    return next((time for one, time in given if one.startswith(day) and len(time) > len(day)), day)


def _read_times(given: Iterable[str | None], latest: datetime) -> dict[str, str]:
    """Return each of the times in one form, by what was given, in order."""
    stripped = (one.strip() for one in given if one)
    return {one: time for one in stripped if (time := read_time(one, latest))}


def read_time(given: str, latest: datetime) -> str | None:
    """Return a time in one form, or None where it is none or cannot be one of publishing.

    >>> read_time("Wed, 04 Mar 2026 09:30:00 +0100", datetime(2027, 1, 1, tzinfo=UTC))
    '2026-03-04T08:30:00+00:00'
    >>> read_time("2031-03-04", datetime(2027, 1, 1, tzinfo=UTC)) is None
    True
    """
    time = read_date(given)
    return time if time and _EARLIEST <= time <= latest.astimezone(UTC).isoformat() else None


def _list_shown(tree: Any) -> list[Any]:
    """Return the elements between the headline and the text that may print the time of publishing."""
    found: list[Any] = []
    for element in tree.iter("h1", "time", "span", "div", "p", "li", "abbr"):
        if element.tag == "h1":
            found = []
            continue
        if sum(1 for _ in islice(element.iter(), _MOST_WITHIN)) == _MOST_WITHIN:
            continue
        text = element.text_content()
        if len(text) > _TEXT and (element.tag == "p" or not len(element)):
            return found  # the text begins
        names = _names_of(element)
        is_dated = element.tag == "time" or _DATED.search(names)
        if is_dated and len(text) <= _LONGEST and not _MODIFIED.search(f"{names} {_before(element)} {text}"):
            found.append(element)
    return found[:_MOST]


def _names_of(element: Any) -> str:
    return " ".join(element.get(name) or "" for name in ("class", "id", "itemprop", "data-testid"))


def _before(element: Any) -> str:
    """Return the names of what an element stands in, and the words before it there: “Updated: ”."""
    parent, previous = element.getparent(), element.getprevious()
    if previous is None:
        words = parent.text or ""
    else:
        words = (previous.tail or "").strip() or previous.text_content()
    return f"{_names_of(parent)} {words[-_LONGEST:]}"


def _is_two_days(words: str) -> bool:
    """Whether a date is two different ones, read as in America and as in Europe: “3/4/2026”."""
    found = _SLASHED.search(words)
    return found is not None and found[1] != found[2] and max(int(found[1]), int(found[2])) <= 12


def _guess_day(metas: dict[str, str], shown: list[Any], address: str | None, latest: datetime) -> str | None:
    """Return the day that htmldate reads in the head's fields, in the address and in what is `shown`."""
    from htmldate import find_date

    logging.getLogger("htmldate").setLevel(logging.CRITICAL)
    fields = {
        name: value[:_LONGEST]
        for name, value in metas.items()
        if not (_MODIFIED.search(name) or _is_two_days(value[:_LONGEST]))
    }
    head = (f'<meta name="{escape(name)}" content="{escape(fields[name])}">' for name in list(fields)[:_MOST])
    words = (element.text_content() for element in shown)
    body = (f'<p><span class="date">{escape(one)}</span></p>' for one in words if not _is_two_days(one))
    try:
        day = find_date(
            f"<html><head>{''.join(head)}</head><body><p>.</p>{''.join(body)}</body></html>",
            extensive_search=False,
            original_date=True,
            url=address or "",
            min_date=f"{_EARLIEST}-01-01",
            max_date=latest.date().isoformat(),
            deferred_url_extractor=True,
        )
    except (ValueError, OverflowError, TypeError, AttributeError):  # a zone of 31 hours, and the like
        return None
    return day if isinstance(day, str) else None
