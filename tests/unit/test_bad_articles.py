"""Articles that take long, or that a process dies of, in a job of two processes: they cost no other."""

from __future__ import annotations

import os
import signal
import threading
import time
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result
from fake_stages import FakeAnnotator, fake_stages

from quotes import store
from quotes.cli import main
from quotes.engine.pieces import AT_HAND
from quotes.pipeline import analyse
from quotes.pipeline.unread import MOST_READ

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from quotes.pipeline import Stages
    from quotes.records import Annotated, Unread

TEXT = "“The bridge is shut for {} days,” Ann Reed said.\n"
WAITS = "“The lock is open,” Tom Ash said. He waits.\n"
DEADLY = "“The ferry is late,” Tom Ash said. Nobody survives this.\n"
SECONDS = 60.0


@dataclass
class Perilous(FakeAnnotator):
    """Reads as the small annotator does; some texts are orders to die, or to wait until that is over."""

    folder: str = ""

    def annotate(self, jobs: Sequence[Unread]) -> list[Annotated]:
        for text, *_ in jobs:
            if text == DEADLY:
                os.kill(os.getpid(), signal.SIGKILL)
            if text == WAITS:
                self.wait()
            with Path(self.folder, "read").open("a") as read:
                read.write("one\n")
        return super().annotate(jobs)

    def wait(self) -> None:
        """Say which process this is; unless an earlier one did, wait to be let go on."""
        mark = Path(self.folder, "process")
        if mark.exists():
            return
        mark.with_suffix(".part").write_text(str(os.getpid()))
        mark.with_suffix(".part").rename(mark)
        while not Path(self.folder, "go on").exists():
            time.sleep(0.01)


@pytest.fixture(autouse=True)
def story(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder of forty articles, read with small stages in batches of four."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("quotes.pipeline.indexing.load_stages", lambda _: make_stages(tmp_path))
    monkeypatch.setattr(analyse, "MOST_ARTICLES", 4)
    folder = tmp_path / "story"
    (folder / "desk").mkdir(parents=True)
    for number in range(40):
        (folder / "desk" / f"{number:02}.txt").write_text(TEXT.format(number))
    return folder


def make_stages(folder: Path) -> Stages:
    return fake_stages(Perilous(folder=str(folder)))


def index(jobs: int, database: str) -> Result:
    words = ["index", "story", "--jobs", str(jobs), "--db", database]
    return CliRunner().invoke(main, words, catch_exceptions=False)


def dump(database: str) -> list[str]:
    with closing(store.open_quotes(Path(database))) as connection:
        return list(store.dump(connection))


def ask(database: str, query: str) -> list[tuple[object, ...]]:
    with closing(store.open_quotes(Path(database))) as connection:
        return [tuple(row) for row in connection.execute(query)]


def meanwhile(act: Callable[[], None]) -> threading.Thread:
    thread = threading.Thread(target=act, daemon=True)
    thread.start()
    return thread


def await_file(path: Path) -> str:
    end = time.monotonic() + SECONDS
    while not path.exists():
        assert time.monotonic() < end, f"no {path.name}"
        time.sleep(0.01)
    return path.read_text()


def test_an_article_that_its_process_dies_of_is_skipped_with_the_reason(story: Path) -> None:
    (story / "desk" / "17.txt").write_text(DEADLY)
    done = index(2, "quotes.db")
    assert done.exit_code == 3
    assert "a process ended by SIGKILL; what it was at is tried again, one by one" in done.stderr
    reason = "the models failed: the process that read it ended by SIGKILL, twice"
    assert ask("quotes.db", "SELECT source, reason FROM skipped") == [("story/desk/17.txt", reason)]
    assert ask("quotes.db", "SELECT count(*) FROM articles") == [(39,)]
    assert ask("quotes.db", "SELECT articles_added, articles_skipped FROM runs") == [(39, 1)]
    (story / "desk" / "17.txt").write_text(TEXT.format(17))
    assert index(2, "quotes.db").exit_code == 0
    assert ask("quotes.db", "SELECT count(*) FROM articles") == [(40,)]


def test_a_process_killed_in_the_middle_costs_nothing(story: Path, tmp_path: Path) -> None:
    (story / "desk" / "17.txt").write_text(WAITS)
    killer = meanwhile(lambda: os.kill(int(await_file(tmp_path / "process")), signal.SIGKILL))
    done = index(2, "two.db")
    killer.join(SECONDS)
    assert done.exit_code == 0
    assert "ended by SIGKILL; what it was at is tried again" in done.stderr
    assert index(1, "one.db").exit_code == 0  # the file is there: it does not wait again
    assert dump("two.db") == dump("one.db")


def test_others_go_on_while_one_article_takes_long_and_all_stay_in_order(story: Path, tmp_path: Path) -> None:
    (story / "desk" / "00.txt").write_text(WAITS)
    others = 40 - 4 * AT_HAND  # without those of its batch, and those at hand in its process
    seen = [0]

    def let_go_on() -> None:
        end = time.monotonic() + SECONDS
        while seen[0] < others and time.monotonic() < end:
            seen[0] = len(await_file(tmp_path / "read").splitlines())
            time.sleep(0.05)
        (tmp_path / "go on").touch()

    helper = meanwhile(let_go_on)
    assert index(2, "quotes.db").exit_code == 0
    helper.join(SECONDS)
    assert seen[0] >= others
    order = [f"story/desk/{number:02}.txt" for number in range(40)]
    assert ask("quotes.db", "SELECT source FROM articles ORDER BY rowid") == [(name,) for name in order]


def test_an_article_of_five_megabytes_is_read_among_small_ones(story: Path) -> None:
    rain = "It rained for a long time. " * 20
    (story / "desk" / "00.txt").write_text(TEXT.format("many") + f"{rain}\n" * (5_000_000 // len(rain)))
    done = index(2, "quotes.db")
    assert done.exit_code == 0
    assert done.stdout.startswith("40 added")
    reasons = f"SELECT DISTINCT no_speaker_reason LIKE '%more than {MOST_READ:,} characters%', source"
    found = ask("quotes.db", f"{reasons} FROM quotes JOIN articles ON articles.id = article_id")
    assert {(reason, source) for reason, source in found if reason} == {(1, "story/desk/00.txt")}
    assert len(found) == 40
