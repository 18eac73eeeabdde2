from __future__ import annotations

import doctest

import pytest

from quotes.text import normal, printing
from quotes.text.normal import normal_form, printed_words, trim, words
from quotes.text.printing import read_days


@pytest.mark.parametrize("module", [normal, printing])
def test_doctests_hold(module):
    result = doctest.testmod(module)
    assert result.attempted > 0
    assert result.failed == 0


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ()),
        ("🙂 — …", ()),
        ("Don’t, DON'T", ("don't", "don't")),
        ("the I.R.S. and the IRS", ("the", "irs", "and", "the", "irs")),
        ("20% & 1,237.50", ("20", "percent", "and", "1237.50")),
        ("leader-level", ("leader", "level")),
        ("work[ing] on [the bill] now", ("working", "on", "now")),
        ("wait . . . what", ("wait", "what")),
        ("שלום עולם", ("שלום", "עולם")),
        ("2.6million", ("2.6million",)),
    ],
)
def test_words_are_what_was_said(text, expected):
    assert words(text) == expected


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("continue,", "Continue."),
        ("“It’s over”", "'It's over'"),
        ("wait...", "wait"),
        ("one — two", "one -- two"),
        ("one … two", "one . . . two"),
        ("[T]he dock", "the dock"),
        ("soft\u00adhyphen", "softhyphen"),
        ("a  b\n c", "a b c"),
    ],
)
def test_marks_are_one_wording(one, other):
    assert normal_form(one) == normal_form(other)


@pytest.mark.parametrize(
    ("one", "other"), [("a, b", "a b"), ("the Board", "the board"), ("two-day", "two day")]
)
def test_marks_inside_are_another_wording(one, other):
    assert normal_form(one) != normal_form(other)


def test_printed_words_keep_what_words_drop():
    found = printed_words("We … met [the Board]. It left")
    assert [word.text for word in found] == ["We", "…", "met", "the", "Board", "It", "left"]
    assert [word.text for word in found if word.editorial] == ["the", "Board"]
    assert [word.text for word in found if word.opens] == ["We", "met", "It"]


def test_trim_may_leave_nothing():
    assert trim(("and", "the")) == ()


def test_days_of_coarse_and_broken_dates():
    assert read_days("2026-13-40") is None
    assert read_days("yesterday") is None
    assert read_days(None) is None
    first, last = read_days("2026-12")
    assert (last - first, read_days("2026-12-31T23:00:00+00:00")) == (30, (last, last))
