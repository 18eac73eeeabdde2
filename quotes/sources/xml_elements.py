"""XML as a stream of its elements, one after the other: no tree, no entities, nothing fetched."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO
from xml.parsers.expat import ExpatError, ParserCreate  # entities are refused before any is used

from quotes.errors import SourceError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_CHUNK = 64 * 1024
_DEEPEST = 100
_LONGEST_TEXT = 10_000  # characters of one element that are kept
_LONGEST_TAG = 1_000_000  # bytes: what is not closed by then is read again with each chunk
_PROLOGUE = 1_000_000  # bytes before the root element
_ROOT = re.compile(rb"<(?:[\w-]{1,40}:)?(rss|feed|RDF|urlset|sitemapindex|opml)[\s>]")


class MalformedError(SourceError):
    """Data is not XML to the letter."""


@dataclass(frozen=True, slots=True)
class Element:
    """An element that was closed: the names from the root down to it, without prefixes, and its text."""

    path: tuple[str, ...]
    attributes: Mapping[str, str]
    text: str


def read_elements(stream: BinaryIO, where: str) -> Iterator[Element]:
    """Yield each element when it is closed, those in it before. Memory is bounded by the depth.

    Raises SourceError where the data is not XML, or is made to be more than it looks like.
    """
    walk = _Walk(where)
    for chunk in _chunks(stream):
        try:
            walk.feed(chunk)
        except MalformedError:
            yield from walk.take()
            raise
        yield from walk.take()


def name_root(stream: BinaryIO, where: str) -> str | None:
    """Return the name of the root element without its prefix; None where there is none.

    Raises SourceError where the document declares entities: no list needs them.
    """
    walk, first = _Walk(where), b""
    for chunk in _chunks(stream):
        first = first or chunk
        try:
            walk.feed(chunk)
        except MalformedError:
            return walk.root or _guess_root(first, where)
        if walk.root or walk.fed > _PROLOGUE:
            break
    return walk.root


def _guess_root(head: bytes, where: str) -> str | None:
    """Return the root element of what is no XML to the letter, as many feeds are not."""
    found = _ROOT.search(head[:4_000])
    if found and b"<!ENTITY" in head:
        raise _declares_entities(where)
    return found[1].decode("ascii") if found else None


def _declares_entities(where: str) -> SourceError:
    return SourceError(f"{where}: XML that declares entities of its own, as no feed needs; not read")


def _chunks(stream: BinaryIO) -> Iterator[bytes]:
    """Yield the stream's bytes in chunks, the last one empty, without blanks before the first."""
    chunk = stream.read(_CHUNK).lstrip(b" \t\r\n")
    while chunk:
        yield chunk
        chunk = stream.read(_CHUNK)
    yield b""


class _Walk:
    """What is open while a document is read."""

    def __init__(self, where: str) -> None:
        self._where = where
        self._names: list[str] = []
        self._attributes: list[Mapping[str, str]] = []
        self._texts: list[str] = []
        self._closed: list[Element] = []
        self._parser = ParserCreate()
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._open
        self._parser.EndElementHandler = self._close
        self._parser.CharacterDataHandler = self._add_text
        self._parser.EntityDeclHandler = self._refuse
        self.root: str | None = None
        self.fed = 0

    def feed(self, chunk: bytes) -> None:
        try:
            self._parser.Parse(chunk, not chunk)
        except ExpatError as error:
            reason = f"{self._where}: not well-formed XML from line {error.lineno} on"
            raise MalformedError(reason) from error
        except (ValueError, LookupError) as error:
            raise MalformedError(f"{self._where}: XML in an encoding that is not read") from error
        self.fed += len(chunk)
        if self.fed - self._parser.CurrentByteIndex > _LONGEST_TAG:
            raise SourceError(f"{self._where}: XML with a tag of more than a megabyte; not read any further")

    def take(self) -> list[Element]:
        """Return what was closed since this was asked last."""
        closed, self._closed = self._closed, []
        return closed

    def _open(self, name: str, attributes: dict[str, str]) -> None:
        if len(self._names) >= _DEEPEST:
            raise SourceError(f"{self._where}: XML nested deeper than {_DEEPEST} elements; not read further")
        self._names.append(name.rpartition(":")[2])
        self._attributes.append(attributes)
        self._texts.append("")
        self.root = self.root or self._names[0]

    def _close(self, _name: str) -> None:
        path = tuple(self._names)
        self._names.pop()
        self._closed.append(Element(path, self._attributes.pop(), self._texts.pop().strip()))

    def _add_text(self, text: str) -> None:
        kept = self._texts[-1]
        if len(kept) < _LONGEST_TEXT:
            self._texts[-1] = (kept + text)[:_LONGEST_TEXT]

    def _refuse(self, *_: object) -> None:
        raise _declares_entities(self._where)
