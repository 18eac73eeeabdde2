"""The bytes of an answer: of what kind they are, unpacked, and no more of them than allowed."""

from __future__ import annotations

import re
import zlib
from typing import TYPE_CHECKING

from quotes.fetch.failure import FetchError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_PIECE = 65_536
_MEMBER = b"\x1f\x8b"  # a gzip file may have several, one behind the other
_READ = re.compile(
    r"text/(?!css$|javascript$)\S*|application/(?:octet-stream|(?:x-)?(?:gzip|ndjson|subrip|jsonlines|mbox)|jsonl)"
    r"|application/(?:\S*[+.-])?(?:xml|json|pdf|warc|opml|csv|rss|atom)|message/rfc822|binary/octet-stream"
)
_PLAIN = ("", "identity", "none", "binary", "8bit", "utf-8")  # some servers mean something else by it
_CHARSET = re.compile(r"""charset\s{0,9}=\s{0,9}["']?([A-Za-z0-9._:-]{1,40})""")


def read_kind(content_type: str | None) -> tuple[str | None, str | None]:
    """Return the media type and the charset that a header names, in lower case.

    >>> read_kind('Text/HTML; charset="UTF-8"'), read_kind("nonsense"), read_kind(None)
    (('text/html', 'utf-8'), (None, None), (None, None))
    """
    named, _, parameters = (content_type or "")[:500].partition(";")
    kind = named.strip().lower()
    charset = _CHARSET.search(parameters.lower())
    return (kind if re.fullmatch(r"[\w.+-]+/[\w.+-]+", kind) else None), charset and charset.group(1)


def is_read(media_type: str | None) -> bool:
    """Return whether data of this media type may hold articles or a list of them; unknown: it may.

    >>> [is_read(kind) for kind in ("text/html", "application/rss+xml", "image/png", "video/mp4", None)]
    [True, True, False, False, True]
    """
    return media_type is None or bool(_READ.fullmatch(media_type))


def read_bytes(chunks: Iterable[bytes], encoding: str, most: int, *, may_be_cut: bool = False) -> bytes:
    """Return the data of `chunks`, unpacked. Raises FetchError where it is more than `most` bytes or broken.

    Where it `may_be_cut`, the first `most` bytes are returned instead.
    """
    data = bytearray()
    for piece in _unpack(_limit(chunks, most, may_be_cut), encoding.strip().lower()):
        data += piece
        if len(data) > most:
            if may_be_cut:
                break
            raise FetchError(say_too_much(most))
    return bytes(data[:most])


def say_too_much(most: int) -> str:
    """Return the reason for which more than `most` bytes are not taken."""
    return f"more than {most / 1_000_000:g} MB" if most >= 100_000 else f"more than {most:,} bytes"


def _limit(chunks: Iterable[bytes], most: int, may_be_cut: bool) -> Iterator[bytes]:
    taken = 0
    for chunk in chunks:
        yield chunk
        taken += len(chunk)
        if taken > most:
            if may_be_cut:
                return
            raise FetchError(say_too_much(most))


def _unpack(chunks: Iterator[bytes], encoding: str) -> Iterator[bytes]:
    if encoding in _PLAIN:
        return chunks
    if encoding in ("gzip", "x-gzip"):
        return _inflate(chunks, (zlib.MAX_WBITS | 16,))
    if encoding == "deflate":  # with a header, or as many servers send it, without one
        return _inflate(chunks, (zlib.MAX_WBITS, -zlib.MAX_WBITS))
    raise FetchError(f"came packed in a way that was not asked for ({encoding[:20]})")


def _inflate(chunks: Iterator[bytes], formats: tuple[int, ...]) -> Iterator[bytes]:
    """Yield what is packed in `chunks`, in bounded pieces. The first of `formats` that fits is taken."""
    packed, held = None, b""
    try:
        for chunk in chunks:
            left, held = held + chunk, b""
            while left:
                if packed is None or packed.eof:
                    if len(left) < len(_MEMBER):
                        held = left
                        break
                    if packed and not left.startswith(_MEMBER):
                        return  # padding behind the end
                    packed = zlib.decompressobj(_choose(left, formats))
                yield packed.decompress(left, _PIECE)
                left = packed.unused_data or packed.unconsumed_tail
        while packed and (piece := packed.decompress(b"", _PIECE)):
            yield piece
    except zlib.error as error:
        raise FetchError("its packed data is broken", may_pass=True) from error
    if (packed and not packed.eof) or (held and not packed):
        raise FetchError("its packed data ends too early", may_pass=True)


def _choose(start: bytes, formats: tuple[int, ...]) -> int:
    for wbits in formats[:-1]:
        try:
            zlib.decompressobj(wbits).decompress(start, 1)
        except zlib.error:
            continue
        return wbits
    return formats[-1]
