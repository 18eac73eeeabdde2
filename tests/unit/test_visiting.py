"""Addresses from job to job: what is asked for, what is remembered, and what a page that is gone becomes."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from fake_stages import fake_stages
from invented_web import FEED, HOST, START, Web, ask, counts, feed, lay_web, page, run

from quotes.pipeline import Listener, Summary, Wanted, preview
from quotes.sources import source_of

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def web(monkeypatch: pytest.MonkeyPatch) -> Web:
    return lay_web(monkeypatch)


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
    def cut_off(summary: Summary) -> None:
        if summary.articles:
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
    run(tmp_path, 0, str(file))
    assert ask(tmp_path, "SELECT DISTINCT name FROM outlets") == [("The Lamp",)]
    web.pages[f"{HOST}/a"] = page("We will leave here until the boats come back")
    run(tmp_path, 1, str(file))
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
        f"{HOST}/a": "read before; asked whether it changed",
        f"{HOST}/b": "read before; asked whether it changed",
        f"{HOST}/c": f"listed in {FEED}",
    }
    assert {file: file.read_bytes() for file in tmp_path.glob("*.db")} == before
