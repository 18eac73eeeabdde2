"""Files from job to job: what did not change is not opened, and what is gone is marked."""

from __future__ import annotations

import os
import sqlite3
import time
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest
from fake_stages import fake_stages

from quotes import sources
from quotes.pipeline import Listener, Summary, Wanted, index, preview
from quotes.sources import Source

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from quotes.sources import Place

WORDS = "“The bridge number {} is unsafe,” Ann Reed said."


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("north/a.txt", "north/b.txt", "south/c.txt"):
        write(tmp_path / "desk" / name, WORDS.format(name))
    return tmp_path / "desk"


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The files that were opened, since the list was cleared."""
    names: list[str] = []
    read_place = sources.read_place

    def read(place: Place, *rest: Any) -> Iterator[Any]:
        names.append(place.source)
        return read_place(place, *rest)

    monkeypatch.setattr("quotes.sources.read_place", read)
    return names


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture(autouse=True)
def _patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """Trust files that were written just now: the tests do not wait."""
    monkeypatch.setattr("quotes.pipeline.filing._JUST_NOW", -1)


def run(folder: Path, *paths: Path, listener: Listener | None = None, **options: Any) -> Summary:
    wanted = Wanted(tuple(map(Source, paths or (folder,))), **options)
    listener = listener or Listener()
    return index(wanted, folder.parent / "quotes.db", stages=fake_stages(), listener=listener)


def ask(folder: Path, sql: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(folder.parent / "quotes.db")) as connection:
        return connection.execute(sql).fetchall()


def list_removed(folder: Path) -> dict[str, str]:
    return dict(ask(folder, "SELECT source, removed FROM articles WHERE removed IS NOT NULL"))


def counts(summary: Summary) -> dict[str, int]:
    return {name: count for name, count in summary.articles.items() if count}


def test_what_did_not_change_is_not_opened(folder: Path, opened: list[str]) -> None:
    run(folder)
    opened.clear()
    write(folder / "north" / "d.txt", WORDS.format("d"))
    write(folder / "south" / "c.txt", WORDS.format("another"))
    assert counts(run(folder)) == {"read": 2, "unchanged": 2, "added": 2, "annotated": 2, "removed": 1}
    assert opened == ["desk/north/d.txt", "desk/south/c.txt"]


def test_fresh_opens_all_of_them(folder: Path, opened: list[str]) -> None:
    run(folder)
    opened.clear()
    assert counts(run(folder, fresh=True)) == {"read": 3, "unchanged": 3}
    assert len(opened) == 3


@pytest.mark.parametrize("lost", ["quotes", "texts"])
def test_what_either_file_does_not_hold_is_read_again(folder: Path, opened: list[str], lost: str) -> None:
    run(folder)
    opened.clear()
    for file in folder.parent.glob(f"{lost}.db*"):
        file.unlink()
    run(folder)
    assert len(opened) == 3
    opened.clear()
    assert counts(run(folder)) == {"unchanged": 3}
    assert opened == []


def test_an_older_copy_of_the_database_is_brought_up_to_date(folder: Path, opened: list[str]) -> None:
    write(folder / "one.jsonl", '{"url": "https://desk.example/1", "text": "“One,” Ann Reed said."}')
    run(folder)
    with closing(sqlite3.connect(folder.parent / "quotes.db")) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    older = (folder.parent / "quotes.db").read_bytes()
    write(folder / "one.jsonl", '{"url": "https://desk.example/1", "text": "“Two,” Ann Reed said."}')
    run(folder)
    for file in folder.parent.glob("quotes.db*"):
        file.unlink()
    (folder.parent / "quotes.db").write_bytes(older)
    opened.clear()
    run(folder)
    assert opened == ["desk/one.jsonl"]
    assert ("Two,",) in ask(folder, "SELECT text FROM quotes WHERE last_revision IS NULL")


def test_a_manifest_that_says_something_else_has_its_files_read_again(
    folder: Path, opened: list[str]
) -> None:
    manifest = write(folder / "all.csv", "file,title\nnorth/a.txt,One\nnorth/b.txt,Two\n")
    run(folder, manifest=manifest)
    opened.clear()
    write(manifest, "file,title\nnorth/a.txt,One\nnorth/b.txt,Three\n")
    run(folder, manifest=manifest)
    assert opened == ["desk/north/b.txt"]


def test_a_file_that_is_gone_marks_its_article(folder: Path) -> None:
    run(folder)
    (folder / "north" / "a.txt").unlink()
    assert counts(run(folder)) == {"unchanged": 2, "removed": 1}
    assert list_removed(folder) == {"desk/north/a.txt": "the file it was read from is gone"}
    assert ask(folder, "SELECT count(*) FROM quotes") == [(3,)]
    assert counts(run(folder)) == {"unchanged": 2}
    write(folder / "north" / "a.txt", WORDS.format("north/a.txt"))
    run(folder)
    assert list_removed(folder) == {}


def test_a_link_in_a_circle_hides_nothing_that_is_gone(folder: Path) -> None:
    (folder / "south" / "loop").symlink_to(folder)
    run(folder)
    (folder / "north" / "a.txt").unlink()
    run(folder)
    assert list_removed(folder) == {"desk/north/a.txt": "the file it was read from is gone"}


def test_addresses_in_a_file_that_nobody_named_are_not_asked_for(folder: Path, opened: list[str]) -> None:
    """A feed, a list or an export that only lies among the articles: what it holds is told, once."""
    feed = write(
        folder / "old.rss", "<rss><channel><item><link>https://a.invalid/1</link></item></channel></rss>"
    )
    write(folder / "day.jsonl", '{"text": "“One,” Ann Reed said."}\n{"url": "https://a.invalid/2"}\n')
    told: list[str] = []
    summary = run(folder, listener=Listener(warned=told.append))
    assert (summary.requests, counts(summary)["read"]) == (0, 4)
    how = "not fetched; to have that done, name this file itself"
    assert told == [f"desk/{name}: an address without a text, {how}" for name in ("day.jsonl", "old.rss")]
    opened.clear()
    run(folder)
    assert opened == []
    planned = list(preview(Wanted((Source(feed),)), folder.parent / "quotes.db", stages=fake_stages()))
    assert [one.action for one in planned] == ["read", "fetch"]


def test_a_file_that_moved_is_not_gone(folder: Path) -> None:
    run(folder)
    (folder / "north" / "a.txt").rename(folder / "north" / "z.txt")
    assert counts(run(folder)) == {"read": 1, "unchanged": 3}
    assert list_removed(folder) == {}


def test_a_file_with_other_words_marks_the_article_that_it_held(folder: Path) -> None:
    run(folder)
    write(folder / "north" / "a.txt", WORDS.format("another"))
    run(folder)
    assert list_removed(folder) == {"desk/north/a.txt": "the file it was read from has other words now"}


@pytest.mark.parametrize("missing", ["folder", "files", "part", "limit"])
def test_what_may_only_be_out_of_reach_is_not_gone(folder: Path, missing: str) -> None:
    run(folder)
    options: dict[str, Any] = {}
    if missing == "folder":
        folder.rename(folder.parent / "elsewhere")
    elif missing == "files":
        for file in folder.rglob("*.txt"):
            file.unlink()
    elif missing == "part":
        (folder / "north" / "a.txt").unlink()
        (folder / "south" / "far.txt").symlink_to(folder / "not there.txt")
    else:
        (folder / "north" / "a.txt").unlink()
        write(folder / "south" / "d.txt", WORDS.format("d"))
        options["limit"] = 1
    run(folder, **options)
    assert list_removed(folder) == {}


def test_a_folder_of_the_same_name_elsewhere_is_another_one(folder: Path, tmp_path: Path) -> None:
    run(folder)
    other = tmp_path / "other" / "desk"
    write(other / "north" / "x.txt", WORDS.format("x"))
    run(folder, other)
    assert list_removed(folder) == {}


def test_a_list_of_articles_that_is_gone_says_nothing_of_them(folder: Path) -> None:
    write(folder / "day.jsonl", '{"text": "“One,” Ann Reed said."}\n{"text": "“Two,” Ann Reed said."}\n')
    run(folder)
    (folder / "day.jsonl").unlink()
    run(folder)
    assert list_removed(folder) == {}


def test_a_file_written_this_moment_is_read_once_more(
    folder: Path, opened: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """It may change again and look the same: times have a coarse grain."""
    monkeypatch.setattr("quotes.pipeline.filing._JUST_NOW", 2_000_000_000)
    now = time.time()
    os.utime(folder / "north" / "a.txt", (now + 3_600, now + 3_600))  # a clock that went back
    run(folder)
    opened.clear()
    run(folder)
    assert "desk/north/a.txt" in opened
    (folder / "north" / "a.txt").unlink()
    run(folder)
    assert list_removed(folder) == {"desk/north/a.txt": "the file it was read from is gone"}
