"""Every canned query and table page answers, with parameters and without, whatever is typed in."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from quotes.publish import bundled_metadata, functions
from quotes.publish.metadata import read_metadata
from quotes.publish.sql import home

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.web
DATABASE = yaml.safe_load(bundled_metadata().read_text(encoding="utf-8"))["databases"]["quotes"]
LARGE = {"quotes", "statements", "wordings", "changes", "articles", "speakers", "article_speakers", "repeats"}
# What each query must find in the story, asked without parameters.
FOUND = {
    "drifted-most": 2, "printed-first": 6, "every-printing": 5, "search-wordings": 0, "swapped-words": 1,
    "became": 2, "outlets-by-kind": 4, "side-by-side": 1, "outlets-in-step": 1, "by-speaker": 5,
    "different-mouths": 4, "no-speaker": 1, "least-certain": 8, "only-one-outlet": 1, "shortened-quotes": 3,
    "late-rewordings": 1, "meaning-touched": 3, "one-outlet-two-wordings": 1, "revised-articles": 0,
    "altered-quotes": 0, "removed-articles": 0,
    "where-from": 4, "who-follows-whom": 1, "said-again": 1,
    "new-drift": 2, "word-by-word": 4, "credited-wordings": 4, "changed-numbers": 1, "most-printed": 3,
    "who-alters-a-speaker": 4, "names-of-a-speaker": 1, "what-an-outlet-changed": 0, "first-with": 2,
    "against-the-record": 0, "only-on-record": 0,
    "quotes-by-day": 5, "articles-without-quotes": 1, "last-jobs": 1, "skipped-inputs": 1,
}  # fmt: skip
ASKED = [
    ("search-wordings", {"words": "ferry repairs"}, 3),
    ("search-wordings", {"words": '"waited so long'}, 3),
    ("printed-first", {"words": "ferry"}, 4),
    ("became", {"before": "Will", "after": "may"}, 1),
    ("became", {"before": "may"}, 0),
    ("by-speaker", {"speaker": "ruck"}, 2),
    ("by-speaker", {"speaker": "nobody"}, 0),
    ("side-by-side", {"outlet": "The Lamp", "other_outlet": "inland-wire"}, 2),
    ("side-by-side", {"outlet": "nobody"}, 0),
    ("drifted-most", {"outlets": "3"}, 1),
    ("late-rewordings", {"days": "2"}, 0),
    ("meaning-touched", {"flag": "number"}, 1),
    ("who-follows-whom", {"outlet": "the lamp"}, 1),
    ("who-follows-whom", {"outlet": "quay-post"}, 0),
    ("said-again", {"speaker": "varn"}, 1),
    ("said-again", {"speaker": "ruck"}, 0),
    ("shortened-quotes", {"kind": "ellipsis"}, 1),
    ("only-one-outlet", {"outlet": "harbour daily"}, 0),
    ("only-one-outlet", {"outlet": "the-lamp"}, 1),
    ("one-outlet-two-wordings", {"outlet": "the lamp"}, 1),
    ("one-outlet-two-wordings", {"outlet": "quay-post"}, 0),
    ("no-speaker", {"reason": "no reporting word near it"}, 2),
    ("least-certain", {"rule": "speaker-cue"}, 8),
    ("least-certain", {"rule": "nearby"}, 0),
    ("every-printing", {"id": "none"}, 0),
    ("swapped-words", {"word": "MAY"}, 1),
    ("outlets-in-step", {"statements": "4"}, 0),
    ("new-drift", {"outlets": "3"}, 1),
    ("word-by-word", {"id": "none"}, 0),
    ("who-alters-a-speaker", {"speaker": "ruck"}, 2),
    ("who-alters-a-speaker", {"quotes": "2"}, 0),
    ("names-of-a-speaker", {"speaker": "tam"}, 1),
    ("names-of-a-speaker", {"speaker": "nobody"}, 0),
    ("what-an-outlet-changed", {"outlet": "The Lamp"}, 1),
    ("what-an-outlet-changed", {"outlet": "quay-post", "kind": "ellipsis"}, 1),
    ("what-an-outlet-changed", {"outlet": "nobody"}, 0),
    ("first-with", {"outlet": "Inland Wire"}, 1),
    ("first-with", {"outlet": "the-lamp"}, 0),
    ("credited-wordings", {"outlet": "harbour daily"}, 4),
    ("credited-wordings", {"outlet": "quay-post"}, 0),
]


@pytest.fixture
def get(fetch: Any, database: Path, metadata: dict[str, Any]) -> Any:
    return fetch(database, metadata=metadata)


def count_rows(response: Any) -> int:
    assert response.status_code == 200, response.text
    return len(response.json()["rows"])


def test_all_queries_are_tried() -> None:
    assert set(FOUND) == set(DATABASE["queries"])


@pytest.mark.parametrize("name", sorted(FOUND))
def test_a_query_answers_without_parameters(get: Any, name: str) -> None:
    assert count_rows(get(f"/quotes/{name}.json")) == FOUND[name]
    page = get(f"/quotes/{name}")
    assert page.status_code == 200
    assert DATABASE["queries"][name]["title"] in page.text


@pytest.mark.parametrize("name", sorted(FOUND))
def test_a_query_walks_no_large_table(database: Path, name: str) -> None:
    sql = DATABASE["queries"][name]["sql"]
    tables: dict[str, set[str]] = {}
    for table, alias in re.findall(r"(?:FROM|JOIN) (\w+)(?: AS (\w+))?", sql):
        tables.setdefault(alias or table, set()).add(table)
    parameters = dict.fromkeys(re.findall(r":(\w+)", sql), "")
    with closing(sqlite3.connect(database)) as connection:
        functions.register(connection)
        connection.create_function("escape_fts", 1, lambda words: words)
        plan = [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {sql}", parameters)]
    walked = [match[1] for match in map(re.compile(r"SCAN (\w+)$").match, plan) if match]
    latest = {"changes"} if name == "became" else set()  # it takes the last rows of them
    assert {table for alias in walked for table in tables.get(alias, ()) if tables[alias] <= LARGE} <= latest


@pytest.mark.parametrize(("name", "parameters", "found"), ASKED)
def test_a_query_answers_with_parameters(get: Any, name: str, parameters: dict[str, str], found: int) -> None:
    assert count_rows(get(f"/quotes/{name}.json", params=parameters)) == found


def test_any_id_of_a_statement_gives_its_printings(get: Any, ids: dict[str, str]) -> None:
    for name in ("ferry", "ferry/1", "ferry/3"):
        assert count_rows(get("/quotes/every-printing.json", params={"id": ids[name]})) == 5
        assert count_rows(get("/quotes/where-from.json", params={"id": ids[name]})) == 4
    for query in ("every-printing", "where-from"):
        assert count_rows(get(f"/quotes/{query}.json", params={"id": "nope"})) == 0


def read_rows(get: Any, query: str, **parameters: str) -> list[dict[str, Any]]:
    options = {**parameters, "_shape": "array"}
    rows: list[dict[str, Any]] = get(f"/quotes/{query}.json", params=options).json()
    return rows


def test_words_that_changed_stand_in_brackets(get: Any, ids: dict[str, str]) -> None:
    changed = (
        "we [will → may] stop the ferry on [14 → 15] May, "
        "and we should [−not] have waited so long for the repairs"
    )
    rows = read_rows(get, "word-by-word", id=ids["ferry"])
    assert [row["change_kind"] for row in rows] == ["reference", "reworded", "ellipsis", "shortened"]
    assert rows[1]["words_changed"] == changed
    assert read_rows(get, "what-an-outlet-changed", outlet="the-lamp")[0]["words_changed"] == changed
    assert "[… 13 words]" in read_rows(get, "new-drift")[0]["words_changed"]


def test_words_that_were_looked_for_stand_in_brackets(get: Any) -> None:
    rows = read_rows(get, "search-wordings", words="FERRY repairs")
    assert {row["words_found"] for row in rows if row["change_kind"] == "ellipsis"} == {
        "We will stop the [ferry] … for the [repairs]"
    }
    assert {row["printings"] for row in rows if row["change_kind"] == "reference"} == {2}
    page = get("/quotes/search-wordings", params={"words": "ferry repairs"}).text
    assert "We will stop the [ferry] … for the [repairs]" in page


def test_a_search_says_where_not_every_hit_was_looked_through(
    get: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "read in last" not in get("/-/quotes?q=ferry").text
    monkeypatch.setattr(home, "FOUND", home.FOUND.replace(f"LIMIT {home.MOST_SEEN}", "LIMIT 2"))
    monkeypatch.setattr(home, "MOST_SEEN", 2)
    assert "of the 2 read in last, these fit best" in get("/-/quotes?q=ferry").text
    assert "read in last" not in get("/-/quotes?q=crossing").text


def test_two_outlets_are_compared_word_by_word(get: Any) -> None:
    rows = read_rows(get, "side-by-side", outlet="The Lamp", other_outlet="inland-wire")
    assert {row["outlet"] for row in rows} == {"The Lamp"}
    assert all(0 < row["similarity"] < 1 and not row["same_wording"] for row in rows)
    turned = read_rows(get, "side-by-side", outlet="inland-wire", other_outlet="The Lamp")
    assert {row["other_wording"] for row in turned} == {row["wording"] for row in rows}


def test_what_is_on_the_record_is_told_apart(fetch: Any, database: Path, tmp_path: Path) -> None:
    copy = tmp_path / "quotes.db"
    copy.write_bytes(database.read_bytes())
    with closing(sqlite3.connect(copy)) as connection:
        connection.execute("UPDATE articles SET kind = 'transcript' WHERE outlet_id = 'the-lamp'")
        basis = "the most complete of 2 wordings in official transcripts"
        connection.execute("UPDATE statements SET reference_basis = ? WHERE drift = 0.62", (basis,))
        connection.commit()
    get = fetch(copy, metadata=read_metadata())
    assert [row["label"] for row in read_rows(get, "only-on-record")] == ["Save our crossing!"]
    kinds = [row["change_kind"] for row in read_rows(get, "against-the-record")]
    assert sorted(kinds) == ["ellipsis", "reworded", "shortened"]


def test_printings_of_one_day_are_all_first(get: Any) -> None:
    answer = get("/quotes/printed-first.json?words=ferry&_shape=objects").json()["rows"]
    assert answer[0]["first_outlets"] == "Harbour Daily, Inland Wire"


@pytest.mark.parametrize(
    "typed", ["'", '"', "%", "x; DROP TABLE quotes", "NEAR(", "-1", "9" * 40, "\u202e", "*"]
)
def test_odd_parameters_break_no_query(get: Any, typed: str) -> None:
    names = ("words", "id", "word", "before", "after", "outlet", "other_outlet", "speaker", "flag", "kind",
             "days", "reason", "rule", "outlets", "statements", "quotes")  # fmt: skip
    for query in FOUND:
        assert get(f"/quotes/{query}.json", params=dict.fromkeys(names, typed)).status_code == 200, query


@pytest.mark.parametrize(
    "table", sorted(name for name, table in DATABASE["tables"].items() if not table.get("hidden"))
)
def test_a_table_page_answers(get: Any, table: str) -> None:
    response = get(f"/quotes/{table}")
    assert response.status_code == 200
    assert DATABASE["tables"][table]["title"] in response.text
    assert "timed out" not in response.text


@pytest.mark.parametrize(("table", "words", "found"), [("quotes", "ferry", 4), ("statements", "boats", 1)])
def test_tables_are_searched(get: Any, table: str, words: str, found: int) -> None:
    assert count_rows(get(f"/quotes/{table}.json?_search={words}")) == found
