"""What is compared: quotes of the same words that are one utterance for certain, as columns of arrays."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from quotes.match.alphabet import Alphabet, Facts, hash_text, scramble, spell
from quotes.text.normal import words
from quotes.text.printing import printing_order, read_days

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence

    from quotes.match.alphabet import Hashes, Integers, Truths
    from quotes.records import Printed
    from quotes.text.printing import Days, PrintingOrder

# Identical quotes that tell this much are one utterance of their speaker, whenever they were printed.
CERTAIN_BITS = 90
# Identical quotes that tell this much are one utterance of their speaker on the day they were printed.
SAME_DAY_BITS = 36
UNKNOWN_DAY = -1
UNKNOWN_SPEAKER = 0
# A unit's id begins with the day of its first printing, so that ids are in order of printing.
_DAY_BITS = 15
_SPEAKER_BITS = 9
_FIRST_DAY = 715_512  # 1960-01-01
_LAST_DAY = (1 << _DAY_BITS) - 1
_REMEMBERED = 1 << 16
_NO_WEIGHTS: Integers = np.zeros(0, dtype=np.int64)
_NO_HASHES: Hashes = np.zeros(0, dtype=np.uint64)
_NO_SKETCHES: Hashes = np.zeros((0, 2), dtype=np.uint64)


@dataclass(frozen=True, slots=True)
class Units:
    """Columns of units, in order of `ids`: by the day they were printed first, those without a day last.

    `words` has a character a word, by `alphabet`; `texts` is a hash of them, `sketches` sets a bit for each.
    `lengths` counts them, `weights` is their information in bits. `first_days` and `last_days` say between
    which days (ordinals) a unit was printed first; `speakers` has a number that stands for its speaker.
    `quotes` are the ids of its quotes, `firsts` the order of the one printed first.
    """

    ids: Hashes
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
    quotes: list[tuple[str, ...]]
    firsts: list[PrintingOrder]
    alphabet: Alphabet
    facts: Facts

    def __len__(self) -> int:
        return len(self.words)


def collect_units(quotes: Sequence[Printed]) -> Units:
    """Return the units of `quotes`, whatever the order of `quotes`."""
    alphabet = Alphabet()
    encoded = [alphabet.encode(words(quote.text)) for quote in quotes]
    facts = Facts.of(alphabet)
    weights = np.concatenate([_NO_WEIGHTS, *(spelled.weigh() for spelled in spell(encoded, facts))])
    holders: dict[Hashable, list[Printed]] = {}
    row_of: dict[Hashable, int] = {}
    for row, weight in enumerate(weights.tolist()):
        common = _find_common(quotes[row], encoded[row], weight)
        holders.setdefault(common, []).append(quotes[row])
        row_of.setdefault(common, row)
    rows = np.fromiter(row_of.values(), dtype=np.int64, count=len(row_of))
    copies = [_order(same) for same in holders.values()]
    texts = [encoded[row] for row in rows.tolist()]
    return _arrange(copies, texts, weights[rows], alphabet, facts)


def _find_common(quote: Printed, encoded: str, weight: int) -> Hashable:
    """Return what the quotes of one unit have in common."""
    if weight >= CERTAIN_BITS:
        return encoded, quote.speaker
    if weight >= SAME_DAY_BITS and quote.published:
        return encoded, quote.speaker, quote.published[:10]
    return quote.id


def _order(copies: list[Printed]) -> list[Printed]:
    return sorted(copies, key=printing_order) if len(copies) > 1 else copies


def _arrange(
    copies: Sequence[Sequence[Printed]],
    encoded: Sequence[str],
    weights: Integers,
    alphabet: Alphabet,
    facts: Facts,
) -> Units:
    days = [_read_days(same[0].published) for same in copies]
    speakers = [_number_speaker(same[0].speaker) for same in copies]
    texts = np.concatenate([_NO_HASHES, *(spelled.hash_words() for spelled in spell(encoded, facts))])
    sketches = np.concatenate([_NO_SKETCHES, *(spelled.sketch() for spelled in spell(encoded, facts))])
    ids = _number(copies, texts, weights, days, speakers)
    order = np.argsort(ids, kind="stable")
    listed = order.tolist()
    articles = [_list_articles(copies[index]) for index in listed]
    return Units(
        ids=ids[order],
        words=[encoded[index] for index in listed],
        texts=texts[order],
        sketches=sketches[order],
        lengths=np.fromiter(map(len, encoded), dtype=np.int64, count=len(encoded))[order],
        weights=weights[order],
        first_days=np.array([day[0] for day in days], dtype=np.int64)[order],
        last_days=np.array([day[1] for day in days], dtype=np.int64)[order],
        speakers=np.array(speakers, dtype=np.int64)[order],
        in_articles=np.fromiter(map(bool, articles), dtype=np.bool_, count=len(articles)),
        articles=articles,
        quotes=[tuple([quote.id for quote in copies[index]]) for index in listed],
        firsts=[printing_order(copies[index][0]) for index in listed],
        alphabet=alphabet,
        facts=facts,
    )


def _number(
    copies: Sequence[Sequence[Printed]],
    texts: Hashes,
    weights: Integers,
    days: Sequence[Days],
    speakers: Sequence[int],
) -> Hashes:
    """Return an id for each unit: its day, and a hash of what its quotes have in common."""
    common = texts.copy()
    for index, weight in enumerate(weights.tolist()):
        if weight < SAME_DAY_BITS:
            common[index] = hash_text(copies[index][0].id)
    named = np.array(speakers, dtype=np.int64).astype(np.uint64)
    content = scramble(common ^ scramble(named))
    printed = np.array([_count_day(day) for day in days], dtype=np.uint64)
    spoken = scramble(named) >> np.uint64(64 - _SPEAKER_BITS)
    rest = np.uint64(64 - _DAY_BITS - _SPEAKER_BITS)
    return np.asarray(
        (((printed << np.uint64(_SPEAKER_BITS)) | spoken) << rest) | (content >> (np.uint64(64) - rest))
    )


def _count_day(days: Days) -> int:
    return _LAST_DAY if days[0] == UNKNOWN_DAY else min(max(days[0] - _FIRST_DAY, 0), _LAST_DAY - 1)


@lru_cache(maxsize=_REMEMBERED)
def _read_days(published: str | None) -> Days:
    return read_days(published) or (UNKNOWN_DAY, UNKNOWN_DAY)


@lru_cache(maxsize=_REMEMBERED)
def _number_speaker(speaker: str | None) -> int:
    return UNKNOWN_SPEAKER if speaker is None else 1 + (hash_text(speaker) >> 1)


def _list_articles(copies: Sequence[Printed]) -> frozenset[str]:
    return frozenset([quote.article for quote in copies if quote.article is not None])
