"""Whether quotes stand where they are said to in the texts that are kept, and those are what was read."""

from __future__ import annotations

import json
from itertools import groupby
from typing import TYPE_CHECKING

from quotes.errors import DatabaseError
from quotes.store.check import Finding
from quotes.store.connect import reading
from quotes.store.rows import cut_after, cut_before, hash_text, list_between
from quotes.store.rules import ARTICLES, CACHE, RESTORE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from quotes.store.connect import Connection
    from quotes.store.rows import Row

_QUOTES = """
SELECT q.article_id, coalesce(r.content_hash, a.content_hash) AS content_hash, q.id, q.text, q.spans,
       q.last_revision, q.context_before, q.context_after, q.context_between, q.speaker_span,
       q.speaker_as_printed, q.cue_span, q.cue
FROM quotes AS q
INNER JOIN articles AS a ON a.id = q.article_id
LEFT JOIN revisions AS r ON r.article_id = q.article_id AND r.revision = q.last_revision
WHERE (q.last_revision IS NULL AND a.stages_version <> '') OR r.article_id IS NOT NULL
ORDER BY q.article_id, 2
"""
_PRINTED = (("speaker_span", "speaker_as_printed"), ("cue_span", "cue"))


def check_spans(connection: Connection, texts: Connection) -> list[Finding]:
    """Return the quotes that do not stand in their article's text with the words around them that are kept.

    Articles whose text is not kept, or is damaged, cannot be looked at. Those that are marked to be analysed
    again need not be.
    """
    wrong: set[str] = set()
    former: set[str] = set()
    with reading(connection):
        rows = connection.execute(_QUOTES)
        for (article, content_hash), quotes in groupby(rows, lambda row: (row[0], row[1])):
            text = _read_text(texts, content_hash)
            for quote in quotes:
                if text is not None and not stands(text, quote):
                    (wrong if quote["last_revision"] is None else former).add(article)
    what = "articles whose quotes do not stand where they are said to in the text that was read"
    return [
        Finding(what if how is ARTICLES else f"{what} for a former revision", tuple(sorted(ids)), how)
        for ids, how in ((wrong, ARTICLES), (former, RESTORE))
        if ids
    ]


def stands(text: str, quote: Row) -> bool:
    """Return whether a quote's words, speaker, cue and context are those of the text at its spans.

    Marks are left out: a comma that only led to “she said” is stored as the full stop that it stands for.
    """
    spans = tuple((start, end) for start, end in json.loads(quote["spans"]))
    if not spans or any(not 0 <= start < end <= len(text) for start, end in spans):
        return False
    return (
        _letters(text[slice(*span)] for span in spans) == _letters([quote["text"]])
        and quote["context_before"] == cut_before(text, spans[0][0])
        and quote["context_after"] == cut_after(text, spans[-1][1])
        and json.loads(quote["context_between"]) == list_between(text, spans)
        and all(
            quote[span] is None or _fold(text[slice(*json.loads(quote[span]))]) == quote[words]
            for span, words in _PRINTED
        )
    )


def check_texts(texts: Connection, thoroughly: bool) -> Iterator[Finding]:
    """Yield what is wrong with texts.db; `thoroughly` compares every text with its hash."""
    try:
        pragma = "integrity_check" if thoroughly else "quick_check"
        said = texts.execute(f"PRAGMA {pragma}(1)").fetchone()[0]
        if said != "ok":
            yield Finding(f"{texts.name}: pages that are damaged", (" ".join(str(said).split()),), CACHE)
        elif lost := tuple(_list_altered(texts)) if thoroughly else ():
            yield Finding(f"{texts.name}: texts that are not what was read", lost, CACHE)
    except DatabaseError as error:
        yield Finding(f"what cannot be read ({error.fault})", (), CACHE)


def _list_altered(texts: Connection) -> Iterator[str]:
    for content_hash, text in texts.execute("SELECT content_hash, text FROM texts"):
        if hash_text(text) != content_hash:
            yield content_hash[:16]


def _read_text(texts: Connection, content_hash: str) -> str | None:
    try:
        row = texts.execute("SELECT text FROM texts WHERE content_hash = ?", (content_hash,)).fetchone()
    except DatabaseError:
        return None
    return row[0] if row and hash_text(row[0]) == content_hash else None


def _letters(words: Iterable[str]) -> str:
    return "".join(letter for piece in words for letter in piece if letter.isalnum())


def _fold(words: str) -> str:
    return " ".join(words.split())
