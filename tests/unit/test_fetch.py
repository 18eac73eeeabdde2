"""Fetching from a site on this machine: what came, what did not and why, and how politely it was asked."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
import threading
import time
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import loopback
import pytest
from loopback import Site

from quotes.fetch import Fetcher, Manners, name_agent
from quotes.requests import Answer, Asked

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

QUICK = Manners(
    delay=0.0, timeout=5.0, most_time=10.0, most_pause=0.2, most_bytes=200_000, allow_private=True
)
MODIFIED = datetime(2026, 3, 1, 9, 30, tzinfo=UTC)


@pytest.fixture
def site() -> Iterator[Site]:
    with Site() as site:
        yield site


def fetch(*asked: Asked | str, manners: Manners = QUICK, **more: object) -> list[Answer]:
    """Return the answers in the order of what was asked."""
    wanted = [one if isinstance(one, Asked) else Asked(one) for one in asked]
    with Fetcher(manners, **more) as fetcher:  # type: ignore[arg-type]
        for one in wanted:
            fetcher.ask(one)
        answers = list(fetcher.answers())
    assert len(answers) == len(wanted)
    return sorted(answers, key=lambda answer: wanted.index(answer.asked))


def test_a_page_comes_with_what_its_server_said_of_it(site: Site) -> None:
    address = site.put(
        "/a", "<p>“Boats,” she said.</p>", 'text/HTML; charset="ISO-8859-1"', modified=MODIFIED
    )
    (answer,) = fetch(f"{address}#part")
    assert (answer.status, answer.reason, answer.may_pass) == (200, None, False)
    assert answer.data == "<p>“Boats,” she said.</p>".encode()
    assert (answer.media_type, answer.charset) == ("text/html", "iso-8859-1")
    assert answer.address == address
    assert answer.etag is not None
    assert answer.last_modified == "Sun, 01 Mar 2026 09:30:00 GMT"


@pytest.mark.parametrize("validator", ["etag", "last_modified"])
def test_what_did_not_change_is_not_sent_again(site: Site, validator: str) -> None:
    address = site.put("/a", "text", modified=MODIFIED)
    (first,) = fetch(address)
    known = Asked(address, **{validator: getattr(first, validator)})
    (second,) = fetch(known)
    assert (second.status, second.data, second.reason) == (304, None, None)
    assert getattr(second, validator) == getattr(first, validator)
    assert [one.sent for one in site.list_asked("/a")] == [4, 0]
    site.put("/a", "other text", modified=MODIFIED.replace(day=2))
    (third,) = fetch(known)
    assert third.data == b"other text"


def test_a_validator_that_is_no_header_is_left_out(site: Site) -> None:
    address = site.put("/a", "text")
    (answer,) = fetch(Asked(address, etag='"a"\r\nX-Evil: 1', last_modified="\u201cyesterday\u201d"))
    assert answer.data == b"text"
    (request,) = site.list_asked()
    assert "if-none-match" not in request.headers
    assert "x-evil" not in request.headers


def test_the_program_says_its_name(site: Site) -> None:
    fetch(site.put("/a", "text"), manners=replace(QUICK, user_agent=name_agent("desk@lamp.example\r\nX: 1")))
    assert [one.path for one in site.log] == ["/robots.txt", "/a"]
    assert {one.headers["user-agent"].split("/")[0] for one in site.log} == {"QuoteDrift"}
    assert "contact: desk@lamp.example X: 1)" in site.log[0].headers["user-agent"]


@pytest.mark.parametrize(
    ("behaviour", "reason", "may_pass"),
    [
        (loopback.status(404), "answered 404 Not Found", False),
        (loopback.status(410), "answered 410 Gone", False),
        (loopback.status(403), "answered 403 Forbidden", False),
        (loopback.status(500), "answered 500 Internal Server Error", True),
        (loopback.status(503), "answered 503 Service Unavailable", True),
        (loopback.status(799), "answered 799", True),
        (loopback.status(204, ("Content-Length", "0"), body=""), "answered 204 No Content", False),
        (loopback.status(206), "answered 206 Partial Content", False),
        (loopback.status(304, body=""), "answered 304 Not Modified", False),
        (loopback.status(200, body=""), "answered with nothing", False),
        (loopback.redirect("/again"), "redirects in a circle", False),
        (loopback.redirect(""), "redirects without saying where to", False),
        (
            loopback.redirect("file:///etc/passwd"),
            "only http and https addresses are fetched, not file",
            False,
        ),
        (loopback.redirect("http://me:pass@127.0.0.1/"), "user name or password", False),
        (loopback.redirect("http://[::1/"), "no web address", False),
        (
            loopback.Page(b"\x89PNG", "image/png"),
            "is image/png, neither an article nor a list of them",
            False,
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_did_not_come_has_a_reason(
    site: Site, behaviour: loopback.Behaviour, reason: str, may_pass: bool
) -> None:
    address = site.script("/again", behaviour)
    (answer,) = fetch(address)
    assert reason in (answer.reason or "")
    assert (answer.data, answer.may_pass) == (None, may_pass)


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("file:///etc/passwd", "only http and https addresses are fetched, not file"),
        ("ftp://lamp.example/a", "only http and https addresses are fetched, not ftp"),
        ("ferry.html", "only http and https addresses are fetched, not this one"),
        ("http://", "names no server"),
        ("http:///a", "names no server"),
        ("http://me:secret@lamp.example/", "user name or password"),
        ("http://lamp.example:99999/", "a port that does not exist"),
        ("http://the lamp.example/", "names no server"),
        ("http://lamp.example/\n", "not a web address"),
        ("http://lamp.example/\ud800", "not a web address"),
        ("http://[::1", "not a web address"),
        ("http://lamp.example/" + "a" * 2_000, "more than 2,000 characters"),
    ],
)
def test_what_is_no_web_address_is_not_asked_for(address: str, reason: str) -> None:
    (answer,) = fetch(address, resolve=lambda *_: pytest.fail("looked up"))
    assert reason in (answer.reason or "")
    assert "secret" not in (answer.reason or "")


def test_redirects_are_followed_to_the_end_and_not_further(site: Site) -> None:
    site.put("/5", "text")
    for place in range(5):
        site.script(f"/{place}", loopback.redirect(f"/{place + 1}", 301 + place % 2))
    site.script("/before", loopback.redirect(site.address("/0")))
    followed, refused = fetch(site.address("/0"), site.address("/before"))
    assert (followed.data, followed.address) == (b"text", site.address("/5"))
    assert refused.reason == "redirects more than 5 times"


def test_robots_txt_counts_for_each_step_of_a_redirect(site: Site) -> None:
    site.forbid("/private/")
    site.script("/open", loopback.redirect("/private/page"))
    for answer in fetch(site.address("/open"), site.put("/private/page", "text")):
        assert (answer.data, answer.reason) == (None, "robots.txt asks not to read this page")
    assert [one.path for one in site.log] == ["/robots.txt", "/open"]
    (answer,) = fetch(site.address("/open"), manners=replace(QUICK, obey_robots=False))
    assert answer.data == b"text"


def test_hosts_are_asked_side_by_side_and_each_one_at_a_time() -> None:
    both = threading.Barrier(2, timeout=10)

    def meet(handler: loopback.Handler) -> None:
        both.wait()  # until the other host is asked too
        handler.answer(200, b"text")

    with Site("127.0.0.2") as one, Site("127.0.0.3") as other:
        asked = [site.script(f"/{n}", meet) for n in range(6) for site in (one, other)]
        answers = fetch(*asked, manners=replace(QUICK, obey_robots=False))
        assert {answer.data for answer in answers} == {b"text"}
        assert (one.most_at_once, other.most_at_once) == (1, 1)


def test_a_host_that_others_lead_to_is_asked_one_at_a_time_too(site: Site) -> None:
    with Site("127.0.0.2") as one, Site("127.0.0.3") as other:
        asked = []
        for n in range(4):
            target = site.put(f"/{n}", "text", slow=0.05)
            asked += [
                one.script(f"/{n}", loopback.redirect(target)),
                other.script(f"/{n}", loopback.redirect(target)),
            ]
        answers = fetch(*asked, manners=replace(QUICK, obey_robots=False))
        assert {answer.data for answer in answers} == {b"text"}
        assert site.most_at_once == 1


def test_there_is_a_pause_between_two_requests_to_a_host(site: Site) -> None:
    asked = [site.put(f"/{n}", "text") for n in range(3)]
    begin = time.monotonic()
    fetch(*asked, manners=replace(QUICK, delay=0.1))
    assert time.monotonic() - begin >= 0.3  # four requests, that for robots.txt included
    site.forbid(delay=60)
    begin = time.monotonic()
    fetch(*asked, manners=replace(QUICK, most_delay=0.1))
    assert 0.2 <= time.monotonic() - begin < 30


def test_a_short_pause_is_waited_for(site: Site) -> None:
    address = site.script("/a", loopback.busy("0"), loopback.Page(b"text"))
    (answer,) = fetch(address)
    assert (answer.status, answer.data) == (200, b"text")


@pytest.mark.parametrize(
    ("behaviour", "words"),
    [
        (loopback.busy("600"), "for 10 min (429)"),
        (loopback.busy("Sun, 01 Mar 2026 11:30:00 GMT", 503), "for 2 h (503)"),
        (loopback.busy(None), "a pause (429)"),
        (loopback.busy("99999999999999999999"), "a pause (429)"),
        (loopback.busy("soon"), "a pause (429)"),
    ],
)
def test_a_host_that_asks_for_a_long_pause_is_left_alone(
    site: Site, behaviour: loopback.Behaviour, words: str
) -> None:
    asked = [site.script("/busy", behaviour), site.put("/a", "text"), site.put("/b", "text")]
    busy, *others = fetch(*asked, now=lambda: MODIFIED)
    assert "answered" in (busy.reason or "")
    assert busy.may_pass
    for answer in others:
        assert words in (answer.reason or "")
        assert answer.may_pass
    assert [one.path for one in site.list_asked()] == ["/busy"]


def test_a_host_that_does_not_answer_is_left_alone_after_two_requests(site: Site) -> None:
    manners = replace(QUICK, timeout=0.2, obey_robots=False)
    asked = [site.script(f"/{n}", loopback.silent()) for n in range(20)]
    begin = time.monotonic()
    answers = fetch(*asked, manners=manners)
    assert time.monotonic() - begin < 3
    reasons = [answer.reason for answer in answers]
    assert reasons[:2] == ["the server did not answer within 0.2 s"] * 2
    assert set(reasons[2:]) == {
        "left alone for the rest of this job (the server did not answer within 0.2 s)"
    }
    assert all(answer.may_pass for answer in answers)


@pytest.mark.parametrize("between", [loopback.Page(b"text"), loopback.Page(b"", "image/png")])
def test_a_host_that_answers_now_and_then_is_not_left_alone(site: Site, between: loopback.Behaviour) -> None:
    silent = loopback.silent()
    asked = [site.script(f"/{n}", behaviour) for n, behaviour in enumerate([silent, between] * 2)]
    answers = fetch(*asked, site.put("/last", "text"), manners=replace(QUICK, timeout=0.3, obey_robots=False))
    assert answers[-1].data == b"text"


def test_a_server_that_is_not_there_is_told() -> None:
    with Site() as site:
        address = site.address("/a")
    first, _, third = fetch(address, f"{address}b", f"{address}c")
    assert "no connection to the server" in (first.reason or "")
    assert "left alone" in (third.reason or "")


def test_addresses_may_be_asked_for_while_answers_are_read(site: Site) -> None:
    pages = {f"/{n}": f"/{n + 1}" for n in range(9)}
    for path, following in pages.items():
        site.put(path, following)
    site.put("/9", "the end")
    read = []
    with Fetcher(QUICK) as fetcher:
        fetcher.ask(Asked(site.address("/0")))
        for answer in fetcher.answers():
            assert answer.data is not None
            read.append(answer.data)
            if answer.data.startswith(b"/"):
                fetcher.ask(Asked(site.address(answer.data.decode())))
        assert fetcher.requests == 11
        assert list(fetcher.answers()) == []
        fetcher.ask(Asked(site.address("/9")))
        assert [answer.data for answer in fetcher.answers()] == [b"the end"]
    assert read[-1] == b"the end"
    assert len(read) == 10


def test_nothing_is_sent_ahead_of_a_slow_reader() -> None:
    sites = [Site(f"127.0.0.{n}") for n in range(2, 12)]
    for one in sites:
        one.__enter__()
    try:
        with Fetcher(replace(QUICK, hosts_at_once=2)) as fetcher:
            for one in sites:
                fetcher.ask(Asked(one.put("/a", "text")))
            time.sleep(0.5)
            assert sum(len(one.list_asked()) for one in sites) <= 4
            assert len(list(fetcher.answers())) == 10
    finally:
        for one in sites:
            one.__exit__(None, None, None)


def test_closing_ends_what_is_under_way(site: Site) -> None:
    before = threading.active_count()
    fetcher = Fetcher(replace(QUICK, timeout=30.0, most_time=60.0, delay=30.0))
    fetcher.ask(Asked(site.script("/a", loopback.silent())))
    fetcher.ask(Asked(site.address("/b")))
    assert site.begun.wait(10)
    begin = time.monotonic()
    fetcher.close()
    assert time.monotonic() - begin < 5
    assert not [thread for thread in threading.enumerate() if thread.name == "quotes-fetch"]
    assert threading.active_count() <= before + 1  # the site's own
    assert [answer.reason for answer in fetcher.answers()] in ([], ["the job was stopped before it was read"])
    with pytest.raises(RuntimeError, match="closed"):
        fetcher.ask(Asked(site.address("/c")))


def test_an_unforeseen_error_is_an_answer(site: Site) -> None:
    def fail(host: str, port: int) -> list[str]:
        raise KeyError("host\nname")

    (answer,) = fetch(site.address("/a"), resolve=fail)
    assert answer.reason == "could not be fetched: KeyError: 'host\\nname'"


@pytest.fixture
def proxied(site: Site, monkeypatch: pytest.MonkeyPatch) -> Callable[..., list[Answer]]:
    """Return a fetcher through a proxy that asks `site` whatever it is asked for."""
    for name in ("all_proxy", "no_proxy", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
    for name in ("http_proxy", "https_proxy"):
        monkeypatch.setenv(name, site.address().rstrip("/").replace("//", "//desk:pass@"))

    def ask(*addresses: str) -> list[Answer]:
        def resolve(host: str, port: int) -> list[str]:
            if host == "printer.example":
                return ["10.0.0.7"]
            raise OSError("only the proxy knows names")

        return fetch(*addresses, manners=replace(QUICK, allow_private=False), resolve=resolve)

    return ask


def test_a_proxy_of_the_environment_is_used(site: Site, proxied: Callable[..., list[Answer]]) -> None:
    site.put("http://lamp.example/a", "text")
    (answer,) = proxied("http://lamp.example/a")
    assert answer.data == b"text"
    assert [one.path for one in site.log] == ["http://lamp.example/robots.txt", "http://lamp.example/a"]
    assert site.log[0].headers["proxy-authorization"].startswith("Basic ")


def test_what_a_proxy_refuses_is_told(
    proxied: Callable[..., list[Answer]], monkeypatch: pytest.MonkeyPatch
) -> None:
    (answer,) = proxied("https://lamp.example/a")
    assert (answer.reason or "").startswith("the proxy did not let it through (501")
    monkeypatch.setenv("https_proxy", "socks5://127.0.0.1:9")
    (answer,) = proxied("https://lamp.example/a")
    assert answer.reason == "a proxy of the kind socks5:// is not supported: set an http:// one"
    monkeypatch.setenv("https_proxy", "http://nobody.invalid:1")
    (answer,) = proxied("https://lamp.example/a")
    assert answer.reason == "no server was found under the name nobody.invalid"


def test_what_is_known_to_be_private_is_refused_in_front_of_a_proxy_too(
    site: Site, proxied: Callable[..., list[Answer]]
) -> None:
    (answer,) = proxied("http://printer.example/a")
    assert answer.reason == "leads to a private address (10.0.0.7); allow it with --allow-private"
    assert site.log == []


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a file with a key and a certificate for 127.0.0.1 that nobody trusts."""
    if not shutil.which("openssl"):
        pytest.skip("needs openssl to make a certificate")
    key, made = (tmp_path_factory.mktemp("certificate") / name for name in ("key.pem", "made.pem"))
    subject = ["-subj", "/CN=invented", "-addext", "subjectAltName=IP:127.0.0.1"]
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", *subject]
    subprocess.run([*command, "-keyout", key, "-out", made], check=True, capture_output=True)
    made.write_bytes(key.read_bytes() + made.read_bytes())
    return made


