"""JSON Lines: Datasette's tables, rows and queries at `.jsonl`, and `quotes export`."""

from __future__ import annotations

import json
import sqlite3
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner
from payloads import PAYLOADS
from poisoned import tell_again
from test_find import tell

from quotes import store
from quotes.cli import main

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

pytestmark = pytest.mark.web


@pytest.fixture
def get(fetch: Callable[..., Any], database: Path, metadata: dict[str, Any]) -> Any:
    return fetch(database, metadata=metadata)


def read(response: Any) -> list[dict[str, Any]]:
    assert response.headers["content-type"] == "application/x-ndjson; charset=utf-8"
    assert response.text == "" or response.text.endswith("\n")
    return [json.loads(line) for line in response.text.splitlines()]


@pytest.mark.parametrize(
    "page", ["/quotes/outlets", "/quotes/statements", "/quotes/drifted-most", "/quotes/became?before=will"]
)
def test_lines_hold_what_json_holds(get: Any, page: str) -> None:
    path, mark, query = page.partition("?")
    wanted = get(f"{path}.json?_shape=objects&{query}").json()["rows"]
    assert wanted
    response = get(f"{path}.jsonl{mark}{query}")
    assert response.status_code == 200
    assert read(response) == wanted
    assert response.headers["x-content-type-options"] == "nosniff"


def test_a_row_and_a_query_of_ones_own(get: Any, ids: dict[str, str]) -> None:
    (row,) = read(get(f"/quotes/statements/{ids['ferry']}.jsonl"))
    assert row["id"] == ids["ferry"]
    sql = "select 1 as one, 9e999 as much, -9e999 as little, x'ff' as bytes, null as none, 'ö\n\"' as text"
    (row,) = read(get("/quotes.jsonl", params={"sql": sql}))
    assert row["one"] == 1
    assert row["much"] is row["little"] is row["none"] is None
    assert row["bytes"] == {"$base64": True, "encoded": "/w=="}
    assert row["text"] == 'ö\n"'


def test_labels_are_plain_values(get: Any) -> None:
    plain, labelled = (get(f"/quotes/quotes.jsonl?_size=3{labels}") for labels in ("", "&_labels=on"))
    assert read(plain) == read(labelled)
    assert len(read(plain)) == 3


def test_the_next_page_stands_in_the_header(get: Any) -> None:
    first = get("/quotes/outlets.jsonl?_size=3")
    assert first.headers["link"].endswith('>; rel="next"')
    rest = get(first.headers["link"].partition(">")[0].removeprefix("<http://localhost"))
    assert "link" not in rest.headers
    assert len(read(first)) == 3
    assert {row["id"] for row in read(first) + read(rest)} == {
        row["id"] for row in read(get("/quotes/outlets.jsonl"))
    }


def test_what_went_wrong_is_a_line(get: Any) -> None:
    response = get("/quotes.jsonl", params={"sql": "select nope"})
    assert response.status_code == 400
    assert read(response) == [{"ok": False, "error": "no such column: nope"}]


def test_pages_of_ours_link_to_it_and_of_others_not(get: Any, fetch: Any, tmp_path: Path) -> None:
    assert "/quotes/outlets.jsonl" in get("/quotes/outlets").text
    connection = sqlite3.connect(tmp_path / "foreign.db")
    connection.execute("CREATE TABLE outlets (id)")
    connection.close()
    assert ".jsonl" not in fetch(tmp_path / "foreign.db")("/foreign/outlets").text


def test_a_line_is_a_row_whatever_its_text(fetch: Any, database: Path, tmp_path: Path) -> None:
    tell_again(tmp_path / "quotes.db", database, PAYLOADS)
    get = fetch(tmp_path / "quotes.db")
    for table in ("speakers", "articles", "quotes"):
        wanted = get(f"/quotes/{table}.json?_shape=objects&_size=max").json()["rows"]
        response = get(f"/quotes/{table}.jsonl?_size=max")
        assert [json.loads(line) for line in response.text.split("\n")[:-1]] == wanted
        assert len(wanted) > len(PAYLOADS)


