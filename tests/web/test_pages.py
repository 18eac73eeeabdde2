"""The front page, the statement page and the ways to them, in Datasette in this process."""

from __future__ import annotations

import re
import sqlite3
import threading
from contextlib import closing
from datetime import date
from html import unescape
from typing import TYPE_CHECKING, Any

import pytest

from quotes.publish.diff import compare_all
from quotes.publish.pages.home import choose_week

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

pytestmark = pytest.mark.web


@pytest.fixture
def get(fetch: Callable[..., Any], database: Path, metadata: dict[str, Any]) -> Any:
    return fetch(database, metadata=metadata)


def read(response: Any) -> str:
    """Return the page's text as a reader sees it, tags and repeated spaces gone."""
    assert response.status_code == 200, response.text
    return " ".join(unescape(re.sub(r"<[^>]{0,2000}>", "", response.text)).split())


def test_the_statement_page_says_who_and_when_first(get: Any, ids: dict[str, str]) -> None:
    page = read(get(f"/-/quotes/statement/{ids['ferry']}"))
    assert "Harbour Daily and Inland Wire, both on 4 March 2026: a tie, as no time of day is known." in page
    assert "Articles name different speakers for these words." in page
    named = "Harbour Daily (“Varn”), Inland Wire (“Varn”), The Lamp (“Varn”), Quay Post (“Varn”)"
    assert f"Odile Varn, mayor of Port Aster {named} 4 printings by 4 outlets" in page
    assert "5 printings, 4 wordings, 4 outlets" in page
    assert "62 %" in page


def test_the_front_page_says_what_no_drift_means(get: Any) -> None:
    assert "at 0 % nobody changed the words that outlets have in common." in read(get("/-/quotes"))


def test_wordings_stand_in_order_of_printing_with_their_kind(get: Any, ids: dict[str, str]) -> None:
    html = get(f"/-/quotes/statement/{ids['ferry']}").text
    assert re.findall(r'<h3 id="n\d">([^<]+)', html) == [
        "1. Reference wording",
        "2. Reworded",
        "3. Cut, and marked with an ellipsis",
        "4. Shortened",
    ]


def test_the_statement_page_says_what_derives_from_what_and_why(get: Any, ids: dict[str, str]) -> None:
    page = read(get(f"/-/quotes/statement/{ids['ferry']}"))
    assert "Reference the most complete of 2 wordings printed on the earliest day" in page
    assert page.count("derives most likely from wording 1") == 3


def test_a_statement_of_one_wording_derives_from_nothing(get: Any, ids: dict[str, str]) -> None:
    page = read(get(f"/-/quotes/statement/{ids['chant']}"))
    assert "Reference the" not in page
    assert "compared with" not in page
    assert "derives" not in page
    assert "printed first" not in page


def test_changes_are_marked_with_signs_and_flags(get: Any, ids: dict[str, str]) -> None:
    html = get(f"/-/quotes/statement/{ids['ferry']}").text
    second = html.split('id="n2"')[1].split("</blockquote>")[0]
    assert re.findall(r"<(del|ins)><span[^>]*>(.)</span>([^<]*)<", second) == [
        ("del", "−", "will"), ("ins", "+", "may"), ("del", "−", "14"), ("ins", "+", "15"),
        ("del", "−", "not"),
    ]  # fmt: skip
    assert re.findall(r'<span class="qd-flag">([^<]*)<', second) == ["certainty", "number", "negation"]
    assert "a negation differs: “not” in wording 2" in read(
        get(f"/-/quotes/{ids['ferry']}", follow_redirects=True)
    )


def test_a_cut_is_never_a_deletion(get: Any, ids: dict[str, str]) -> None:
    html = get(f"/-/quotes/statement/{ids['ferry']}").text
    for number in ("n3", "n4"):
        wording = html.split(f'id="{number}"')[1].split("</blockquote>")[0]
        assert "<del>" not in wording
        assert "qd-cut" in wording


def test_final_punctuation_is_no_change(get: Any, ids: dict[str, str]) -> None:
    first = get(f"/-/quotes/statement/{ids['ferry']}").text.split('id="n1"')[1].split("</blockquote>")[0]
    assert "<del>" not in first
    assert "<ins>" not in first


