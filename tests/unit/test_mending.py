"""What `quotes check` says of a database as a whole, and what it does to it, or leaves."""

from __future__ import annotations

import json
import shutil
import sqlite3
import threading
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner
from fake_stages import fake_stages
from sound_database import build, check, dump, spoil

from quotes import pipeline, store
from quotes.cli import main
from quotes.cli.maintaining import tell_checked
from quotes.errors import DatabaseError, LockedError
from quotes.store import mending

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("sound"))


@pytest.fixture
def folder(sound: Path, tmp_path: Path) -> Path:
    shutil.copytree(sound, tmp_path, dirs_exist_ok=True)
    return tmp_path


def test_a_damaged_page_is_found_and_nothing_is_mended_then(folder: Path) -> None:
    path = folder / "quotes.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        (page,) = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'quotes'").fetchone()
    data = bytearray(path.read_bytes())
    data[(page - 1) * 4096 : page * 4096] = b"\xee" * 4096
    path.write_bytes(bytes(data))
    lines = tell_checked(check(folder), "x.db")
    assert any("pages that are damaged" in line or "cannot be read" in line for line in lines)
    assert all("restore a copy" in line for line in lines if "damaged" in line)
    assert not any("\n" in line for line in lines)
    path.write_bytes(b"no database at all, only words " * 40)
    assert "what cannot be read" in tell_checked(check(folder), "x.db")[0]


def test_a_fault_is_told_without_other_advice_than_the_one_that_helps(folder: Path) -> None:
    """“See what check says” is no news from check itself, nor “name another file” of a cache."""
    path = folder / "quotes.db"
    (folder / "texts.db").write_bytes(b"no database at all, only words " * 40)
    (line,) = tell_checked(check(folder), "x.db")
    assert "texts.db: not a SQLite database); `quotes check --mend` sets it aside" in line
    told: list[str] = []
    with closing(store.open_texts(path, told.append)):
        assert "texts.db: not a SQLite database; kept as texts.db.broken, and a new one" in told[0]
    path.write_bytes(path.read_bytes()[:9_000])
    assert all("see what" not in line for line in tell_checked(check(folder), "x.db"))


def test_what_is_mended_as_far_as_that_goes_is_left_to_the_next_job_alone(folder: Path) -> None:
    spoil(folder / "quotes.db", "UPDATE quotes SET spans = '[[0, 3]]' WHERE last_revision IS NULL")
    assert "`quotes check --mend`, then `quotes index`" in tell_checked(check(folder), "x.db")[0]
    lines = tell_checked(check(folder, mend=True), "x.db")
    assert ["--mend" in line for line in lines] == [False] * len(lines)
    assert lines[-1].endswith("`quotes index` as usual, which analyses them again")


def test_an_index_that_is_not_that_of_its_table_is_built_again(folder: Path) -> None:
    before = dump(folder)
    spoil(
        folder / "quotes.db",
        "PRAGMA writable_schema = ON",
        "CREATE TABLE kept AS SELECT sql FROM sqlite_master WHERE name = 'quotes_kind'",
        "UPDATE sqlite_master SET sql = 'CREATE INDEX quotes_kind ON quotes (text)'"
        " WHERE name = 'quotes_kind'",
    )
    spoil(folder / "quotes.db", "REINDEX quotes_kind")
    spoil(
        folder / "quotes.db",
        "PRAGMA writable_schema = ON",
        "UPDATE sqlite_master SET sql = (SELECT sql FROM kept) WHERE name = 'quotes_kind'",
    )
    spoil(folder / "quotes.db", "DROP TABLE kept")
    assert any("indexes that are not those" in one.what for one in check(folder).found)
    assert check(folder, mend=True).left == ()
    assert dump(folder) == before


def test_work_that_waits_is_told_and_done(folder: Path) -> None:
    before = dump(folder)
    spoil(folder / "quotes.db", "UPDATE quotes SET kind = kind WHERE rowid = 1")
    (found,) = check(folder).found
    assert "wait to be grouped" in found.what
    assert len(found.which) == 1
    assert check(folder, mend=True).left == ()
    assert dump(folder) == before


def test_other_versions_are_told(folder: Path) -> None:
    found = check(folder, stages=fake_stages(rules="rules-2")).found
    assert ["other models or rules" in one.what for one in found] == [True]
    assert len(found[0].which) == 3
    spoil(folder / "quotes.db", "UPDATE match_versions SET version = 'before'")
    (derived,) = check(folder).found
    assert derived.what == "statements derived by before, not by fake"
    assert check(folder, mend=True).left == ()


