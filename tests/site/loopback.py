"""A web site on this machine: pages, robots.txt, conditional requests, a log, and servers that misbehave."""

from __future__ import annotations

import gzip
import socket
import ssl
import struct
from contextlib import suppress
from dataclasses import dataclass, field
from email.utils import format_datetime, parsedate_to_datetime
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Lock, Thread
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime
    from pathlib import Path
    from types import TracebackType
    from typing import Self

    Behaviour = Callable[["Handler"], None]

HTML = "text/html; charset=utf-8"


@dataclass
class Request:
    """One request as the server saw it, names of headers in lower case. `sent` are bytes of the body."""

    path: str
    headers: Mapping[str, str]
    status: int = 0
    sent: int = 0


@dataclass
class Page:
    """What stands at a path. `etag` is made from the body, where it has one; `slow` are seconds before it."""

    body: bytes
    media_type: str | None = HTML
    has_etag: bool = True
    modified: datetime | None = None
    slow: float = 0.0
    headers: tuple[tuple[str, str], ...] = ()

    def __call__(self, handler: Handler) -> None:
        handler.server.site.stopped.wait(self.slow)
        etag = f'"{sha256(self.body).hexdigest()[:16]}"' if self.has_etag else None
        if _is_known(handler.headers, etag, self.modified):
            handler.answer(304, b"", None, self._validators(etag))
        else:
            handler.answer(200, self.body, self.media_type, (*self._validators(etag), *self.headers))

    def _validators(self, etag: str | None) -> tuple[tuple[str, str], ...]:
        modified = (("Last-Modified", format_datetime(self.modified, usegmt=True)),) if self.modified else ()
        return ((("ETag", etag),) if etag else ()) + modified


def _is_known(headers: Mapping[str, str], etag: str | None, modified: datetime | None) -> bool:
    if "If-None-Match" in headers:
        return etag is not None and etag in headers["If-None-Match"]
    since = headers.get("If-Modified-Since")
    return bool(since and modified and modified.replace(microsecond=0) <= parsedate_to_datetime(since))


class Handler(BaseHTTPRequestHandler):
    """Answers one request as the site's script says, and writes it down."""

    server: Server
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self.close_connection = True
        site = self.server.site
        path, _, _ = self.path.partition("#")
        # Written down before anything is sent: whoever has the answer finds it in the log.
        self.asked = Request(self.path, {name.lower(): value for name, value in self.headers.items()})
        site.begin(self.asked)
        with suppress(OSError):  # the client went away
            site.find(path)(self)
        site.end(self.asked)

    def answer(
        self,
        status: int,
        body: bytes = b"",
        media_type: str | None = HTML,
        headers: tuple[tuple[str, str], ...] = (),
    ) -> None:
        """Send a whole answer."""
        named = {name.lower() for name, _ in headers}
        own = [("Content-Length", str(len(body)))] if "content-length" not in named and status != 304 else []
        own += [("Content-Type", media_type)] if media_type and status != 304 else []
        self.begin(status, *own, *headers)
        self.send(body)

    def begin(self, status: int, *headers: tuple[str, str]) -> None:
        """Send the status and the headers; the connection closes behind the answer."""
        self.asked.status = status
        self.server.site.end(self.asked)
        self.send_response_only(status)
        for name, value in (*headers, ("Connection", "close")):
            self.send_header(name, value)
        self.end_headers()

    def send(self, data: bytes) -> None:
        """Send part of the body."""
        self.asked.sent += len(data)
        self.wfile.write(data)
        self.wfile.flush()

    def log_message(self, *_: object) -> None:
        """Say nothing on the screen."""


class Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    request_queue_size = 64
    site: Site

    def handle_error(self, *_: object) -> None:
        """Say nothing on the screen: clients go away."""


