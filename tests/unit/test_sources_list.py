"""The sources list says what is read; what was fetched is told apart by what it is."""

from __future__ import annotations

import gzip
import io
import zipfile
from pathlib import Path

import pytest

from quotes.errors import SourceError
from quotes.records import Unreadable
from quotes.requests import Answer, Asked
from quotes.sources import (
    Linked,
    Source,
    find_sources_file,
    name_outlet,
    place_of_answer,
    read,
    read_place,
    read_sources,
)
from quotes.sources.details import Details

RSS = b'<?xml version="1.0"?><rss><channel><item><link>https://desk.example/a</link></item></channel></rss>'
URLSET = b"<urlset><url><loc>https://desk.example/a</loc></url></urlset>"
PACKED = gzip.compress(URLSET, mtime=0)  # a test has the same name whenever it is named
OPML = b'<opml><body><outline text="The Desk" xmlUrl="https://desk.example/f"/></body></opml>'
HTML = b"<!DOCTYPE html><html><head><title>x</title></head><body><p>The ferry.</p></body></html>"
XHTML = b'<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><body/></html>'


def zipped(data: bytes) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr(zipfile.ZipInfo("member"), data)
    return packed.getvalue()


def write(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def test_a_plain_list_has_an_address_or_a_path_a_line(tmp_path: Path) -> None:
    path = write(
        tmp_path / "sources.txt",
        "\ufeff# what we read\n\nhttps://desk.example/feed?a=1#x  # every hour\nHTTP://port.example/s.xml\n"
        "articles/desk\n../other.jsonl\n/srv/archive # all of it\nodd#name\n",
    )
    found = read_sources(path)
    assert [one.address for one in found[:2]] == [
        "https://desk.example/feed?a=1",
        "http://port.example/s.xml",
    ]
    assert [one.path for one in found[2:]] == [
        tmp_path / "articles" / "desk",
        tmp_path.parent / "other.jsonl",
        Path("/srv/archive"),
        tmp_path / "odd#name",
    ]
    assert [one.line for one in found[:3]] == ["sources.txt:3", "sources.txt:4", "sources.txt:5"]
    assert {(one.outlet, one.kind, one.language) for one in found} == {(None, None, None)}


def test_a_table_says_more_of_each(tmp_path: Path) -> None:
    path = write(
        tmp_path / "sources.csv",
        "Source,Outlet,kind,language,note\n"
        'https://desk.example/feed,"The Desk, London",,en-GB,good\n'
        "# https://old.example/feed,Old,,,\n"
        "\n"
        "speeches,,Transcript,,\n",
    )
    assert read_sources(path) == [
        Source(
            address="https://desk.example/feed",
            outlet="The Desk, London",
            language="en",
            line="sources.csv:2",
        ),
        Source(path=tmp_path / "speeches", kind="transcript", line="sources.csv:5"),
    ]


def test_a_feed_readers_list_is_one_too(tmp_path: Path) -> None:
    path = tmp_path / "mine.opml"
    path.write_bytes(OPML)
    assert read_sources(path) == [
        Source(address="https://desk.example/f", outlet="The Desk", line="mine.opml")
    ]


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("s.txt", "a\nfile:///etc/passwd\n", r"^s.txt:2: 'file:///etc/passwd' is no web address"),
        ("s.txt", "ftp://desk.example/f\n", r"^s.txt:1: "),
        ("s.txt", "https://[\n", r"^s.txt:1: "),
        ("s.txt", "www.desk.example/feed\n", r"^s.txt:1: .* write a web address with https://"),
        ("s.csv", "source,kind\na,b\n", r"^s.csv:2: the kind 'b' is not known; write article or transcript"),
        ("s.csv", "source,language\na,some words\n", r"^s.csv:2: the language 'some words' is not a code"),
        ("s.csv", "source,outlet\n,The Desk\n", r"^s.csv:2: no source in this row"),
        ("s.csv", 'source,outlet\na,"open\n', r"^s.csv:2: this row is not CSV"),
        ("s.csv", "url,outlet\na,b\n", r"s.csv: no column “source”"),
        ("s.opml", "<opml><body/></opml>", r"s.opml: no feed in it"),
        ("s.opml", "words", r"s.opml: not well-formed XML from line 1 on"),
        ("s.opml", "<!DOCTYPE opml [<!ENTITY a 'b'>]><opml/>", r"s.opml: XML that declares entities"),
        ("s.txt", "\0\1\2" * 100, r"s.txt: binary data"),
        ("none.txt", "", r"none.txt: the list of sources cannot be opened"),
    ],
)
def test_what_cannot_be_used_names_its_line(tmp_path: Path, name: str, text: str, message: str) -> None:
    path = write(tmp_path / "s.tmp", text).rename(tmp_path / name) if text else tmp_path / name
    with pytest.raises(SourceError, match=message) as caught:
        read_sources(path)
    assert "\n" not in str(caught.value)


