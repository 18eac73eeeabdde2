"""The lines of a printed page joined into paragraphs."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_PAGE_NUMBER = re.compile(r"(?:page )?\W{0,3}\d{1,4}\W{0,3}(?:(?:of|/) ?\d{1,4})?", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[.!?…:][\"'”’»)\]]{0,3}$")
_LABEL = re.compile(r"[A-Z][A-Z .'’-]{1,40}(?:, [^:]{1,40})?: |[QA][.:] ")
_HYPHENED = re.compile(r"\w[-\u2010]$")
_LIGATURES = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "\xad": "-"})
_AROUND = ".,:;!?…()[]\"'“”‘’«»„"
_GAP = 1.35  # times the usual distance of two lines: a blank line between
_SHORT = 0.8  # of the longest lines: the last one of a paragraph
_REPEATED = 3  # pages from which on a line at the same place is a running head


@dataclass(frozen=True, slots=True)
class Line:
    """A line and its height on the page, which is less for each line below."""

    text: str
    height: float


def join_lines(pages: Sequence[Sequence[Line]]) -> Iterator[str]:
    """Yield the paragraphs of all pages; one may run on over the end of a page.

    Running heads and the numbers of pages are left out, and words broken at the end of a line are mended.
    """
    bare = _drop_running([_tidy(page) for page in pages])
    words = Counter(word.strip(_AROUND) for page in bare for line in page for word in line.text.split())
    parts: list[str] = []
    usual = _usual_distance(bare)
    for page in bare:
        width = max((len(line.text) for line in page), default=0)
        for at, line in enumerate(page):
            above = page[at - 1] if at else None
            if parts and _begins(line, above, parts[-1], usual, width):
                yield _join(parts, words)
                parts = []
            parts.append(line.text)
    if parts:
        yield _join(parts, words)


def _tidy(page: Sequence[Line]) -> list[Line]:
    lines = (Line(" ".join(line.text.translate(_LIGATURES).split()), line.height) for line in page)
    return [line for line in lines if line.text]


def _drop_running(pages: list[list[Line]]) -> list[list[Line]]:
    """Leave out the numbers of pages, and what stands at the top or bottom of several."""
    ends = [{line.text for line in (*page[:2], *page[-2:])} for page in pages]
    times = Counter(text for texts in ends for text in texts)
    kept = []
    for page in pages:
        inner = range(2, len(page) - 2)
        heads = {text for text in times if times[text] >= _REPEATED} if inner else set()
        kept.append(
            [
                line
                for at, line in enumerate(page)
                if at in inner or not (line.text in heads or _PAGE_NUMBER.fullmatch(line.text))
            ]
        )
    return kept


def _usual_distance(pages: Sequence[Sequence[Line]]) -> float:
    """Return the distance of most lines to the next one, 0 where that is not known."""
    pairs = (pair for page in pages for pair in pairwise(page))
    distances = Counter(round(above.height - below.height, 1) for above, below in pairs)
    return next((distance for distance, _ in distances.most_common() if distance > 0), 0.0)


def _begins(line: Line, above: Line | None, last: str, usual: float, width: int) -> bool:
    """Whether a line begins a paragraph. At the top of a page and of a column only a sentence's end tells."""
    if _LABEL.match(line.text):
        return True
    is_over = bool(_SENTENCE_END.search(last))
    distance = above.height - line.height if above else 0.0
    if above is None or distance < 0:
        return is_over
    if usual and distance > _GAP * usual:
        return True
    is_short = len(last) < _SHORT * width
    return is_short and (is_over or not line.text[0].islower())


def _join(parts: Sequence[str], words: Counter[str]) -> str:
    """Return the lines as one, without the hyphens that only broke a word."""
    text = parts[0]
    for part in parts[1:]:
        if not _HYPHENED.search(text):
            text = f"{text} {part}"
        elif part[0].islower() and not _is_compound(text, part, words):
            text = text[:-1] + part
        else:
            text += part
    return text


def _is_compound(text: str, part: str, words: Counter[str]) -> bool:
    """Whether the word broken between two lines is printed with its hyphen elsewhere, and not without."""
    first, rest = text.rpartition(" ")[2].lstrip(_AROUND), part.partition(" ")[0].rstrip(_AROUND)
    return words[first + rest] > words[first[:-1] + rest]
