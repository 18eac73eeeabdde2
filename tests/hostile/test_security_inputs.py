"""Inputs that pretend: to be of another outlet or site, to be a list, to be words for a terminal."""

from __future__ import annotations

import json
import os
import sqlite3
import stat
import zlib
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

import httpx
import loopback
import pytest
import yaml
from click.testing import CliRunner
from fake_stages import fake_stages
from invented_web import FEED, HOST, ask, counts, feed, lay_web, page, run
from loopback import Site

from quotes import annotate, pipeline, store
from quotes.cli import main
from quotes.cli.recipes import Hourly, write_recipe
from quotes.cli.screen import Screen
from quotes.errors import DatabaseError
from quotes.fetch import Fetcher, Manners
from quotes.fetch.client import Reply
from quotes.fetch.failure import FetchError
from quotes.fetch.hosts import Hosts
from quotes.fetch.robots import MOST_KEPT, Robots
from quotes.pipeline import Listener, Wanted, preview
from quotes.records import Article, Unreadable
from quotes.requests import Answer, Asked
from quotes.sources import Details, Linked, Place, Source, name_outlet, place_of_answer, read_place, source_of
from quotes.sources.addresses import bare_host, hide_secrets, is_listed_on, is_same_site, strip_secrets
from quotes.store.backup import begin
from quotes.store.lock import hold, lock_path

if TYPE_CHECKING:
    from invented_web import Web

    from quotes.sources.place import Found

EVIL = "https://evil.example"
KEY = "1f2e3d4c5b6a"


@pytest.fixture
def web(monkeypatch: pytest.MonkeyPatch) -> Web:
    return lay_web(monkeypatch)


# Sites


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://blogs.example/x", "https://one.blogs.example/x"),
        ("https://one.blogs.example/x", "https://blogs.example/x"),
        ("https://one.blogs.example/x", "https://two.blogs.example/x"),
        ("https://mobile.example/x", "https://www.example/x"),  # an ending is no site
        ("https://amp.example/x", "https://m.example/x"),
        ("https://desk.example/x", "https://d\u0435sk.example/x"),  # a Cyrillic letter
        ("https://desk.example/x", "https://desk.example@evil.example/x"),
        ("https://desk.example/x", "https://desk.example.evil.example/x"),
        ("https://desk.example/x", "https://evil.example/https://desk.example/x"),
        ("x", "y"),
        ("http://[", "http://["),
    ],
)
def test_another_host_is_another_site(one: str, other: str) -> None:
    assert not is_same_site(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://desk.example/a", "http://WWW.Desk.Example./b"),
        ("https://m.desk.example/a", "https://amp.desk.example:8443/b"),
        ("https://m\u00fcnchen.example/a", "https://xn--mnchen-3ya.example/b"),
    ],
)
def test_a_site_is_known_however_it_is_spelled(one: str, other: str) -> None:
    assert is_same_site(one, other)


def test_a_host_that_looks_like_another_is_not_named_like_it() -> None:
    assert name_outlet("https://d\u0435sk.example/a") == "xn--dsk-rdd.example"
    assert name_outlet("https://desk.example@evil.example/") == "evil.example"
    assert bare_host("https://\u202edesk.example/") == ""


@pytest.mark.parametrize(
    ("of_page", "listing", "is_its"),
    [
        ("https://www.desk.example/a", "https://desk.example/feed", True),
        ("https://www.desk.example/a", "https://rss.desk.example/feed", True),
        ("https://sport.desk.example/a", "https://www.desk.example/feed", True),
        ("https://lamp.example/a", "https://desk.example/feed", False),
        ("https://two.blogs.example/a", "https://one.blogs.example/feed", False),
        ("https://blogs.example/a", "https://one.blogs.example/feed", False),
        ("https://desk.example.evil.example/a", "https://desk.example/feed", False),
        ("https://evildesk.example/a", "https://desk.example/feed", False),
        ("https://evil.example/a", "https://rss.example/feed", False),
        ("https://evil.example/a", "feeds.opml", False),
    ],
)
def test_a_list_speaks_for_its_own_site(of_page: str, listing: str, is_its: bool) -> None:
    assert is_listed_on(of_page, listing) is is_its


# Whose words they are


