"""What a server is asked when its pages are measured: what has most on it, is typical, or finds nothing."""

from __future__ import annotations

import json
import re
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode

import yaml

from quotes.publish import bundled_metadata

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    Ask = Callable[[str], str]
    Addresses = Iterator[tuple[str, str]]

_METADATA = yaml.safe_load(bundled_metadata().read_text(encoding="utf-8"))["databases"]["quotes"]
_MOST = "SELECT {column} FROM {table} ORDER BY {order} DESC LIMIT 1"
_STATEMENT = "SELECT id FROM statements ORDER BY {} DESC LIMIT 1"
_OUTLET = "SELECT outlet_id FROM outlet_stats ORDER BY quote_count {}"
# Words of a hundred quotes in a million, of one quote in a hundred, of one in ten, of most, and of none.
_WORDS = {
    "rare": "vaccine",
    "common": "tax",
    "frequent": "people",
    "very common": "the",
    "several": "the people of this country",
    "absent": "zzyzx",
}
# By parameter of a canned query, the values tried: SQL that gives one begins with SELECT.
_VALUES = {
    "id": (_STATEMENT.format("wording_count"), _STATEMENT.format("quote_count"), "none"),
    "words": (_WORDS["common"], _WORDS["very common"], "of the people", _WORDS["rare"]),
    "speaker": ("SELECT name FROM speakers ORDER BY quote_count DESC LIMIT 1", "council", "ada"),
    "outlet": (_OUTLET.format("DESC LIMIT 1"), _OUTLET.format("ASC LIMIT 1")),
    "other_outlet": (_OUTLET.format("DESC LIMIT 1 OFFSET 1"),),
    "before": ("a",),
    "after": ("any",),
    "word": ("a",),
    "outlets": ("20", "1000"),
    "days": ("3", "3000"),
    "flag": ("number", "name"),
    "kind": ("ellipsis", "punctuation"),
    "rule": ("nearby", "none"),
    "reason": ("nobody is named as the speaker near the quote", "none"),
    "statements": ("50", "100000"),
    "quotes": ("10",),
}


def list_addresses(database: Path) -> Addresses:
    """Yield a name and an address for everything that is measured."""
    with closing(sqlite3.connect(database)) as connection:

        def ask(sql: str) -> str:
            row = connection.execute(sql).fetchone()
            return str(row[0]) if row else "none"

        yield from _list_statements(ask)
        yield from _list_people(ask)
        yield from _list_words(ask)
        yield from _list_tables(f"/{quote(database.stem)}")
        yield from _list_queries(f"/{quote(database.stem)}", ask)


def _list_statements(ask: Ask) -> Addresses:
    yield "front", "/-/quotes"
    yield "front of Datasette", "/"
    for flag in ("number", "name", "attribution"):
        yield f"flag {flag}", f"/-/quotes?{urlencode({'flag': flag})}"
        yield f"feed of flag {flag}", f"/-/quotes/new.atom?{urlencode({'flag': flag})}"
    yield "feed of new drift", "/-/quotes/new.atom"
    for which, order in (("printings", "quote_count"), ("wordings", "wording_count"), ("drift", "drift")):
        yield f"statement, most {which}", f"/-/quotes/statement/{ask(_STATEMENT.format(order))}"
    typical = ask("SELECT id FROM statements WHERE outlet_count = 3 AND wording_count = 2 LIMIT 1")
    yield "statement, typical", f"/-/quotes/statement/{typical}"
    yield "quote", f"/-/quotes/quote/{typical}"
    most = ask(_STATEMENT.format("wording_count"))
    other = ask(f"SELECT id FROM wordings WHERE statement_id = '{most}' AND NOT is_reference LIMIT 1")
    yield "statement, another base", f"/-/quotes/statement/{most}?{urlencode({'against': other})}"
    yield "compare", f"/-/quotes/compare?{urlencode({'one': most, 'other': other})}"
    for form in ("svg", "png", "json"):
        yield f"statement as {form}", f"/-/quotes/statement/{most}.{form}"


def _list_people(ask: Ask) -> Addresses:
    speaker = ask(_MOST.format(column="id", table="speakers", order="quote_count"))
    yield "speakers", "/-/quotes/speakers"
    yield "speakers found", "/-/quotes/speakers?q=ada"
    yield "speaker, most quoted", f"/-/quotes/speaker/{speaker}"
    yield "feed of a speaker", f"/-/quotes/speaker/{speaker}.atom"
    first, second, last = (
        ask(_OUTLET.format(order)) for order in ("DESC LIMIT 1", "DESC LIMIT 1 OFFSET 1", "ASC LIMIT 1")
    )
    yield "outlets", "/-/quotes/outlets"
    yield "outlet, most quotes", f"/-/quotes/outlet/{first}"
    yield "outlet, fewest quotes", f"/-/quotes/outlet/{last}"
    yield "side by side, unchosen", "/-/quotes/side-by-side"
    for which, other in (("both with most", second), ("most and fewest", last)):
        pair = {"outlet": first, "other_outlet": other}
        yield f"side by side, {which}", f"/-/quotes/side-by-side?{urlencode(pair)}"
    article = ask("SELECT article_id FROM quotes GROUP BY article_id ORDER BY count(*) DESC LIMIT 1")
    yield "article, most quotes", f"/-/quotes/article/{article}"


def _list_words(ask: Ask) -> Addresses:
    for which, words in _WORDS.items():
        yield f"search, {which}", f"/-/quotes?{urlencode({'q': words})}"
        yield f"feed of a search, {which}", f"/-/quotes/search.atom?{urlencode({'q': words})}"
    pair = "json_array(words_before, words_after)"
    before, after = json.loads(ask(_MOST.format(column=pair, table="word_swaps", order="statement_count")))
    yield "swaps", "/-/quotes/swaps"
    yield "swaps of a word", f"/-/quotes/swaps?{urlencode({'word': before})}"
    yield "swap", f"/-/quotes/swap?{urlencode({'before': before, 'after': after})}"


def _list_tables(base: str) -> Addresses:
    yield "Datasette, all tables", base
    for name, table in _METADATA["tables"].items():
        if not table.get("hidden"):
            yield f"table {name}", f"{base}/{name}"
        if "fts_table" in table:
            yield f"table {name}, searched", f"{base}/{name}?{urlencode({'_search': _WORDS['common']})}"


def _list_queries(base: str, ask: Ask) -> Addresses:
    for name, query in _METADATA["queries"].items():
        yield f"query {name}", f"{base}/{name}"
        plain = re.sub(r"'[^']*'|--[^\n]*", "", query["sql"])
        for values in _list_asked(ask, sorted(set(re.findall(r":(\w+)", plain)))):
            shown = ", ".join(values.values())
            yield f"query {name} ({shown})", f"{base}/{name}?{urlencode(values)}"


def _list_asked(ask: Ask, parameters: list[str]) -> Iterator[dict[str, str]]:
    """Yield values for the parameters of a query: each alone, then all together."""
    values = {
        name: [ask(value) if value.startswith("SELECT") else value for value in _VALUES[name]]
        for name in parameters
    }
    for name in parameters:
        for value in values[name]:
            yield {name: value}
    if len(parameters) > 1:
        yield {name: values[name][0] for name in parameters}
