"""The processes of a session: a program, all that it started, and what these started."""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Process:
    """A process, its first 15 letters, and the CPU seconds that it has used so far."""

    number: int
    name: str
    cpu: float


def list_session(leader: int) -> list[Process]:
    """Return all processes of the session that began with `leader`; none where this is no Linux."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):  # it just ended
            number, _, rest = stat.read_text(errors="replace").partition(" (")
            name, _, fields = rest.rpartition(") ")
            _, _, _, session, *others = fields.split()
            if int(session) == leader:
                ticks = int(others[7]) + int(others[8])
                found.append(Process(int(number), name, ticks / os.sysconf("SC_CLK_TCK")))
    return found
