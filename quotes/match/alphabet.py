"""A character for each word, so that whole quotes are compared as fast as single words."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import blake2b
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from quotes.models.word_information import MOST_BITS, load_bits
from quotes.text.normal import FUNCTION_WORDS
from quotes.text.turning import is_turning

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

Integers = NDArray[np.int64]
Hashes = NDArray[np.uint64]
Floats = NDArray[np.float64]
Truths = NDArray[np.bool_]

_FIRST = 0x100
_SURROGATES = range(0xD800, 0xE000)
# Words beyond so many share characters with earlier ones: two of them hardly ever meet in one comparison.
_CHARACTERS = 0x110000 - _FIRST - len(_SURROGATES)
_TELLING_BITS = 9
_HIGHEST = np.uint64(2**64 - 1)
# Texts that are spelled out together.
_STEP = 1 << 16


class Alphabet:
    """The characters of the words seen so far.

    A word's code counts from 0 in order of first sight: nothing that is kept may depend on it.
    """

    def __init__(self) -> None:
        self.characters = _Characters()
        self._words: dict[str, str] = {}

    def encode(self, words: Iterable[str]) -> str:
        """Return the words, a character each."""
        return "".join(map(self.characters.__getitem__, words))

    def decode(self, encoded: str) -> str:
        """Return the words of a text with spaces between them."""
        if len(self._words) != len(self.characters):
            self._words = {character: word for word, character in self.characters.items()}
        return " ".join([self._words[character] for character in encoded])


class _Characters(dict[str, str]):
    def __missing__(self, word: str) -> str:
        point = _FIRST + len(self) % _CHARACTERS
        self[word] = chr(point if point < _SURROGATES.start else point + len(_SURROGATES))
        return self[word]


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of the words of an alphabet, by code or by character.

    `bits` is the information of each word, `hashes` a number that stands for it in every run. `telling` leads
    from a character to its bits; `turning` are the words that deny or count, `grammar` those of grammar.
    """

    bits: Integers
    hashes: Hashes
    telling: dict[str, int]
    turning: frozenset[str]
    grammar: frozenset[str]

    @classmethod
    def of(cls, alphabet: Alphabet) -> Facts:
        """Return the facts of all words seen so far."""
        table, characters = load_bits(), alphabet.characters
        bits = [table.get(word, MOST_BITS) for word in characters]
        return cls(
            np.array(bits, dtype=np.int64),
            np.array([hash_text(word) for word in characters], dtype=np.uint64),
            dict(zip(characters.values(), bits, strict=True)),
            frozenset(character for word, character in characters.items() if is_turning(word)),
            frozenset(character for word, character in characters.items() if word in FUNCTION_WORDS),
        )


@dataclass(frozen=True, slots=True)
class Spelled:
    """The bits and hashes of the words of many texts one after the other, and where each text begins."""

    bits: Integers
    hashes: Hashes
    bounds: Integers

    @classmethod
    def of(cls, encoded: Sequence[str], facts: Facts) -> Spelled:
        """Spell out encoded texts."""
        points = np.frombuffer("".join(encoded).encode("utf-32-le"), dtype=np.uint32).astype(np.int64)
        codes = points - _FIRST - len(_SURROGATES) * (points >= _SURROGATES.stop)
        lengths = np.fromiter(map(len, encoded), dtype=np.int64, count=len(encoded))
        bounds = np.concatenate((np.zeros(1, np.int64), np.cumsum(lengths)))
        return cls(facts.bits[codes], facts.hashes[codes], bounds)

    def find_owners(self) -> Integers:
        """Return for each word the text that it stands in."""
        return np.repeat(np.arange(len(self.bounds) - 1), np.diff(self.bounds))

    def weigh(self) -> Integers:
        """Return the information of each text in bits."""
        sums = np.concatenate((np.zeros(1, np.int64), np.cumsum(self.bits)))
        return np.asarray(sums[self.bounds[1:]] - sums[self.bounds[:-1]])

    def hash_words(self) -> Hashes:
        """Return a hash of the words of each text in their order, the same in every run."""
        places = np.arange(len(self.hashes)) - self.bounds[self.find_owners()]
        mixed = self.hashes * (scramble(places.astype(np.uint64)) | np.uint64(1))
        sums = np.concatenate((np.zeros(1, np.uint64), np.cumsum(mixed, dtype=np.uint64)))
        return np.asarray(sums[self.bounds[1:]] - sums[self.bounds[:-1]])

    def find_lowest(self) -> Hashes:
        """Return the lowest hash among the telling words of each text: alike texts often have the same."""
        ranks = np.where(self.bits >= _TELLING_BITS, scramble(self.hashes), _HIGHEST)
        lowest = np.full(len(self.bounds) - 1, _HIGHEST)
        filled = np.flatnonzero(np.diff(self.bounds))
        if len(filled):
            lowest[filled] = np.minimum.reduceat(ranks, self.bounds[filled])
        return lowest

    def sketch(self) -> Hashes:
        """Return two numbers for each text, in which each of its words sets one of 128 bits."""
        places = self.hashes >> np.uint64(57)
        bits = np.uint64(1) << (places & np.uint64(63))
        halves = np.where(places < 64, bits, np.uint64(0)), np.where(places < 64, np.uint64(0), bits)
        sketches = np.zeros((len(self.bounds) - 1, 2), dtype=np.uint64)
        filled = np.flatnonzero(np.diff(self.bounds))
        if len(filled):
            sketches[filled] = np.bitwise_or.reduceat(np.stack(halves, 1), self.bounds[filled])
        return sketches


def spell(encoded: Sequence[str], facts: Facts) -> Iterator[Spelled]:
    """Yield `encoded` spelled out, some at a time: bounds memory."""
    for start in range(0, len(encoded), _STEP):
        yield Spelled.of(encoded[start : start + _STEP], facts)


def hash_text(text: str) -> int:
    """Return 64 bits that stand for a text, the same in every run."""
    return int.from_bytes(blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little")


def scramble(values: Hashes) -> Hashes:
    """Return numbers in which every bit depends on all bits of `values` (the finaliser of splitmix64)."""
    values = (values ^ (values >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    values = (values ^ (values >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return values ^ (values >> np.uint64(31))
