"""texts.db is a cache: one that cannot be used is set aside with one line, and a new one is begun."""

from __future__ import annotations

import sqlite3
import zlib
from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from fake_stages import FakeAnnotator, fake_stages

from quotes import annotate, pipeline, store
from quotes.errors import DatabaseError
from quotes.pipeline import Wanted
from quotes.records import Article
from quotes.sources import Source

if TYPE_CHECKING:
    from pathlib import Path

LINE = "“We stay,” Ann Reed said. “We wait,” said Pike."


def fill(folder: Path) -> Path:
    """Keep a few texts and annotations; return the cache's file."""
    with closing(store.open_texts(folder / "quotes.db")) as texts:
        for number in range(40):
            store.write_annotation(texts, f"Words, number {number}. " * 60, "v1", b"said of it")
    return folder / "texts.db"


def truncate(file: Path) -> None:
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])


def scribble(file: Path) -> None:
    file.write_bytes(b"no database at all, just words " * 100)


def run(file: Path, *statements: str) -> None:
    with closing(sqlite3.connect(file)) as opened:
        for statement in statements:
            opened.execute(statement)
        opened.commit()


DAMAGE = {
    "not a database": (scribble, "not a SQLite database"),
    "truncated": (truncate, "damaged"),
    "header only": (lambda file: file.write_bytes(file.read_bytes()[:100]), "damaged"),
    "schema": (
        lambda file: run(
            file, "PRAGMA writable_schema = ON", "UPDATE sqlite_master SET sql = 'CREATE nonsense'"
        ),
        "damaged",
    ),
    "newer": (lambda file: run(file, "INSERT INTO _migrations VALUES ('0999_later.sql')"), "made by a newer"),
    "lacking": (lambda file: run(file, "DROP TABLE annotations"), "without its table annotations"),
}


@pytest.mark.parametrize("kind", DAMAGE)
def test_one_that_cannot_be_used_is_set_aside(tmp_path: Path, kind: str) -> None:
    file = fill(tmp_path)
    spoil, said = DAMAGE[kind]
    spoil(file)
    content = file.read_bytes()
    warned: list[str] = []
    with closing(store.open_texts(tmp_path / "quotes.db", warned.append)) as texts:
        assert texts.execute("SELECT count(*) FROM texts").fetchone()[0] == 0
        store.write_annotation(texts, "Rain.", "v1", b"")
    assert len(warned) == 1
    assert f"{file}: {said}" in warned[0]
    assert "kept as texts.db.broken" in warned[0]
    assert "\n" not in warned[0]
    assert (tmp_path / "texts.db.broken").read_bytes() == content
    with closing(store.open_texts(tmp_path / "quotes.db", warned.append)) as texts:
        assert texts.execute("SELECT text FROM texts").fetchone()[0] == "Rain."
    assert len(warned) == 1


def test_another_one_gets_a_number(tmp_path: Path) -> None:
    for _ in range(3):
        scribble(tmp_path / "texts.db")
        store.open_texts(tmp_path / "quotes.db").close()
    names = sorted(path.name for path in tmp_path.glob("*broken*"))
    assert names == ["texts.db.broken", "texts.db.broken.2", "texts.db.broken.3"]


def test_its_log_goes_with_it(tmp_path: Path) -> None:
    fill(tmp_path)
    (tmp_path / "texts.db-wal").write_bytes(b"of the broken one")
    scribble(tmp_path / "texts.db")
    store.open_texts(tmp_path / "quotes.db").close()
    assert (tmp_path / "texts.db.broken").is_file()
    assert not (tmp_path / "texts.db-wal").exists() or (tmp_path / "texts.db-wal").stat().st_size == 0


def test_what_is_somebody_elses_or_busy_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "texts.db"
    run(file, "CREATE TABLE recipes (name TEXT)")
    with pytest.raises(DatabaseError, match="holds other tables"):
        store.open_texts(tmp_path / "quotes.db")
    file.unlink()
    fill(tmp_path)
    run(file, "DELETE FROM _migrations WHERE name > '0002'")
    monkeypatch.setattr("quotes.store.connect.WAIT", 0.1)
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with (
            pytest.raises(DatabaseError, match="locked by another program"),
            closing(store.open_texts(tmp_path / "quotes.db")) as texts,
        ):
            store.write_annotation(texts, "Rain.", "v1", b"")
        other.rollback()
    assert [*tmp_path.glob("*broken*")] == []


