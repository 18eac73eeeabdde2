"""RSS and Atom feeds: the addresses of articles, and when the feed says they were published."""

from __future__ import annotations

import re
from html import unescape
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final
from xml.sax import SAXException

from quotes.errors import SourceError
from quotes.sources.dates import read_date
from quotes.sources.details import Details, normal_language, one_line
from quotes.sources.outlets import outlet_of_links, resolve
from quotes.sources.place import Linked
from quotes.sources.xml_elements import MalformedError, read_elements

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quotes.sources.place import Place, Warn

MOST_BYTES: Final = 3_000_000
"""The most bytes of a feed that are read: some thousand entries. The newest stand first."""
MOST_LOOSE: Final = 500_000
"""The most bytes of a feed that is not well-formed: reading it all the same takes ten times as long."""

_ROOT = re.compile(rb"<(?:([\w-]{1,40}):)?(rss|feed|RDF)[\s>]")
_CLOSING = {b"rss": b"</channel></%srss>", b"feed": b"</%sfeed>", b"RDF": b"</%sRDF>"}
_TAG = re.compile(r"<[/a-zA-Z][^<>]{0,500}>")


def read_feed(place: Place, warn: Warn) -> Iterator[Linked]:
    """Yield a link for each entry. Its summary is no article, and neither is a text that it carries.

    Raises SourceError where nothing of the feed can be read.
    """
    data = _read_entries(place, warn)
    feed = _parse(data, place)
    language = place.details.language or normal_language(feed.feed.get("language") or "")
    found = False
    for entry in feed.entries:
        address = resolve(entry.get("feedburner_origlink") or entry.get("link"), place)
        if address and address != place.address:
            found = True
            yield _link(address, entry, feed.version or "", place, language)
    if found:
        return
    if isinstance(fault := feed.get("bozo_exception"), SAXException):
        raise SourceError(f"{place.source}: a feed that cannot be read: {one_line(str(fault)) or '?'}")
    if feed.entries:
        raise SourceError(f"{place.source}: no entry of this feed has a web address")


def _link(address: str, entry: Any, version: str, place: Place, language: str | None) -> Linked:
    published, changed = _find_dates(entry, version)
    details = Details(
        outlet=outlet_of_links(place),
        title=_plain(entry.get("title")),
        published=published,
        byline=_name_authors(entry),
        language=language,
        kind=place.details.kind,
    )
    return Linked(address, details, place.source, place.depth + 1, changed=changed)


def _read_entries(place: Place, warn: Warn) -> bytes:
    """Return a feed with as many of its entries as are read."""
    data = place.read(MOST_BYTES)
    whole = _cut(data) if len(data) > MOST_BYTES else data
    if not _is_well_formed(whole, place.source) and len(data) > MOST_LOOSE:
        whole = _cut(data[:MOST_LOOSE])
    if whole is not data:
        warn(f"{place.source}: a very long feed; only its first entries were read")
    return whole


def _is_well_formed(data: bytes, where: str) -> bool:
    try:
        for _ in read_elements(BytesIO(data), where):
            pass
    except MalformedError:
        return False
    return True


def _parse(data: bytes, place: Place) -> Any:
    import feedparser

    charset = f"; charset={place.charset}" if place.charset else ""
    said = {"content-type": f"application/xml{charset}", "content-location": place.address or ""}
    try:
        # A stream: the parser would open a name or an address.
        feed = feedparser.parse(
            BytesIO(data), response_headers=said, resolve_relative_uris=False, sanitize_html=False
        )
    except Exception as error:  # feedparser does not say which ones it lets out
        raise SourceError(f"{place.source}: a feed that cannot be read ({type(error).__name__})") from error
    return feed


def _cut(data: bytes) -> bytes:
    """Return a feed up to the end of its last whole entry, with what it opened closed."""
    root = _ROOT.search(data[:4_000])
    if root is None:
        return data
    prefix = root[1] + b":" if root[1] else b""
    marks = [b"</%s%s>" % (before, name) for before in (b"", prefix) for name in (b"item", b"entry")]
    end = max((at + len(mark) for mark in marks if (at := data.rfind(mark)) >= 0), default=len(data))
    return data[:end] + _CLOSING[root[2]] % prefix


def _find_dates(entry: Any, version: str) -> tuple[str | None, str | None]:
    """Return when an entry was published and when it was changed, as the feed says it.

    RSS has one date, whatever its element's name; Atom's `updated` is none of publication.
    """
    # The parser's own `get` gives the one date for the other.
    published, updated = (read_date(dict.get(entry, name)) for name in ("published", "updated"))
    if published is None and version.startswith("rss"):
        return updated, None
    return published, updated


def _name_authors(entry: Any) -> str | None:
    names = [author.get("name") for author in entry.get("authors", ())[:20]]
    return one_line([name for name in names if isinstance(name, str)]) or one_line(entry.get("author"))


def _plain(title: object) -> str | None:
    """Return a title without markup."""
    text = one_line(title)
    return one_line(unescape(_TAG.sub(" ", text))) if text else None