def test_a_certificate_that_nobody_trusts_is_refused(certificate: Path) -> None:
    with Site(certificate=certificate) as site:
        (answer,) = fetch(site.put("/a", "text"))
        assert answer.reason == "the server's certificate cannot be trusted (self-signed certificate)"
        assert site.log == []


def test_a_certificate_counts_only_for_its_own_server(
    site: Site, certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    with Site(certificate=certificate) as safe:
        address = site.script("/a", loopback.redirect(safe.put("/a", "text")))
        (answer,) = fetch(address)
        assert (answer.data, answer.address) == (b"text", safe.address("/a"))
        other = safe.address("/a").replace("127.0.0.1", "lamp.example")
        (answer,) = fetch(other, resolve=lambda *_: ["127.0.0.1"])
        assert "the server's certificate cannot be trusted (Hostname mismatch" in (answer.reason or "")


def test_a_server_that_speaks_no_https_is_told(site: Site) -> None:
    (answer,) = fetch(site.put("/a", "text").replace("http:", "https:"))
    assert answer.reason == "no safe connection to the server could be made"


def test_control_c_ends_a_job_at_once(site: Site) -> None:
    address = site.script("/a", loopback.silent())
    code = (
        "import signal\nfrom quotes.fetch import *\nfrom quotes.requests import Asked\n"
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"  # ignored in the background of a shell
        "with Fetcher(Manners(allow_private=True, obey_robots=False)) as fetcher:\n"
        f"    fetcher.ask(Asked({address!r}))\n"
        "    print(list(fetcher.answers()))\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as job:
        assert site.begun.wait(10)
        begin = time.monotonic()
        job.send_signal(signal.SIGINT)
        said, errors = job.communicate(timeout=10)
    assert time.monotonic() - begin < 5
    assert said == b""
    assert errors.count(b"Traceback") == 1  # that of Ctrl-C
    assert errors.strip().endswith(b"KeyboardInterrupt")


def test_importing_loads_no_network_code() -> None:
    code = (
        "import sys, quotes.fetch; print([m for m in ('httpx', 'httpcore', 'protego') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
