"""Kills jobs with SIGKILL, before and after every commit and at random moments, and runs them again.

    python tests/crash/kill_many.py [--random 200] [--most N] [--seed 7]

A history of four jobs over a folder (first, changed, changed back, new rules), of `quotes vacuum`, of `quotes
merge` and of three jobs over a site is run undisturbed. Then each of these is killed again and again: what it
leaves must be whole, the next run must end with the same dump as the undisturbed one, and the run after that
must find nothing to do. With `--most`, so many kills are spread over all.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).resolve().parent))

from faults import (
    ALL_STEPS,
    Kill,
    assert_same,
    check_files,
    copy_files,
    dump,
    run_folder,
    run_job,
    start_site,
)
from story import STEPS, lay_out

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass
class Clean:
    """What one undisturbed job did: the files before it are in `before`, its dump is `dump`."""

    step: int
    before: Path
    dump: list[str]
    commits: int
    seconds: float


@dataclass
class Tally:
    """How many trials there were, how many found the job alive, and what went wrong."""

    kills: int = 0
    alive: int = 0
    faults: list[str] = field(default_factory=list)


def run_history(top: Path) -> list[Clean]:
    """Run the whole history undisturbed."""
    (top / "before0").mkdir()
    run_folder(lay_out(top, 1), top / "other" / "quotes.db")
    database, history = copy_files(top / "before0", top / "clean"), []
    for step in range(ALL_STEPS):
        folder, began = lay_out(top, min(step, STEPS - 1)), time.monotonic()
        done = run_job(folder, database, step)
        seconds = time.monotonic() - began
        assert done
        check_files(database)
        history.append(Clean(step, top / f"before{step}", dump(database), done["commits"], seconds))
        copy_files(database.parent, top / f"before{step + 1}")
    return history


def list_kills(clean: Clean, count: int, chance: random.Random) -> list[tuple[Clean, Kill]]:
    """Return one kill before and one after every commit of a job, and `count` at random moments."""
    at_commits = [Kill(number, is_before) for number in range(clean.commits) for is_before in (True, False)]
    at_random = [Kill(seconds=chance.uniform(0, clean.seconds)) for _ in range(count)]
    return [(clean, kill) for kill in (*at_commits, *at_random)]


def try_kill(top: Path, clean: Clean, kill: Kill, tally: Tally) -> None:
    """Kill one job, look at what it leaves, and run it again."""
    folder = lay_out(top, min(clean.step, STEPS - 1))
    database = copy_files(clean.before, top / "trial")
    was_killed = run_job(folder, database, clean.step, kill) is None
    tally.kills, tally.alive = tally.kills + 1, tally.alive + was_killed
    check_files(database)
    run_job(folder, database, clean.step)
    check_files(database)
    assert_same(database, clean.dump)
    again = run_job(folder, database, clean.step)
    assert again
    assert not {"added", "changed"} & {name for name, count in again["articles"].items() if count}, again
    assert_same(database, clean.dump)


def try_all(top: Path, kills: Sequence[tuple[Clean, Kill]], tally: Tally) -> None:
    """Go through all kills; a fault is told and kept, and the rest goes on."""
    for clean, kill in kills:
        try:
            try_kill(top, clean, kill, tally)
        except Exception as error:
            tally.faults.append(f"step {clean.step}, killed {kill}: {type(error).__name__}: {error}")
            sys.stdout.write(f"{tally.faults[-1]}\n")


def main(arguments: argparse.Namespace) -> int:
    """Return the exit status: 1 where a kill lost something."""
    chance, tally, began = random.Random(arguments.seed), Tally(), time.monotonic()
    with tempfile.TemporaryDirectory() as name:
        top = Path(name)
        site = start_site(top)
        history = run_history(top)
        share = -(-arguments.random // len(history))
        kills = [one for clean in history for one in list_kills(clean, share, chance)]
        if arguments.most:
            kills = random.Random(arguments.seed).sample(kills, min(arguments.most, len(kills)))
        try_all(top, kills, tally)
        site.kill()
    commits = [clean.commits for clean in history]
    sys.stdout.write(
        f"{tally.kills} kills ({tally.alive} of a job still at work) over {len(history)} jobs with {commits}"
        f" commits: {len(tally.faults)} faults, {time.monotonic() - began:.0f} s\n"
    )
    return 1 if tally.faults else 0


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--random", type=int, default=200, help="kills at random moments")
    parser.add_argument("--most", type=int, help="only so many kills, spread over all")
    parser.add_argument("--seed", type=int, default=7)
    raise SystemExit(main(parser.parse_args()))
