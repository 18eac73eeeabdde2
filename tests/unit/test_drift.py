from __future__ import annotations

import doctest
import json
from pathlib import Path

import pytest

from quotes import drift
from quotes.drift import describe, edits, english, find_first_outlets, shorten
from quotes.records import Printed

CASES = json.loads((Path(__file__).parents[1] / "cases" / "drift.json").read_text(encoding="utf-8"))
PUMPS = "The old pumps failed twice in January"


def read_cases():
    for case in CASES:
        marks = [pytest.mark.xfail(reason=case["xfail"])] if "xfail" in case else []
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
        found = [[c.op, c.words_before, c.words_after, c.kind, c.meaning_flag] for c in other.changes]
        assert found == case["changes"]
    if "flags" in case:
        assert list(statement.meaning_flags) == case["flags"]
    if "drift" in case:
        assert statement.drift == case["drift"]


@pytest.mark.parametrize("module", [drift, edits, english])
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
