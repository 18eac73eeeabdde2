"""What a person sees of a job: how far it is, how long it still takes, what went wrong, a line at the end."""

from __future__ import annotations

import itertools
import random
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from quotes import pipeline
from quotes.cli.progress import Pace, count_done, say_progress
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
    assert len(said) <= len(set(said)) + 2  # "" at both ends, and one correction
    assert said[0] == said[-1] == ""


def test_what_is_passed_quickly_at_first_is_soon_forgotten() -> None:
    """A thousand files without quotes in a second, then twelve a minute for twenty minutes."""
    steps = [(0.001, done) for done in range(1000)] + [(5, done) for done in range(1000, 1240)]
    said = follow(steps, 1240)
    assert said[1] == "less than a minute left"  # as if it went on like that
    assert said[-5:] == [
        "about 4 min left",
        "about 3 min left",
        "about 2 min left",
        "about 1 min left",
        "less than a minute left",
    ]
    assert len(said) < 20


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
        (88, "1,100 of 1,234 done, 1,080 articles, 95 annotated, 1,050 requests; about 4 min left"),
        (79, "1,100 of 1,234 done, 1,080 articles, 95 annotated; about 4 min left"),
        (60, "1,100 of 1,234 done, 1,080 articles; about 4 min left"),
        (40, "1,100 of 1,234 done; about 4 min left"),
        (30, "1,100 of 1,234 done"),
        (8, "1,100 of"),
    ],
)
def test_a_line_of_progress_fits(width: int, line: str) -> None:
    assert say_progress(make_summary(), "about 4 min left", width) == line


def test_what_waits_for_the_models_is_not_done() -> None:
    summary = pipeline.Summary(places=60, done=40, fresh=36)
    summary.articles.update(read=40, added=10, changed=1, unchanged=4)
    assert count_done(summary) == 15


def test_a_line_says_only_what_there_is() -> None:
    assert say_progress(pipeline.Summary(), "", 79) == "0 articles"


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("quotes.cli.screen._is_terminal", lambda: True)


def test_progress_is_shown_on_a_terminal_only(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    summary = pipeline.Summary()
    summary.articles["read"] = 7
    Screen().advance(summary)
    assert capsys.readouterr().err == ""
    monkeypatch.setattr("quotes.cli.screen._is_terminal", lambda: True)
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    screen = Screen()
    screen.advance(summary)
    screen.skip(Unreadable("x.txt", "empty"))
    screen.finish("done")
    err = capsys.readouterr().err
    assert "7 articles" in err
    assert "quotes: x.txt: empty\n" in err
    assert err.endswith("done\n")
    Screen(quiet=True).advance(summary)
    assert capsys.readouterr().err == ""


@pytest.mark.usefixtures("terminal")
def test_a_line_is_drawn_ten_times_a_second_at_most(capsys: pytest.CaptureFixture[str]) -> None:
    screen = Screen()
    for _ in range(1000):
        screen.advance(make_summary())
    assert 1 <= capsys.readouterr().err.count("1,100 of") <= 10


@pytest.mark.usefixtures("terminal")
def test_an_error_stands_on_a_line_of_its_own(capsys: pytest.CaptureFixture[str]) -> None:
    def break_off() -> None:
        with Screen() as screen:
            screen.advance(make_summary())
            raise OSError

    with pytest.raises(OSError):  # noqa: PT011
        break_off()
    assert capsys.readouterr().err.endswith("\r")


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
