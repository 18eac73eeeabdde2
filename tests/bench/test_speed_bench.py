"""The measure of speed itself: on a few small articles it gives every line that it promises."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import measure_speed
import pytest
import timed_commands
from news_folders import count_words, list_articles, make_folder
from stage_times import ELSE, LOADING, Stopwatch, time_stages

if TYPE_CHECKING:
    from collections.abc import Iterator

SMALL = (sys.executable, str(Path(__file__).resolve().parents[1] / "crash" / "cli.py"))
TEXT = "“Ferry {0} was late by {0} minutes,” Ann Reed said. It rained.\n\nStory {0}.\n"


@pytest.fixture
def articles(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder of small articles, measured with small stages beside an invented peer."""
    folder = tmp_path / "articles"
    folder.mkdir()
    for number in range(5):
        (folder / f"{number}.txt").write_text(TEXT.format(number), encoding="utf-8")
    peer = tmp_path / "peer.py"
    peer.write_text("import sys\nprint(len(sys.argv) * 1000)\n", encoding="utf-8")
    monkeypatch.setattr(measure_speed, "PEER", peer)
    monkeypatch.setattr(measure_speed, "SETTLED", 0)
    monkeypatch.setattr(timed_commands, "QUOTES", SMALL)
    return folder


def measure(articles: Path, *options: str) -> None:
    sys.argv = ["measure_speed.py", "--folder", str(articles), "--articles", str(articles), *options]
    measure_speed.main()


def test_each_part_gives_its_lines(
    articles: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", [])
    out = tmp_path / "speed.txt"
    parts = ("--only", "extract,growth,jobs,startup", "--rounds", "1", "--sizes", "2", "7", "--many", "6")
    measure(articles, *parts, "--out", str(out), "--peer-python", sys.executable)
    told = capsys.readouterr().out
    head, *measured = out.read_text(encoding="utf-8").strip().split("\n\n")
    assert told.split() == out.read_text(encoding="utf-8").split()
    assert re.match(r"\d{4}-\d\d-\d\d, .+ load .+\nPython .+ torch ", head)
    extracted, grown, together, started = measured
    assert extracted.startswith(f"quotes extract, one core, {5 * 14} words")
    assert [line.split()[0] for line in extracted.splitlines()[2:]] == ["1", "ratio:"]
    assert extracted.splitlines()[2].split()[4] == "3,000"
    assert [line.split()[0] for line in grown.splitlines()[2:]] == ["2", "7", "growth"]
    assert together.endswith("databases equal")
    assert started.endswith("loaded with nothing new: no models")


def test_without_the_peer_it_says_how_to_have_it(
    articles: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", [])
    measure(articles, "--only", "extract", "--rounds", "1")
    assert capsys.readouterr().out.strip().endswith("--help for how to install it")


def test_a_part_that_is_not_there_is_told(articles: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", [])
    with pytest.raises(SystemExit):
        measure(articles, "--only", "extract,elsewhere")


@pytest.mark.models
def test_stages_are_timed_where_they_run(articles: Path, tmp_path: Path) -> None:
    seconds = time_stages(articles, tmp_path / "quotes.db")
    assert {"scan", LOADING, "attribute", "speakers", "write", "group and derive", ELSE} <= seconds.keys()


def test_time_within_another_stage_is_the_inner_ones_alone() -> None:
    watch = Stopwatch()
    spin = watch.wrap("inner", lambda: sum(range(400_000)))

    def steps() -> Iterator[int]:
        for number in range(3):
            spin()
            yield number

    outer = watch.wrap("outer", steps)
    with watch.time("whole"):
        assert [*outer()] == [0, 1, 2]
    assert watch.seconds["inner"] > 5 * watch.seconds["outer"]
    assert watch.seconds["inner"] > 5 * watch.seconds["whole"]


def test_a_folder_of_more_articles_than_there_are_has_no_text_twice(articles: Path, tmp_path: Path) -> None:
    (tmp_path / "made").mkdir()
    folder = make_folder(tmp_path / "made", list_articles(articles), 12)
    texts = [path.read_text(encoding="utf-8") for path in list_articles(folder)]
    assert len({*texts}) == 12
    assert count_words(list_articles(folder)) == 12 * 14 + 7 * 5


def test_a_command_that_fails_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(RuntimeError, match="bad luck"):
        timed_commands.run([sys.executable, "-c", "raise SystemExit('bad luck')"])
    with pytest.raises(RuntimeError, match="printed no line"):
        timed_commands.time_first_line("version")
