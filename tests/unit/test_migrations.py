"""A database of every former version is upgraded in place, with a copy kept, or left as it was."""

from __future__ import annotations

import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from contextlib import closing
from pathlib import Path

import old_databases
import pytest
from fake_stages import fake_stages
from old_databases import VERSIONS

from quotes import pipeline, store
from quotes.errors import DatabaseError, LockedError
from quotes.pipeline import Wanted
from quotes.store import migrate
from quotes.store.migrate import find_data

ROOT = Path(__file__).resolve().parents[2]
MIGRATIONS = sorted(path.name for path in (find_data() / "migrations").glob("[0-9]*.sql"))
LATEST = MIGRATIONS[-1].partition("_")[0]
KEPT = {
    "articles": "id, outlet_id, url, published, content_hash, revision, stages_version",
    "quotes": "id, text, speaker_as_printed, cue, spans, statement_id, wording_id",
    "statements": "id, label, quote_count",
    "speakers": "id, name, kind",
    "runs": "id, started_at, articles_read",
    "skipped": "source, reason",
}


def next_number(version: str) -> str:
    return next(name for name in MIGRATIONS if name > f"{version}~").partition("_")[0]


def list_kept(path: Path) -> dict[str, list[tuple[object, ...]]]:
    with closing(sqlite3.connect(path)) as opened:
        return {
            table: opened.execute(f"SELECT DISTINCT {columns} FROM {table} ORDER BY 1").fetchall()
            for table, columns in KEPT.items()
        }


def list_objects(connection: sqlite3.Connection) -> set[tuple[object, ...]]:
    """Every object of a schema, its columns and what they are, whatever way it came about."""
    objects = {
        tuple(row)
        for row in connection.execute(
            "SELECT type, name, tbl_name FROM sqlite_master WHERE name NOT LIKE 'sqlite%'"
        )
    }
    columns = connection.execute(
        'SELECT m.name, c.cid, c.name, c.type, c."notnull", c.dflt_value, c.pk'
        " FROM sqlite_master AS m JOIN pragma_table_info(m.name) AS c WHERE m.type = 'table'"
    )
    return objects | {tuple(row) for row in columns}


@pytest.fixture(params=VERSIONS)
def old(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[str, Path]:
    return request.param, old_databases.build(request.param, tmp_path / "quotes.db")


def upgrade(path: Path) -> None:
    store.open_quotes(path, create=False).close()


def test_there_is_a_database_of_every_former_version() -> None:
    assert [name.partition("_")[0] for name in MIGRATIONS[:-1]] == list(VERSIONS)


def test_it_is_upgraded_in_place_and_keeps_what_it_held(old: tuple[str, Path]) -> None:
    _, path = old
    before = list_kept(path)
    assert len(before["articles"]) == 4
    assert len(before["quotes"]) == 8
    upgrade(path)
    assert list_kept(path) == before
    with closing(store.open_quotes(path)) as opened, closing(store.open_quotes(Path(":memory:"))) as fresh:
        assert list_objects(opened) == list_objects(fresh)
        assert opened.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
        assert opened.execute("PRAGMA foreign_key_check").fetchone() is None


def test_a_copy_is_kept_that_opens_as_before(old: tuple[str, Path], tmp_path: Path) -> None:
    version, path = old
    before = list_kept(path)
    upgrade(path)
    copy = path.with_name(f"quotes.db.before-{next_number(version)}")
    assert {file.name for file in tmp_path.iterdir()} >= {copy.name, "quotes.db.lock"}
    assert list_kept(copy) == before
    with closing(sqlite3.connect(copy)) as opened:
        assert opened.execute("SELECT max(name) FROM _migrations").fetchone()[0].startswith(version)
    content = copy.read_bytes()
    upgrade(path)
    assert copy.read_bytes() == content
    back = shutil.copy(copy, tmp_path / "back.db")
    upgrade(back)
    assert list_kept(back) == before


def test_the_next_job_makes_of_it_what_a_fresh_one_holds(old: tuple[str, Path], tmp_path: Path) -> None:
    _, path = old
    fresh = tmp_path / "fresh" / "quotes.db"
    with closing(sqlite3.connect(path)) as opened:  # no job of a former version kept what a revision changed
        opened.execute("UPDATE articles SET revision = 1")
        opened.commit()
    dumps = []
    for database in (path, fresh):
        pipeline.index(Wanted(manifest=old_databases.MANIFEST), database, stages=fake_stages())
        with closing(store.open_quotes(database)) as opened:
            dumps.append([*store.dump(opened)])
    assert dumps[0] == dumps[1]


def test_the_job_that_upgrades_it_says_where_its_copy_is(old: tuple[str, Path]) -> None:
    _, path = old
    told: list[str] = []
    for _ in range(2):
        pipeline.index(Wanted(), path, stages=fake_stages(), listener=pipeline.Listener(warned=told.append))
    (line,) = told
    (copy,) = path.parent.glob("quotes.db.before-*")
    assert line.endswith(f"brought up to date; as it was before, it stays as {copy.name}")


def test_texts_of_a_former_version_are_kept(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "texts.db")) as opened:
        opened.executescript((old_databases.FOLDER / "texts-0001.sql").read_text(encoding="utf-8"))
        texts = opened.execute("SELECT * FROM texts ORDER BY 1").fetchall()
        annotations = opened.execute("SELECT * FROM annotations ORDER BY 1").fetchall()
    warned: list[str] = []
    with closing(store.open_texts(tmp_path / "quotes.db", warned.append)) as opened:
        assert [tuple(row) for row in opened.execute("SELECT * FROM texts ORDER BY 1")] == texts
        assert [tuple(row) for row in opened.execute("SELECT * FROM annotations ORDER BY 1")] == annotations
        assert opened.execute("SELECT count(*) FROM visits").fetchone()[0] == 0
    assert not warned
    assert not [*tmp_path.glob("*.before-*")]


