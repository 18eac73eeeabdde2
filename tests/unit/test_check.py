"""`quotes check` finds every kind of damage, and `--mend` mends what it says it mends."""

from __future__ import annotations

import json
import shutil
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner
from fake_stages import fake_stages

from quotes import pipeline, store
from quotes.cli import main
from quotes.cli.maintaining import tell_checked
from quotes.errors import DatabaseError, LockedError
from quotes.pipeline import Wanted
from quotes.sources import Source
from quotes.store import mending

if TYPE_CHECKING:
    from pathlib import Path

    from quotes.pipeline import Checked

STORY = {
    "north": "“The bridge is unsafe,” Ann Reed said. “Take good care,” said Pike.",
    "south": "“The bridge is shaky,” Reed said. It shook.",
    "west": "“The bridge is unsafe,” Reed said. “Nobody asked us about it.”",
}


def write_story(folder: Path, **changed: str) -> None:
    lines = [
        {"text": text, "outlet": outlet, "url": f"https://{outlet}.example/1", "published": "2025-03-04"}
        for outlet, text in {**STORY, **changed}.items()
    ]
    (folder / "story.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")


def index(folder: Path, **options: Any) -> None:
    stages = fake_stages(**options)
    pipeline.index(Wanted((Source(folder / "story.jsonl"),)), folder / "quotes.db", stages=stages)


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with an article that its outlet changed, and the file it was made of."""
    folder = tmp_path_factory.mktemp("sound")
    write_story(folder)
    index(folder)
    write_story(folder, north=STORY["north"].replace("unsafe", "quite unsafe today"))
    index(folder)
    return folder


@pytest.fixture
def folder(sound: Path, tmp_path: Path) -> Path:
    shutil.copytree(sound, tmp_path, dirs_exist_ok=True)
    return tmp_path


def spoil(path: Path, *statements: str) -> None:
    """Change a database as no job of ours would."""
    with closing(sqlite3.connect(path)) as connection:
        for statement in statements:
            connection.execute(statement)
        connection.commit()


def dump(folder: Path) -> list[str]:
    with closing(store.open_quotes(folder / "quotes.db")) as opened:
        return [*store.dump(opened)]


def check(folder: Path, mend: bool = False, **options: Any) -> Checked:
    stages = options.pop("stages", None) or fake_stages()
    return pipeline.check(folder / "quotes.db", mend=mend, stages=stages, **options)


def test_all_is_well_after_a_job(folder: Path) -> None:
    before = dump(folder)
    checked = check(folder, thoroughly=True)
    assert checked.found == ()
    assert tell_checked(checked, "x.db") == ["x.db: all is well"]
    assert check(folder, mend=True).left == ()
    assert dump(folder) == before


FIRST = "(SELECT min(id) FROM {})"
DERIVED = {
    "counts of a statement": ("UPDATE statements SET quote_count = 9", "statements whose counts"),
    "outlets of a statement": ("UPDATE statements SET outlet_count = 9", "statements whose counts"),
    "two references": ("UPDATE wordings SET is_reference = 1", "statements whose counts"),
    "counts of a wording": ("UPDATE wordings SET quote_count = 9", "wordings whose counts"),
    "a statement of nobody": (
        "INSERT INTO statements (id, label, first_outlets, quote_count, wording_count, outlet_count, drift,"
        " worst_change, disputed_speaker) VALUES ('x', 'x', '[]', 0, 0, 0, 0, 'reference', 0)",
        "statements whose counts",
    ),
    "a quote in another wording": (
        "UPDATE quotes SET wording_id = (SELECT id FROM wordings AS w"
        " WHERE w.statement_id <> quotes.statement_id) WHERE statement_id IS NOT NULL",
        "quotes in a wording of another statement",
    ),
    "a quote in another statement": (
        "UPDATE quotes SET (statement_id, wording_id) = (SELECT statement_id, id FROM wordings AS w"
        " WHERE w.statement_id <> quotes.statement_id) WHERE statement_id IS NOT NULL",
        "quotes in another statement than they are grouped into",
    ),
    "a quote in no statement": (
        "UPDATE quotes SET statement_id = NULL, wording_id = NULL",
        "quotes in another statement than they are grouped into",
    ),
    "a group of a quote that is not": (
        "INSERT INTO match_quotes VALUES ('x', 1, 'y')",
        "quotes grouped that there are not",
    ),
    "a change of another statement": (
        "UPDATE changes SET statement_id ="
        " (SELECT id FROM statements AS s WHERE s.id <> changes.statement_id)",
        "changes of a wording of another statement",
    ),
    "no changes": ("DELETE FROM changes", "wordings that changed words, without a change"),
    "another speaker": (
        "UPDATE quotes SET speaker_id = (SELECT id FROM speakers AS s WHERE s.id <> quotes.speaker_id)",
        "quotes of another speaker",
    ),
    "a speaker of nothing": (
        "INSERT INTO speakers (id, name, kind) VALUES ('x', 'X', 'person')",
        "speakers that no article names",
    ),
    "an outlet of nothing": (
        "INSERT INTO outlets (id, name) VALUES ('x', 'X')",
        "outlets without an article",
    ),
    "a former id that leads nowhere": (
        "INSERT INTO statement_aliases VALUES ('x', 'y')",
        "rows of statement_aliases that lead to no row of statements",
    ),
    "quotes of a speaker": ("UPDATE speakers SET quote_count = 99", "rows of speakers that do not count"),
    "an outlet's figures": ("UPDATE outlet_stats SET same_count = 99", "rows of outlet_stats that do not"),
    "a lost figure": ("DELETE FROM speaker_outlet_stats", "rows of speaker_outlet_stats that do not"),
    "a pair's figures": (
        "UPDATE outlet_pair_stats SET statement_count = 99",
        "rows of outlet_pair_stats that do not",
    ),
    "a day's figures": ("INSERT INTO daily_counts VALUES ('2020-01-01', 1, 1, 1)", "rows of daily_counts"),
    "a swap": ("INSERT INTO word_swaps VALUES ('a', 'b', 1, 1)", "rows of word_swaps that do not"),
    "a search index": (
        "INSERT INTO quotes_fts (quotes_fts) VALUES ('delete-all')",
        "search index quotes_fts",
    ),
    "another search index": (
        "INSERT INTO speakers_fts (rowid, name) VALUES (77, 'nobody')",
        "search index speakers_fts",
    ),
    "considered for no quote": (
        "INSERT INTO considered_speakers VALUES ('x', 0, 'x', NULL, 'r', 0.5, '[0, 1]')",
        "rows of considered_speakers that lead to no row of quotes",
    ),
    "a statement that is not": (
        f"UPDATE quotes SET statement_id = 'x' WHERE id = {FIRST.format('quotes')}",
        "rows of quotes that lead to no row of statements",
    ),
    "a speaker that is not": (
        f"UPDATE article_speakers SET speaker_id = 'x' WHERE id = {FIRST.format('article_speakers')}",
        "rows of article_speakers that lead to no row of speakers",
    ),
}


@pytest.mark.parametrize("kind", DERIVED)
def test_what_is_derived_is_found_and_mended(folder: Path, kind: str) -> None:
    before = dump(folder)
    statement, what = DERIVED[kind]
    spoil(folder / "quotes.db", "DROP TRIGGER quotes_pending_update", statement, "DELETE FROM match_pending")
    spoil_back(folder)
    checked = check(folder)
    assert any(what in one.what for one in checked.found), checked.found
    assert all(one.can_be_mended for one in checked.found)
    assert check(folder, mend=True).left == ()
    assert dump(folder) == before


def spoil_back(folder: Path) -> None:
    """Put the trigger back that would have told of the damage."""
    from pathlib import Path as Path_

    with closing(store.open_quotes(Path_(":memory:"))) as fresh:
        sql = fresh.execute("SELECT sql FROM sqlite_master WHERE name = 'quotes_pending_update'").fetchone()[
            0
        ]
    spoil(folder / "quotes.db", sql)


READ = {
    "the number of quotes": ("UPDATE articles SET quote_count = 9", "articles with another number of quotes"),
    "a lost quote": (
        "DELETE FROM quotes WHERE id = (SELECT max(id) FROM quotes WHERE last_revision IS NULL)",
        "articles with another number of quotes",
    ),
    "another day": (
        "UPDATE quotes SET published = '2020-01-01' WHERE last_revision IS NULL",
        "quotes of another outlet or day",
    ),
    "another outlet": ("UPDATE quotes SET outlet_id = 'south'", "quotes of another outlet or day"),
    "a span": ("UPDATE quotes SET spans = '[[2, 9]]' WHERE last_revision IS NULL", "do not stand where"),
    "a span beyond the end": (
        "UPDATE quotes SET spans = '[[2, 9999]]' WHERE last_revision IS NULL",
        "do not stand where",
    ),
    "words": ("UPDATE quotes SET text = 'other words' WHERE last_revision IS NULL", "do not stand where"),
    "context": ("UPDATE quotes SET context_after = 'x' WHERE last_revision IS NULL", "do not stand where"),
    "a speaker as printed": (
        "UPDATE quotes SET speaker_as_printed = 'x' WHERE speaker_as_printed IS NOT NULL"
        " AND last_revision IS NULL",
        "do not stand where",
    ),
    "a speaker of another article": (
        "UPDATE quotes SET article_speaker_id = (SELECT id FROM article_speakers AS s"
        " WHERE s.article_id <> quotes.article_id) WHERE article_speaker_id IS NOT NULL"
        " AND last_revision IS NULL",
        "quotes attributed to a speaker of another article",
    ),
    "a speaker that is not": (
        "UPDATE quotes SET article_speaker_id = 'x' WHERE article_speaker_id IS NOT NULL"
        " AND last_revision IS NULL",
        "rows of quotes that lead to no row of article_speakers",
    ),
    "an outlet that is not": (
        "UPDATE articles SET outlet_id = 'x' WHERE outlet_id = 'north'",
        "rows of articles that lead to no row of outlets",
    ),
}


@pytest.mark.parametrize("kind", READ)
def test_what_was_read_is_found_marked_and_read_again(folder: Path, kind: str) -> None:
    before = dump(folder)
    statement, what = READ[kind]
    spoil(folder / "quotes.db", statement)
    checked = check(folder)
    assert any(what in one.what for one in checked.found), checked.found
    left = check(folder, mend=True).left
    assert any("other models or rules" in one.what for one in left)
    index(folder)
    assert check(folder).found == ()
    assert dump(folder) == before


FOREVER = {
    "a revision that is not kept": ("DELETE FROM revisions", "former quotes whose revision is not kept"),
    "a revision to come": ("UPDATE quotes SET first_revision = 7", "revision that their article has not had"),
    "too many revisions": ("UPDATE articles SET revision = 1", "articles that have not had so many"),
    "altered into another article": (
        "UPDATE quotes SET altered_to_id ="
        " (SELECT id FROM quotes AS n WHERE n.article_id <> quotes.article_id)"
        " WHERE last_revision IS NOT NULL",
        "altered into a quote of another article",
    ),
    "altered and standing": (
        "UPDATE quotes SET altered_to_id = (SELECT id FROM quotes AS n WHERE n.article_id = quotes.article_id"
        " AND n.id <> quotes.id) WHERE last_revision IS NULL",
        "stand in their article all the same",
    ),
    "removed by nobody": ("UPDATE articles SET removed = 'gone'", "articles that are removed without a job"),
    "an article that no job read": (
        "UPDATE articles SET last_run_id = 99",
        "rows of articles that lead to no row of runs",
    ),
    "a former quote's words": (
        "UPDATE quotes SET text = 'x' WHERE last_revision IS NOT NULL",
        "in the text that was read for a former revision",
    ),
}


@pytest.mark.parametrize("kind", FOREVER)
def test_what_nobody_can_know_is_left_to_a_copy(folder: Path, kind: str) -> None:
    statement, what = FOREVER[kind]
    spoil(folder / "quotes.db", statement)
    found = [one for one in check(folder).found if what in one.what]
    assert found
    assert "restore a copy" in found[0].advice
    articles = [line for line in dump(folder) if line.startswith("articles ")]
    assert any(what in one.what for one in check(folder, mend=True).left)
    assert [line for line in dump(folder) if line.startswith("articles ")] == articles


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


def test_mending_waits_for_no_job_and_forgets_no_word(folder: Path) -> None:
    from threading import Thread

    spoil(folder / "quotes.db", "UPDATE outlet_stats SET same_count = 99")
    raised: list[BaseException] = []

    def attempt() -> None:
        try:
            check(folder, mend=True)
        except LockedError as error:
            raised.append(error)

    with store.hold(folder / "quotes.db"):
        assert check(folder).found
        thread = Thread(target=attempt)
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
