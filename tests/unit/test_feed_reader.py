"""RSS, Atom and OPML give the addresses of articles and feeds, and no articles."""

from __future__ import annotations

import re
import socket
import time
from typing import Any

import pytest

from quotes.records import Unreadable
from quotes.sources import Linked, Place, read, read_place
from quotes.sources.details import Details
from quotes.sources.xml_lists import MOST_LINKS

ADDRESS = "https://www.desk.example/feeds/all.xml"
ITEM = "<item><title>Late</title><link>https://www.desk.example/{}</link></item>"


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a reader asked the network")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


def read_all(data: str | bytes, told: list[str] | None = None, **known: Any) -> list[Any]:
    data = data.encode("utf-8") if isinstance(data, str) else data
    details = known.pop("details", Details("desk.example"))
    place = Place("the list", details, data=data, address=ADDRESS, ending=".xml", is_named=True, **known)
    return list(read_place(place, [].append if told is None else told.append))


def rss(*items: str, head: str = "") -> str:
    return f'<?xml version="1.0"?><rss version="2.0"><channel>{head}{"".join(items)}</channel></rss>'


def test_an_entry_of_rss_is_a_link_with_what_the_feed_says() -> None:
    item = (
        "<item><title>Ferry &amp;amp; <![CDATA[<b>harbour</b>]]></title>"
        "<link>https://www.desk.example/late?utm_source=rss#top</link>"
        '<dc:creator xmlns:dc="http://purl.org/dc/elements/1.1/">Ann Reed</dc:creator>'
        "<pubDate>Wed, 04 Mar 2026 23:30:00 -0500</pubDate>"
        "<description>“We sail,” the mayor said. A long summary.</description></item>"
    )
    (one,) = read_all(rss(item, head="<language>en-GB</language>"), depth=1)
    assert one == Linked(
        "https://www.desk.example/late",
        Details(
            outlet="",
            title="Ferry & harbour",
            published="2026-03-05T04:30:00+00:00",
            byline="Ann Reed",
            language="en",
        ),
        "the list",
        depth=2,
    )


def test_an_entry_of_atom_is_published_when_it_says_so_and_not_when_it_was_updated() -> None:
    feed = (
        '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="de">'
        "<entry><title>Spät</title><link rel='alternate' href='/spaet'/>"
        "<updated>2026-03-04T10:00:00+01:00</updated></entry>"
        "<entry><link href='https://www.desk.example/b'/><published>2026-03-04T09:30:00Z</published>"
        "<updated>2026-03-05T10:00:00Z</updated><author><name>Ann Reed</name></author>"
        "<author><name>Tom Pike</name></author>"
        "<content type='html'>The whole text, the feed says.</content></entry></feed>"
    )
    one, other = read_all(feed)
    assert (one.address, one.details.language) == ("https://www.desk.example/spaet", "de")
    assert (one.details.published, one.changed) == (None, "2026-03-04T09:00:00+00:00")
    assert (other.details.published, other.changed) == (
        "2026-03-04T09:30:00+00:00",
        "2026-03-05T10:00:00+00:00",
    )
    assert other.details.byline == "Ann Reed, Tom Pike"


def test_rss_of_the_first_days_has_its_date_in_another_field() -> None:
    feed = (
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/"><item><link>https://www.desk.example/a</link>'
        "<dc:date>2026-03-04T10:15:00+00:00</dc:date></item></rdf:RDF>"
    )
    (one,) = read_all(feed)
    assert one.details.published == "2026-03-04T10:15:00+00:00"


@pytest.mark.parametrize(
    ("given", "published"),
    [
        ("Wed, 04 Mar 2026 10:15:00 GMT", "2026-03-04T10:15:00+00:00"),
        ("4 Mar 2026 10:15 +0100", "2026-03-04T09:15:00+00:00"),
        ("Wed, 04 Mar 2026 10:15:00 EST", "2026-03-04T15:15:00+00:00"),
        ("Wed, 04 Mar 2026 10:15:00", "2026-03-04T10:15:00"),
        ("Wed, 04 Mar 2026 10:15:00 CEST", "2026-03-04T10:15:00"),
        ("2026-03-04", "2026-03-04"),
        ("last Tuesday", None),
        ("Wed, 99 Mar 99999 10:15:00 GMT", None),
    ],
)
def test_dates_keep_their_zone_and_get_none(given: str, published: str | None) -> None:
    item = f"<item><link>https://www.desk.example/a</link><pubDate>{given}</pubDate></item>"
    (one,) = read_all(rss(item))
    assert one.details.published == published


