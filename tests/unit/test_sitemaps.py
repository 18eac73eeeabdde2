"""Sitemaps and their indexes give the addresses of pages."""

from __future__ import annotations

import gzip
import time
import tracemalloc
from typing import Any

from quotes.records import Unreadable
from quotes.sources import Linked, Place, read_place
from quotes.sources.details import Details

ADDRESS = "https://www.desk.example/sitemap.xml"
OPEN = '<?xml version="1.0" encoding="UTF-8"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'


def read_all(data: str | bytes, told: list[str] | None = None, **known: Any) -> list[Any]:
    data = data.encode("utf-8") if isinstance(data, str) else data
    details = known.pop("details", Details("desk.example"))
    place = Place("the map", details, data=data, address=ADDRESS, is_named=True, **known)
    return list(read_place(place, [].append if told is None else told.append))


def test_a_page_was_changed_then_and_nobody_says_when_it_was_published() -> None:
    entry = "<url><loc> https://www.desk.example/a\n</loc><lastmod>2026-03-04T10:15:00+01:00</lastmod></url>"
    (one,) = read_all(f"{OPEN}{entry}</urlset>")
    assert one == Linked(
        "https://www.desk.example/a",
        Details(outlet=""),
        "the map",
        depth=1,
        changed="2026-03-04T09:15:00+00:00",
    )


def test_a_news_sitemap_says_when_and_what() -> None:
    entry = (
        '<url xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'
        ' xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">'
        "<image:image><image:loc>https://www.desk.example/a.jpg</image:loc><image:title>Ship</image:title>"
        "</image:image>"
        "<loc>https://www.desk.example/a</loc><news:news><news:publication>"
        "<news:name>Another Paper</news:name>"
        "<news:language>pt-br</news:language></news:publication>"
        "<news:publication_date>2026-03-04T10:15:00Z</news:publication_date>"
        "<news:title>Ferry &amp; harbour</news:title></news:news></url>"
    )
    one, other = read_all(f"{OPEN}{entry}<url><loc>/b</loc></url></urlset>", details=Details("The Desk"))
    assert one.address == "https://www.desk.example/a"
    assert one.details == Details(
        outlet="The Desk", title="Ferry & harbour", published="2026-03-04T10:15:00+00:00", language="pt"
    )
    assert (other.address, other.details) == ("https://www.desk.example/b", Details(outlet="The Desk"))


def test_an_index_lists_sitemaps_packed_or_not() -> None:
    index = (
        "<sitemapindex><sitemap><loc>https://www.desk.example/2026.xml.gz</loc><lastmod>2026-03-04</lastmod>"
        "</sitemap><sitemap><loc>ftp://desk.example/x</loc></sitemap></sitemapindex>"
    )
    (one,) = read_all(gzip.compress(index.encode()), depth=1)
    assert (one.address, one.is_list, one.changed, one.depth) == (
        "https://www.desk.example/2026.xml.gz",
        True,
        "2026-03-04",
        2,
    )


def test_what_was_read_before_a_fault_counts() -> None:
    one, fault = read_all(f"{OPEN}<url><loc>https://www.desk.example/a</loc></url><url><loc>x & y</loc>")
    assert one.address == "https://www.desk.example/a"
    assert isinstance(fault, Unreadable)
    assert fault.reason == "not well-formed XML from line 1 on"


def test_a_sitemap_of_a_million_lines_is_cut_and_told() -> None:
    entries = "".join(f"<url><loc>https://www.desk.example/{n}</loc></url>\n" for n in range(1_000_000))
    data = f"{OPEN}{entries}</urlset>".encode()
    told: list[str] = []
    begin = time.process_time()
    place = Place("the map", Details("d"), data=data, address=ADDRESS, is_named=True)
    count = sum(1 for _ in read_place(place, told.append))
    assert count == 50_000
    assert told == ["the map: only its first 50,000 entries were read"]
    assert time.process_time() - begin < 20


def test_one_endless_entry_and_junk_take_no_memory() -> None:
    for junk in ("<url>" + "<loc>x</loc>" * 100_000, "<junk/>" * 200_000, "<url><loc>" + "x" * 3_000_000):
        data = f"{OPEN}{junk}".encode()
        tracemalloc.start()
        found = read_all(data)
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert [type(one) for one in found] == [Unreadable]
        assert peak < 5_000_000
