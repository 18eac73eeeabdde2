"""Fifty invented pages on this machine, indexed three times as a schedule would."""

from __future__ import annotations

import sqlite3
from collections import Counter
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest
from fake_stages import FakeAnnotator, fake_stages
from invented_news import OUTLETS, News, change_three

from quotes.fetch import Manners
from quotes.pipeline import Listener, Summary, Wanted, index
from quotes.sources import Source

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from quotes.records import Unreadable

QUICK = Manners(delay=0.0, timeout=5.0, allow_private=True)
BEGIN = datetime(2026, 3, 20, 7, 0, tzinfo=UTC)

REASONS = {
    "/subscribers/letter": "robots.txt asks not to read this page",
    "/gone": "answered 410 Gone",
    "/lost": "answered 404 Not Found",
    "/broken": "answered 500 Internal Server Error",
    "/picture": "is image/png, neither an article nor a list of them",
}


class Schedule:
    """A job an hour over the feeds and the sitemap of four outlets; what each was told and what was sent."""

    def __init__(self, news: News, folder: Path) -> None:
        self.news, self.folder, self.jobs = news, folder, 0
        self.annotator = FakeAnnotator()
        self.skipped: list[Unreadable] = []
        self.sent: list[tuple[str, int, int]] = []
        self.database = folder / "quotes.db"
        feeds = folder / "feeds.opml"
        feeds.write_text(news.write_opml(), encoding="utf-8")
        sitemap = Source(address=news.lists[-1], outlet=OUTLETS[-1].name)
        self.wanted = Wanted((Source(path=feeds), sitemap), manners=QUICK)

    def run(self, later: timedelta = timedelta(0)) -> Summary:
        """Run the next job, an hour after the one before, or that much later; return what it did."""
        now = BEGIN + self.jobs * timedelta(hours=1) + later
        self.jobs += 1
        self.skipped.clear()
        listener = Listener(skipped=lambda one, _: self.skipped.append(one))
        stages = fake_stages(self.annotator)
        summary = index(self.wanted, self.database, stages=stages, listener=listener, now=lambda: now)
        self.sent = self.news.take_log()
        return summary

    def ask(self, sql: str, *values: object) -> list[tuple[Any, ...]]:
        with closing(sqlite3.connect(self.database)) as connection:
            return connection.execute(sql, values).fetchall()


@pytest.fixture
def schedule(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Schedule]:
    monkeypatch.setattr("quotes.pipeline.filing._JUST_NOW", 0)  # as if the list of feeds were an hour old
    with News() as news:
        yield Schedule(news, tmp_path)


def test_the_first_job_reads_all_that_may_be_read(schedule: Schedule) -> None:
    summary = schedule.run()
    assert summary.articles["added"] == 50
    assert Counter(one.reason for one in schedule.skipped) == dict.fromkeys(REASONS.values(), 4)
    assert Counter(urlsplit(one.source).path for one in schedule.skipped) == dict.fromkeys(REASONS, 4)
    assert Counter(status for _, status, _ in schedule.sent) == {200: 50 + 4 + 4, 410: 4, 404: 4, 500: 4}
    assert not [path for path, *_ in schedule.sent if path.startswith("/subscribers/")]
    assert summary.requests == len(schedule.sent) + len(OUTLETS)
    named = schedule.ask(
        "SELECT name, count(*) FROM articles JOIN outlets ON outlet_id = outlets.id GROUP BY 1"
    )
    assert sorted(named) == sorted((outlet.name, outlet.stories) for outlet in OUTLETS)
    assert schedule.ask("SELECT count(*) FROM quotes") == [(100,)]


