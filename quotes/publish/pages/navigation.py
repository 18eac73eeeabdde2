"""The bar on top of each page of ours: the ways into the database."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quotes.publish.addresses import home_address, page_address

if TYPE_CHECKING:
    from datasette.app import Datasette

# Label and path of each page that needs nothing to begin with.
_PAGES = (
    ("Speakers", ("speakers",)),
    ("Outlets", ("outlets",)),
    ("Side by side", ("side-by-side",)),
    ("Swapped words", ("swaps",)),
    ("Compare two quotes", ("compare",)),
)


def list_pages(datasette: Datasette, database: str | None, here: str) -> list[dict[str, str | bool]]:
    """Return label, address and whether it is `here`, a path with its query, for each page of the bar."""
    home = home_address(datasette, database)
    pages = [("Front page", home)]
    if database is not None:
        pages += [(label, page_address(datasette, database, *path)) for label, path in _PAGES]
        pages.append(("Questions", f"{home}#questions"))
    return [
        {"label": label, "address": address, "is_here": address.partition("?")[0] == here.partition("?")[0]}
        for label, address in pages
    ]
