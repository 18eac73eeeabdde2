"""Newsletters: the one article of an e-mail (.eml)."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from quotes.errors import SourceError
from quotes.sources.dates import read_date
from quotes.sources.details import Details, add_address, make_article
from quotes.sources.html import decode_page, parse_page
from quotes.sources.messages import MOST_BYTES, list_parts, parse_message, read_bytes, read_header
from quotes.sources.page_text import extract_all
from quotes.text.decode import clean

if TYPE_CHECKING:
    from collections.abc import Iterator
    from email.message import Message

    from quotes.records import Article
    from quotes.sources.place import Place, Warn

_UNKNOWN: Final = "unknown"  # the outlet of a file in no folder
_SENDER = re.compile(r'(?:"?(?P<name>[^"<>@]{1,200}?)"?\s{0,5}<)?[^\s<>@]{1,100}@(?P<domain>[\w.-]{1,200})')
_LEAST = 80  # characters of a letter; below it the HTML is but a picture


def read_mail(place: Place, _warn: Warn) -> Iterator[Article]:
    """Yield the article of an e-mail: its HTML's text, else its plain text. Attachments are not read."""
    message = parse_message(place.read(MOST_BYTES), place.source)
    text = _read_html(message, place.source)
    if len(text) < _LEAST:
        text = max(_read_plain(message, place.source), text, key=len)
    if not text.strip():
        raise SourceError(f"{place.source}: a message without text; what is attached is not read")
    yield make_article(text, place.source, _add_headers(add_address(place.details, place.address), message))


def _read_html(message: Message[str, str], where: str) -> str:
    pages = (_decode(part, where) for part in list_parts(message, ("text/html",)))
    return clean("\n\n".join(extract_all(parse_page(page, where)) for page in pages if page.strip()))


def _read_plain(message: Message[str, str], where: str) -> str:
    parts = (_decode(part, where) for part in list_parts(message, ("text/plain",)))
    return "\n\n".join(part.strip() for part in parts if part.strip())


def _decode(part: Message[str, str], where: str) -> str:
    data = read_bytes(part)
    return decode_page(data, part.get_content_charset(), where) if data.strip() else ""


def _add_headers(known: Details, message: Message[str, str]) -> Details:
    """Return the details with the headers' words where they leave something open."""
    found = _SENDER.search(read_header(message, "From") or "")
    sender = (found["name"] or found["domain"]) if found else None
    return replace(
        known,
        outlet=sender if known.outlet == _UNKNOWN and sender else known.outlet,
        title=known.title or read_header(message, "Subject"),
        published=known.published or read_date(read_header(message, "Date")),
    )
