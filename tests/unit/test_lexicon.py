"""What is known of words is kept: the same rows whatever came before, and never more than asked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

torch = pytest.importorskip("torch")

from quotes.annotate import networks  # noqa: E402
from quotes.models.nets.lexicon import TOGETHER, Lexicon  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Sequence

    from torch import Tensor


class Counter:
    """Knows the length and the first letter of each word, and how often it was asked."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def know(self, words: Sequence[str]) -> Tensor:
        assert len(words) == TOGETHER
        self.asked += words
        return torch.tensor([[float(len(word)), float(ord(word[0]))] for word in words])


def look_up(lexicon: Lexicon, *sentences: Sequence[str]) -> list[list[list[float]]]:
    rows, (table, halves) = lexicon.find(sentences)
    assert halves.shape[1] == 1
    return [table[torch.tensor(row)].tolist() for row in rows]


def know_all(words: Sequence[str]) -> list[list[float]]:
    return [[float(len(word)), float(ord(word[0]))] for word in words]


@pytest.mark.parametrize("most", [1, 4, 7, 20_000])
def test_rows_are_right_when_it_is_full_in_the_middle_of_a_batch(most: int) -> None:
    counter = Counter()
    lexicon = Lexicon([counter.know, lambda words: counter.know(words)[:, :1]], most)
    batches = [
        ["ferry", "quay"],
        ["quay", "gull", "crew"],
        ["ferry", "a", "bb", "ccc", "dddd"],
        ["a", "quay"],
    ]
    for words in batches:
        assert look_up(lexicon, words, words[:1]) == [know_all(words), know_all(words[:1])]
        _, (table, _) = lexicon.find([words])
        assert len(table) == len(words)
        assert len(lexicon._tables[0]) <= max(most, len(words))


def test_more_distinct_words_than_are_worked_out_together_have_their_own_rows() -> None:
    counter = Counter()
    words = [chr(200 + number) * (number % 5 + 1) for number in range(2 * TOGETHER + 3)]
    lexicon = Lexicon([counter.know, lambda some: counter.know(some)[:, :1]])
    assert look_up(lexicon, words) == [know_all(words)]


def test_a_word_is_worked_out_once() -> None:
    counter = Counter()
    lexicon = Lexicon([counter.know])
    for _ in range(3):
        lexicon.find([["ferry", "quay"], ["ferry"]])
    assert counter.asked.count("ferry") == 1


class Reading:
    """Reads the length of each sentence, and keeps how many places each batch had, and how many words."""

    def __init__(self) -> None:
        self.counter = Counter()
        self.lexicon = Lexicon([self.counter.know], most=50)
        self.batches: list[tuple[int, int]] = []

    def read(self, tables: int, places: Any, lengths: Sequence[int]) -> Sequence[int]:
        assert tables == 1
        assert tuple(places.shape) == (max(lengths), len(lengths))
        self.batches.append((places.numel(), sum(lengths)))
        return lengths

    def measure(self, sentences: Sequence[Sequence[str]]) -> list[int]:
        return networks._read_in_batches(self.lexicon, len, self.read, sentences)


def test_sentences_come_back_in_their_order_whatever_their_length(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(networks, "PLACES_AT_ONCE", 6)
    reading = Reading()
    assert reading.measure([["w"] * size for size in (3, 1, 9, 2, 1, 4)]) == [3, 1, 9, 2, 1, 4]
    assert reading.batches == [(6, 4), (3, 3), (4, 4), (9, 9)]
    assert reading.measure([]) == []


def test_sentences_read_together_are_about_as_long() -> None:
    reading = Reading()
    sizes = [1 + number * number % 97 for number in range(400)]
    assert reading.measure([["w"] * size for size in sizes]) == sizes
    places, words = map(sum, zip(*reading.batches, strict=True))
    assert words == sum(sizes)
    assert places < 1.12 * words
    assert len(reading.batches) < 25


def test_words_are_looked_up_for_many_batches_together_but_not_for_all(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(networks, "WORDS_AT_ONCE", 40)
    reading = Reading()
    sentences = [[f"w{number}-{place}" for place in range(10)] for number in range(12)]
    assert reading.measure(sentences) == [10] * 12
    assert len(reading.counter.asked) == 3 * TOGETHER
    assert len(reading.lexicon._tables[0]) <= 50
