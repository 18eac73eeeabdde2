"""What search engines may fetch of a publication: our pages, not the endless ways to sort a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datasette.app import Datasette
    from datasette.utils.asgi import Response

PLUGIN = "quote-drift"
"""The name that the plugin is configured under."""
_ALLOWED = ("$", "-/quotes", "-/static", "favicon.ico")
# Searches, comparisons of any two, and what a visitor chose on a page: as many addresses as one likes.
_REFUSED = ("-/quotes*?", "-/quotes/compare", "-/quotes/search", "-/quotes/side-by-side", "")
# Pages of ours whose addresses need a query: one for each pair of words that were swapped.
_FOLLOWED = ("-/quotes/swap?before=",)


def is_publication(datasette: Datasette) -> bool:
    """Return whether Datasette serves what `quotes publish` wrote."""
    return bool((datasette.plugin_config(PLUGIN) or {}).get("publication"))


async def show_robots(datasette: Datasette) -> Response:
    """Answer /robots.txt: the longest rule that fits an address holds (RFC 9309)."""
    from datasette.utils.asgi import Response

    base = str(datasette.urls.path("/"))
    lines = ["User-agent: *"]
    lines += [f"Allow: {base}{path}" for path in (*_ALLOWED, *_FOLLOWED)]
    lines += [f"Disallow: {base}{path}" for path in _REFUSED]
    return Response.text("\n".join(lines) + "\n", headers={"Cache-Control": "max-age=3600"})
