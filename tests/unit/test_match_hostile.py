"""Input nobody should write: it may give odd groups, but must stay bounded and never fail."""

from __future__ import annotations

import time

import pytest

from quotes.match import group
from quotes.match.block import find_candidates
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
    units = collect_units(copies("no comment whatsoever", 3_000))
    assert len(units) == 3_000
    assert sum(1 for _ in find_candidates(units)) <= 20 * len(units)


def test_very_long_quotes_are_compared_with_a_bounded_number_of_words():
    units = collect_units([Printed(f"q{index}", f"{LONG} end{index}") for index in range(12)])
    partners = [one for one, _ in find_candidates(units)]
    assert max(partners.count(index) for index in range(12)) <= 6


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
