"""What a reader sees of the difference between two wordings."""

from __future__ import annotations

import re
from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.drift.changes import Difference
from quotes.drift.edits import Edit
from quotes.publish.diff import Segment, compare, compare_all, compare_stretch
from quotes.records import Change
from quotes.text.normal import printed_words
from quotes.text.places import locate_words

REFERENCE = (
    "We will open the bridge on 14 May, and nobody should wait, whatever the river does to us by then."
)


def show(printed: str, reference: str = REFERENCE) -> str:
    """Return the segments in one line: [-removed-], {+added+}, <cut>."""
    marks = {"same": "{}", "removed": "[-{}-]", "added": "{{+{}+}}", "moved": "~{}~", "cut": "<{}>"}
    return "".join(marks[s.kind].format(s.text) for s in compare(reference, printed))


@pytest.mark.parametrize(
    "printed",
    [
        REFERENCE,
        REFERENCE.replace("We", "we"),
        REFERENCE[:-1] + ",",
        REFERENCE[:-1],
        REFERENCE[:-1] + "!”",
        "“" + REFERENCE.replace(",", " —"),
    ],
)
def test_marks_capitals_and_final_stops_are_no_change(printed: str) -> None:
    assert show(printed) == printed


def test_a_replacement_shows_both_words() -> None:
    assert show(REFERENCE.replace("14", "15")) == REFERENCE.replace("14", "[-14-] {+15+}")


def test_a_cut_at_either_end_is_an_ellipsis_not_a_deletion() -> None:
    assert show("nobody should wait") == "<…> nobody should wait <…>"
    before, _, after = compare(REFERENCE, "nobody should wait.")
    assert (before.size, before.note) == (9, "9 words left out before this")
    assert (after.size, after.note) == (8, "8 words left out after this")


@pytest.mark.parametrize(
    ("reference", "printed", "shown"),
    [
        ("We said so before. We want it now.", "We want it now.", "<…> We want it now."),
        ("It is late. And that is what it is.", "It is late", "It is late <…>"),
        ("No, no and no. We go.", "no. We go.", "<…> no. We go."),
    ],
)
def test_a_repeated_word_does_not_tear_a_cut_apart(reference: str, printed: str, shown: str) -> None:
    assert show(printed, reference) == shown


def test_an_ellipsis_of_the_outlet_is_named_as_such() -> None:
    segments = compare(REFERENCE, "We will open the bridge … whatever the river does to us by then.")
    assert [(s.kind, s.note) for s in segments if s.kind != "same"] == [
        ("cut", "7 words left out, marked by the outlet")
    ]


@pytest.mark.parametrize("dots", ["...", " ... ", ". . . ", " […] "])
def test_every_way_to_write_an_ellipsis_counts(dots: str) -> None:
    assert "removed" not in {
        s.kind for s in compare(REFERENCE, f"We will open{dots}whatever the river does.")
    }


def test_a_short_gap_in_the_middle_is_struck_through_and_a_long_one_is_not() -> None:
    assert show(REFERENCE.replace(" should", "")) == REFERENCE.replace(" should", " [-should-]")
    assert show("We will open the bridge, whatever the river does") == (
        "We will open the bridge <…>, whatever the river does <…>"
    )


def test_words_put_in_are_marked() -> None:
    assert show(REFERENCE.replace("the bridge", "the old bridge")) == REFERENCE.replace(
        "the ", "the {+old+} ", 1
    )


def test_a_changed_word_before_a_cut_stays_beside_its_replacement() -> None:
    assert show("We will open the bridge on 15") == "We will open the bridge on [-14-] {+15+} <…>"


@pytest.mark.parametrize("printed", ["", "…", "?!", "other words entirely", "\u202e\u0000", "[", "-- --"])
def test_nothing_in_common_does_not_fail(printed: str) -> None:
    shown = "".join(s.text for s in compare(REFERENCE, printed) if s.kind != "cut")
    assert printed.strip() in shown or not printed.strip()


@pytest.mark.parametrize("reference", ["", "…", "”"])
def test_an_empty_reference_shows_all_as_added(reference: str) -> None:
    assert show("new words", reference) == "{+new words+}"