def test_a_printing_shows_context_and_evidence(get: Any, ids: dict[str, str]) -> None:
    page = read(get(f"/-/quotes/statement/{ids['ferry']}"))
    assert "At the quay on Monday, “We will stop the ferry on 14 May,” she said, “and we should not" in page
    assert (
        "Speaker as printed: Varn (Odile Varn); found by the rule “speaker-cue”, cue “said”, confidence 0.90"
        in page
    )


def test_a_quote_without_a_speaker_says_why(get: Any, ids: dict[str, str]) -> None:
    page = read(get(f"/-/quotes/statement/{ids['chant']}"))
    assert "No printing names a speaker." in page
    assert "No speaker: no reporting word near it" in page
    assert "Not known: no printing of it carries a date." in page


def test_titles_link_to_the_web_or_else_to_our_page_of_the_article(get: Any, ids: dict[str, str]) -> None:
    html = get(f"/-/quotes/statement/{ids['ferry']}").text
    web = '<a href="https://the-lamp.example/ferry?id=2" rel="noopener noreferrer nofollow"><bdi>Ferry stops'
    assert web in html
    assert "javascript:" not in html
    assert re.search(
        r'Quay Post</bdi></a>, 6 March 2026, 09:30 UTC:\s+<a href="/-/quotes/article/[0-9a-f]{16}">', html
    )


@pytest.mark.parametrize("name", ["ferry/1", "ferry/3", "boats/1"])
def test_any_quote_or_wording_leads_to_its_statement(get: Any, ids: dict[str, str], name: str) -> None:
    response = get(f"/-/quotes/statement/{ids[name]}")
    assert response.status_code == 302
    target, _, anchor = response.headers["location"].partition("#")
    assert target == f"/-/quotes/statement/{ids[name.split('/')[0]]}"
    assert f'id="{anchor}"' in get(target).text


def test_the_id_of_a_former_statement_leads_to_the_one_that_holds_it(
    fetch: Callable[..., Any], database: Path, ids: dict[str, str], metadata: dict[str, Any], tmp_path: Path
) -> None:
    copied = tmp_path / "quotes.db"
    copied.write_bytes(database.read_bytes())
    with closing(sqlite3.connect(copied)) as connection:
        connection.execute("INSERT INTO statement_aliases VALUES ('00000000000000ab', ?)", (ids["ferry"],))
        connection.commit()
    get = fetch(copied, metadata=metadata)
    response = get("/-/quotes/statement/00000000000000ab")
    address = f"/-/quotes/statement/{ids['ferry']}"
    assert (response.status_code, response.headers["location"]) == (302, address)
    rows = get("/quotes/every-printing.json?id=00000000000000ab&_shape=objects").json()["rows"]
    assert {row["statement_id"] for row in rows} == {ids["ferry"]}


def test_the_short_address_leads_to_the_long_one(get: Any, ids: dict[str, str]) -> None:
    response = get(f"/-/quotes/{ids['boats']}")
    assert (response.status_code, response.headers["location"]) == (
        302,
        f"/-/quotes/statement/{ids['boats']}",
    )


def test_a_quote_not_yet_grouped_leads_to_its_page(get: Any, ids: dict[str, str]) -> None:
    response = get(f"/-/quotes/statement/{ids['loose']}")
    assert response.headers["location"] == f"/-/quotes/quote/{ids['loose']}"
    assert get(response.headers["location"]).status_code == 200


@pytest.mark.parametrize("identifier", ["0123456789abcdef", "nope", "~00", "%2e%2e", "a'b", "x" * 3000])
def test_a_missing_statement_says_what_to_do(get: Any, identifier: str) -> None:
    response = get(f"/-/quotes/statement/{identifier}")
    assert response.status_code == 404
    assert "No statement, wording or quote here" in response.text
    assert 'name="q"' in response.text


def test_the_front_page_has_all_its_lists(get: Any) -> None:
    html = get("/-/quotes").text
    assert re.findall(r"<h2>([^<]+)</h2>", html) == [
        "New drift", "Widest drift, 2 March 2026 to 8 March 2026", "Meaning flags", "Disputed speakers",
        "Newest statements",
    ]  # fmt: skip
    assert '<h2 id="questions">Questions to ask</h2>' in html
    assert "3 statements, 10 quotes, 11 articles and 4 outlets" in html
    assert "Harbour Daily and Inland Wire (tie)" in html
    lists = html.split("<h2>")
    assert ["ferry on 14 May" in part for part in lists[1:6]] == [True] * 5
    assert lists[2].index("ferry on 14 May") < lists[2].index("small boats")


