"""One address from asking to answer: its site's rules, its redirects, its server's wishes."""

from __future__ import annotations

import re
from dataclasses import replace
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

import httpx

from quotes.fetch.body import read_kind
from quotes.fetch.client import Client, Reply, name_status
from quotes.fetch.failure import FetchError, say_seconds
from quotes.fetch.guard import look_up, name_host, read_address
from quotes.fetch.hosts import Hosts
from quotes.fetch.robots import MOST_BYTES, Robots
from quotes.requests import Answer

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime
    from threading import Event

    from quotes.fetch.guard import Resolve
    from quotes.fetch.manners import Manners
    from quotes.requests import Asked

MOST_REDIRECTS = 5
_REDIRECTS = (301, 302, 303, 307, 308)
_BUSY = (429, 503)
_PASSING = (408, 425, 429)  # and all of 500 and above
_VALIDATOR = re.compile(r"[\x20-\x7e\x80-\xff]{1,500}")


class Visitor:
    """Fetches addresses, from several threads at once."""

    def __init__(
        self, manners: Manners, stop: Event, now: Callable[[], datetime], resolve: Resolve = look_up
    ) -> None:
        self._manners = manners
        self._now = now
        self._hosts = Hosts(manners.delay, stop)
        self._robots = Robots(self._fetch_robots)
        self.client = Client(manners, stop, resolve)

    def visit(self, asked: Asked) -> Answer:
        """Return what became of `asked`. Never raises FetchError: the answer has the reason."""
        trail = [asked.address]
        try:
            validators = _list_validators(asked)
            reply = self._follow(read_address(asked.address), trail, lambda url: self._ask(url, validators))
            return _answer(asked, trail[-1], reply, bool(validators))
        except FetchError as error:
            return Answer(asked, error.status, trail[-1], reason=error.reason, may_pass=error.may_pass)

    def _follow(self, url: httpx.URL, trail: list[str], ask: Callable[[httpx.URL], Reply]) -> Reply:
        """Return the answer that redirects lead to. `trail` ends with the address of the last answer."""
        trail[:] = [str(url)]
        while (reply := ask(url)).status in _REDIRECTS:
            url = _read_next(url, reply)
            if str(url) in trail:
                raise FetchError("redirects in a circle", status=reply.status)
            if len(trail) > MOST_REDIRECTS:
                raise FetchError(f"redirects more than {MOST_REDIRECTS} times", status=reply.status)
            trail.append(str(url))
        return reply

    def _ask(self, url: httpx.URL, validators: Mapping[str, str]) -> Reply:
        if self._manners.obey_robots:
            rules = self._robots.find(url)
            host = self._hosts.find(name_host(url))
            host.delay = max(host.delay, min(rules.delay, self._manners.most_delay))
            if not rules.allow(str(url)):
                raise FetchError("robots.txt asks not to read this page")
        return self._send(url, validators, self._manners.most_bytes)

    def _fetch_robots(self, url: httpx.URL) -> Reply:
        try:
            return self._follow(url, [], lambda hop: self._send(hop, {}, MOST_BYTES, may_be_cut=True))
        except FetchError as error:
            if error.status in _REDIRECTS:
                return Reply(error.status, {})  # as if there were none
            raise

    def _send(
        self, url: httpx.URL, headers: Mapping[str, str], most: int, *, may_be_cut: bool = False
    ) -> Reply:
        """Return the answer, after a pause where the server asks for a short one."""
        host = self._hosts.find(name_host(url))
        for is_last in (False, True):
            with self._hosts.taking_turns(host):
                reply = self.client.get(url, headers, most=most, may_be_cut=may_be_cut)
                pause = self._read_pause(reply)
                if pause is None:
                    return reply
                if is_last or pause > self._manners.most_pause:
                    host.leave_alone(_say_pause(reply, pause))
                    return reply
                self._hosts.pause(host, pause)
        return reply

    def _read_pause(self, reply: Reply) -> float | None:
        """Return the seconds for which the server wants no requests; None where it says nothing of it."""
        said = reply.headers.get("retry-after", "")
        if reply.status not in _BUSY or (reply.status == 503 and not said):
            return None
        if said.isdecimal() and said.isascii() and len(said) < 8:
            return float(said)
        try:
            until = parsedate_to_datetime(said[:100])
            return max(0.0, (until - self._now()).total_seconds())
        except (ValueError, TypeError, OverflowError, IndexError):
            return float("inf")


def _say_pause(reply: Reply, pause: float) -> str:
    how_long = f" for {say_seconds(pause)}" if 0 < pause < 100_000_000 else ""
    return f"left alone for the rest of this job: its server asked for a pause{how_long} ({reply.status})"


def _list_validators(asked: Asked) -> dict[str, str]:
    named = {"If-None-Match": asked.etag, "If-Modified-Since": asked.last_modified}
    return {name: value for name, value in named.items() if value and _VALIDATOR.fullmatch(value)}


def _keep(value: str | None) -> str | None:
    return value if value and _VALIDATOR.fullmatch(value) else None


def _read_next(url: httpx.URL, reply: Reply) -> httpx.URL:
    said = reply.headers.get("location", "").encode("latin-1").decode("utf-8", "replace")
    if not said:
        raise FetchError("redirects without saying where to", status=reply.status)
    try:
        return read_address(str(url.join(said)))
    except (httpx.InvalidURL, ValueError) as error:
        raise FetchError("redirects to what is no web address", status=reply.status) from error
    except FetchError as error:
        error.status = reply.status
        raise


def _answer(asked: Asked, address: str, reply: Reply, was_conditional: bool) -> Answer:
    headers = reply.headers
    kept = Answer(
        asked,
        reply.status,
        address,
        etag=_keep(headers.get("etag")),
        last_modified=_keep(headers.get("last-modified")),
    )
    if reply.status == 304 and was_conditional:
        return replace(
            kept, etag=kept.etag or asked.etag, last_modified=kept.last_modified or asked.last_modified
        )
    if reply.data and reply.status != 206:
        media_type, charset = read_kind(headers.get("content-type"))
        return replace(kept, data=reply.data, media_type=media_type, charset=charset)
    reason = "answered with nothing" if reply.status == 200 else name_status(reply.status)
    may_pass = reply.status in _PASSING or reply.status >= 500
    return Answer(asked, reply.status, address, reason=reason, may_pass=may_pass)
