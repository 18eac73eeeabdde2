"""Names of outlets: a person's word, else the web site's."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urljoin

from quotes.sources.addresses import bare_host
from quotes.sources.details import normal_address, one_line

if TYPE_CHECKING:
    from quotes.sources.place import Place

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


def resolve(link: object, place: Place) -> str | None:
    """Return the web address that a link of `place` leads to, or None where it is none."""
    if not isinstance(link, str) or not link.strip() or len(link) > LONGEST_ADDRESS:
        return None
    try:
        return normal_address(urljoin(place.address or "", "".join(link.split())))
    except ValueError:
        return None