def outlets(tmp_path: Path) -> list[tuple[str, str]]:
    return ask(
        tmp_path,
        "SELECT a.url, o.name FROM articles AS a JOIN outlets AS o ON o.id = a.outlet_id ORDER BY url",
    )


def test_a_person_s_name_for_a_feed_is_not_put_on_the_pages_of_others(web: Web, tmp_path: Path) -> None:
    web.pages[FEED] = feed("a").replace("</channel>", f"<item><link>{EVIL}/x</link></item></channel>")
    web.pages[f"{EVIL}/x"] = page("We never said that")
    named = Source(address=FEED, outlet="The Lamp")
    run(tmp_path, 0, named)
    assert outlets(tmp_path) == [(f"{EVIL}/x", "evil.example"), (f"{HOST}/a", "The Lamp")]
    web.pages[f"{EVIL}/x"] = page("We never said this")
    run(tmp_path, 1, named)
    assert outlets(tmp_path) == [(f"{EVIL}/x", "evil.example"), (f"{HOST}/a", "The Lamp")]


def test_nor_on_what_its_pages_lead_to(web: Web, tmp_path: Path) -> None:
    web.moved[f"{HOST}/a"] = f"{EVIL}/x"
    web.pages[f"{EVIL}/x"] = page("We never said that")
    run(tmp_path, 0, Source(address=FEED, outlet="The Lamp"))
    assert outlets(tmp_path) == [(f"{EVIL}/x", "evil.example"), (f"{HOST}/b", "The Lamp")]


def test_a_page_that_claims_another_s_address_does_not_overwrite_it(web: Web, tmp_path: Path) -> None:
    run(tmp_path)
    web.pages[f"{EVIL}/feed"] = feed().replace("</channel>", f"<item><link>{EVIL}/x</link></item></channel>")
    web.pages[f"{EVIL}/x"] = page("We will leave at once", canonical=f"{HOST}/a")
    web.pages["https://one.lamp.example/x"] = page("We will leave at once", canonical=f"{HOST}/a")
    summary = run(tmp_path, 1, f"{EVIL}/feed", "https://one.lamp.example/x")
    assert (counts(summary)["added"], summary.altered) == (2, 0)
    assert ask(tmp_path, f"SELECT revision FROM articles WHERE url = '{HOST}/a'") == [(1,)]


def test_a_saved_page_that_claims_another_s_address_does_not_overwrite_it(tmp_path: Path) -> None:
    for outlet, said in (
        ("Desk", "We will stay here until the boats come back"),
        ("Evil", "We will leave here"),
    ):
        (tmp_path / outlet).mkdir()
        saved = page(said, canonical="https://desk.example/a")
        (tmp_path / outlet / "a.html").write_text(saved, encoding="utf-8")
    run(tmp_path, 0, str(tmp_path / "Desk"))
    summary = run(tmp_path, 1, str(tmp_path / "Evil"))
    assert (counts(summary).get("skipped"), summary.altered) == (1, 0)
    assert ask(tmp_path, "SELECT outlet_id, revision FROM articles") == [("desk", 1)]
    assert (
        "an article of Desk with other words; not believed"
        in ask(tmp_path, "SELECT reason FROM skipped")[0][0]
    )
    (tmp_path / "Desk" / "a.html").write_text(page("We will leave here until then"), encoding="utf-8")
    assert counts(run(tmp_path, 2, str(tmp_path / "Desk")))["read"] == 1


def test_a_listed_page_that_is_a_list_leads_nowhere(web: Web, tmp_path: Path) -> None:
    """Else a feed of feeds of feeds has no end, and its titles would be names of outlets."""
    web.pages[f"{HOST}/a"] = feed("c")
    opml = f'<opml version="2.0"><body><outline text="The Desk" xmlUrl="{EVIL}/feed"/></body></opml>'
    web.pages[f"{HOST}/b"] = opml
    web.pages[f"{EVIL}/feed"] = feed("c")
    web.pages[f"{HOST}/c"] = page("We wait")
    assert counts(run(tmp_path)) == {"skipped": 2}
    run(tmp_path, 1)
    assert {name for name in web.names() if "c" in name or "evil" in name} == set()
    assert {row[0] for row in ask(tmp_path, "SELECT reason FROM skipped")} == {
        "a list of articles where a page was listed; name it yourself to have it read"
    }


