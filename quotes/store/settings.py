"""What surrounds the speakers of each article, read once from the words kept around its quotes."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from quotes.records import Setting
from quotes.text.traces import VERSION, list_expansions, list_names, list_phrases

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from quotes.store.connect import Connection

_ARTICLES = """
SELECT a.id, a.title, a.published, o.id AS outlet_id, o.name AS outlet_name, s.names, s.phrases, s.expansions
FROM articles AS a JOIN outlets AS o ON o.id = a.outlet_id
LEFT JOIN match_settings AS s ON s.article_id = a.id AND s.version = ?
ORDER BY a.id
"""
_QUOTES = "SELECT text, context_before, context_between, context_after FROM quotes WHERE article_id = ?"
_KEPT = "SELECT article_id FROM match_settings WHERE version = ?"
_KEEP = """
INSERT OR REPLACE INTO match_settings (article_id, version, names, phrases, expansions) VALUES (?, ?, ?, ?, ?)
"""


class _Traces(NamedTuple):
    names: frozenset[str]
    phrases: frozenset[int]
    expansions: frozenset[tuple[str, str]]


def read_settings(connection: Connection) -> Iterator[Setting]:
    """Yield the setting of each article in order of ids: as it is kept, or else from its words."""
    for article in connection.execute(_ARTICLES, (VERSION,)):
        if article["names"] is None:
            traces = _find(article["title"] or "", connection.execute(_QUOTES, (article["id"],)).fetchall())
        else:
            traces = _recall(article)
        outlets = tuple(dict.fromkeys((article["outlet_name"], article["outlet_id"])))
        yield Setting(article["id"], outlets, article["published"], *traces)


def keep_settings(connection: Connection, settings: Sequence[Setting]) -> None:
    """Keep what was read from words; the database forgets it where they change."""
    kept = {row[0] for row in connection.execute(_KEPT, (VERSION,))}
    read = (setting for setting in settings if setting.article_id not in kept)
    connection.executemany(_KEEP, map(_row, read))


def _row(setting: Setting) -> tuple[str, int, str, bytes, str]:
    names, expansions = (
        json.dumps(sorted(traces), ensure_ascii=False) for traces in (setting.names, setting.expansions)
    )
    phrases = np.array(sorted(setting.phrases), dtype="<u4").tobytes()
    return setting.article_id, VERSION, names, phrases, expansions


def _recall(kept: Mapping[str, Any]) -> _Traces:
    return _Traces(
        names=frozenset(json.loads(kept["names"])),
        phrases=frozenset(np.frombuffer(kept["phrases"], dtype="<u4").tolist()),
        expansions=frozenset((short, full) for short, full in json.loads(kept["expansions"])),
    )


def _find(title: str, quotes: Sequence[Mapping[str, str]]) -> _Traces:
    passages = [] if _is_headline(title) else [title]
    for row in quotes:
        passages += [row["context_before"], row["text"], row["context_after"]]
        passages += json.loads(row["context_between"])
    return _Traces(
        names=frozenset(name for passage in passages for name in list_names(passage)),
        phrases=frozenset(phrase for row in quotes for phrase in list_phrases(row["text"])),
        expansions=frozenset(pair for passage in passages for pair in list_expansions(passage)),
    )


def _is_headline(title: str) -> bool:
    """Say whether most words of a title have capitals: then capitals tell no names."""
    words = title.split()
    return sum(word[:1].isupper() for word in words) * 2 > len(words)
