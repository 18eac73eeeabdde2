"""Sitemaps, and indexes of sitemaps: the addresses of a site's pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quotes.sources.details import Details, normal_date, normal_language, one_line
from quotes.sources.outlets import outlet_of_links, resolve
from quotes.sources.place import Linked
from quotes.sources.xml_elements import read_elements

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quotes.sources.place import Place

# What is read of an entry, by its element's path within it. Pictures and films have addresses too.
_FIELDS = {
    ("loc",): "address",
    ("lastmod",): "changed",
    ("news", "publication_date"): "published",
    ("news", "title"): "title",
    ("news", "publication", "language"): "language",
}
_ENTRIES = {("urlset", "url"): False, ("sitemapindex", "sitemap"): True}


def read_sitemap(place: Place) -> Iterator[Linked]:
    """Yield each page of a sitemap, or each sitemap of an index.

    Only Google's news fields say when a page was published; `lastmod` says when it was changed.
    """
    fields: dict[str, str] = {}
    with place.open() as stream:
        for element in read_elements(stream, place.source):
            if element.path in _ENTRIES:
                if address := resolve(fields.get("address"), place):
                    yield _link(address, fields, place, is_list=_ENTRIES[element.path])
                fields = {}
            elif element.path[:2] in _ENTRIES and (name := _FIELDS.get(element.path[2:])):
                fields.setdefault(name, element.text)


def _link(address: str, fields: dict[str, str], place: Place, *, is_list: bool) -> Linked:
    details = Details(
        outlet=outlet_of_links(place),
        title=one_line(fields.get("title")),
        published=normal_date(fields.get("published", "")),
        language=place.details.language or normal_language(fields.get("language", "")),
        kind=place.details.kind,
    )
    changed = normal_date(fields.get("changed", ""))
    return Linked(address, details, place.source, place.depth + 1, is_list, changed)
