"""A folder of articles as a schedule finds it from job to job: articles come, change, go and come back."""

from __future__ import annotations

import json
import os
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

STEPS = 4
RULES = ("rules-1", "rules-1", "rules-1", "rules-2")
"""The version of the stages at each step: the last step analyses all again."""
_SETTLED = 2.1  # seconds
_RECORDS = 12
_FEED = "https://wire.example/story/{}"


def lay_out(top: Path, step: int) -> Path:
    """Make `top`/now the folder as it is at `step`, and return it."""
    if not (top / "step0").exists():
        _lay_out_all(top)
    now = top / "now"
    now.unlink(missing_ok=True)
    now.symlink_to(f"step{step}")
    return now


def _lay_out_all(top: Path) -> None:
    """Lay out all steps. A file that stays as it was is the same file, with its times.

    A job does not trust the times of a file that changed a moment ago, hence the wait.
    """
    for step in range(STEPS):
        for name, words in list_files(step).items():
            _write(top / f"step{step}" / name, top / f"step{step - 1}" / name, words)
    time.sleep(_SETTLED)


def list_files(step: int) -> dict[str, str]:
    """Return the files of the folder at `step`, by name."""
    return _list_texts(step) | _list_pages(step) | {"wire/stories.jsonl": _list_records(step)}


def _write(file: Path, before: Path, words: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    if before.exists() and before.read_text(encoding="utf-8") == words:
        os.link(before, file)
    else:
        file.write_text(words, encoding="utf-8")


def _list_texts(step: int) -> dict[str, str]:
    """Return plain texts: one changes at the first step and another goes, which comes back at the second."""
    files = {}
    for number in range(16 + 2 * step):
        if number == 5 and step == 1:
            continue
        words = number + 100 if number == 2 and step else number
        files[f"outlet{number % 4}/{number:02}.txt"] = (
            f"“Statement {number // 4} has {words} words,” Ann Reed said. “And {words} more,” said Pike."
        )
    return files


def _list_pages(step: int) -> dict[str, str]:
    """Return files of one record each: the first goes and comes back, the second goes for good."""
    present = {0: (0, 1, 2), 1: (2,), 2: (0, 2)}.get(step, (0, 2))
    return {f"page/{number}.jsonl": _record("page", number, 0) for number in present}


def _list_records(step: int) -> str:
    """Return one file of many records, some of them changed, retold, left out or new."""
    lines = []
    for number in range(_RECORDS + step):
        if number == 5 and step == 1:
            continue
        revision = {1: step, 4: step % 2, 7: min(step, 1)}.get(number, 0)
        lines.append(_record("wire", number, revision, retitled=number == 2 and step >= 2))
    return "".join(lines)


def _record(outlet: str, number: int, revision: int, retitled: bool = False) -> str:
    count = number + 50 * revision
    text = (
        f"“Statement {number // 3} has {count} words in all,” Ann Reed said.\n\n"
        f"“Nobody asked {outlet} about {number // 2},” Tom Pike said. It rained {number} days."
    )
    record = {
        "text": text,
        "url": _FEED.format(f"{outlet}{number}"),
        "outlet": f"Outlet{number % 3}",
        "title": f"{'Again: story' if retitled else 'Story'} {number}",
        "published": f"2026-02-{number % 27 + 1:02}",
    }
    return json.dumps(record) + "\n"
