"""The page on many machines: what it computes is computed from what was measured last."""

from __future__ import annotations

import doctest
import shlex
from pathlib import Path

import hundred_million
import pytest
from cogapp import Cog

from quotes.cli import main

ROOT = Path(__file__).resolve().parents[2]
PAGE = "quotes/engine/MANY_MACHINES.md"
TEXT = (ROOT / PAGE).read_text(encoding="utf-8")
COMMANDS = [line.partition("  #")[0] for line in TEXT.splitlines() if ".venv/bin/quotes " in line]
FIGURES = dict.fromkeys(hundred_million.read_figures(), 1.0) | {"growth exponent of grouping": 1.0}


def test_the_page_is_up_to_date(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(ROOT)
    status = Cog().main(["cog", "--check", "--diff", PAGE])
    assert not status, f"run: python -m cogapp -r {PAGE}\n" + capsys.readouterr().out


@pytest.mark.parametrize("line", COMMANDS)
def test_its_commands_are_understood(line: str) -> None:
    verb, *words = shlex.split(line.partition(".venv/bin/quotes ")[2])
    with main.make_context("quotes", [verb]) as quotes:  # a verb without it would forget -h, also for others
        parameters = main.commands[verb].make_context(verb, words, quotes, resilient_parsing=True).params
    assert parameters["engine"] == "ray"


def test_what_breaks_first_stands_first() -> None:
    limits = dict(hundred_million.find_limits(FIGURES))
    heavier = FIGURES | {"bytes of quotes.db for an article": 1e9}
    assert min(limits, key=lambda name: limits[name]) != "quotes.db is larger than a disk of 4 TB"
    (first, at) = min(hundred_million.find_limits(heavier), key=lambda row: row[1])
    assert (first, at) == ("quotes.db is larger than a disk of 4 TB", 4_000)


def test_the_plan_grows_with_what_was_measured() -> None:
    slow = FIGURES | {"words read in a CPU second": 0.5}
    name = "reading them, all stages, CPU hours"
    fast_hours, slow_hours = (
        float(dict(hundred_million.plan(figures))[name].replace(",", "")) for figures in (FIGURES, slow)
    )
    assert slow_hours == pytest.approx(2 * fast_hours, rel=0.05)
    assert hundred_million.count_busy(slow) == 2 * hundred_million.count_busy(FIGURES)


def test_its_examples_hold() -> None:
    result = doctest.testmod(hundred_million)
    assert result.attempted
    assert not result.failed
