"""`quotes vacuum` gives back room, keeps every row and search, and hinders nobody."""

from __future__ import annotations

import json
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner
from fake_stages import FakeAnnotator, fake_stages

from quotes import pipeline, store
from quotes.cli import main
from quotes.errors import DatabaseError, LockedError
from quotes.pipeline import Wanted
from quotes.sources import Source
from quotes.store.write import mark_behind

ROOT = Path(__file__).resolve().parents[2]
HITS = "SELECT q.id FROM quotes_fts AS f JOIN quotes AS q ON q.rowid = f.rowid WHERE quotes_fts MATCH 'ferry'"


def index(folder: Path, count: int = 60, version: str = "fake-1") -> None:
    with (folder / "story.jsonl").open("w", encoding="utf-8") as file:
        for number in range(count):
            text = f"“The ferry number {number} is late,” Ann Reed said. “We wait {number} hours,” said Pike."
            line = {
                "text": text * 5,
                "outlet": f"Desk {number % 5}",
                "url": f"https://d{number % 5}.example/{number}",
            }
            file.write(json.dumps(line) + "\n")
    stages = fake_stages(FakeAnnotator(version))
    pipeline.index(Wanted((Source(folder / "story.jsonl"),)), folder / "quotes.db", stages=stages)


@pytest.fixture(scope="module")
def loose(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with rows in an order of their own, free pages, and texts of articles that are gone."""
    folder = tmp_path_factory.mktemp("loose")
    index(folder)
    with closing(store.open_quotes(folder / "quotes.db")) as opened:
        with store.immediate(opened):
            opened.execute("CREATE TABLE padding (words TEXT)")
            opened.executemany("INSERT INTO padding VALUES (?)", [("x" * 4000,)] * 300)
            opened.execute("DELETE FROM articles WHERE url LIKE '%0'")
            opened.execute("DROP TABLE padding")
            mark_behind(opened)
        pipeline.derive(opened, fake_stages())
    return folder


@pytest.fixture
def folder(loose: Path, tmp_path: Path) -> Path:
    shutil.copytree(loose, tmp_path, dirs_exist_ok=True)
    return tmp_path


def dump(folder: Path) -> list[str]:
    with closing(store.open_quotes(folder / "quotes.db")) as opened:
        return [*store.dump(opened)]


def ask(file: Path, sql: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(file)) as opened:
        return sorted(opened.execute(sql).fetchall())


def test_room_is_given_back_and_every_row_kept(folder: Path) -> None:
    before, hits = dump(folder), ask(folder / "quotes.db", HITS)
    header = [ask(folder / "quotes.db", f"PRAGMA {name}") for name in ("user_version", "application_id")]
    quotes, texts = pipeline.vacuum(folder / "quotes.db", stages=fake_stages())
    assert quotes.before - quotes.after > 1_000_000
    assert texts.after < texts.before
    assert quotes.after == (folder / "quotes.db").stat().st_size
    assert dump(folder) == before
    assert ask(folder / "quotes.db", HITS) == hits
    assert hits
    assert header == [
        ask(folder / "quotes.db", f"PRAGMA {name}") for name in ("user_version", "application_id")
    ]
    assert ask(folder / "quotes.db", "PRAGMA journal_mode") == [("wal",)]
    assert pipeline.check(folder / "quotes.db", stages=fake_stages(), thoroughly=True).found == ()
    assert not [*folder.glob("*.vacuum*")]
    index(folder)
    assert pipeline.check(folder / "quotes.db", stages=fake_stages()).found == ()


def test_texts_forget_what_no_article_needs(folder: Path) -> None:
    index(folder, version="fake-2")
    texts = folder / "texts.db"
    assert ask(texts, "SELECT DISTINCT models_version FROM annotations") == [("fake-1 all",), ("fake-2 all",)]
    with closing(store.open_quotes(folder / "quotes.db")) as opened, store.immediate(opened):
        opened.execute("DELETE FROM articles WHERE url LIKE '%1'")
    with closing(store.open_texts(folder / "quotes.db")) as opened, store.immediate(opened):
        opened.execute("INSERT INTO texts VALUES ('x', 'of nobody')")
        opened.execute(
            "INSERT INTO visits (address, status, failures, first_seen, checked, article_id)"
            " VALUES ('https://a.example', 200, 0, '', '', 'gone'),"
            " ('https://b.example', 200, 0, '', '', NULL)"
        )
    pipeline.vacuum(folder / "quotes.db", stages=fake_stages())
    kept = ask(folder / "quotes.db", "SELECT DISTINCT content_hash FROM articles")
    assert ask(texts, "SELECT content_hash FROM texts") == kept
    assert ask(texts, "SELECT DISTINCT models_version FROM annotations") == [("fake-2 all",)]
    assert ask(texts, "SELECT address FROM visits") == [("https://b.example",)]
    assert ask(texts, "SELECT count(*) FROM inputs") == ask(
        folder / "quotes.db", "SELECT count(*) FROM articles"
    )
    assert ask(texts, "SELECT count(*) FROM places") == [(0,)], "the file gave articles that are gone"


def test_annotations_of_articles_to_be_analysed_again_are_kept(folder: Path) -> None:
    with closing(sqlite3.connect(folder / "quotes.db")) as opened:
        opened.execute("UPDATE articles SET stages_version = ''")
        opened.commit()
    before = ask(folder / "texts.db", "SELECT DISTINCT models_version FROM annotations")
    pipeline.vacuum(folder / "quotes.db", stages=fake_stages())
    assert ask(folder / "texts.db", "SELECT DISTINCT models_version FROM annotations") == before
    assert before


def test_readers_go_on(folder: Path) -> None:
    stop, seen, failed = threading.Event(), [], []
    expected = len(ask(folder / "quotes.db", HITS))

    def read() -> None:
        with closing(sqlite3.connect(folder / "quotes.db", timeout=0)) as opened:
            while not stop.is_set():
                try:
                    seen.append(len(opened.execute(HITS).fetchall()))
                except sqlite3.Error as error:
                    failed.append(error)
                time.sleep(0.001)

    thread = threading.Thread(target=read)
    thread.start()
    for _ in range(5):
        pipeline.vacuum(folder / "quotes.db", stages=fake_stages())
    stop.set()
    thread.join()
    assert failed == []
    assert set(seen) == {expected}


KILLED = """
import pathlib, sys, time
sys.path.insert(0, "tests/unit")
from fake_stages import fake_stages
from quotes import pipeline
from quotes.store import vacuum
def wait(*_):
    print("now", flush=True)
    time.sleep(60)
setattr(vacuum, sys.argv[2], wait)
pipeline.vacuum(pathlib.Path(sys.argv[1]), stages=fake_stages())
"""


@pytest.mark.parametrize("step", ["_rebuild_searches", "_copy_back"])
def test_one_that_is_killed_leaves_the_former(folder: Path, step: str) -> None:
    before, hits = dump(folder), ask(folder / "quotes.db", HITS)
    process = subprocess.Popen(
        [sys.executable, "-c", KILLED, str(folder / "quotes.db"), step],
        cwd=ROOT, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert process.stdout
    assert process.stdout.readline() == "now\n"
    process.send_signal(signal.SIGKILL)
    process.communicate()
    assert dump(folder) == before
    assert ask(folder / "quotes.db", HITS) == hits
    pipeline.vacuum(folder / "quotes.db", stages=fake_stages())
    assert dump(folder) == before
    assert not [*folder.glob("*.vacuum*")]


def test_what_another_program_writes_meanwhile_is_not_lost(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def rebuild(_: Path) -> None:
        with closing(sqlite3.connect(folder / "quotes.db")) as other:
            other.execute("UPDATE runs SET quotes_version = 'mine'")
            other.commit()

    monkeypatch.setattr("quotes.store.vacuum._rebuild_searches", rebuild)
    with pytest.raises(DatabaseError, match="another program wrote to it meanwhile; run it again"):
        pipeline.vacuum(folder / "quotes.db", stages=fake_stages())
    assert ask(folder / "quotes.db", "SELECT DISTINCT quotes_version FROM runs") == [("mine",)]


def test_what_a_cut_off_one_left_is_not_used(folder: Path) -> None:
    before = dump(folder)
    for suffix in ("", "-journal", "-wal"):
        (folder / f"quotes.db.vacuum{suffix}").write_bytes(b"half of it" * 1000)
    pipeline.vacuum(folder / "quotes.db", stages=fake_stages())
    assert dump(folder) == before
    assert not [*folder.glob("*.vacuum*")]


def test_a_damaged_database_is_left_as_it_is(folder: Path) -> None:
    path = folder / "quotes.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        (page,) = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'changes'").fetchone()
    data = bytearray(path.read_bytes())
    data[(page - 1) * 4096 : page * 4096] = b"\xee" * 4096
    path.write_bytes(bytes(data))
    with pytest.raises(DatabaseError, match="damaged; see what `quotes check` says"):
        pipeline.vacuum(path, stages=fake_stages())
    assert path.read_bytes() == bytes(data)


def test_a_full_disk_is_seen_first(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = (folder / "quotes.db").read_bytes(), (folder / "texts.db").read_bytes()
    usage = shutil.disk_usage(folder)._replace(free=100_000)
    monkeypatch.setattr("quotes.store.backup.shutil.disk_usage", lambda _: usage)
    with pytest.raises(DatabaseError, match=r"making it smaller needs \d+ MB in .*, where 1 MB are free"):
        pipeline.vacuum(folder / "quotes.db", stages=fake_stages())
    assert before == ((folder / "quotes.db").read_bytes(), (folder / "texts.db").read_bytes())


def test_what_cannot_be_written_or_is_busy_or_is_not_there_is_said(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(DatabaseError, match="no such database"):
        pipeline.vacuum(folder / "none.db", stages=fake_stages())
    raised: list[BaseException] = []

    def attempt() -> None:
        try:
            pipeline.vacuum(folder / "quotes.db", stages=fake_stages())
        except LockedError as error:
            raised.append(error)

    with store.hold(folder / "quotes.db"):
        thread = threading.Thread(target=attempt)
        thread.start()
        thread.join()
    assert len(raised) == 1
    monkeypatch.setattr("quotes.store.vacuum.may_write", lambda _: False)
    with pytest.raises(DatabaseError, match="cannot be written"):
        pipeline.vacuum(folder / "quotes.db", stages=fake_stages())


def test_the_verb_says_what_was_saved(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("quotes.pipeline.maintaining.load_stages", lambda *_: fake_stages())
    path = str(folder / "quotes.db")
    done = CliRunner().invoke(main, ["vacuum", "--db", path])
    assert done.exit_code == 0, done.output
    first, second = done.output.splitlines()
    assert re.fullmatch(rf"{re.escape(path)}: 1\.\d MB, [1-9]\.\d MB less than before", first)
    assert second.startswith(f"{folder / 'texts.db'}: ")
    assert CliRunner().invoke(main, ["vacuum", "--db", path, "--quiet"]).output == ""