def test_only_links_of_the_web_are_followed() -> None:
    links = (
        "/a", "b", "//www.desk.example/c", "  https://www.desk.example/d\n", "HTTPS://www.desk.example/e",
        "javascript:alert(1)", "file:///etc/passwd", "ftp://desk.example/f", "https://", "http://[", "",
        "https://www.desk.example/" + "x" * 3_000, "mailto:a@desk.example", "data:text/html,x",
    )  # fmt: skip
    items = [f"<item><title>x</title><link>{link}</link></item>" for link in links]
    assert [one.address for one in read_all(rss(*items))] == [
        "https://www.desk.example/a",
        "https://www.desk.example/feeds/b",
        "https://www.desk.example/c",
        "https://www.desk.example/d",
        "https://www.desk.example/e",
    ]


def test_the_outlet_is_a_persons_word_or_that_of_the_page_that_is_linked() -> None:
    feed = rss(ITEM.format("a"), head="<title>Another Paper</title>")
    assert [one.details.outlet for one in read_all(feed)] == [""]
    (named,) = read_all(feed, details=Details("The Desk", language="pt", kind="transcript"))
    assert (named.details.outlet, named.details.language, named.details.kind) == (
        "The Desk",
        "pt",
        "transcript",
    )


def test_a_feed_that_is_not_well_formed_is_read_all_the_same() -> None:
    feed = rss(ITEM.format("a?x=1&y=2"), "<item><title>Café &nbsp; <br> </title>", ITEM.format("b"))
    assert read_all(feed)[0].address == "https://www.desk.example/a?x=1&y=2"
    western = rss(ITEM.format("c").replace("Late", "Café")).replace(
        ' version="1.0"', ' version="1.0" encoding="latin-1"'
    )
    (one,) = read_all(western.encode("latin-1"))
    assert one.details.title == "Café"
    (one,) = read_all("\n\n " + rss(ITEM.format("d")))
    assert one.address == "https://www.desk.example/d"


@pytest.mark.parametrize("encoding", ["shift_jis", "gb2312", "utf-7", "no-such", "utf-32"])
def test_encodings_that_the_first_reader_does_not_know_do_not_stop_the_second(encoding: str) -> None:
    feed = rss(ITEM.format("a")).replace(' version="1.0"', f' version="1.0" encoding="{encoding}"')
    assert [one.address for one in read_all(feed)] == ["https://www.desk.example/a"]


def test_a_feed_without_entries_is_no_fault_but_one_without_addresses_is() -> None:
    assert read_all(rss()) == []
    (one,) = read_all(rss("<item><title>Late</title><link>urn:isbn:1</link></item>"))
    assert isinstance(one, Unreadable)
    assert one.reason == "no entry of this feed has a web address"


BOMBS = {
    "billion laughs": '<!DOCTYPE rss [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>' + rss("&b;"),
    "external entity": '<!DOCTYPE rss [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
    + rss("<item><title>&a;</title></item>"),
    "parameter entity": '<!DOCTYPE rss [<!ENTITY % a SYSTEM "https://evil.example/x.dtd">%a;]>' + rss(),
    "behind a comment": "<!-- <rss> -->" + '<!DOCTYPE rss [<!ENTITY a "ha">]>' + rss(),
    "quadratic": '<!DOCTYPE rss [<!ENTITY a "' + "a" * 50_000 + '">]>' + rss("&a;" * 10_000),
    "a fault before it": '<!DOCTYPE rss [ & <!ENTITY a "ha">]>' + rss("&a;"),
    "in UTF-16": (
        '<?xml version="1.0" encoding="utf-16"?><!DOCTYPE rss [<!ENTITY a "ha">]><rss>&a;</rss>'
    ).encode("utf-16"),
}


@pytest.mark.parametrize("name", sorted(BOMBS))
def test_entities_are_refused(name: str) -> None:
    data = BOMBS[name]
    data = data.replace('<?xml version="1.0"?>', "") if isinstance(data, str) else data
    (one,) = read_all(data)
    assert isinstance(one, Unreadable)
    assert one.reason == "XML that declares entities of its own, as no feed needs; not read"


