"""OPML: a person's list of feeds, as feed readers export it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quotes.sources.details import Details, one_line
from quotes.sources.outlets import outlet_of_links, resolve
from quotes.sources.place import Linked
from quotes.sources.xml_elements import read_elements

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quotes.sources.place import Place


def read_opml(place: Place) -> Iterator[Linked]:
    """Yield each feed of the list, those in groups too, with the outlet's name as the person wrote it."""
    with place.open() as stream:
        for element in read_elements(stream, place.source):
            if element.path[-1].lower() != "outline":
                continue
            known = {name.lower(): value for name, value in element.attributes.items()}
            if address := resolve(known.get("xmlurl"), place):
                outlet = one_line(known.get("title")) or one_line(known.get("text"))
                details = Details(outlet=outlet or outlet_of_links(place), kind=place.details.kind)
                yield Linked(address, details, place.source, place.depth + 1, is_list=True)
