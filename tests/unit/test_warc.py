"""Pages out of web archives: what was answered is read, what is broken is told."""

from __future__ import annotations

import gzip
import random
from typing import Any

import pytest

from quotes.records import Article, Unreadable
from quotes.sources import Place, document_name, read_place
from quotes.sources.details import Details
from quotes.sources.warc import read_warc

SENTENCE = (
    "The mayor said on Tuesday that “the ferry will sail again before the winter” and that nobody would pay. "
)
HTML = "text/html; charset=utf-8"


def page(title: str = "Late ferry") -> bytes:
    body = "".join(f"<p>{SENTENCE * 3}</p>" for _ in range(4))
    return (
        f"<!doctype html><html lang='en'><head><title>{title}</title></head>"
        f"<body><article><h1>{title}</h1>{body}</article></body></html>"
    ).encode()


def archive(*records: dict[str, Any], packed: bool = True) -> bytes:
    """Return an archive as crawlers write it: each record packed by itself."""
    pack = gzip.compress if packed else bytes
    return b"".join(pack(write_record(**record)) for record in records)


def write_record(
    address: str = "https://www.desk.example/a",
    kind: str = "response",
    status: str = "200 OK",
    media: str = HTML,
    headers: str = "",
    data: bytes = b"",
) -> bytes:
    block = f"HTTP/1.1 {status}\r\nContent-Type: {media}\r\n{headers}\r\n".encode() + (data or page())
    fields = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {address}\r\nWARC-Date: 2026-03-09T01:02:03Z\r\n"
        f"Content-Type: application/http; msgtype={kind}\r\nContent-Length: {len(block)}\r\n\r\n"
    )
    return fields.encode() + block + b"\r\n\r\n"


def read_all(data: bytes, told: list[str] | None = None, **known: Any) -> list[Any]:
    details = known.pop("details", Details("crawl"))
    place = Place("crawl.warc.gz", details, data=data, ending=".warc", is_named=True)
    return list(read_place(place, [].append if told is None else told.append))


@pytest.mark.parametrize("packed", [True, False])
def test_a_page_is_the_article_of_its_address(packed: bool) -> None:
    (one,) = read_all(archive({"address": "https://www.desk.example/a?utm_source=x"}, packed=packed))
    assert isinstance(one, Article)
    assert (one.outlet, one.url) == ("crawl", "https://www.desk.example/a")
    assert one.source == "crawl.warc.gz#https://www.desk.example/a"
    assert document_name(one) == "https://www.desk.example/a"
    assert one.published is None  # the archive's own date is none of publication
    assert "the ferry will sail again" in one.text


def test_the_outlet_is_the_domain_where_nobody_names_one(tmp_path: Any) -> None:
    path = tmp_path / "crawl.warc.gz"
    path.write_bytes(archive({}, {"address": "https://port.example/b"}))
    by_rule = Place("crawl.warc.gz", Details(tmp_path.name), path=path)
    named = Place("crawl.warc.gz", Details("The Desk"), path=path)
    assert [one.outlet for one in read_warc(by_rule, [].append)] == ["desk.example", "port.example"]
    assert [one.outlet for one in read_warc(named, [].append)] == ["The Desk", "The Desk"]


def test_what_is_no_page_is_passed_over_and_counted() -> None:
    told: list[str] = []
    data = archive(
        {"status": "404 Not Found"},
        {"status": "301 Moved Permanently"},
        {"media": "image/png", "data": b"\x89PNG"},
        {"kind": "request"},
        {"kind": "revisit", "data": b""},
        {"address": "https://www.desk.example/b"},
    )
    (one,) = read_all(data, told)
    assert one.url == "https://www.desk.example/b"
    assert told == [
        "crawl.warc.gz: passed over: answers other than 200 (2), other files than pages (1), repeats (1)"
    ]


