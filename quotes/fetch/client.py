"""One request and its answer: over checked connections, with every failure in words for a person."""

from __future__ import annotations

import ssl
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from http import HTTPStatus
from threading import Lock
from typing import TYPE_CHECKING
from urllib.request import proxy_bypass

import httpcore
import httpx

from quotes.fetch.body import is_read, read_bytes, read_kind, say_too_much
from quotes.fetch.failure import FetchError, say_seconds
from quotes.fetch.guard import find_addresses, find_proxies, look_up
from quotes.fetch.wire import Deadline, Wire

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from threading import Event

    from quotes.fetch.guard import Resolve
    from quotes.fetch.manners import Manners

_ACCEPT = (
    "text/html, application/xhtml+xml, application/rss+xml, application/atom+xml, application/xml;q=0.9, "
    "text/vtt, application/json;q=0.8, text/plain;q=0.8, application/pdf;q=0.7, */*;q=0.1"
)


@dataclass(frozen=True, slots=True)
class Reply:
    """What a server answered. `headers` have names in lower case; `data` is None where `status` is no 2xx."""

    status: int
    headers: Mapping[str, str]
    data: bytes | None = None


class Client:
    """Sends requests, each over a connection of its own. `requests` counts those that found their server."""

    def __init__(self, manners: Manners, stop: Event, resolve: Resolve = look_up) -> None:
        self._manners = manners
        self._stop = stop
        self._resolve = resolve
        self._proxies = find_proxies()
        self._lock = Lock()
        self.requests = 0

    @cached_property
    def _trust(self) -> ssl.SSLContext:
        return httpx.create_ssl_context()

    def get(
        self, url: httpx.URL, headers: Mapping[str, str], *, most: int, may_be_cut: bool = False
    ) -> Reply:
        """Return the answer of one server, redirects not followed. Raises FetchError where none came.

        Of an answer that is more than `most` bytes the beginning is returned where it `may_be_cut`, whatever
        its media type.
        """
        proxy = self._choose_proxy(url)
        wire = self._make_wire(is_guarded=not proxy)
        named = {"Host": url.netloc.decode("ascii"), **self._introduce(), **headers}
        sent = [(name.encode("ascii"), value.encode("latin-1")) for name, value in named.items()]
        wait = dict.fromkeys(("connect", "read", "write", "pool"), self._manners.timeout)
        target = httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path)
        status = 0
        try:
            with (
                _telling(self._manners.timeout),
                self._open_pool(url, wire, proxy) as pool,
                pool.stream("GET", target, headers=sent, extensions={"timeout": wait}) as answer,
            ):
                status = answer.status
                headers = _read_headers(answer.headers)
                data = _read_data(answer, headers, most, may_be_cut) if 200 <= status < 300 else None
                return Reply(status, headers, data)
        except FetchError as error:
            error.status = status
            raise
        finally:
            with self._lock:
                self.requests += wire.is_connected

    def _introduce(self) -> dict[str, str]:
        return {
            "User-Agent": self._manners.user_agent,
            "Accept": _ACCEPT,
            "Accept-Encoding": "gzip, deflate",
            "Connection": "close",
        }

    def _make_wire(self, *, is_guarded: bool) -> Wire:
        deadline = Deadline(self._manners.most_time, self._stop)
        if not is_guarded:
            return Wire(deadline, allow_private=True)
        return Wire(deadline, allow_private=self._manners.allow_private, resolve=self._resolve)

    def _open_pool(self, url: httpx.URL, wire: Wire, proxy: str | None) -> httpcore.ConnectionPool:
        if not proxy:
            trust = self._trust if url.scheme == "https" else None
            return httpcore.ConnectionPool(ssl_context=trust, network_backend=wire)
        self._judge_behind_proxy(url)
        address = httpx.URL(proxy if "://" in proxy else f"http://{proxy}")
        if address.scheme not in ("http", "https"):
            raise FetchError(
                f"a proxy of the kind {address.scheme[:10]}:// is not supported: set an http:// one"
            )
        auth = (address.username, address.password) if address.userinfo else None
        return httpcore.HTTPProxy(
            str(address.copy_with(userinfo=b"")), auth, ssl_context=self._trust, network_backend=wire
        )

    def _choose_proxy(self, url: httpx.URL) -> str | None:
        if not self._proxies or proxy_bypass(url.host):
            return None
        return self._proxies.get(url.scheme) or self._proxies.get("all")

    def _judge_behind_proxy(self, url: httpx.URL) -> None:
        """Refuse what is known here to be private; a name known only to the proxy is left to it."""
        port = url.port or 80
        try:
            find_addresses(url.host, port, allow_private=self._manners.allow_private, resolve=self._resolve)
        except FetchError as error:
            if not error.is_silence:
                raise


