"""What a person sees: progress and problems on stderr, data and summaries on stdout."""

from __future__ import annotations

import json
import os
import shlex
import shutil
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from quotes.cli.lines import clean
from quotes.cli.progress import Pace, count_done, say_progress

if TYPE_CHECKING:
    from collections.abc import Iterable

    from quotes.pipeline import Planned, Summary
    from quotes.records import Unreadable

_MOST_LINES = 20  # of a kind: a folder of the wrong files should not scroll everything else away
MOST_COLUMNS, _LEAST_COLUMNS = 88, 30
_LEAST_SECONDS = 0.1  # between two lines of progress
_SAID = {
    "added": "added",
    "changed": "changed",
    "redone": "analysed again",
    "removed": "removed",
    "unchanged": "unchanged",
    "skipped": "skipped",
}
_ITS = ("their own outlets", "its own outlet")
_BACK = "\r\x1b[2K"


@dataclass(slots=True)
class Screen:
    """Tells one job's story. `quiet` leaves out progress and notes, and problems that were told before."""

    quiet: bool = False
    skipped: int = 0
    warned: int = 0
    _told: int = 0  # of what was skipped
    _pace: Pace = field(default_factory=Pace)
    _drawn: float | None = None  # when the line of progress that stands there was drawn

    def __enter__(self) -> Screen:
        return self

    def __exit__(self, *_: object) -> None:
        self._say("")  # what is said next, an error perhaps, stands on a line of its own

    def skip(self, unreadable: Unreadable, is_known: bool = False) -> None:
        """Say what gave no article, and why; `is_known` where an earlier job said the same."""
        self.skipped += 1
        if self.quiet and is_known:
            return
        self._told += 1
        if self._told <= _MOST_LINES:
            self._say(f"quotes: {unreadable.source}: {unreadable.reason}")

    def warn(self, line: str) -> None:
        """Say what was read only in part."""
        self.warned += 1
        if self.warned <= _MOST_LINES and not self.quiet:
            self._say(f"quotes: {line}")

    def say_nothing_named(self, database: Path) -> None:
        """Say that there is nothing to read, even where it is quiet: a list that was moved stops all news."""
        beside = database.with_name("sources.txt")
        named = f"nothing to read is named, and {beside} (or .csv, .opml) is not there"
        self._say(f"quotes: {named}; {database} is only brought up to date")

    def advance(self, summary: Summary) -> None:
        """Say how far a job is and how long it still takes, on a terminal."""
        if self.quiet or not _is_terminal():
            return
        now = time.monotonic()
        if self._drawn is None or now - self._drawn >= _LEAST_SECONDS:
            left = self._pace.tell(count_done(summary), summary.places)
            line = say_progress(summary, left, _measure_stderr())
            click.echo(f"{_BACK}{line}", nl=False, err=True)
            self._drawn = now

    def list_planned(self, planned: Iterable[Planned], limit: int | None = None) -> None:
        """Print what a job would do, a line each, and how much that is; a limit may end it before."""
        count: Counter[str] = Counter()
        for one in planned:
            count[one.action] += 1
            click.echo(clean(f"{one.action:5}  {one.source}: {one.why}"))
        counts = ", ".join(f"{action} {number:,}" for action, number in count.items())
        end = f", until it has {count_words(limit, 'new or changed article')}" if limit else ""
        self.finish(f"a job would {counts}{end}" if counts else "a job would find nothing new")

    def finish(self, summary: str = "", err: bool = True) -> None:
        """Say what was left out above, and sum up in one line."""
        for count, what in ((self._told, "skipped"), (self.warned, "noted")):
            if count > _MOST_LINES and not (what == "noted" and self.quiet):
                self._say(f"quotes: … and {count - _MOST_LINES} more {what}")
        self._say("")
        if summary and not self.quiet:
            click.echo(summary, err=err)

    def _say(self, line: str) -> None:
        if self._drawn is not None:
            click.echo(_BACK, nl=False, err=True)
            self._drawn = None
        if line:
            click.echo(clean(line), err=True)