def test_a_cache_that_cannot_be_used_is_set_aside(folder: Path) -> None:
    (folder / "texts.db").write_bytes(b"no database, just words " * 100)
    (found,) = check(folder).found
    assert "what cannot be used" in found.what
    assert check(folder, mend=True).left == ()
    assert (folder / "texts.db.broken").is_file()
    assert not (folder / "texts.db").exists()


def test_texts_that_are_not_what_was_read_are_found(folder: Path) -> None:
    spoil(folder / "texts.db", "UPDATE texts SET text = 'other words' WHERE rowid = 1")
    assert check(folder).found == (), "the quotes are not to blame"
    (found,) = check(folder, thoroughly=True).found
    assert "texts that are not what was read" in found.what
    assert check(folder, mend=True, thoroughly=True).left == ()


def test_a_database_without_its_cache_is_well(folder: Path) -> None:
    (folder / "texts.db").unlink()
    assert check(folder).found == ()
    assert not (folder / "texts.db").exists()


def test_whose_database_it_is_not_is_said(folder: Path) -> None:
    with pytest.raises(DatabaseError, match="no such database"):
        pipeline.check(folder / "none.db", mend=True, stages=fake_stages())
    assert not [*folder.glob("none*")]
    store.write_snapshot(folder / "quotes.db", folder / "published.db")
    with pytest.raises(DatabaseError, match="a published copy"):
        pipeline.check(folder / "published.db", stages=fake_stages())


def test_what_only_who_may_write_can_check_is_said(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with closing(sqlite3.connect(folder / "quotes.db")) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    for module in ("connect", "migrate"):
        monkeypatch.setattr(f"quotes.store.{module}.may_write", lambda _: False)
    found = check(folder).found
    assert [one.advice for one in found] == ["make the database and its folder writable, and check again"] * 4


def test_mending_waits_for_no_job_and_forgets_no_word(folder: Path) -> None:
    spoil(folder / "quotes.db", "UPDATE outlet_stats SET same_count = 99")
    raised: list[BaseException] = []

    def attempt() -> None:
        try:
            check(folder, mend=True)
        except LockedError as error:
            raised.append(error)

    with store.hold(folder / "quotes.db"):
        assert check(folder).found
        thread = threading.Thread(target=attempt)
        thread.start()
        thread.join()
    assert len(raised) == 1
    spoil(folder / "quotes.db", "PRAGMA application_id = 77")
    with pytest.raises(DatabaseError, match="merged by a speakers file; name it with --speakers"):
        check(folder, mend=True)


def test_mending_that_fails_leaves_everything(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    spoil(folder / "quotes.db", "UPDATE articles SET quote_count = 9")
    before = dump(folder)

    def fail(_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(mending, "mark_behind", fail)
    with pytest.raises(KeyboardInterrupt):
        check(folder, mend=True)
    assert dump(folder) == before


def run(*arguments: str) -> tuple[int, str]:
    done = CliRunner().invoke(main, ["check", *arguments])
    return done.exit_code, done.output


def test_words_of_an_article_move_no_cursor(folder: Path) -> None:
    spoil(folder / "quotes.db", "INSERT INTO word_swaps VALUES ('a' || char(10, 27) || '[2J', 'b', 1, 1)")
    (line,) = tell_checked(check(folder), "x.db")
    assert line.isprintable()


def test_the_verb_says_one_line_a_finding(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("quotes.pipeline.maintaining.load_stages", lambda *_: fake_stages())
    path = str(folder / "quotes.db")
    assert run("--db", path) == (0, f"{path}: all is well\n")
    spoil(folder / "quotes.db", "UPDATE outlet_stats SET same_count = 99")
    status, said = run("--db", path)
    assert status == 1
    assert said == (
        f"{path}: rows of outlet_stats that do not count what there is: 3 (north, south, west);"
        " `quotes check --mend` derives it again\n"
    )
    status, said = run("--db", path, "--json")
    assert status == 1
    assert json.loads(said)["left"][0]["which"] == ["north", "south", "west"]
    status, said = run("--db", path, "--mend")
    assert status == 0
    assert said.splitlines() == [
        f"{path}: mended: rows of outlet_stats that do not count what there is: 3 (north, south, west)",
        f"{path}: all is well",
    ]
