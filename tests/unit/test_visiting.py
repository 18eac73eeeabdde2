"""Addresses from job to job: what is asked for, what is remembered, and what a page that is gone becomes."""

from __future__ import annotations

import sqlite3
from collections import deque
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from fake_stages import FakeAnnotator, fake_stages

from quotes.pipeline import Listener, Summary, Wanted, index, preview
from quotes.records import Answer, Asked
from quotes.sources import source_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

HOST = "https://www.lamp.example"
FEED = f"{HOST}/feed.xml"
START = datetime(2026, 3, 4, 9, tzinfo=UTC)
FILLING = "The ferry was late again and the harbour office said that nobody had been told of it in time. " * 6


def page(said: str, title: str = "Ferry late") -> str:
    return (
        f"<!DOCTYPE html><html lang=en><head><title>{title}</title></head><body><article><h1>{title}</h1>"
        f"<p>{FILLING}</p><p>“{said},” Ann Reed said.</p><p>{FILLING}</p></article></body></html>"
    )


def feed(*names: str) -> str:
    items = "".join(
        f"<item><title>Ferry</title><link>{HOST}/{name}</link>"
        "<pubDate>Wed, 04 Mar 2026 08:00:00 GMT</pubDate></item>"
        for name in names
    )
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>x</title>{items}</channel></rss>'


@dataclass
class Web:
    """A web of pages by address; one that is missing answers 404. Says "unchanged" to who knows the page."""

    pages: dict[str, str | int] = field(default_factory=dict)
    asked: list[Asked] = field(default_factory=list)
    sent: list[str] = field(default_factory=list)

    def answer(self, asked: Asked) -> Answer:
        self.asked.append(asked)
        found = self.pages.get(asked.address, 404)
        if isinstance(found, int):
            return Answer(asked, found, asked.address, reason=f"answered {found}")
        etag = f'"{hash(found)}"'
        if asked.etag == etag:
            return Answer(asked, 304, asked.address)
        self.sent.append(asked.address)
        media_type = "text/html" if found.startswith("<!DOCTYPE") else "application/rss+xml"
        return Answer(asked, 200, asked.address, found.encode(), media_type, "utf-8", etag)

    def names(self) -> list[str]:
        """Return what was asked for since the last call."""
        names = [one.address.removeprefix(f"{HOST}/") for one in self.asked]
        self.asked.clear()
        self.sent.clear()
        return names


@pytest.fixture
def web(monkeypatch: pytest.MonkeyPatch) -> Web:
    web = Web()

    class Fetcher:
        requests = 0

        def __init__(self, _manners: object) -> None:
            self.waiting: deque[Asked] = deque()

        def ask(self, asked: Asked) -> None:
            self.waiting.append(asked)

        def answers(self) -> Iterator[Answer]:
            while self.waiting:
                yield web.answer(self.waiting.popleft())

        def close(self) -> None:
            self.waiting.clear()

    monkeypatch.setattr("quotes.fetch.Fetcher", Fetcher)
    web.pages = {
        FEED: feed("a", "b"),
        f"{HOST}/a": page("We will stay here until the boats come back"),
        f"{HOST}/b": page("We wait"),
    }
    return web


def run(tmp_path: Path, hours: int = 0, source: str = FEED, **options: Any) -> Summary:
    now = START + timedelta(hours=hours)
    listener = options.pop("listener", None)
    annotator = options.pop("annotator", None)
    wanted = Wanted((source_of(source),), **options)
    stages = fake_stages(annotator or FakeAnnotator())
    return index(wanted, tmp_path / "quotes.db", stages=stages, now=lambda: now, listener=listener)


def ask(tmp_path: Path, sql: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(tmp_path / "quotes.db")) as connection:
        return connection.execute(sql).fetchall()


def counts(summary: Summary) -> dict[str, int]:
    return {name: count for name, count in summary.articles.items() if count}


def test_the_pages_of_a_feed_are_articles_of_its_domain(web: Web, tmp_path: Path) -> None:
    assert counts(run(tmp_path)) == {"read": 2, "added": 2, "annotated": 2}
    assert ask(tmp_path, "SELECT url, outlet_id, published, source FROM articles ORDER BY url") == [
        (f"{HOST}/{name}", "lamp-example", "2026-03-04T08:00:00+00:00", f"{HOST}/{name}") for name in "ab"
    ]


def test_the_second_job_sends_for_nothing_that_did_not_change(web: Web, tmp_path: Path) -> None:
    run(tmp_path)
    assert web.names() == ["feed.xml", "a", "b"]
    assert counts(run(tmp_path, hours=1)) == {"unchanged": 2}
    assert web.sent == []
    assert web.names() == ["feed.xml", "a", "b"]


def test_a_page_that_left_the_feed_is_asked_for_until_it_is_old(web: Web, tmp_path: Path) -> None:
    run(tmp_path)
    web.pages[FEED] = feed("b")
    web.pages[f"{HOST}/a"] = page("We will leave here until the boats come back")
    assert counts(run(tmp_path, hours=1))["changed"] == 1
    assert ask(tmp_path, "SELECT quotes_altered FROM runs ORDER BY id") == [(0,), (1,)]
    web.names()
    run(tmp_path, hours=24 * 40)
    assert web.names() == ["feed.xml"]


