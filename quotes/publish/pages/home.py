"""The front page: what changed last, what drifted most, where meaning or speaker differ, and the search."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from quotes.publish.addresses import file_address, home_address, table_address
from quotes.publish.pages.answers import answer, choose_databases, fetch
from quotes.publish.pages.forms import describe_form
from quotes.publish.pages.listed import Listed, list_statements
from quotes.publish.pages.questions import list_questions
from quotes.publish.pages.search import find, read_search
from quotes.publish.phrases import FLAGS, count, describe_date, describe_flag, join_names, name_flag
from quotes.publish.sql import home as sql

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from datasette.app import Datasette
    from datasette.utils.asgi import Request, Response

    from quotes.publish.pages.answers import Row

LISTED, LISTED_OF_FLAG = 6, 50
_WEEK = 7  # days


@dataclass(frozen=True, slots=True)
class Wanted:
    """A list of the front page: its heading, what it says, its query, and the filter of Datasette's table."""

    title: str
    about: str
    query: str
    more: Mapping[str, str]
    values: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Section:
    """A list of statements under a heading, with the address of the whole table."""

    title: str
    about: str
    statements: Sequence[Listed]
    more: str


_CHANGED = Wanted(
    "New drift",
    "What outlets printed in other words, the latest first.",
    sql.CHANGED,
    {"_sort_desc": "last_changed", "last_changed__notnull": "1"},
)
_WIDEST = Wanted(
    "Widest drift",
    "Where outlets print one statement in the most different words.",
    sql.WIDEST,
    {"_sort_desc": "drift", "outlet_count__gt": "1"},
)
_FLAGGED = Wanted(
    "Meaning flags",
    "Changed words that may change what was said: a number, a name, a “not”, a “may”.",
    sql.FLAGGED,
    {"_sort_desc": "first_published", "meaning_flags__notnull": "1"},
    {"flag": ""},
)
_DISPUTED = Wanted(
    "Disputed speakers",
    "Where articles put the same words into different mouths.",
    sql.DISPUTED,
    {"_sort_desc": "first_published", "disputed_speaker__exact": "1"},
)
_NEWEST = Wanted(
    "Newest statements",
    "By when they were first printed, the latest first.",
    sql.NEWEST,
    {"_sort_desc": "first_published"},
)


async def show_home(datasette: Datasette, request: Request) -> Response:
    """Answer with the front page, with what is found for `q`, or with the newest flagged with `flag`."""
    database = (await choose_databases(datasette, request))[0]
    context = await read_totals(datasette, database)
    search, flag = read_search(request.args.get("q")), request.args.get("flag")
    if search:
        context |= await _search(datasette, database, search)
    elif flag in FLAGS:
        context |= await _list_flagged(datasette, database, flag)
    else:
        sections = await _read_sections(datasette, database, datetime.now(UTC).date())
        context |= {
            "sections": sections,
            "has_drift": any(
                section.title.startswith((_CHANGED.title, _WIDEST.title)) for section in sections
            ),
            "flags": _list_flags(datasette, database),
            "questions": await list_questions(datasette, request, database),
        }
    return await answer(datasette, request, "quotes_home.html", context)


async def read_totals(datasette: Datasette, database: str) -> Row:
    """Return how much `database` holds, in words, and the address of its front page."""
    from datasette.database import QueryInterrupted

    try:
        (totals,) = await fetch(datasette, database, sql.TOTALS, {})
    except QueryInterrupted:
        totals = {}
    nouns = (("statements", "statement"), ("quotes", "quote"), ("articles", "article"), ("outlets", "outlet"))
    return {
        "database": database,
        "home": home_address(datasette, database),
        "form": describe_form(datasette, database),
        "totals": join_names([count(totals[column], noun) for column, noun in nouns if totals])
        or "very many quotes",
        "empty": totals.get("quotes") == 0,
        "feeds": [{"address": file_address(datasette, database, ".atom", "new"), "title": "New drift"}],
    }


async def _search(datasette: Datasette, database: str, search: str) -> Row:
    feed = {
        "address": file_address(datasette, database, ".atom", "search", q=search),
        "title": f"Search: {search}",
    }
    return {"search": search, "found": await find(datasette, database, search), "feeds": [feed]}


async def _list_flagged(datasette: Datasette, database: str, flag: str) -> Row:
    rows = await fetch(datasette, database, sql.FLAGGED, {"flag": flag, "size": LISTED_OF_FLAG})
    return {
        "flag": describe_flag(flag),
        "flagged": await list_statements(datasette, database, rows),
        "more": table_address(
            datasette, database, "statements", _sort_desc="first_published", meaning_flags__contains=flag
        ),
        "feeds": [
            {
                "address": file_address(datasette, database, ".atom", "new", flag=flag),
                "title": f"New drift: {describe_flag(flag)}",
            }
        ],
    }


async def _read_sections(datasette: Datasette, database: str, today: date) -> list[Section]:
    """Return the lists of the front page, without those that would be empty."""
    latest = await fetch(datasette, database, sql.LATEST_DAY, {"today": f"{today}"})
    week = choose_week(latest[0]["day"], today)
    wanted = [_CHANGED, *([week] if week else []), _WIDEST, _FLAGGED, _DISPUTED, _NEWEST]
    sections = [
        section
        for section in await asyncio.gather(*(_read_section(datasette, database, one) for one in wanted))
        if section.statements
    ]
    has_week = week is not None and week.title in {section.title for section in sections}
    return [section for section in sections if not (has_week and section.title == _WIDEST.title)]


async def _read_section(datasette: Datasette, database: str, wanted: Wanted) -> Section:
    rows = await fetch(datasette, database, wanted.query, {"size": LISTED, **wanted.values})
    return Section(
        title=wanted.title,
        about=wanted.about,
        statements=await list_statements(datasette, database, rows),
        more=table_address(datasette, database, "statements", **wanted.more),
    )


def choose_week(latest: str | None, today: date) -> Wanted | None:
    """Return the list of the widest drift in the week up to the `latest` day with articles, if one is known.

    >>> choose_week("2026-03-14", date(2026, 3, 16)).title
    'Widest drift this week'
    >>> choose_week("2026-03-14", date(2026, 8, 1)).title
    'Widest drift, 8 March 2026 to 14 March 2026'
    """
    try:
        last = date.fromisoformat(latest or "")
    except ValueError:
        return None
    since, until = f"{last - timedelta(_WEEK - 1)}", f"{last + timedelta(1)}"
    days = f"{describe_date(since)} to {describe_date(f'{last}')}"
    is_now = today - last < timedelta(_WEEK)
    return Wanted(
        "Widest drift this week" if is_now else f"Widest drift, {days}",
        f"Printed {days}, in the most different words."
        if is_now
        else "The latest week with articles: where outlets print one statement in the most different words.",
        sql.WIDEST_LATELY,
        {"_sort_desc": "drift", "outlet_count__gt": "1", "last_published__gte": since},
        {"since": since, "until": until},
    )


def _list_flags(datasette: Datasette, database: str) -> list[Row]:
    return [
        {
            "name": name_flag(flag),
            "about": describe_flag(flag),
            "address": home_address(datasette, database, flag=flag),
        }
        for flag in FLAGS
    ]
