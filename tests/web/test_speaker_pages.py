"""The list of speakers and the page of one, in Datasette in this process."""

from __future__ import annotations

import re
import shutil
from html import unescape
from typing import TYPE_CHECKING, Any

import pytest

from quotes.publish.pages.speaker import OUTLETS
from quotes.text.ids import content_id

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Change = Callable[..., Any]

pytestmark = pytest.mark.web
MAYOR = content_id("mayor")


@pytest.fixture
def get(fetch: Callable[..., Any], database: Path) -> Any:
    return fetch(database)


def read(response: Any) -> str:
    """Return the page's text as a reader sees it, tags and repeated spaces gone."""
    assert response.status_code == 200, response.text
    return " ".join(unescape(re.sub(r"<[^>]{0,2000}>", "", response.text)).split())


def list_names(response: Any) -> list[str]:
    assert response.status_code == 200, response.text
    return re.findall(r'<li><a href="/-/quotes/speaker/[^"]*"><bdi>([^<]*)</bdi>', response.text)


def test_those_quoted_most_come_first(get: Any) -> None:
    response = get("/-/quotes/speakers")
    assert list_names(response) == ["Odile Varn", "Tam Ruck", "Port Aster Authority"]
    assert "Odile Varn, mayor of Port Aster person · 5 quotes" in read(response)


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("varn", ["Odile Varn"]),
        ("ODILE", ["Odile Varn"]),
        ("od", ["Odile Varn"]),
        ("varn odile", ["Odile Varn"]),
        ("the boss", ["Odile Varn"]),
        ("aut", ["Port Aster Authority"]),
        ("nobody", []),
        ("varn ruck", []),
        ('"', []),
        ('od" OR "tam', []),
        ("name:odile", []),
        ("NEAR(", []),
        ("*", []),
        ("\x00varn", ["Odile Varn"]),
        ("varn " * 200, ["Odile Varn"]),
    ],
)
def test_a_name_is_found_as_any_article_printed_it(after: Change, words: str, names: list[str]) -> None:
    get = after(("INSERT INTO speaker_aliases VALUES (?, ?, ?)", [(MAYOR, "the boss", 2)]))
    response = get("/-/quotes/speakers", params={"q": words})
    assert list_names(response) == names
    assert names or "Nobody here was printed under that name." in read(response)


def test_a_search_says_what_else_a_speaker_was_printed_as(get: Any) -> None:
    assert "also printed as “Varn”" in read(get("/-/quotes/speakers?q=odile"))


def test_the_search_follows_a_change_of_name(after: Change) -> None:
    get = after(
        ("UPDATE speakers SET name = ? WHERE id = ?", [("Odile Marsh", MAYOR)]),
        ("DELETE FROM speaker_aliases WHERE speaker_id = ?", [(MAYOR,)]),
    )
    assert list_names(get("/-/quotes/speakers?q=marsh")) == ["Odile Marsh"]
    assert list_names(get("/-/quotes/speakers?q=varn")) == []


def test_speakers_are_narrowed_by_kind(get: Any) -> None:
    response = get("/-/quotes/speakers?kind=organisation")
    assert list_names(response) == ["Port Aster Authority"]
    assert 'aria-current="true">Organisations<' in response.text
    assert list_names(get("/-/quotes/speakers?kind=organisation&q=varn")) == []
    assert len(list_names(get("/-/quotes/speakers?kind=nonsense"))) == 3
    assert "An anonymous source belongs to one article only" in read(get("/-/quotes/speakers?kind=anonymous"))


def test_a_long_list_is_cut_and_says_so(after: Change) -> None:
    rows = [(f"s{n:04}", f"Person {n}", n) for n in range(10, 210)]
    get = after(("INSERT INTO speakers (id, name, kind, quote_count) VALUES (?, ?, 'person', ?)", rows))
    response = get("/-/quotes/speakers")
    assert list_names(response) == [f"Person {n}" for n in range(209, 109, -1)]
    assert "Only the 100 quoted most are shown." in read(response)


def test_a_speakers_page_says_who_and_how_often(get: Any) -> None:
    page = read(get(f"/-/quotes/speaker/{MAYOR}"))
    assert "Person Odile Varn Role mayor of Port Aster Quoted 5 quotes" in page
    assert "Printed as “Varn” 5 times" in page


