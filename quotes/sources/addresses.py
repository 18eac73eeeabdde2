"""Web addresses: one form for each article, and whether two belong to one site."""

from __future__ import annotations

import re
from urllib.parse import urlsplit, urlunsplit

# What is put behind an address to tell which link was clicked: never what is shown.
_TRACKING = re.compile(
    r"(?:utm|itm|mtm|pk|hsa|at)_[\w-]{1,40}|(?:fb|g|dg?|y|tw|tt|ms|ob|irg?|vm)clid|gclsrc|[gw]braid|dclid"
    r"|mc_[ce]id|igshid|igsh|li_fat_id|mkt_tok|_hs(?:enc|mi)|hsctatracking|__hs\w{1,10}|oly_(?:enc|anon)_id"
    r"|vero_(?:conv|id)|s_cid|ns_(?:source|mchannel|campaign|linkname|fee)|xtor|cmpid|smid|smtyp|ref_src"
    r"|ref_url|guccounter|guce_referrer(?:_sig)?|ocid|ito|sr_share|sharetype|wt\.?_?mc_?(?:id|ev)?|spm|amp",
    re.IGNORECASE,
)
# Fields that say who may ask, and are nobody else's business.
_SECRET = re.compile(
    r"(?:[\w.-]{0,30}[._-])?(?:key|pass|pw|pwd|sig|auth|credentials?)|(?:x[._-])?(?:api|app|access)[._-]?(?:key|id|code)"
    r"|[\w.-]{0,30}(?:token|secret|password|passwd|apikey|signature|jwt|accesskey(?:id)?|authorization)",
    re.IGNORECASE,
)
_SAME_PAGES = ("www.", "m.", "mobile.", "amp.")
_LIST_LABELS = ("feeds.", "feed.", "rss.", "rssfeeds.", "api.", "sitemap.", "sitemaps.")


def strip_tracking(query: str) -> str:
    """Return the query of an address with the fields that identify a page, in their order.

    >>> strip_tracking("id=12&utm_source=x&page=2&fbclid=Iw")
    'id=12&page=2'
    """
    return "&".join(field for field in query.split("&") if not _TRACKING.fullmatch(field.partition("=")[0]))


def strip_secrets(address: str) -> str:
    """Return an address without a person's name before its host, and keys and passwords in its query.

    >>> strip_secrets("https://ann:pass@news.example/v2?q=boats&apiKey=1f2e&page=2")
    'https://news.example/v2?q=boats&page=2'
    """
    return _change_secrets(address, "")


def hide_secrets(address: str) -> str:
    """Return an address as it may be shown: what is a key or password in it is not.

    >>> hide_secrets("https://news.example/v2?apiKey=1f2e&q=boats")
    'https://news.example/v2?apiKey=***&q=boats'
    """
    return _change_secrets(address, "***")


def _change_secrets(address: str, instead: str) -> str:
    try:
        parts = urlsplit(address)
    except ValueError:
        return address.partition("?")[0]
    fields = [
        (name, f"{name}={instead}" if value and _SECRET.fullmatch(name) else field)
        for field in parts.query.split("&")
        for name, _, value in (field.partition("="),)
    ]
    kept = [field for name, field in fields if instead or not _SECRET.fullmatch(name)]
    host = parts.netloc.rpartition("@")[2]
    fragment = "" if parts.scheme in ("http", "https") else parts.fragment
    return urlunsplit(parts._replace(netloc=host, query="&".join(kept), fragment=fragment))


def is_same_site(one: str, other: str) -> bool:
    """Return whether two addresses have one host, but for a name before it for the same pages.

    Other names before a host do not count, neither way: many let anybody have one before theirs.

    >>> is_same_site("https://amp.desk.example/a", "https://www.desk.example/a")
    True
    >>> is_same_site("https://one.blogs.example/a", "https://blogs.example/a")
    False
    """
    host = bare_host(one)
    return host != "" and host == bare_host(other)


def is_listed_on(page: str, listing: str) -> bool:
    """Return whether a page is on the site of the feed or sitemap that lists it, or on a part of that site.

    >>> is_listed_on("https://sport.desk.example/a", "https://feeds.desk.example/rss")
    True
    >>> is_listed_on("https://lamp.example/a", "https://desk.example/rss")
    False
    """
    host, site = bare_host(page), _drop_label(bare_host(listing), _LIST_LABELS)
    return site != "" and (host == site or host.endswith(f".{site}"))


def is_home(address: str) -> bool:
    """Return whether an address is that of a site's first page.

    >>> is_home("https://desk.example/"), is_home("https://desk.example/?p=12")
    (True, False)
    """
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.path in ("", "/") and not parts.query


def bare_host(url: str) -> str:
    """Return the host of an address without a name before it for the same pages; "" where it has none.

    A host of other letters than ASCII is as servers are asked for it: such letters may look like others.

    >>> bare_host("https://www.Desk.example./a"), bare_host("https://m.example/a"), bare_host("http://dе.example")
    ('desk.example', 'm.example', 'xn--d-jtb.example')
    """
    try:
        host = (urlsplit(url).hostname or "").rstrip(".")
        host = host if host.isascii() else _spell_out(host)
    except ValueError:
        return ""
    for label in _SAME_PAGES:
        host = _drop_label(host, (label,))
    return host


def _drop_label(host: str, labels: tuple[str, ...]) -> str:
    """Return a host without one of `labels` before it, unless no more than an ending would be left."""
    first, _, rest = host.partition(".")
    return rest if f"{first}." in labels and "." in rest else host


def _spell_out(host: str) -> str:
    """Return a host in ASCII, as it is looked up. Raises ValueError where it cannot be one."""
    import idna  # as the client has it

    return idna.encode(host, uts46=True).decode("ascii")
