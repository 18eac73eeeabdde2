"""The verbs of `quotes`. What they need is imported inside them, so that --help is quick."""

from __future__ import annotations

import json
import sys
from contextlib import closing, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

import click

from quotes import __version__
from quotes.cli.lines import write_json
from quotes.cli.screen import (
    Screen,
    count_words,
    measure_width,
    say_command,
    say_serve,
    sum_up,
    use_colour,
    use_styles,
    write_lines,
)
from quotes.errors import DatabaseError, QuotesError
from quotes.publish.phrases import FLAGS

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

_EXAMPLE = """\b
Example:
  quotes demo                            try it on invented articles
  quotes index articles/ --db story.db   read a folder of .txt or .jsonl files
  quotes serve --db story.db --open      look at the result in a browser
  quotes find "words" --db story.db      see who printed them, and how
  quotes show "words" --db story.db      see who said them, and why
"""
_PATH = click.Path(path_type=Path)


class _Verbs(click.Group):
    """Lists the verbs in the order they are defined, and reports problems in one line."""

    def list_commands(self, _ctx: click.Context) -> list[str]:
        return list(self.commands)

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except QuotesError as error:
            click.echo(f"quotes: {error}", err=True)
            ctx.exit(1)
        except KeyboardInterrupt:
            goes_on = "; nothing is lost, run the same command again to go on"
            kept = ctx.invoked_subcommand in ("index", "demo")
            click.echo(f"\nquotes: stopped{goes_on if kept else ''}", err=True)
            ctx.exit(130)


def default_database() -> Path:
    """Return db/quotes.db where there is a folder db, else quotes.db."""
    return Path("db", "quotes.db") if Path("db").is_dir() else Path("quotes.db")


def _database_option(function: Callable[..., Any]) -> Callable[..., Any]:
    text = "The database. Default: db/quotes.db where there is a folder db, else quotes.db."
    return click.option("--db", "database", type=_PATH, default=default_database, metavar="FILE", help=text)(
        function
    )


def _models_option(function: Callable[..., Any]) -> Callable[..., Any]:
    text = "embedded: shipped with quotes. official: Stanza's own, fetched when first used."
    choice = click.Choice(["embedded", "official"])
    return click.option("--models", type=choice, default="embedded", show_default=True, help=text)(function)


_quiet_option = click.option("--quiet", is_flag=True, help="Say nothing but what went wrong.")
_json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON.")


@click.group(cls=_Verbs, epilog=_EXAMPLE, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="quotes")
def main() -> None:
    """Find who said what in news articles, and how outlets print the same quote differently."""


@main.command()
@click.option(
    "--db",
    "database",
    type=_PATH,
    default=Path("quotes-demo", "quotes.db"),
    show_default=True,
    metavar="FILE",
    help="Where to keep the result.",
)
@click.option("--serve", is_flag=True, help="Then show it in a browser.")
@_quiet_option
def demo(database: Path, serve: bool, quiet: bool) -> None:
    """Index invented sample articles and print what drifted most."""
    from quotes import pipeline
    from quotes.cli.report import write_report

    screen = Screen(quiet)
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


@main.command()
@click.argument("paths", nargs=-1, type=_PATH)
@click.option(
    "--manifest",
    type=_PATH,
    metavar="FILE",
    help="A CSV file: file,outlet,title,published,url,byline,kind. Only what it names is read.",
)
@_database_option
@_models_option
@click.option(
    "--speakers",
    type=_PATH,
    metavar="FILE",
    help="Your word on who is one speaker: same: A = B, not same: A / B. Default: speakers.txt or"
    " NAME.speakers.txt beside the database.",
)
@click.option("--limit", type=click.IntRange(min=1), metavar="N", help="Read at most N articles.")
@_quiet_option
def index(
    paths: tuple[Path, ...],
    manifest: Path | None,
    database: Path,
    models: str,
    speakers: Path | None,
    limit: int | None,
    quiet: bool,
) -> None:
    """Read articles into a database; run again for what is new.

    PATHS are files and folders. Text files hold one article each; JSON Lines files one a line, with "text"
    and, where known, "outlet", "title", "published", "url" and "byline"; "kind": "transcript" says that it is
    the official record of what was said. An outlet that is not named is called after the folder. Without
    PATHS, a speakers file is applied to what the database has.
    """
    from quotes import pipeline, sources

    has_word = database.exists() and (speakers or sources.find_speakers_file(database))
    if not paths and not manifest and not has_word:
        raise click.UsageError("nothing to read: name files, folders or a --manifest")
    screen = Screen(quiet)
    listener = pipeline.Listener(screen.skip, screen.warn, screen.advance)
    summary = pipeline.index(
        paths, manifest, database, models=models, limit=limit, speakers=speakers, listener=listener
    )
    screen.finish(sum_up(summary, database), err=False)
    sys.exit(1 if screen.skipped else 0)


@main.command()
@_database_option
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8001, show_default=True, help="0 takes any free one."
)
@click.option("--open", "open_browser", is_flag=True, help="Open a browser.")
def serve(database: Path, port: int, open_browser: bool) -> None:
    """Show a database in a browser, with Datasette."""
    _serve(database, port, open_browser)


def _serve(database: Path, port: int, open_browser: bool) -> None:
    """Serve until Ctrl-C, which is how it ends."""
    with suppress(KeyboardInterrupt):
        from quotes import publish, store

        store.open_quotes(database, create=False).close()
        publish.serve(database, port, open_browser=open_browser)


