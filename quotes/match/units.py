"""What is compared: quotes of the same words that are one utterance for certain, as columns of arrays."""

from __future__ import annotations

import gc
from contextlib import contextmanager
from dataclasses import dataclass, fields, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np

from quotes.match.alphabet import Alphabet, Facts, hash_text, scramble, spell
from quotes.records import Unit
from quotes.text.normal import words
from quotes.text.printing import printing_order, read_days

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from quotes.match.alphabet import Hashes, Integers, Truths
    from quotes.records import Printed
    from quotes.text.printing import Days, PrintingOrder

# Identical quotes that tell this much are one utterance of their speaker, whenever they were printed.
CERTAIN_BITS = 90
# Identical quotes that tell this much are one utterance of their speaker on the day they were printed.
SAME_DAY_BITS = 36
UNKNOWN_DAY = -1
UNKNOWN_SPEAKER = 0
# Of a unit that stands in more articles, so many speak for and against it: bounds endless copies.
_MOST_ARTICLES = 64
# A unit's id begins with the day of its first printing, its speaker, and what alike words have in common:
# units that belong together stand together in order of ids.
_DAY_BITS = 15
_SPEAKER_BITS = 9
_HINT_BITS = 12
_REST_BITS = 64 - _DAY_BITS - _SPEAKER_BITS - _HINT_BITS
_FIRST_DAY = 715_512  # 1960-01-01
_LAST_DAY = (1 << _DAY_BITS) - 1
_REMEMBERED = 1 << 16
_NO_ARTICLES: frozenset[str] = frozenset()
_NO_WEIGHTS: Integers = np.zeros(0, dtype=np.int64)
_NO_HASHES: Hashes = np.zeros(0, dtype=np.uint64)
_NO_SKETCHES: Hashes = np.zeros((0, 2), dtype=np.uint64)


@dataclass(frozen=True, slots=True)
class Units:
    """Columns of units, in order of `ids`: by the day they were printed first, those without a day last.

    `words` has a character a word, by `alphabet`; `texts` is a hash of them, `sketches` sets a bit for each.
    `lengths` counts them, `weights` is their information in bits. `first_days` and `last_days` say between
    which days (ordinals) a unit was printed first. `firsts` is the order of the quote printed first.
    """

    ids: Integers
    contents: Integers
    words: list[str]
    texts: Hashes
    sketches: Hashes
    lengths: Integers
    weights: Integers
    first_days: Integers
    last_days: Integers
    speakers: Integers
    in_articles: Truths
    articles: list[frozenset[str]]
    firsts: list[PrintingOrder]
    quotes: list[tuple[str, ...]]
    alphabet: Alphabet
    facts: Facts

    def __len__(self) -> int:
        return len(self.words)

    def select(self, places: Integers) -> Units:
        """Return the units at `places`, in that order."""
        listed = places.tolist()
        columns: dict[str, Any] = {name: getattr(self, name)[places] for name in _ARRAYS}
        columns |= {name: [getattr(self, name)[place] for place in listed] for name in _LISTS}
        return replace(self, **columns)

    def list_kept(self) -> list[Unit]:
        """Return the units as they are kept between two jobs."""
        columns = (self.ids.tolist(), self.contents.tolist(), self.texts.view(np.int64).tolist(), self.words)
        rest = (self.speakers.tolist(), self.firsts, self.articles, self.quotes)
        return [
            Unit(
                id_, content, text, self.alphabet.decode(encoded), speaker, published or None, first,
                tuple(sorted(articles)), quotes,
            )
            for id_, content, text, encoded, speaker, (_, published, first), articles, quotes in zip(
                *columns, *rest, strict=True
            )
        ]  # fmt: skip


_LISTS = ("words", "articles", "firsts", "quotes")
_ARRAYS = tuple([c.name for c in fields(Units) if c.name not in (*_LISTS, "alphabet", "facts")])


@dataclass(frozen=True, slots=True)
class _Row:
    """A unit on its way into columns; `common` is what its quotes have in common beside their words."""

    speaker: int
    first: PrintingOrder
    articles: frozenset[str]
    quotes: tuple[str, ...] = ()
    common: int = 0


