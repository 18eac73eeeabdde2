"""What outlets altered in their own articles, and articles that are no longer there, on our pages."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING, Any

import pytest
from axe import BLOCKING, find_axe, find_violations
from click.testing import CliRunner
from printing_house import analyse, ask, derive, open_new, print_text, write
from servers import serving

from quotes import store
from quotes.cli import main

if TYPE_CHECKING:
    from pathlib import Path

    from chromium import Browser

pytestmark = pytest.mark.web
FERRY = "We will stop the ferry on 14 May, and we should not have waited so long for the repairs"
OTHER = "We may stop the ferry on 15 May, and we should have waited so long for the repairs"
BOATS = "The small boats stay at the quay all winter, whatever the council says"
FISH = "Nobody asked the fishermen"
GONE = "its page answers: 410 gone"


@pytest.fixture(scope="module")
def altered(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database in which The Lamp altered, left out and added a quote; Inland Wire lost an article."""
    folder = tmp_path_factory.mktemp("altered")
    lamp = {"number": 2, "outlet": "The Lamp", "title": "The Lamp on the ferry"}
    with open_new(folder) as connection:
        write(connection, print_text(FERRY, "Odile Varn"), outlet="Harbour Daily")
        write(connection, print_text(FERRY, "Odile Varn", FISH, "Bea Holm"), **lamp)
        write(connection, print_text(FERRY, "Varn"), 3, outlet="Inland Wire", published="2026-03-05")
        derive(connection)
        assert write(connection, print_text(OTHER, "Odile Varn", BOATS, "Tam Ruck"), **lamp) == 1
        store.mark_removed(connection, {analyse("", 3).article.id: GONE}, 1)
        derive(connection)
    return folder / "quotes.db"


@pytest.fixture
def get(fetch: Any, altered: Path, metadata: dict[str, Any]) -> Any:
    return fetch(altered, metadata=metadata)


def read(response: Any) -> str:
    """Return the page's text as a screen reader says it, tags and repeated spaces gone."""
    assert response.status_code == 200, response.text
    content = response.text.partition("<main")[2].partition("</main>")[0]
    return " ".join(unescape(re.sub(r"<[^>]{0,2000}>", "", content)).split())


def find(path: Path, sql: str, *values: str) -> str:
    with store.open_quotes(path, create=False) as connection:
        ((found,),) = ask(connection, sql, *values)
    return str(found)


def find_former(path: Path) -> str:
    return find(path, "SELECT id FROM quotes WHERE altered_to_id IS NOT NULL")


def test_a_statement_says_which_printing_stood_until_when(get: Any, altered: Path) -> None:
    former = find_former(altered)
    page = read(
        get("/-/quotes/statement/" + find(altered, "SELECT statement_id FROM quotes WHERE id = ?", former))
    )
    assert (
        "The Lamp, 4 March 2026: The Lamp on the ferry (until the outlet altered it to other words)" in page
    )
    assert (
        "The Lamp, 4 March 2026: The Lamp on the ferry (since the outlet altered it from other words)" in page
    )
    assert f"Article without a title (no longer where it was read: {GONE})" in page
    assert "derives most likely from wording 1" in page
    assert "the outlet altered its own quote" in page
    assert "first in a later edit of an article of 4 March 2026 · 1 printing" in page
    assert "Reference printed first" in page


def test_both_quotes_lead_to_each_other(get: Any, altered: Path) -> None:
    former = find_former(altered)
    later = find(altered, "SELECT altered_to_id FROM quotes WHERE id = ?", former)
    for quote, other, says in (
        (former, later, "prints other words in its place now. The quote as it is now"),
        (later, former, "printed other words in its place before. The quote as it was"),
    ):
        response = get(f"/-/quotes/quote/{quote}")
        assert f"Altered by the outlet The article {says} We −will +may certainty" in read(response)
        assert response.text.count(f"/-/quotes/quote/{other}") == 2
    shown = CliRunner().invoke(main, ["show", former, "--db", str(altered)]).output
    assert "until the outlet altered it to “We may stop the ferry" in " ".join(shown.split())
    assert later in shown


def test_the_terminal_says_what_became_of_a_printing(altered: Path) -> None:
    found = CliRunner().invoke(main, ["find", find_former(altered), "--db", str(altered)]).output
    assert "The Lamp, 4 March 2026; altered later" in found
    assert "The Lamp, 4 March 2026; in a later edit" in found
    assert "Inland Wire, 5 March 2026; no longer where it was read" in found


def test_an_article_tells_what_was_changed_in_it(get: Any, altered: Path) -> None:
    article = analyse("", 2).article.id
    page = read(get(f"/-/quotes/article/{article}"))
    assert "Changed By the outlet, 1 time since it was first read." in page
    order, _, edits = page.partition("What the outlet changed later")
    assert "We may stop" in order
    assert "We will stop" not in order
    assert FISH not in order
    assert re.search(r"Text 2: \d+ words \(before: \d+\), 2 quotes We −will \+may", edits)
    assert f"{FISH}, Left out" in edits
    assert f"{BOATS}, Added" in edits
    assert "0 quotes" not in page
    assert "What the outlet changed" not in read(get(f"/-/quotes/article/{analyse('').article.id}"))


