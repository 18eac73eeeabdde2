"""Every canned query and table page answers, with parameters and without, whatever is typed in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import yaml

from quotes.publish import bundled_metadata

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.web
DATABASE = yaml.safe_load(bundled_metadata().read_text(encoding="utf-8"))["databases"]["quotes"]
# What each query must find in the story, asked without parameters.
FOUND = {
    "drifted-most": 2, "printed-first": 6, "every-printing": 5, "search-wordings": 0, "swapped-words": 1,
    "became": 2, "outlets-by-kind": 4, "side-by-side": 1, "outlets-in-step": 1, "by-speaker": 5,
    "different-mouths": 4, "no-speaker": 1, "least-certain": 8, "only-one-outlet": 1, "shortened-quotes": 3,
    "late-rewordings": 1, "meaning-touched": 3, "one-outlet-two-wordings": 1, "revised-articles": 0,
    "where-from": 4, "who-follows-whom": 1, "said-again": 1,
    "quotes-by-day": 1, "articles-without-quotes": 1, "last-jobs": 1, "skipped-inputs": 1,
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


@pytest.mark.parametrize(("name", "parameters", "found"), ASKED)
def test_a_query_answers_with_parameters(get: Any, name: str, parameters: dict[str, str], found: int) -> None:
    assert count_rows(get(f"/quotes/{name}.json", params=parameters)) == found


def test_any_id_of_a_statement_gives_its_printings(get: Any, ids: dict[str, str]) -> None:
    for name in ("ferry", "ferry/1", "ferry/3"):
        assert count_rows(get("/quotes/every-printing.json", params={"id": ids[name]})) == 5
        assert count_rows(get("/quotes/where-from.json", params={"id": ids[name]})) == 4
    for query in ("every-printing", "where-from"):
        assert count_rows(get(f"/quotes/{query}.json", params={"id": "nope"})) == 0


def test_printings_of_one_day_are_all_first(get: Any) -> None:
    answer = get("/quotes/printed-first.json?words=ferry&_shape=objects").json()["rows"]
    assert answer[0]["first_outlets"] == "Harbour Daily, Inland Wire"


@pytest.mark.parametrize(
    "typed", ["'", '"', "%", "x; DROP TABLE quotes", "NEAR(", "-1", "9" * 40, "\u202e", "*"]
)
def test_odd_parameters_break_no_query(get: Any, typed: str) -> None:
    names = ("words", "id", "word", "before", "after", "outlet", "other_outlet", "speaker", "flag", "kind",
             "days", "reason", "rule", "outlets", "statements")  # fmt: skip
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
