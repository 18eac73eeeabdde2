"""The sources list: what a person wants read, hour by hour, in a file of their own. Read, never written."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from quotes.errors import SourceError
from quotes.sources.details import Details, normal_kind, normal_language, one_line
from quotes.sources.files import SOURCES_NAMES, absolute
from quotes.sources.opml import read_opml
from quotes.sources.place import Place
from quotes.sources.source import HOW, Source, read_address
from quotes.sources.tables import split_rows
from quotes.text.decode import decode

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

LIMIT = 5_000_000
"""The most bytes of a sources list: a person wrote it."""

_COMMENT = re.compile(r"(?:^|\s)#.{0,10000}$")


def find_sources_file(database: Path) -> Path | None:
    """Return the sources list beside a database, one that is named after it first; None where none is."""
    names = [*(f"{database.stem}.{name}" for name in SOURCES_NAMES), *SOURCES_NAMES]
    return next((path for path in map(database.with_name, names) if path.is_file()), None)


def read_sources(path: Path) -> list[Source]:
    """Return what a sources list names, in order; paths are relative to the list's own folder.

    A .csv file has a column “source” and may have “outlet”, “kind” and “language”; an .opml file is a feed
    reader's list; any other has an address or a path a line, with # before comments.
    Raises SourceError, naming the line, where one cannot be used.
    """
    data = _read_bytes(path)
    if path.suffix.lower() == ".opml":
        return _read_feed_list(path, data)
    if not data.removeprefix(b"\xef\xbb\xbf").strip():
        return []
    text = decode(data, str(path))
    rows = _read_table(text, path) if path.suffix.lower() == ".csv" else _read_lines(text)
    return [_read_source(row, path, f"{path.name}:{number}") for number, row in rows]


def _read_bytes(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            data = file.read(LIMIT + 1)
    except OSError as error:
        raise SourceError(f"{path}: the list of sources cannot be opened: {error.strerror}") from error
    if len(data) > LIMIT:
        raise SourceError(f"{path}: larger than {LIMIT // 1_000_000} MB; is this the list of sources?")
    return data


def _read_feed_list(path: Path, data: bytes) -> list[Source]:
    place = Place(str(path), Details(outlet=""), data=data)
    found = [
        Source(address=linked.address, outlet=linked.details.outlet or None, line=path.name)
        for linked in read_opml(place)
    ]
    if not found:
        raise SourceError(f"{path}: no feed in it; an OPML list has outlines with “xmlUrl”")
    return found


def _read_lines(text: str) -> Iterator[tuple[int, Mapping[str, str]]]:
    for number, line in enumerate(text.splitlines(), 1):
        if words := _COMMENT.sub("", line).strip(" \t\ufeff"):
            yield number, {"source": words}


def _read_table(text: str, path: Path) -> Iterator[tuple[int, Mapping[str, str]]]:
    lines = (line.encode("utf-8") for line in text.lstrip().splitlines(keepends=True))
    header: list[str] = []
    for number, row in split_rows(lines, str(path)):
        if not isinstance(row, list):
            raise SourceError(f"{path.name}:{number}: this row is not CSV: {row}")
        if not "".join(row).strip() or row[0].lstrip().startswith("#"):
            continue
        if header:
            yield number, dict(zip(header, row, strict=False))
            continue
        header = [name.strip().lower() for name in row]
        if "source" not in header:
            raise SourceError(f"{path}: no column “source”; its first line must name the columns")


def _read_source(row: Mapping[str, str], path: Path, line: str) -> Source:
    """Return the source of a row or line."""
    word = one_line(row.get("source"))
    if word is None:
        raise SourceError(f"{line}: no source in this row; {HOW}")
    kind, language = one_line(row.get("kind")), one_line(row.get("language"))
    if kind and not normal_kind(kind):
        raise SourceError(f"{line}: the kind {kind!r} is not known; write article or transcript")
    if language and not normal_language(language):
        raise SourceError(f"{line}: the language {language!r} is not a code; write one like en or pt-BR")
    address = _read_address(word, line)
    return Source(
        path=None if address else absolute(path.parent / Path(word).expanduser()),
        address=address,
        outlet=one_line(row.get("outlet")),
        kind=normal_kind(kind) if kind else None,
        language=normal_language(language) if language else None,
        line=line,
    )


def _read_address(word: str, line: str) -> str | None:
    try:
        return read_address(word)
    except SourceError as error:
        raise SourceError(f"{line}: {error}") from error
