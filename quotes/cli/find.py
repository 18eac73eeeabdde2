"""What was printed of remembered words, as lines of text: pure functions from what finding gives."""

from __future__ import annotations

import re
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

from quotes.cli.drift import STYLES, say_first, say_mouths
from quotes.cli.lines import MARGIN, wrap, wrap_pieces
from quotes.pipeline.finding import MOST_WORDS
from quotes.publish.brackets import mark
from quotes.publish.data import list_statement, name_page
from quotes.publish.diff import Segment, compare_stretch
from quotes.publish.phrases import count, describe_date, describe_flag, name_speaker
from quotes.text.normal import words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from quotes.pipeline import Found, FoundStatement
    from quotes.publish.brackets import Piece
    from quotes.records import Change
    from quotes.store import ShownPrinting, ShownStatement, ShownWording

_MOST_WORDINGS = 10  # of one statement
_MOST_PRINTINGS = 6  # of one wording
_LEAST_FOUND = 0.2  # of the words, below which a wording is shown as it is
_BRACKETS = dict.fromkeys(map(ord, "[]"))  # of an editor: what stands in them is looked for as well
_KEY = {
    r" →": "[yours → printed]",
    r"\[\+": "[+printed, not yours]",
    r"\[−": "[−yours, not printed]",
    r"\[… \d": "[… yours, cut]",
}


def read_typed(parts: Sequence[str]) -> str:
    """Return what was typed as one text. Raises UsageError where it is no quote to look for."""
    typed = " ".join(parts).translate(_BRACKETS).encode("utf-8", "replace").decode("utf-8")
    number = len(words(typed))
    if not number:
        raise click.UsageError("no word to look for: type some words of the quote")
    if number > MOST_WORDS:
        raise click.UsageError(f"{number:,} words: type one quote, {MOST_WORDS} words at most")
    return typed


def write_found(found: Found, width: int, serve: str, show: str) -> Iterator[str]:
    """Yield the lines that tell who printed the words and how, at most about `width` characters each.

    What differs from the words stands in brackets, so that it can be copied into a message. `serve` and
    `show` are the commands that show the database, and who said a quote.
    """
    shown = found.statements or tuple(filter(None, [found.nearest]))
    if found.nearest:
        yield from (click.style("nearest:", bold=True), "")
    lines = [
        line
        for number, one in enumerate(shown, 1)
        for line in _write_statement(number, one, found.words, width)
    ]
    yield from lines
    notes = list(_list_notes(found, lines))
    for note in notes:
        yield from wrap(note, width)
    if shown:
        yield from [""] * bool(notes)
        yield from _write_next([one.statement for one in shown], serve, show)


def _list_notes(found: Found, lines: Sequence[str]) -> Iterator[str]:
    """Yield what the marks in the wordings among `lines` mean, and how much found is not shown."""
    plain = map(click.unstyle, lines)
    text = "\n".join(line for line in plain if not line.startswith(MARGIN * 2))
    key = ", ".join(told for sign, told in _KEY.items() if re.search(sign, text))
    if key:
        yield f"Marks: {key}"
    unshown = found.count - len(found.statements)
    if unshown > 0:
        yield f"{count(unshown, 'more statement')} close to these words: raise --limit"


def _write_statement(number: int, found: FoundStatement, typed: str, width: int) -> Iterator[str]:
    statement = found.statement
    yield from wrap(say_mouths(statement), width, f"{number}. ", MARGIN, bold=True)
    sizes = (
        count(statement.outlet_count, "outlet"),
        count(statement.wording_count, "wording"),
        count(statement.printing_count, "printing"),
    )
    yield from wrap(", ".join(sizes), width, MARGIN, MARGIN)
    yield from wrap(say_first(statement), width, MARGIN, MARGIN * 2)
    several = len(statement.mouths) > 1
    for wording, closeness in found.wordings[:_MOST_WORDINGS]:
        yield ""
        yield from _write_wording(wording, typed if closeness.found >= _LEAST_FOUND else "", width)
        yield from _write_printings(wording.printings, several, width)
    unshown = statement.wording_count - len(found.wordings[:_MOST_WORDINGS])
    if unshown > 0:
        yield ""
        yield from wrap(f"and {count(unshown, 'wording')} less close: see its page", width, MARGIN, MARGIN)
    yield ""