def test_a_removed_article_says_so_and_keeps_its_quotes(get: Any) -> None:
    page = read(get(f"/-/quotes/article/{analyse('', 3).article.id}"))
    assert f"No longer where it was read: {GONE}. What it printed is kept" in page
    assert "where Inland Wire kept it" in page
    assert "We will stop the ferry" in page
    assert f"no longer where it was read: {GONE}" in read(get("/-/quotes/outlet/inland-wire"))


def test_a_statement_as_data_says_which_printing_stands(get: Any, altered: Path) -> None:
    former = find_former(altered)
    printings = {
        printing["quote_id"]: printing
        for wording in get(f"/-/quotes/statement/{former}.json").json()["wordings"]
        for printing in wording["printings"]
    }
    assert [one for one, printing in printings.items() if not printing["stands"]] == [former]
    assert printings[former]["altered_to_id"] in printings
    assert [printing["removed"] for printing in printings.values()].count(GONE) == 1


def test_what_was_changed_stays_text(fetch: Any, tmp_path: Path) -> None:
    evil = "<b onmouseover=alert(1)>"
    with open_new(tmp_path) as connection:
        write(
            connection,
            print_text(f"The old pumps {evil} failed", "Tam Ruck", f"Nobody {evil}", "Tam Ruck"),
            title=evil,
        )
        write(connection, print_text(f"The new pumps {evil} failed", "Tam Ruck"), title="New")
        store.mark_removed(connection, {analyse("").article.id: evil}, 1)
        derive(connection)
        quotes = [row[0] for row in ask(connection, "SELECT id FROM quotes")]
    get = fetch(tmp_path / "quotes.db")
    for page in (f"article/{analyse('').article.id}", "outlet/the-desk", *(f"quote/{one}" for one in quotes)):
        response = get(f"/-/quotes/{page}")
        assert response.status_code == 200
        assert "<b onmouseover" not in response.text
        assert "onmouseover=alert(1)" in response.text


def test_an_outlet_is_shown_with_its_own_edits(get: Any) -> None:
    page = read(get("/-/quotes/outlet/the-lamp"))
    assert "Its own quotes, altered later" in page
    assert "The Lamp, 4 March 2026; The Lamp, 4 March 2026" not in page
    assert "1 edit since" in page
    assert "One statement in several wordings" not in page
    assert "Its own quotes" not in read(get("/-/quotes/outlet/harbour-daily"))
    links = get("/-/quotes/outlet/the-lamp").text
    for name in ("altered-quotes", "removed-articles"):
        assert f"/quotes/{name}?outlet=the-lamp" in links


def test_nobody_follows_an_outlet_that_altered_itself(altered: Path) -> None:
    assert find(altered, "SELECT count(*) FROM outlet_followers") == "0"


@pytest.mark.parametrize(
    ("query", "outlet", "found"),
    [
        ("altered-quotes", "", 1),
        ("altered-quotes", "the lamp", 1),
        ("altered-quotes", "inland-wire", 0),
        ("removed-articles", "", 1),
        ("removed-articles", "Inland Wire", 1),
        ("removed-articles", "the-lamp", 0),
        ("revised-articles", "", 1),
    ],
)
def test_queries_list_them(get: Any, query: str, outlet: str, found: int) -> None:
    rows = get(f"/quotes/{query}.json", params={"outlet": outlet, "_shape": "array"}).json()
    assert len(rows) == found
    if query == "altered-quotes" and rows:
        assert rows[0]["outlet"] == "The Lamp"
        assert (rows[0]["before"].rstrip(","), rows[0]["after"].rstrip(",")) == (FERRY, OTHER)
        assert "[will → may]" in rows[0]["words_changed"]
        assert {*rows[0]["meaning_flags"].split(",")} == {"modality", "negation", "number"}
        assert rows[0]["revision"] == 2
    if query == "removed-articles" and rows:
        assert rows[0]["removed"] == GONE


def test_the_pages_fit_a_phone_and_keep_nobody_out(browser: Browser, altered: Path) -> None:
    former, path = find_former(altered), find_axe()
    pages = (
        f"article/{analyse('', 2).article.id}",
        f"statement/{former}",
        f"quote/{former}",
        "outlet/the-lamp",
    )
    with serving(altered) as address:
        for page in (*pages, f"article/{analyse('', 3).article.id}"):
            for dark in (False, True):
                browser.forget()
                browser.open(f"{address}/-/quotes/{page}", 360, dark)
                assert browser.evaluate("document.documentElement.scrollWidth") <= 360, page
                assert browser.problems == []
                found = find_violations(browser, path.read_text(encoding="utf-8")) if path else []
                assert [str(one) for one in found if one.impact in BLOCKING] == [], page
