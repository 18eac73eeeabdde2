"""robots.txt: what it allows, what stands for "not now", and files made to cost time."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import TYPE_CHECKING

import httpx
import loopback
import pytest
from loopback import Site

from quotes.fetch import Fetcher, Manners
from quotes.fetch.robots import MOST_BYTES, read_rules
from quotes.requests import Asked

if TYPE_CHECKING:
    from collections.abc import Iterator

QUICK = Manners(delay=0.0, timeout=5.0, allow_private=True)


@pytest.mark.parametrize(
    ("text", "allowed", "forbidden"),
    [
        ("", ["/", "/a"], []),
        ("User-agent: *\nDisallow: /a", ["/", "/b"], ["/a", "/ab", "/a/b"]),
        ("User-agent: *\nDisallow:", ["/a"], []),
        ("User-agent: *\nDisallow: /\nAllow: /news/", ["/news/a"], ["/", "/a"]),
        ("User-agent: *\nDisallow: /*.pdf$\nDisallow: /*?print", ["/a.pdf.html"], ["/a.pdf", "/a?print=1"]),
        ("User-agent: QuoteDrift\nDisallow: /a\n\nUser-agent: *\nDisallow: /", ["/b"], ["/a"]),
        ("user-agent: quotedrift/2.0 # us\ndisallow: /a", ["/b"], ["/a"]),
        ("User-agent: Other\nUser-agent: QuoteDrift\nDisallow: /a", ["/b"], ["/a"]),
        ("User-agent: Other\nDisallow: /", ["/a"], []),
        ("User-agent: Quote\nDisallow: /\nUser-agent: Drift\nDisallow: /", ["/a"], []),
        ("\ufeffUser-agent: *\r\nDisallow: /a\r\n", ["/b"], ["/a"]),
        ("Disallow: /\n", ["/a"], []),
        ("<html><body>User-agent: no</body></html>", ["/a"], []),
        ("User-agent: *\nDisallow: /caf%C3%A9\nDisallow: /über", ["/cafe"], ["/café", "/%C3%BCber"]),
    ],
)
def test_rules_are_kept(text: str, allowed: list[str], forbidden: list[str]) -> None:
    rules = read_rules(text.encode())
    found = {path: rules.allow(str(httpx.URL(f"http://lamp.example{path}"))) for path in allowed + forbidden}
    assert found == dict.fromkeys(allowed, True) | dict.fromkeys(forbidden, False)


@pytest.mark.parametrize(
    ("said", "delay"), [("2.5", 2.5), ("-1", 0), ("nan", 0), ("inf", 0), ("soon", 0), ("1e400", 0)]
)
def test_the_pause_asked_for_is_a_number(said: str, delay: float) -> None:
    assert read_rules(f"User-agent: *\nCrawl-delay: {said}".encode()).delay == delay


@pytest.mark.parametrize(
    "data",
    [
        b"User-agent: *\nDisallow: /" + b"*a" * 200_000 + b"b",
        b"".join(b"User-agent: a%d\n" % n for n in range(20_000)) + b"Allow: /x\n" * 20_000,
        b"".join(b"User-agent: *\nUser-agent: quotedrift\nUser-agent: b\n" for _ in range(8_000))
        + b"".join(b"Disallow: /%d*x\n" % n for n in range(15_000)),
        b"".join(b"useragent a%d\n" % n for n in range(15_000)) + b"Allow: /x\n" * 20_000,
        b"\xff\xfe\x00" * 160_000,
        b"Crawl-delay: " + b"9" * 400_000,
    ],
    ids=["wildcards", "many names", "many groups", "names without colons", "no text", "a long number"],
)
def test_a_file_made_to_cost_time_costs_little(data: bytes) -> None:
    begin = time.process_time()
    rules = read_rules(data)
    for n in range(20):
        rules.allow(f"http://lamp.example/{'a' * 1_900}{n}")
    assert time.process_time() - begin < 3


def test_what_is_beyond_the_limit_does_not_count() -> None:
    comments = b"#" + b"a" * (MOST_BYTES - 2) + b"\n"
    assert read_rules(comments + b"User-agent: *\nDisallow: /").allow("http://lamp.example/a")


@pytest.fixture
def site() -> Iterator[Site]:
    with Site() as site:
        yield site


def _fetch(site: Site, *paths: str, manners: Manners = QUICK) -> list[str | None]:
    """Return the reasons for which the pages at `paths` were not read, None for each that was."""
    with Fetcher(manners) as fetcher:
        for path in paths:
            fetcher.ask(Asked(site.put(path, "text")))
        answers = list(fetcher.answers())
    assert all(answer.data == b"text" for answer in answers if answer.reason is None)
    return [answer.reason for answer in answers]


@pytest.mark.parametrize(
    "behaviour",
    [
        loopback.status(404),
        loopback.status(401),
        loopback.status(403),
        loopback.redirect("/robots.txt"),
        loopback.redirect("/gone"),
        loopback.redirect("file:///etc/passwd"),
        loopback.flood(MOST_BYTES * 3, media_type="image/png"),
        loopback.flood(MOST_BYTES * 3, says_length=True),
    ],
    ids=["404", "401", "403", "a circle", "to a 404", "to a file", "too long", "too long, and said"],
)
def test_a_site_without_rules_may_be_read(site: Site, behaviour: loopback.Behaviour) -> None:
    site.script("/robots.txt", behaviour)
    assert _fetch(site, "/a", "/b") == [None, None]


@pytest.mark.parametrize(
    ("behaviour", "reason"),
    [
        (loopback.status(500), "its robots.txt could not be read (answered 500), so it is left alone"),
        (loopback.busy("0"), "its robots.txt could not be read (answered 429), so it is left alone"),
        (loopback.packed(b"no"), "its robots.txt could not be read (its packed data is broken)"),
    ],
    ids=["500", "429", "broken"],
)
def test_a_site_whose_rules_cannot_be_known_is_left_alone_for_now(
    site: Site, behaviour: loopback.Behaviour, reason: str
) -> None:
    site.script("/robots.txt", behaviour)
    first, second = _fetch(site, "/a", "/b")
    assert first == reason
    assert second is not None
    assert site.list_asked() == []


def test_a_site_that_does_not_answer_is_asked_for_its_rules_twice(site: Site) -> None:
    site.script("/robots.txt", loopback.silent())
    reasons = _fetch(site, "/a", "/b", "/c", manners=replace(QUICK, timeout=0.2))
    assert reasons[:2] == ["the server did not answer within 0.2 s"] * 2
    assert reasons[2] == "left alone for the rest of this job (the server did not answer within 0.2 s)"
    assert site.list_asked() == []


def test_rules_are_read_once_a_job(site: Site) -> None:
    site.script("/robots.txt", loopback.redirect("/rules"))
    site.put("/rules", "User-agent: *\nDisallow: /b", "text/plain")
    assert _fetch(site, "/a", "/b", "/c") == [None, "robots.txt asks not to read this page", None]
    assert [one.path for one in site.log] == ["/robots.txt", "/rules", "/a", "/c"]


def test_rules_may_be_disregarded(site: Site) -> None:
    site.forbid("/")
    assert _fetch(site, "/a") == ["robots.txt asks not to read this page"]
    assert _fetch(site, "/a", manners=replace(QUICK, obey_robots=False)) == [None]
