"""WARC, what web archives keep: each page that was answered in it is read as if it were fetched now."""

from __future__ import annotations

import logging
from collections import Counter
from typing import TYPE_CHECKING, Any, BinaryIO, Final

from quotes.errors import SourceError
from quotes.records import Unreadable
from quotes.sources.addresses import hide_secrets
from quotes.sources.details import Details, normal_address, one_line
from quotes.sources.outlets import name_outlet, outlet_of_links
from quotes.sources.pages import read_page
from quotes.sources.place import Place

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quotes.sources.place import Found, Warn

MOST_PAGE: Final = 20_000_000
"""The most bytes of one page as the archive keeps it."""
_MOST_BROKEN = 1_000  # records, after which the rest is left
_MOST_LINES = 100_000  # of one record's headers
_LONGEST_LINE = 100_000
_NO_WARC, _BROKEN = "not a WARC file", "a broken record passed over"
_PAGES = ("text/html", "application/xhtml+xml")
_PACKED = ("", "identity", "gzip", "x-gzip")


def read_warc(place: Place, warn: Warn) -> Iterator[Found]:
    """Yield the article of each page in the archive, and each page or record that gave none, with the reason.

    Answers other than 200, those that are no page, and repeats of earlier ones are passed over and counted.
    When the archive was made says nothing of when a page was published.
    """
    passed: Counter[str] = Counter()
    with place.open() as stream:
        for record in _read_records(stream, place):
            if isinstance(record, Unreadable):
                yield record
            elif reason := _why_not(record):
                passed[reason] += 1
            elif record.rec_type == "response":
                yield from _read_response(record, place, warn)
    if passed:
        parts = ", ".join(f"{reason} ({count:,})" for reason, count in sorted(passed.items()))
        warn(f"{place.source}: passed over: {parts}")


def _read_records(stream: BinaryIO, place: Place) -> Iterator[Any]:
    """Yield the archive's records; where one is broken that it is, and then those behind it."""
    from warcio.exceptions import ArchiveLoadFailed

    logging.getLogger("warcio").addHandler(logging.NullHandler())
    lines, iterator = _begin(stream, place)
    reason = _NO_WARC
    for _ in range(_MOST_BROKEN):
        begin = b""
        try:
            for record in iterator:
                if record.length is None:
                    raise ValueError("no telling where the next one begins")
                reason = ""
                yield record
                lines.count = 0
        except (ArchiveLoadFailed, ValueError, KeyError, AttributeError, TypeError):
            begin = _find_record(lines)
            reason = _BROKEN if begin else reason or _BROKEN
        if reason:
            yield Unreadable(place.source, reason, place.details.outlet)
        if not begin:
            return
        read_already = begin + lines.read(lines.rem_length())
        lines, iterator = _begin(_Joined(read_already, stream), place)


def _begin(stream: Any, place: Place) -> tuple[_Lines, Any]:
    from warcio.archiveiterator import ArchiveIterator

    class Quiet(ArchiveIterator):  # type: ignore[misc]
        """An iterator that does not write to the terminal."""

        INC_RECORD = ""

    iterator = Quiet(stream)
    lines = _Lines(iterator.reader, place.source)
    iterator.reader = lines
    return lines, iterator


class _Lines:
    """The archive's reader, with bounds on lines."""

    def __init__(self, reader: Any, where: str) -> None:
        self._reader = reader
        self._where = where
        self.count = 0

    def __getattr__(self, name: str) -> Any:
        return getattr(self._reader, name)

    def readline(self, length: int | None = None) -> bytes:
        """Return the next line, or the beginning of a long one. Raises SourceError where there is no end."""
        self.count += 1
        if self.count > _MOST_LINES:
            raise SourceError(f"{self._where}: a record of more than {_MOST_LINES:,} lines; not read further")
        line: bytes = self._reader.readline(min(length or _LONGEST_LINE, _LONGEST_LINE))
        return line


class _Joined:
    """What was read of a stream already, and what follows it."""

    def __init__(self, first: bytes, rest: BinaryIO) -> None:
        self._first, self._rest = first, rest

    def read(self, size: int) -> bytes:
        first, self._first = self._first, b""
        return first or self._rest.read(size)


def _find_record(lines: _Lines) -> bytes:
    """Return the line that begins the next record; empty where there is none."""
    while True:
        lines.count = 0
        line = lines.readline()
        if not line or line.startswith(b"WARC/"):
            return line


def _why_not(record: Any) -> str | None:
    """Return why a record is passed over, in the plural; None where it is not, or is none of an answer."""
    if record.rec_type == "revisit":
        return "repeats"
    if record.rec_type != "response":
        return None
    headers = record.http_headers
    if headers is None or headers.get_statuscode() != "200":
        return "answers other than 200"
    return None if _media_type(headers)[0] in _PAGES else "other files than pages"


def _media_type(headers: Any) -> tuple[str, str | None]:
    """Return the media type and the charset that an answer's headers say."""
    media, *parameters = (headers.get_header("Content-Type") or "").split(";")
    named = dict(one.strip().lower().partition("=")[::2] for one in parameters)
    return media.strip().lower(), named.get("charset", "").strip("\"' ") or None


def _read_response(record: Any, place: Place, warn: Warn) -> Iterator[Found]:
    address = normal_address(record.rec_headers.get_header("WARC-Target-URI") or "")
    if address is None:
        yield Unreadable(place.source, "a page without a web address in the archive", place.details.outlet)
        return
    outlet = outlet_of_links(place) or name_outlet(address)
    source = f"{place.source}#{hide_secrets(address)}"
    try:
        known = Details(outlet=outlet, language=place.details.language, kind=place.details.kind)
        _, charset = _media_type(record.http_headers)
        data = _read_body(record, source)
        page = Place(source, known, data=data, address=address, charset=charset, ending=".html")
        yield from read_page(page, warn)
    except SourceError as error:
        reason = str(error).removeprefix(f"{source}: ").removeprefix(f"{place.source}: ")
        yield Unreadable(source, reason, outlet)
    except Exception as error:  # one page must not cost the others
        yield Unreadable(source, f"cannot be read ({type(error).__name__})", outlet)


def _read_body(record: Any, source: str) -> bytes:
    """Return a page as its server packed it: it is unpacked where it is read."""
    from warcio.bufferedreaders import ChunkedDataReader

    headers = record.http_headers
    packing = (headers.get_header("Content-Encoding") or "").strip().lower()
    if packing not in _PACKED:
        raise SourceError(f"{source}: packed as {one_line(packing[:20])}, which is not read")
    is_chunked = (headers.get_header("Transfer-Encoding") or "").strip().lower() == "chunked"
    stream = ChunkedDataReader(record.raw_stream) if is_chunked else record.raw_stream
    data: bytes = stream.read(MOST_PAGE + 1)
    if len(data) > MOST_PAGE:
        raise SourceError(f"{source}: a page larger than {MOST_PAGE // 1_000_000} MB; not read")
    return data