def test_lists_of_lists_have_an_end(web: Web, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("quotes.pipeline.room.MOST_PAGES", 5)
    monkeypatch.setattr("quotes.pipeline.room.MOST_LISTS", 2)
    inner = "".join(f"<sitemap><loc>{HOST}/s{number}</loc></sitemap>" for number in range(3))
    web.pages = {f"{HOST}/index": f"<sitemapindex>{inner}</sitemapindex>", FEED: feed("y", "z")}
    for number in range(3):
        pages = "".join(f"<url><loc>{HOST}/{number}{name}</loc></url>" for name in "abcd")
        web.pages[f"{HOST}/s{number}"] = f"<urlset>{pages}</urlset>"
    told: list[str] = []
    run(tmp_path, 0, f"{HOST}/index", FEED, listener=Listener(warned=told.append))
    assert sorted(web.names()) == ["0a", "0b", "0c", "0d", "1a", "feed.xml", "index", "s0", "s1", "y", "z"]
    reason = "leads to more than 2 lists or 5 pages; name those that matter"
    assert told == [f"{HOST}/index: {reason}"]
    for number in range(2):
        fresh = "".join(f"<url><loc>{HOST}/{number}{name}</loc></url>" for name in "efgh")
        web.pages[f"{HOST}/s{number}"] = f"<urlset>{fresh}</urlset>"
    run(tmp_path, 1, f"{HOST}/index", FEED)
    assert len([name for name in web.names() if name[0].isdigit()]) == 5, "nor do they grow from job to job"


def read_listed(data: bytes, media_type: str, depth: int = 1) -> list[Found]:
    answer = Answer(Asked(f"{EVIL}/x"), 200, f"{EVIL}/x", data, media_type)
    linked = Linked(f"{EVIL}/x", Details(outlet="evil.example"), f"{EVIL}/feed", depth)
    return list(read_place(place_of_answer(answer, linked)))


@pytest.mark.parametrize(
    "claim",
    [
        {"outlet": "The Desk"},
        {"url": "https://desk.example/story"},
        {"outlet": "evil.example", "url": "https://desk.example/story"},
        {"outlet": "evil.example", "url": "https://sub.evil.example/story"},
    ],
    ids=str,
)
@pytest.mark.parametrize("media_type", ["application/json", "application/x-ndjson"])
def test_records_that_a_feed_leads_to_speak_for_their_own_site(
    claim: dict[str, str], media_type: str
) -> None:
    record = json.dumps({"text": "“We resign,” she said.", **claim})
    data = (f"[{record}]" if media_type == "application/json" else record).encode()
    (found,) = read_listed(data, media_type)
    assert isinstance(found, Unreadable)
    assert "not believed" in found.reason
    (named,) = read_listed(data, media_type, depth=0)
    assert isinstance(named, Article), "what a person names is believed: news services list others' articles"


def test_links_of_records_that_a_feed_leads_to_have_no_other_name() -> None:
    data = json.dumps([{"url": f"{EVIL}/y", "outlet": "The Desk"}]).encode()
    (found,) = read_listed(data, "application/json")
    assert isinstance(found, Linked)
    assert found.details.outlet == ""


# Keys and passwords


@pytest.mark.parametrize(
    "address",
    [
        f"https://news.example/v2?q=boats&apiKey={KEY}",
        f"https://news.example/v2?api-key={KEY}&q=boats",
        f"https://news.example/v2?ACCESS_KEY={KEY}",
        f"https://news.example/v2?token={KEY}#top",
        f"https://news.example/v2?auth_token={KEY}",
        f"https://news.example/v2#access_token={KEY}",
        f"https://news.example/v2?X-Amz-Signature={KEY}",
        f"https://news.example/v2?key={KEY}",
        f"https://ann:{KEY}@news.example/v2",
        f"https://{KEY}@news.example/v2",
    ],
)
def test_a_key_is_neither_shown_nor_stored(web: Web, tmp_path: Path, address: str) -> None:
    told: list[str] = []
    listener = Listener(skipped=lambda one, _: told.append(f"{one.source}: {one.reason}"), warned=told.append)
    run(tmp_path, 0, address, listener=listener)
    asked = web.asked[0].address
    web.pages[asked] = page("We stay")
    run(tmp_path, 1, address, listener=listener)
    web.pages[asked] = feed("a", "b")
    wanted = Wanted((source_of(address),))
    told += map(repr, preview(wanted, tmp_path / "quotes.db", stages=fake_stages()))
    run(tmp_path, 2, address, listener=listener)
    with closing(sqlite3.connect(tmp_path / "quotes.db")) as connection:
        told += connection.iterdump()
    assert told[0].startswith("https://news.example/v2")
    assert [line for line in told if KEY in line] == []


def test_articles_that_differ_by_their_key_are_two() -> None:
    found = []
    for key in ("one", "two"):
        address = f"https://lamp.example/read?token={key}"
        place = Place("x", Details(outlet="x"), data=b"Words.", address=address, ending=".txt")
        (article,) = read_place(place)
        assert isinstance(article, Article)
        assert article.url == "https://lamp.example/read"
        found.append(article.id)
    assert found[0] != found[1]


def test_what_is_no_key_stays() -> None:
    address = "https://desk.example/a?id=1&keyword=boats&page=2&author=x&tokens=3&monkey=4&q=key"
    assert strip_secrets(address) == hide_secrets(address) == address
    for source in ("articles/desk.csv:3", "desk.csv:3", "desk.jsonl#12", "a?b.txt", "my news.html"):
        assert hide_secrets(source) == source


# Servers


def test_an_odd_mark_of_a_page_s_state_is_sent_back_as_it_was() -> None:
    odd = loopback.raw(b'HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nETag: "caf\xe9"\r\n\r\nabc')
    manners = Manners(delay=0.0, timeout=5.0, allow_private=True, obey_robots=False)
    with Site() as site, Fetcher(manners) as fetcher:
        address = site.script("/a", odd)
        fetcher.ask(Asked(address))
        (first,) = fetcher.answers()
        fetcher.ask(Asked(address, etag=first.etag))
        (second,) = fetcher.answers()
    assert (first.etag, second.reason, second.data) == ('"caf\xe9"', None, b"abc")


def test_a_server_that_is_slow_on_purpose_does_not_hold_up_every_job() -> None:
    """Fifty thousand pages of 89 seconds each are two months."""
    now = [0.0]
    hosts = Hosts(0.0, Event(), clock=lambda: now[0])
    host = hosts.find("slow.example")
    for _ in range(15):
        with hosts.taking_turns(host):
            now[0] += 65.01
    with pytest.raises(FetchError, match="its answers take too long"), hosts.taking_turns(host):
        pass
    quick = hosts.find("quick.example")
    for _ in range(10_000):
        with hosts.taking_turns(quick):
            now[0] += 4.0


def test_thousands_of_sites_with_long_rules_fit_into_memory() -> None:
    data = b"User-agent: *\n" + b"Disallow: /a\n" * 40_000

    def fetch(_: httpx.URL) -> Reply:
        fetched.append(1)
        return Reply(200, {}, data)

    fetched: list[int] = []
    robots = Robots(fetch)
    for number in range(20):
        assert not robots.find(httpx.URL(f"https://s{number}.example/x")).allow(
            f"https://s{number}.example/a"
        )
    assert len(robots._sites) * len(data) < MOST_KEPT + len(data)
    robots.find(httpx.URL("https://s19.example/y"))
    assert len(fetched) == 20, "what was read last is known"
    robots.find(httpx.URL("https://s0.example/y"))
    assert len(fetched) == 21


def test_of_a_million_bad_lines_not_each_is_told() -> None:
    data = b"x\n" * 30_000 + b'{"text": "Words."}\n'
    place = Place("x.jsonl", Details(outlet="x"), data=data, is_named=True, ending=".jsonl")
    found = list(read_place(place))
    assert len(found) == 10_002
    assert sum(isinstance(one, Article) for one in found) == 1
    assert isinstance(found[-1], Unreadable)
    assert found[-1].reason == "more than 10,000 of its parts cannot be read; the rest of them is not listed"


# Terminals


def test_nothing_that_a_terminal_obeys_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    with Screen() as screen:
        screen.skip(Unreadable("a\x1b]0;b\x07.txt", "\x9b31mred\u202e"))
        screen.warn("c\x1b[2J\rd")
    printed = capsys.readouterr().err
    assert not set(printed) & set("\x1b\x07\x9b\r\u202e")
    result = CliRunner().invoke(main, ["check", "--db", "a\x1b[31m.db"])
    assert result.exit_code == 1
    assert "\x1b" not in result.stderr


# Files in a folder that others may write to


def test_a_lock_file_that_is_a_link_is_not_written_to(tmp_path: Path) -> None:
    victim = tmp_path / "victim"
    victim.write_text("precious")
    lock_path(tmp_path / "quotes.db").symlink_to(victim)
    with pytest.raises(DatabaseError, match="cannot be written"), hold(tmp_path / "quotes.db"):
        pass
    assert victim.read_text() == "precious"


def test_a_lock_file_that_holds_something_else_keeps_it(tmp_path: Path) -> None:
    (tmp_path / "victim").write_text("precious")
    lock_path(tmp_path / "quotes.db").hardlink_to(tmp_path / "victim")
    with hold(tmp_path / "quotes.db"):
        pass
    assert (tmp_path / "victim").read_text() == "precious"


def test_a_lock_file_that_is_a_pipe_is_told(tmp_path: Path) -> None:
    os.mkfifo(lock_path(tmp_path / "quotes.db"))
    with pytest.raises(DatabaseError, match="not a plain file"), hold(tmp_path / "quotes.db"):
        pass


def test_a_file_begun_is_nobody_else_s(tmp_path: Path) -> None:
    (tmp_path / "victim").write_text("precious")
    (tmp_path / "begun").symlink_to(tmp_path / "victim")
    begin(tmp_path / "begun")
    assert (tmp_path / "victim").read_text() == "precious"
    assert not (tmp_path / "begun").is_symlink()
    assert stat.S_IMODE((tmp_path / "begun").stat().st_mode) == 0o600


def test_databases_are_as_private_as_the_umask_says(web: Web, tmp_path: Path) -> None:
    before = os.umask(0o077)
    try:
        run(tmp_path)
    finally:
        os.umask(before)
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in tmp_path.iterdir()}
    assert modes.keys() >= {"quotes.db", "texts.db", "quotes.db.lock"}
    assert set(modes.values()) == {0o600}
    assert web.asked


