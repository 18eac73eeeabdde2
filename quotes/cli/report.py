"""A report as lines of text: pure functions, coloured with click's styles."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

import click

from quotes.cli.screen import MOST_COLUMNS, count_words
from quotes.publish.phrases import describe_kind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from quotes.records import Change
    from quotes.store import Report, ShownStatement, ShownWording

_MOST_CHANGES = 5  # of one wording
_MARGIN = "   "


def write_report(report: Report, width: int = MOST_COLUMNS) -> Iterator[str]:
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
    if others:
        yield from _section("More words in different mouths", others, width)


def _section(title: str, statements: Sequence[ShownStatement], width: int) -> Iterator[str]:
    yield ""
    yield click.style(title, bold=True)
    if not statements:
        yield f"{_MARGIN}none"
    for number, statement in enumerate(statements, 1):
        yield ""
        yield from _write_statement(number, statement, width)


def _write_statement(number: int, statement: ShownStatement, width: int) -> Iterator[str]:
    reference = next((wording for wording in statement.wordings if wording.is_reference), None)
    text = f"“{reference.text if reference else statement.label}”"
    yield from _wrap(text, width, f"{number}. ", _MARGIN)
    yield from _wrap(f"first printed {describe_first(statement)}", width, _MARGIN, _MARGIN, dim=True)
    if reference and reference.outlets:
        yield from _wrap(f"printed so by {_join(reference.outlets)}", width, _MARGIN, _MARGIN, dim=True)
    mouths = describe_mouths(statement)
    yield from _wrap(
        f"said by {mouths}", width, _MARGIN, _MARGIN, dim="attribution" not in statement.meaning_flags
    )
    for wording in statement.wordings:
        if not wording.is_reference:
            yield from _write_wording(wording, width)


def _write_wording(wording: ShownWording, width: int) -> Iterator[str]:
    """Yield who printed a wording, its kind, and its changes, each a line as wide as it needs."""
    yield f"{_MARGIN}{_join(wording.outlets)}: " + click.style(
        name_kind(wording), fg="yellow" if wording.kind != "punctuation" else None
    )
    changes = [write_change(change) for change in wording.changes if change.kind != "punctuation"]
    shown = changes[:_MOST_CHANGES]
    if len(changes) > len(shown):
        shown.append(f"and {count_words(len(changes) - len(shown), 'more change')}")
    yield from _flow(shown, width, _MARGIN * 2)


def _flow(pieces: Sequence[str], width: int, margin: str) -> Iterator[str]:
    """Yield `pieces` with semicolons between them on as few lines as hold them; styles take no room."""
    line = ""
    for piece in pieces:
        if line and len(margin) + len(click.unstyle(f"{line}; {piece};")) > width:
            yield f"{margin}{line};"
            line = piece
        else:
            line = f"{line}; {piece}" if line else piece
    if line:
        yield f"{margin}{line}"


def _wrap(text: str, width: int, first: str, rest: str, dim: bool = False) -> Iterator[str]:
    lines = textwrap.wrap(
        text, width, initial_indent=first, subsequent_indent=rest, max_lines=4, placeholder=" …"
    )
    yield from (click.style(line, dim=True) if dim else line for line in lines)


def name_kind(wording: ShownWording) -> str:
    """Return the kind of a wording in the words of its page, of marks and spelling the one that changed."""
    if wording.kind != "punctuation":
        kind = describe_kind(wording.kind)
        return kind[:1].lower() + kind[1:]
    respelt = any(change.kind == "spelling" for change in wording.changes)
    return f"the same words, other {'spelling' if respelt else 'marks'}"


def write_change(change: Change) -> str:
    """Return a change in words: what is gone in red, what has come in green, what it means in brackets.

    >>> from quotes.records import Change
    >>> click.unstyle(write_change(Change("replace", "two", "ten", "substitution", "number")))
    '“two” became “ten” [number]'
    """
    before, after = _quote(change.words_before, "red"), _quote(change.words_after, "green")
    if before and after:
        words = f"{before} became {after}"
    elif before:
        words = f"{'cut ' if change.kind == 'truncation' else 'left out '}{before}"
    else:
        words = f"put in {after}"
    return words + (click.style(f" [{change.meaning_flag}]", bold=True) if change.meaning_flag else "")


def _quote(words: str, colour: str) -> str:
    return click.style(f"“{textwrap.shorten(words, 60, placeholder=' …')}”", fg=colour) if words else ""


def describe_first(statement: ShownStatement) -> str:
    """Return when a statement was first printed and by whom; several on one day are a tie."""
    if not statement.first_published:
        return "on a day that is not known"
    day, time = statement.first_published[:10], statement.first_published[11:16]
    when = f"on {day} at {time} UTC" if time else f"on {day}"
    outlets = _join(statement.first_outlets) or "an unknown outlet"
    tie = ", a tie" if len(statement.first_outlets) > 1 else ""
    return f"{when} by {outlets}{tie}"


def describe_mouths(statement: ShownStatement) -> str:
    """Return who is named as the speaker, and by whom where outlets differ."""
    if not statement.mouths:
        return "nobody who is named"
    if len(statement.mouths) == 1:
        return statement.mouths[0][0]
    return "; ".join(f"{speaker} ({_join(outlets)})" for speaker, outlets in statement.mouths)


def _join(names: Sequence[str]) -> str:
    return " and ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))
