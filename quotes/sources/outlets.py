"""Names of outlets: a person's word, else the web site's."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from quotes.records import Article, Unreadable
from quotes.sources.addresses import bare_host, is_same_site
from quotes.sources.details import normal_address, one_line

if TYPE_CHECKING:
    from quotes.sources.place import Found, Place

LONGEST_ADDRESS = 2_000
"""The most characters of an address that is asked for."""


def name_outlet(address: str) -> str:
    """Return the name of the outlet at a web address where nobody names it: its domain.

    >>> name_outlet("https://www.desk.example/story"), name_outlet("https://amp.desk.example:8080/story")
    ('desk.example', 'desk.example')
    """
    return one_line(bare_host(address)) or "unknown"


def outlet_of_links(place: Place) -> str:
    """Return the outlet of all that a list links to, where a person named one; "" where its domain shall.

    A list's own domain or folder is no such word: many lists lead to the pages of others.
    """
    outlet = place.details.outlet
    if place.address and outlet == name_outlet(place.address):
        return ""
    if place.path and outlet == (one_line(place.path.parent.name) or "unknown"):
        return ""
    return outlet


def believe(found: Found, place: Place) -> Found:
    """Return what a place gave, as far as it may say so.

    What a list named is a stranger's: it speaks for its own site, and for the outlet of that alone.
    """
    own = place.details.outlet
    if not place.depth or isinstance(found, Unreadable):
        return found
    if isinstance(found, Article):
        if found.outlet == own and (not found.url or is_same_site(found.url, place.address or "")):
            return found
        other = found.outlet if found.outlet != own else bare_host(found.url or "")
        return Unreadable(
            found.source, f"says that it is an article of {other}, another site; not believed", own
        )
    if found.details.outlet in ("", own):
        return found
    return replace(found, details=replace(found.details, outlet=""))


def resolve(link: object, place: Place) -> str | None:
    """Return the web address that a link of `place` leads to, or None where it is none."""
    if not isinstance(link, str) or not link.strip() or len(link) > LONGEST_ADDRESS:
        return None
    try:
        return normal_address(urljoin(place.address or "", "".join(link.split())))
    except ValueError:
        return None
