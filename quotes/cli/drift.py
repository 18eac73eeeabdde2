"""Statements that drifted, as lines of text: pure functions from what the store gives."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from quotes.cli.lines import MARGIN, wrap, wrap_pieces
from quotes.publish.brackets import describe_change
from quotes.publish.data import list_changes, list_statement
from quotes.publish.phrases import (
    count,
    describe_date,
    describe_drift,
    describe_first,
    has_time,
    join_names,
    name_with_role,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from quotes.cli.lines import Styles
    from quotes.store import ShownStatement

TITLES: Mapping[str, str] = {"widest": "Widest drift", "newest": "Newest drift"}
_MOST_CHANGES = 5  # of one statement
_MOST_LINES = 3  # of its reference wording
STYLES: Styles = {
    "gone": {"fg": "red", "strikethrough": True},
    "come": {"fg": "green", "bold": True},
    "flag": {"fg": "yellow", "bold": True},
}


def write_sections(
    sections: Mapping[str, Sequence[ShownStatement]], width: int, none: str = "none"
) -> Iterator[str]:
    """Yield the statements under their titles; `none` stands where there is none under a title."""
    for title, statements in sections.items():
        yield ""
        yield click.style(title, bold=True)
        if not statements:
            yield f"{MARGIN}{none}"
        for number, statement in enumerate(statements, 1):
            yield ""
            yield from write_statement(number, statement, width)


def write_drift(
    lists: Mapping[str, Sequence[ShownStatement]], width: int, serve: str, find: str
) -> Iterator[str]:
    """Yield the lists under their titles, and the commands that show one of them whole."""
    lines = list(write_sections({TITLES[order]: found for order, found in lists.items()}, width))
    yield from lines[1:]
    if any(lists.values()):
        yield ""
        yield click.style("More", bold=True)
        yield f"{MARGIN}{find} ID"
        yield f"{MARGIN}{serve} --open"


def write_statement(number: int, statement: ShownStatement, width: int) -> Iterator[str]:
    """Yield one statement: its reference wording, who said and printed it, and its most telling changes."""
    yield from wrap(f"“{statement.reference}”", width, f"{number}. ", MARGIN, _MOST_LINES)
    yield from wrap(say_mouths(statement), width, MARGIN, MARGIN * 2, dim=len(statement.mouths) < 2)
    yield from wrap(say_first(statement), width, MARGIN, MARGIN * 2, dim=True)
    yield from wrap(_say_size(statement), width, MARGIN, MARGIN * 2, dim=True)
    changes = list_changes(statement)
    for change, outlets in changes[:_MOST_CHANGES]:
        yield from wrap_pieces(describe_change(change, outlets), width, STYLES, MARGIN * 2)
    if len(changes) > _MOST_CHANGES:
        yield f"{MARGIN * 2}and {count(len(changes) - _MOST_CHANGES, 'more change')}"
    yield from wrap(f"id: {statement.id}", width, MARGIN, MARGIN, dim=True)


def say_mouths(statement: ShownStatement) -> str:
    """Return who is named as the speaker, and by whom where outlets differ; or why nobody is."""
    named = [(name_with_role(mouth.speaker, mouth.role), mouth.outlets) for mouth in statement.mouths]
    if len(named) > 1:
        return f"different speakers: {'; '.join(f'{name} ({join_names(by)})' for name, by in named)}"
    if named:
        return f"said by {named[0][0]}"
    printings = [printing for wording in statement.wordings for printing in wording.printings]
    reasons = dict.fromkeys(one.no_speaker_reason for one in printings if one.no_speaker_reason)
    return f"no speaker is named{': ' if reasons else ''}{'; '.join(list(reasons)[:2])}"


def say_first(statement: ShownStatement) -> str:
    """Return who printed a statement first and when; several on one day are a tie."""
    day = statement.first_published or ""
    dates = (one.published or "" for wording in statement.wordings for one in wording.printings)
    some_timed = any(has_time(date) and date.startswith(day) for date in dates)
    return f"first: {describe_first(day, statement.first_outlets, some_timed)}"


def _say_size(statement: ShownStatement) -> str:
    last = (statement.last_published or "")[:10]
    sizes = (
        f"drift {describe_drift(statement.drift)}",
        count(statement.outlet_count, "outlet"),
        count(statement.wording_count, "wording"),
        *([f"last {describe_date(last)}"] if last > (statement.first_published or "")[:10] else []),
    )
    return ", ".join(sizes)


def list_drift(lists: Mapping[str, Sequence[ShownStatement]]) -> dict[str, Any]:
    """Return the lists for --json."""
    return {order: [list_statement(one) for one in found] for order, found in lists.items()}
