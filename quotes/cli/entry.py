"""The entry point of `quotes`, and the options that several verbs share."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from quotes import __version__
from quotes.cli.lines import clean
from quotes.errors import LockedError, QuotesError

if TYPE_CHECKING:
    from collections.abc import Callable

_EXAMPLE = """\b
Example:
  quotes demo                            try it on invented articles
  quotes index articles/ --db story.db   read a folder, a file, a feed or a page
  quotes recipe cron --db story.db       have new articles read every hour
  quotes serve --db story.db --open      look at the result in a browser
  quotes find "words" --db story.db      see who printed them, and how
  quotes show "words" --db story.db      see who said them, and why
  quotes publish site --db story.db      write a folder for a public site
"""
PATH = click.Path(path_type=Path)
LOCKED = 75
"""The exit status where another job holds the lock: EX_TEMPFAIL, try again later."""


class _Verbs(click.Group):
    """Lists the verbs in the order they are defined, and reports problems in one line."""

    def list_commands(self, _ctx: click.Context) -> list[str]:
        return list(self.commands)

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except QuotesError as error:
            click.echo(f"quotes: {clean(str(error))}", err=True)
            ctx.exit(LOCKED if isinstance(error, LockedError) else 1)
        except KeyboardInterrupt:
            goes_on = "; nothing is lost, run the same command again to go on"
            kept = ctx.invoked_subcommand in ("index", "demo", "merge")
            click.echo(f"\nquotes: stopped{goes_on if kept else ''}", err=True)
            ctx.exit(130)


def default_database() -> Path:
    """Return db/quotes.db where there is a folder db, else quotes.db."""
    return Path("db", "quotes.db") if Path("db").is_dir() else Path("quotes.db")


def database_option(function: Callable[..., Any]) -> Callable[..., Any]:
    text = "The database. Default: db/quotes.db where there is a folder db, else quotes.db."
    return click.option("--db", "database", type=PATH, default=default_database, metavar="FILE", help=text)(
        function
    )


def models_option(function: Callable[..., Any]) -> Callable[..., Any]:
    text = "embedded: shipped with quotes. official: Stanza's own, fetched when first used."
    choice = click.Choice(["embedded", "official"])
    return click.option("--models", type=choice, default="embedded", show_default=True, help=text)(function)


quiet_option = click.option("--quiet", is_flag=True, help="Say nothing but what went wrong.")
json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON.")


@click.group(cls=_Verbs, epilog=_EXAMPLE, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="quotes")
def main() -> None:
    """Find who said what in news articles, and how outlets print the same quote differently."""
