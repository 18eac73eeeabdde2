"""The list of outlets, the page of one, and two side by side, in Datasette in this process."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from html import unescape
from typing import TYPE_CHECKING, Any

import pytest

from quotes.publish.pages.altered import pick_newest, pick_repeated, pick_widest
from quotes.publish.pages.outlets import SHOWN
from quotes.publish.sql import differing, outlet, speaker, swaps

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Change = Callable[..., Any]

pytestmark = pytest.mark.web
PAIR = "/-/quotes/side-by-side?outlet=harbour-daily&other_outlet=the-lamp"
TURNED = "/-/quotes/side-by-side?outlet=the-lamp&other_outlet=harbour-daily"
# Articles, quotes, attributed, compared, first; then same, shortened, ellipsis, inflected, reworded, merged,
# flagged.
STATS = {
    "harbour-daily": (9, 90, 80, 60, 40, 50, 10, 0, 0, 0, 0, 0),
    "inland-wire": (5, 50, 50, 40, 3, 18, 8, 0, 6, 8, 0, 2),
    "quay-post": (3, 70, 9, 3, 0, 0, 0, 0, 0, 3, 0, 3),
    "the-lamp": (8, 80, 70, 50, 2, 5, 5, 0, 10, 30, 0, 20),
}


def set_stats(after: Change) -> Any:
    rows = [(outlet, *counts) for outlet, counts in STATS.items()]
    return after(
        ("DELETE FROM outlet_stats WHERE outlet_id = ?", [(row[0],) for row in rows]),
        (f"INSERT INTO outlet_stats VALUES ({', '.join('?' * 13)})", rows),
    )


@pytest.fixture
def get(fetch: Callable[..., Any], database: Path) -> Any:
    return fetch(database)


def read(response: Any) -> str:
    """Return the page's text as a reader sees it, tags and repeated spaces gone."""
    assert response.status_code == 200, response.text
    return " ".join(unescape(re.sub(r"<[^>]{0,2000}>", " ", response.text)).split())


def read_rows(response: Any) -> dict[str, str]:
    """Return the rows of the page's first table of rates by their headers, in order."""
    assert response.status_code == 200, response.text
    table = response.text.split("<tbody>")[1].split("</tbody>")[0]
    rows = {}
    for row in table.split("<tr")[1:]:
        plain = re.sub(r"<[^>]{0,2000}>", " ", row.split('<th scope="row">')[1].split("</th>")[0])
        rows[" ".join(unescape(plain).split())] = " ".join(
            unescape(re.sub(r"<[^>]{0,2000}>", " ", row.split("</th>")[1])).split()
        )
    return rows


@pytest.mark.parametrize(
    ("by", "order"),
    [
        ("", ["Harbour Daily", "The Lamp", "Quay Post", "Inland Wire"]),
        ("?by=quotes", ["Harbour Daily", "The Lamp", "Quay Post", "Inland Wire"]),
        ("?by=nonsense", ["Harbour Daily", "The Lamp", "Quay Post", "Inland Wire"]),
        ("?by=name", ["Harbour Daily", "Inland Wire", "Quay Post", "The Lamp"]),
        # Lower ends: 40 of 50 .67; 3 of 3 .44; 14 of 40 .22; 0 of 60.
        ("?by=reworded", ["The Lamp", "Quay Post", "Inland Wire", "Harbour Daily"]),
        ("?by=same", ["Harbour Daily", "Inland Wire", "The Lamp", "Quay Post"]),
    ],
)
def test_outlets_are_sorted_by_plain_links(after: Change, by: str, order: list[str]) -> None:
    response = set_stats(after)(f"/-/quotes/outlets{by}")
    names = list(read_rows(response))
    assert [re.split(r" \d", name)[0] for name in names] == ["All outlets together", *order]
    chosen = by.removeprefix("?by=") if by and "nonsense" not in by else "quotes"
    assert f'href="/-/quotes/outlets?by={chosen}" aria-current="true"' in response.text


def test_an_outlet_is_listed_with_counts_and_intervals(after: Change) -> None:
    rows = read_rows(set_stats(after)("/-/quotes/outlets"))
    assert rows["The Lamp 80 quotes in 8 articles"] == (
        "Reworded, or other forms: 40 of 50: 80 % (67 to 89 %) Same words: 5 of 50: 10 % (4 to 21 %)"
        " Meaning may differ: 20 of 50: 40 % (28 to 54 %)"
    )
    assert "3 of 3: 100 % (44 to 100 %) too few to tell" in rows["Quay Post 70 quotes in 3 articles"]
    assert rows["All outlets together"].startswith("Reworded, or other forms: 57 of 153: 37 %")


