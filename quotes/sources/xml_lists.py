"""XML that lists addresses: a feed, a sitemap or an OPML file, told apart by the root element."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from quotes.records import Unreadable
from quotes.sources.feeds import read_feed
from quotes.sources.opml import read_opml
from quotes.sources.sitemaps import read_sitemap
from quotes.sources.xml_elements import name_root

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quotes.sources.place import Found, Linked, Place, Warn

MOST_LINKS: Final = 50_000
"""The most entries of one list that are read: what the sitemap protocol allows."""

FEEDS: Final = frozenset(("rss", "feed", "RDF"))
SITEMAPS: Final = frozenset(("urlset", "sitemapindex"))
_OPML = "opml"
ROOTS: Final = FEEDS | SITEMAPS | {_OPML}
"""The root elements of lists."""


def read_xml(place: Place, warn: Warn) -> Iterator[Found]:
    """Yield what a feed, sitemap or OPML file links to, at most 50,000 entries.

    Other XML is unreadable where a person named it, and passed over where it lies in a folder.
    """
    with place.open() as stream:
        root = name_root(stream, place.source)
    if root in ROOTS:
        for number, linked in enumerate(_read_list(root, place, warn)):
            if number == MOST_LINKS:
                warn(f"{place.source}: only its first {MOST_LINKS:,} entries were read")
                return
            yield linked
    elif place.is_named:
        reason = "neither a feed (RSS or Atom) nor a sitemap nor an OPML list of feeds"
        yield Unreadable(place.source, reason, place.details.outlet)
    else:
        warn(f"{place.source}: passed over, neither a feed nor a sitemap nor an OPML list of feeds")


def _read_list(root: str | None, place: Place, warn: Warn) -> Iterator[Linked]:
    if root in FEEDS:
        return read_feed(place, warn)
    return read_sitemap(place) if root in SITEMAPS else read_opml(place)