def test_a_copy_of_the_same_name_is_never_overwritten(tmp_path: Path) -> None:
    path = old_databases.build(VERSIONS[-1], tmp_path / "quotes.db")
    precious = path.with_name(f"quotes.db.before-{LATEST}")
    precious.write_text("precious")
    upgrade(path)
    assert precious.read_text() == "precious"
    assert list_kept(path.with_name(f"quotes.db.before-{LATEST}.2")) == list_kept(path)


def test_who_may_not_read_the_database_may_not_read_its_copy(tmp_path: Path) -> None:
    path = old_databases.build(VERSIONS[-1], tmp_path / "quotes.db")
    path.chmod(0o640)
    upgrade(path)
    assert path.with_name(f"quotes.db.before-{LATEST}").stat().st_mode & 0o777 == 0o640


def test_what_a_cut_off_copy_left_is_no_copy(tmp_path: Path) -> None:
    path = old_databases.build(VERSIONS[-1], tmp_path / "quotes.db")
    for suffix in ("", "-journal", "-wal"):
        (tmp_path / f"quotes.db.before-{LATEST}.part{suffix}").write_bytes(b"half of it" * 1000)
    upgrade(path)
    assert list_kept(path.with_name(f"quotes.db.before-{LATEST}")) == list_kept(path)
    assert not [*tmp_path.glob("*.part*")]


def test_an_upgrade_that_fails_again_and_again_keeps_one_copy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = old_databases.build(VERSIONS[-1], tmp_path / "quotes.db")
    before = list_kept(path)
    with closing(sqlite3.connect(path)) as opened:
        opened.execute("UPDATE quotes SET article_id = 'gone' WHERE id = (SELECT min(id) FROM quotes)")
        opened.commit()
    for _ in range(3):
        with pytest.raises(
            DatabaseError, match=rf"rows of quotes that lead nowhere.*before-{LATEST}; not up"
        ):
            upgrade(path)
    copies = [*tmp_path.glob("*.before-*")]
    assert [copy.name for copy in copies] == [f"quotes.db.before-{LATEST}"]
    with closing(sqlite3.connect(path)) as opened:
        assert {row[0] for row in opened.execute("SELECT name FROM _migrations")} == set(MIGRATIONS[:-1])
    assert list_kept(path) == {**before, "quotes": list_kept(path)["quotes"]}