def test_what_is_printed_is_all_there_in_order() -> None:
    printed = "No: we may “open” (the bridge) on 15 May… whatever it does; then, more."
    shown = "".join(
        s.text for s in compare(REFERENCE, printed) if s.kind in {"same", "added"} or s.text == "…"
    )
    assert "".join(shown.split()).replace("…", "") == "".join(printed.split()).replace("…", "")


def test_flags_stand_at_the_words_that_raise_them() -> None:
    printed = REFERENCE.replace("14", "15").replace("will", "may").replace(" should", " should not")
    flagged = {s.text: s.flag for s in compare(REFERENCE, printed) if s.flag}
    assert flagged == {"may": "certainty", "15": "number", "not": "negation"}


def test_words_that_moved_are_shown_once(monkeypatch: pytest.MonkeyPatch) -> None:
    moved = Difference(Edit(2, 3, 0, 1), Change("move", "today", "Today", "reordering"), editorial=False)
    monkeypatch.setattr("quotes.drift.changes.compare", lambda *_: [moved])
    assert show("Today, we go.", "We go today.") == "~Today~, we go."


def test_what_is_missing_at_the_ends_stands_beside_what_both_have(monkeypatch: pytest.MonkeyPatch) -> None:
    edits = [
        (Edit(0, 1, 0, 0, "head"), Change("delete", "Then", "", "truncation")),
        (Edit(1, 1, 0, 2, "head"), Change("insert", "", "Today we", "merge")),
        (Edit(2, 3, 3, 3, "tail"), Change("delete", "home", "", "truncation")),
        (Edit(3, 3, 3, 4, "tail"), Change("insert", "", "now", "merge")),
    ]
    found = [Difference(edit, change, editorial=False) for edit, change in edits]
    monkeypatch.setattr("quotes.drift.changes.compare", lambda *_: found)
    assert show("Today we go … now.", "Then go home.") == "{+Today we+} <…> go … <…> {+now+}."


def test_marks_at_other_places_are_shown_as_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    marks = Difference(Edit(1, 2, 1, 2), Change("replace", "go", "go", "punctuation"), editorial=False)
    monkeypatch.setattr("quotes.drift.changes.compare", lambda *_: [marks])
    assert show("We, go today.", "We go today.") == "We, go today."


@given(st.text(max_size=80), st.text(max_size=80))
def test_every_word_is_found_where_it_stands(text: str, other: str) -> None:
    text = normalize("NFC", f"{text} don’t [{other}] U.S. 1,200")
    words = [word for word in printed_words(text) if word.key != "…"]
    places = locate_words(words, text)
    assert places == sorted(places)
    for word, (start, end) in zip(words, places, strict=True):
        assert re.sub(r"[\W_]", "", text[start:end]) == re.sub(r"[\W_]", "", word.text)


@given(st.text(max_size=60), st.text(max_size=60))
def test_segments_rebuild_the_wording(one: str, other: str) -> None:
    reference, printed = normalize("NFC", f"we go home {one} today"), normalize("NFC", f"we {other} go today")
    expected = [word.key for word in printed_words(printed) if word.key != "…"]
    for segments in (compare(reference, printed), compare_stretch(reference, printed)):
        shown = "".join(s.text for s in segments if s.kind in {"same", "added", "moved", "beyond"})
        assert [word.key for word in printed_words(shown) if word.key != "…"] == expected


def test_texts_too_long_to_compare_are_not_called_alike() -> None:
    long = "river bank " * 20_000
    assert compare(long, long) == (Segment("same", long),)
    (whole,) = compare(long, long + "now")
    assert (whole.kind, whole.text) == ("uncompared", long + "now")
    assert whole.note == "too long to compare word by word"
    assert compare("a" * 200_000, "…" * 50_000 + "." * 50_000)
    assert compare("a." * 100_000, "[a-" * 60_000)


def test_many_wordings_are_compared_until_they_are_too_much_for_one_page() -> None:
    long = "we may stay " * 9000
    compared = compare_all([("we will stay", "we may stay"), ("we will stay", long), ("we stay", long)])
    assert [segments[0].kind for segments in compared] == ["same", "same", "uncompared"]
    assert compared[0] == compare("we will stay", "we may stay")
    assert len(compared[2][0].text) < 700
    assert "too long for one page" in compared[2][0].note
