"""Bytes to clean text, in this one place.

Cleaning keeps the length: one code point in, one code point out, so that an offset into the clean text is an
offset into the file as decoded (UTF-8's byte-order mark counts as one). For the same reason nothing is
composed to NFC here: the two sides of a comparison are, where they are compared.
"""

from __future__ import annotations

import codecs
import re

from quotes.errors import SourceError

LIMIT = 50_000_000
"""The most bytes one article may have."""

# More control characters than this, in 1,000 code points, and the data is not text.
_MOST_CONTROLS = 10

_FORMATS = (
    (b"%PDF-", "a PDF file"),
    (b"PK\x03\x04", "a ZIP archive or an office document"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"{\\rtf", "a rich-text file"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"SQLite format 3\x00", "a SQLite database"),
)
_UTF16 = {codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}
_LINE_BREAKS = "\v\f\x85\u2028\u2029"
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")
_TABLE = (
    {code: " " for code in (*range(0x20), *range(0x7F, 0xA0), 0xFEFF) if chr(code) not in "\t\n\r"}
    | {ord(mark): "\n" for mark in _LINE_BREAKS}
    | dict.fromkeys(range(0xD800, 0xE000), "\ufffd")
)
# What English text in Windows' Western encoding holds beside ASCII: accented letters, marks, dashes, signs.
_WESTERN = re.compile("[^\x00-\x7fÀ-ÖØ-öø-ÿŒœŠšŽžŸƒ‘’‚“”„‹›«»–—…•·€£¥¢§©®™°±²¼½¾º¡¿\xa0\xad]")


def decode(data: bytes, where: str) -> str:
    """Return `data` as clean text with the line breaks it has; `where` is what an error message names.

    UTF-8 and, with a byte-order mark, UTF-16 are read; anything else only where it can hardly be but Windows'
    Western encoding. Raises SourceError where the data is empty, too large, binary or in no known encoding.
    """
    refuse_formats(data, where)
    text = _decode_utf16(data, where) if data[:2] in _UTF16 else _decode_bytes(data, where)
    return clean_text(text, where)


def refuse_formats(data: bytes, where: str) -> None:
    """Raise SourceError where `data` is too large, or begins like a file that is no text."""
    if len(data) > LIMIT:
        raise SourceError(f"{where}: larger than {LIMIT // 1_000_000} MB; split it into one file an article")
    for start, name in _FORMATS:
        if data.startswith(start):
            raise SourceError(f"{where}: {name}, not text; save it as plain text first")


def clean_text(text: str, where: str) -> str:
    """Return `text` as `clean` does. Raises SourceError where it is empty or was binary data."""
    if len(_CONTROLS.findall(text)) * 1000 > _MOST_CONTROLS * len(text):
        raise SourceError(f"{where}: binary data, not text; save it as plain text first")
    text = clean(text)
    if not text.strip():
        raise SourceError(f"{where}: empty; nothing to read")
    return text


def clean(text: str) -> str:
    """Return `text`, as long as before, with nothing in it that is not text.

    Control characters and byte-order marks become spaces, rare line breaks "\\n", lone surrogates U+FFFD.

    >>> clean("a\\x00b\\x0cc")
    'a b\\nc'
    """
    return text if text.isascii() and text.isprintable() else text.translate(_TABLE)


def _decode_utf16(data: bytes, where: str) -> str:
    try:
        return data[2:].decode(_UTF16[data[:2]])
    except UnicodeDecodeError as error:
        raise SourceError(f"{where}: begins as UTF-16 but is not, at byte {error.start + 2}") from error


def _decode_bytes(data: bytes, where: str) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        text = _decode_western(data)
        if text is None:
            raise SourceError(
                f"{where}: not UTF-8 text (byte {error.start}); save it as UTF-8 and try again"
            ) from error
        return text


def _decode_western(data: bytes) -> str | None:
    """Return `data` as Windows' Western encoding, or None where it may be another one or a damaged file."""
    if any(char not in "\ufffd" and char > "\x7f" for char in set(data.decode("utf-8", "replace"))):
        return None  # some of it is UTF-8 beyond ASCII: a damaged file
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError:
        return None
    beyond_ascii = sum(char > "\x7f" for char in text)
    return None if _WESTERN.search(text) or beyond_ascii * 4 > len(text) else text