def test_a_page_is_unpacked_and_decoded_as_its_server_sent_it() -> None:
    chunks = (
        b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in (page()[:500], page()[500:])) + b"0\r\n\r\n"
    )
    western = page().decode().encode("cp1252")
    one, two, three = read_all(
        archive(
            {"headers": "Content-Encoding: gzip\r\n", "data": gzip.compress(page())},
            {
                "headers": "Transfer-Encoding: chunked\r\n",
                "data": chunks,
                "address": "https://desk.example/2",
            },
            {
                "media": "text/html; charset=windows-1252",
                "data": western,
                "address": "https://desk.example/3",
            },
        )
    )
    assert one.text == two.text == three.text


def test_a_page_that_cannot_be_read_costs_no_other() -> None:
    bomb = gzip.compress(bytes(60_000_000))
    found = read_all(
        archive(
            {"headers": "Content-Encoding: gzip\r\n", "data": bomb},
            {"headers": "Content-Encoding: br\r\n", "data": b"\x8b\x00"},
            {"data": b"\0\1\2\3" * 500},
            {"data": b"<p>short</p>"},
            {"address": "urn:uuid:1"},
            {"data": b"x" * 21_000_000},
            {"address": "https://www.desk.example/good"},
            packed=False,
        )
    )
    *bad, good = found
    assert isinstance(good, Article)
    assert len(bad) == 5
    assert all(isinstance(one, Unreadable) and "\n" not in one.reason for one in bad)
    reasons = [one.reason for one in bad]
    assert any("packed as br" in reason for reason in reasons)
    assert any("larger than 20 MB" in reason for reason in reasons)


def test_a_broken_record_is_told_and_the_next_one_read(capfd: pytest.CaptureFixture[str]) -> None:
    records = [archive({"address": f"https://desk.example/{n}"}, packed=False) for n in range(3)]
    for breakage in (
        records[1].replace(b"WARC/1.0", b"WORC/1.0"),
        b"\n".join(line for line in records[1].split(b"\n") if not line.startswith(b"Content-Length")),
        records[1].replace(b"Content-Length: ", b"Content-Length: x"),
        records[1].replace(b"Content-Length: 1", b"Content-Length: "),
        random.Random(0).randbytes(3_000) + b"\r\n",
        b"\r\n" * 5,
    ):
        found = read_all(records[0] + breakage + records[2])
        kept = [one.url for one in found if isinstance(one, Article)]
        assert kept[0] == "https://desk.example/0"
        assert kept[-1] == "https://desk.example/2", (breakage[:80], found)
    assert capfd.readouterr() == ("", "")


def test_many_broken_records_are_told_each(capfd: pytest.CaptureFixture[str]) -> None:
    broken = b"WARC/1.0\r\nWARC-Type: response\r\n\r\n" + b"words\r\n" * 300
    *bad, good = read_all(broken * 900 + archive({}, packed=False))
    assert isinstance(good, Article)
    assert len(bad) == 900
    assert {one.reason for one in bad} == {"a broken record passed over"}
    assert len(read_all(broken * 1_100)) == 1_000
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("cut", [20, 200, -5, -200])
def test_a_cut_archive_gives_what_it_has(cut: int, capfd: pytest.CaptureFixture[str]) -> None:
    whole = archive({})
    (one, *rest) = read_all(whole + archive({"address": "https://desk.example/2"})[:cut])
    assert isinstance(one, Article)
    assert all(isinstance(one, Unreadable) for one in rest if not isinstance(one, Article))
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize(
    "data",
    [
        b"words",
        b"",
        b"WARC/1.0\r\n" + b"a: b\r\n" * 300_000,
        b"WARC/1.0\r\n" + b"a" * 5_000_000,
        b"WARC/1.0\r\nContent-Length: 99999999999999999999\r\nWARC-Type: response\r\n\r\n",
        b"WARC/1.0\r\n\r\n" * 5_000,
        gzip.compress(archive({})),
    ],
    ids=("words", "nothing", "many headers", "a long header", "a long record", "empty records", "no record"),
)
def test_what_is_no_archive_ends_soon(data: bytes, capfd: pytest.CaptureFixture[str]) -> None:
    found = read_all(data)
    assert all("\n" not in one.reason for one in found if isinstance(one, Unreadable))
    assert len(found) <= 1_100
    assert data not in (b"words", b"") or [one.reason for one in found] == ["not a WARC file"]
    assert capfd.readouterr() == ("", "")