def test_an_empty_list_names_nothing(tmp_path: Path) -> None:
    for text in ("", "\n", "# nothing yet\n"):
        assert read_sources(write(tmp_path / "sources.txt", text)) == []
    assert read_sources(write(tmp_path / "sources.csv", "source,outlet\n")) == []


def test_a_list_beside_the_database_is_found_and_is_no_article(tmp_path: Path) -> None:
    database = tmp_path / "news.db"
    assert find_sources_file(database) is None
    for name in ("sources.opml", "sources.txt", "sources.csv", "news.sources.txt"):
        write(tmp_path / name, "https://desk.example/feed\n")
        assert find_sources_file(database) == tmp_path / name
    write(tmp_path / "a.txt", "The ferry.")
    assert [one.source for one in read([tmp_path])] == [f"{tmp_path.name}/a.txt"]


def test_an_outlet_is_named_by_its_domain() -> None:
    assert name_outlet("https://www.desk.example/a") == "desk.example"
    assert name_outlet("https://WWW.Desk.Example.:443/a") == "desk.example"
    assert name_outlet("https://m.desk.example/a") == "desk.example"
    assert name_outlet("https://blog.desk.example/a") == "blog.desk.example"
    assert name_outlet("http://[") == "unknown"


@pytest.mark.parametrize(
    ("data", "media", "path", "ending"),
    [
        (RSS, "application/rss+xml", "/feed", ".xml"),
        (RSS, "text/html", "/feed", ".xml"),
        (b"\n" + RSS, None, "/feed.php", ".xml"),
        (URLSET, "text/plain", "/sitemap.txt", ".xml"),
        (zipped(b"text\nx"), "application/zip", "/20260304101500.gkg.csv.zip", ".csv"),
        (PACKED, "application/x-gzip", "/sitemap.xml.gz", ".xml"),
        (OPML, "text/x-opml", "/mine", ".xml"),
        (b"<rss", "application/rss+xml", "/feed", ".xml"),
        (HTML, "text/html", "/a", ".html"),
        (HTML, "application/rss+xml", "/feed.xml", ".html"),
        (HTML, None, "/story.pdf", ".html"),
        (XHTML, "application/xml", "/a", ".html"),
        (b"<p>words", "text/html", "/a.txt", ".html"),
        (b"", "text/html", "/a", ".html"),
        (b"%PDF-1.7", "application/octet-stream", "/a", ".pdf"),
        (b'{"articles": []}', "application/json", "/v2/everything", ".json"),
        (b"[]", "text/plain", "/a.json", ".json"),
        (b"{}\n{}", "application/x-ndjson", "/a", ".jsonl"),
        (b"text\nx", "text/csv", "/export", ".csv"),
        (b"WEBVTT\n", "text/plain", "/a", ".vtt"),
        (b"1\n00:00:01,000 --> 00:00:02,000\nHello", "text/plain", "/a.srt", ".srt"),
        (b"words", "text/plain", "/a.txt", ".txt"),
        (b"words", "text/plain", "/a", ".html"),
        (b"From: a", "message/rfc822", "/a", ".eml"),
        (gzip.compress(b"WARC/1.0\r\n", mtime=0), "application/gzip", "/a.warc.gz", ".warc"),
        (b"\x89PNG", "image/png", "/a.png", ".png"),
        (b"\x89PNG", "image/png", "/a", ".png"),
        (b"\x1f\x8b\x08broken", "application/xml", "/a.xml", ".xml"),
    ],
)
def test_what_was_fetched_is_told_by_what_it_is(
    data: bytes, media: str | None, path: str, ending: str
) -> None:
    address = f"https://www.desk.example{path}"
    linked = Linked("https://desk.example/first", Details("The Desk"), "the list", depth=2)
    answer = Answer(Asked(linked.address), 200, address, data, media, "utf-8")
    place = place_of_answer(answer, linked)
    assert place.suffix == ending
    assert (place.address, place.charset, place.depth, place.is_named) == (address, "utf-8", 2, True)
    assert (place.source, place.details) == ("https://desk.example/first", Details("The Desk"))


@pytest.mark.parametrize("data", [RSS, PACKED, OPML, b'{"articles": []}', b"\x89PNG", b""])
def test_what_was_fetched_is_read_or_has_a_reason(data: bytes) -> None:
    linked = Linked("https://desk.example/x", Details("The Desk"), "the list")
    place = place_of_answer(Answer(Asked(linked.address), 200, linked.address, data), linked)
    found = list(read_place(place))
    assert all(isinstance(one, Linked | Unreadable) for one in found)
    assert all("\n" not in one.reason for one in found if isinstance(one, Unreadable))
