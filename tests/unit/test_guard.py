"""Where a link may lead: public servers, and nothing on this machine or in a network of its own."""

from __future__ import annotations

import re
import socket
from dataclasses import replace

import httpx
import pytest
from loopback import Site, redirect

from quotes.fetch import Fetcher, Manners, guard
from quotes.fetch.failure import FetchError
from quotes.fetch.guard import find_addresses, is_public, look_up, name_host, read_address
from quotes.requests import Answer, Asked

QUICK = Manners(delay=0.0, timeout=5.0)

PUBLIC = [
    "192.0.43.7", "8.8.8.8", "172.15.255.255", "172.32.0.0", "100.63.255.255", "100.128.0.0", "11.0.0.1",
    "2606:2800:220:1::1", "2a00:1450::1", "2001:500:8f::53", "64:ff9b::192.0.43.7",
]  # fmt: skip

PRIVATE = [
    # this machine, private networks, links, shared space of providers
    "127.0.0.1", "127.1.2.3", "0.0.0.0", "0.1.2.3", "10.0.0.7", "10.255.255.255", "172.16.0.1",
    "172.31.255.255", "192.168.1.1", "100.64.0.1", "100.127.255.255", "169.254.0.1",
    # metadata of clouds
    "169.254.169.254", "169.254.170.2", "100.100.100.200", "192.0.0.192", "168.63.129.16", "fd00:ec2::254",
    # to many, to nobody, for documents and measuring
    "224.0.0.1", "239.255.255.250", "240.0.0.1", "255.255.255.255", "192.0.2.1", "198.51.100.1",
    "203.0.113.1", "198.18.0.1", "192.0.0.1", "192.88.99.1",
    # the same in IPv6
    "::", "::1", "fe80::1", "fe80::1%eth0", "fec0::1", "fc00::1", "fd12:3456::1", "ff02::1", "2001:db8::1",
    "3fff::1", "100::1", "4000::1",
    # IPv4 in IPv6, and tunnels
    "::ffff:127.0.0.1", "::ffff:10.0.0.7", "::ffff:192.0.43.7", "::ffff:0:127.0.0.1", "::127.0.0.1",
    "::192.0.43.7", "64:ff9b::127.0.0.1", "64:ff9b::10.0.0.7", "64:ff9b::169.254.169.254",
    "64:ff9b:1::192.0.43.7", "2002:7f00:1::1", "2002:c000:2b07::1", "2001:0:4136:e378:8000:63bf:3fff:fdd2",
    # no addresses at all
    "", "lamp.example", "127.1", "0x7f.1",
]  # fmt: skip

# Ways to write an address of this machine, or of a private network, in a link.
DISGUISED = [
    "http://127.0.0.1/", "http://127.1/", "http://127.0.1/", "http://2130706433/", "http://0x7f000001/",
    "http://0x7f.0.0.1/", "http://0x7f.1/", "http://017700000001/", "http://0177.0.0.01/", "http://0/",
    "http://00000000/", "http://167772167/", "http://0xa000007/", "http://012.0.0.7/", "http://0xa9fea9fe/",
    "http://2852039166/", "http://[::1]/", "http://[::]/", "http://[::ffff:127.0.0.1]/",
    "http://[::ffff:7f00:1]/", "http://[0:0:0:0:0:ffff:7f00:0001]/", "http://[64:ff9b::7f00:1]/",
    "http://[fe80::1]/", "http://localhost/", "http://LOCALHOST./", "http://127.0.0.1:8001/",
    "http://127.0.0.1./", "https://10.0.0.7/",
]  # fmt: skip


