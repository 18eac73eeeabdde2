from __future__ import annotations

import doctest
import json
import time
from pathlib import Path

import pytest

from quotes import drift
from quotes.drift import (
    alignment,
    changes,
    describe,
    edits,
    english,
    find_first_outlets,
    hedges,
    moves,
    negation,
    numbers,
    shorten,
)
from quotes.models.name_words import find_names, load_name_words
from quotes.models.word_information import load_bits
from quotes.records import Printed

CASES = json.loads((Path(__file__).parents[1] / "cases" / "drift.json").read_text(encoding="utf-8"))
PUMPS = "The old pumps failed twice in January"


def read_cases():
    """The labelled pairs; `set` says when one was written (tests/quality/test_change_quality.py)."""
    for case in CASES:
        marks = [pytest.mark.xfail(reason=case["xfail"], strict=True)] if "xfail" in case else []
        yield pytest.param(case, id=case["name"], marks=marks)


@pytest.mark.parametrize("case", list(read_cases()))
def test_cases(case):
    statement = describe(
        [Printed("a", case["reference"], "x", "2026-03-04"), Printed("b", case["other"], "y", "2026-03-05")]
    )
    assert len(statement.wordings) == case.get("wordings", 2)
    other = statement.wordings[-1]
    if "kind" in case:
        assert other.change_kind == case["kind"] == statement.worst_change
    if "changes" in case:
        found = [[c.op, c.words_before, c.words_after, c.kind] for c in other.changes]
        assert found == case["changes"]
    if "flags" in case:
        flagged = [[c.meaning_flag, c.flag_words] for c in other.changes if c.meaning_flag]
        assert flagged == case["flags"]
        assert set(statement.meaning_flags) == {flag for flag, _ in flagged}
    if "drift" in case:
        assert statement.drift == case["drift"]


def test_enough_pairs_are_labelled_and_no_two_have_one_name():
    assert len({case["name"] for case in CASES}) == len(CASES) >= 150
    tempting = [case for case in CASES if "must_not_flag" in case]
    assert len(tempting) >= 40
    assert all(case["must_not_flag"] not in dict(case["flags"]) for case in tempting)


def compare(one, other):
    return changes.compare(changes.read_printing(one), changes.read_printing(other))


def test_a_move_weighs_no_more_than_a_function_word():
    def measure(other):
        return describe(
            [Printed("a", PUMPS, "x", "2026-03-04"), Printed("b", other, "y", "2026-03-05")]
        ).drift

    moved = measure("In January the old pumps failed twice")
    assert 0 < moved <= measure("Those old pumps failed twice in January")


def test_words_of_another_sentence_weigh_nothing_and_flag_nothing():
    (found,) = compare(PUMPS, PUMPS + ". Nobody may know if two of them ran")
    assert (found.change.kind, found.change.op, found.change.meaning_flag) == ("merge", "insert", None)


@pytest.mark.parametrize(
    ("other", "kind"),
    [
        ("I think the pumps", "shortened"),
        ("the pumps failed, but nobody came", "shortened"),
        ("I think the pumps failed … nobody came", "ellipsis"),
    ],
)
def test_a_cut_with_a_flag_stays_a_cut(other, kind):
    reference = "I think the pumps failed, but nobody came if it rained"
    statement = describe([Printed("a", reference, "x", "2026-03-04"), Printed("b", other, "y", "2026-03-05")])
    assert statement.wordings[-1].change_kind == kind


@pytest.mark.parametrize(
    "other",
    ["Holm said the [old] pumps failed", "Holm said the pumps [had] failed", "[Holm] said the pumps failed"],
)
def test_what_an_outlet_puts_in_brackets_is_never_flagged(other):
    (found, *_) = compare("Holm said the pumps failed", other) or [None]
    assert found is None or found.change.meaning_flag is None
    (found, *_) = compare(other, "Holm said the pumps failed") or [None]
    assert found is None or found.change.meaning_flag is None