def test_a_page_that_is_gone_is_marked_and_one_that_comes_back_is_not(web: Web, tmp_path: Path) -> None:
    run(tmp_path)
    web.pages[f"{HOST}/a"] = 404
    web.pages[f"{HOST}/b"] = 410
    removed = "SELECT url, removed FROM articles WHERE removed IS NOT NULL ORDER BY url"
    assert counts(run(tmp_path, hours=1)) == {"removed": 1}
    assert ask(tmp_path, removed) == [(f"{HOST}/b", "its page answers: answered 410")]
    assert counts(run(tmp_path, hours=2)) == {"removed": 1}
    assert len(ask(tmp_path, removed)) == 2
    web.pages[f"{HOST}/a"] = page("We will stay here until the boats come back")
    web.pages[f"{HOST}/b"] = page("We never waited")
    assert counts(run(tmp_path, hours=9)) == {
        "read": 1,
        "unchanged": 1,
        "changed": 1,
        "annotated": 1,
    }
    assert ask(tmp_path, removed) == []
    assert ask(tmp_path, "SELECT count(*) FROM quotes WHERE last_revision IS NULL") == [(2,)]


def test_a_server_error_is_told_and_takes_nothing_away(web: Web, tmp_path: Path) -> None:
    run(tmp_path)
    web.pages[f"{HOST}/a"] = 503
    told: list[tuple[str, bool]] = []
    listener = Listener(skipped=lambda one, is_known: told.append((one.reason, is_known)))
    assert counts(run(tmp_path, hours=1, listener=listener)) == {"unchanged": 1, "skipped": 1}
    run(tmp_path, hours=3, listener=listener)
    assert told == [("answered 503", False), ("answered 503", True)]
    assert ask(tmp_path, "SELECT count(*) FROM articles WHERE removed IS NULL") == [(2,)]


def test_a_feed_that_fails_does_not_hide_its_pages(web: Web, tmp_path: Path) -> None:
    run(tmp_path)
    web.names()
    web.pages[FEED] = 503
    run(tmp_path, hours=1)
    assert web.names() == ["feed.xml", "a", "b"]


class CutOff(KeyboardInterrupt):
    """The job was ended from outside."""


def test_a_job_cut_off_after_the_feed_still_knows_its_pages(web: Web, tmp_path: Path) -> None:
    def cut_off(_: Summary) -> None:
        raise CutOff

    with pytest.raises(CutOff):
        run(tmp_path, listener=Listener(advanced=cut_off))
    web.names()
    web.pages[FEED] = feed("b")  # meanwhile the other page left the feed
    assert counts(run(tmp_path, hours=1))["added"] == 2


def test_what_the_database_lost_is_fetched_again(web: Web, tmp_path: Path) -> None:
    run(tmp_path)
    for file in tmp_path.glob("quotes.db*"):
        file.unlink()
    assert counts(run(tmp_path, hours=1))["added"] == 2


def test_an_outlet_that_a_person_names_is_that_of_all_pages(web: Web, tmp_path: Path) -> None:
    file = tmp_path / "feeds.opml"
    file.write_text(
        f'<opml version="2.0"><body><outline text="The Lamp" xmlUrl="{FEED}"/></body></opml>',
        encoding="utf-8",
    )
    run(tmp_path, source=str(file))
    assert ask(tmp_path, "SELECT DISTINCT name FROM outlets") == [("The Lamp",)]
    web.pages[f"{HOST}/a"] = page("We will leave here until the boats come back")
    run(tmp_path, hours=1, source=str(file))
    assert ask(tmp_path, "SELECT DISTINCT name FROM outlets") == [("The Lamp",)]


def test_a_limit_leaves_the_rest_for_the_next_job(web: Web, tmp_path: Path) -> None:
    assert counts(run(tmp_path, limit=1))["added"] == 1
    assert counts(run(tmp_path, hours=1, limit=1))["added"] == 1
    assert ask(tmp_path, "SELECT count(*) FROM articles") == [(2,)]


def test_what_is_too_old_is_not_fetched_until_it_is_wanted(web: Web, tmp_path: Path) -> None:
    assert counts(run(tmp_path, since="2026-03-05")) == {}
    assert web.names() == ["feed.xml"]
    assert counts(run(tmp_path, hours=1, since="2026-03-04"))["added"] == 2


def test_a_page_without_an_article_is_told_and_not_fetched_anew(web: Web, tmp_path: Path) -> None:
    web.pages[f"{HOST}/b"] = "<!DOCTYPE html><html><body><p>Sign in.</p></body></html>"
    assert counts(run(tmp_path))["skipped"] == 1
    web.names()
    assert counts(run(tmp_path, hours=1)) == {"unchanged": 1, "skipped": 1}
    assert web.sent == []


def test_a_dry_run_says_what_it_would_do_and_writes_nothing(web: Web, tmp_path: Path) -> None:
    wanted = Wanted((source_of(FEED),))
    planned = list(preview(wanted, tmp_path / "quotes.db", stages=fake_stages()))
    assert [(one.action, one.source) for one in planned] == [("fetch", f"{HOST}/a"), ("fetch", f"{HOST}/b")]
    assert list(tmp_path.iterdir()) == []
    run(tmp_path)
    before = {file: file.read_bytes() for file in tmp_path.glob("*.db")}
    web.pages[FEED] = feed("a", "b", "c")
    now = START + timedelta(days=9)
    planned = list(preview(wanted, tmp_path / "quotes.db", stages=fake_stages(), now=lambda: now))
    assert {one.source: one.why for one in planned} == {
        f"{HOST}/a": "read before: asked whether it changed",
        f"{HOST}/b": "read before: asked whether it changed",
        f"{HOST}/c": f"listed in {FEED}",
    }
    assert {file: file.read_bytes() for file in tmp_path.glob("*.db")} == before