@pytest.mark.parametrize("address", PUBLIC)
def test_public_addresses_may_be_asked(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize("address", PRIVATE)
def test_other_addresses_may_not(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", DISGUISED)
def test_no_spelling_of_a_private_address_is_asked(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket.socket, "connect", lambda *_: pytest.fail("a connection was tried"))
    (answer,) = _fetch(address)
    assert re.fullmatch(
        r"leads to a private address \(.*\); allow it with --allow-private"
        r"|not a web address.*|no server was found under the name .*",
        answer.reason or "",
    )


@pytest.mark.parametrize(
    ("found", "refused"),
    [
        (["10.0.0.7"], "10.0.0.7"),
        (["192.0.43.7", "127.0.0.1"], "127.0.0.1"),
        (["2606:2800:220:1::1", "fd00::1"], "fd00::1"),
        (["fe80::1%2"], "fe80::1%2"),
        (["not an address"], "not an address"),
    ],
)
def test_a_name_is_judged_by_all_that_it_leads_to(found: list[str], refused: str) -> None:
    with pytest.raises(FetchError) as error:
        find_addresses("lamp.example", 80, allow_private=False, resolve=lambda *_: found)
    assert error.value.reason == f"leads to a private address ({refused}); allow it with --allow-private"
    assert find_addresses("lamp.example", 80, allow_private=True, resolve=lambda *_: found) == found


@pytest.mark.parametrize(
    ("error", "may_pass"),
    [
        (socket.gaierror(socket.EAI_NONAME, "unknown"), False),
        (socket.gaierror(socket.EAI_AGAIN, "later"), True),
        (UnicodeError("label too long"), True),
    ],
)
def test_a_name_that_nobody_knows_is_told(error: Exception, may_pass: bool) -> None:
    def resolve(host: str, port: int) -> list[str]:
        raise error

    (answer,) = _fetch("http://lamp.example/", resolve=resolve)
    assert answer.reason == "no server was found under the name lamp.example"
    assert answer.may_pass is may_pass


def test_a_name_without_addresses_is_told() -> None:
    (answer,) = _fetch("http://lamp.example/", resolve=lambda *_: [])
    assert answer.reason == "no server was found under the name lamp.example"


def test_names_are_looked_up_by_the_machine() -> None:
    assert "127.0.0.1" in look_up("127.0.0.1", 80)
    assert look_up("2130706433", 80) == ["127.0.0.1"]


def test_the_connection_goes_to_what_was_judged(monkeypatch: pytest.MonkeyPatch) -> None:
    """A server of names that gives a public address first and a private one later gains nothing."""
    tried: list[str] = []
    asked: list[str] = []

    def connect(place: tuple[str, int], *_: object, **__: object) -> socket.socket:
        tried.append(place[0])
        raise TimeoutError

    def resolve(host: str, port: int) -> list[str]:
        asked.append(host)
        return ["192.0.43.7"] if len(asked) == 1 else ["127.0.0.1"]

    monkeypatch.setattr(socket, "create_connection", connect)
    first, second = _fetch("http://lamp.example/a", "http://lamp.example/b", resolve=resolve)
    assert first.reason == "the server did not answer within 5 s"
    assert tried == ["192.0.43.7"]
    assert second.reason == "leads to a private address (127.0.0.1); allow it with --allow-private"


def test_a_name_on_this_machine_is_asked_where_that_is_allowed() -> None:
    with Site() as site:
        site.put("/a", "text")
        address = site.address("/a").replace("127.0.0.1", "lamp.example")
        manners = replace(QUICK, allow_private=True)
        (answer,) = _fetch(address, manners=manners, resolve=lambda *_: ["127.0.0.4", "127.0.0.1"])
        assert answer.data == b"text"  # nothing listens at the first address
        assert {one.headers["host"] for one in site.log} == {f"lamp.example:{site.port}"}
        (answer,) = _fetch(address, resolve=lambda *_: ["127.0.0.1"])
        assert answer.data is None
        assert len(site.log) == 2


def test_each_step_of_a_redirect_is_judged(monkeypatch: pytest.MonkeyPatch) -> None:
    """127.0.0.1 stands for the public servers here."""
    monkeypatch.setattr(guard, "is_public", lambda address: address == "127.0.0.1")
    leads = {"lamp.example": ["127.0.0.1"], "printer.example": ["127.0.0.2"], "post.example": ["127.0.0.1"]}
    with Site() as site, Site("127.0.0.2") as inside:
        inside.put("/a", "secret")
        asked = [
            site.put("/page", "text").replace("127.0.0.1", "lamp.example"),
            site.script("/to-page", redirect(f"http://post.example:{site.port}/page")),
            site.script("/to-name", redirect(f"http://printer.example:{inside.port}/a")),
            site.script("/to-number", redirect(inside.address("/a"))),
            site.script("/to-robots", redirect(inside.address("/robots.txt"))),
        ]
        answers = _fetch(*asked, resolve=lambda host, _: leads.get(host, [host]))
        assert [answer.data for answer in answers] == [b"text", b"text", None, None, None]
        refused = "leads to a private address (127.0.0.2); allow it with --allow-private"
        assert [answer.reason for answer in answers[2:]] == [refused] * 3
        assert inside.log == []


def test_a_robots_txt_that_leads_inside_is_not_followed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guard, "is_public", lambda address: address == "127.0.0.1")
    with Site() as site, Site("127.0.0.2") as inside:
        site.script("/robots.txt", redirect(inside.address("/robots.txt")))
        (answer,) = _fetch(site.put("/page", "text"))
        assert answer.data is None
        assert inside.log == []


def test_both_kinds_of_addresses_are_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    tried: list[str] = []

    def connect(place: tuple[str, int], *_: object, **__: object) -> socket.socket:
        tried.append(place[0])
        raise OSError("no way there")

    monkeypatch.setattr(socket, "create_connection", connect)
    found = ["2606:2800:220:1::1", "2606:2800:220:1::2", "2606:2800:220:1::3", "192.0.43.7", "192.0.43.8"]
    (answer,) = _fetch("http://lamp.example/", resolve=lambda *_: found)
    assert tried == ["2606:2800:220:1::1", "192.0.43.7", "2606:2800:220:1::2"]
    assert answer.reason == "no connection to the server (no way there)"


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("http://Lamp.Example/a", "lamp.example"),
        ("https://lamp.example.:443/b", "lamp.example"),
        ("http://lamp.example:8080/", "lamp.example:8080"),
        ("http://bücher.example/", "xn--bcher-kva.example"),
        ("http://[2606:2800:220:1::1]:8080/", "2606:2800:220:1::1:8080"),
    ],
)
def test_requests_are_counted_by_server(address: str, name: str) -> None:
    assert name_host(read_address(address)) == name


def test_an_address_is_read_without_its_fragment() -> None:
    assert read_address("http://lamp.example/a?b=ü#c") == httpx.URL("http://lamp.example/a?b=%C3%BC")


def _fetch(*addresses: str, manners: Manners = QUICK, **more: object) -> list[Answer]:
    with Fetcher(manners, **more) as fetcher:  # type: ignore[arg-type]
        for address in addresses:
            fetcher.ask(Asked(address))
        return sorted(fetcher.answers(), key=lambda answer: addresses.index(answer.asked.address))