def test_only_words_that_both_have_alike_are_compared_by_their_marks():
    (cut, mark) = compare("It broke. We left, all of us", "It broke. We left")[0], None
    assert cut.change.kind == "truncation"
    assert mark is None
    kinds = [d.change.kind for d in compare("I hear, he left early, with her", "he left early with")]
    assert kinds == ["truncation", "punctuation", "truncation"]
    kinds = [d.change.kind for d in compare("he left early, with her", "he left late with her")]
    assert kinds == ["substitution"]


@pytest.mark.parametrize(
    "module", [alignment, drift, edits, english, hedges, moves, negation, numbers], ids=lambda m: m.__name__
)
def test_doctests_hold(module):
    result = doctest.testmod(module)
    assert result.attempted > 0
    assert result.failed == 0


def test_reference_is_the_most_complete_of_the_earliest():
    statement = describe(
        [
            Printed("a", "pumps failed twice", "x", "2026-03-04"),
            Printed("b", PUMPS, "y", "2026-03-04T09:00:00+00:00"),
            Printed("c", PUMPS + " and in May", "z", "2026-03-05"),
        ]
    )
    kinds = {wording.id: wording.change_kind for wording in statement.wordings}
    assert kinds == {"a": "shortened", "b": "reference", "c": "merged"}
    assert [wording.id for wording in statement.wordings] == ["a", "b", "c"]


def test_a_wording_keeps_all_its_quotes_in_order_of_printing():
    quotes = [
        Printed("a", PUMPS + ",", "x"),
        Printed("b", PUMPS, "y", "2026-03-05"),
        Printed("c", PUMPS, "y", "2026-03-04"),
    ]
    (wording,) = describe(quotes).wordings
    assert wording.quote_ids == ("c", "b", "a")
    assert (wording.id, wording.outlet_count, wording.first_published) == ("c", 2, "2026-03-04")


def test_a_wording_derives_from_the_most_alike_of_earlier_days_only():
    quotes = [
        Printed("a", PUMPS, "x", "2026-03-04"),
        Printed("b", "The new pumps failed twice in January", "y", "2026-03-05"),
        Printed("c", "The new pumps failed twice in June", "z", "2026-03-06"),
        Printed("d", "The new pumps failed again in June", "z", "2026-03-06"),
        Printed("e", "The new pumps failed in June", "z"),
    ]
    assert [wording.parent_id for wording in describe(quotes).wordings] == [None, "a", "b", "b", None]


@pytest.mark.parametrize(
    ("dates", "first"),
    [
        ({"x": "2026-03-04", "y": "2026-03-05"}, ("x",)),
        ({"x": "2026-03-04", "y": "2026-03-04"}, ("x", "y")),
        ({"x": "2026-03-04T09:00:00+00:00", "y": "2026-03-04"}, ("x", "y")),
        ({"x": "2026-03-04T09:00:00+00:00", "y": "2026-03-04T08:00:00+00:00"}, ("y",)),
        ({"x": "2026-03-04T09:00:00+02:00", "y": "2026-03-04T08:00:00+00:00"}, ("x",)),
        ({"x": "2026", "y": "2026-03-04", "z": "2027"}, ("x", "y")),
        ({"x": None, "y": "2026-03-04"}, ("y",)),
        ({"x": None, "y": "soon"}, ()),
    ],
)
def test_first_outlets_tie_where_dates_do_not_tell(dates, first):
    assert find_first_outlets([Printed(o, PUMPS, o, published) for o, published in dates.items()]) == first


def test_speakers_are_counted_and_disputed():
    quotes = [
        Printed("a", PUMPS, speaker="m"),
        Printed("b", PUMPS, speaker="n"),
        Printed("c", PUMPS, speaker="n"),
        Printed("d", PUMPS),
    ]
    statement = describe(quotes)
    assert (statement.speaker, statement.disputed_speaker, statement.meaning_flags) == (
        "n",
        True,
        ("attribution",),
    )
    unknown = describe(quotes[3:])
    assert (unknown.speaker, unknown.disputed_speaker, unknown.worst_change) == (None, False, "reference")


