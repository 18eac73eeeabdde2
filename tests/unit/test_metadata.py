"""metadata.yml against the schema and against db/queries: all is documented, and the three agree."""

from __future__ import annotations

import re
import sqlite3
from pathlib import Path
from typing import Any

import pytest
import yaml

from quotes.publish import bundled_metadata

ROOT = Path(__file__).resolve().parents[2]
METADATA: dict[str, Any] = yaml.safe_load(bundled_metadata().read_text(encoding="utf-8"))
TABLES: dict[str, Any] = METADATA["databases"]["quotes"]["tables"]
QUERIES: dict[str, Any] = METADATA["databases"]["quotes"]["queries"]
FILES = {
    path.stem: path.read_text(encoding="utf-8") for path in sorted((ROOT / "db" / "queries").glob("*.sql"))
}


def _load_schema() -> tuple[dict[str, list[str]], dict[str, set[str]], set[str]]:
    """Return the columns of each table, its columns that lead an index, and the full-text tables."""
    connection = sqlite3.connect(":memory:")
    for migration in sorted((ROOT / "db" / "migrations").glob("*.sql")):
        connection.executescript(migration.read_text(encoding="utf-8"))
    names = [
        row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type IN ('table', 'view')")
    ]
    full_text = {name for name in names if name.endswith("_fts")}
    plain = [n for n in names if not any(n.startswith(f) for f in full_text) and not n.startswith("sqlite_")]
    columns = {name: [row[1] for row in connection.execute(f"PRAGMA table_info({name})")] for name in plain}
    indexed = {}
    for name in plain:
        indexes = [row[1] for row in connection.execute(f"PRAGMA index_list({name})")]
        indexed[name] = {connection.execute(f"PRAGMA index_info({index})").fetchone()[2] for index in indexes}
        indexed[name] |= {row[1] for row in connection.execute(f"PRAGMA table_info({name})") if row[5] == 1}
    connection.close()
    return columns, indexed, full_text


COLUMNS, INDEXED, FULL_TEXT = _load_schema()
SMALL = {"outlets", "outlet_stats", "outlet_pair_stats"}


def test_every_table_is_described() -> None:
    assert set(TABLES) == set(COLUMNS) | {"_migrations"}  # the store's own record
    assert [name for name, table in TABLES.items() if not (table["title"] and table["description"])] == []


@pytest.mark.parametrize("table", sorted(COLUMNS))
def test_every_column_is_described(table: str) -> None:
    assert list(TABLES[table]["columns"]) == COLUMNS[table]
    assert all(TABLES[table]["columns"].values())


@pytest.mark.parametrize("table", sorted(COLUMNS))
def test_facets_and_sort_orders_have_an_index(table: str) -> None:
    settings = TABLES[table]
    facets = settings.get("facets", [])
    assert set(facets) <= INDEXED[table]
    order = settings.get("sort") or settings.get("sort_desc")
    assert order is None or order in INDEXED[table] or table in SMALL
    assert settings.get("label_column", COLUMNS[table][0]) in COLUMNS[table]
    assert 20 <= settings["size"] <= 100


def test_search_is_offered_where_there_is_a_full_text_table() -> None:
    assert {table["fts_table"] for table in TABLES.values() if "fts_table" in table} == FULL_TEXT


def test_queries_are_the_files_and_the_files_are_the_queries() -> None:
    assert set(QUERIES) == set(FILES)
    assert len(QUERIES) >= 25


@pytest.mark.parametrize("name", sorted(FILES))
def test_query_equals_its_file(name: str) -> None:
    """A file is a title comment, then exactly the `sql` of the query: mend metadata.yml where this fails."""
    title, _, sql = FILES[name].partition("\n")
    assert title == f"-- {QUERIES[name]['title']}"
    assert sql.strip() == QUERIES[name]["sql"].strip()


@pytest.mark.parametrize("name", sorted(FILES))
def test_every_parameter_is_explained(name: str) -> None:
    plain = re.sub(r"'[^']*'|--[^\n]*", "", QUERIES[name]["sql"])
    parameters = set(re.findall(r":(\w+)", plain))
    assert {p for p in parameters if not re.search(rf"\b{p}\b", QUERIES[name]["description"])} == set()


def test_no_query_hides_a_table() -> None:
    assert set(QUERIES) & (set(COLUMNS) | FULL_TEXT) == set()


def test_no_setting_that_breaks_pages() -> None:
    assert [name for name, table in TABLES.items() if "units" in table] == []
