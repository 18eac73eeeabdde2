"""Which engine runs a job: this process alone, as many as were asked for and find memory, or Ray."""

from __future__ import annotations

import os
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from quotes.engine.batches import run_here
from quotes.engine.cluster import require_ray
from quotes.engine.processes import run_in_processes
from quotes.engine.ray import run_in_actors

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from quotes.engine.batches import Engine

EACH = 800_000_000
"""Bytes of memory that a process with the models takes, its largest batches included."""


PROCESSES, RAY = "processes", "ray"
ENGINES = (PROCESSES, RAY)


def check_engine(name: str) -> None:
    """Raise ModelError where the engine of a name cannot run here."""
    if name == RAY:
        require_ray()


def measure_free() -> int | None:
    """Return how many bytes of memory are free for new processes; None where this machine does not tell."""
    return min((*_read_machine(), *_read_limits()), default=None)


def choose(
    jobs: int,
    warn: Callable[[str], None] = lambda _: None,
    free: Callable[[], int | None] = measure_free,
    *,
    name: str = PROCESSES,
    address: str | None = None,
    version: Callable[[], str] = str,
) -> Engine:
    """Return the engine for `jobs` processes, or as many as have room; `warn` is told where that is fewer.

    With `name` RAY they are Ray's; with the `address` of a cluster, on those of its machines that have room
    and where `version` returns what it does here.
    """
    if name == RAY and address:
        return partial(run_in_actors, jobs=jobs, address=address, memory=EACH, version=version, warn=warn)
    jobs = _fit(jobs, warn, free)
    if name == RAY:
        return partial(run_in_actors, jobs=jobs, warn=warn)
    return partial(run_in_processes, jobs=jobs, warn=warn) if jobs > 1 else run_here


def _fit(jobs: int, warn: Callable[[str], None], free: Callable[[], int | None]) -> int:
    """Return how many of so many processes have room; one always has."""
    room = free() if jobs > 1 else None
    fitting = jobs if room is None else max(1, min(jobs, room // EACH))
    if fitting < jobs:
        warn(
            f"memory for {fitting} of {jobs} jobs: each takes about {EACH // 10**6} MB,"
            f" and {(room or 0) // 10**6:,} MB are free"
        )
    return fitting


def _read_machine() -> Iterator[int]:
    try:
        lines = Path("/proc/meminfo").read_text("ascii").splitlines()
        yield next(int(line.split()[1]) * 1024 for line in lines if line.startswith("MemAvailable:"))
    except (OSError, StopIteration, ValueError):
        if "SC_PHYS_PAGES" in os.sysconf_names:  # macOS gives free memory no simple number: half of all
            yield os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") // 2


def _read_limits() -> Iterator[int]:
    """Yield what is left below each memory limit that this process is under (cgroup 2: systemd, Docker)."""
    root = Path("/sys/fs/cgroup")
    try:
        (own,) = (
            line[3:] for line in Path("/proc/self/cgroup").read_text().splitlines() if line.startswith("0::")
        )
    except (OSError, ValueError):
        return
    group = root / own.lstrip("/")
    for folder in (group, *group.parents):
        if folder == root.parent:
            return
        try:
            limit = (folder / "memory.max").read_text().strip()
            if limit != "max":
                yield max(0, int(limit) - _read_used(folder))
        except (OSError, ValueError):
            continue


def _read_used(group: Path) -> int:
    """Return the memory that is used and could not be freed at once, as cached files can."""
    rows = (line.split() for line in (group / "memory.stat").read_text().splitlines())
    cached = sum(int(size) for name, size in rows if name in ("active_file", "inactive_file"))
    return int((group / "memory.current").read_text()) - cached