@dataclass
class Site:
    """One host on this machine, with a free port, while it is entered.

    `log` are the requests so far, `most_at_once` how many of them waited side by side; `begun` is set
    once there was one at all.

    With a `certificate` (a file with its key) it speaks HTTPS.
    """

    host: str = "127.0.0.1"
    certificate: Path | None = None
    pages: dict[str, list[Behaviour]] = field(default_factory=dict)
    log: list[Request] = field(default_factory=list)
    begun: Event = field(default_factory=Event)
    stopped: Event = field(default_factory=Event)
    most_at_once: int = 0
    _open: set[int] = field(default_factory=set)
    _lock: Lock = field(default_factory=Lock)

    def __enter__(self) -> Self:
        self._server = Server((self.host, 0), Handler)
        self._server.site = self
        if self.certificate:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(self.certificate)
            self._server.socket = context.wrap_socket(self._server.socket, server_side=True)
        self._thread = Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stopped.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    @property
    def port(self) -> int:
        return int(self._server.server_address[1])

    def address(self, path: str = "/") -> str:
        """Return the web address of a path."""
        scheme = "https" if self.certificate else "http"
        return f"{scheme}://{self.host}:{self.port}{path}"

    def put(self, path: str, body: str | bytes, media_type: str | None = HTML, **more: object) -> str:
        """Put a page at a path, instead of what was there; return its address."""
        data = body.encode() if isinstance(body, str) else body
        return self.script(path, Page(data, media_type, **more))  # type: ignore[arg-type]

    def script(self, path: str, *behaviours: Behaviour) -> str:
        """Have requests for a path answered by these, one after the other; the last one stays."""
        self.pages[path] = [*behaviours]
        return self.address(path)

    def forbid(self, *paths: str, delay: float | None = None) -> None:
        """Put a robots.txt that forbids paths to everybody."""
        wait = f"Crawl-delay: {delay}\n" if delay is not None else ""
        lines = "".join(f"Disallow: {path}\n" for path in paths)
        self.put("/robots.txt", f"User-agent: *\n{wait}{lines}", "text/plain")

    def find(self, path: str) -> Behaviour:
        """Return what answers the next request for a path."""
        with self._lock:
            script = self.pages.get(path) or [status(404)]
            return script.pop(0) if len(script) > 1 else script[0]

    def begin(self, request: Request) -> None:
        """Write a request down, and count it until it is answered."""
        with self._lock:
            self.log.append(request)
            self._open.add(id(request))
            self.most_at_once = max(self.most_at_once, len(self._open))
        self.begun.set()

    def end(self, request: Request) -> None:
        """Say that a request is being answered."""
        with self._lock:
            self._open.discard(id(request))

    def list_asked(self, path: str | None = None) -> list[Request]:
        """Return the requests so far without those for robots.txt, or those for one path."""
        with self._lock:
            return [one for one in self.log if (one.path == path if path else one.path != "/robots.txt")]


def status(code: int, *headers: tuple[str, str], body: str = "<p>no</p>") -> Behaviour:
    """Answer with this status."""
    return lambda handler: handler.answer(code, body.encode(), HTML, headers)


def redirect(to: str, code: int = 302) -> Behaviour:
    """Lead to another address."""
    return status(code, ("Location", to))


def busy(retry_after: str | None, code: int = 429) -> Behaviour:
    """Ask to be left alone for a while."""
    return status(code, *([("Retry-After", retry_after)] if retry_after is not None else []))


def silent(seconds: float = 30.0) -> Behaviour:
    """Take the request and say nothing."""
    return lambda handler: _wait(handler, seconds)


def drip(data: bytes = b"<p>slow</p>" * 1000, pause: float = 0.05, *, in_headers: bool = False) -> Behaviour:
    """Send a byte at a time: of the body, or of a header that does not end."""

    def answer(handler: Handler) -> None:
        if in_headers:
            handler.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
        else:
            handler.begin(200, ("Content-Type", HTML), ("Content-Length", str(len(data))))
        for place in range(len(data)):
            if _wait(handler, pause):
                return
            handler.send(data[place : place + 1])

    return answer


def flood(size: int, *, says_length: bool = False, media_type: str = HTML) -> Behaviour:
    """Send a body of `size` bytes, its length said or not."""

    def answer(handler: Handler) -> None:
        length = [("Content-Length", str(size))] if says_length else []
        handler.begin(200, ("Content-Type", media_type), *length)
        for _ in range(0, size, 65_536):
            handler.send(b"a" * 65_536)

    return answer


def packed(data: bytes, encoding: str = "gzip", media_type: str = HTML) -> Behaviour:
    """Send data as packed in this way, whether it is or not."""
    headers = (("Content-Encoding", encoding),)
    return lambda handler: handler.answer(200, data, media_type, headers)


def bomb(size: int) -> Behaviour:
    """Send a small body that unpacks to `size` zeros."""
    return packed(gzip.compress(bytes(size), 9))


def raw(data: bytes) -> Behaviour:
    """Send these bytes instead of an answer, and close."""

    def answer(handler: Handler) -> None:
        handler.wfile.write(data)
        handler.wfile.flush()

    return answer


def reset(handler: Handler) -> None:
    """Break the connection off."""
    handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    handler.connection.close()


def _wait(handler: Handler, seconds: float) -> bool:
    return handler.server.site.stopped.wait(seconds)
