"""What `quotes index` may be told: its arguments and options, and what they ask of the job."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from quotes.cli.entry import PATH, database_option, models_option, quiet_option
from quotes.cli.since import take_since

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from quotes.pipeline import Wanted

GROUPS = {
    "What to read": ("sources_file", "manifest", "since", "limit", "fresh"),
    "From the web": ("delay", "contact", "allow_private"),
    "How to run": ("jobs", "engine", "address", "wait", "dry_run", "quiet"),
    "Where to keep it": ("database", "speakers", "models"),
}
STATUSES = """\b
Exit status:
  0    done, or nothing was new
  1    the job could not go on; one line says why
  2    the command was not understood
  3    done, but something was skipped; the table `skipped` says what, and why
  75   another job is at work on the database (with --wait, it is waited for)
  130  stopped with Ctrl-C; nothing is lost, run it again to go on
"""
SKIPPED = 3

_OPTIONS = (
    click.argument("named", nargs=-1, metavar="[PATH|ADDRESS]..."),
    click.option(
        "--sources",
        "sources_file",
        type=PATH,
        metavar="FILE",
        help="A list of them: one a line, a CSV file, or a feed reader's OPML file. Default, where nothing"
        " is named: sources.txt, .csv or .opml beside the database.",
    ),
    click.option(
        "--manifest",
        type=PATH,
        metavar="FILE",
        help="A CSV file: file,outlet,title,published,url,byline,kind. Only what it names is read.",
    ),
    click.option(
        "--since",
        callback=take_since,
        metavar="WHEN",
        help="Nothing published before: 2026-03-04, 12h, 7d or 2w. What has no date is read.",
    ),
    click.option(
        "--limit", type=click.IntRange(min=1), metavar="N", help="At most N new or changed articles."
    ),
    click.option("--fresh", is_flag=True, help="Open all files again, also those that look unchanged."),
    click.option(
        "--delay",
        type=click.FloatRange(min=0),
        metavar="SECONDS",
        help="Between two requests to one host. Default: 1, or what its robots.txt asks for.",
    ),
    click.option(
        "--contact", metavar="WORDS", help="Your e-mail or web address: servers are told whom to ask."
    ),
    click.option("--allow-private", is_flag=True, help="Fetch from private networks and this machine, too."),
    click.option(
        "--jobs",
        type=click.IntRange(min=1),
        default=1,
        show_default=True,
        metavar="N",
        help="Analyse in N processes, of about 800 MB each.",
    ),
    click.option(
        "--engine",
        type=click.Choice(["processes", "ray"]),
        default="processes",
        show_default=True,
        help="What runs them: this machine's processes, or Ray, on many machines.",
    ),
    click.option(
        "--address",
        metavar="ADDRESS",
        help="Of a Ray cluster to annotate in: auto, or HOST:PORT. Default: a Ray of its own.",
    ),
    click.option("--wait", is_flag=True, help="Wait while another job is at work on the database."),
    click.option(
        "--dry-run", is_flag=True, help="Say what would be read and fetched, and why; keep nothing."
    ),
    quiet_option,
    database_option,
    click.option(
        "--speakers",
        type=PATH,
        metavar="FILE",
        help="Your word on who is one speaker: same: A = B, not same: A / B. Default: speakers.txt or"
        " NAME.speakers.txt beside the database.",
    ),
    models_option,
)


def index_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """Give a verb the arguments and options of `quotes index`."""
    for option in reversed(_OPTIONS):
        function = option(function)
    return function


def read_wanted(
    named: Sequence[str],
    sources_file: Path | None,
    database: Path,
    *,
    delay: float | None,
    contact: str | None,
    allow_private: bool,
    wait: bool,
    engine: str,
    address: str | None,
    **asked: Any,
) -> Wanted:
    """Return what a job is asked to read; where nothing is named, what the list beside the database names.

    Raises SourceError for a list of sources that cannot be used.
    """
    from quotes import fetch, pipeline, sources

    if address and engine != "ray":
        raise click.UsageError("--address is that of a Ray cluster: say --engine ray, too")
    if not (named or sources_file or asked["manifest"]):
        sources_file = sources.find_sources_file(database)
    listed = sources.read_sources(sources_file) if sources_file else ()
    manners: dict[str, Any] = {"allow_private": allow_private}
    if contact:
        manners["user_agent"] = fetch.name_agent(contact)
    if delay is not None:
        manners["delay"] = delay
    return pipeline.Wanted(
        (*map(sources.source_of, named), *listed),
        wait=float("inf") if wait else 0,
        manners=fetch.Manners(**manners),
        engine=engine,
        address=address,
        **asked,
    )