def write_lines(objects: Iterable[dict[str, Any]]) -> int:
    """Write each object as a line of JSON in UTF-8 to stdout; return their number."""
    out, count = sys.stdout.buffer, 0
    for count, one in enumerate(objects, 1):  # noqa: B007
        out.write(json.dumps(one, ensure_ascii=False).encode("utf-8") + b"\n")
        out.flush()
    return count


def use_colour() -> bool | None:
    """Return whether to colour: None lets click look at the terminal, NO_COLOR says no."""
    return False if os.environ.get("NO_COLOR") else None


def use_styles() -> bool:
    """Return whether letters on stdout may be bold or underlined; words must do where they may not."""
    return sys.stdout.isatty() and use_colour() is None


def measure_width() -> int:
    """Return how many characters a line of text may have: what is not a terminal gets the most."""
    if not sys.stdout.isatty():
        return MOST_COLUMNS
    columns = shutil.get_terminal_size((MOST_COLUMNS, 24)).columns
    return max(_LEAST_COLUMNS, min(MOST_COLUMNS, columns))


def count_words(number: int, one: str, many: str = "") -> str:
    """Return a number with its noun.

    >>> count_words(1, "article"), count_words(1200, "article")
    ('1 article', '1,200 articles')
    """
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def find_program() -> tuple[str, ...]:
    """Return the words that call `quotes` from anywhere: its path, or Python's and the package's name."""
    called = sys.argv[0]
    found = shutil.which(called) if Path(called).name == "quotes" else None
    return (os.path.abspath(found),) if found else (sys.executable, "-m", "quotes")  # noqa: PTH100


def say_program() -> str:
    """Return `quotes` as it can be typed here: by name where it is on the path, else as it was called."""
    called = sys.argv[0]
    if Path(called).name != "quotes":
        return "python -m quotes"
    found = shutil.which("quotes")
    is_found = found is not None and Path(found).resolve() == Path(called).resolve()
    return "quotes" if is_found else shlex.quote(called)


def say_datasette() -> str:
    """Return `datasette` as it can be typed here: the one that is installed with `quotes`."""
    program = say_program()
    if program.startswith("python"):
        return "python -m datasette"
    return str(Path(program).with_name("datasette"))


def say_serve(database: Path) -> str:
    """Return the command that shows a database, as it can be typed here."""
    return say_command("serve", database)


def say_command(verb: str, database: Path) -> str:
    """Return a command about a database, as it can be typed here.

    >>> say_command("serve", Path("my story.db")).endswith(" serve --db 'my story.db'")
    True
    """
    return f"{say_program()} {verb} --db {shlex.quote(str(database))}"


def sum_up(summary: Summary, database: Path) -> str:
    """Return what an index job did in one line."""
    merged = f"; {_tell_merged(summary.merged_by)}" if summary.merged_by is not None else ""
    return _sum_up_articles(summary, database) + merged


def _tell_merged(speakers_file: str | None) -> str:
    by = f"as {speakers_file} says" if speakers_file else "without the speakers file there was"
    return f"speakers merged {by}"


def _sum_up_articles(summary: Summary, database: Path) -> str:
    count = summary.articles
    parts = [f"{count[name]:,} {words}" for name, words in _SAID.items() if count[name]]
    if summary.is_nothing_new:
        skipped = f"; {count['skipped']:,} skipped" if count["skipped"] else ""
        if not count["unchanged"]:
            return f"nothing read{skipped}"
        return f"nothing new: {count_words(count['unchanged'], 'article')} unchanged{skipped}"
    if not summary.quotes:
        return f"{', '.join(parts)}; kept in {database}"
    altered = f", {summary.altered:,} altered by {_ITS[summary.altered == 1]}" if summary.altered else ""
    how = f"look at them with `{say_serve(database)}`"
    quotes = f"{count_words(summary.quotes, 'quote')} read{altered}"
    return f"{', '.join(parts)}: {quotes}; kept in {database}; {how}"


def _is_terminal() -> bool:
    return sys.stderr.isatty()


def _measure_stderr() -> int:
    """Return how many characters a line of progress may have: one that wraps could not be taken back."""
    try:
        return os.get_terminal_size(sys.stderr.fileno()).columns - 1
    except (OSError, ValueError):
        return 79