def test_of_300_outlets_the_first_are_shown_and_all_where_asked_for(after: Change) -> None:
    outlets = [(f"o{n}", f"Outlet {n:03}") for n in range(300)]
    stats = [(one, 1, 20, 20, 20, 0, 20, 0, 0, 0, 0, 0, 0) for one, _ in outlets]
    get = after(
        ("INSERT INTO outlets (id, name) VALUES (?, ?)", outlets),
        (f"INSERT INTO outlet_stats VALUES ({', '.join('?' * 13)})", stats),
    )
    first = get("/-/quotes/outlets?by=name")
    assert len(read_rows(first)) == SHOWN + 1
    assert 'href="/-/quotes/outlets?by=name&amp;all=1">Show all 304 outlets<' in first.text
    assert len(read_rows(get("/-/quotes/outlets?by=name&all=1"))) == 305
    choices = get("/-/quotes/side-by-side").text
    assert choices.count('<option value="o299"') == 2
    assert "are 303 other outlets together" in read(get("/-/quotes/outlet/o7"))


@pytest.mark.parametrize(
    ("name", "found"), [("LAMP", ["The Lamp"]), ("<b>", []), ("e", ["Inland Wire", "The Lamp"]), ("%", [])]
)
def test_outlets_are_found_by_name(after: Change, name: str, found: list[str]) -> None:
    response = set_stats(after)("/-/quotes/outlets", params={"q": name, "by": "name"})
    names = [re.split(r" \d", one)[0] for one in read_rows(response)]
    # The comparison with all outlets stays.
    assert names[0] == "All outlets together"
    assert names[1:] == found
    assert ("No outlet here has" in response.text) is not bool(found)
    assert found != ["The Lamp"] or 'href="/-/quotes/outlets?by=same&amp;q=LAMP"' in response.text


def test_an_outlet_is_compared_with_all_others_and_the_median(after: Change) -> None:
    rows = read_rows(set_stats(after)("/-/quotes/outlet/the-lamp"))
    assert rows["Reworded"] == (
        "The Lamp : 30 of 50: 60 % (46 to 72 %) All others : 11 of 103: 11 % (6 to 18 %) median outlet: 10 %"
        " The Lamp is higher"
    )
    assert rows["The same words as the reference"].endswith("median outlet: 64 % The Lamp is lower")
    assert rows["Shortened"].endswith("The Lamp is not distinguishable")


def test_a_few_quotes_are_too_few_to_tell(after: Change) -> None:
    rows = read_rows(set_stats(after)("/-/quotes/outlet/quay-post"))
    assert rows["Reworded"].startswith("Quay Post : 3 of 3: 100 % (44 to 100 %)")
    assert all(row.endswith("Quay Post is too few to tell") for row in rows.values())


def test_an_outlet_page_says_what_was_printed_and_first(after: Change) -> None:
    page = read(set_stats(after)("/-/quotes/outlet/harbour-daily"))
    assert "Printed 9 articles, 90 quotes, 80 of them with a speaker" in page
    assert "Printed first 40 statements that other outlets printed too, ties included" in page
    assert "95 % Wilson score interval" in page
    assert "a yardstick, not the truth" in page


def test_an_outlet_that_is_not_counted_yet_says_so(after: Change) -> None:
    get = after(("INSERT INTO outlets (id, name) VALUES (?, ?)", [("new", "New Sheet")]))
    page = read(get("/-/quotes/outlet/new"))
    assert "Not counted yet" in page
    assert "no other outlet printed any of its statements" in page


def test_bars_are_drawn_within_their_axis(after: Change) -> None:
    html = set_stats(after)("/-/quotes/outlet/the-lamp").text
    spans = re.findall(r'<rect[^>]* x="([\d.]+)"[^>]* width="([\d.]+)"', html)
    assert len(spans) == 14
    assert all(0 <= float(x) <= float(x) + float(width) <= 100.01 for x, width in spans)
    assert len(re.findall(r'<svg class="qd-range"[^>]* aria-hidden="true"', html)) == 14


def test_who_follows_and_who_prints_the_same(get: Any) -> None:
    harbour, lamp = (get(f"/-/quotes/outlet/{one}").text for one in ("harbour-daily", "the-lamp"))
    followers = harbour.split("<h2>Who follows it</h2>")[1].split("</ul>")[0]
    assert 'href="/-/quotes/outlet/the-lamp"' in followers
    assert "2 statements" in followers
    followed = lamp.split("<h2>Whom it follows</h2>")[1].split("</ul>")[0]
    assert 'href="/-/quotes/outlet/harbour-daily"' in followed
    in_step = harbour.split("<h2>In step with</h2>")[1].split("</ul>")[0]
    assert "1 of 3 statements the same" in " ".join(in_step.split())
    assert 'href="/-/quotes/side-by-side?outlet=harbour-daily&amp;other_outlet=inland-wire"' in in_step


