"""The verbs about this installation: how it runs by itself, and which models it has."""

from __future__ import annotations

import getpass
import json
from pathlib import Path

import click

from quotes.cli.entry import PATH, database_option, json_option, main
from quotes.cli.screen import find_program


@main.command()
@click.argument("name", metavar="NAME", type=click.Choice(["cron", "systemd", "launchd", "github"]))
@click.argument("named", nargs=-1, metavar="[PATH|ADDRESS]...")
@click.option(
    "--sources",
    "sources_file",
    type=PATH,
    metavar="FILE",
    help="The list of what to read. Default, where nothing is named: the one beside the database.",
)
@database_option
def recipe(name: str, named: tuple[str, ...], sources_file: Path | None, database: Path) -> None:
    """Print how to run `quotes index` every hour.

    NAME says what runs it: cron, systemd (a timer), launchd (macOS), or github (a workflow of its Actions).
    The recipe knows where quotes, the database and the sources are here, and says where to put it.
    """
    from quotes import sources
    from quotes.cli.recipes import Hourly, write_recipe

    listed = sources_file
    if not (listed or named):
        listed = sources.find_sources_file(database) or database.with_name("sources.txt")
    if listed and not listed.exists():
        click.echo(f"quotes: {listed}: not there yet; write the feeds and folders to read in it", err=True)
    described = map(sources.source_of, named)
    job = Hourly(
        find_program(),
        sources.absolute(database),
        sources.absolute(listed) if listed else None,
        tuple(one.address or str(sources.absolute(one.path or Path())) for one in described),
        getpass.getuser(),
    )
    click.echo(write_recipe(name, job), nl=False)


@main.command()
@json_option
def models(as_json: bool) -> None:
    """List the installed language models and their jobs."""
    from quotes.models import list_models

    rows = [
        {
            "name": one.name,
            "model": one.model,
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
        click.echo(f"{row['name']:<10} {row['model']:<9} {row['megabytes']:>6.1f} MB  {row['job']}")
    click.echo("The models called official are Stanza's own; it fetches them when they are first used.")