def test_an_outer_definition_is_never_fetched() -> None:
    feed = '<!DOCTYPE rss SYSTEM "https://evil.example/rss.dtd">' + rss(ITEM.format("a"))[21:]
    assert [one.address for one in read_all(feed)] == ["https://www.desk.example/a"]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        ("<rss><channel>" + "<a>" * 100_000, "XML nested deeper than 100 elements"),
        ("<rss " + 'a="b" ' * 300_000, "not well-formed|a feed that cannot be read|more than a megabyte"),
        ("<rss><channel><item><title>", "a feed that cannot be read"),
        ("<html><body>Not found</body></html>", "neither a feed"),
        ("<?xml version='1.0'?>", "neither a feed"),
        ("words", "neither a feed"),
        ("", "neither a feed"),
        (b"\0" * 100_000, "neither a feed"),
    ],
)
def test_what_is_no_feed_has_a_reason(data: str | bytes, reason: str) -> None:
    (one,) = read_all(data)
    assert isinstance(one, Unreadable)
    assert re.search(reason, one.reason)
    assert "\n" not in one.reason


@pytest.mark.parametrize(
    "part", ["<", "<a ", "&", "<![CDATA[", "<!--", "<item><title>", "<b>x</b>", "]]>", "<?x "]
)
def test_broken_feeds_take_bounded_time(part: str) -> None:
    begin = time.process_time()
    read_all("<rss><channel>&bad;" + part * (600_000 // len(part)))
    assert time.process_time() - begin < 10


def test_a_feed_of_a_million_entries_is_cut_and_told() -> None:
    entry = "<item><link>https://www.desk.example/{}</link></item>"
    data = rss(*(entry.format(number) for number in range(1_000_000))).encode()
    told: list[str] = []
    begin = time.process_time()
    found = read_all(data, told)
    assert 10_000 < len(found) <= MOST_LINKS
    assert found[0].address == "https://www.desk.example/0"
    assert told[0] == "the list: a very long feed; only its first entries were read"
    assert time.process_time() - begin < 20


def test_an_atom_feed_with_a_prefix_is_cut_between_entries() -> None:
    entry = "<a:entry><a:title>{}</a:title><a:link href='https://www.desk.example/{}'/></a:entry>"
    filler = "x" * 1_000
    body = "".join(entry.format(filler, number) for number in range(4_000))
    data = f'<a:feed xmlns:a="http://www.w3.org/2005/Atom">{body}</a:feed>'
    told: list[str] = []
    found = read_all(data, told)
    assert len(told) == 1
    assert [one.address for one in found] == [f"https://www.desk.example/{n}" for n in range(len(found))]
    assert 2_000 < len(found) < 3_000
    told.clear()
    late = f"<!--{'x' * 5_000}-->{data}"
    assert len(read_all(late, told)) > 400
    assert len(told) == 1


def test_opml_lists_feeds_by_the_names_that_a_person_gave() -> None:
    data = (
        '<opml version="2.0"><head><title>Mine</title></head><body><outline text="News">'
        '<outline type="rss" text="The Desk" xmlUrl="https://www.desk.example/feed" htmlUrl="https://x.example"/>'
        '<outline title="The Port &amp; Sea" text="port" XMLURL="http://port.example/atom"/>'
        '<outline text="deep"><outline xmlUrl="https://other.example/f"/></outline></outline>'
        '<outline text="bad" xmlUrl="file:///etc/passwd"/></body></opml>'
    )
    found = read_all(data, details=Details(""))
    assert [(one.address, one.details.outlet, one.is_list, one.depth) for one in found] == [
        ("https://www.desk.example/feed", "The Desk", True, 1),
        ("http://port.example/atom", "The Port & Sea", True, 1),
        ("https://other.example/f", "", True, 1),
    ]


def test_xml_in_a_folder_is_not_followed_and_other_xml_is_told(tmp_path: Any) -> None:
    (tmp_path / "a.xml").write_text("<article>The ferry.</article>", encoding="utf-8")
    (tmp_path / "b.rss").write_text(rss(ITEM.format("a")), encoding="utf-8")
    told: list[str] = []
    (one,) = read([tmp_path], warn=told.append)
    assert isinstance(one, Unreadable)
    assert one.source.endswith("b.rss")
    assert told == [
        f"{tmp_path.name}/a.xml: passed over, neither a feed nor a sitemap nor an OPML list of feeds"
    ]
