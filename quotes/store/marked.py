"""The printed words around a quote, in pieces: which are the quote, its cue, and who is named as the speaker.

They are kept with the quote, since offsets lead nowhere without the article, which quotes.db does not hold.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from quotes.records import Span

Piece = tuple[str, str | None]
Mark = tuple[int, int, str]
GAP = "…"
ROLES = ("quote", "cue", "speaker", "gap")

_AROUND = 200  # characters before and after a quote
_SENTENCE = 200  # characters of the sentence on either side of a cue or a speaker that stands elsewhere
_NEAR = 40  # stretches no farther apart are one
_SPACE = re.compile(r"\s+")
# A stop after a word of five letters and more ends a sentence: the one in “Gov. Reed” does not.
_STOP = re.compile(r"\n|\w{5}[.!?][\"”»’')\]]{0,3}\s")


def mark_evidence(
    text: str, spans: Sequence[Span], speakers: Iterable[Span] = (), cue: Span | None = None
) -> list[Piece]:
    """Return the words around a quote as (words, role): one of ROLES, or None for words that have no part.

    Words that are both are the quote's first, then the speaker's. White space is folded to one space, a line
    break within it is kept. What cannot be in `text` is left out; without `spans` there is nothing to show.

    >>> mark_evidence("“Well,” she said.", [(1, 6)], [(8, 11)], (12, 16))[1:5]
    [('Well,', 'quote'), ('” ', None), ('she', 'speaker'), (' ', None)]
    """
    marks = _lay_marks(text, spans, speakers, cue)
    stretches = _find_stretches(text, marks)
    pieces: list[Piece] = []
    for start, end in stretches:
        if pieces:
            pieces.append((f" {GAP} ", "gap"))
        elif start and text[start - 1] != "\n":
            pieces.append((f"{GAP} ", "gap"))
        pieces += _cut(text, start, end, marks)
    last = stretches[-1][1] if stretches else len(text)
    return [*pieces, (f" {GAP}", "gap")] if text[last : last + 1] not in ("", "\n") else pieces


def _lay_marks(
    text: str, spans: Sequence[Span], speakers: Iterable[Span], cue: Span | None
) -> tuple[Mark, ...]:
    """Return what is marked, in order and without overlaps; nothing where no quote stands in `text`."""
    quotes = [(*span, "quote") for span in _outside((), _clip(text, spans))]
    if not quotes:
        return ()
    laid: list[Mark] = quotes
    for role, wanted in (("speaker", speakers), ("cue", (cue,) if cue else ())):
        free = _outside([mark[:2] for mark in laid], _clip(text, wanted))
        laid = sorted([*laid, *((*span, role) for span in free)])
    return tuple(laid)


def _clip(text: str, spans: Iterable[Span]) -> list[Span]:
    clipped = ((max(start, 0), min(end, len(text))) for start, end in spans)
    return sorted(span for span in clipped if span[0] < span[1])


def _outside(taken: Sequence[Span], spans: Sequence[Span]) -> Iterator[Span]:
    """Yield the parts of `spans` that are not in `taken`, nor in an earlier one; both are in order."""
    number, position = 0, 0
    for start, end in spans:
        position = max(position, start)
        while position < end:
            while number < len(taken) and taken[number][1] <= position:
                number += 1
            hole, after = taken[number] if number < len(taken) else (end, end)
            if position < min(hole, end):
                yield (position, min(hole, end))
            position = max(position, after) if hole < end else end


def _find_stretches(text: str, marks: Sequence[Mark]) -> list[Span]:
    """Return the stretches of `text` to show, in order: around the quote, and other marks' sentences."""
    around = [(_go_back(text, start), _go_on(text, end)) for start, end, role in marks if role == "quote"]
    joined = _join(around, _NEAR)
    elsewhere = [
        _find_sentence(text, start, end)
        for start, end, role in marks
        if role != "quote" and not any(first <= start and end <= last for first, last in joined)
    ]
    return _join([*joined, *elsewhere], _NEAR)


def _join(stretches: Iterable[Span], near: int) -> list[Span]:
    joined: list[Span] = []
    for start, end in sorted(stretches):
        if joined and start - joined[-1][1] <= near:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _go_back(text: str, end: int, most: int = _AROUND) -> int:
    """Return where the words before `end` begin: `most` characters back, but at the beginning of a word."""
    start = max(0, end - most)
    if not start or text[start - 1].isspace():
        return start
    space = _SPACE.search(text, start, end)
    return space.end() if space else end


def _go_on(text: str, start: int, most: int = _AROUND) -> int:
    """Return where the words after `start` end: `most` characters on, but at the end of a word."""
    end = min(len(text), start + most)
    while end > start and end < len(text) and not text[end].isspace():
        end -= 1
    return end


def _find_sentence(text: str, start: int, end: int) -> Span:
    first, last = _go_back(text, start, _SENTENCE), _go_on(text, end, _SENTENCE)
    stops = [stop.end() for stop in _STOP.finditer(text, first, start)]
    stop = _STOP.search(text, max(end - 5, start), min(last + 1, len(text)))
    return (stops[-1] if stops else first, max(stop.end() - 1, end) if stop else last)


def _cut(text: str, start: int, end: int, marks: Sequence[Mark]) -> Iterator[Piece]:
    """Yield the words from `start` to `end` in pieces, folded, with no space at either end."""
    edges: list[tuple[int, int, str | None]] = []
    position = start
    for mark in marks[bisect_left(marks, (start,)) : bisect_left(marks, (end,))]:
        edges += [(position, mark[0], None), mark]
        position = mark[1]
    edges.append((position, end, None))
    is_spaced = True
    for first, last, role in edges:
        words = _fold(text[first:last])
        if is_spaced:
            words = words.lstrip()
        if last == end:
            words = words.rstrip()
        if words:
            yield words, role
            is_spaced = words[-1].isspace()


def _fold(words: str) -> str:
    return _SPACE.sub(lambda space: "\n" if "\n" in space.group() else " ", words)
