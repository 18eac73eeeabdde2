"""quotes.db: migrations, one transaction an article, and only differences written."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from quotes import store
from quotes.errors import DatabaseError
from quotes.records import (
    Article,
    Attribution,
    LocalSpeaker,
    Quote,
    Speaker,
    Statement,
    Unreadable,
    Wording,
)
from quotes.store import Analysed
from quotes.store.migrate import migrate, split_statements
from quotes.store.rows import cut_after, cut_before, list_between
from quotes.store.write import replace_rows

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[2]
TEXT = "Rain. “We stay,” Ann Reed said. “We wait.”"


def analysed(text: str = TEXT, published: str | None = "2024-05-06") -> Analysed:
    article = Article(
        "a1", "The Desk", text, "desk/a.txt", published=published, url="https://www.desk.example/1"
    )
    start = text.index("“") + 1
    end = text.index("”")
    speaker = text.index("Ann Reed")
    return Analysed(
        article,
        (
            Quote(
                "q1",
                "a1",
                ((start, end), (text.rindex("“") + 1, len(text) - 1)),
                "We stay, We wait.",
                "sentence",
            ),
        ),
        (Attribution("q1", (speaker, speaker + 8), (speaker + 9, speaker + 13), "after", 0.123456),),
        (LocalSpeaker("l1", "a1", "Ann Reed", "person", "mayor", ("Ann Reed",)),),
        {"q1": "l1"},
        {},
        "v1",
    )


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[store.Connection]:
    with closing(store.open_quotes(tmp_path / "quotes.db")) as opened:
        yield opened


def test_the_schema_file_is_what_the_migrations_make() -> None:
    written = (ROOT / "db" / "schema.sql").read_text(encoding="utf-8")
    assert store.describe_schema() == written, "write store.describe_schema() to db/schema.sql again"


def test_a_database_is_migrated_once_and_opened_again(tmp_path: Path) -> None:
    for _ in range(2):
        with closing(store.open_quotes(tmp_path / "new" / "quotes.db")) as opened:
            assert opened.execute("PRAGMA journal_mode").fetchone()[0] == "wal"
            assert opened.execute("PRAGMA foreign_keys").fetchone()[0] == 1
            assert [row[0] for row in opened.execute("SELECT name FROM _migrations")] == [
                "0001_initial.sql",
                "0002_evidence.sql",
                "0003_lineage.sql",
                "0004_grouping.sql",
                "0005_pages.sql",
                "0006_jobs.sql",
                "0007_settings.sql",
            ]


def test_a_failing_migration_leaves_no_trace(tmp_path: Path) -> None:
    folder = tmp_path / "migrations"
    folder.mkdir()
    (folder / "0001_a.sql").write_text("CREATE TABLE a (x TEXT) STRICT;")
    (folder / "0002_b.sql").write_text("CREATE TABLE b (x TEXT) STRICT; CREATE TABLE a (x TEXT) STRICT;")
    with closing(
        sqlite3.connect(tmp_path / "x.db", factory=store.Connection, isolation_level=None)
    ) as opened:
        with pytest.raises(DatabaseError, match="already exists"):
            migrate(opened, folder)
        assert opened.execute("SELECT count(*) FROM sqlite_master").fetchone()[0] == 0
        (folder / "0002_b.sql").write_text("CREATE TABLE b (x TEXT) STRICT;")
        migrate(opened, folder)
        (folder / "0002_b.sql").unlink()
        with pytest.raises(DatabaseError, match=r"newer version \(0002_b.sql\)"):
            migrate(opened, folder)


def test_statements_with_semicolons_inside_are_not_cut() -> None:
    trigger = "CREATE TRIGGER t AFTER INSERT ON a BEGIN DELETE FROM a; SELECT ';'; END;"
    script = f"-- a; comment\nCREATE TABLE a (x TEXT);\n{trigger}\n-- the end"
    assert list(split_statements(script)) == ["-- a; comment\nCREATE TABLE a (x TEXT);", trigger]


@pytest.mark.parametrize(
    ("content", "message"),
    [(b"no database at all, just words " * 100, "not a SQLite database"), (None, "holds other tables")],
)
def test_files_that_are_none_of_ours_are_left_alone(
    tmp_path: Path, content: bytes | None, message: str
) -> None:
    path = tmp_path / "other.db"
    if content is None:
        with closing(sqlite3.connect(path)) as other:
            other.execute("CREATE TABLE recipes (name TEXT)")
    else:
        path.write_bytes(content)
    before = path.read_bytes()
    for create in (True, False):
        with pytest.raises(DatabaseError, match=message) as caught:
            store.open_quotes(path, create)
        assert str(path) in str(caught.value)
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


def test_a_database_that_cannot_be_written_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "quotes # 1.db"
    store.open_quotes(path).close()
    before = path.read_bytes()
    monkeypatch.setattr("quotes.store.connect.may_write", lambda _: False)
    monkeypatch.setattr("quotes.store.migrate.may_write", lambda _: False)
    with closing(store.open_quotes(path, create=False)) as opened:
        assert store.read_changes(opened) == 0
        with pytest.raises(DatabaseError, match="cannot be written"):
            opened.execute("DELETE FROM runs")
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]
    with closing(sqlite3.connect(path)) as old:
        old.execute("PRAGMA journal_mode = DELETE")
        old.execute("DELETE FROM _migrations")
        old.execute("DROP TABLE _migrations")
        old.commit()
    with pytest.raises(DatabaseError, match="holds other tables"):
        store.open_quotes(path, create=False)
    path.write_bytes(b"")
    with pytest.raises(DatabaseError, match="cannot be written"):
        store.open_quotes(path, create=False)


def test_a_missing_database_is_made_only_where_that_was_asked_for(tmp_path: Path) -> None:
    with pytest.raises(DatabaseError, match="no such database"):
        store.open_quotes(tmp_path / "quotes.db", create=False)
    assert list(tmp_path.iterdir()) == []
    (tmp_path / "file").write_text("")
    with pytest.raises(DatabaseError, match="cannot be opened"):
        store.open_quotes(tmp_path / "file" / "quotes.db")


def test_texts_stand_beside_the_database_they_belong_to(tmp_path: Path) -> None:
    for name, beside in (("quotes.db", "texts.db"), ("story.db", "story.texts.db")):
        with closing(store.open_texts(tmp_path / name)) as texts:
            assert store.read_annotation(texts, "Rain.", "v1") is None
            store.write_annotation(texts, "Rain.", "v1", b"old")
            store.write_annotation(texts, "Rain.", "v1", b"new")
            assert store.read_annotation(texts, "Rain.", "v1") == b"new"
            assert store.read_annotation(texts, "Rain.", "v2") is None
        assert (tmp_path / beside).is_file()


def test_an_article_is_written_with_its_evidence(connection: store.Connection) -> None:
    run = store.start_run(connection, "2024-05-06T10:00:00+00:00", "0", "m")
    store.write_article(connection, analysed(), run)
    quote = dict(connection.execute("SELECT * FROM quotes").fetchone())
    assert quote == {
        "id": "q1", "text": "We stay, We wait.", "speaker_id": None, "speaker_as_printed": "Ann Reed",
        "cue": "said", "attribution_rule": "after", "confidence": 0.1235, "no_speaker_reason": None,
        "outlet_id": "the-desk", "article_id": "a1", "article_speaker_id": "l1", "published": "2024-05-06",
        "statement_id": None, "wording_id": None, "kind": "sentence",
        "context_before": "Rain. “", "context_after": "”",
        "context_between": '["” Ann Reed said. “"]', "spans": "[[7, 15], [33, 41]]",
        "inside_quote_id": None, "speaker_span": "[17, 25]", "cue_span": "[26, 30]", "resolution": None,
        "credited": None, "first_revision": 1, "last_revision": None, "altered_to_id": None,
        "evidence": '[["Rain. “", null], ["We stay,", "quote"], ["” ", null], ["Ann Reed", "speaker"],'
        ' [" ", null], ["said", "cue"], [". “", null], ["We wait.", "quote"], ["”", null]]',
    }  # fmt: skip
    assert dict(connection.execute("SELECT * FROM outlets").fetchone()) == {
        "id": "the-desk",
        "name": "The Desk",
        "domain": "desk.example",
    }
    assert store.read_changes(connection) == 1


def test_credits_are_kept_as_printed(connection: store.Connection) -> None:
    run = store.start_run(connection, "now", "1", "m")
    store.write_article(connection, replace(analysed(), credits=("AP",), credited={"q1": "The Gull"}), run)
    article = connection.execute("SELECT kind, credits FROM articles").fetchone()
    assert tuple(article) == ("article", '["AP"]')
    assert connection.execute("SELECT credited FROM quotes").fetchone()[0] == "The Gull"
    transcript = replace(analysed().article, kind="transcript")
    assert store.compare_article(connection, transcript, "v1") == "changed"
    store.write_article(connection, replace(analysed(), article=transcript), run)
    article = connection.execute("SELECT kind, credits FROM articles").fetchone()
    assert tuple(article) == ("transcript", "[]")
    assert connection.execute("SELECT credited FROM quotes").fetchone()[0] is None


def test_a_quote_without_a_speaker_says_why(connection: store.Connection) -> None:
    run = store.start_run(connection, "now", "0", "m")
    found = analysed()
    pronoun = (replace(found.attributions[0], speaker=(0, 4)),)
    for attributions, printed, reason in (((), None, "no cue"), (pronoun, "Rain", "could be two people")):
        changed = replace(
            found, attributions=attributions, speakers=(), speaker_of={}, reasons={"q1": reason}
        )
        store.write_article(connection, changed, run)
        row = connection.execute("SELECT speaker_as_printed, no_speaker_reason FROM quotes").fetchone()
        assert tuple(row) == (printed, reason)


def test_an_article_that_cannot_be_written_whole_is_not_written(connection: store.Connection) -> None:
    run = store.start_run(connection, "now", "0", "m")
    store.write_article(connection, analysed(), run)
    before = list(store.dump(connection))
    good = analysed(TEXT.replace("Rain", "Snow"))
    bad = Quote("q2", "a1", ((0, 1),), "S", "no such kind")
    with pytest.raises(DatabaseError, match="CHECK"):
        store.write_article(connection, replace(good, quotes=(*good.quotes, bad), stages_version="v2"), run)
    assert list(store.dump(connection)) == before
    assert not connection.in_transaction


def test_rows_that_stay_are_not_touched(connection: store.Connection) -> None:
    connection.execute("CREATE TEMP TABLE log (what TEXT)")
    rows = [{"id": "a", "name": "A"}, {"id": "b", "name": "B"}, {"id": "c", "name": "C"}]
    replace_rows(connection, "outlets", rows)
    connection.execute("UPDATE outlets SET domain = 'kept.example'")
    for event, row in (("INSERT", "new"), ("UPDATE", "new"), ("DELETE", "old")):
        connection.execute(
            f"CREATE TEMP TRIGGER log_{event} AFTER {event} ON outlets"
            f" BEGIN INSERT INTO log VALUES ('{event} ' || {row}.id); END"
        )
    replace_rows(connection, "outlets", [rows[0], {"id": "b", "name": "Bee"}, {"id": "d", "name": "D"}])
    assert sorted(row[0] for row in connection.execute("SELECT what FROM log")) == [
        "DELETE c",
        "INSERT d",
        "UPDATE b",
    ]
    found = connection.execute("SELECT id, name, domain FROM outlets ORDER BY id").fetchall()
    assert [tuple(row) for row in found] == [
        ("a", "A", "kept.example"),
        ("b", "Bee", "kept.example"),
        ("d", "D", None),
    ]
    replace_rows(connection, "outlets", [])
    assert connection.execute("SELECT count(*) FROM outlets").fetchone()[0] == 0


def test_a_row_from_outside_the_scope_is_replaced_in_the_search_index_too(
    connection: store.Connection,
) -> None:
    for name, kind in (("Ana Roe", "person"), ("Roe Harbour Trust", "organisation")):
        row = {"id": "a", "name": name, "kind": kind}
        replace_rows(connection, "speakers", [row], scope=("kind", [kind]))
    assert [tuple(row) for row in connection.execute("SELECT id, name FROM speakers")] == [
        ("a", "Roe Harbour Trust")
    ]
    connection.execute("INSERT INTO speakers_fts (speakers_fts, rank) VALUES ('integrity-check', 1)")
    found = connection.execute("SELECT count(*) FROM speakers_fts WHERE speakers_fts MATCH 'ana'")
    assert found.fetchone()[0] == 0


def test_speakers_are_not_written_over_a_newer_state(connection: store.Connection) -> None:
    run = store.start_run(connection, "now", "0", "m")
    store.write_article(connection, analysed(), run)
    people = store.read_people(connection)
    store.write_article(connection, analysed(published=None), run)
    assert not store.write_people(connection, people, (), 0)
    assert store.write_people(connection, store.read_people(connection), (), 0)


def test_those_who_say_a_quote_together_are_counted_each(connection: store.Connection) -> None:
    run = store.start_run(connection, "now", "0", "m")
    alone, bea = analysed(), LocalSpeaker("l2", "a1", "Bea Reed", "person", None, ("Ms. Reed",))
    together = replace(alone, speakers=(*alone.speakers, bea), also_of={"q1": ("l2",)})
    store.write_article(connection, together, run)
    wording = Wording("q1", "We stay", ("q1",), True, None, "reference", 1.0, 1, None, ())
    statement = Statement(
        "q1", "We stay", "s1", None, None, (), 1, 1, 0.0, "reference", (), False, (wording,)
    )
    speakers = (
        Speaker("s1", "Ann Reed", "person", "mayor", (("Ann Reed", 1),), ("l1",)),
        Speaker("s2", "Bea Reed", "person", None, (("Ms. Reed", 1),), ("l2",)),
    )
    assert store.write_people(connection, store.read_people(connection), speakers, 0)
    with store.immediate(connection):
        store.write_statements(connection, ["q1"], [statement])
        connection.execute("DELETE FROM match_pending")
        store.finish_derived(connection, ["q1"])
    assert store.read_changes(connection) < 0
    rows = connection.execute("SELECT name, quote_count, statement_count, outlet_count FROM speakers")
    assert sorted(map(tuple, rows)) == [("Ann Reed", 1, 1, 1), ("Bea Reed", 1, 1, 1)]
    rows = connection.execute("SELECT alias, times FROM speaker_aliases ORDER BY alias")
    assert list(map(tuple, rows)) == [("Ann Reed", 1), ("Ms. Reed", 1)]


def test_a_described_source_is_no_evidence_for_grouping(connection: store.Connection) -> None:
    run = store.start_run(connection, "now", "0", "m")
    store.write_article(connection, analysed(), run)
    for kind, expected in (("person", "s1"), ("anonymous", None)):
        speaker = Speaker("s1", "the mayor", kind, None, (), ("l1",))
        assert store.write_people(connection, store.read_people(connection), [speaker], 0)
        assert [quote.speaker for quote in store.Grouping(connection).read_printed(["q1"])] == [expected]


def test_what_was_skipped_is_kept_with_its_run(connection: store.Connection) -> None:
    run = store.start_run(connection, "now", "0", "m")
    assert not store.write_skipped(connection, run, Unreadable("x.txt", "empty", "Desk"))
    assert not store.write_skipped(connection, run, Unreadable("y", "gone"))
    store.finish_run(connection, run, "later", {"articles_read": 2, "articles_skipped": 2}, "no models")
    again = store.start_run(connection, "now", "0", "m")
    assert store.write_skipped(connection, again, Unreadable("y", "gone", "Desk"))
    assert store.write_skipped(connection, again, Unreadable("y", "gone"))
    rows = connection.execute(
        "SELECT source, outlet, reason, times, first_run_id, run_id FROM skipped"
    ).fetchall()
    assert [tuple(row) for row in rows] == [
        ("x.txt", "Desk", "empty", 1, 1, 1),
        ("y", "Desk", "gone", 2, 1, 2),
    ]
    row = connection.execute(
        "SELECT finished_at, articles_read, articles_added FROM runs WHERE id = 1"
    ).fetchone()
    assert tuple(row) == ("later", 2, 0)


def test_context_ends_at_words() -> None:
    text = "abc " * 100
    assert cut_before(text, 203) == ("abc " * 51).strip()[4:]
    assert len(cut_after(text, 1)) <= 200
    assert cut_before("x" * 500, 400) == ""
    assert cut_after("x" * 500, 100) == ""
    assert list_between("a" * 500, ((0, 1), (2, 3), (490, 491))) == ["a", " …"]
