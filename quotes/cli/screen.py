"""What a person sees: progress and problems on stderr, data and summaries on stdout."""

from __future__ import annotations

import json
import os
import shlex
import shutil
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from collections.abc import Iterable

    from quotes.pipeline import Summary
    from quotes.records import Unreadable

_MOST_LINES = 20  # of a kind: a folder of the wrong files should not scroll everything else away
MOST_COLUMNS, _LEAST_COLUMNS = 88, 30
_BACK = "\r\x1b[2K"


@dataclass(slots=True)
class Screen:
    """Tells one job's story. `quiet` leaves out progress and notes, never problems."""

    quiet: bool = False
    skipped: int = 0
    warned: int = 0
    _shown: bool = field(default=False)

    def skip(self, unreadable: Unreadable) -> None:
        """Say what gave no article, and why."""
        self.skipped += 1
        if self.skipped <= _MOST_LINES:
            self._say(f"quotes: {unreadable.source}: {unreadable.reason}")

    def warn(self, line: str) -> None:
        """Say what was read only in part."""
        self.warned += 1
        if self.warned <= _MOST_LINES and not self.quiet:
            self._say(f"quotes: {line}")

    def advance(self, summary: Summary) -> None:
        """Say how far a job is, on a terminal."""
        if not self.quiet and _is_terminal():
            count = summary.articles
            line = f"{count['read']} articles read, {count['annotated']} annotated"
            click.echo(f"{_BACK}{line}", nl=False, err=True)
            self._shown = True

    def finish(self, summary: str = "", err: bool = True) -> None:
        """Say what was left out above, and sum up in one line."""
        for count, what in ((self.skipped, "skipped"), (self.warned, "noted")):
            if count > _MOST_LINES and not (what == "noted" and self.quiet):
                self._say(f"quotes: … and {count - _MOST_LINES} more {what}")
        self._say("")
        if summary and not self.quiet:
            click.echo(summary, err=err)

    def _say(self, line: str) -> None:
        if self._shown:
            click.echo(_BACK, nl=False, err=True)
            self._shown = False
        if line:
            click.echo(line, err=True)


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
    parts = [
        f"{count[name]:,} {name}" for name in ("added", "changed", "unchanged", "skipped") if count[name]
    ]
    if summary.is_nothing_new:
        skipped = f"; {count['skipped']:,} skipped" if count["skipped"] else ""
        if not count["unchanged"]:
            return f"nothing read{skipped}"
        return f"nothing new: {count_words(count['unchanged'], 'article')} unchanged{skipped}"
    quotes = count_words(summary.quotes, "quote")
    how = f"look at them with `{say_serve(database)}`"
    return f"{', '.join(parts)}: {quotes} read; kept in {database}; {how}"


def _is_terminal() -> bool:
    return sys.stderr.isatty()
