"""A report as lines of text: pure functions, coloured with click's styles."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

import click

from quotes.cli.screen import count_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from quotes.records import Change
    from quotes.store import Report, ShownStatement, ShownWording

_MOST_CHANGES = 6  # of one wording


def write_report(report: Report, width: int = 88) -> Iterator[str]:
    """Yield the lines of a report no wider than about `width` characters."""
    totals = report.totals
    yield (
        f"{count_words(totals['articles'], 'article')} of {count_words(totals['outlets'], 'outlet')}:"
        f" {count_words(totals['quotes'], 'quote')} by {count_words(totals['speakers'], 'speaker')},"
        f" {count_words(totals['statements'], 'statement')}"
    )
    yield from _section("Widest drift", report.widest, width)
    shown = {statement.id for statement in report.widest}
    others = [statement for statement in report.disputed if statement.id not in shown]
    yield from _section("More words in different mouths", others, width)


def _section(title: str, statements: Sequence[ShownStatement], width: int) -> Iterator[str]:
    yield ""
    yield click.style(title, bold=True)
    if not statements:
        yield "  none"
    for statement in statements:
        yield ""
        yield from _write_statement(statement, width)


def _write_statement(statement: ShownStatement, width: int) -> Iterator[str]:
    facts = [f"drift {statement.drift:.2f}", statement.worst_change, *statement.meaning_flags]
    yield "  " + click.style(" · ".join(facts), fg="yellow")
    for wording in statement.wordings:
        yield from _write_wording(wording, width)
    yield f"    first printed {describe_first(statement)}"
    yield from textwrap.wrap(
        f"said by {describe_mouths(statement)}", width, initial_indent="    ", subsequent_indent="      "
    )


def _write_wording(wording: ShownWording, width: int) -> Iterator[str]:
    yield from textwrap.wrap(
        f"“{wording.text}”",
        width,
        initial_indent="    ",
        subsequent_indent="     ",
        max_lines=4,
        placeholder=" …”",
    )
    outlets = ", ".join(wording.outlets)
    yield "      " + click.style(f"{wording.kind}: {outlets}", dim=True)
    for change in wording.changes[:_MOST_CHANGES]:
        yield "      " + write_change(change)
    if len(wording.changes) > _MOST_CHANGES:
        yield f"      … and {len(wording.changes) - _MOST_CHANGES} more changes"


def write_change(change: Change) -> str:
    """Return a change as one line: words gone in red, words come in green.

    >>> from quotes.records import Change
    >>> click.unstyle(write_change(Change("replace", "two", "ten", "substitution", "number")))
    'two → ten (number)'
    """
    before, after = _shorten(change.words_before), _shorten(change.words_after)
    gone = click.style(before, fg="red", strikethrough=True) if before else "+"
    come = click.style(after, fg="green") if after else "left out"
    arrow = " → " if before else " "
    flag = f" ({change.meaning_flag})" if change.meaning_flag else ""
    return f"{gone}{arrow}{come}{flag}"


def describe_first(statement: ShownStatement) -> str:
    """Return when a statement was first printed and by whom; several on one day are a tie."""
    if not statement.first_published:
        return "on a day that is not known"
    day = statement.first_published[:10]
    outlets = _join(statement.first_outlets) or "an unknown outlet"
    tie = ", a tie" if len(statement.first_outlets) > 1 else ""
    return f"on {day} by {outlets}{tie}"


def describe_mouths(statement: ShownStatement) -> str:
    """Return who is named as the speaker, and by whom where outlets differ."""
    if not statement.mouths:
        return "nobody who is named"
    if len(statement.mouths) == 1:
        return statement.mouths[0][0]
    return "; ".join(f"{speaker} ({_join(outlets)})" for speaker, outlets in statement.mouths)


def _join(names: Sequence[str]) -> str:
    return " and ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))


def _shorten(words: str) -> str:
    return textwrap.shorten(words, 60, placeholder=" …")
