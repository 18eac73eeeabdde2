"""Atom feeds (RFC 4287) as XML, built from their parts: text from articles can only ever be text in them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from xml.etree import ElementTree as Xml

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from quotes.publish.brackets import Piece

UNDATED = "1970-01-01T00:00:00Z"
"""When an entry changed of which no date is known: Atom demands one."""
_ATOM, _XHTML = "http://www.w3.org/2005/Atom", "http://www.w3.org/1999/xhtml"
# What XML 1.0 cannot hold, not even escaped.
_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ELEMENTS = {"gone": "del", "come": "ins", "flag": "strong"}


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry. `address` is absolute and its lasting id; `updated` a moment as `read_moment` gives it.

    `lines` are paragraphs; `changes` the items of a list, each in pieces with their roles.
    """

    address: str
    title: str
    author: str
    updated: str
    categories: tuple[str, ...]
    lines: tuple[str, ...]
    changes: tuple[Sequence[Piece], ...]


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed: its own address, that of the page it belongs to, both absolute, and its entries in order."""

    address: str
    page: str
    title: str
    subtitle: str
    entries: tuple[Entry, ...]


def read_moment(published: str | None) -> str:
    """Return an ISO date as a moment in UTC; a day is its beginning, what cannot be read is UNDATED.

    >>> read_moment("2026-03-04"), read_moment("2026-03-04T09:30:00+02:00")
    ('2026-03-04T00:00:00Z', '2026-03-04T07:30:00Z')
    """
    try:
        moment = datetime.fromisoformat(published or "")
        moment = moment.astimezone(UTC) if moment.tzinfo else moment
    except (ValueError, OverflowError):
        return UNDATED
    return f"{moment.replace(tzinfo=None).isoformat(timespec='seconds')}Z"


def write_feed(feed: Feed) -> bytes:
    """Return `feed` as an Atom document; the same feed gives the same bytes."""
    root = Xml.Element("feed", {"xmlns": _ATOM, "xml:lang": "en"})
    _add(root, "id", feed.address)
    _add(root, "title", feed.title)
    _add(root, "subtitle", feed.subtitle)
    _add(root, "updated", max((entry.updated for entry in feed.entries), default=UNDATED))
    _add(root, "link", rel="self", type="application/atom+xml", href=feed.address)
    _add(root, "link", rel="alternate", type="text/html", href=feed.page)
    _add(root, "generator", "Quote Drift")
    for entry in feed.entries:
        _add_entry(root, entry)
    return bytes(Xml.tostring(root, encoding="utf-8", xml_declaration=True))


def _add_entry(root: Xml.Element, entry: Entry) -> None:
    element = _add(root, "entry")
    _add(element, "id", entry.address)
    _add(element, "title", entry.title)
    _add(_add(element, "author"), "name", entry.author)
    _add(element, "updated", entry.updated)
    _add(element, "link", rel="alternate", type="text/html", href=entry.address)
    for category in entry.categories:
        _add(element, "category", term=category)
    content = _add(_add(element, "content", type="xhtml"), "div", xmlns=_XHTML)
    for line in entry.lines:
        _add(content, "p", line)
    if entry.changes:
        listed = _add(content, "ul")
        for change in entry.changes:
            _add_pieces(_add(listed, "li"), change)


def _add_pieces(element: Xml.Element, pieces: Iterable[Piece]) -> None:
    """Put words into an element, those with a role in one of their own."""
    last = None
    for words, role in pieces:
        if role in _ELEMENTS:
            last = _add(element, _ELEMENTS[role], words)
        elif last is None:
            element.text = (element.text or "") + _clean(words)
        else:
            last.tail = (last.tail or "") + _clean(words)


def _add(parent: Xml.Element, name: str, text: str | None = None, **attributes: str) -> Xml.Element:
    element = Xml.SubElement(parent, name, {key: _clean(value) for key, value in attributes.items()})
    element.text = _clean(text) if text is not None else None
    return element


def _clean(text: str) -> str:
    return _FORBIDDEN.sub("", text)
