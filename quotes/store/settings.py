"""What surrounds the speakers of each article, read once from the words kept around its quotes."""

from __future__ import annotations

import json
from sys import intern
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt

from quotes.records import Setting
from quotes.text.traces import VERSION, list_expansions, list_names, list_phrases

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from quotes.store.connect import Connection

    Numbers: TypeAlias = npt.NDArray[np.uint32]

_ARTICLES = """
SELECT a.id, a.title, a.published, o.id AS outlet_id, o.name AS outlet_name, s.names, s.phrases, s.expansions
FROM articles AS a JOIN outlets AS o ON o.id = a.outlet_id
LEFT JOIN match_settings AS s ON s.article_id = a.id AND s.version = ?
ORDER BY a.id
"""
_QUOTES = "SELECT text, context_before, context_between, context_after FROM quotes WHERE article_id = ?"
_KEEP = """
INSERT OR REPLACE INTO match_settings (article_id, version, names, phrases, expansions) VALUES (?, ?, ?, ?, ?)
"""


class Traces(NamedTuple):
    """What an article's words tell of its story, as it is kept: lists in JSON, and numbers of four bytes."""

    article_id: str
    names: str
    phrases: bytes
    expansions: str


def read_settings(connection: Connection) -> tuple[tuple[Setting, ...], tuple[Traces, ...]]:
    """Return the setting of each article in order of ids, and what had to be read from words for it."""
    articles = connection.execute(_ARTICLES, (VERSION,)).fetchall()
    read = {
        row["id"]: _find_traces(row, connection.execute(_QUOTES, (row["id"],)).fetchall())
        for row in articles
        if row["names"] is None
    }
    traces = [
        read.get(row["id"]) or Traces(row["id"], row["names"], row["phrases"], row["expansions"])
        for row in articles
    ]
    shared = _list_shared(one.phrases for one in traces)
    settings = (_describe(row, one, shared) for row, one in zip(articles, traces, strict=True))
    return tuple(settings), tuple(read.values())


def keep_traces(connection: Connection, traces: Sequence[Traces]) -> None:
    """Keep what was read from words; the database forgets it where they change."""
    rows = ((one.article_id, VERSION, one.names, one.phrases, one.expansions) for one in traces)
    connection.executemany(_KEEP, rows)


def _find_traces(article: Mapping[str, str], quotes: Sequence[Mapping[str, str]]) -> Traces:
    title = article["title"] or ""
    passages = [] if _is_headline(title) else [title]
    for row in quotes:
        passages += [row["context_before"], row["text"], row["context_after"]]
        passages += json.loads(row["context_between"])
    phrases = {phrase for row in quotes for phrase in list_phrases(row["text"])}
    return Traces(
        article["id"],
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
