"""Where a quote stands: the reporter's own words before and after it in its sentence and paragraph."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from quotes.attribute.reading import Reading
    from quotes.records import Paragraph, Quote, Span


LONGEST_WALK = 400  # words back to the beginning of a sentence


@dataclass(frozen=True, slots=True)
class Place:
    """A quote with the words around its first span.

    `before` and `after` are indexes of unquoted words of the same sentence; `before` runs back over earlier
    quotes of that sentence, `after` stops at the next quote.
    """

    quote: Quote
    span: Span
    paragraph: Paragraph
    paragraph_number: int
    before: tuple[int, ...]
    after: tuple[int, ...]


def place_quote(reading: Reading, quote: Quote) -> Place | None:
    """Return the place of `quote`; None outside the body."""
    span = quote.spans[0]
    number = reading.paragraph_at(span[0])
    paragraph = reading.paragraph(number)
    if paragraph is None:
        return None
    ends = reading.quote_ends_sentence(span)
    after = () if ends and len(quote.spans) == 1 else _words_after(reading, span, paragraph)
    return Place(quote, span, paragraph, number, _words_before(reading, span, paragraph), after)


def _words_before(reading: Reading, span: Span, paragraph: Paragraph) -> tuple[int, ...]:
    found: list[int] = []
    crossed: Span | None = None
    for index in reversed(reading.between(paragraph.start, span[0])[-LONGEST_WALK:]):
        word = reading.words[index]
        quoted = reading.span_at(word.start)
        if quoted is not None:
            if quoted != crossed and reading.quote_ends_sentence(quoted):
                break
            crossed = quoted
            continue
        if (found and reading.ends_sentence(index)) or (not found and word.text in {".", "!", "?"}):
            break
        found.append(index)
    return tuple(index for index in reversed(found) if not _is_mark(reading, index))


def _words_after(reading: Reading, span: Span, paragraph: Paragraph) -> tuple[int, ...]:
    found: list[int] = []
    for index in reading.between(span[1], paragraph.end + 1):
        if reading.quoted[index]:
            break
        if _is_mark(reading, index):
            continue
        found.append(index)
        if reading.ends_sentence(index):
            break
    return tuple(found)


def _is_mark(reading: Reading, index: int) -> bool:
    return not reading.words[index].text.strip("\"“”‘’'`«»„‚")