def test_the_second_job_has_nothing_sent_that_it_knows(schedule: Schedule) -> None:
    schedule.run()
    read = len(schedule.annotator.texts)
    summary = schedule.run()
    assert summary.is_nothing_new
    assert summary.articles["unchanged"] == 50
    assert len(schedule.annotator.texts) == read
    known = {(path, status) for path, status, _ in schedule.sent if path not in REASONS}
    assert {status for _, status in known} == {304}
    assert sum(sent for path, _, sent in schedule.sent if path not in REASONS) == 0
    assert len([path for path, *_ in schedule.sent if path.startswith("/news/")]) == 50


def test_the_third_job_finds_three_changes_and_one_altered_quote(schedule: Schedule) -> None:
    schedule.run()
    schedule.run()
    changed = change_three(schedule.news)
    summary = schedule.run()
    assert (summary.articles["changed"], summary.articles["added"], summary.altered) == (3, 0, 1)
    assert summary.articles["unchanged"] == 47
    assert len([path for path, status, _ in schedule.sent if status == 200 and path not in REASONS]) == 3
    assert schedule.ask("SELECT articles_added, articles_changed, quotes_altered FROM runs ORDER BY id") == [
        (50, 0, 0),
        (0, 0, 0),
        (0, 3, 1),
    ]
    assert sorted(row[0] for row in schedule.ask("SELECT url FROM articles WHERE revision = 2")) == sorted(
        changed
    )
    (altered,) = schedule.ask(
        "SELECT before.text, after.text, name FROM quotes before JOIN quotes after"
        " ON after.id = before.altered_to_id JOIN speakers ON speakers.id = after.speaker_id"
    )
    assert altered == (
        "The wall may leak in spring, but it will not break,",
        "The wall may leak in summer, but it will not break,",
        "Judit Marsh",
    )
    assert schedule.ask("SELECT count(*) FROM quotes WHERE last_revision IS NULL") == [(101,)]


def test_a_page_that_is_two_weeks_old_is_not_asked_for(schedule: Schedule) -> None:
    schedule.run()
    schedule.run(timedelta(days=10))
    assert Counter(status for path, status, _ in schedule.sent if path not in REASONS) == {304: 54}
    summary = schedule.run(timedelta(days=15))
    assert [(path.rpartition(".")[2], status) for path, status, _ in schedule.sent] == [("xml", 304)] * 4
    assert summary.is_nothing_new
    assert schedule.skipped == []


def test_nothing_on_this_machine_is_asked_unless_that_is_allowed(schedule: Schedule) -> None:
    schedule.wanted = replace(schedule.wanted, manners=replace(QUICK, allow_private=False))
    assert schedule.run().requests == 0
    assert {one.reason for one in schedule.skipped} == {
        f"leads to a private address ({outlet.host}); allow it with --allow-private" for outlet in OUTLETS
    }
    assert schedule.sent == []


def test_what_failed_is_asked_for_less_and_less(schedule: Schedule) -> None:
    asked = []
    for _ in range(5):
        schedule.run()
        asked.append(Counter(path for path, *_ in schedule.sent if path in REASONS))
    sent = dict.fromkeys((path for path, reason in REASONS.items() if "robots" not in reason), 4)
    assert asked == [sent, sent, sent, {}, sent]  # after 25, 50 and 100 minutes, at a job an hour


def test_a_page_that_goes_is_marked_and_one_that_comes_back_stands_again(schedule: Schedule) -> None:
    schedule.run()
    from loopback import status

    outlet, path = OUTLETS[0].name, "/news/ferry"
    site = schedule.news.sites[outlet]
    (page,) = site.pages[path]
    site.script(path, status(410))
    assert schedule.run().articles["removed"] == 1
    (row,) = schedule.ask("SELECT url, removed FROM articles WHERE removed IS NOT NULL")
    assert row == (schedule.news.pages[outlet, "ferry"], "its page answers: answered 410 Gone")
    site.script(path, page)
    schedule.run()
    assert schedule.ask("SELECT count(*) FROM articles WHERE removed IS NOT NULL") == [(0,)]
    assert schedule.ask("SELECT count(*) FROM articles") == [(50,)]
