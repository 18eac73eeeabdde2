"""Lines that a fixed width broke, as e-mails, wires and scans have them: several make one paragraph."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

SHORTEST, LONGEST = 30, 120  # characters of a line that goes on in the next one
_LINE = re.compile(r"[^\r\n]+")
_BLANK_LINE = re.compile(r"(?>\r\n|\r|\n)[^\S\r\n]*[\r\n]")
_ENDS = re.compile(r"[.!?…:;][\"'”’)\]]{0,3}$")
_BYLINE = re.compile(r"(?:by|from|via)\b")


@dataclass(frozen=True, slots=True)
class Stripe:
    """A line of the text, or the lines of one paragraph that was broken; `block` changes at blank lines."""

    start: int
    end: int
    block: int


def split_lines(text: str) -> list[Stripe]:
    """Return the lines of `text` that are not blank, in order, those of one broken paragraph as one."""
    lines = list(_split(text))
    joined: list[Stripe] = []
    first = 0
    while first < len(lines):
        stop = first
        while stop < len(lines) and lines[stop].block == lines[first].block:
            stop += 1
        joined.extend(_unwrap(text, lines[first:stop]))
        first = stop
    return joined


def _split(text: str) -> Iterator[Stripe]:
    block, last = 0, 0
    for found in _LINE.finditer(text):
        words = found.group().strip()
        if not words:
            continue
        start = found.start() + len(found.group()) - len(found.group().lstrip())
        if _BLANK_LINE.search(text, last, start):
            block += 1
        last = start + len(words)
        yield Stripe(start, last, block)


def _unwrap(text: str, block: Sequence[Stripe]) -> Iterator[Stripe]:
    """Yield the paragraphs of one block.

    A line goes on in the next one where that begins in lower case; where most lines of the block do, any full
    line that ends no sentence does.
    """
    breaks = [_is_broken(text, *pair) for pair in pairwise(block)]
    full = 0.75 * max(line.end - line.start for line in block)
    is_wrapped = sum(breaks) > 1 and 2 * sum(breaks) >= len(breaks)
    start: int | None = None
    for line, broken in zip(block, [*breaks, False], strict=True):
        start = line.start if start is None else start
        fills = full <= line.end - line.start <= LONGEST and line is not block[-1]
        if not (broken or (is_wrapped and fills)):
            yield Stripe(start, line.end, line.block)
            start = None


def _is_broken(text: str, line: Stripe, following: Stripe) -> bool:
    words = text[line.start : line.end]
    if not SHORTEST <= len(words) <= LONGEST or _ENDS.search(words):
        return False
    return text[following.start].islower() and not _BYLINE.match(text, following.start)
