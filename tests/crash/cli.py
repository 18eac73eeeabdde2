"""The command `quotes` with small stages: `python tests/crash/cli.py index FOLDER --db FILE`.

Where QUOTES_TEST_PAGES is set, a database may have so many pages: more are a full disk to SQLite.
"""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "unit"))

from fake_stages import FakeAnnotator, fake_stages

from quotes.cli import main
from quotes.pipeline import Stages, extraction, indexing, stages
from quotes.store.connect import Connection


def load_stages(*_: object, **__: object) -> Stages:
    """Return small stages in the name of the real ones, which take for their own what these wrote."""
    real = stages.load_stages()
    return replace(
        fake_stages(FakeAnnotator(real.annotator.version), real.rules_version),
        annotation_rules_version=real.annotation_rules_version,
        derived_version=real.derived_version,
    )


def limit_pages(pages: str) -> None:
    """Let no database of this process have more pages than that."""
    plain = Connection.__init__

    def begin(connection: Connection, *given: Any, **named: Any) -> None:
        plain(connection, *given, **named)
        connection.execute(f"PRAGMA max_page_count = {int(pages)}")

    Connection.__init__ = begin  # type: ignore[method-assign]


extraction.load_stages = indexing.load_stages = load_stages
if pages := os.environ.get("QUOTES_TEST_PAGES"):
    limit_pages(pages)

if __name__ == "__main__":
    main(prog_name="quotes")