def _write_wording(wording: ShownWording, typed: str, width: int) -> Iterator[str]:
    """Yield a wording with what differs from the words `typed`, and what that means; plain for no words."""
    segments = compare_stretch(typed, wording.text) if typed else ()
    if sum(segment.size for segment in segments) >= len(words(typed)):  # all of them are gone
        segments = (Segment("beyond", wording.text),)
    pieces: list[Piece] = [("“", None), *mark(segments), ("”", None)]
    yield from wrap_pieces(pieces, width, STYLES)
    notes = ["reference wording"] if wording.is_reference else []
    kinds = {segment.kind for segment in segments}
    if kinds <= {"same", "beyond"}:
        notes.append("has all your words" if "same" in kinds else "has hardly any of your words")
    yield from wrap(", ".join(notes), width, MARGIN * 2, MARGIN * 2, bold=True)
    for line in _list_meanings(segments, wording):
        yield from wrap(line, width, MARGIN * 2, MARGIN * 3, fg="yellow", bold=True)


def _say_fate(printing: ShownPrinting) -> str:
    """Return what became of a printing, where it does not stand as it did."""
    said = ["in a later edit"] if printing.is_later else []
    said += [] if printing.stands else ["altered later" if printing.altered_to_id else "left out later"]
    said += ["no longer where it was read"] if printing.removed else []
    return "".join(f"; {one}" for one in said)


def _write_printings(printings: Sequence[ShownPrinting], several: bool, width: int) -> Iterator[str]:
    """Yield who printed a wording and when; where a statement has several speakers, also who is named."""
    for printing in printings[:_MOST_PRINTINGS]:
        who = f" ({name_speaker(printing.speaker)})" if several else ""
        line = f"{printing.outlet}, {describe_date(printing.published)}{who}{_say_fate(printing)}"
        yield from wrap(line, width, MARGIN * 2, MARGIN * 3)
    if len(printings) > _MOST_PRINTINGS:
        yield f"{MARGIN * 2}and {count(len(printings) - _MOST_PRINTINGS, 'more printing')}"


def _list_meanings(segments: Sequence[Segment], wording: ShownWording) -> list[str]:
    """Return what differs in meaning from the words, and from the reference wording where that is else."""
    yours = _name_flags(segment.change for segment in segments if segment.change)
    reference = _name_flags(wording.changes)
    if yours == reference:
        return [f"meaning: {flags}" for flags in [yours] if flags]
    told = (("your words", yours), ("the reference wording", reference))
    return [f"meaning, against {whose}: {flags}" for whose, flags in told if flags]


def _name_flags(changes: Iterator[Change] | Sequence[Change]) -> str:
    named = (f"{describe_flag(c.meaning_flag)} ({c.flag_words})" for c in changes if c.meaning_flag)
    return "; ".join(dict.fromkeys(named))


def _write_next(statements: Sequence[ShownStatement], serve: str, show: str) -> Iterator[str]:
    """Yield where there is more: the page of each statement, and why it has its speaker."""
    yield click.style("More", bold=True)
    yield f"{MARGIN}{serve} --open"
    for number, statement in enumerate(statements, 1):
        which = f"page of {number}" if len(statements) > 1 else "its page"
        yield f"{MARGIN}{which}: {name_page(statement.id)}"
    yield f"{MARGIN}{show} {statements[0].id}"


def list_found(found: Found) -> dict[str, Any]:
    """Return what was found for --json."""
    return {
        "words": found.words,
        "count": found.count,
        "statements": [_list_statement(one, found.words) for one in found.statements],
        "nearest": _list_statement(found.nearest, found.words) if found.nearest else None,
    }


def _list_statement(found: FoundStatement, typed: str) -> dict[str, Any]:
    wordings = [
        {
            **asdict(wording),
            "found": closeness.found,
            "is_close": closeness.is_close,
            "differences": [
                {**asdict(segment), "flag": segment.flag} for segment in compare_stretch(typed, wording.text)
            ],
        }
        for wording, closeness in found.wordings
    ]
    return {**list_statement(found.statement), "wordings": wordings}
