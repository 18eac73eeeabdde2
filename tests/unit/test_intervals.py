"""Wilson's interval against published values, and what is said of rates."""

from __future__ import annotations

import pytest

from quotes.publish.intervals import Interval, estimate_share
from quotes.publish.pages.rates import (
    FEW,
    TOO_FEW,
    Rate,
    describe_share,
    find_median,
    measure,
    measure_all,
    pool,
    set_beside,
    tell_apart,
)

COLUMNS = ("same", "shortened", "ellipsis", "inflected", "reworded", "merged", "flagged")


def row(compared: int, **counts: int) -> dict[str, int]:
    return {f"{name}_count": counts.get(name, 0) for name in COLUMNS} | {"compared_count": compared}


def rate(times: int, of: int) -> Rate:
    return Rate("", times, of, estimate_share(times, of))


# Newcombe, Two-sided confidence intervals for the single proportion, Statistics in Medicine 17 (1998),
# table I, method 3, which is the score method without continuity correction.
@pytest.mark.parametrize(
    ("times", "of", "low", "high"),
    [
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_the_interval_is_the_published_one(times: int, of: int, low: float, high: float) -> None:
    seen = estimate_share(times, of)
    assert (round(seen.low, 4), round(seen.high, 4)) == (low, high)


def test_the_interval_is_the_same_from_both_ends() -> None:
    for times in range(21):
        seen, mirrored = estimate_share(times, 20), estimate_share(20 - times, 20)
        assert seen.low == pytest.approx(1 - mirrored.high)
        assert seen.low <= times / 20 <= seen.high


def test_the_ends_are_exact_and_nothing_counted_is_nothing_known() -> None:
    assert estimate_share(0, 7).low == 0.0
    assert estimate_share(7, 7).high == 1.0
    assert estimate_share(0, 0) == Interval(0.0, 1.0)
    assert estimate_share(9, 7) == estimate_share(7, 7)


def test_a_higher_level_is_a_wider_interval() -> None:
    wide, narrow = estimate_share(5, 10, level=0.99), estimate_share(5, 10, level=0.9)
    assert wide.low < narrow.low < narrow.high < wide.high


def test_more_quotes_make_the_same_share_surer() -> None:
    few, many = estimate_share(3, 6), estimate_share(300, 600)
    assert few.low < many.low < many.high < few.high


@pytest.mark.parametrize(
    ("one", "other", "told"),
    [
        ((40, 50), (5, 50), "higher"),
        ((5, 50), (40, 50), "lower"),
        ((20, 50), (25, 50), "not distinguishable"),
        ((9, 9), (0, 500), TOO_FEW),
        ((0, 500), (9, 9), TOO_FEW),
        ((0, 0), (0, 0), TOO_FEW),
    ],
)
def test_two_rates_are_told_apart_only_where_intervals_do_not_meet(
    one: tuple[int, int], other: tuple[int, int], told: str
) -> None:
    assert tell_apart(rate(*one), rate(*other)) == told


def test_intervals_that_touch_overlap() -> None:
    assert Interval(0.1, 0.2).overlaps(Interval(0.2, 0.3))
    assert not Interval(0.1, 0.2).overlaps(Interval(0.21, 0.3))


def test_reworded_and_other_forms_count_as_altered_and_shortening_does_not() -> None:
    altered = measure(row(30, shortened=9, inflected=2, reworded=3), "altered")
    assert (altered.counts, altered.share, altered.range) == ("5 of 30", "17 %", "7 to 34 %")


def test_every_compared_quote_is_of_one_kind() -> None:
    rates = measure_all(
        row(21, same=1, shortened=2, ellipsis=3, inflected=4, reworded=5, merged=6, flagged=7)
    )
    assert [one.times for one in rates] == [1, 2, 3, 4, 5, 6, 7]
    assert sum(one.times for one in rates[:-1]) == rates[0].of


def test_pooled_counts_are_summed_and_of_nobody_nothing() -> None:
    total = pool([row(10, same=4), row(30, same=5)])
    assert measure(total, "same").counts == "9 of 40"
    assert measure(pool([]), "same").share == "none compared"


def test_the_median_is_of_outlets_with_enough_quotes() -> None:
    rows = [row(10, same=1), row(20, same=10), row(10, same=9), row(FEW - 1, same=0)]
    assert find_median(rows, "same") == "50 %"
    assert find_median(rows[-1:], "same") is None


def test_rates_beside_each_other_keep_their_sides() -> None:
    beside = set_beside(row(50, same=45), row(50, same=5))[0]
    assert (beside.one.times, beside.other.times, beside.verdict, beside.is_apart) == (45, 5, "higher", True)


@pytest.mark.parametrize("of", [1, 10, 999, 1000, 10**6])
def test_only_none_is_0_and_only_all_is_100(of: int) -> None:
    assert describe_share(0.0, of) == "0 %"
    assert describe_share(1.0, of) == "100 %"
    for times in {1, of - 1} - {0, of}:
        assert describe_share(times / of, of) not in {"0 %", "0.0 %", "100 %", "100.0 %"}


def test_a_bar_is_drawn_where_the_numbers_are() -> None:
    drawn = rate(5, 10)
    assert (drawn.low, drawn.point, round(drawn.low + drawn.width, 2)) == (23.66, 50.0, 76.34)