def test_faithfulness_is_told_by_kind_with_counts_and_intervals(after: Change) -> None:
    # Quotes, compared, same, shortened, ellipsis, inflected, reworded, merged, flagged.
    rows = [(MAYOR, "the-lamp", 3, 1, 0, 0, 0, 0, 1, 0, 1), (MAYOR, "quay-post", 9, 3, 2, 0, 1, 0, 0, 0, 0)]
    get = after(
        ("DELETE FROM speaker_outlet_stats WHERE speaker_id = ?", [(MAYOR,)]),
        (f"INSERT INTO speaker_outlet_stats VALUES ({', '.join('?' * 11)})", rows),
    )
    page = read(get(f"/-/quotes/speaker/{MAYOR}"))
    for told in (
        "The same words as the reference2 of 4: 50 % (15 to 85 %)",
        "Shortened0 of 4: 0 % (0 to 49 %)",
        "Cut, and marked with an ellipsis1 of 4: 25 % (5 to 70 %)",
        "Reworded1 of 4: 25 % (5 to 70 %)",
        "The meaning may differ1 of 4: 25 % (5 to 70 %)",
    ):
        assert told in page
    assert "95 % Wilson score interval" in page
    assert "Fewer than 10 compared quotes are too few to tell." in page
    assert "Shortening a quote is legitimate." in page


def test_who_alters_most_goes_by_the_lower_end_of_the_interval(after: Change) -> None:
    counts = "quote_count, compared_count, same_count, shortened_count, ellipsis_count, inflected_count"
    sql = (
        f"INSERT INTO speaker_outlet_stats (speaker_id, outlet_id, {counts}, reworded_count, merged_count,"
        " flagged_count) VALUES (?, ?, ?, ?, ?, ?, 0, ?, ?, 0, 0)"
    )
    # Lower ends: 40 of 60 .54; 3 of 3 .44; 30 of 70, all by other forms, .32; only shortened, 0.
    rows = [
        (MAYOR, "quay-post", 3, 3, 0, 0, 0, 3),
        (MAYOR, "the-lamp", 60, 60, 20, 0, 0, 40),
        (MAYOR, "harbour-daily", 70, 70, 40, 0, 30, 0),
        (MAYOR, "inland-wire", 90, 90, 0, 90, 0, 0),
    ]
    get = after(("DELETE FROM speaker_outlet_stats WHERE speaker_id = ?", [(MAYOR,)]), (sql, rows))
    table = get(f"/-/quotes/speaker/{MAYOR}").text.split("Who alters most")[1].split("</table>")[0]
    names = re.findall(r'<th scope="row"><a href="/-/quotes/outlet/([^"]*)"', table)
    assert names == ["the-lamp", "quay-post", "harbour-daily", "inland-wire"]
    told = re.findall(r"<tr>.*?</tr>", table, re.DOTALL)
    assert ["too few to tell" in row for row in told[1:]] == [False, True, False, False]


def test_of_many_outlets_those_at_the_top_are_shown(after: Change) -> None:
    outlets = [(f"o{n}", f"Outlet {n}") for n in range(300)]
    stats = [(MAYOR, outlet, 20, 20, 20, 0, 0, 0, 0, 0, 0) for outlet, _ in outlets]
    get = after(
        ("DELETE FROM speaker_outlet_stats WHERE speaker_id = ?", [(MAYOR,)]),
        ("INSERT INTO outlets (id, name) VALUES (?, ?)", outlets),
        (f"INSERT INTO speaker_outlet_stats VALUES ({', '.join('?' * 11)})", stats),
    )
    response = get(f"/-/quotes/speaker/{MAYOR}")
    assert response.text.count('<th scope="row"><a href="/-/quotes/outlet/') == OUTLETS
    assert f"{300 - OUTLETS} more outlets stand in the table of all." in read(response)


def test_where_nobody_alters_that_is_said(after: Change) -> None:
    get = after(("UPDATE speaker_outlet_stats SET inflected_count = 0, reworded_count = ?", [(0,)]))
    assert "No outlet printed other words or other forms." in read(get(f"/-/quotes/speaker/{MAYOR}"))


def test_a_speaker_whom_one_outlet_quotes_is_not_compared(after: Change) -> None:
    get = after(("INSERT INTO speakers (id, name, kind) VALUES (?, ?, 'person')", [("lone", "Lone Voice")]))
    page = read(get("/-/quotes/speaker/lone"))
    assert "none of this speaker’s quotes was printed by more than one outlet" in page
    assert "Who alters most" not in page
    assert "0 quotes, 0 statements, 0 outlets" in page


