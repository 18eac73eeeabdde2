"""What is kept of an article's setting is what its words say, however they change."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, NoReturn

import pytest
from fake_stages import fake_stages
from old_databases import MANIFEST

from quotes import pipeline, store
from quotes.errors import DatabaseError
from quotes.pipeline import Wanted
from quotes.store import settings
from quotes.text.traces import list_phrases

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from quotes.records import Setting

FIRST = "(SELECT min(article_id) FROM quotes)"
QUOTE = f"(SELECT min(id) FROM quotes WHERE article_id = {FIRST})"
OTHER = "(SELECT max(article_id) FROM quotes)"
NAMED = "Ines Corrigan of the Office of Harbour Works (OHW)"


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[store.Connection]:
    pipeline.index(Wanted(manifest=MANIFEST), tmp_path / "quotes.db", stages=fake_stages())
    with closing(store.open_quotes(tmp_path / "quotes.db")) as connection:
        yield connection


def read(connection: store.Connection) -> tuple[Setting, ...]:
    return store.read_people(connection).settings


def read_anew(connection: store.Connection) -> tuple[Setting, ...]:
    connection.execute("DELETE FROM match_settings")
    return read(connection)


def test_a_job_keeps_the_setting_of_each_article(
    opened: store.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    anew = read(opened)
    assert len(anew) == 4
    assert any(setting.names for setting in anew)
    assert len({row[0] for row in opened.execute("SELECT phrases FROM match_settings")}) == 4

    def refuse(*_: object) -> NoReturn:
        raise AssertionError("words were read again")

    monkeypatch.setattr(settings, "list_names", refuse)
    monkeypatch.setattr(settings, "list_phrases", refuse)
    monkeypatch.setattr(settings, "list_expansions", refuse)
    assert read(opened) == anew


def test_phrases_are_told_where_several_articles_have_them(opened: store.Connection) -> None:
    said = "The dredging contract annex was signed in a hurry before the winter storm"
    one, other, *rest = (row[0] for row in opened.execute("SELECT DISTINCT article_id FROM quotes"))
    change = "UPDATE quotes SET text = ? WHERE article_id = ?"
    opened.executemany(change, [(said, one), (f"{said}, they said, and the ferry never sailed", other)])
    told = {setting.article_id: setting.phrases for setting in read(opened)}
    assert told[one] == told[other] == frozenset(list_phrases(said))
    assert not any(told[article] for article in rest)


def test_short_names_are_kept_with_the_full_ones(opened: store.Connection) -> None:
    opened.execute(f"UPDATE quotes SET context_before = '{NAMED}' WHERE id = {QUOTE}")
    anew = read(opened)
    assert ("OHW", "Office of Harbour Works") in {pair for one in anew for pair in one.expansions}
    store.renew_settings(opened)
    assert opened.execute("SELECT count(*) FROM match_settings").fetchone()[0] == 4
    assert read(opened) == anew


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(f"UPDATE quotes SET text = text || ' {NAMED}' WHERE id = {QUOTE}", id="a quote's words"),
        pytest.param(
            f"UPDATE quotes SET context_before = '{NAMED}' WHERE id = {QUOTE}", id="words before it"
        ),
        pytest.param(f"UPDATE quotes SET context_after = '{NAMED}' WHERE id = {QUOTE}", id="words after it"),
        pytest.param(
            f"UPDATE quotes SET context_between = json_array('{NAMED}') WHERE id = {QUOTE}",
            id="words within it",
        ),
        pytest.param(f"UPDATE quotes SET article_id = {OTHER} WHERE id = {QUOTE}", id="a quote's article"),
        pytest.param(f"DELETE FROM quotes WHERE article_id = {FIRST}", id="quotes that are left out"),
        pytest.param(
            f"UPDATE articles SET title = 'harbour votes, says {NAMED}' WHERE id = {FIRST}", id="a title"
        ),
    ],
)
def test_what_changes_is_read_again(opened: store.Connection, change: str) -> None:
    before = read(opened)
    with store.immediate(opened):
        opened.execute(change)
    after = read(opened)
    assert after != before
    assert after == read_anew(opened)


def test_a_quote_that_is_new_is_read(opened: store.Connection) -> None:
    with store.immediate(opened):
        row = dict(opened.execute(f"SELECT * FROM quotes WHERE id = {QUOTE}").fetchone())
        row |= {
            "id": "0" * 16,
            "context_before": NAMED,
            "article_id": opened.execute(f"SELECT {OTHER}").fetchone()[0],
        }
        opened.execute(
            f"INSERT INTO quotes ({', '.join(row)}) VALUES ({', '.join('?' * len(row))})", (*row.values(),)
        )
    after = read(opened)
    assert any("Ines Corrigan" in setting.names for setting in after)
    assert after == read_anew(opened)


def test_an_article_of_another_id_leaves_nothing_under_the_former_one(opened: store.Connection) -> None:
    opened.execute("DELETE FROM quotes")  # without quotes, only the article's own row tells
    opened.execute("DELETE FROM article_speakers")
    store.renew_settings(opened)
    with store.immediate(opened):
        opened.execute(
            "UPDATE articles SET id = 'ffffffffffffffff' WHERE id = (SELECT min(id) FROM articles)"
        )
    assert opened.execute("SELECT count(*) FROM match_settings").fetchone()[0] == 3
    assert read(opened) == read_anew(opened)


@pytest.mark.parametrize(
    ("table", "row", "column", "value"),
    [
        ("articles", FIRST, "title", f"'harbour votes, says {NAMED}'"),
        ("quotes", QUOTE, "article_id", OTHER),
        ("quotes", QUOTE, "context_before", f"'{NAMED}'"),
    ],
)
def test_what_another_program_replaces_is_read_again(
    opened: store.Connection, tmp_path: Path, table: str, row: str, column: str, value: str
) -> None:
    before = read(opened)
    columns = [named[1] for named in opened.execute(f"PRAGMA table_info({table})")]
    values = ", ".join(value if name == column else name for name in columns)
    with closing(sqlite3.connect(tmp_path / "quotes.db", isolation_level=None)) as other:
        other.execute(f"REPLACE INTO {table} SELECT {values} FROM {table} WHERE id = {row}")
    after = read(opened)
    assert before != after
    assert after == read_anew(opened)


def test_a_row_that_somebody_wrote_is_found_and_mended(opened: store.Connection, tmp_path: Path) -> None:
    right = read(opened)
    assert pipeline.check(tmp_path / "quotes.db", stages=fake_stages()).found == ()
    article = opened.execute(f"SELECT {FIRST}").fetchone()[0]
    opened.execute("UPDATE match_settings SET names = '[5]' WHERE article_id = ?", (article,))
    checked = pipeline.check(tmp_path / "quotes.db", stages=fake_stages(), mend=True)
    assert [one.which for one in checked.found] == [(article,)]
    assert checked.left == ()
    assert read(opened) == right


@pytest.mark.parametrize("change", ["names = '5'", "phrases = x'010203'", "expansions = 'null'"])
def test_what_cannot_be_read_is_not_written(opened: store.Connection, change: str) -> None:
    with pytest.raises(DatabaseError, match="CHECK constraint"):
        opened.execute(f"UPDATE match_settings SET {change}")


def test_what_other_rules_read_is_read_again(
    opened: store.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    anew = read(opened)
    monkeypatch.setattr(settings, "VERSION", settings.VERSION + 1)
    monkeypatch.setattr(settings, "list_names", lambda _: iter(["Other Rules"]))
    assert {name for setting in read(opened) for name in setting.names} == {"Other Rules"}
    store.renew_settings(opened)
    monkeypatch.undo()
    assert read(opened) == anew
