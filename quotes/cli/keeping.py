"""The verbs that fill a database and show it. What they need is imported inside them: --help is quick."""

from __future__ import annotations

import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

import click

from quotes.cli.entry import LOCKED, PATH, database_option, main, quiet_option
from quotes.cli.grouped import Grouped
from quotes.cli.indexing import GROUPS, SKIPPED, STATUSES, index_options, read_wanted
from quotes.cli.screen import Screen, measure_width, say_serve, sum_up, use_colour
from quotes.errors import LockedError


@main.command()
@click.option(
    "--db",
    "database",
    type=PATH,
    default=Path("quotes-demo", "quotes.db"),
    show_default=True,
    metavar="FILE",
    help="Where to keep the result.",
)
@click.option("--serve", is_flag=True, help="Then show it in a browser.")
@quiet_option
def demo(database: Path, serve: bool, quiet: bool) -> None:
    """Index invented sample articles and print what drifted most."""
    from quotes import pipeline
    from quotes.cli.report import write_report

    with Screen(quiet) as screen:
        listener = pipeline.Listener(screen.skip, screen.warn, screen.advance)
        pipeline.index_samples(database, listener=listener)
        screen.finish()
    for line in write_report(pipeline.report(database), measure_width()):
        click.echo(line, color=use_colour())
    click.echo(f"\nKept in {database}. Look at it with\n  {say_serve(database)} --open")
    if screen.skipped:
        sys.exit(1)
    if serve:
        _serve(database, 8001, open_browser=True)


@main.command(cls=Grouped, groups=GROUPS, epilog=STATUSES)
@index_options
def index(
    database: Path, models: str, speakers: Path | None, dry_run: bool, quiet: bool, **asked: Any
) -> None:
    """Read articles into a database; run again for what is new.

    A PATH is a file or a folder: text, web pages, PDF, e-mail, subtitles, tables (CSV, JSON), web archives.
    An ADDRESS is a page's, a feed's or a sitemap's. An outlet that is not named is called after the folder,
    or after the site. Where nothing is named, better models and rules and a speakers file are applied to what
    the database has.
    """
    from quotes import pipeline, sources

    wanted = read_wanted(database=database, **asked)
    if wanted.is_nothing and not database.exists():
        raise click.UsageError(
            "nothing to read: name files, folders, web addresses, --sources or a --manifest"
        )
    with Screen(quiet) as screen:
        if wanted.is_nothing and not (speakers or sources.find_speakers_file(database)):
            screen.say_nothing_named(database)
        if dry_run:
            planned = pipeline.preview(wanted, database, models=models, warn=screen.warn)
            screen.list_planned(planned, wanted.limit)
            return
        listener = pipeline.Listener(screen.skip, screen.warn, screen.advance)
        try:
            summary = pipeline.index(wanted, database, models=models, speakers=speakers, listener=listener)
        except LockedError:
            if quiet:  # what is to be done is being done: nothing went wrong
                sys.exit(LOCKED)
            raise
        screen.finish(sum_up(summary, database), err=False)
    sys.exit(SKIPPED if screen.skipped else 0)


@main.command()
@database_option
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8001, show_default=True, help="0 takes any free one."
)
@click.option("--open", "open_browser", is_flag=True, help="Open a browser.")
def serve(database: Path, port: int, open_browser: bool) -> None:
    """Show a database in a browser, with Datasette."""
    _serve(database, port, open_browser)


@main.command()
@click.argument("folder", metavar="OUT", type=PATH)
@database_option
@click.option("--title", metavar="WORDS", help="What the site calls itself. Default: Quote Drift.")
@click.option("--download", is_flag=True, help="Let visitors download the whole database.")
@quiet_option
def publish(folder: Path, database: Path, title: str | None, download: bool, quiet: bool) -> None:
    """Write a folder that any server can show to the public.

    OUT is made, or replaced where it was published to before. It has the quotes, the pages, settings that are
    safe in public, and instructions for hosts; no article texts, and no file names of this machine.
    """
    from quotes.cli.published import tell_published
    from quotes.publish import publication

    written = publication.publish(database, folder, title=title, download=download)
    if not quiet:
        click.echo("\n".join(tell_published(written)))


def _serve(database: Path, port: int, open_browser: bool) -> None:
    """Serve until Ctrl-C, which is how it ends."""
    with suppress(KeyboardInterrupt):
        from quotes import publish, store

        store.open_quotes(database, create=False).close()
        publish.serve(database, port, open_browser=open_browser)
