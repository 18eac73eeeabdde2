"""Feeds, sitemaps and lists of feeds, as sites write them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True)
class Item:
    """One entry of a list: `published` is ISO 8601, in UTC."""

    address: str
    title: str
    published: str


def rss(title: str, items: Iterable[Item]) -> str:
    """Return an RSS feed."""
    entries = "".join(
        f"<item><title>{escape(item.title)}</title><link>{escape(item.address)}</link>"
        f"<pubDate>{format_datetime(datetime.fromisoformat(item.published))}</pubDate></item>"
        for item in items
    )
    return (
        f'<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>{escape(title)}</title>'
        f"<link>http://invented.example/</link><description>Invented</description>{entries}</channel></rss>"
    )


def atom(title: str, items: Iterable[Item]) -> str:
    """Return an Atom feed."""
    entries = "".join(
        f'<entry><title>{escape(item.title)}</title><link href="{escape(item.address)}"/>'
        f"<id>{escape(item.address)}</id><published>{item.published}</published>"
        f"<updated>{item.published}</updated></entry>"
        for item in items
    )
    return (
        f'<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom">'
        f"<title>{escape(title)}</title><id>urn:invented</id><updated>2026-03-01T00:00:00+00:00</updated>"
        f"{entries}</feed>"
    )


def sitemap(_: str, items: Iterable[Item]) -> str:
    """Return a sitemap, which has no title."""
    entries = "".join(
        f"<url><loc>{escape(item.address)}</loc><lastmod>{item.published}</lastmod></url>" for item in items
    )
    return (
        '<?xml version="1.0" encoding="utf-8"?>'
        f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{entries}</urlset>'
    )


def opml(feeds: Iterable[tuple[str, str]]) -> str:
    """Return a list of feeds, each with its outlet's name and its address."""
    lines = "".join(
        f'<outline type="rss" text="{escape(name)}" title="{escape(name)}" xmlUrl="{escape(address)}"/>'
        for name, address in feeds
    )
    return (
        '<?xml version="1.0" encoding="utf-8"?><opml version="2.0"><head><title>Invented</title></head>'
        f"<body>{lines}</body></opml>"
    )
