"""The verbs that keep a database sound and small, and join databases."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any

import click

from quotes.cli.entry import PATH, database_option, json_option, main, models_option, quiet_option
from quotes.cli.lines import clean
from quotes.cli.screen import Screen, count_words

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from quotes.pipeline.maintaining import Checked, Shrunk
    from quotes.store import Finding, Merged

_SHOWN = 3  # ids of a finding
_LONGEST = 120  # characters of one of them
speakers_option = click.option(
    "--speakers", type=PATH, metavar="FILE", help="Your word on who is one speaker, as for `quotes index`."
)


@main.command()
@database_option
@click.option("--mend", is_flag=True, help="Mend what can be mended without reading articles again.")
@click.option("--texts", is_flag=True, help="Compare every text that is kept with its hash, too.")
@models_option
@speakers_option
@json_option
def check(database: Path, mend: bool, texts: bool, models: str, speakers: Path | None, as_json: bool) -> None:
    """Verify a database, and say how to mend it.

    Looked at are its pages, rows, search indexes, statements and counts, the versions they come from, and
    whether each quote stands in the text that was read. The exit status is 0 where all is well, else 1.
    """
    from quotes import pipeline

    checked = pipeline.check(database, mend=mend, thoroughly=texts, models=models, speakers=speakers)
    if as_json:
        click.echo(json.dumps(_list_findings(checked), ensure_ascii=False))
    else:
        click.echo("\n".join(map(clean, tell_checked(checked, str(database)))))
    sys.exit(1 if checked.left else 0)


@main.command()
@database_option
@quiet_option
def vacuum(database: Path, quiet: bool) -> None:
    """Give back the room that a database does not need.

    It and the texts kept beside it are written anew, without what no article needs. Pages and searches go on
    meanwhile.
    """
    from quotes import pipeline

    screen = Screen(quiet)
    shrunk = pipeline.vacuum(database, warn=screen.warn)
    screen.finish("\n".join(map(tell_shrunk, shrunk)), err=False)


@main.command()
@click.argument("others", nargs=-1, required=True, metavar="FROM...", type=PATH)
@database_option
@models_option
@speakers_option
@quiet_option
def merge(others: tuple[Path, ...], database: Path, models: str, speakers: Path | None, quiet: bool) -> None:
    """Add what other databases hold to a database.

    The others stay as they are. Of an article that two hold, the higher revision is kept, else the one read
    later. Statements are grouped anew across all of them.
    """
    from quotes import pipeline

    screen = Screen(quiet)
    merged = pipeline.merge(others, database, models=models, speakers=speakers, warn=screen.warn)
    for line in tell_conflicts(merged):
        screen.warn(line)
    screen.finish(tell_merged(merged, str(database)), err=False)


def tell_checked(checked: Checked, database: str) -> list[str]:
    """Return the lines that say what is wrong, what was mended, and what is left to do."""
    left = {(one.what, one.how) for one in checked.left}
    mended = [one for one in checked.found if (one.what, one.how) not in left]
    lines = [f"{database}: mended: {_describe(one)}" for one in mended if checked.left != checked.found]
    lines += [f"{database}: {_describe(one)}; {one.advice}" for one in checked.left]
    return lines if checked.left else [*lines, f"{database}: all is well"]


def tell_shrunk(shrunk: Shrunk) -> str:
    """Return what was saved of one file."""
    saved = max(0, shrunk.before - shrunk.after)
    return f"{shrunk.path}: {_megabytes(shrunk.after)}, {_megabytes(saved)} less than before"


def tell_conflicts(merged: Sequence[Merged]) -> list[str]:
    """Return a line for each article that two databases hold with other words."""
    return [
        f"{one.article}: in two databases with other words; "
        + (
            f"revision {one.other_revision} took the place of {one.revision}"
            if one.is_taken
            else "kept as it was"
        )
        for part in merged
        for one in part.conflicts
        if one.has_other_words
    ]


def tell_merged(merged: Sequence[Merged], database: str) -> str:
    """Return what merging did in one line."""
    read, added, changed = (
        sum(getattr(one, name) for one in merged) for name in ("read", "added", "changed")
    )
    done = f"{added:,} added, {changed:,} changed, {read - added - changed:,} there already"
    return f"{count_words(read, 'article')} read: {done}; kept in {database}"


def _describe(finding: Finding) -> str:
    if not finding.which:
        return finding.what
    shown = ", ".join(_clean(one) for one in finding.which[:_SHOWN] if one)
    more = ", …" if len(finding.which) > _SHOWN else ""
    return f"{finding.what}: {len(finding.which):,}" + (f" ({shown}{more})" if shown else "")


def _clean(words: str) -> str:
    """Return words of a database as they may be printed: some are an article's."""
    return "".join(letter if letter.isprintable() else " " for letter in words[:_LONGEST])


def _list_findings(checked: Checked) -> dict[str, Any]:
    return {name: [_list_finding(one) for one in getattr(checked, name)] for name in ("found", "left")}


def _list_finding(finding: Finding) -> dict[str, Any]:
    return {
        "what": finding.what,
        "count": len(finding.which),
        "which": finding.which[:100],
        "advice": finding.advice,
    }


def _megabytes(size: int) -> str:
    return f"{size / 1e6:,.1f} MB"