def test_allow_rules_hold(fetch: Any, database: Path) -> None:
    get = fetch(database, metadata={"databases": {"quotes": {"tables": {"outlets": {"allow": False}}}}})
    assert get("/quotes/outlets.jsonl").status_code == 403


# What no function of Python is given: text that is not UTF-8, which `quotes index` never writes.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_visitors_may_use_the_functions(get: Any) -> None:
    sql = "select word_diff('we will', text) as diff, similarity(text, text) as same from wordings limit 9"
    rows = read(get("/quotes.jsonl", params={"sql": sql}))
    assert {row["same"] for row in rows} == {1.0}
    assert all(row["diff"] for row in rows)
    assert (
        get("/quotes.json", params={"sql": "select word_diff(cast(x'ff' as text), 'a')"}).status_code == 400
    )


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """The story in a file that the command line takes for one of its own."""
    tell(tmp_path / "story.db")
    return tmp_path / "story.db"


def export(database: Path, *options: str) -> Any:
    return CliRunner().invoke(main, ["export", "--db", str(database), *options])


def test_export_prints_every_statement_in_order(own: Path, ids: dict[str, str]) -> None:
    done = export(own)
    assert done.exit_code == 0, done.output
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert [line["id"] for line in lines] == sorted(ids[name] for name in ("ferry", "boats", "chant"))
    (ferry,) = (line for line in lines if line["id"] == ids["ferry"])
    assert ferry["page"] == f"/-/quotes/statement/{ids['ferry']}"
    assert ferry["mouths"][0]["speaker"] == "Odile Varn"
    assert ferry["wordings"][0]["kind"] == "reference"
    assert len(ferry["wordings"]) == 4
    assert {change["meaning_flag"] for change in ferry["changes"]} >= {"modality", "number", "negation"}
    printings = [printing for wording in ferry["wordings"] for printing in wording["printings"]]
    assert {printing["outlet"] for printing in printings} >= {"Harbour Daily", "The Lamp", "Quay Post"}


def test_one_statement_is_the_same_object(fetch: Any, own: Path, ids: dict[str, str]) -> None:
    lines = {line["id"]: line for line in map(json.loads, export(own).stdout.splitlines())}
    get = fetch(own)
    for name in ("ferry", "ferry/1", "boats"):
        response = get(f"/-/quotes/statement/{ids[name]}.json")
        assert response.headers["content-type"] == "application/json; charset=utf-8"
        assert response.json() == lines[ids[name.partition("/")[0]]]
    missing = get("/-/quotes/statement/nope.json")
    assert missing.status_code == 404
    assert missing.json()["ok"] is False
    denied = fetch(own, metadata={"databases": {"story": {"tables": {"changes": {"allow": False}}}}})
    assert denied(f"/-/quotes/statement/{ids['ferry']}.json").status_code == 403


def test_export_may_be_narrowed(own: Path, ids: dict[str, str]) -> None:
    def names(*options: str) -> set[str]:
        found = {json.loads(line)["id"] for line in export(own, *options).stdout.splitlines()}
        return {name for name in ("ferry", "boats", "chant") if ids[name] in found}

    assert names("--since", "2026-03-06") == {"ferry"}
    assert names("--speaker", "odile varn") == {"ferry"}
    assert names("--speaker", ids["ferry"]) == set()
    assert "no speaker has the name or id Nobody" in export(own, "--speaker", "Nobody").stderr
    assert export(own, "--speaker", "Nobody").exit_code == 1
    assert export(own.with_name("none.db")).exit_code == 1


def test_export_holds_few_statements_at_once(own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("quotes.store.export._AT_ONCE", 1)
    asked: list[int] = []
    assemble = store.statement.assemble_statements

    def count(connection: Any, chosen: Any) -> Any:
        asked.append(len([*chosen]))
        return assemble(connection, chosen)

    monkeypatch.setattr("quotes.store.export.assemble_statements", count)
    assert len(export(own).stdout.splitlines()) == 3
    assert asked == [1, 1, 1]
