"""Any two quotes side by side: what each changes against the other, and who printed them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from quotes.drift.printings import measure_similarity, read_printing
from quotes.publish.addresses import (
    article_page_address,
    home_address,
    outlet_address,
    page_address,
    quote_address,
    speaker_address,
    statement_address,
)
from quotes.publish.brackets import describe_change
from quotes.publish.diff import compare_all
from quotes.publish.pages.answers import answer, choose_databases, fetch
from quotes.publish.pages.aside import work_aside
from quotes.publish.pages.forms import describe_form
from quotes.publish.pages.search import read_search
from quotes.publish.phrases import (
    count,
    describe_change_kind,
    describe_date,
    describe_flag,
    describe_similarity,
    name_title,
)
from quotes.publish.shortening import cut
from quotes.publish.sql import compare as sql
from quotes.text.normal import normal_form

if TYPE_CHECKING:
    from collections.abc import Sequence

    from datasette.app import Datasette
    from datasette.utils.asgi import Request, Response

    from quotes.publish.diff import Segment
    from quotes.publish.pages.answers import Row

MOST_CHARACTERS = 3000
"""Of each text: two of them fit into an address."""
_ID = re.compile(r"[0-9a-f]{16}")
_STATEMENT = re.compile(r"/-/quotes/(?:statement/)?([0-9a-f]{16})(?:[?#]|\Z)")
_QUOTE = re.compile(r"/-/quotes/quote/([0-9a-f]{16})(?:[?#]|\Z)|#(?:quote|wording)-([0-9a-f]{16})\Z")
_MOST_BEGUN = 300  # characters of the one quote while the other is still to come


@dataclass(frozen=True, slots=True)
class Meant:
    """What was typed into a field: an id and what it names ("quote" or "statement"), or words."""

    typed: str
    identifier: str | None
    names: str


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two texts. Of words that were typed, nothing else is known."""

    text: str
    statement_id: str | None = None
    wording_id: str | None = None
    quote_id: str | None = None


async def show_comparison(datasette: Datasette, request: Request) -> Response:
    """Answer with the comparison of `one` and `other`, and with the form for another."""
    databases = await choose_databases(datasette, request)
    typed = [read_field(request.args.get(name)) for name in ("one", "other")]
    is_begun = "other" not in request.args
    database, problem, sides = databases[0], _find_problem(typed, is_begun), []
    status = 400 if problem else 200
    if not problem and any(typed):
        meant = [read_meant(field) for field in typed if field]
        database, found = await _find_both(datasette, databases, meant)
        problem = _name_missing(meant, found)
        status = 404 if problem else 200
        sides = [side for side in found if side]
    context = {
        "database": database,
        "form": describe_form(datasette, database, "compare"),
        "most": MOST_CHARACTERS,
        "one": typed[0][:MOST_CHARACTERS],
        "other": typed[1][:MOST_CHARACTERS],
        "problem": problem,
        "begun": cut(sides[0].text, _MOST_BEGUN) if len(sides) == 1 and not problem else None,
    }
    if len(sides) == len(typed) and not problem:
        context |= await _compare(datasette, database, typed, sides)
    return await answer(datasette, request, "quotes_compare.html", context, status)


def read_field(typed: str | None) -> str:
    """Return what was typed without what no text holds."""
    return (typed or "").replace("\0", " ").strip()


def read_meant(typed: str) -> Meant:
    """Return whether an id, an address of ours or words were typed.

    >>> read_meant("https://desk.example/-/quotes/statement/00112233445566ff#n2").names
    'statement'
    >>> read_meant("/-/quotes/quote/00112233445566ff").names, read_meant("we stay").identifier
    ('quote', None)
    """
    if _ID.fullmatch(typed.lower()):
        return Meant(typed, typed.lower(), "quote")
    if not typed or len(typed.split()) > 1:
        return Meant(typed, None, "words")
    quote, statement = _QUOTE.search(typed), _STATEMENT.search(typed)
    if quote:
        return Meant(typed, quote[1] or quote[2], "quote")
    return Meant(typed, statement[1], "statement") if statement else Meant(typed, None, "words")


def _find_problem(typed: Sequence[str], is_begun: bool) -> str | None:
    """Return what is wrong with what was typed; in a form that `is_begun` one box may be empty."""
    if max(map(len, typed)) > MOST_CHARACTERS:
        return f"That is too long to compare: {MOST_CHARACTERS:,} characters at most in each box."
    if any(typed) and not all(typed) and not is_begun:
        return "Put something into both boxes."
    return None