def test_what_an_outlet_altered_is_shown_against_the_reference(get: Any, ids: dict[str, str]) -> None:
    html = get("/-/quotes/outlet/the-lamp").text
    newest = html.split("<h2>Newest altered</h2>")[1].split("</ol>")[0]
    assert [kind for kind in ("Shortened", "Reworded") if kind in newest] == ["Shortened", "Reworded"]
    assert newest.index("Shortened") < newest.index("Reworded")
    assert f'href="/-/quotes/statement/{ids["ferry"]}#wording-{ids["ferry/1"]}"' in newest
    widest = html.split("<h2>Most reworded</h2>")[1].split("</ol>")[0]
    assert re.findall(r"<(del|ins)[^>]*><span[^>]*>.</span>([^<]*)<", widest)[:2] == [
        ("del", "will"), ("ins", "may"),
    ]  # fmt: skip
    assert "Shortened" not in widest


def test_several_wordings_of_one_statement_are_shown_against_the_first(get: Any) -> None:
    html = get("/-/quotes/outlet/the-lamp").text
    several = html.split("<h2>One statement in several wordings</h2>")[1].split("</ol>")[0]
    assert "The Lamp, 5 March 2026; The Lamp, 7 March 2026" in several
    assert "Shortened" not in several  # the kind is told against the reference only
    assert "One statement in several wordings" not in get("/-/quotes/outlet/harbour-daily").text


def test_articles_lead_to_their_pages_and_later_edits_are_told(after: Change, ids: dict[str, str]) -> None:
    get = after(("UPDATE articles SET revision = 3 WHERE id = ?", [(ids["article"],)]))
    html = get("/-/quotes/outlet/harbour-daily").text
    edited = html.split("<h2>Edited after they were first read</h2>")[1].split("</ul>")[0]
    assert f'href="/-/quotes/article/{ids["article"]}"' in edited
    assert "2 edits since" in edited
    assert "<h2>Latest articles</h2>" in html
    assert "Edited after" not in get("/-/quotes/outlet/the-lamp").text


@pytest.mark.parametrize("identifier", ["nope", "a'b", "~00", "x" * 3000])
def test_a_missing_outlet_says_what_to_do(get: Any, identifier: str) -> None:
    response = get(f"/-/quotes/outlet/{identifier}")
    assert response.status_code == 404
    assert "No outlet here" in response.text
    assert 'href="/-/quotes/outlets"' in response.text


def test_two_outlets_differ_in_the_words_of_the_other(get: Any) -> None:
    forth, back = get(PAIR).text, get(TURNED).text
    marks = r"<(del|ins)[^>]*><span[^>]*>.</span>([^<]*)<"
    assert ("del", "will") in re.findall(marks, forth)
    assert ("ins", "may") in re.findall(marks, forth)
    assert ("ins", "will") in re.findall(marks, back)
    assert ("del", "may") in re.findall(marks, back)
    assert TURNED.replace("&", "&amp;") in forth
    assert "Printed alike" not in forth


def test_what_two_outlets_print_alike_is_no_difference(get: Any, ids: dict[str, str]) -> None:
    html = get("/-/quotes/side-by-side?outlet=inland-wire&other_outlet=harbour-daily").text
    assert "Printed differently" not in html
    alike = html.split("<h2>Printed alike</h2>")[1].split("</ul>")[0]
    assert f'href="/-/quotes/statement/{ids["ferry"]}"' in alike
    assert "<del" not in alike  # what others changed is no difference between these two
    assert "<ins" not in alike
    page = read(get("/-/quotes/side-by-side?outlet=inland-wire&other_outlet=harbour-daily"))
    assert "Both printed 3 statements With a wording in common 1 Only in different wordings 2" in page


def test_where_only_marks_differ_it_is_said(after: Change) -> None:
    same = "The same words: only marks or capitals differ"
    assert same not in after()(PAIR).text
    marks = "UPDATE wordings SET text = 'We may stop the ferry' || substr('!?', 1 + is_reference, 1)"
    assert same in after((marks, [()]))(PAIR).text


