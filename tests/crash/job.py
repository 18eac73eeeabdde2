"""A job to be killed: indexes the folder argv[1] into argv[2] with small stages, slowly enough to be hit."""

from __future__ import annotations

import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "unit"))

from fake_stages import FakeAnnotator, fake_stages

from quotes.pipeline import Listener, Summary, Wanted, index
from quotes.sources import Source


def main(folder: Path, database: Path, pause: float) -> None:
    def advanced(summary: Summary) -> None:
        time.sleep(pause)
        sys.stdout.write(f"{summary.articles['added']}\n")
        sys.stdout.flush()

    stages = fake_stages(FakeAnnotator())
    index(Wanted((Source(folder),)), database, stages=stages, listener=Listener(advanced=advanced))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), float(sys.argv[3]))