def test_one_that_cannot_be_written_is_left_and_said_so(
    old: tuple[str, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    _, path = old
    before = path.read_bytes()
    monkeypatch.setattr("quotes.store.connect.may_write", lambda _: False)
    monkeypatch.setattr("quotes.store.migrate.may_write", lambda _: False)
    with pytest.raises(DatabaseError, match="made by an older version, and cannot be written to be upgraded"):
        upgrade(path)
    assert path.read_bytes() == before
    assert not [*path.parent.glob("*.before-*")]


def test_one_on_a_full_disk_is_left_and_said_how_much_is_needed(
    old: tuple[str, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    _, path = old
    before = path.read_bytes()
    usage = shutil.disk_usage(path.parent)._replace(free=100_000)
    monkeypatch.setattr("quotes.store.backup.shutil.disk_usage", lambda _: usage)
    with pytest.raises(
        DatabaseError, match=r"needs [12] MB in .*, where 1 MB are free; .*nothing was changed"
    ):
        upgrade(path)
    assert path.read_bytes() == before
    assert not [*path.parent.glob("*.before-*")]


LIMITED = """
import pathlib, resource, signal, sys
from quotes import store
from quotes.errors import QuotesError
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), resource.RLIM_INFINITY))
try:
    store.open_quotes(pathlib.Path(sys.argv[1])).close()
except QuotesError as error:
    sys.exit(str(error))
"""


@pytest.mark.parametrize("most", [60_000, 300_000, 420_000])
def test_a_disk_that_gets_full_meanwhile_leaves_it(tmp_path: Path, most: int) -> None:
    """The first limit is met by the copy, the others by the upgrade or by nothing."""
    path = old_databases.build("0001", tmp_path / "quotes.db")
    before = list_kept(path)
    done = subprocess.run(
        [sys.executable, "-c", LIMITED, str(path), str(most)],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.stderr.count("\n") <= 1, done.stderr
    if done.returncode:
        assert str(path) in done.stderr
        with closing(sqlite3.connect(path)) as opened:
            assert opened.execute("SELECT count(*) FROM _migrations").fetchone()[0] == 1
    assert not [*tmp_path.glob("*.part")]
    assert list_kept(path) == before
    upgrade(path)
    assert list_kept(path) == before


def test_one_that_another_program_writes_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = old_databases.build("0003", tmp_path / "quotes.db")
    monkeypatch.setattr("quotes.store.connect.WAIT", 0.1)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(DatabaseError, match=r"locked by another program.*; not upgraded"):
            upgrade(path)
        other.rollback()
    assert not [*tmp_path.glob("*.before-*")]
    upgrade(path)


def test_one_whose_lock_is_held_is_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = old_databases.build("0003", tmp_path / "quotes.db")
    monkeypatch.setattr(migrate, "WAIT", 0.1)
    with store.hold(path):
        raised: list[BaseException] = []

        def attempt() -> None:
            try:
                upgrade(path)
            except LockedError as error:
                raised.append(error)

        thread = threading.Thread(target=attempt)
        thread.start()
        thread.join()
        assert "another job is at work on it (process " in str(raised[0])
        upgrade(path)  # whoever holds the lock may


def test_one_of_a_newer_version_is_refused(tmp_path: Path) -> None:
    path = old_databases.build(VERSIONS[-1], tmp_path / "quotes.db")
    with closing(sqlite3.connect(path)) as opened:
        opened.execute("INSERT INTO _migrations VALUES ('0999_later.sql')")
        opened.commit()
    before = path.read_bytes()
    with pytest.raises(DatabaseError, match=r"made by a newer version \(0999_later.sql\); upgrade quotes"):
        upgrade(path)
    assert path.read_bytes() == before
    assert not [*tmp_path.glob("*.before-*")]


KILLED = """
import pathlib, sys, time
from quotes import store
from quotes.store import migrate
def wait(*_):
    print("now", flush=True)
    time.sleep(60)
setattr(migrate, sys.argv[2], wait)
store.open_quotes(pathlib.Path(sys.argv[1]))
"""


@pytest.mark.parametrize("step", ["write_backup", "_check_whole", "prepare"])
def test_an_upgrade_killed_in_the_middle_leaves_the_old_one(old: tuple[str, Path], step: str) -> None:
    _, path = old
    before = list_kept(path)
    process = subprocess.Popen(
        [sys.executable, "-c", KILLED, str(path), step], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout
    assert process.stdout.readline() == "now\n"
    process.send_signal(signal.SIGKILL)
    process.communicate()
    assert list_kept(path) == before
    with closing(sqlite3.connect(path)) as opened:
        assert opened.execute("SELECT max(name) FROM _migrations").fetchone()[0] < MIGRATIONS[-1]
    upgrade(path)
    assert list_kept(path) == before
    assert len([*path.parent.glob("*.before-*")]) == 1


OPEN = "import sys, pathlib, quotes.store\nquotes.store.open_quotes(pathlib.Path(sys.argv[1])).close()"


def test_many_first_upgrades_at_once(tmp_path: Path) -> None:
    begun = time.monotonic()
    for turn in range(20):
        path = old_databases.build(VERSIONS[turn % len(VERSIONS)], tmp_path / f"{turn}" / "quotes.db")
        before = list_kept(path)
        command = [sys.executable, "-c", OPEN, str(path)]
        processes = [subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True) for _ in range(2)]
        assert [process.communicate(timeout=120)[1] for process in processes] == ["", ""]
        assert list_kept(path) == before
        assert len([*path.parent.glob("*.before-*")]) == 1
    assert time.monotonic() - begun < 120