def test_both_rows_of_kinds_stand_beside_each_other(after: Change) -> None:
    rows = read_rows(set_stats(after)(PAIR))
    assert rows["The same words as the reference"] == (
        "Harbour Daily : 50 of 60: 83 % (72 to 91 %) The Lamp : 5 of 50: 10 % (4 to 21 %)"
        " Harbour Daily is higher"
    )


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("", "Most in common"),
        ("?outlet=&other_outlet=", "Most in common"),
        ("?outlet=the-lamp&other_outlet=the-lamp", "That is the same outlet twice."),
        ("?outlet=the-lamp&other_outlet=nope", "No outlet here has the id “nope”."),
        ("?outlet=the-lamp", "Choose the outlet to put beside The Lamp."),
        ("?other_outlet=the-lamp", "Choose the outlet to put beside The Lamp."),
        ("?outlet=" + "x" * 3000, "No outlet here has the id “xxx"),
    ],
)
def test_without_two_outlets_there_is_a_form_and_a_sentence(get: Any, query: str, sentence: str) -> None:
    response = get(f"/-/quotes/side-by-side{query}")
    page = read(response)
    assert sentence in page
    assert response.text.count("<select ") == 2
    assert "Harbour Daily and Inland Wire : 3 statements printed by both" in page
    assert "How each alters quotes" not in page


def test_the_form_keeps_what_was_chosen(get: Any) -> None:
    html = get(PAIR).text
    assert re.findall(r'<option value="([^"]*)" selected', html) == ["harbour-daily", "the-lamp"]


def test_a_wording_is_picked_once_and_the_newest_first() -> None:
    def row(quote: str, wording: str, statement: str, kind: str, alike: float, outlets: int = 2) -> Any:
        return {
            "id": quote, "wording_id": wording, "statement_id": statement, "change_kind": kind,
            "similarity": alike, "outlet_count": outlets,
        }  # fmt: skip

    rows = [
        row("q6", "w4", "s2", "shortened", 0.1),
        row("q5", "w1", "s1", "reworded", 0.8),
        row("q4", "w5", "s3", "reworded", 0.1, outlets=1),
        row("q3", "w1", "s1", "reworded", 0.8),
        row("q2", "w2", "s2", "inflected", 0.5),
        row("q1", "w3", "s1", "reference", 1.0),
    ]
    assert pick_newest(rows, 9) == [(None, "q6"), (None, "q5"), (None, "q2")]
    assert pick_newest(rows, 2) == [(None, "q6"), (None, "q5")]
    assert pick_widest(rows, 9) == [(None, "q2"), (None, "q5")]
    assert pick_repeated(rows, 9) == [("q2", "q6"), ("q1", "q5")]


@pytest.mark.parametrize(
    "table", ["outlet_stats", "outlet_pair_stats", "outlet_followers", "word_swaps", "wordings"]
)
@pytest.mark.parametrize("page", ["/-/quotes/outlets", "/-/quotes/outlet/the-lamp", PAIR])
def test_a_table_that_is_denied_is_not_shown_by_way_of_a_page(
    fetch: Any, database: Path, table: str, page: str
) -> None:
    get = fetch(database, metadata={"databases": {"quotes": {"tables": {table: {"allow": False}}}}})
    assert get(page).status_code == 403
    assert "The Lamp" not in get(page).text


QUERIES = {
    f"{module.__name__.rpartition('.')[2]}.{name}": query
    for module in (speaker, outlet, swaps, differing)
    for name, query in vars(module).items()
    if name.isupper() and isinstance(query, str) and not name.startswith("_") and name != "LISTED"
}
# What grows with the number of articles. Of outlets there are some hundreds: their tables may be read whole.
GROWING = {
    "quotes", "statements", "wordings", "changes", "articles", "article_speakers", "speakers",
    "speaker_aliases", "speaker_outlet_stats", "word_swaps",
}  # fmt: skip


@pytest.mark.parametrize("name", QUERIES)
def test_no_query_reads_a_growing_table_from_end_to_end(name: str, database: Path) -> None:
    sql = QUERIES[name]
    values = dict.fromkeys(re.findall(r":([a-z_]+)", sql), "[]") | {"size": 10, "seen": 10}
    with closing(sqlite3.connect(database)) as connection:
        plan = [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {sql}", values)]
        aliases = {
            alias or table: table for table, alias in re.findall(r"(?:FROM|JOIN) (\w+)(?: AS (\w+))?", sql)
        }
    assert any(bound in sql for bound in ("LIMIT", " id = :id", "o.id = :id", "json_each", "min(:outlet"))
    for step in plan:
        if step.startswith("SCAN ") and aliases.get(step.split()[1]) in GROWING:
            # Along an index, in the order that is asked for, until there are enough.
            assert " USING INDEX " in step, plan
            assert "USE TEMP B-TREE FOR ORDER BY" not in plan or "LIMIT :size) AS p" in sql, plan


def test_outlets_beyond_the_choices_are_put_side_by_side_too(
    get: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("quotes.publish.pages.side_by_side._MOST_CHOICES", 0)
    html = get(PAIR).text
    assert "How each alters quotes" in html
    assert html.count("<option value=") == 2 * 3
    assert html.count(" selected>") == 2
