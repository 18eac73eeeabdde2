"""Speech that a dash opens at the beginning of a paragraph, in the languages that print it so."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from quotes.extract.inserts import find_inserts
from quotes.extract.scan import Stretch

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from quotes.languages import Language
    from quotes.records import Paragraph

_OPENS_WORDS = "¿¡«“\"'’…"


def add_dialogue(
    text: str, body: Sequence[Paragraph], stretches: Sequence[Stretch], language: Language
) -> list[Stretch]:
    """Return `stretches` and the lines of dialogues, in order; marks inside such a line belong to it.

    Lines that begin with a dash may be a list as well. They are speech where one of those together has a
    reporting clause in it, or the first one of several asks a question.
    """
    if not language.marks.dashes:
        return list(stretches)
    lines = [line for group in _group(text, body, language) for line in group]
    held = {(line.pieces[0][0], line.pieces[0][1]) for line in lines}
    spans = iter(sorted(held))
    current, kept = next(spans, None), []
    for stretch in stretches:
        while current and current[1] <= stretch.start:
            current = next(spans, None)
        if not (current and current[0] <= stretch.start):
            kept.append(stretch)
    return sorted([*kept, *lines], key=lambda stretch: stretch.start)


def opens_dialogue(text: str, paragraph: Paragraph, language: Language) -> bool:
    """Return whether `paragraph` begins with a dash that may open speech."""
    if text[paragraph.start : paragraph.start + 1] not in language.marks.dashes:
        return False
    after = text[paragraph.start + 1 : paragraph.start + 4].lstrip()[:1]
    return after.isalpha() or (after != "" and after in _OPENS_WORDS)


def _group(text: str, body: Sequence[Paragraph], language: Language) -> Iterator[list[Stretch]]:
    for opens, group in groupby(body, key=lambda paragraph: opens_dialogue(text, paragraph, language)):
        lines = [_line(text, paragraph) for paragraph in group] if opens else []
        reports = any(next(find_inserts(text, *line.pieces[0], language), None) for line in lines)
        asks = len(lines) > 1 and text[lines[0].start : lines[0].end].endswith("?")
        if reports or asks:
            yield lines


def _line(text: str, paragraph: Paragraph) -> Stretch:
    words = text[paragraph.start + 1 : paragraph.end]
    start = paragraph.end - len(words.lstrip())
    return Stretch(((start, paragraph.end),), (paragraph.start, paragraph.end))
