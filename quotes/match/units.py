"""What is compared: quotes with their words and weights, identical long ones as one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from quotes.models.word_information import MOST_BITS, load_bits
from quotes.text.normal import words
from quotes.text.printing import Days, printing_order, read_days

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quotes.records import Printed

# Identical quotes that tell this much are one utterance whenever and wherever they were printed.
CERTAIN_BITS = 90


@dataclass(frozen=True, slots=True)
class Unit:
    """Quotes with the same words that are one utterance for certain; `first` was printed first.

    `bits` is the information of each word, `weight` their sum.
    """

    first: Printed
    quote_ids: tuple[str, ...]
    articles: frozenset[str]
    words: tuple[str, ...]
    bits: tuple[int, ...]
    weight: int
    days: Days | None


def collect_units(quotes: Sequence[Printed]) -> list[Unit]:
    """Return the units of `quotes` in order of first printing, whatever the order of `quotes`."""
    table = load_bits()
    holders: dict[tuple[str, ...] | str, list[Printed]] = {}
    read: dict[tuple[str, ...] | str, tuple[tuple[str, ...], tuple[int, ...]]] = {}
    for quote in sorted(quotes, key=printing_order):
        found = words(quote.text)
        bits = tuple([table.get(word, MOST_BITS) for word in found])
        key = found if sum(bits) >= CERTAIN_BITS else quote.id
        holders.setdefault(key, []).append(quote)
        read.setdefault(key, (found, bits))
    return [_unit(holders[key], *read[key]) for key in holders]


def _unit(copies: list[Printed], found: tuple[str, ...], bits: tuple[int, ...]) -> Unit:
    ids = tuple([quote.id for quote in copies])
    articles = frozenset([quote.article for quote in copies if quote.article is not None])
    return Unit(copies[0], ids, articles, found, bits, sum(bits), read_days(copies[0].published))
