"""Servers that misbehave on purpose: one reason each, in bounded time and memory, and never a traceback."""

from __future__ import annotations

import gzip
import time
import tracemalloc
import zlib
from dataclasses import replace
from typing import TYPE_CHECKING

import loopback
import pytest
from loopback import Site

from quotes.fetch import Fetcher, Manners
from quotes.fetch.body import read_bytes
from quotes.fetch.failure import FetchError
from quotes.requests import Answer, Asked

if TYPE_CHECKING:
    from collections.abc import Iterator

PATIENCE = Manners(delay=0.0, timeout=5.0, most_bytes=200_000, allow_private=True, obey_robots=False)
SHORT = replace(PATIENCE, timeout=0.3, most_time=0.6)
OK = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
TOO_MUCH = "more than 0.2 MB"

HOSTILE: dict[str, tuple[loopback.Behaviour, str]] = {
    "says nothing": (loopback.silent(), "the server did not answer within 0.3 s"),
    "drips its headers": (loopback.drip(in_headers=True), "was not read to its end within 0.6 s"),
    "drips its body": (loopback.drip(), "was not read to its end within 0.6 s"),
    "stops in its body": (loopback.drip(pause=20), "the server did not answer within 0.3 s"),
    "breaks off": (loopback.reset, "the connection broke off"),
    "closes at once": (loopback.raw(b""), "the server closed the connection without an answer"),
    "huge, no length": (loopback.flood(10**9), TOO_MUCH),
    "huge, length said": (loopback.flood(10**12, says_length=True), TOO_MUCH),
    "a length of many digits": (
        loopback.raw(OK + b"Content-Length: 9999999999999999999\r\n\r\na"),
        TOO_MUCH,
    ),
    "a length of too many digits": (
        loopback.raw(OK + b"Content-Length: " + b"9" * 5_000 + b"\r\n\r\na"),
        "not HTTP as it should be",
    ),
    "less than its length": (
        loopback.raw(OK + b"Content-Length: 100\r\n\r\nabc"),
        "the connection broke off before all of it came",
    ),
    "two lengths": (
        loopback.raw(OK + b"Content-Length: 3\r\nContent-Length: 30\r\n\r\nabc"),
        "not HTTP as it should be",
    ),
    "a chunk that is cut": (
        loopback.raw(OK + b"Transfer-Encoding: chunked\r\n\r\n5\r\nab"),
        "the connection broke off before all of it came",
    ),
    "a chunk of no size": (
        loopback.raw(OK + b"Transfer-Encoding: chunked\r\n\r\nzz\r\nabc\r\n0\r\n\r\n"),
        "not HTTP as it should be",
    ),
    "a header without a colon": (loopback.raw(OK + b"no header\r\n\r\nabc"), "not HTTP as it should be"),
    "a NUL in a header": (loopback.raw(OK + b"A: \x00b\r\n\r\nabc"), "not HTTP as it should be"),
    "a header of a megabyte": (
        loopback.raw(OK + b"A: " + b"b" * 1_000_000 + b"\r\n\r\nabc"),
        "not HTTP as it should be",
    ),
    "headers without end": (loopback.raw(OK + b"A: b\r\n" * 100_000), "not HTTP as it should be"),
    "another protocol": (loopback.raw(b"SSH-2.0-OpenSSH_9.7\r\n\r\n"), "not HTTP as it should be"),
    "a status that is none": (loopback.raw(b"HTTP/1.1 99999 OK\r\n\r\n"), "not HTTP as it should be"),
    "news before the answer": (
        loopback.raw(b"HTTP/1.1 103 Early Hints\r\n\r\n" * 1_000),
        "the server closed the connection without an answer",
    ),
    "a protocol to switch to": (
        loopback.raw(b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\nabc"),
        "not HTTP as it should be",
    ),
    "a picture": (loopback.flood(10**9, media_type="image/jpeg"), "is image/jpeg, neither an article"),
    "a film": (loopback.flood(10**9, media_type="video/mp4"), "is video/mp4, neither an article"),
    "a gzip bomb": (loopback.bomb(100_000_000), TOO_MUCH),
    "a bomb in deflate": (loopback.packed(zlib.compress(bytes(10**8), 9), "deflate"), TOO_MUCH),
    "a bomb of many members": (loopback.packed(gzip.compress(bytes(10_000)) * 2_000), TOO_MUCH),
    "a byte of gzip": (loopback.packed(b"\x1f"), "its packed data ends too early"),
    "gzip that is none": (loopback.packed(b"<p>text</p>"), "its packed data is broken"),
    "gzip that is cut": (loopback.packed(gzip.compress(b"text" * 99)[:-9]), "its packed data ends too early"),
    "deflate that is none": (loopback.packed(b"\xff" * 99, "deflate"), "its packed data is broken"),
    "Brotli, not asked for": (loopback.packed(b"abc", "br"), "packed in a way that was not asked for (br)"),
    "gzip in gzip": (
        loopback.packed(b"abc", "gzip, gzip"),
        "packed in a way that was not asked for (gzip, gzip)",
    ),
    "a circle": (loopback.redirect("/page"), "redirects in a circle"),
    "a circle by another name": (loopback.redirect("/page#again"), "redirects in a circle"),
    "a file of this machine": (
        loopback.redirect("file:///etc/passwd"),
        "only http and https addresses are fetched",
    ),
    "a script": (loopback.redirect("javascript:alert(1)"), "only http and https addresses are fetched"),
    "an address without end": (loopback.redirect("/" + "a" * 60_000), "more than 2,000 characters"),
    "an address of no letters": (loopback.redirect("http://\xff\xfe/"), "no web address"),
}


@pytest.fixture
def site() -> Iterator[Site]:
    with Site() as site:
        yield site


def _fetch(*asked: Asked, manners: Manners = PATIENCE) -> list[Answer]:
    with Fetcher(manners) as fetcher:
        for one in asked:
            fetcher.ask(one)
        return list(fetcher.answers())


@pytest.mark.parametrize(("behaviour", "reason"), HOSTILE.values(), ids=HOSTILE.keys())
def test_a_hostile_server_gets_one_reason(site: Site, behaviour: loopback.Behaviour, reason: str) -> None:
    asked = Asked(site.script("/page", behaviour))
    begin = time.monotonic()
    (answer,) = _fetch(asked, manners=SHORT if "within 0." in reason else PATIENCE)
    assert time.monotonic() - begin < 5
    assert (answer.asked, answer.data) == (asked, None)
    assert reason in (answer.reason or "")
    assert "\n" not in (answer.reason or "")
    assert len(answer.reason or "") < 200
    assert not (answer.reason or "").startswith("could not be fetched:"), "an error nobody foresaw"


def test_after_a_hostile_page_its_site_is_still_read(site: Site) -> None:
    hostile = [Asked(site.script(f"/{n}", one)) for n, (one, _) in enumerate(HOSTILE.values()) if n > 10]
    (answer,) = [one for one in _fetch(*hostile, Asked(site.put("/good", "text"))) if one.data]
    assert answer.data == b"text"


def test_a_circle_over_two_sites_is_told() -> None:
    with Site("127.0.0.2") as one, Site("127.0.0.3") as other:
        one.script("/a", loopback.redirect(other.address("/a")))
        other.script("/a", loopback.redirect(one.address("/a")))
        assert {answer.reason for answer in _fetch(Asked(one.address("/a")), Asked(other.address("/a")))} == {
            "redirects in a circle"
        }


@pytest.mark.parametrize("name", ["huge, no length", "a gzip bomb", "a bomb of many members", "a circle"])
def test_memory_is_bounded(site: Site, name: str) -> None:
    asked = Asked(site.script("/page", HOSTILE[name][0]))
    _fetch(asked)  # what is loaded once
    tracemalloc.start()
    _fetch(asked, asked, asked)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 5_000_000


def test_many_members_cost_time_in_proportion() -> None:
    members = gzip.compress(b"") * 200_000
    begin = time.process_time()
    chunks = (members[at : at + 65_536] for at in range(0, len(members), 65_536))
    assert read_bytes(chunks, "gzip", 10_000_000) == b""
    assert time.process_time() - begin < 8


@pytest.mark.parametrize("encoding", ["gzip", "x-gzip", "GZIP", "deflate", "raw", "", "identity"])
@pytest.mark.parametrize("size", [1, 7, 100_000])
def test_what_is_packed_is_unpacked_whole(encoding: str, size: int) -> None:
    text = "“Boats,” she said. ".encode() * 5_000
    plain = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    packed = {
        "deflate": zlib.compress(text),
        "raw": plain.compress(text) + plain.flush(),
        "": text,
        "identity": text,
    }.get(encoding, gzip.compress(text[:999]) + gzip.compress(text[999:]) + bytes(9))
    chunks = [packed[at : at + size] for at in range(0, len(packed), size)]
    assert read_bytes(chunks, encoding.replace("raw", "deflate"), len(text)) == text


def test_one_byte_too_many_is_refused() -> None:
    assert read_bytes([b"abc"], "", 3) == b"abc"
    with pytest.raises(FetchError, match="more than 3 bytes"):
        read_bytes([b"abcd"], "", 3)
    with pytest.raises(FetchError, match="more than 3 bytes"):
        read_bytes([gzip.compress(b"abcd")], "gzip", 3)
    assert read_bytes([b"ab", b"cd", b"ef"], "", 3, may_be_cut=True) == b"abc"


def test_a_host_that_only_drips_costs_two_requests(site: Site) -> None:
    asked = [Asked(site.script(f"/{n}", loopback.drip())) for n in range(30)]
    begin = time.monotonic()
    answers = _fetch(*asked, manners=replace(SHORT, most_time=0.2))
    assert time.monotonic() - begin < 4
    assert len(answers) == 30
    assert len(site.list_asked()) <= 2