def test_drift_grows_with_rewording_not_with_shortening():
    def measure(other):
        return describe(
            [Printed("a", PUMPS, "x", "2026-03-04"), Printed("b", other, "y", "2026-03-05")]
        ).drift

    shortened, inflected = measure("failed twice in January"), measure("The old pump failed twice in January")
    reworded, more = (
        measure("The old boilers failed twice in January"),
        measure("The new boilers failed twice in May"),
    )
    assert 0 < shortened < 0.1
    assert 0 < inflected < reworded < more <= 1


@pytest.mark.parametrize("text", ["", "🙂", "…", "[", "שלום עולם", "a" * 5_000, "no " * 10_000])
def test_hostile_texts_are_described(text):
    statement = describe([Printed("a", text), Printed("b", PUMPS), Printed("c", text + " more")])
    assert statement.quote_count == 3
    assert len(statement.label) <= 140


LONG = {
    "alike": ("one two three four five " * 2_000, "one two three four six " * 2_000),
    "moved": ("first half " * 5_000 + "second part " * 2, "second part " * 2 + "first half " * 5_000),
    "swapped": ("not to " * 5_000, "to not " * 5_000),
    "nothing shared": ("no " * 10_000, "if the but " * 3_400),
    "numbers": ("one hundred and " * 3_300, "two and a half million " * 2_000),
    "emoji": ("🙂 yes " * 5_000, "🙂🙂 no " * 5_000),
    "right to left": ("שלום עולם " * 5_000, "עולם " * 5_000),
    "shuffled": (" ".join(f"w{i * 7 % 9973}" for i in range(9_973)), " ".join(f"w{i}" for i in range(9_973))),
}


@pytest.mark.parametrize("name", LONG)
def test_ten_thousand_words_are_compared_in_bounded_time(name):
    started = time.process_time()
    compare(*LONG[name])
    assert time.process_time() - started < 10  # measured: at most 0.6


def test_thousands_of_wordings_are_bounded():
    quotes = [
        Printed(f"q{index:05d}", f"{PUMPS} of {index}", "x", f"2026-03-{1 + index % 28:02d}")
        for index in range(2_000)
    ]
    assert len(describe(quotes).wordings) == 2_000


@pytest.mark.parametrize(
    ("text", "length", "expected"),
    [("one two,", 20, "one two"), ("one two three", 8, "one two…"), ("onetwothree", 5, "onet…"), ("", 5, "")],
)
def test_labels_are_cut_at_words(text, length, expected):
    assert shorten(text, length) == expected


def test_a_fragment_that_several_print_in_full_hides_nothing():
    printed = ("will not wait", "We will not wait for the summer.", "We will not wait for the winter.")
    quotes = [Printed(str(day), text, published=f"2026-01-0{day}") for day, text in enumerate(printed, 1)]
    described = describe(quotes)
    assert described.reference_basis == "the first of 2 wordings that print more than the earliest"
    fragment, first, second = described.wordings
    assert (fragment.change_kind, first.is_reference, second.change_kind) == ("shortened", True, "reworded")
    assert [change.words_before for change in second.changes] == ["summer"]
    alone = describe(quotes[:2])
    assert (alone.wordings[0].is_reference, alone.reference_basis) == (True, "printed first")


def test_name_words_have_a_capital_within_sentences():
    lines = ["On Monday the market was closed, and on Tuesday it was not."] * 5
    lines += ["The Market Was Closed On Every Single Monday Of The Year"]
    assert find_names(lines, ["market", "monday", "on", "tuesday", "year"]) == ["monday", "tuesday"]


def test_name_words_are_installed():
    assert {"monday", "russia"} <= load_name_words() <= load_bits().keys()
    assert load_name_words().isdisjoint({"may", "council", "the"})
