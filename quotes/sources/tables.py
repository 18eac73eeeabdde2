"""CSV and TSV as a stream of rows: a bad row costs itself and no other."""

from __future__ import annotations

import csv
from collections import deque
from itertools import chain
from typing import TYPE_CHECKING, Final, Literal

from quotes.errors import SourceError
from quotes.text.decode import LIMIT, decode

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from quotes.sources.place import Place

LONGEST_ROW: Final = 20_000
"""The most lines of one row: a text in a cell has as many as it has lines."""
_MOST_REREAD = 1_000_000  # lines, in all: each row that never ends has its lines read once more
_UTF16 = (b"\xff\xfe", b"\xfe\xff")

Row = list[str] | csv.Error | SourceError


def read_rows(place: Place, is_plain: Callable[[list[str]], bool]) -> Iterator[tuple[int, Row]]:
    """Yield each row that is not empty with the number of the line it begins on, or what is wrong with it.

    Columns are parted by tabs, commas or semicolons, whichever the first line has most of. `is_plain` says of
    its cells, parted by tabs, that quotation marks are letters in this file.
    """
    lines = read_lines(place)
    first = next(lines, b"").removeprefix(b"\xef\xbb\xbf")
    head = first.decode("utf-8", "replace")
    mark = "\t" if place.suffix == ".tsv" else max(",\t;", key=head.count)
    quoted = not is_plain(head.rstrip("\r\n").split("\t"))
    yield from split_rows(chain([first], lines), place.source, mark, quoted=quoted)


def split_rows(
    lines: Iterable[bytes], where: str, mark: str = ",", *, quoted: bool = True
) -> Iterator[tuple[int, Row]]:
    """Yield the rows of `lines`. A mark that is never closed would take the rest of the file with it."""
    csv.field_size_limit(max(csv.field_size_limit(), LIMIT))
    waiting, rest = deque[bytes](), iter(lines)
    number, to_reread = 1, _MOST_REREAD
    while True:
        taken: list[bytes] = []
        row = _read_row(_decode_lines(_take(waiting, rest, taken), where), mark, quoted=quoted)
        if row is None:
            return
        if row:
            yield number, row
        if isinstance(row, list):
            number += len(taken)
            continue
        waiting.extendleft(reversed(taken[1:]))
        number, to_reread = number + 1, to_reread - len(taken)
        if to_reread < 0:
            yield number, csv.Error("too many rows that never end; the rest was not read")
            return


def _read_row(lines: Iterator[str], mark: str, *, quoted: bool) -> Row | None:
    """Return the row that the next lines are; None at the end."""
    quoting: Literal[0, 3] = csv.QUOTE_MINIMAL if quoted else csv.QUOTE_NONE
    try:
        return next(csv.reader(lines, delimiter=mark, quoting=quoting, strict=True), None)
    except (csv.Error, SourceError) as error:
        return error


def read_lines(place: Place) -> Iterator[bytes]:
    """Yield the lines of a file as UTF-8, or as they are; of one that is too long, enough to be refused."""
    with place.open() as file:
        head = file.read(2)
        if head in _UTF16:
            text = decode(head + file.read(LIMIT), place.source)
            yield from (line.encode("utf-8") for line in text.splitlines(keepends=True))
            return
        line = head if head.endswith(b"\n") else head + file.readline(LIMIT + 1)
        while line:
            part = line
            while part and not part.endswith(b"\n") and len(part) > LIMIT:
                part = file.readline(LIMIT + 1)
            yield line
            line = file.readline(LIMIT + 1)


def _take(waiting: deque[bytes], rest: Iterator[bytes], taken: list[bytes]) -> Iterator[bytes]:
    """Yield the next lines, keeping them in `taken`, as many as a row may have."""
    size = 0
    while len(taken) < LONGEST_ROW and size <= LIMIT:
        line = waiting.popleft() if waiting else next(rest, None)
        if line is None:
            return
        taken.append(line)
        size += len(line)
        yield line


def _decode_lines(lines: Iterator[bytes], where: str) -> Iterator[str]:
    """Yield clean text, one line for each: rare line breaks within one become spaces."""
    for line in lines:
        text = decode(line, where) if line.strip() else "\n"
        yield " ".join(text.splitlines()) + "\n" if "\n" in text[:-1] else text
