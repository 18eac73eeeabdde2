"""`quotes merge` makes of several databases what one job over everything would have made."""

from __future__ import annotations

import json
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import old_databases
import pytest
from click.testing import CliRunner
from fake_stages import FakeAnnotator, fake_stages

from quotes import pipeline, store
from quotes.cli import main
from quotes.cli.maintaining import tell_conflicts
from quotes.errors import DatabaseError, LockedError
from quotes.pipeline import Wanted
from quotes.sources import Source

if TYPE_CHECKING:
    from collections.abc import Sequence

ROOT = Path(__file__).resolve().parents[2]
WORDS = ("unsafe", "shaky", "sound", "old")
BEGUN = datetime(2026, 1, 1, tzinfo=UTC)


def tell(number: int, word: str | None = None) -> dict[str, str]:
    text = (
        f"“The bridge {number % 7} is {word or WORDS[number % 4]},” Ann Reed said."
        f" “Nobody asked {number} times,” said Pike. “The bridge {number % 3} will stay.”"
    )
    day = f"2025-03-{number % 9 + 1:02}"
    return {"text": text, "outlet": f"Desk {number % 5}", "url": f"https://d{number % 5}.example/{number}",
            "published": day}  # fmt: skip


ARTICLES = [tell(number) for number in range(40)]


def index(database: Path, articles: Sequence[dict[str, str]], day: int = 0, **options: Any) -> Path:
    """Index articles as the one file that all databases are made of, on a day of the year."""
    file = database.parent / "story.jsonl"
    database.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("".join(json.dumps(article) + "\n" for article in articles), encoding="utf-8")
    wanted = Wanted((Source(file),), fresh=True)
    stages = options.pop("stages", None) or fake_stages()
    pipeline.index(wanted, database, stages=stages, now=lambda: BEGUN + timedelta(days=day))
    return database


def merge(database: Path, *others: Path, day: int = 9, **options: Any) -> list[store.Merged]:
    return pipeline.merge(
        others, database, stages=fake_stages(), now=lambda: BEGUN + timedelta(days=day), **options
    )


def dump(database: Path) -> list[str]:
    """Return the dump without where articles were read: shards have other lines."""
    with closing(store.open_quotes(database)) as opened:
        with store.immediate(opened):
            opened.execute("UPDATE articles SET source = ''")
        return [*store.dump(opened)]


def ask(file: Path, sql: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(file)) as opened:
        return sorted(opened.execute(sql).fetchall())


