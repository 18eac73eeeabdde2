"""Security headers: for our pages, and for Datasette's own pages of our databases, which have scripts."""

from __future__ import annotations

import re
from base64 import b64encode
from hashlib import sha256
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from quotes.publish.databases import all_ours, known_databases

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from datasette.app import Datasette

    App = Callable[[Any, Any, Any], Awaitable[None]]

# The words shown come from articles, which are anybody's: even a hole in the escaping must run no script.
_NOWHERE_ELSE = "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
HEADERS = {
    "Content-Security-Policy": f"default-src 'none'; style-src 'self'; img-src 'self'; {_NOWHERE_ELSE}",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}
# Datasette's pages have style attributes, one picture in their style sheet, and fetch facets from their host.
_STOCK = (
    "default-src 'none'; script-src 'self' {scripts}; style-src 'self' 'unsafe-inline'; "
    f"img-src 'self' data:; connect-src 'self'; {_NOWHERE_ELSE}"
)
_INLINE = re.compile(r"<script\b(?![^>]*\bsrc=)[^>]*>(.*?)</script>", re.DOTALL)
_HANDLER = re.compile(r"<[a-z][^>]*\son[a-z]+=")
# What Datasette 0.65 fills in inside a script, and all it can be; the last is for plugins' own scripts.
_FILLED_IN = {"{{ datasette_allow_facet }}": ("true", "false"), "{{ body_script.script }}": ()}
_policies: WeakKeyDictionary[Datasette, str] = WeakKeyDictionary()


def guard(datasette: Datasette, app: App) -> App:
    """Return `app` with security headers on every answer about our databases, and on no other.

    A policy that an answer brings along stays, as our own pages' stricter one does.
    """

    async def guarded(scope: Any, receive: Any, send: Any) -> None:
        async def send_guarded(message: Any) -> None:
            if message["type"] == "http.response.start" and _is_about_ours(datasette, scope):
                sent = list(message.get("headers", []))
                message = {**message, "headers": sent + _list_missing(datasette, sent)}
            await send(message)

        await app(scope, receive, send_guarded if scope["type"] == "http" else send)

    return guarded


def _list_missing(datasette: Datasette, sent: list[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
    """Return the headers to add to an answer that brings those of `sent`."""
    names = {name.lower() for name, _ in sent}
    headers = {**HEADERS, "Content-Security-Policy": _choose_policy(datasette)}
    encoded = [(name.lower().encode(), value.encode()) for name, value in headers.items()]
    return [(name, value) for name, value in encoded if name not in names]


def _is_about_ours(datasette: Datasette, scope: Any) -> bool:
    """Return whether the address is one of our pages, of a database of ours, or of an index of ours alone."""
    from datasette.utils import tilde_decode

    raw = scope.get("raw_path")
    path = (raw.decode("latin-1") if raw else scope["path"]).partition("?")[0]
    path = "/" + path.removeprefix(str(datasette.setting("base_url"))).lstrip("/")
    own = known_databases(datasette)
    if path == "/-/quotes" or path.startswith("/-/quotes/"):
        return True
    if path == "/":
        return all_ours(datasette)
    route = tilde_decode(path[1:].partition("/")[0].partition(".")[0])
    return route in {datasette.databases[name].route for name in own if name in datasette.databases}


def _choose_policy(datasette: Datasette) -> str:
    """Return the strictest policy under which Datasette's own pages work, worked out once."""
    if datasette not in _policies:
        scripts = _list_scripts(datasette)
        hashes = (b64encode(sha256(script.encode()).digest()).decode() for script in scripts or [])
        allowed = " ".join(f"'sha256-{digest}'" for digest in hashes)
        _policies[datasette] = _STOCK.format(scripts="'unsafe-inline'" if scripts is None else allowed)
    return _policies[datasette]


def _list_scripts(datasette: Datasette) -> list[str] | None:
    """Return every script written into Datasette's templates; None where a page may bring one unforeseen.

    That is so in Datasette 1.0, whose pages write data into scripts, and where another plugin or a template
    of one's own does.
    """
    from datasette.plugins import pm

    templates = getattr(datasette, "jinja_env", None)
    if templates is None or pm.hook.extra_body_script.get_hookimpls():
        return None
    scripts: set[str] = set()
    for name in templates.list_templates(filter_func=lambda name: name.endswith(".html")):
        source = templates.loader.get_source(templates, name)[0]
        if _HANDLER.search(source):
            return None
        scripts.update(filled for script in _INLINE.findall(source) for filled in _fill_in(script))
    unforeseen = any(sign in script for script in scripts for sign in ("{{", "{%", "{#"))
    return None if unforeseen else sorted(scripts)


def _fill_in(script: str) -> list[str]:
    """Return what a script of a template can be on a page."""
    for field, values in _FILLED_IN.items():
        if field in script:
            return [script.replace(field, value) for value in values]
    return [script]
