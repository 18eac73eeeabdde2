"""The verbs that ask a database. What they need is imported inside them, so that --help is quick."""

from __future__ import annotations

import sys
from contextlib import closing
from typing import TYPE_CHECKING

import click

from quotes.cli.entry import database_option, json_option, main
from quotes.cli.lines import write_json
from quotes.cli.screen import measure_width, say_command, say_serve, use_colour, use_styles, write_lines
from quotes.errors import DatabaseError
from quotes.publish.phrases import FLAGS

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path


@main.command()
@click.argument("words", nargs=-1, required=True)
@database_option
@click.option(
    "--limit",
    type=click.IntRange(1, 100),
    default=3,
    show_default=True,
    metavar="N",
    help="Show at most N statements.",
)
@json_option
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
@database_option
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
@json_option
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
@database_option
@json_option
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
@database_option
@click.option(
    "--since",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="DATE",
    help="Only statements printed on this day or later; DATE is like 2026-03-04.",
)
@click.option("--speaker", metavar="NAME", help="Only statements of this speaker; NAME may be an id.")
def export(database: Path, since: datetime | None, speaker: str | None) -> None:
    """Print every statement, one JSON line each.

    A line has the statement with its speakers, its reference wording, all wordings, their changes and who
    printed each and when. They come in the order of their ids, at most 500 wordings and printings of each;
    the counts are those of all.
    """
    from quotes import store
    from quotes.publish.data import list_statement

    day = f"{since:%Y-%m-%d}" if since else None
    with (
        closing(store.open_quotes(database, create=False)) as connection,
        closing(store.stream_statements(connection, day, speaker)) as statements,
    ):
        write_lines(map(list_statement, statements))
    _note_age(database)