@contextmanager
def without_collecting() -> Iterator[None]:
    """Keep Python from looking for reference cycles among a million small objects: there are none."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


@without_collecting()
def collect_units(quotes: Sequence[Printed]) -> Units:
    """Return the units of `quotes`, whatever the order of `quotes`."""
    alphabet = Alphabet()
    encoded = [alphabet.encode(words(quote.text)) for quote in quotes]
    facts = Facts.of(alphabet)
    weights = np.concatenate([_NO_WEIGHTS, *(spelled.weigh() for spelled in spell(encoded, facts))])
    copies: dict[tuple[str, str | None, str], list[Printed]] = {}
    for quote, text, weight in zip(quotes, encoded, weights.tolist(), strict=True):
        copies.setdefault((text, quote.speaker, _find_occasion(quote, weight)), []).append(quote)
    rows = [_describe(same, occasion) for (_, _, occasion), same in copies.items()]
    texts = [text for text, _, _ in copies]
    columns = _fill(texts, rows, alphabet, facts)
    lowest = np.concatenate([_NO_HASHES, *(spelled.find_lowest() for spelled in spell(texts, facts))])
    common = np.array([row.common for row in rows], dtype=np.uint64)
    contents = scramble(columns.texts ^ common)
    return _sort(columns, contents.view(np.int64), _number(columns, contents, lowest))


def restore_units(kept: Sequence[Unit]) -> Units:
    """Return the columns of kept units, without the ids of their quotes."""
    alphabet = Alphabet()
    encoded = [alphabet.encode(unit.words.split()) for unit in kept]
    rows = [
        _Row(unit.speaker, (not unit.published, unit.published or "", unit.first), frozenset(unit.articles))
        for unit in kept
    ]
    columns = _fill(encoded, rows, alphabet, Facts.of(alphabet))
    contents = np.array([unit.content for unit in kept], dtype=np.int64)
    return _sort(columns, contents, np.array([unit.id for unit in kept], dtype=np.int64))


def _find_occasion(quote: Printed, weight: int) -> str:
    """Return what tells quotes of one speaker with the same words apart: nothing, their day, or their id."""
    if weight >= CERTAIN_BITS:
        return ""
    return quote.published[:10] if weight >= SAME_DAY_BITS and quote.published else quote.id


def _describe(copies: list[Printed], occasion: str) -> _Row:
    if len(copies) > 1:
        copies.sort(key=printing_order)
    first = copies[0]
    articles = {quote.article for quote in copies if quote.article is not None}
    return _Row(
        speaker=_number_speaker(first.speaker),
        first=printing_order(first),
        articles=frozenset(sorted(articles)[:_MOST_ARTICLES]) if articles else _NO_ARTICLES,
        quotes=tuple([quote.id for quote in copies]),
        common=hash_text(f"{first.speaker or ''}\0{occasion}"),
    )


def _fill(encoded: list[str], rows: Sequence[_Row], alphabet: Alphabet, facts: Facts) -> Units:
    """Return the columns of units in their given order, without ids."""
    days = [_read_days(row.first[1]) for row in rows]
    return Units(
        ids=_NO_WEIGHTS,
        contents=_NO_WEIGHTS,
        words=encoded,
        texts=np.concatenate([_NO_HASHES, *(spelled.hash_words() for spelled in spell(encoded, facts))]),
        sketches=np.concatenate([_NO_SKETCHES, *(spelled.sketch() for spelled in spell(encoded, facts))]),
        lengths=np.fromiter(map(len, encoded), dtype=np.int64, count=len(rows)),
        weights=np.concatenate([_NO_WEIGHTS, *(spelled.weigh() for spelled in spell(encoded, facts))]),
        first_days=np.array([day[0] for day in days], dtype=np.int64),
        last_days=np.array([day[1] for day in days], dtype=np.int64),
        speakers=np.array([row.speaker for row in rows], dtype=np.int64),
        in_articles=np.array([bool(row.articles) for row in rows], dtype=np.bool_),
        articles=[row.articles for row in rows],
        firsts=[row.first for row in rows],
        quotes=[row.quotes for row in rows],
        alphabet=alphabet,
        facts=facts,
    )


def _number(units: Units, contents: Hashes, lowest: Hashes) -> Integers:
    """Return an id for each unit: day, speaker, a hint at its words, what its quotes have in common."""
    since = np.clip(units.first_days - _FIRST_DAY, 1, _LAST_DAY - 1)
    days = np.where(units.first_days == UNKNOWN_DAY, _LAST_DAY, since).astype(np.uint64)
    speakers = scramble(units.speakers.astype(np.uint64)) >> np.uint64(64 - _SPEAKER_BITS)
    order = (days << np.uint64(_SPEAKER_BITS)) | speakers
    order = (order << np.uint64(_HINT_BITS)) | (lowest >> np.uint64(64 - _HINT_BITS))
    ids = (order << np.uint64(_REST_BITS)) | (contents >> np.uint64(64 - _REST_BITS))
    return np.asarray((ids ^ np.uint64(1 << 63)).view(np.int64))


def _sort(units: Units, contents: Integers, ids: Integers) -> Units:
    """Return the columns with ids, in order of these; of two with the same id one has the next free one."""
    ordered = replace(units, ids=ids, contents=contents).select(np.lexsort((contents, ids)))
    steps = np.arange(len(ids))
    return replace(ordered, ids=np.maximum.accumulate(ordered.ids - steps) + steps)


def is_shifted(id_: int, content: int) -> bool:
    """Say whether a unit has another id than its own because that one was taken."""
    own = content >> (64 - _REST_BITS)
    return bool((id_ ^ own) & ((1 << _REST_BITS) - 1))


@lru_cache(maxsize=_REMEMBERED)
def _read_days(published: str) -> Days:
    return read_days(published) or (UNKNOWN_DAY, UNKNOWN_DAY)


@lru_cache(maxsize=_REMEMBERED)
def _number_speaker(speaker: str | None) -> int:
    return UNKNOWN_SPEAKER if speaker is None else 1 + (hash_text(speaker) >> 1)
