"""What surrounds the speakers of each article, read once from the words kept around its quotes."""

from __future__ import annotations

import json
from sys import intern
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt

from quotes.records import Setting
from quotes.store.connect import immediate
from quotes.text.traces import list_expansions, list_names, list_phrases

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from quotes.store.connect import Connection

    Numbers: TypeAlias = npt.NDArray[np.uint32]

VERSION = 1  # of what is kept: of `_find`, and of the rules of quotes.text that it asks
_TOGETHER = 500  # articles: others may want to write, too
_LACKING = """
SELECT id, title FROM articles AS a
WHERE NOT EXISTS (SELECT 1 FROM match_settings AS s WHERE s.article_id = a.id AND s.version = ?) LIMIT ?
"""
_QUOTES = "SELECT text, context_before, context_between, context_after FROM quotes WHERE article_id = ?"
_KEEP = """
INSERT OR REPLACE INTO match_settings (article_id, version, names, phrases, expansions) VALUES (?, ?, ?, ?, ?)
"""
_ARTICLES = """
SELECT a.id, a.title, a.published, o.id AS outlet_id, o.name AS outlet_name, s.names, s.phrases, s.expansions
FROM articles AS a JOIN outlets AS o ON o.id = a.outlet_id
LEFT JOIN match_settings AS s ON s.article_id = a.id AND s.version = ?
ORDER BY a.id
"""


class Traces(NamedTuple):
    """What an article's words tell of its story, as it is kept: lists in JSON, and numbers of four bytes."""

    names: str
    phrases: bytes
    expansions: str


def renew_settings(connection: Connection) -> None:
    """Read from their words, and keep, the settings of articles that are new or changed."""
    is_done = False
    while not is_done:
        with immediate(connection):
            lacking = connection.execute(_LACKING, (VERSION, _TOGETHER)).fetchall()
            rows = [(article["id"], VERSION, *_find(connection, article)) for article in lacking]
            connection.executemany(_KEEP, rows)
        is_done = len(lacking) < _TOGETHER


def read_settings(connection: Connection) -> tuple[Setting, ...]:
    """Return the setting of each article in order of ids: as it is kept, or else from its words."""
    articles = connection.execute(_ARTICLES, (VERSION,)).fetchall()
    traces = [_recall(article) or _find(connection, article) for article in articles]
    shared = _list_shared(one.phrases for one in traces)
    return tuple(_describe(row, one, shared) for row, one in zip(articles, traces, strict=True))


def list_unlike(connection: Connection) -> tuple[str, ...]:
    """Return the articles of which something else is kept than their words say."""
    articles = connection.execute(_ARTICLES, (VERSION,))
    kept = ((article, _recall(article)) for article in articles)
    return tuple(article["id"] for article, one in kept if one and one != _find(connection, article))


def _recall(article: Mapping[str, Any]) -> Traces | None:
    if article["names"] is None:
        return None
    return Traces(article["names"], article["phrases"], article["expansions"])


def _find(connection: Connection, article: Mapping[str, Any]) -> Traces:
    quotes = connection.execute(_QUOTES, (article["id"],)).fetchall()
    title = article["title"] or ""
    passages = [] if _is_headline(title) else [title]
    for row in quotes:
        passages += [row["context_before"], row["text"], row["context_after"]]
        passages += json.loads(row["context_between"])
    phrases = {phrase for row in quotes for phrase in list_phrases(row["text"])}
    return Traces(
        _write_sorted({name for passage in passages for name in list_names(passage)}),
        np.array(sorted(phrases), dtype="<u4").tobytes(),
        _write_sorted({pair for passage in passages for pair in list_expansions(passage)}),
    )


def _write_sorted(found: set[Any]) -> str:
    return json.dumps(sorted(found), ensure_ascii=False)


def _is_headline(title: str) -> bool:
    """Say whether most words of a title have capitals: then capitals tell no names."""
    words = title.split()
    return sum(word[:1].isupper() for word in words) * 2 > len(words)


def _describe(article: Mapping[str, str], traces: Traces, shared: Numbers) -> Setting:
    phrases = _read_numbers(traces.phrases)
    return Setting(
        article_id=article["id"],
        outlets=tuple(dict.fromkeys((article["outlet_name"], article["outlet_id"]))),
        published=article["published"],
        names=frozenset(map(intern, json.loads(traces.names))),
        phrases=frozenset(phrases[_is_among(phrases, shared)].tolist()),
        expansions=frozenset((short, full) for short, full in json.loads(traces.expansions)),
    )


def _list_shared(phrases: Iterable[bytes]) -> Numbers:
    """Return, in order, the numbers that several articles have, given those of each."""
    numbers = np.sort(_read_numbers(b"".join(phrases)))
    return np.compress(numbers[1:] == numbers[:-1], numbers[1:])


def _read_numbers(phrases: bytes) -> Numbers:
    return np.frombuffer(phrases, dtype="<u4")


def _is_among(numbers: Numbers, known: Numbers) -> npt.NDArray[np.bool_]:
    """Say of each number whether it is among those known, which are in order."""
    at = np.searchsorted(known, numbers)
    return known.take(at, mode="clip") == numbers if len(known) else np.zeros(len(numbers), dtype=bool)
