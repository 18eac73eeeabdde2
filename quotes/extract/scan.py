"""Scan the paragraphs of an article for runs of quoted text.

Only outermost quotes are found; a mark of another family inside one belongs to it. A paragraph that opens a
mark and never closes it hands the open quote to the next body paragraph if that one opens with a mark too
(each paragraph of a long quote opens one, only the last closes); otherwise the quote ends with its paragraph,
so that one odd mark costs at most its own paragraph.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from quotes.text.marks import (
    MARK,
    Mark,
    clean_single_marks,
    find_marks,
    is_reversed,
    side_of,
    uses_single_marks,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quotes.records import Paragraph, Span

DEEPEST_NESTING = 4
MOST_PARAGRAPHS = 100  # that one quote may run over
_ENDS_SENTENCE = re.compile(r"[.!?…][\"”’')\]]*\s*$")


@dataclass(frozen=True, slots=True)
class Stretch:
    """One run of quoted text inside a pair of marks; several `pieces` where it runs over paragraphs."""

    pieces: tuple[Span, ...]

    @property
    def start(self) -> int:
        return self.pieces[0][0]

    @property
    def end(self) -> int:
        return self.pieces[-1][1]


@dataclass(frozen=True, slots=True)
class _Open:
    """A quote still open: finished `pieces`, where the current piece starts, the depth of nested marks."""

    pieces: tuple[Span, ...]
    start: int
    family: str
    depth: int = 0


def find_stretches(text: str, body: Sequence[Paragraph]) -> list[Stretch]:
    """Return every outermost run of quoted text in the paragraphs of `body`, in order."""
    single, reversed_guillemets = uses_single_marks(text), is_reversed(text)
    found: list[Stretch] = []
    carried: _Open | None = None
    for index, paragraph in enumerate(body):
        marks = _quoting_marks(text, paragraph, single)
        if carried and marks and marks[0].start == paragraph.start:
            carried = _Open(carried.pieces, marks[0].end, carried.family)
            marks = marks[1:]
        stretches, still_open = _scan(text, marks, carried, reversed_guillemets)
        found.extend(stretches)
        carried = None
        if still_open:
            pieces = (*still_open.pieces, _trim(text, still_open.start, paragraph.end))
            following = body[index + 1] if index + 1 < len(body) and len(pieces) < MOST_PARAGRAPHS else None
            if following and _opens(text, following, still_open.family, reversed_guillemets):
                carried = _Open(pieces, 0, still_open.family)
            else:
                found.append(Stretch(pieces))
    return [stretch for stretch in (_tidy(text, stretch) for stretch in found) if stretch.pieces]


def _quoting_marks(text: str, paragraph: Paragraph, single: bool) -> list[Mark]:
    marks = list(find_marks(text, paragraph.start, paragraph.end))
    if single:
        return marks
    clean = clean_single_marks(text, paragraph.start, paragraph.end)
    return [mark for mark in marks if mark.family != "single" or mark.start in clean]


def _scan(
    text: str, marks: list[Mark], current: _Open | None, reversed_guillemets: bool
) -> tuple[list[Stretch], _Open | None]:
    """Walk the marks of one paragraph; return the quotes that end in it and the one still open at its end."""
    done: list[Stretch] = []
    for index, mark in enumerate(marks):
        if current and mark.family != current.family:
            continue
        side = side_of(mark, text, current is not None, reversed_guillemets)
        if side == "open" and current is None:
            current = _Open((), mark.end, mark.family)
        elif side == "open" and current is not None:
            later = (m for m in marks[index + 1 : index + 2 + DEEPEST_NESTING] if m.family == mark.family)
            coming = [side_of(m, text, True, reversed_guillemets) for m in later]
            if coming[: current.depth + 2] == ["close"] * (current.depth + 2):
                current = _Open(current.pieces, current.start, current.family, current.depth + 1)
            elif coming[:1] == ["close"] and _ENDS_SENTENCE.search(
                text, max(current.start, mark.start - 8), mark.start
            ):
                done.append(Stretch((*current.pieces, _trim(text, current.start, mark.start))))
                current = _Open((), mark.end, mark.family)
        elif side == "close" and current is not None:
            if current.depth:
                current = _Open(current.pieces, current.start, current.family, current.depth - 1)
            else:
                done.append(Stretch((*current.pieces, _trim(text, current.start, mark.start))))
                current = None
    return done, current


def _opens(text: str, paragraph: Paragraph, family: str, reversed_guillemets: bool) -> bool:
    first = next(find_marks(text, paragraph.start, min(paragraph.end, paragraph.start + 4)), None)
    return (
        first is not None
        and first.start == paragraph.start
        and first.family == family
        and side_of(first, text, False, reversed_guillemets) == "open"
    )


def _trim(text: str, start: int, end: int) -> Span:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _tidy(text: str, stretch: Stretch) -> Stretch:
    """Drop empty pieces, and the inner pair where a pair of marks was set twice by mistake."""
    pieces = [(a, b) for a, b in stretch.pieces if b > a]
    if len(pieces) == 1:
        (start, end), inner = pieces[0], [m.start() for m in MARK.finditer(text, *pieces[0])]
        if len(inner) == 2 and inner == [start, end - 1]:
            pieces = [(start + 1, end - 1)]
    return Stretch(tuple(pieces))
