"""Every address that the tests of all pages look at: a new page joins here, and is tested by all of them.

An address names what the invented story holds by the names of its ids, as in "/-/quotes/statement/{ferry}".
"""

from __future__ import annotations

# Pages of ours, answered with 200. Each route of the plugin needs one address at least, here or below.
PAGES: tuple[str, ...] = (
    "/-/quotes",
    "/-/quotes?q=ferry",
    "/-/quotes?q=nowhere",
    "/-/quotes?flag=negation",
    "/-/quotes/statement/{ferry}",
    "/-/quotes/statement/{ferry}?against={ferry/1}",
    "/-/quotes/statement/{boats}",
    "/-/quotes/statement/{chant}",
    "/-/quotes/quote/{ferry}",
    "/-/quotes/quote/{boats}",
    "/-/quotes/quote/{inner}",
    "/-/quotes/speakers",
    "/-/quotes/speakers?q=varn",
    "/-/quotes/speaker/{mayor}",
    "/-/quotes/speaker/{port}",
    "/-/quotes/outlets",
    "/-/quotes/outlet/{the-lamp}",
    "/-/quotes/side-by-side",
    "/-/quotes/side-by-side?outlet={harbour-daily}&other_outlet={the-lamp}",
    "/-/quotes/swaps",
    "/-/quotes/swaps?word=will",
    "/-/quotes/swap?before=will&after=may",
    "/-/quotes/article/{article}",
    "/-/quotes/compare",
    "/-/quotes/compare?one={ferry}&other={ferry/1}",
    "/-/quotes/compare?one=we+stay&other=we+may+stay",
)
# Pages of ours that say that there is nothing at this address, answered with 404.
MISSING: tuple[str, ...] = (
    "/-/quotes/statement/nope",
    "/-/quotes/quote/nope",
    "/-/quotes/speaker/nope",
    "/-/quotes/outlet/nope",
    "/-/quotes/article/nope",
    "/-/quotes/compare?one=0123456789abcdef&other=we+stay",
)
# What is no page: Atom feeds, pictures (SVG, PNG), other files.
FEEDS: tuple[str, ...] = (
    "/-/quotes/new.atom",
    "/-/quotes/new.atom?flag=negation",
    "/-/quotes/new.atom?flag=attribution",
    "/-/quotes/speaker/{mayor}.atom",
    "/-/quotes/search.atom?q=ferry",
)
PICTURES: tuple[str, ...] = ("/-/quotes/statement/{ferry}.svg", "/-/quotes/statement/{ferry}.png")
FILES: tuple[str, ...] = ("/-/quotes/statement/{ferry}.json",)
# Addresses that lead to another one.
LEADING: tuple[str, ...] = ("/-/quotes/{ferry}",)
# Datasette's own pages of our database; its tables and queries come from metadata.yml.
STOCK: tuple[str, ...] = (
    "/",
    "/quotes",
    "/quotes/statements",
    "/quotes/quotes",
    "/quotes/quotes/{ferry}",
    "/quotes/became",
    "/quotes?sql=select+label,+id+as+statement_id+from+statements",
)
OURS = PAGES + MISSING + FEEDS + PICTURES + FILES + LEADING
