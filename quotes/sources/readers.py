"""Readers: one function for each kind of file, from a file to its articles."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, BinaryIO, Final

from quotes.errors import SourceError
from quotes.records import Article, Unreadable
from quotes.sources.details import add_details, make_article, one_line
from quotes.text.decode import LIMIT, clean, decode

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quotes.sources.place import Place, Reader, Warn


def read_text(place: Place, _warn: Warn) -> Iterator[Article]:
    """Yield the one article of a plain text file."""
    yield make_article(decode(place.read(), place.source), place.source, place.details)


def read_json_lines(place: Place, warn: Warn) -> Iterator[Article | Unreadable]:
    """Yield an article for each line, a JSON object with `text` and what else is known.

    Its source is the file with the line's number or, where the record has `doc` or `id`, with that.
    """
    with place.open() as file:
        for number, line in enumerate(_bounded_lines(file), 1):
            if line.strip():
                yield _read_record(line, f"{place.source}:{number}", place, warn)


def document_name(article: Article) -> str:
    """Return the name that `quotes extract` prints: the file's stem, or a record's own id or line number."""
    file, mark, record = article.source.partition(".jsonl#")
    if mark:
        return record
    name = file.rpartition("/")[2]
    stem, _, line = name.partition(".jsonl:")
    return f"{stem}:{line}" if line else name.rpartition(".")[0] or name


def _bounded_lines(file: BinaryIO) -> Iterator[bytes]:
    """Yield the lines; of one that is too long, its beginning, long enough to be refused."""
    while line := file.readline(LIMIT + 1):
        part = line
        while part and not part.endswith(b"\n") and len(part) > LIMIT:
            part = file.readline(LIMIT + 1)
        yield line


def _read_record(line: bytes, where: str, place: Place, warn: Warn) -> Article | Unreadable:
    try:
        record = json.loads(decode(line, where))
    except SourceError as error:
        return Unreadable(where, reason_of(error, where), place.details.outlet)
    except (ValueError, RecursionError):
        return Unreadable(where, "this line is not JSON", place.details.outlet)
    text = record.get("text") if isinstance(record, dict) else None
    if not isinstance(text, str) or not text.strip():
        return Unreadable(where, 'this line is not an object with "text"', place.details.outlet)
    name = one_line(record.get("doc")) or one_line(record.get("id"))
    source = f"{place.source}#{name}" if name else where
    return make_article(clean(text), source, add_details(place.details, record, where, warn))


def reason_of(error: SourceError, where: str) -> str:
    """Return an error's message without the name of the place, which is kept apart."""
    return str(error).removeprefix(f"{where}: ")


READERS: Final[dict[str, Reader]] = {".txt": read_text, ".jsonl": read_json_lines}
"""What reads a file, by the ending of its name in lower case."""