def test_a_list_shows_the_words_that_moved(get: Any) -> None:
    item = get("/-/quotes").text.split("<h2>")[1].split("</li>")[0]
    assert re.findall(r"<(del|ins)[^>]*><span[^>]*>.</span>([^<]*)<", item) == [
        ("del", "14"), ("ins", "15"), ("del", "will"), ("ins", "may"),
    ]  # fmt: skip
    assert re.findall(r'<span class="qd-flag">([^<]*)<', item)[:2] == ["number", "certainty"]


def test_a_search_marks_its_words_where_they_were_printed(get: Any) -> None:
    html = get("/-/quotes?q=may+ferry").text
    assert "we <mark>may</mark> stop the <mark>ferry</mark>" in html


def test_a_flag_lists_its_statements(get: Any) -> None:
    page = read(get("/-/quotes?flag=number"))
    assert "Where a number differs" in page
    assert "ferry on 14 May" in page
    assert "No statement in this database has this flag." in read(get("/-/quotes?flag=hedge"))
    assert "New drift" in read(get("/-/quotes?flag=nonsense"))


@pytest.mark.parametrize(
    ("latest", "today", "title"),
    [
        ("2026-03-14", "2026-03-16", "Widest drift this week"),
        ("2026-03-14", "2026-03-21", "Widest drift, 8 March 2026 to 14 March 2026"),
    ],
)
def test_a_week_is_this_week_only_while_it_is(latest: str, today: str, title: str) -> None:
    chosen = choose_week(latest, date.fromisoformat(today))
    assert chosen is not None
    assert (chosen.title, chosen.values["since"], chosen.values["until"]) == (
        title,
        "2026-03-08",
        "2026-03-15",
    )
    assert choose_week(None, date(2026, 3, 4)) is None
    assert choose_week("2026-03", date(2026, 3, 4)) is None


def test_every_link_of_our_pages_answers(get: Any, ids: dict[str, str]) -> None:
    pages = [
        "/-/quotes",
        "/-/quotes?q=ferry",
        f"/-/quotes/statement/{ids['ferry']}",
        "/-/quotes/statement/nope",
    ]
    links = {
        unescape(link) for page in pages for link in re.findall(r'(?:href|action)="(/[^"]*)"', get(page).text)
    }
    assert len(links) > 40
    assert {link: get(link).status_code for link in links if get(link).status_code != 200} == {}


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("may stop the ferry", 1),
        ("SMALL boats", 1),
        ("ferry boats", 0),
        ('"small boats"', 1),
        ("small AND (boats", 0),
        ("boats*", 1),
        ("don't", 0),
        ('"', 0),
        ("NEAR(", 0),
        ("\x00 ferry", 1),
        ("text:ferry", 0),
        ("the ferry — …", 1),
        ("ferry " * 500, 1),
    ],
)
def test_search_finds_statements_by_any_wording(get: Any, words: str, found: int) -> None:
    response = get("/-/quotes", params={"q": words})
    assert response.status_code == 200
    assert response.text.count('class="qd-label"') == found
    assert found or "No printed wording holds all of these words" in response.text


def test_a_blank_search_is_the_front_page(get: Any) -> None:
    assert "Newest" in get("/-/quotes?q=+").text


def test_an_empty_database_says_what_to_do(fetch: Any, tmp_path: Path) -> None:
    import sqlite3

    import invented_story

    connection = sqlite3.connect(tmp_path / "quotes.db")
    connection.executescript(invented_story.SCHEMA.read_text(encoding="utf-8"))
    connection.close()
    get = fetch(tmp_path / "quotes.db")
    assert "This database holds no quotes yet." in read(get("/-/quotes"))
    assert get("/").status_code == 200


def test_datasettes_pages_lead_to_ours(get: Any, ids: dict[str, str]) -> None:
    assert '<li><a href="/-/quotes">Quote Drift</a></li>' in get("/quotes/articles").text
    assert "Quote Drift: front page" in get("/").text
    assert 'href="-/quotes"' in get("/quotes").text
    assert "Quote Drift: front page" in get("/quotes/quotes").text
    statement = f'<a href="/-/quotes/statement/{ids["ferry"]}">'
    for page in (
        "/quotes/statements",
        "/quotes/wordings",
        "/quotes/quotes",
        "/quotes/drifted-most",
        "/quotes/changes",
    ):
        assert statement in get(page).text, page