@pytest.mark.parametrize("shares", [2, 5])
def test_shards_merged_equal_the_whole(tmp_path: Path, shares: int) -> None:
    shuffled = random.Random(shares).sample(ARTICLES, len(ARTICLES))
    shards = [index(tmp_path / f"{n}" / "quotes.db", shuffled[n::shares]) for n in range(shares)]
    before = [shard.read_bytes() for shard in shards]
    whole = index(tmp_path / "whole" / "quotes.db", ARTICLES)
    (tmp_path / "merged").mkdir()
    merged = merge(tmp_path / "merged" / "quotes.db", *shards)
    assert [one.added for one in merged] == [one.read for one in merged] == [len(ARTICLES) // shares] * shares
    assert [shard.read_bytes() for shard in shards] == before
    assert dump(tmp_path / "merged" / "quotes.db") == dump(whole)
    assert pipeline.check(tmp_path / "merged" / "quotes.db", stages=fake_stages()).found == ()
    merge(shards[0], *shards[1:])
    assert dump(shards[0]) == dump(whole)


def test_a_job_after_merging_annotates_nothing(tmp_path: Path) -> None:
    shards = [index(tmp_path / f"{n}" / "quotes.db", ARTICLES[n::2]) for n in range(2)]
    merge(tmp_path / "all.db", *shards)
    whole = index(tmp_path / "whole" / "quotes.db", ARTICLES)
    for table in ("texts", "annotations", "inputs"):
        columns = "article_id, input_hash" if table == "inputs" else "content_hash"
        sql = f"SELECT {columns} FROM {table}"
        assert ask(tmp_path / "all.texts.db", sql) == ask(whole.with_name("texts.db"), sql)
    annotator = FakeAnnotator()
    index(tmp_path / "all.db", ARTICLES, stages=fake_stages(annotator))
    assert annotator.texts == []


def test_merging_again_changes_nothing(tmp_path: Path) -> None:
    shards = [
        index(tmp_path / f"{n}" / "quotes.db", [*ARTICLES[n::2], {"text": "", "outlet": "X"}]) for n in (0, 1)
    ]
    merge(shards[0], shards[1])
    before, skipped = dump(shards[0]), ask(shards[0], "SELECT source, reason, times FROM skipped")
    (again,) = merge(shards[0], shards[1])
    assert (again.added, again.changed, again.conflicts) == (0, 0, ())
    assert dump(shards[0]) == before
    assert skipped
    assert ask(shards[0], "SELECT source, reason, times FROM skipped") == skipped
    assert ask(shards[0], "SELECT count(*) FROM runs") == [(3,)]


def test_the_later_read_of_other_words_wins(tmp_path: Path) -> None:
    one = index(tmp_path / "1" / "quotes.db", ARTICLES[:4], day=1)
    two = index(tmp_path / "2" / "quotes.db", [*ARTICLES[:3], tell(3, "quite new")], day=2)
    first = shutil.copytree(one.parent, tmp_path / "3") / "quotes.db"
    (merged,) = merge(first, two)
    assert (merged.read, merged.added, merged.changed) == (4, 0, 1)
    assert tell_conflicts([merged])[0].endswith(
        "in two databases with other words; revision 1 took the place of 1"
    )
    assert dump(first) == dump(two)
    second = shutil.copytree(two.parent, tmp_path / "4") / "quotes.db"
    (merged,) = merge(second, one)
    assert (merged.added, merged.changed) == (0, 0)
    assert tell_conflicts([merged])[0].endswith("in two databases with other words; kept as it was")
    assert dump(second) == dump(two)


def test_the_higher_revision_wins_with_what_it_was_before(tmp_path: Path) -> None:
    one = index(tmp_path / "1" / "quotes.db", [tell(3)], day=1)
    index(one, [tell(3, "quite new")], day=2)
    two = index(tmp_path / "2" / "quotes.db", [tell(3, "nothing like it")], day=5)
    revised = dump(one)
    merge(two, one)
    assert dump(two) == revised
    assert ask(two, "SELECT revision FROM revisions") == [(1,)]
    assert ask(two, "SELECT count(*) FROM quotes WHERE altered_to_id IS NOT NULL") == [(1,)]
    assert pipeline.check(two, stages=fake_stages()).found == ()


def test_former_ids_of_statements_lead_on(tmp_path: Path) -> None:
    one = index(tmp_path / "1" / "quotes.db", ARTICLES[:4])
    statement = ask(one, "SELECT min(id) FROM statements")[0][0]
    with closing(sqlite3.connect(one)) as opened:
        opened.execute("INSERT INTO statement_aliases VALUES ('former', ?)", (statement,))
        opened.commit()
    merge(tmp_path / "all.db", one)
    assert ask(tmp_path / "all.db", "SELECT id, statement_id FROM statement_aliases") == [
        ("former", statement)
    ]


def test_a_former_version_is_upgraded_in_a_copy(tmp_path: Path) -> None:
    for version in old_databases.VERSIONS:
        old = old_databases.build(version, tmp_path / version / "quotes.db")
        before = old.read_bytes()
        (merged,) = merge(tmp_path / f"{version}.db", old)
        assert (merged.read, merged.added) == (4, 4)
        assert old.read_bytes() == before
        assert {path.name for path in old.parent.iterdir()} <= {"quotes.db", "quotes.db-shm", "quotes.db-wal"}
        assert ask(tmp_path / f"{version}.db", "SELECT id, text FROM quotes") == ask(
            old, "SELECT id, text FROM quotes"
        )


def test_what_cannot_be_merged_is_said_before_anything_is_written(tmp_path: Path) -> None:
    one = index(tmp_path / "1" / "quotes.db", ARTICLES[:4])
    into = tmp_path / "all.db"
    store.write_snapshot(one, tmp_path / "published.db")
    with closing(sqlite3.connect(tmp_path / "recipes.db")) as other:
        other.execute("CREATE TABLE recipes (name TEXT)")
    (tmp_path / "words.db").write_bytes(b"no database, just words " * 100)
    newer = shutil.copy(one, tmp_path / "newer.db")
    with closing(sqlite3.connect(newer)) as other:
        other.execute("INSERT INTO _migrations VALUES ('0999_later.sql')")
        other.commit()
    for name, said in (
        ("published.db", "a published copy lacks what merging needs"),
        ("recipes.db", "not a database that quotes made; nothing was merged"),
        ("words.db", "not a SQLite database"),
        ("newer.db", "made by a newer version; upgrade quotes; nothing was merged"),
        ("none.db", "no such database; nothing was merged"),
    ):
        with pytest.raises(DatabaseError, match=rf"{name}: {said}"):
            merge(into, one, tmp_path / name)
        assert not into.exists()
    with pytest.raises(DatabaseError, match="cannot be merged into itself"):
        merge(one, one)


def test_a_cache_that_cannot_be_read_is_left_out(tmp_path: Path) -> None:
    one = index(tmp_path / "1" / "quotes.db", ARTICLES[:4])
    (one.parent / "texts.db").write_bytes(b"no database, just words " * 100)
    warned: list[str] = []
    merge(tmp_path / "all.db", one, warn=warned.append)
    assert len(warned) == 1
    assert f"the cache of {one} is left out" in warned[0]
    assert ask(tmp_path / "all.db", "SELECT count(*) FROM articles") == [(4,)]


def test_a_word_on_speakers_that_is_not_merged_is_said(tmp_path: Path) -> None:
    one = index(tmp_path / "1" / "quotes.db", ARTICLES[:4])
    with closing(sqlite3.connect(one)) as opened:
        opened.execute("PRAGMA application_id = 77")
    warned: list[str] = []
    merge(tmp_path / "all.db", one, warn=warned.append)
    assert warned == [f"{one}: the speakers file that it was made with says nothing here; merge that too"]


KILLED = """
import pathlib, sys, time
sys.path.insert(0, "tests/unit")
from fake_stages import fake_stages
from quotes import pipeline, store
def wait(*_):
    print("now", flush=True)
    time.sleep(60)
setattr(*{"copy": (store.merge, "read_sql"), "texts": (store, "merge_texts"),
          "derive": (pipeline.maintaining, "derive"), "ids": (store, "merge_former_ids")}[sys.argv[3]], wait)
pipeline.merge([pathlib.Path(sys.argv[2])], pathlib.Path(sys.argv[1]), stages=fake_stages())
"""


@pytest.mark.parametrize("step", ["copy", "texts", "derive", "ids"])
def test_one_that_is_killed_is_finished_by_the_next(tmp_path: Path, step: str) -> None:
    shards = [index(tmp_path / f"{n}" / "quotes.db", ARTICLES[n::2]) for n in range(2)]
    whole = index(tmp_path / "whole" / "quotes.db", ARTICLES)
    process = subprocess.Popen(
        [sys.executable, "-c", KILLED, str(shards[0]), str(shards[1]), step],
        cwd=ROOT, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert process.stdout
    assert process.stdout.readline() == "now\n"
    process.send_signal(signal.SIGKILL)
    process.communicate()
    merge(*shards)
    assert dump(shards[0]) == dump(whole)


def test_it_waits_for_no_other_job(tmp_path: Path) -> None:
    one = index(tmp_path / "1" / "quotes.db", ARTICLES[:4])
    raised: list[BaseException] = []

    def attempt() -> None:
        try:
            merge(tmp_path / "all.db", one)
        except LockedError as error:
            raised.append(error)

    with store.hold(tmp_path / "all.db"):
        thread = threading.Thread(target=attempt)
        thread.start()
        thread.join()
    assert len(raised) == 1
    assert not (tmp_path / "all.db").exists()


def test_the_verb_sums_up_in_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("quotes.pipeline.maintaining.load_stages", lambda *_: fake_stages())
    shards = [str(index(tmp_path / f"{n}" / "quotes.db", ARTICLES[n::2])) for n in range(2)]
    into = str(tmp_path / "all.db")
    done = CliRunner().invoke(main, ["merge", *shards, "--db", into])
    assert (done.exit_code, done.output) == (
        0, f"40 articles read: 40 added, 0 changed, 0 there already; kept in {into}\n"
    )  # fmt: skip
    assert CliRunner().invoke(main, ["merge", "--db", into]).exit_code == 2
    done = CliRunner().invoke(main, ["merge", str(tmp_path / "none.db"), "--db", into])
    assert done.exit_code == 1
    assert done.output.startswith(f"quotes: {tmp_path / 'none.db'}: no such database")
