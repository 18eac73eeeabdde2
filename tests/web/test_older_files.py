"""Files that an older version wrote, in a Datasette that nothing of ours started."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest
from our_pages import FEEDS, FILES, MISSING, PAGES, PICTURES

from quotes.store.migrate import find_data, split_statements

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.web
MIGRATIONS = sorted((find_data() / "migrations").glob("[0-9]*.sql"))
NEEDED = 6  # migrations that bring what pages read; the later ones bring what only jobs do


def write_older(path: Path, size: int) -> Path:
    """Write a file as a former version left it, with so many of the migrations."""
    with closing(sqlite3.connect(path)) as connection:
        for migration in MIGRATIONS[:size]:
            for statement in split_statements(migration.read_text(encoding="utf-8")):
                connection.execute(statement)
        connection.commit()
    return path


@pytest.fixture
def older(tmp_path: Path) -> Path:
    """A file as the last version left it that did not write all that pages read."""
    return write_older(tmp_path / "older.db", NEEDED - 1)


@pytest.mark.parametrize("size", range(1, NEEDED))
def test_a_file_that_lacks_what_pages_read_is_told_as_such(fetch: Any, tmp_path: Path, size: int) -> None:
    response = fetch(write_older(tmp_path / "older.db", size))("/-/quotes")
    assert response.status_code == 404
    assert "written by an older version of Quote Drift: run `quotes index`" in response.text


@pytest.mark.parametrize("size", range(NEEDED, len(MIGRATIONS) + 1))
def test_a_file_that_lacks_what_only_jobs_read_is_shown(fetch: Any, tmp_path: Path, size: int) -> None:
    response = fetch(write_older(tmp_path / "older.db", size))("/-/quotes")
    assert response.status_code == 200
    assert "older version" not in response.text


def test_every_address_says_that_a_file_is_older(fetch: Any, older: Path, ids: dict[str, str]) -> None:
    get = fetch(older)
    for page in (PAGES[0], *MISSING, FEEDS[0], *PICTURES, *FILES):
        if page.startswith("/-/quotes"):
            response = get(page.format(**ids))
            assert response.status_code == 404, page
            assert "older version" in response.text, page


def test_datasette_shows_an_older_file_without_us(fetch: Any, older: Path) -> None:
    get = fetch(older)
    for page in ("/", "/older", "/older/quotes", "/older/statements"):
        response = get(page)
        assert response.status_code == 200
        assert "/-/quotes" not in response.text


def test_a_current_file_is_shown_beside_an_older_one(
    fetch: Any, older: Path, database: Path, ids: dict[str, str]
) -> None:
    get = fetch(older, database)
    assert get("/-/quotes").status_code == 200
    assert get(f"/-/quotes/statement/{ids['boats']}").status_code in {200, 302}
    assert "older version" in get("/-/quotes?database=older").text


def test_a_file_that_lacks_a_table_is_older(fetch: Any, tmp_path: Path, database: Path) -> None:
    lacking = tmp_path / "quotes.db"
    lacking.write_bytes(database.read_bytes())
    with closing(sqlite3.connect(lacking)) as connection:
        connection.execute("DROP TABLE considered_speakers")
    assert "older version" in fetch(lacking)("/-/quotes").text


def test_counts_that_the_next_job_brings_are_told_to_be_missing(
    fetch: Any, after: Any, database: Path
) -> None:
    assert "Some counts are missing" not in fetch(database)("/-/quotes/outlets").text
    response = after(("DELETE FROM speaker_outlet_stats", [[]]))("/-/quotes/outlets")
    assert response.status_code == 200
    assert "Some counts are missing here: an older version" in response.text
