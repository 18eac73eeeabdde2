"""Web addresses: one form for each article, and whether two belong to one site."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

# What is put behind an address to tell which link was clicked: never what is shown.
_TRACKING = re.compile(
    r"(?:utm|itm|mtm|pk|hsa|at)_[\w-]{1,40}|(?:fb|g|dg?|y|tw|tt|ms|ob|irg?|vm)clid|gclsrc|[gw]braid|dclid"
    r"|mc_[ce]id|igshid|igsh|li_fat_id|mkt_tok|_hs(?:enc|mi)|hsctatracking|__hs\w{1,10}|oly_(?:enc|anon)_id"
    r"|vero_(?:conv|id)|s_cid|ns_(?:source|mchannel|campaign|linkname|fee)|xtor|cmpid|smid|smtyp|ref_src"
    r"|ref_url|guccounter|guce_referrer(?:_sig)?|ocid|ito|sr_share|sharetype|wt\.?_?mc_?(?:id|ev)?|spm|amp",
    re.IGNORECASE,
)
_SAME_PAGES = ("www.", "m.", "mobile.", "amp.")


def strip_tracking(query: str) -> str:
    """Return the query of an address with the fields that identify a page, in their order.

    >>> strip_tracking("id=12&utm_source=x&page=2&fbclid=Iw")
    'id=12&page=2'
    """
    return "&".join(field for field in query.split("&") if not _TRACKING.fullmatch(field.partition("=")[0]))


def is_same_site(one: str, other: str) -> bool:
    """Return whether two addresses belong to one site: one host, or one is the other with names before it.

    Hosts that only share an ending do not count: many let anybody have a name before theirs.

    >>> is_same_site("https://amp.desk.example/a", "https://www.desk.example/a")
    True
    >>> is_same_site("https://one.blogs.example/a", "https://two.blogs.example/a")
    False
    """
    first, second = bare_host(one), bare_host(other)
    if not first or not second:
        return False
    return first == second or first.endswith(f".{second}") or second.endswith(f".{first}")


def bare_host(url: str) -> str:
    """Return the host of an address without a name before it for the same pages; "" where it has none."""
    try:
        host = (urlsplit(url).hostname or "").rstrip(".")
    except ValueError:
        return ""
    for label in _SAME_PAGES:
        host = host.removeprefix(label)
    return host
