"""Words that became other words: the list, and every statement with one of them."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Change = Callable[..., Any]

pytestmark = pytest.mark.web


@pytest.fixture
def get(fetch: Callable[..., Any], database: Path) -> Any:
    return fetch(database)


def read(response: Any) -> str:
    """Return the page's text as a reader sees it, tags and repeated spaces gone."""
    assert response.status_code == 200, response.text
    return " ".join(unescape(re.sub(r"<[^>]{0,2000}>", "", response.text)).split())


def list_swaps(response: Any) -> list[list[str]]:
    """Return for each swap listed the words of each direction shown."""
    assert response.status_code == 200, response.text
    listed = response.text.split('<ul class="qd-swaps-list">')[1].split("</ul>")[0]
    return [re.findall(r"<bdi>([^<]*)</bdi>", item) for item in listed.split("<li>")[1:]]


def swap(after: Change, *rows: tuple[str, str, int, int]) -> Any:
    return after(
        ("DELETE FROM word_swaps WHERE words_before <> ?", [("",)]),
        ("INSERT INTO word_swaps VALUES (?, ?, ?, ?)", rows),
    )


def test_the_commonest_swap_comes_first_with_its_way_back(after: Change) -> None:
    get = swap(after, ("may", "will", 2, 1), ("big", "large", 3, 2), ("will", "may", 9, 4))
    response = get("/-/quotes/swaps")
    assert list_swaps(response) == [["will", "may", "may", "will"], ["big", "large"]]
    page = read(response)
    assert "will → became may how certain or binding it is differs 9 statements, 4 outlets" in page
    assert "and back: may → became will 2 statements, 1 outlet" in page
    assert "big → became large 3 statements, 2 outlets" in page
    assert 'href="/-/quotes/swap?before=may&amp;after=will"' in response.text


@pytest.mark.parametrize(
    ("word", "found"),
    [
        ("may", [["will", "may", "may", "will"], ["might", "may"]]),
        ("MAY", [["will", "may", "may", "will"], ["might", "may"]]),
        (" may\x00 ", [["will", "may", "may", "will"], ["might", "may"]]),
        ("doctor vail", [["Doctor Vail", "she"]]),
        ("m", []),
        ("%", []),
        ("'; DROP TABLE word_swaps; --", []),
    ],
)
def test_a_word_is_looked_for_on_both_sides(after: Change, word: str, found: list[list[str]]) -> None:
    get = swap(
        after, ("will", "may", 9, 4), ("may", "will", 2, 1), ("might", "may", 1, 1), ("a", "the", 7, 1),
        ("Doctor Vail", "she", 1, 1),
    )  # fmt: skip
    response = get("/-/quotes/swaps", params={"word": word})
    if found:
        assert list_swaps(response) == found
    else:
        assert "No outlet swapped exactly these words." in read(response)


def test_a_long_list_is_cut_and_says_so(after: Change) -> None:
    get = swap(after, *((f"word{n}", "other", n, 1) for n in range(1, 151)))
    response = get("/-/quotes/swaps")
    assert [one[0] for one in list_swaps(response)] == [f"word{n}" for n in range(150, 50, -1)]
    assert "Only the commonest are shown." in read(response)


def test_nothing_swapped_is_said(after: Change) -> None:
    assert "No outlet swapped any word here yet." in read(swap(after)("/-/quotes/swaps"))


def test_a_swap_shows_each_statement_with_the_words_in_place(get: Any, ids: dict[str, str]) -> None:
    response = get("/-/quotes/swap?before=will&after=may")
    page = read(response)
    assert "1 statement, 1 wording. how certain or binding it is differs" in page
    assert "we −will +may certainty stop the ferry" in page
    assert "Odile Varn · Reworded · The Lamp, 5 March 2026" in page
    assert f'href="/-/quotes/statement/{ids["ferry"]}#wording-{ids["ferry/1"]}"' in response.text
    assert "The other way round, “may” →became “will”: not seen." in page


def test_capitals_do_not_matter(get: Any) -> None:
    assert "1 statement, 1 wording" in read(get("/-/quotes/swap?before=Will&after=MAY"))


def test_the_way_back_is_counted(get: Any) -> None:
    page = read(get("/-/quotes/swap?before=may&after=will"))
    assert "No outlet printed these words the one for the other." in page
    assert "The other way round, “will” →became “may”: in 1 statement." in page


def test_what_is_no_swap_is_not_counted_as_one(after: Change) -> None:
    get = after(("UPDATE changes SET kind = ? WHERE words_before = 'will'", [("spelling",)]))
    page = read(get("/-/quotes/swap?before=will&after=may"))
    assert "No outlet printed these words the one for the other." in page


def test_words_alone_without_a_flag_are_said_to_have_none(after: Change) -> None:
    get = after(
        ("UPDATE changes SET meaning_flag = NULL, flag_words = NULL WHERE words_before = ?", [("will",)]),
        ("UPDATE changes SET kind = 'substitution' WHERE words_before = ?", [("will",)]),
    )
    page = read(get("/-/quotes/swap?before=will&after=may"))
    assert "No sign that the meaning differs was found in these words alone." in page


@pytest.mark.parametrize("query", ["", "?before=will", "?after=may", "?before=&after=may"])
def test_without_two_words_there_is_a_sentence_and_a_way_on(get: Any, query: str) -> None:
    response = get(f"/-/quotes/swap{query}")
    assert "The address names no two words." in read(response)
    assert 'href="/-/quotes/swaps"' in response.text


def test_a_long_wording_shows_the_words_around_the_swap(after: Change, ids: dict[str, str]) -> None:
    tail = " and so on" * 300
    get = after(
        ("UPDATE wordings SET text = text || ? WHERE statement_id = ?", [(tail, ids["ferry"])]),
    )
    html = get("/-/quotes/swap?before=will&after=may").text
    assert "[…]" in html
    assert html.count("and so on") < 60
    assert re.search(r"<del[^>]*><span[^>]*>−</span>will</del>", html)


@pytest.mark.parametrize("table", ["word_swaps", "changes", "wordings"])
@pytest.mark.parametrize("page", ["/-/quotes/swaps", "/-/quotes/swap?before=will&after=may"])
def test_a_table_that_is_denied_is_not_shown_by_way_of_a_page(
    fetch: Any, database: Path, table: str, page: str
) -> None:
    get = fetch(database, metadata={"databases": {"quotes": {"tables": {table: {"allow": False}}}}})
    assert get(page).status_code == 403
