"""Pages over days: what a site does to them that is no change of an article, and never claimed to be one."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from invented_web import FEED, FILLING, HOST, Web, ask, counts, feed, lay_web, page, run

from quotes.pipeline.filing import is_single
from quotes.pipeline.hiding import name_hiding
from quotes.sources import Source

if TYPE_CHECKING:
    from pathlib import Path

A, B = f"{HOST}/a", f"{HOST}/b"
OTHER_FEED = f"{HOST}/sport.xml"
SAID = "We will stay here until the boats come back"
LONG = "The council met in the evening and heard from the fishermen about the quay, the mud and the crane. "
STANDING = (
    "SELECT url, text FROM quotes JOIN articles ON articles.id = article_id WHERE last_revision IS NULL"
)
CLAIMED = "SELECT count(*) FROM quotes WHERE last_revision IS NOT NULL"
ADDRESSES = "SELECT url FROM articles WHERE removed IS NULL ORDER BY url"


@pytest.fixture
def web(monkeypatch: pytest.MonkeyPatch) -> Web:
    return lay_web(monkeypatch)


def html(*lines: str) -> str:
    body = "".join(f"<p>{line}</p>" for line in lines)
    head = "<!DOCTYPE html><html><head><title>Ferry late</title></head>"
    return f"{head}<body><article>{body}</article></body></html>"


WHOLE = html(FILLING, LONG * 3, f"“{SAID},” Ann Reed said.", LONG * 4 + "That was all.", FILLING + "Again.")
STUB = html(FILLING, LONG[:60] + "…")
CONSENT = html("We and our 812 partners keep and read information on your device, as the law allows. " * 12)
CUT_WITHIN = html(FILLING, FILLING + "Again.")


@pytest.mark.parametrize("shown", [STUB, CONSENT, 503])
def test_a_page_hidden_for_an_hour_has_left_nothing_out(web: Web, tmp_path: Path, shown: str | int) -> None:
    web.pages[A] = WHOLE
    run(tmp_path)
    web.pages[A] = shown
    assert counts(run(tmp_path, 1)) == {"read": shown != 503, "unchanged": 1, "skipped": 1} or shown == 503
    assert ask(tmp_path, CLAIMED) == [(0,)]
    assert (A, f"{SAID},") in ask(tmp_path, STANDING)
    web.pages[A] = WHOLE
    run(tmp_path, 2)
    assert ask(tmp_path, "SELECT max(revision) FROM articles") == [(1,)]
    web.pages[A] = 410
    run(tmp_path, 3)
    assert ask(tmp_path, ADDRESSES) == [(B,)]  # the article of the page was not forgotten meanwhile


def test_what_a_page_counts_up_is_no_change(web: Web, tmp_path: Path) -> None:
    for hour, (ago, comments) in enumerate(
        (("3 minutes ago", "2 comments"), ("Updated 1 hour ago", "17 comments"))
    ):
        web.pages[A] = html(FILLING, ago, f"“{SAID},” Ann Reed said.", LONG * 3, comments, FILLING + "Again.")
        run(tmp_path, hour)
    assert ask(tmp_path, "SELECT max(revision) FROM articles") == [(1,)]


def test_what_an_outlet_cuts_out_is_left_out(web: Web, tmp_path: Path) -> None:
    web.pages[A] = WHOLE
    run(tmp_path)
    web.pages[A] = CUT_WITHIN
    assert counts(run(tmp_path, 1))["changed"] == 1
    assert ask(tmp_path, CLAIMED) == [(1,)]


def test_a_page_that_names_another_page_of_the_feed_does_not_take_its_place(web: Web, tmp_path: Path) -> None:
    for web.is_backward in (False, True):
        folder = tmp_path / str(web.is_backward)
        folder.mkdir()
        web.pages[B] = page("We wait", canonical=A)
        for hour in range(3):
            run(folder, hour)
        assert sorted(ask(folder, STANDING)) == [(A, f"{SAID},"), (B, "We wait,")]
        assert ask(folder, "SELECT max(revision) FROM articles") == [(1,)]
        web.pages[B] = page("We wait no longer", canonical=A)
        assert counts(run(folder, 4))["changed"] == 1
        assert ask(folder, "SELECT revision FROM articles ORDER BY url") == [(1,), (2,)]


def test_a_variant_of_a_page_is_that_page(web: Web, tmp_path: Path) -> None:
    web.pages[FEED] = feed("a?print=1", "a")
    web.pages[A] = web.pages[f"{A}?print=1"] = page(SAID, canonical=A)
    run(tmp_path)
    assert ask(tmp_path, ADDRESSES) == [(A,)]
    web.names()
    run(tmp_path, 1)
    assert web.sent == []
    web.pages[f"{A}?print=1"] = 410
    run(tmp_path, 2)
    assert ask(tmp_path, ADDRESSES) == [(A,)]
    web.pages[A] = page("We will leave here before the boats come back", canonical=A)
    web.pages[f"{A}?print=1"] = page(SAID, canonical=A)  # an older copy
    run(tmp_path, 9)
    assert ask(tmp_path, "SELECT url, revision FROM articles") == [(A, 2)]


def test_two_feeds_may_answer_in_any_order(web: Web, tmp_path: Path) -> None:
    web.pages[OTHER_FEED] = feed("b", "a").replace("Wed, 04", "Thu, 05")
    named = Source(address=OTHER_FEED, outlet="The Lamp")
    found = []
    for web.is_backward in (False, True):
        folder = tmp_path / str(web.is_backward)
        folder.mkdir()
        run(folder, 0, FEED, named)
        web.pages[OTHER_FEED] = 503
        web.pages[A] = page(f"{SAID} at last")
        run(folder, 1, named, FEED)
        found.append(ask(folder, "SELECT url, outlet_id, published, revision FROM articles ORDER BY url"))
        web.pages[OTHER_FEED] = feed("b", "a").replace("Wed, 04", "Thu, 05")
        web.pages[A] = page(SAID)
    assert found[0] == found[1]
    assert {row[1] for row in found[0]} == {"the-lamp"}


def test_an_outlet_named_later_is_that_of_all_its_articles(web: Web, tmp_path: Path) -> None:
    run(tmp_path)
    web.names()
    named = Source(address=FEED, outlet="The Lamp", kind="transcript")
    for hours in (1, 24 * 40):
        run(tmp_path, hours, named)
        assert ask(tmp_path, "SELECT DISTINCT outlet_id, kind FROM articles") == [("the-lamp", "transcript")]
        named = replace(named, outlet="The Lamp")
    renamed = replace(named, outlet="The Lantern")
    assert counts(run(tmp_path, 24 * 41, renamed))["changed"] == 2
    assert web.sent == []  # nothing was fetched for that, and old pages were not even asked for
    assert counts(run(tmp_path, 24 * 42, renamed)) == {}


def test_a_language_that_a_person_names_is_that_of_the_pages(web: Web, tmp_path: Path) -> None:
    run(tmp_path, 0, Source(address=FEED, language="pt"))
    assert ask(tmp_path, "SELECT DISTINCT language FROM articles") == [("pt",)]


@pytest.mark.parametrize(
    "address",
    [A.replace("https", "http"), A.replace("www.lamp", "WWW.Lamp"), A.replace(".example", ".example:443")],
)
def test_an_address_written_otherwise_is_the_same_page(web: Web, tmp_path: Path, address: str) -> None:
    run(tmp_path)
    web.pages[FEED] = str(web.pages[FEED]).replace(A, address)
    web.pages.setdefault(address, web.pages[A])
    run(tmp_path, 1)
    assert len(ask(tmp_path, ADDRESSES)) == 2


def test_not_found_counts_when_said_twice(web: Web, tmp_path: Path) -> None:
    run(tmp_path)
    for hour, shown in enumerate((503, 404, page(SAID), 404), 1):
        web.pages[A] = shown
        run(tmp_path, 4 * hour)
        assert ask(tmp_path, ADDRESSES) == [(A,), (B,)]
    run(tmp_path, 20)
    assert ask(tmp_path, ADDRESSES) == [(B,)]


def test_a_page_that_leads_to_the_front_page_is_none(web: Web, tmp_path: Path) -> None:
    run(tmp_path)
    web.pages[f"{HOST}/"] = page("Welcome to the Lamp")
    web.moved = {A: f"{HOST}/", B: f"{HOST}/"}
    assert counts(run(tmp_path, 1)) == {"skipped": 2}
    assert ask(tmp_path, ADDRESSES) == [(A,), (B,)]


def test_a_page_that_moved_is_one_article(web: Web, tmp_path: Path) -> None:
    run(tmp_path)
    new = f"{HOST}/a-better-name"
    web.pages[new] = web.pages[A]
    web.moved = {A: new}
    web.pages[FEED] = feed("a-better-name", "b")
    run(tmp_path, 1)
    run(tmp_path, 2)
    assert ask(tmp_path, ADDRESSES) == [(new,), (B,)]


def test_a_feed_that_is_out_of_order_keeps_its_pages(web: Web, tmp_path: Path) -> None:
    run(tmp_path)
    web.names()
    empty = '<?xml version="1.0"?><rss version="2.0"><channel><title>x</title></channel></rss>'
    for hour, shown in enumerate((page("We are at work on the site"), empty, html("Out of order.")), 1):
        web.pages[FEED] = shown
        run(tmp_path, hour)
        assert web.names() == ["feed.xml", "a", "b"]
    assert ask(tmp_path, ADDRESSES) == [(A,), (B,)]


def test_a_feed_under_a_new_address_takes_the_pages_over(web: Web, tmp_path: Path) -> None:
    run(tmp_path)
    web.pages[OTHER_FEED] = feed("a")
    run(tmp_path, 1, OTHER_FEED)
    web.pages[OTHER_FEED] = feed("b")
    web.names()
    run(tmp_path, 2, OTHER_FEED)
    assert web.names() == ["sport.xml", "b", "a"]


def test_what_is_too_old_is_asked_for_once(web: Web, tmp_path: Path) -> None:
    """The feed does not say when, only the page does."""
    old = page(SAID).replace(
        "</head>", '<meta property="article:published_time" content="2025-01-02"></head>'
    )
    web.pages[FEED] = str(web.pages[FEED]).replace("pubDate>", "guid>")
    web.pages[A] = web.pages[B] = old
    run(tmp_path, 0, since="2026-01-01")
    web.names()
    assert counts(run(tmp_path, 1, since="2026-01-01")) == {}
    assert web.names() == ["feed.xml"]
    assert counts(run(tmp_path, 24 * 60, since="2025-01-01"))["added"] == 2


def test_a_nested_list_that_failed_once_is_asked_for_by_every_job(web: Web, tmp_path: Path) -> None:
    sitemap = f"{HOST}/news.xml"
    index = f'<?xml version="1.0"?><sitemapindex><sitemap><loc>{sitemap}</loc></sitemap></sitemapindex>'
    web.pages[FEED] = index
    one = f'<?xml version="1.0"?><urlset><url><loc>{A}</loc></url></urlset>'
    web.pages[sitemap] = one
    run(tmp_path)
    web.pages[sitemap] = 503
    run(tmp_path, 24 * 30)
    web.pages[sitemap] = one.replace(A, B)
    assert counts(run(tmp_path, 24 * 31))["added"] == 1


def test_a_word_that_is_no_address_is_told(web: Web, tmp_path: Path) -> None:
    assert counts(run(tmp_path, 0, FEED, Source(address="https://lamp .example/feed")))["skipped"] == 1


def test_a_packed_table_of_one_article_that_is_gone_says_nothing_of_it() -> None:
    names = ("a/day.csv.zip", "a/day.jsonl.gz", "a/day.warc", "a/story.txt", "a/page.html.gz")
    assert [is_single(name) for name in names] == [False, False, False, True, True]


def test_a_file_that_is_gone_does_not_remove_a_page_that_stands(web: Web, tmp_path: Path) -> None:
    folder = tmp_path / "saved"
    folder.mkdir()
    (folder / "b.txt").write_text("“One,” Ann Reed said.", encoding="utf-8")
    saved = folder / "a.html"
    saved.write_text(page(SAID, canonical=A), encoding="utf-8")
    run(tmp_path, 0, FEED, Source(folder))
    saved.unlink()
    run(tmp_path, 1, FEED, Source(folder))
    assert (A,) in ask(tmp_path, ADDRESSES)


def test_a_long_text_is_compared_in_time_to_its_length() -> None:
    lines = "\n".join(f"the harbour office said in its letter number {number}…" for number in range(40_000))
    before = time.perf_counter()
    name_hiding(lines.replace("…", " and more."), lines, 0)
    assert time.perf_counter() - before < 5
