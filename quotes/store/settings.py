"""What surrounds the speakers of each article, read from the words kept around its quotes."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from quotes.records import Setting
from quotes.store.connect import reading
from quotes.text.traces import list_expansions, list_names, list_phrases

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from quotes.store.connect import Connection

_ARTICLES = """
SELECT articles.id, articles.title, articles.published, outlets.id AS outlet_id, outlets.name AS outlet_name
FROM articles JOIN outlets ON outlets.id = articles.outlet_id ORDER BY articles.id
"""
_QUOTES = """
SELECT article_id, text, context_before, context_between, context_after FROM quotes ORDER BY article_id, id
"""


def read_settings(connection: Connection) -> Iterator[Setting]:
    """Yield the setting of each article in order of ids; all at one moment, if they are taken at once."""
    with reading(connection):
        quotes = _read_quotes(connection)
        waiting = next(quotes, None)
        for article in connection.execute(_ARTICLES):
            rows = []
            while waiting is not None and waiting["article_id"] <= article["id"]:
                rows.append(waiting)
                waiting = next(quotes, None)
            yield _describe(article, [row for row in rows if row["article_id"] == article["id"]])


def _read_quotes(connection: Connection) -> Iterator[Mapping[str, str]]:
    yield from connection.execute(_QUOTES)


def _describe(article: Mapping[str, str], quotes: list[Mapping[str, str]]) -> Setting:
    title = article["title"] or ""
    passages = [] if _is_headline(title) else [title]
    for row in quotes:
        passages += [row["context_before"], row["text"], row["context_after"]]
        passages += json.loads(row["context_between"])
    return Setting(
        article_id=article["id"],
        outlets=tuple(dict.fromkeys((article["outlet_name"], article["outlet_id"]))),
        published=article["published"],
        names=frozenset(name for passage in passages for name in list_names(passage)),
        phrases=frozenset(phrase for row in quotes for phrase in list_phrases(row["text"])),
        expansions=frozenset(pair for passage in passages for pair in list_expansions(passage)),
    )


def _is_headline(title: str) -> bool:
    """Say whether most words of a title have capitals: then capitals tell no names."""
    words = title.split()
    return sum(word[:1].isupper() for word in words) * 2 > len(words)