def test_statements_are_listed_and_disputed_ones_for_each_who_is_named(get: Any, ids: dict[str, str]) -> None:
    ferry = f'href="/-/quotes/statement/{ids["ferry"]}"'
    mayor, engineer = (get(f"/-/quotes/speaker/{content_id(one)}").text for one in ("mayor", "engineer"))
    assert re.findall(r"<h2>([^<]+)</h2>", mayor)[2:5] == ["Newest statements", "Widest drift", "Disputed"]
    assert [ferry in part for part in mayor.split("<h2>")[3:6]] == [True, True, True]
    # One outlet names the engineer for words that are listed as the mayor's.
    lists = dict(part.split("</h2>", 1) for part in engineer.split("<h2>")[1:])
    assert ferry in lists["Disputed"]
    assert ferry not in lists["Newest statements"]


def test_the_evidence_for_one_speaker_of_several_articles_is_shown(get: Any) -> None:
    page = read(get(f"/-/quotes/speaker/{MAYOR}"))
    assert re.search("“Odile Varn”: the same name, Odile Varn, in several articles [1-9] articles", page)


def test_an_anonymous_source_belongs_to_its_article(after: Change, ids: dict[str, str]) -> None:
    local = ("local", ids["article"], "a clerk", "anonymous", "[]", "clerk")
    get = after(
        ("INSERT INTO speakers (id, name, kind) VALUES (?, ?, 'anonymous')", [("clerk", "a clerk")]),
        (
            "INSERT INTO article_speakers (id, article_id, name, kind, aliases, speaker_id) VALUES"
            " (?, ?, ?, ?, ?, ?)",
            [local],
        ),
    )
    response = get("/-/quotes/speaker/clerk")
    assert "This source belongs to one article only: Ferry stops, part 0, Harbour Daily." in read(response)
    assert f'href="/-/quotes/article/{ids["article"]}"' in response.text
    assert "Why these names are one speaker" not in response.text


def test_the_page_leads_to_its_feed_and_its_row(get: Any) -> None:
    html = get(f"/-/quotes/speaker/{MAYOR}").text
    assert f'href="/-/quotes/speaker/{MAYOR}.atom"' in html
    assert f'href="/quotes/speakers/{MAYOR}"' in html


@pytest.mark.parametrize("identifier", ["nope", "0123456789abcdef", "a'b", "~00", "x" * 3000])
def test_a_missing_speaker_says_what_to_do(get: Any, identifier: str) -> None:
    response = get(f"/-/quotes/speaker/{identifier}")
    assert response.status_code == 404
    assert "No speaker here" in response.text
    assert 'href="/-/quotes/speakers"' in response.text


@pytest.mark.parametrize("page", ["/-/quotes/speakers", f"/-/quotes/speaker/{MAYOR}"])
def test_only_reading_is_answered(get: Any, page: str) -> None:
    assert get(page, method="head").status_code == 200
    assert get(page, method="post").status_code in {403, 405}
    assert get(page, method="put").status_code == 405


@pytest.mark.parametrize("table", ["speaker_aliases", "speaker_outlet_stats", "article_speakers"])
@pytest.mark.parametrize("page", ["/-/quotes/speakers?q=varn", f"/-/quotes/speaker/{MAYOR}"])
def test_a_table_that_is_denied_is_not_shown_by_way_of_a_page(
    fetch: Any, database: Path, table: str, page: str
) -> None:
    get = fetch(database, metadata={"databases": {"quotes": {"tables": {table: {"allow": False}}}}})
    assert get(page).status_code == 403
    assert "Odile Varn" not in get(page).text


def test_with_several_databases_addresses_and_forms_name_theirs(
    fetch: Any, database: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other.db"
    shutil.copy(database, other)
    get = fetch(database, other)
    html = get("/-/quotes/speakers?database=other").text
    assert '<input type="hidden" name="database" value="other">' in html
    assert f'href="/-/quotes/speaker/{MAYOR}?database=other"' in html
    assert 'action="/-/quotes/speakers"' in html


def test_a_speaker_of_few_compared_quotes_is_too_few_to_tell(after: Change) -> None:
    for times, said in ((9, True), (10, False)):
        row = (MAYOR, "harbour-daily", times, times, *[0] * 7)
        get = after(
            ("DELETE FROM speaker_outlet_stats", [()]),
            (f"INSERT INTO speaker_outlet_stats VALUES ({', '.join('?' * len(row))})", [row]),
        )
        page = read(get(f"/-/quotes/speaker/{MAYOR}"))
        assert (f"{times} compared quotes: too few to tell." in page) is said