@main.command()
@click.argument("words", nargs=-1, required=True)
@_database_option
@click.option(
    "--limit",
    type=click.IntRange(1, 100),
    default=3,
    show_default=True,
    metavar="N",
    help="Show at most N statements.",
)
@_json_option
def find(words: tuple[str, ...], database: Path, limit: int, as_json: bool) -> None:
    """List every wording of a quote: who printed it, and when.

    WORDS are a quote as you remember it or as an outlet prints it, from a telling word to a long sentence.
    What was printed otherwise is marked in brackets. Where nothing is close, the nearest is shown, and the
    exit status is 1. The id of a statement or quote lists all wordings of that statement. For who said a
    quote, and why: quotes show.
    """
    from quotes import pipeline
    from quotes.cli.find import list_found, read_typed, write_found

    found = pipeline.find(database, read_typed(words), limit)
    if not found.count:
        click.echo(f"quotes: {database}: nothing printed is close to these words", err=True)
    if as_json:
        click.echo(write_json(list_found(found)))
    else:
        commands = say_serve(database), say_command("show", database)
        for line in write_found(found, measure_width(), *commands):
            click.echo(line, color=use_colour())
    _note_age(database)
    sys.exit(0 if found.count else 1)


def _note_age(database: Path) -> None:
    """Say where an older version of quotes wrote what was shown."""
    from quotes import store

    with closing(store.open_quotes(database, create=False)) as connection:
        if store.lacks_changes(connection):
            click.echo(f"quotes: {database}: made by an older version; run `quotes index` again", err=True)


@main.command()
@_database_option
@click.option(
    "--by", "order", type=click.Choice(["widest", "newest"]), help="Print only one of the two lists."
)
@click.option(
    "--limit",
    type=click.IntRange(1, 1000),
    default=5,
    show_default=True,
    metavar="N",
    help="List at most N statements of each.",
)
@click.option(
    "--flag", type=click.Choice(list(FLAGS)), help="Only statements whose meaning this may have changed."
)
@click.option(
    "--since",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="DATE",
    help="Only what was printed (newest: first changed) on this day or later; DATE is like 2026-03-04.",
)
@_json_option
def drift(
    database: Path, order: str | None, limit: int, flag: str | None, since: datetime | None, as_json: bool
) -> None:
    """List the quotes that outlets worded most differently.

    Two lists, the widest drift and the newest. Of each quote: the reference wording, who said and first
    printed it, and its most telling changes. Its id leads to all wordings: quotes find ID.
    """
    from quotes import pipeline
    from quotes.cli.drift import list_drift, write_drift

    day = f"{since:%Y-%m-%d}" if since else None
    lists = pipeline.list_drift(database, [order] if order else ["widest", "newest"], limit, flag, day)
    if as_json:
        click.echo(write_json(list_drift(lists)))
    else:
        commands = say_serve(database), say_command("find", database)
        click.echo("\n".join(write_drift(lists, measure_width(), *commands)), color=use_colour())
    _note_age(database)


@main.command()
@click.argument("quote")
@_database_option
@_json_option
def show(quote: str, database: Path, as_json: bool) -> None:
    """Tell who said a quote, why, and who else was considered.

    QUOTE is the id of a quote, eight or more of its first digits, or some words of the quote. Where several
    quotes may be meant, they are listed, and the exit status is 1. For how others print it: quotes find.
    """
    from quotes import store
    from quotes.cli.show import list_hits, list_quote, write_hits, write_quote

    with closing(store.open_quotes(database, create=False)) as connection:
        hits = store.find_hits(connection, quote)
        shown = store.read_shown(connection, hits.best[0].id) if hits.count == 1 else None
    if not hits.count:
        raise DatabaseError(f"{database}: no quote has this id or these words; try fewer words of it")
    if as_json:
        click.echo(write_json(list_quote(shown) if shown else list_hits(hits)))
    elif shown:
        lines = write_quote(shown, measure_width(), use_styles(), say_serve(database))
        click.echo("\n".join(lines), color=use_colour())
    else:
        click.echo("\n".join(write_hits(hits, measure_width())))
        click.echo("quotes: several quotes may be meant; name one by its id", err=True)
    sys.exit(0 if shown else 1)


@main.command()
@click.argument("paths", nargs=-1, type=_PATH, required=True)
@_models_option
@_quiet_option
def extract(paths: tuple[Path, ...], models: str, quiet: bool) -> None:
    """Print quotes and speakers, one JSON line an article.

    Nothing is stored. Offsets are characters of the file as it stands.
    """
    from quotes import pipeline

    screen = Screen(quiet)
    lines = pipeline.extract(paths, models=models, skipped=screen.skip, warned=screen.warn)
    count = write_lines(lines)
    screen.finish(f"{count_words(count, 'article')}, {screen.skipped:,} skipped")
    sys.exit(1 if screen.skipped else 0)


@main.command()
@click.argument("file", type=click.File("rb"))
@_quiet_option
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


@main.command()
@_json_option
def models(as_json: bool) -> None:
    """List the installed language models and their jobs."""
    from quotes.models import list_models

    rows = [
        {
            "name": one.name,
            "processor": one.processor,
            "job": one.job,
            "language": one.language,
            "megabytes": round(one.megabytes, 1),
            "file": one.path.name,
        }
        for one in list_models()
    ]
    if as_json:
        click.echo(json.dumps(rows, indent=2))
        return
    for row in rows:
        click.echo(f"{row['name']:<10} {row['processor']:<9} {row['megabytes']:>6.1f} MB  {row['job']}")
    click.echo("The models called official are Stanza's own; it fetches them when they are first used.")
