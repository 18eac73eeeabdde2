"""The Atom feeds: what they hold, in which order, and that a reader can rely on them."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree

import pytest
from test_find import tell

from quotes import store
from quotes.publish.atom import UNDATED, Entry, Feed, read_moment, write_feed
from quotes.publish.phrases import FLAGS

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

pytestmark = pytest.mark.web
ATOM = "{http://www.w3.org/2005/Atom}"
FEEDS = ("/-/quotes/new.atom", "/-/quotes/speaker/{mayor}.atom", "/-/quotes/search.atom?q=ferry")


@pytest.fixture
def get(fetch: Callable[..., Any], database: Path, metadata: dict[str, Any]) -> Any:
    return fetch(database, metadata=metadata)


def read(response: Any) -> ElementTree.Element:
    assert response.status_code == 200, response.text
    assert response.headers["content-type"] == "application/atom+xml; charset=utf-8"
    return ElementTree.fromstring(response.content)


def list_ids(response: Any) -> list[str]:
    addresses = [entry.findtext(f"{ATOM}id") or "" for entry in read(response).iter(f"{ATOM}entry")]
    return [address.rpartition("/")[2] for address in addresses]


@pytest.mark.parametrize("address", FEEDS)
def test_a_feed_has_what_atom_demands(get: Any, ids: dict[str, str], address: str) -> None:
    address = address.format(**ids)
    feed = read(get(address))
    assert feed.tag == f"{ATOM}feed"
    links = {link.get("rel"): link.get("href") for link in feed.findall(f"{ATOM}link")}
    assert feed.findtext(f"{ATOM}id") == links["self"] == f"http://localhost{address}"
    assert get((links["alternate"] or "").removeprefix("http://localhost")).status_code == 200
    entries = feed.findall(f"{ATOM}entry")
    assert entries
    for element in (feed, *entries):
        for name in ("id", "title", "updated"):
            assert len(element.findall(f"{ATOM}{name}")) == 1, name
        assert (element.findtext(f"{ATOM}updated") or "").endswith("Z")
    assert feed.findtext(f"{ATOM}updated") == max(entry.findtext(f"{ATOM}updated") or "" for entry in entries)
    assert len({entry.findtext(f"{ATOM}id") for entry in entries}) == len(entries)
    assert all(entry.findtext(f"{ATOM}author/{ATOM}name") for entry in entries)


def test_an_entry_says_what_changed_and_by_whom(get: Any, ids: dict[str, str]) -> None:
    feed = read(get("/-/quotes/new.atom"))
    entry = next(
        one for one in feed.iter(f"{ATOM}entry") if (one.findtext(f"{ATOM}id") or "").endswith(ids["ferry"])
    )
    assert entry.findtext(f"{ATOM}id") == f"http://localhost/-/quotes/statement/{ids['ferry']}"
    assert (entry.findtext(f"{ATOM}title") or "").startswith(
        "We will stop the ferry on 14 May, and we should"
    )
    assert entry.findtext(f"{ATOM}author/{ATOM}name") == "Odile Varn"
    assert {one.get("term") for one in entry.findall(f"{ATOM}category")} == {"modality", "negation", "number"}
    content = entry.find(f"{ATOM}content")
    assert content is not None
    assert content.get("type") == "xhtml"
    text = " ".join(" ".join(content.itertext()).split())
    for part in (
        "First printed by Harbour Daily and Inland Wire, both on 4 March 2026: a tie",
        "4 outlets, 4 wordings, drift 62 %.",
        "will → may (The Lamp) [certainty]",
        "left out “ not ” (The Lamp) [negation]",
    ):
        assert part in text, part
    xhtml = "{http://www.w3.org/1999/xhtml}"
    assert {one.text for one in content.iter(f"{xhtml}del")} >= {"will", "14", "not"}
    assert {one.text for one in content.iter(f"{xhtml}ins")} >= {"may", "15"}


@pytest.mark.parametrize("flag", [None, *FLAGS])
def test_new_drift_is_in_the_order_of_the_command_line(fetch: Any, tmp_path: Path, flag: str | None) -> None:
    from invented_story import Told, Worded

    def change(day: str, *flags: str) -> tuple[Worded, ...]:
        changes = tuple(("replace", "stay", "go", "substitution", one) for one in flags)
        reworded = (Told("the-lamp", f"we go {day}", f"2026-03-{day}"),)
        whole = (Told("harbour-daily", f"we stay {day}", "2026-03-01"),)
        return (Worded("reference", whole), Worded("reworded", reworded, changes))

    path = tmp_path / "quotes.db"
    tell(path, **{f"s{day}": change(day) for day in ("20", "11", "30", "15")})
    connection = sqlite3.connect(path)
    connection.execute(
        "UPDATE statements SET drift = 0.3, last_changed = last_published, meaning_flags = 'number,negation'"
        " WHERE label LIKE 'we stay%'"
    )
    connection.execute("UPDATE statements SET last_changed = '2026-03-15' WHERE label = 'we stay 30'")
    connection.execute(
        "UPDATE statements SET disputed_speaker = 1, meaning_flags = 'number,attribution'"
        " WHERE label = 'we stay 20'"
    )
    connection.execute(
        "UPDATE statements SET meaning_flags = coalesce(meaning_flags || ',', '') || 'attribution'"
        " WHERE disputed_speaker AND instr(coalesce(meaning_flags, ''), 'attribution') = 0"
    )
    connection.commit()
    connection.close()
    with closing(store.open_quotes(path, create=False)) as opened:
        wanted = [one.id for one in store.read_drift(opened, "newest", 30, flag)]
    assert list_ids(fetch(path)("/-/quotes/new.atom" + (f"?flag={flag}" if flag else ""))) == wanted
    assert len(wanted) > 2 or flag not in {None, "number", "negation"}


def test_a_speaker_has_a_feed_of_every_statement(get: Any, ids: dict[str, str]) -> None:
    assert list_ids(get(f"/-/quotes/speaker/{ids['mayor']}.atom")) == [ids["ferry"]]
    response = get("/-/quotes/speaker/nope.atom")
    assert response.status_code == 404
    assert "No speaker here" in response.text


def test_a_search_has_a_feed_of_what_was_read_last(get: Any, ids: dict[str, str]) -> None:
    assert list_ids(get("/-/quotes/search.atom?q=boats")) == [ids["boats"]]
    assert list_ids(get('/-/quotes/search.atom?q="we+stop')) == [ids["ferry"]]
    assert list_ids(get("/-/quotes/search.atom?q=the")) == [ids["boats"], ids["ferry"]]
    empty = read(get("/-/quotes/search.atom?q=nowhere"))
    assert empty.findtext(f"{ATOM}updated") == UNDATED


@pytest.mark.parametrize(
    "address", ["/-/quotes/search.atom", "/-/quotes/search.atom?q=+", "/-/quotes/new.atom?flag=x"]
)
def test_what_no_feed_can_be_made_of_is_said(get: Any, address: str) -> None:
    response = get(address)
    assert response.status_code == 400
    assert response.headers["content-type"].startswith("text/plain")


@pytest.mark.parametrize("address", FEEDS)
def test_a_reader_that_has_it_is_told_so(
    fetch: Any, database: Path, tmp_path: Path, ids: dict[str, str], address: str
) -> None:
    path = tmp_path / "quotes.db"
    path.write_bytes(database.read_bytes())
    get, address = fetch(path), address.format(**ids)
    first = get(address)
    tag = first.headers["etag"]
    assert get(address).content == first.content
    for known in (tag, f'W/{tag}, "x"', f'"x" , {tag}'):
        again = get(address, headers={"If-None-Match": known})
        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    assert get(address, headers={"If-None-Match": '"x"'}).status_code == 200
    connection = sqlite3.connect(path)
    connection.execute("UPDATE statements SET label = 'Other words'")
    connection.commit()
    connection.close()
    assert get(address, headers={"If-None-Match": tag}).status_code == 200


@pytest.mark.parametrize("address", FEEDS)
def test_a_feed_answers_as_its_page_would(
    fetch: Any, database: Path, ids: dict[str, str], address: str
) -> None:
    address = address.format(**ids)
    get = fetch(database)
    assert get(address, method="head").status_code == 200
    assert get(address, method="post").status_code in {403, 405}
    assert "default-src 'none'" in get(address).headers["content-security-policy"]
    assert get(address).headers["x-content-type-options"] == "nosniff"
    for rule in ({"allow": {"id": "desk"}}, {"tables": {"changes": {"allow": {"id": "desk"}}}}):
        get = fetch(database, metadata={"databases": {"quotes": rule}})
        assert get(address).status_code == 403, rule
        assert get(address, actor={"id": "desk"}).status_code == 200


def test_addresses_name_the_host_that_was_asked(fetch: Any, database: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.db"
    other.write_bytes(database.read_bytes())
    get = fetch(database, other, settings={"base_url": "/drift/", "force_https_urls": True})
    text = get("/-/quotes/new.atom?database=other", headers={"Host": "desk.example"}).text
    assert "<id>https://desk.example/drift/-/quotes/new.atom?database=other</id>" in text
    assert "https://desk.example/drift/-/quotes/statement/" in text
    assert "http://localhost" not in text


@pytest.mark.parametrize(
    ("published", "moment"),
    [
        ("2026-03-04", "2026-03-04T00:00:00Z"),
        ("2026-03-04T09:30:00+02:00", "2026-03-04T07:30:00Z"),
        ("2026-03-04T09:30:00.123", "2026-03-04T09:30:00Z"),
        ("0001-01-01T00:00:00+14:00", UNDATED),
        ("<b>", UNDATED),
        ("", UNDATED),
        (None, UNDATED),
    ],
)
def test_moments(published: str | None, moment: str) -> None:
    assert read_moment(published) == moment


def test_what_xml_cannot_hold_is_left_out() -> None:
    odd = "a\0b\x08c\x1bd\ufffee\ud800f<g>&\"']]>\u202eh\ni"
    entry = Entry(odd, odd, odd, UNDATED, (odd,), (odd,), ([(odd, "gone"), (odd, None), (odd, "come")],))
    root = ElementTree.fromstring(write_feed(Feed(odd, odd, odd, odd, (entry,))))
    clean = "abcdef<g>&\"']]>\u202eh\ni"
    assert root.findtext(f"{ATOM}title") == clean
    assert root.findtext(f"{ATOM}entry/{ATOM}author/{ATOM}name") == clean
    content = root.find(f"{ATOM}entry/{ATOM}content")
    assert content is not None
    assert "".join(content.itertext()) == clean * 4
    assert {one.tag.rpartition("}")[2] for one in content.iter()} == {
        "content",
        "div",
        "p",
        "ul",
        "li",
        "del",
        "ins",
    }


def test_a_tie_in_a_feed_claims_nothing_of_times_that_it_does_not_know(after: Callable[..., Any]) -> None:
    tie = "UPDATE statements SET first_published = '2026-03-04', first_outlets = ?"
    feed = after((tie, [('["harbour-daily", "the-lamp"]',)]))("/-/quotes/new.atom").text
    assert "both on 4 March 2026: a tie, as no times of day tell them apart." in feed
    assert "no time of day is known" not in feed
