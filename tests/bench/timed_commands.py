"""Commands as users run them, each in a process of its own that computes in one thread: what they take."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

ROOT = Path(__file__).resolve().parents[2]
QUOTES: tuple[str, ...] = (sys.executable, "-m", "quotes")
_ONE_THREAD = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}


@dataclass(frozen=True, slots=True)
class Ran:
    """What a command took, with all processes that it started and waited for, and what it printed.

    Seconds of wall time and of CPU time (user and system); the most memory, in MB, that one of them held.
    """

    wall: float
    cpu: float
    peak: float
    out: str
    err: str


def run(command: Sequence[str], *, is_pinned: bool = False) -> Ran:
    """Run a command, on one core only where `is_pinned`; raise RuntimeError where it fails."""
    with tempfile.TemporaryFile("w+") as out, tempfile.TemporaryFile("w+") as err:
        began = time.monotonic()
        process = subprocess.Popen(
            command, env=_name_environment(), stdout=out, stderr=err, preexec_fn=_pin if is_pinned else None
        )
        _, status, used = os.wait4(process.pid, 0)
        wall = time.monotonic() - began
        process.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        err.seek(0)
        ran = Ran(
            wall, used.ru_utime + used.ru_stime, _count_megabytes(used.ru_maxrss), out.read(), err.read()
        )
    if process.returncode:
        raise RuntimeError(f"{' '.join(command)}: {process.returncode}\n{ran.err[-2_000:]}")
    return ran


def run_quotes(*arguments: object, is_pinned: bool = False) -> Ran:
    """Run `quotes` with these arguments."""
    return run([*QUOTES, *map(str, arguments)], is_pinned=is_pinned)


def time_first_line(*arguments: object) -> float:
    """Return the seconds from the start of `quotes` with these arguments to the first line that it prints."""
    began = time.monotonic()
    with subprocess.Popen(
        [*QUOTES, *map(str, arguments)],
        env=_name_environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as process:
        assert process.stdout
        line = process.stdout.readline()
        seconds = time.monotonic() - began
        process.stdout.read()
    if process.returncode or not line:
        raise RuntimeError(f"quotes {' '.join(map(str, arguments))} printed no line")
    return seconds


def _name_environment() -> dict[str, str]:
    return {**os.environ, **_ONE_THREAD, "PYTHONPATH": str(ROOT)}


def _pin() -> None:
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})


def _count_megabytes(most: int) -> float:
    return most / (2**20 if sys.platform == "darwin" else 2**10)
