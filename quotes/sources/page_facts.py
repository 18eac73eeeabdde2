"""What a page says about its article beside the text: title, byline, language, time, address.

Nothing here may make an article another outlet's: the outlet's name is never read from a page, and an address
counts only on the page's own site.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin

from quotes.sources import json_ld
from quotes.sources.addresses import is_home, is_same_site
from quotes.sources.details import normal_address, normal_language, one_line
from quotes.sources.html import CLOSES_QUOTE, OPENS_QUOTE
from quotes.sources.outlets import LONGEST_ADDRESS
from quotes.sources.page_dates import find_published

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

_SAVED_FROM = re.compile(
    r"(?:saved from url=\(\d{1,5}\)|Page saved with SingleFile\s{1,5}url: )(https?://[^\s<>\"]{4,2000})"
)
_AUTHORS = ("author", "byl", "parsely-author", "sailthru.author", "dc.creator", "article:author")
_BYLINES = (
    "//*[@itemprop='author']|//a[@rel='author']|//*[contains(concat(' ',@class,' '),' byline ')]"
    "|//*[contains(concat(' ',@class,' '),' author ')]"
)
_XML_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_BY = re.compile(r"(?:words |story |reported |written )?by:?\s", re.IGNORECASE)
_OUTLET_BEHIND = re.compile(r"\s[|–—·-]\s[^|–—·]{1,60}$")


@dataclass(frozen=True, slots=True)
class Facts:
    """What a page says. `published` is None where it does not say when; `is_list`: it lists other pages."""

    title: str | None
    byline: str | None
    language: str | None
    published: str | None
    address: str | None
    is_article: bool
    is_list: bool
    is_paid: bool


def find_facts(tree: Any, address: str | None, latest: datetime) -> Facts:
    """Return what the page of `tree` says. `address` is where it came from; a time after `latest` is none."""
    records = json_ld.find_records(tree)
    record = json_ld.find_article(records)
    metas = _find_metas(tree)
    canonical = find_address(tree, metas, address)
    kind = metas.get("og:type", "").lower()
    return Facts(
        title=_find_title(tree, record or {}, metas),
        byline=_find_byline(tree, record or {}, metas),
        language=normal_language(tree.get("lang") or tree.get(_XML_LANGUAGE) or ""),
        published=find_published(tree, record or {}, metas, canonical or address, latest),
        address=canonical or (normal_address(address) if address else None),
        is_article=record is not None or kind == "article" or "article:published_time" in metas,
        is_list=record is None and (json_ld.is_list(records) or kind == "website"),
        is_paid=any(str(one.get("isAccessibleForFree")).lower() == "false" for one in records),
    )


def _find_metas(tree: Any) -> dict[str, str]:
    """Return the first content of each <meta>, by its name in lower case."""
    found: dict[str, str] = {}
    for meta in tree.iter("meta"):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop")
        content = (meta.get("content") or "").strip()
        if name and content:
            found.setdefault(name.strip().lower(), content)
    return found


def find_saved_from(page: str) -> str | None:
    """Return the address that a browser wrote at the top of a page that it saved."""
    found = _SAVED_FROM.search(page[:5_000])
    return normal_address(found[1]) if found else None


def find_address(tree: Any, metas: dict[str, str], address: str | None) -> str | None:
    """Return the one address that the page says its article has; None where that may not be believed.

    It counts on the site of `address`, and for a saved page without any address. A home page's address on
    other pages is a mistake.
    """
    for given in _list_canonical(tree, metas):
        try:
            found = normal_address(urljoin(address or "", given.strip()))
        except ValueError:
            continue
        if not found or len(found) > LONGEST_ADDRESS or (address and not is_same_site(found, address)):
            continue
        if is_home(found) and not (address and is_home(address)):
            continue
        return found
    return None


def _list_canonical(tree: Any, metas: dict[str, str]) -> Iterator[str]:
    for link in tree.iter("link"):
        if "canonical" in (link.get("rel") or "").lower().split() and link.get("href"):
            yield link.get("href")
    if "og:url" in metas:
        yield metas["og:url"]


def _find_title(tree: Any, record: json_ld.Record, metas: dict[str, str]) -> str | None:
    """Return the headline; of a window's title, what stands before the outlet's name."""
    for given in (record.get("headline"), metas.get("og:title"), metas.get("twitter:title")):
        if title := _read_words(given):
            return _drop_site(title, metas.get("og:site_name"))
    headings = [_read_words(heading.text_content()) for heading in tree.iter("h1")]
    if len(headings) == 1 and headings[0]:
        return headings[0]
    title = _read_words(tree.findtext(".//title"))
    return (_OUTLET_BEHIND.sub("", title) or title) if title else None


def _drop_site(title: str, site: str | None) -> str:
    """Return a title without the site's name behind it.

    >>> _drop_site("Bridge stays shut | The Gull", "The Gull"), _drop_site("The Gull", "The Gull")
    ('Bridge stays shut', 'The Gull')
    """
    bare = title.removesuffix(site.strip()).rstrip(" |–—·-") if site and site.strip() else ""
    return bare or title


def _read_words(given: object) -> str | None:
    """Return words as one line, with marks where <q> stood."""
    words = one_line(given)
    return words.replace(OPENS_QUOTE, "“").replace(CLOSES_QUOTE, "”") if words else None


def _find_byline(tree: Any, record: json_ld.Record, metas: dict[str, str]) -> str | None:
    printed = (one.text_content() for one in tree.xpath(_BYLINES)[:20])
    for given in (
        ", ".join(json_ld.names_of(record.get("author"))),
        *(metas.get(name) for name in _AUTHORS),
        *printed,
    ):
        words = _BY.sub("", _read_words(given) or "", count=1).strip(" ,|•·")
        if words and len(words) <= 200 and "://" not in words and "@" not in words:
            return words
    return None
