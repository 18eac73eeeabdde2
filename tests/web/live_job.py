"""A job for the tests of a live server: indexes argv[2] rounds of invented articles into argv[1], in pieces.

Each round is an index run of its own, with articles that are new and ones that changed, so that all that is
derived from them is written anew while the server reads it. Only the stages that need models are small ones.
"""

from __future__ import annotations

import sys
import time
from dataclasses import replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "unit"))

from fake_stages import fake_stages

from quotes import drift, match
from quotes.pipeline import Listener, Summary, Wanted, index
from quotes.sources import Source

PEOPLE = ("Ann Reed", "Bo Lind", "Cy Marsh", "Di Holt")
THINGS = ("bridge", "harbour", "ferry", "school", "dam", "tower", "market", "tunnel")
ARTICLES = 40


def write_articles(folder: Path, round_number: int) -> None:
    """Write the articles of one round: those of earlier rounds again, every tenth changed, and new ones."""
    for number in range(ARTICLES * (round_number + 1)):
        outlet = folder / f"outlet-{number % 7}"
        outlet.mkdir(parents=True, exist_ok=True)
        thing, person = THINGS[number % len(THINGS)], PEOPLE[number % len(PEOPLE)]
        state = f"unsafe since {number % 9}" + (f", round {round_number}" if number % 10 == 0 else "")
        text = f"“The {thing} is {state},” {person} said. “Take care of it, {number % 30},” she said.\n\nSo."
        (outlet / f"a{number}.txt").write_text(text, encoding="utf-8")


def main(database: Path, rounds: int) -> None:
    folder = database.parent / "desk"
    for round_number in range(rounds):
        write_articles(folder, round_number)

        def advanced(summary: Summary) -> None:
            time.sleep(0.002)

        stages = replace(fake_stages(), regroup=match.regroup, describe=drift.describe)
        index(Wanted((Source(folder),)), database, stages=stages, listener=Listener(advanced=advanced))
        sys.stdout.write(f"{round_number}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
