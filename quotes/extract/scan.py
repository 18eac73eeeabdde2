"""Scan the paragraphs of an article for runs of quoted text.

A mark of another family inside a quote belongs to it, and may open a quote within the quote. A paragraph that
opens a mark and never closes it hands the open quote to the next body paragraph if that one opens with a mark
too (each paragraph of a long quote opens one, only the last closes); otherwise the quote ends before the
reporting clause that the mark was left out at, or with its paragraph. So one odd mark costs at most its own
paragraph.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import zip_longest
from typing import TYPE_CHECKING

from quotes.extract.unclosed import end_before_clause
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

    from quotes.languages import Language
    from quotes.records import Paragraph, Span

DEEPEST_NESTING = 4
MOST_PARAGRAPHS = 100  # that one quote may run over
_ENDS_SENTENCE = re.compile(r"[.!?…][\"”’')\]]*\s*$")
_MAY_GO_ON = re.compile(r"[.!?…:;,—–-][\"”’')\]]*\s*$")


@dataclass(frozen=True, slots=True)
class Stretch:
    """One run of quoted text inside a pair of marks; several `pieces` where it runs over paragraphs.

    `outer` is the run with its marks.
    """

    pieces: tuple[Span, ...]
    outer: Span

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
    mark: Mark
    depth: int = 0

    def close(self, text: str, end: int, stop: int) -> Stretch:
        """The quote with its last piece up to `end`; its closing mark ends at `stop`."""
        return Stretch((*self.pieces, _trim(text, self.start, end)), (self.mark.start, stop))


class _Scanner:
    """What is the same for every paragraph of one article."""

    def __init__(self, text: str, language: Language) -> None:
        self.text = text
        self.language = language
        self.single = uses_single_marks(text)
        points_out = ("«", "»") in language.marks.outer and not language.marks.pointing_in
        self.reversed = is_reversed(text) and not points_out

    def side(self, mark: Mark, is_open: bool) -> str | None:
        return side_of(mark, self.text, is_open, self.reversed)

    def marks(self, paragraph: Paragraph) -> list[Mark]:
        """The marks of `paragraph` that quote in this article."""
        marks = list(find_marks(self.text, paragraph.start, paragraph.end))
        if self.single:
            return marks
        clean = clean_single_marks(self.text, paragraph.start, paragraph.end)
        return [mark for mark in marks if mark.family != "single" or mark.start in clean]

    def scan(self, marks: Sequence[Mark], current: _Open | None) -> tuple[list[Stretch], _Open | None]:
        """Walk the marks of one paragraph; return the quotes that end in it and the one open at its end."""
        done: list[Stretch] = []
        for index, mark in enumerate(marks):
            if current and mark.family != current.mark.family:
                continue
            side = self.side(mark, current is not None)
            if side == "open" and current is None:
                current = _Open((), mark.end, mark)
            elif side == "open" and current is not None:
                ended, current = self._reopen(marks, index, current)
                done.extend(ended)
            elif side == "close" and current is not None and current.depth:
                current = replace(current, depth=current.depth - 1)
            elif side == "close" and current is not None:
                done.append(current.close(self.text, mark.start, mark.end))
                current = None
        return done, current

    def _reopen(self, marks: Sequence[Mark], index: int, current: _Open) -> tuple[list[Stretch], _Open]:
        """A mark that opens where its family is open: a quote within the quote, a new one, or astray."""
        mark = marks[index]
        later = marks[index + 1 : index + 2 + DEEPEST_NESTING]
        coming = [self.side(other, True) for other in later if other.family == mark.family]
        if coming[: current.depth + 2] == ["close"] * (current.depth + 2):
            return [], replace(current, depth=current.depth + 1)
        ends = _ENDS_SENTENCE.search(self.text, max(current.start, mark.start - 8), mark.start)
        if coming[:1] == ["close"] and ends:
            return [self.leave(current, mark.start)], _Open((), mark.end, mark)
        return [], current

    def leave(self, current: _Open, end: int) -> Stretch:
        """The quote that was never closed, up to `end` or to the reporting clause before it."""
        start, end = _trim(self.text, current.start, end)
        end = end_before_clause(self.text, start, end, self.language) or end
        return current.close(self.text, end, end)

    def goes_on(self, current: _Open, paragraph: Paragraph, following: Paragraph) -> bool:
        """Whether the quote open at the end of `paragraph` goes on in the `following` one."""
        text = self.text
        mark = next(find_marks(text, following.start, min(following.end, following.start + 8)), None)
        if mark is None or mark.start != following.start or mark.family != current.mark.family:
            return False
        if self.side(mark, False) != "open" and mark.text not in self.language.marks.again:
            return False
        if not current.pieces and text[current.start].islower():
            return False  # words built into a sentence end with it
        start = max(current.start, paragraph.end - 8)
        if not _MAY_GO_ON.search(text, start, paragraph.end):
            return False
        return end_before_clause(text, current.start, paragraph.end, self.language) is None


def find_stretches(text: str, body: Sequence[Paragraph], language: Language) -> list[Stretch]:
    """Return every outermost run of quoted text in the paragraphs of `body`, in order."""
    scanner = _Scanner(text, language)
    found: list[Stretch] = []
    carried: _Open | None = None
    for paragraph, following in zip_longest(body, body[1:]):
        marks = scanner.marks(paragraph)
        if carried and marks and marks[0].start == paragraph.start:
            carried = replace(carried, start=marks[0].end, depth=0)
            marks = marks[1:]
        stretches, still_open = scanner.scan(marks, carried)
        found.extend(stretches)
        carried = None
        if still_open:
            pieces = (*still_open.pieces, _trim(text, still_open.start, paragraph.end))
            if (
                following
                and len(pieces) < MOST_PARAGRAPHS
                and scanner.goes_on(still_open, paragraph, following)
            ):
                carried = replace(still_open, pieces=pieces)
            else:
                found.append(scanner.leave(still_open, paragraph.end))
    return [stretch for stretch in (_tidy(text, stretch) for stretch in found) if stretch.pieces]


def find_nested(text: str, stretch: Stretch, language: Language) -> list[Stretch]:
    """Return the quotes within the quote `stretch`, in order; what is quoted within them stays in them."""
    scanner = _Scanner("", language)
    scanner.text, scanner.reversed = text, is_reversed(text[stretch.start : stretch.end])
    found: list[Stretch] = []
    for start, end in stretch.pieces:
        inner, _ = scanner.scan(list(find_marks(text, start, end)), None)
        found.extend(inner)
    whole = set(stretch.pieces)
    tidied = (_tidy(text, one) for one in found)
    return [one for one in tidied if one.pieces and not whole & set(one.pieces)]


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
        inner = list(MARK.finditer(text, *pieces[0]))
        if len(inner) == 2 and (inner[0].start(), inner[1].end()) == pieces[0]:
            pieces = [(inner[0].end(), inner[1].start())]
    return replace(stretch, pieces=tuple(pieces))