def name_status(status: int) -> str:
    """Return the reason for which an answer was not read.

    >>> name_status(404), name_status(799)
    ('answered 404 Not Found', 'answered 799')
    """
    try:
        return f"answered {status} {HTTPStatus(status).phrase}"
    except ValueError:
        return f"answered {status}"


def _read_headers(headers: list[tuple[bytes, bytes]]) -> dict[str, str]:
    """Return the first header of each name, in lower case."""
    read: dict[str, str] = {}
    for name, value in headers:
        read.setdefault(name.decode("latin-1").lower(), value.decode("latin-1").strip())
    return read


def _read_data(answer: httpcore.Response, headers: Mapping[str, str], most: int, may_be_cut: bool) -> bytes:
    kind, _ = read_kind(headers.get("content-type"))
    length = headers.get("content-length", "")
    if not may_be_cut:
        if not is_read(kind):
            raise FetchError(f"is {kind}, neither an article nor a list of them")
        if length.isdecimal() and (len(length) > 15 or int(length) > most):
            raise FetchError(say_too_much(most))
    encoding = headers.get("content-encoding", "")
    return read_bytes(answer.iter_stream(), encoding, most, may_be_cut=may_be_cut)


@contextmanager
def _telling(timeout: float) -> Iterator[None]:
    """Turn what goes wrong on the way into words."""
    try:
        yield
    except httpcore.TimeoutException as error:
        reason = f"the server did not answer within {say_seconds(timeout)}"
        raise FetchError(reason, may_pass=True, is_silence=True) from error
    except httpcore.ProxyError as error:
        raise FetchError(
            f"the proxy did not let it through ({_first_words(error)})", may_pass=True
        ) from error
    except httpcore.ConnectError as error:
        raise _explain_connecting(error) from error
    except httpcore.NetworkError as error:
        raise FetchError("the connection broke off", may_pass=True, is_silence=True) from error
    except httpcore.RemoteProtocolError as error:
        raise _explain_protocol(error) from error
    except (httpcore.LocalProtocolError, httpcore.UnsupportedProtocol) as error:
        raise FetchError(f"cannot be asked for ({_first_words(error)})") from error


def _explain_connecting(error: httpcore.ConnectError) -> FetchError:
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ssl.SSLCertVerificationError):
            return FetchError(f"the server's certificate cannot be trusted ({cause.verify_message})")
        if isinstance(cause, ssl.SSLError):
            return FetchError("no safe connection to the server could be made", may_pass=True)
        cause = cause.__cause__ or cause.__context__
    return FetchError(f"no connection to the server ({_first_words(error)})", may_pass=True, is_silence=True)


def _explain_protocol(error: httpcore.RemoteProtocolError) -> FetchError:
    words = _first_words(error)
    if "without sending a response" in words:
        return FetchError(
            "the server closed the connection without an answer", may_pass=True, is_silence=True
        )
    if "without sending complete" in words or "incomplete chunked" in words:
        return FetchError("the connection broke off before all of it came", may_pass=True)
    return FetchError(f"the server's answer is not HTTP as it should be ({words})")


def _first_words(error: Exception) -> str:
    words = " ".join(str(error).split())
    return words[:100] or type(error).__name__
