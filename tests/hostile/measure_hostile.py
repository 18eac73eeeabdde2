"""Reads all hostile files in one process, and says what came of each, how long it took and how much memory.

    python tests/hostile/measure_hostile.py [--json] [FOLDER]

FOLDER has the files, if they were written before. Memory is what the process needed at most over what it
needed to read a sound file of each kind.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict, dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from hostile_files import FILES
from reading import check_found
from seeding import SOUND

from quotes.records import Article, Unreadable
from quotes.sources import Linked, find, read_place

MOST_SHOWN = 3


@dataclass
class Outcome:
    """What came of a file: how many records, what the first of each kind say, and the seconds it took.

    Among the reasons are those that were only told.
    """

    count: int = 0
    texts: list[str] = field(default_factory=list)
    reasons: list[str] = field(default_factory=list)
    addresses: list[str] = field(default_factory=list)
    seconds: float = 0.0

    def tell(self, reason: str) -> None:
        """Keep a reason, or what was only told, where it is one of the first."""
        if len(self.reasons) < MOST_SHOWN:
            self.reasons.append(reason)


def read_file(path: Path) -> Outcome:
    """Read a file as a person would who names it."""
    outcome, began = Outcome(), time.monotonic()
    for place in find([path]):
        for found in [place] if isinstance(place, Unreadable) else read_place(place, outcome.tell):
            outcome.count += 1
            if outcome.count <= MOST_SHOWN or isinstance(found, Unreadable):
                check_found([found])
                _keep(outcome, found)
    outcome.seconds = round(time.monotonic() - began, 3)
    return outcome


def _keep(outcome: Outcome, found: Article | Unreadable | Linked) -> None:
    if isinstance(found, Article):
        outcome.texts.append(found.text[:20_000])
    elif isinstance(found, Linked):
        outcome.addresses.append(found.address)
    else:
        outcome.tell(found.reason)


def read_all(folder: Path) -> dict[str, object]:
    """Read all files of `folder` in order; return the outcomes, and the time and memory it took in all."""
    for path in sorted(SOUND.iterdir()):
        read_file(path)
    before, began, worked = _peak(), time.monotonic(), time.process_time()
    outcomes = {path.name: asdict(read_file(path)) for path in sorted(folder.iterdir())}
    seconds = {"seconds": time.monotonic() - began, "processor": time.process_time() - worked}
    return {"files": outcomes, "megabytes": _peak() - before, **seconds}


def _peak() -> int:
    """Return the most memory that this process ever held, in megabytes.

    What getrusage says starts from what its parent held: it is asked only where nothing else tells it.
    """
    status = Path("/proc/self/status")
    if not status.exists():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1_000_000
    lines = status.read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) // 1_000


def measure(folder: Path) -> dict[str, object]:
    """Write the files, and read them in a process of its own."""
    for file in FILES:
        file.write(folder)
    done = subprocess.run(
        [sys.executable, __file__, "--json", str(folder)], stdout=subprocess.PIPE, check=True, timeout=300
    )
    measured: dict[str, object] = json.loads(done.stdout)
    return measured


def tell(measured: dict[str, object]) -> None:
    """Print a line for each file that took long, and one for all."""
    files = measured["files"]
    assert isinstance(files, dict)
    for name, outcome in sorted(files.items(), key=lambda one: -one[1]["seconds"])[:10]:
        sys.stdout.write(f"{outcome['seconds']:6.2f} s  {name!r}: {outcome['reasons'] or outcome['count']}\n")
    sys.stdout.write(
        f"{len(files)} files: {measured['seconds']:.1f} s ({measured['processor']:.1f} s of the processor),"
        f" {measured['megabytes']} MB over baseline\n"
    )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path)
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    if given.json:
        sys.stdout.write(json.dumps(read_all(given.folder)))
    else:
        with tempfile.TemporaryDirectory() as made:
            tell(measure(Path(made)))