def test_damage_that_shows_only_later_is_said_in_one_line(tmp_path: Path) -> None:
    file = fill(tmp_path)
    data = bytearray(file.read_bytes())
    with closing(sqlite3.connect(file)) as opened:
        (page,) = opened.execute("SELECT rootpage FROM sqlite_master WHERE name = 'annotations'").fetchone()
    data[(page - 1) * 4096 : page * 4096] = b"\xee" * 4096
    file.write_bytes(bytes(data))
    with closing(store.open_texts(tmp_path / "quotes.db")) as texts:
        with pytest.raises(DatabaseError, match=r"texts.db: damaged; see what `quotes check` says"):
            list(texts.execute("SELECT data FROM annotations"))
        with pytest.raises(DatabaseError, match="damaged"):
            texts.execute("SELECT data FROM annotations").fetchall()


def test_a_job_after_a_broken_cache_ends_as_if_nothing_had_happened(tmp_path: Path) -> None:
    dumps = []
    for name in ("clean", "broken"):
        folder = tmp_path / name
        folder.mkdir()
        (folder / "one.jsonl").write_text(f'{{"text": "{LINE}", "outlet": "The Desk"}}\n')
        wanted = Wanted((Source(folder / "one.jsonl"),))
        pipeline.index(wanted, folder / "quotes.db", stages=fake_stages())
        if name == "broken":
            scribble(folder / "texts.db")
        annotator = FakeAnnotator(version="fake-2")
        pipeline.index(wanted, folder / "quotes.db", stages=fake_stages(annotator))
        assert len(annotator.texts) == 1
        with closing(store.open_quotes(folder / "quotes.db")) as opened:
            dumps.append([line.replace(f"{name}/", "") for line in store.dump(opened)])
    assert dumps[0] == dumps[1]


@pytest.mark.parametrize(
    "record",
    [
        "[]",
        "7",
        "{}",
        '{"outlet": "The Desk"}',
        '{"outlet": [], "source": 7}',
        '{"nonsense": 1}',
        "null",
        "cut off",
    ],
)
def test_an_input_that_cannot_be_read_is_not_there(tmp_path: Path, record: str) -> None:
    article = Article("a1", "The Desk", LINE, "a.txt")
    with closing(store.open_texts(tmp_path / "quotes.db")) as texts:
        store.write_input(texts, article)
        digest = store.hash_input(article)
        assert store.read_input(texts, "a1", digest) == article
        texts.execute("PRAGMA ignore_check_constraints = ON")
        texts.execute("UPDATE inputs SET record = ?", (record,))
        assert store.read_input(texts, "a1", digest) is None
        store.write_input(texts, article)
        texts.execute("UPDATE texts SET text = 'other words'")
        assert store.read_input(texts, "a1", digest) is None


JUNK = (b"", b"\x00", b"{", b"null", b"[[1]]", b"\xff" * 50)


@pytest.mark.parametrize("data", [*JUNK, *map(zlib.compress, JUNK)])
def test_an_annotation_that_cannot_be_read_is_made_again(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "one.jsonl").write_text(f'{{"text": "{LINE}", "outlet": "The Desk"}}\n')
    wanted = Wanted((Source(tmp_path / "one.jsonl"),))
    pipeline.index(wanted, tmp_path / "quotes.db", stages=fake_stages())
    run(tmp_path / "texts.db", f"UPDATE annotations SET data = x'{data.hex()}'")
    stages = replace(fake_stages(FakeAnnotator(), rules="rules-2"), decode=annotate.decode)
    with closing(store.open_quotes(tmp_path / "quotes.db")) as opened:
        before = [*store.dump(opened)]
    summary = pipeline.index(wanted, tmp_path / "quotes.db", stages=stages)
    assert summary.articles["annotated"] == 1
    with closing(store.open_quotes(tmp_path / "quotes.db")) as opened:
        assert [line.replace("rules-2", "rules-1") for line in store.dump(opened)] == before
