"""What a person sees of a job: how far it is, how long it still takes, what went wrong, and one line at the end."""

from __future__ import annotations

import itertools
import random
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from quotes import pipeline
from quotes.cli.progress import Pace, say_progress
from quotes.cli.screen import Screen, sum_up
from quotes.records import Unreadable

if TYPE_CHECKING:
    from collections.abc import Iterable


class Clock:
    """Says what time it is made to be."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def follow(steps: Iterable[tuple[float, int]], total: int) -> list[str]:
    """Return what is said of the time left, without repetitions, after each (seconds, done)."""
    clock = Clock()
    pace = Pace(clock)
    said = []
    for seconds, done in steps:
        clock.now += seconds
        said.append(pace.tell(done, total))
    return [words for words, _ in itertools.groupby(said)]


def test_an_even_job_counts_down_calmly() -> None:
    said = follow(((1, done) for done in range(601)), 600)
    assert said == [
        "",
        "about 10 min left",
        "about 8 min left",
        "about 6 min left",
        "about 5 min left",
        "about 4 min left",
        "about 3 min left",
        "about 2 min left",
        "about 1 min left",
        "less than a minute left",
        "",
    ]


def test_batches_that_come_in_bursts_do_not_make_it_flicker() -> None:
    chance = random.Random(6)
    bursts = (done for batch in range(61) for done in [16 * batch] * chance.randint(10, 30))
    said = follow(((1, done) for done in bursts), 16 * 60)
    assert len(said) == len(set(said)) + 1  # "" at both ends
    assert said[0] == said[-1] == ""


def test_what_is_passed_quickly_at_first_is_soon_forgotten() -> None:
    """A thousand unchanged files in a second, then twelve new ones a minute."""
    steps = [(0.001, done) for done in range(1000)] + [(5, done) for done in range(1000, 1120)]
    clock = Clock()
    pace = Pace(clock)
    said = {}
    for seconds, done in steps:
        clock.now += seconds
        said[done] = pace.tell(done, 1240)
    assert said[1119] == "about 10 min left"
    assert said[1060] in ("about 10 min left", "about 15 min left")


def test_nothing_is_said_of_the_time_where_nothing_is_known() -> None:
    assert follow([(5, 0)] * 10, 100) == [""]
    assert follow([(1, 0)] * 60, 0) == [""]
    assert follow([(1, 100)] * 60, 100) == [""]


def make_summary(**counts: int) -> pipeline.Summary:
    summary = pipeline.Summary(places=1234, done=1100, requests=1050)
    summary.articles.update(read=1080, annotated=95, **counts)
    return summary


@pytest.mark.parametrize(
    ("width", "line"),
    [
        (88, "read 1,100 of 1,234, 1,080 articles, 95 annotated, 1,050 requests; about 4 min left"),
        (79, "read 1,100 of 1,234, 1,080 articles, 95 annotated; about 4 min left"),
        (60, "read 1,100 of 1,234, 1,080 articles; about 4 min left"),
        (40, "read 1,100 of 1,234; about 4 min left"),
        (30, "read 1,100 of 1,234"),
        (8, "read 1,1"),
    ],
)
def test_a_line_of_progress_fits(width: int, line: str) -> None:
    assert say_progress(make_summary(), "about 4 min left", width) == line


def test_a_line_says_only_what_there_is() -> None:
    assert say_progress(pipeline.Summary(), "", 79) == "read, 0 articles"


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("quotes.cli.screen._is_terminal", lambda: True)


@pytest.mark.usefixtures("terminal")
def test_a_line_is_drawn_ten_times_a_second_at_most(capsys: pytest.CaptureFixture[str]) -> None:
    screen = Screen()
    for _ in range(1000):
        screen.advance(make_summary())
    assert 1 <= capsys.readouterr().err.count("read 1,100") <= 10


@pytest.mark.usefixtures("terminal")
def test_an_error_stands_on_a_line_of_its_own(capsys: pytest.CaptureFixture[str]) -> None:
    def break_off() -> None:
        with Screen() as screen:
            screen.advance(make_summary())
            raise OSError

    with pytest.raises(OSError):  # noqa: PT011
        break_off()
    assert capsys.readouterr().err.endswith("\r\x1b[2K")


def test_what_an_earlier_job_said_is_not_said_again_in_silence(capsys: pytest.CaptureFixture[str]) -> None:
    quiet, usual = Screen(quiet=True), Screen()
    for screen in (quiet, usual):
        screen.skip(Unreadable("a.txt", "empty"), True)
        screen.skip(Unreadable("b.txt", "empty"), False)
        screen.warn("half of it")
        screen.finish("all done")
        assert screen.skipped == 2
    assert capsys.readouterr().err.splitlines() == [
        "quotes: b.txt: empty",
        "quotes: a.txt: empty",
        "quotes: b.txt: empty",
        "quotes: half of it",
        "all done",
    ]


def test_only_what_was_told_is_counted_as_more(capsys: pytest.CaptureFixture[str]) -> None:
    screen = Screen(quiet=True)
    for number in range(50):
        screen.skip(Unreadable(f"{number}.txt", "empty"), number >= 25)
    screen.finish()
    lines = capsys.readouterr().err.splitlines()
    assert (len(lines), lines[-1]) == (21, "quotes: … and 5 more skipped")


def test_a_job_is_summed_up_in_one_line() -> None:
    summary = pipeline.Summary(quotes=7, altered=1)
    summary.articles.update(added=2, changed=1, removed=1, redone=3, unchanged=1200, skipped=1)
    line = sum_up(summary, Path("story.db"))
    assert line.startswith(
        "2 added, 1 changed, 3 analysed again, 1 removed, 1,200 unchanged, 1 skipped: 7 quotes read,"
        " 1 altered by its own outlet; kept in story.db; look at them with `"
    )
    only = pipeline.Summary()
    only.articles.update(removed=2, unchanged=5)
    assert sum_up(only, Path("story.db")) == "2 removed, 5 unchanged; kept in story.db"


def test_a_job_without_news_is_summed_up_too() -> None:
    summary = pipeline.Summary()
    assert sum_up(summary, Path("x.db")) == "nothing read"
    summary.articles.update(unchanged=1200, skipped=2)
    assert sum_up(summary, Path("x.db")) == "nothing new: 1,200 articles unchanged; 2 skipped"
