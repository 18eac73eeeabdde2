"""What a site asks of programs in its robots.txt (RFC 9309), read once a job."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, field
from threading import Lock
from typing import TYPE_CHECKING

from quotes.fetch.failure import FetchError
from quotes.fetch.manners import NAME

if TYPE_CHECKING:
    from collections.abc import Callable

    import httpx
    from protego import Protego

    from quotes.fetch.client import Reply

MOST_BYTES = 512_000
"""What is read of a robots.txt; the rest is as if it were not there."""

MOST_KEPT = 4_000_000
"""Bytes of all robots.txt that are kept in memory, where they take thirty times as much."""

_OTHER = "other"  # stands for all other programs
_AGENT = re.compile(r"\s*user(?:-|\s+)?agent\s*(?::|\s)", re.IGNORECASE)  # as loosely as the parser reads


@dataclass(frozen=True, slots=True)
class Rules:
    """What one site allows, the seconds it asks for between two requests, and the bytes that say so."""

    parsed: Protego | None = None
    delay: float = 0.0
    size: int = 0

    def allow(self, address: str) -> bool:
        """Return whether the page may be read."""
        return self.parsed is None or bool(self.parsed.can_fetch(address, NAME))


def read_rules(data: bytes) -> Rules:
    """Return the rules of a robots.txt. Whatever it holds, it takes time and memory in proportion to it."""
    from protego import Protego

    text = data[:MOST_BYTES].decode("utf-8", "replace").removeprefix("\ufeff")
    parsed = Protego.parse("\n".join(_shorten(text.splitlines())))
    delay = parsed.crawl_delay(NAME) or 0.0
    delay = delay if math.isfinite(delay) and delay > 0 else 0.0
    return Rules(parsed, delay, min(len(data), MOST_BYTES))


def _shorten(lines: list[str]) -> list[str]:
    """Return the lines with one name for all other programs: the parser keeps the rules of each by itself."""
    short: list[str] = []
    for line in lines:
        named = _AGENT.match(line)
        if named:
            token = line[named.end() :].partition("#")[0].partition("/")[0].strip().lower()
            line = f"User-agent: {token if token in ('*', NAME.lower()) else _OTHER}"
            if short and short[-1] == line:
                continue
        short.append(line)
    return short


@dataclass(slots=True)
class _Site:
    lock: Lock = field(default_factory=Lock)
    found: Rules | FetchError | None = None


class Robots:
    """The rules of all sites asked so far. `fetch` gets the robots.txt at an address, redirects followed."""

    def __init__(self, fetch: Callable[[httpx.URL], Reply]) -> None:
        self._fetch = fetch
        self._sites: dict[str, _Site] = {}
        self._lock = Lock()

    def find(self, url: httpx.URL) -> Rules:
        """Return the rules of the site of `url`. Raises FetchError where they cannot be known for now."""
        address = url.copy_with(raw_path=b"/robots.txt")
        with self._lock:
            site = self._sites.setdefault(str(address), _Site())
        with site.lock:
            if site.found is None:
                site.found = self._ask(address)
                self._make_room()
            found = site.found
        if isinstance(found, FetchError):
            raise FetchError(found.reason, may_pass=found.may_pass, status=found.status)
        return found

    def _make_room(self) -> None:
        """Forget what was read first where it is too much: a feed may name thousands of sites."""
        with self._lock:
            sizes = {name: getattr(site.found, "size", 0) for name, site in self._sites.items()}
            kept = sum(sizes.values())
            for name, size in sizes.items():
                if kept <= MOST_KEPT:
                    return
                kept -= size
                if size:
                    del self._sites[name]

    def _ask(self, address: httpx.URL) -> Rules | FetchError:
        try:
            reply = self._fetch(address)
        except FetchError as error:
            if not error.status:
                raise  # what is wrong with its server is wrong with the page too
            return FetchError(f"its robots.txt could not be read ({error.reason})", may_pass=True)
        if reply.data is not None:
            return read_rules(reply.data)
        if reply.status == 429 or reply.status >= 500:
            reason = f"its robots.txt could not be read (answered {reply.status}), so it is left alone"
            return FetchError(reason, may_pass=True, status=reply.status)
        return Rules()  # none: everything may be read