# Databases of others


@pytest.mark.parametrize("name", ["_migrations", "articles", "runs", "skipped", "statement_aliases"])
def test_a_view_in_the_place_of_a_table_is_not_asked(tmp_path: Path, name: str) -> None:
    """It would count for ever."""
    other = tmp_path / "other.db"
    store.open_quotes(other).close()
    with closing(sqlite3.connect(other)) as connection:
        connection.executescript(
            f"PRAGMA foreign_keys = OFF; ALTER TABLE {name} RENAME TO gone; CREATE VIEW {name} AS"
            " WITH RECURSIVE n (x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT x AS name FROM n;"
        )
    with pytest.raises(DatabaseError, match=f"its {name} is no table"):
        pipeline.merge([other], tmp_path / "quotes.db", stages=fake_stages())


@pytest.mark.parametrize(
    "rows",
    [
        {"sentences": [[]], "names": []},
        {"sentences": [[[1]]], "names": []},
        {"sentences": [[1]], "names": []},
        {"sentences": [], "names": [[1]]},
        [],
    ],
    ids=str,
)
def test_an_annotation_of_another_s_making_is_annotated_again(rows: object) -> None:
    with pytest.raises(ValueError, match="not a cached annotation"):
        annotate.decode(zlib.compress(json.dumps(rows).encode()))


# Recipes


@pytest.mark.parametrize("name", ["a: b.db", "a #b.db", "it's.db", "*.db", "{a}.db", "- a.db", '"a.db'])
def test_an_odd_name_stays_one_in_a_workflow(name: str) -> None:
    job = Hourly(("/usr/bin/quotes",), Path("/srv") / name, None, (), "ann")
    steps = yaml.safe_load(write_recipe("github", job))["jobs"]["index"]["steps"]
    assert steps[-1]["with"]["path"] == f"data/{name}"


def test_a_named_page_may_lead_elsewhere(web: Web, tmp_path: Path) -> None:
    """A person's word on one page is theirs, also where it is moved."""
    web.moved[f"{HOST}/a"] = f"{EVIL}/x"
    web.pages[f"{EVIL}/x"] = page("We never said that")
    run(tmp_path, 0, replace(Source(address=f"{HOST}/a"), outlet="The Lamp"))
    assert outlets(tmp_path) == [(f"{EVIL}/x", "The Lamp")]
