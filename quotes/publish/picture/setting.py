"""Setting words in lines: paragraphs of differently marked pieces, as runs of text and boxes behind them."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from quotes.publish.picture.told import Piece

    # Text, size, bold: how wide it is.
    Measure = Callable[[str, int, bool], float]

WIDTH = 1200
MARGIN = 48
_PAD = 4
INK, FAINT, PAPER, RULE = "#111a35", "#555e75", "#ffffff", "#cfd6dd"
SIGNS = {"removed": "−", "added": "+", "moved": "(moved) "}
_BACKGROUNDS = {"removed": "#fbdfe1", "added": "#d7f2df"}
# No more words of a text are looked at than fit into the lines of any paragraph.
_MOST_WORDS = 400
_LONGEST_WORD = 60


@dataclass(frozen=True, slots=True)
class Run:
    """Some words in one style: `x` is their left end, `y` their baseline. `turned`: written right to left."""

    x: float
    y: float
    width: float
    text: str
    size: int
    bold: bool = False
    ink: str = INK
    turned: bool = False


@dataclass(frozen=True, slots=True)
class Box:
    x: float
    y: float
    width: float
    height: float
    ink: str


@dataclass(slots=True)
class Picture:
    """What is painted, boxes first, over white paper; `about` says the same in words."""

    height: float
    title: str
    about: str
    boxes: list[Box] = field(default_factory=list)
    runs: list[Run] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Style:
    """How a text is set: size, weight and ink of its letters, how far apart its lines are, and how many."""

    size: int
    leading: int
    most: int
    bold: bool = False
    ink: str = INK


@dataclass(frozen=True, slots=True)
class _Word:
    """A word on its way into a line, the number of its piece, and whether a space precedes it."""

    text: str
    kind: str
    number: int
    spaced: bool


class Page:
    """The lower end of what stands on the picture so far; text is written below it."""

    def __init__(self, picture: Picture, measure: Measure) -> None:
        self._picture, self._measure = picture, measure
        self.y = 32.0

    def skip(self, height: float) -> float:
        """Leave some room; return where it ends."""
        self.y += height
        return self.y

    def draw(self, box: Box) -> None:
        self._picture.boxes.append(box)

    def rule(self) -> None:
        """Draw a line from margin to margin."""
        self.draw(Box(MARGIN, self.y + 12, WIDTH - 2 * MARGIN, 2, RULE))
        self.skip(24)

    def write(self, pieces: Sequence[Piece], style: Style, indent: float = 0) -> None:
        """Write a paragraph, its last line ended by "…" where there is more than fits."""
        room = WIDTH - 2 * MARGIN - indent
        lines = self._break(pieces, style, room)
        turned = _is_turned("".join(piece.text for piece in pieces[:50] if piece.kind != "note"))
        for line in filter(None, lines):
            self.y += style.leading
            self._set(line, style, MARGIN + indent, room if turned else None)

    def _break(self, pieces: Sequence[Piece], style: Style, room: float) -> list[list[_Word]]:
        """Return the words in lines, one line more than fits at most."""
        lines: list[list[_Word]] = [[]]
        used = 0.0
        space = self._measure(" ", style.size, style.bold)
        fitting = (part for word in _split(pieces) for part in self._fit(word, style, room / 2))
        for word in fitting:
            width = self._measure(word.text, style.size, style.bold)
            width += 2 * _PAD if word.kind in _BACKGROUNDS else 0
            gap = space if word.spaced and lines[-1] else 0
            if lines[-1] and used + gap + width > room - 4 * _PAD:
                if len(lines) == style.most:
                    lines[-1] = self._end(lines[-1], style, room)
                    return lines
                lines.append([])
                used, gap = 0.0, 0
            lines[-1].append(word)
            used += gap + width
        return lines

    def _fit(self, word: _Word, style: Style, room: float) -> Iterator[_Word]:
        """Yield a word in parts that are no wider than `room`."""
        middle = len(word.text) // 2
        if not middle or self._measure(word.text, style.size, style.bold) <= room:
            yield word
            return
        yield from self._fit(replace(word, text=word.text[:middle]), style, room)
        yield from self._fit(replace(word, text=word.text[middle:], spaced=False), style, room)

    def _end(self, line: list[_Word], style: Style, room: float) -> list[_Word]:
        """Return the last line that fits, ended by "…"."""
        end = _Word("…", "same", -1, spaced=False)
        while len(line) > 1 and self._measure_line([*line, end], style) > room:
            line = line[:-1]
        return [*line, end]

    def _measure_line(self, line: Sequence[_Word], style: Style) -> float:
        pads = 2 * _PAD * sum(word.kind in _BACKGROUNDS for word in line)
        return self._measure(" ".join(word.text for word in line), style.size, style.bold) + pads

    def _set(self, line: Sequence[_Word], style: Style, left: float, mirrored: float | None) -> None:
        """Put the words of a line into runs of one kind; in one of `mirrored` width from the right end."""
        space = self._measure(" ", style.size, style.bold)
        x = left
        for run, is_spaced in _join(line):
            pad = _PAD if run.kind in _BACKGROUNDS else 0
            width = self._measure(run.text, style.size, style.bold)
            x += space if is_spaced and x > left else 0
            at = x if mirrored is None else 2 * left + mirrored - x - width - 2 * pad
            self._put(run, style, round(at, 1), round(width, 1), pad)
            x += width + 2 * pad

    def _put(self, run: _Word, style: Style, x: float, width: float, pad: int) -> None:
        ink = FAINT if run.kind == "note" else style.ink
        turned = _is_turned(run.text)
        self._picture.runs.append(
            Run(x + pad, self.y, width, run.text, style.size, style.bold, ink, turned=turned)
        )
        if run.kind in _BACKGROUNDS:
            self.draw(
                Box(x, self.y - style.size, width + 2 * pad, round(style.size * 1.3), _BACKGROUNDS[run.kind])
            )
        if run.kind in SIGNS:
            self._rule_words(run, style, x + pad, width)

    def _rule_words(self, run: _Word, style: Style, x: float, width: float) -> None:
        """Draw a line through words that are left out, under others: what needs no colour to be seen."""
        sign = SIGNS[run.kind]
        is_out = run.kind == "removed"
        skipped = self._measure(sign, style.size, style.bold) if is_out and run.text.startswith(sign) else 0
        y = self.y - style.size * 0.33 if is_out else self.y + 4
        turned = _is_turned(run.text)
        self.draw(Box(x if turned else x + skipped, round(y, 1), round(width - skipped, 1), 2, style.ink))


def _split(pieces: Iterable[Piece]) -> Iterator[_Word]:
    """Yield the words of `pieces`, the first of each with its sign, and very long ones in parts."""
    left, spaced = _MOST_WORDS, False
    for number, piece in enumerate(pieces):
        words = piece.text.split()
        first = spaced or piece.text[:1].isspace()
        sign = SIGNS.get(piece.kind, "")
        for place, word in enumerate([f"{sign}{words[0]}", *words[1:]] if words else []):
            for start in range(0, min(len(word), 20 * _LONGEST_WORD), _LONGEST_WORD):
                part = word[start : start + _LONGEST_WORD]
                yield _Word(part, piece.kind, number, spaced=not start and (bool(place) or first))
                left -= 1
                if not left:
                    return
        spaced = piece.text[-1:].isspace() or (spaced and not words)


def _join(line: Sequence[_Word]) -> Iterator[tuple[_Word, bool]]:
    """Yield the words of one piece as one run, and whether a space precedes it."""
    run: _Word | None = None
    spaced = False
    for word in line:
        if run and run.number == word.number:
            run = replace(run, text=f"{run.text}{' ' if word.spaced else ''}{word.text}")
            continue
        if run:
            yield run, spaced
        run, spaced = word, word.spaced
    if run:
        yield run, spaced


def _is_turned(text: str) -> bool:
    """Say whether the first letter that has a direction is written from right to left."""
    directions = (unicodedata.bidirectional(sign) for sign in text[:500])
    return next((one in ("R", "AL") for one in directions if one in ("L", "R", "AL")), False)
