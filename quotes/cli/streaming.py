"""The verbs that keep nothing. What they need is imported inside them, so that --help is quick."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import BinaryIO

import click

from quotes.cli.entry import PATH, main, models_option, quiet_option
from quotes.cli.screen import Screen, count_words, write_lines


@main.command()
@click.argument("paths", nargs=-1, type=PATH, required=True)
@models_option
@quiet_option
def extract(paths: tuple[Path, ...], models: str, quiet: bool) -> None:
    """Print quotes and speakers, one JSON line an article.

    Nothing is stored. Offsets are characters of a text file as it stands; of a page, a mail or a PDF, of the
    text that was read from it.
    """
    from quotes import pipeline

    screen = Screen(quiet)
    lines = pipeline.extract(paths, models=models, skipped=screen.skip, warned=screen.warn)
    count = write_lines(lines)
    screen.finish(f"{count_words(count, 'article')}, {screen.skipped:,} skipped")
    sys.exit(1 if screen.skipped else 0)


@main.command()
@click.argument("file", type=click.File("rb"))
@quiet_option
def match(file: BinaryIO, quiet: bool) -> None:
    """Group quotes from a JSON Lines file into statements.

    FILE ("-": stdin) has "id", "text" and, where known, "outlet", "date", "speaker" and "article" on each
    line; printed are "id" and "statement".
    """
    from quotes import pipeline

    screen = Screen(quiet)
    name = Path(str(getattr(file, "name", "stdin"))).name.strip("<>")
    count = write_lines(pipeline.match(file, name, skipped=screen.skip))
    screen.finish(f"{count_words(count, 'quote')}, {screen.skipped:,} skipped")
    sys.exit(1 if screen.skipped else 0)