def test_web_addresses_in_tables_are_linked_only_where_safe(get: Any) -> None:
    html = get("/quotes/articles").text
    assert '<a href="https://the-lamp.example/ferry?id=2" rel="noopener noreferrer nofollow">' in html
    assert ">javascript:x<" in html
    assert 'href="javascript:' not in html


def test_our_pages_forbid_scripts(get: Any, ids: dict[str, str]) -> None:
    for page in (
        "/-/quotes",
        "/-/quotes?q=x",
        f"/-/quotes/statement/{ids['ferry']}",
        "/-/quotes/statement/nope",
    ):
        response = get(page)
        policy = dict(
            part.strip().split(" ", 1) for part in response.headers["content-security-policy"].split(";")
        )
        assert policy["default-src"] == "'none'"
        assert not {"script-src", "object-src", "connect-src"} & set(policy)
        assert "unsafe" not in response.headers["content-security-policy"]
        assert "<script" not in response.text
        assert " style=" not in response.text
        assert response.headers["x-content-type-options"] == "nosniff"
        assert response.headers["referrer-policy"] == "no-referrer"


def test_only_reading_is_answered(get: Any) -> None:
    assert get("/-/quotes", method="head").status_code == 200
    assert get("/-/quotes", method="put").status_code == 405
    assert get("/-/quotes/statement/nope", method="delete").status_code == 405


def test_a_base_address_is_kept(fetch: Any, database: Path, ids: dict[str, str]) -> None:
    get = fetch(database, settings={"base_url": "/news/"})
    html = get("/-/quotes").text
    assert f'href="/news/-/quotes/statement/{ids["ferry"]}"' in html
    assert 'action="/news/-/quotes"' in html
    assert (
        get(f"/-/quotes/statement/{ids['ferry/1']}")
        .headers["location"]
        .startswith("/news/-/quotes/statement/")
    )
    assert get(f"/-/quotes/{ids['ferry']}").headers["location"].startswith("/news/-/quotes/statement/")


def test_a_query_that_takes_too_long_gives_a_sentence(
    fetch: Any, database: Path, ids: dict[str, str]
) -> None:
    get = fetch(database)
    assert get("/-/quotes").status_code == 200
    get.datasette.sql_time_limit_ms = 0
    for page in (f"/-/quotes/statement/{ids['ferry']}", "/-/quotes/outlets", "/-/quotes/new.atom"):
        response = get(page)
        assert (response.status_code, response.text) == (503, "The database is too slow just now: try again.")
        assert response.headers["content-security-policy"].startswith("default-src 'none'")


@pytest.mark.parametrize("kind", ["spelling", "punctuation"])
def test_a_flagged_change_of_any_kind_is_listed(after: Any, kind: str) -> None:
    flagged = "UPDATE changes SET kind = ?, meaning_flag = 'number', flag_words = 'two ten'"
    assert after((flagged, [[kind]]))("/-/quotes").status_code == 200


@pytest.mark.parametrize(
    ("page", "module"),
    [
        ("/-/quotes/statement/{ferry}", "wording"),
        ("/-/quotes/outlet/{the-lamp}", "differing"),
        ("/-/quotes/side-by-side?outlet={harbour-daily}&other_outlet={the-lamp}", "differing"),
        ("/-/quotes/swap?before=will&after=may", "differing"),
        ("/-/quotes/compare?one=we+stay&other=we+may+stay", "compare"),
    ],
)
def test_wordings_are_compared_beside_the_thread_that_answers(
    fetch: Any, database: Path, ids: dict[str, str], monkeypatch: pytest.MonkeyPatch, page: str, module: str
) -> None:
    threads = []

    def compare_slowly(pairs: Any) -> Any:
        threads.append(threading.current_thread())
        return compare_all(pairs)

    monkeypatch.setattr(f"quotes.publish.pages.{module}.compare_all", compare_slowly)
    assert fetch(database)(page.format(**ids)).status_code == 200
    assert threads
    assert threading.main_thread() not in threads


def test_without_drift_the_front_page_says_what_to_do(after: Any) -> None:
    sentence = "No statement here is printed in other words by another outlet yet."
    assert sentence not in after()("/-/quotes").text
    assert sentence in after(("UPDATE statements SET drift = 0", [()]))("/-/quotes").text


def test_a_flagged_change_says_who_printed_it(get: Any, ids: dict[str, str]) -> None:
    page = read(get(f"/-/quotes/statement/{ids['ferry']}"))
    assert re.search("a negation differs: “not” in wording [0-9]+: [A-Z]", page)
