"""Input nobody should write: it may give odd groups, but must stay bounded and never fail."""

from __future__ import annotations

import random
import time

import pytest

from quotes.match import find_candidates, group
from quotes.match.block import MOST_KEYS, NEIGHBOURS, find_postings
from quotes.match.units import collect_units
from quotes.records import Printed

LONG = " ".join(f"harbour{index % 1500} pump{index % 977}" for index in range(5_000))


def copies(text, count):
    return [
        Printed(f"q{index:06d}", text, f"o{index % 7}", "2026-03-04", None, f"a{index}")
        for index in range(count)
    ]


@pytest.mark.parametrize(
    "text", ["", " ", "🙂🙂", "…", "[", "]" * 500, "‮שלום עולם הנמל נסגר", "a" * 10_000, "\ufeff"]
)
def test_odd_texts_are_grouped_somehow(text):
    found = group(copies(text, 3))
    assert set(found) == {"q000000", "q000001", "q000002"}


def test_many_copies_of_a_long_quote_are_one_statement():
    found = group(
        copies("The ferry terminal will stay closed until the harbour inspectors are satisfied", 5_000)
    )
    assert set(found.values()) == {"q000000"}


def test_many_copies_of_a_stock_phrase_are_compared_a_bounded_number_of_times():
    days = [f"20{index // 300:02d}-{index // 25 % 12 + 1:02d}-{index % 25 + 1:02d}" for index in range(3_000)]
    units = collect_units(
        [Printed(f"q{index:04d}", "no comment whatsoever", "o", day) for index, day in enumerate(days)]
    )
    assert len(units) == 3_000
    assert len(find_candidates(units).late) <= NEIGHBOURS * len(units)


def test_copies_of_one_day_are_one_to_compare():
    assert len(collect_units(copies("no comment whatsoever", 3_000))) == 1


def test_very_long_quotes_have_a_bounded_number_of_partners():
    shuffled = list(LONG.split())
    texts = [" ".join(random.Random(seed).sample(shuffled, len(shuffled))) for seed in range(4)]
    units = collect_units([Printed(f"q{index}", text) for index, text in enumerate(texts)])
    assert len(find_postings(units)[0]) <= MOST_KEYS * len(units)


def test_very_long_quotes_take_no_quadratic_time():
    start = time.process_time()
    found = group([Printed(f"q{index}", f"{LONG} end{index}", published="2026-03-04") for index in range(4)])
    assert set(found.values()) == {"q0"}
    assert time.process_time() - start < 20


@pytest.mark.parametrize("articles", [1, 3_000])
def test_articles_that_reword_themselves_without_end_take_no_quadratic_time(articles):
    start = time.process_time()
    quotes = [
        Printed(
            f"q{index:06d}",
            f"The harbour pumps failed {index} times in a row before breakfast",
            f"o{index % 7}",
            "2026-03-04",
            None,
            f"a{index % articles}",
        )
        for index in range(6_000)
    ]
    found = group(quotes)
    assert len({(found[quote.id], quote.article) for quote in quotes}) == len(quotes)
    assert time.process_time() - start < 20