def _name_missing(meant: Sequence[Meant], found: Sequence[Side | None]) -> str | None:
    missing = [one.typed for one, side in zip(meant, found, strict=True) if side is None]
    if not missing:
        return None
    return f"No quote, wording or statement in this database is called {' or '.join(missing)}."


async def _find_both(
    datasette: Datasette, databases: Sequence[str], meant: Sequence[Meant]
) -> tuple[str, list[Side | None]]:
    """Return the first database that holds both, and what it holds; where none does, the last one's."""
    for database in databases:
        found = [await _find_side(datasette, database, one) for one in meant]
        if all(found):
            break
    return database, found


async def _find_side(datasette: Datasette, database: str, meant: Meant) -> Side | None:
    if meant.identifier is None:
        return Side(meant.typed)
    queries = [sql.QUOTE, sql.REFERENCE] if meant.names == "quote" else [sql.REFERENCE, sql.QUOTE]
    for query in queries:
        rows = await fetch(datasette, database, query, {"id": meant.identifier})
        if rows:
            return Side(**rows[0])
    return None


async def _compare(datasette: Datasette, database: str, typed: Sequence[str], sides: Sequence[Side]) -> Row:
    one, other = sides
    both = [(one.text, other.text), (other.text, one.text)]
    forth, back = await work_aside(datasette, compare_all, both)
    similarity = await work_aside(datasette, _measure, one.text, other.text)
    return {
        "forth": forth,
        "back": back,
        "similarity": describe_similarity(similarity),
        "changes": _list_changes(forth),
        "same_but_for_marks": len(forth) == 1 and forth[0].kind == "same" and one.text != other.text,
        "is_same_text": one.text == other.text,
        "relation": _describe_relation(one, other),
        "sides": [await _show_side(datasette, database, side) for side in sides],
        "turned": page_address(datasette, database, "compare", one=typed[1], other=typed[0]),
    }


def _measure(one: str, other: str) -> float:
    return measure_similarity(read_printing(one), read_printing(other))


def _list_changes(segments: Sequence[Segment]) -> list[Row]:
    """Return each change of words in plain words, with its kind and what it may mean."""
    changes = [segment.change for segment in segments if segment.change]
    return [
        {
            "pieces": [(words, role) for words, role in describe_change(change) if role != "flag"],
            "kind": describe_change_kind(change.kind),
            "flag": describe_flag(change.meaning_flag) if change.meaning_flag else None,
            "flag_words": change.flag_words,
        }
        for change in changes
    ]


def _describe_relation(one: Side, other: Side) -> str:
    """Return whether the two are one wording or one statement in the database."""
    if one.wording_id and one.wording_id == other.wording_id:
        return "Both print one wording of one statement."
    if one.statement_id and one.statement_id == other.statement_id:
        return "Both are wordings of one statement."
    if one.statement_id and other.statement_id:
        return "In this database they are two statements."
    if normal_form(one.text) == normal_form(other.text):
        return "Both are the same wording: capitals, marks and spaces aside, the texts are equal."
    return "Words that were typed belong to no statement."


async def _show_side(datasette: Datasette, database: str, side: Side) -> Row:
    """Return a text with who printed it and when; of typed words, where to look for them."""
    if side.quote_id is None:
        search = home_address(datasette, database, q=read_search(side.text))
        return {"text": side.text, "search": search}
    values = {"wording_id": side.wording_id, "quote_id": side.quote_id, "size": sql.MOST_PRINTINGS}
    query = sql.PRINTED_WORDING if side.wording_id else sql.PRINTED_QUOTE
    rows = await fetch(datasette, database, query, values)
    times = await fetch(datasette, database, sql.PRINTED_TIMES, values)
    unshown = times[0]["quote_count"] - len(rows) if times else 0
    statement = side.statement_id
    return {
        "text": side.text,
        "printings": [_show_printing(datasette, database, row) for row in rows],
        "unshown": count(unshown, "more printing") if unshown > 0 else None,
        "statement_address": statement_address(datasette, database, statement) if statement else None,
    }


def _show_printing(datasette: Datasette, database: str, row: Row) -> Row:
    speaker = row["speaker_id"]
    return {
        "outlet": row["outlet"],
        "outlet_address": outlet_address(datasette, database, row["outlet_id"]),
        "date": describe_date(row["published"]),
        "title": name_title(row["title"]),
        "article_address": article_page_address(datasette, database, row["article_id"]),
        "speaker": row["speaker"],
        "speaker_address": speaker_address(datasette, database, speaker) if speaker else None,
        "why_address": quote_address(datasette, database, row["id"]),
    }
