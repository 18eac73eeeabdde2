"""What a reader sees of the difference between two wordings."""

from __future__ import annotations

import pytest

from quotes.publish.diff import Segment, compare, flag_changes

REFERENCE = (
    "We will open the bridge on 14 May, and nobody should wait, whatever the river does to us by then."
)


def show(printed: str, reference: str = REFERENCE) -> str:
    """Return the segments in one line: [-removed-], {+added+}, <cut>."""
    marks = {"same": "{}", "removed": "[-{}-]", "added": "{{+{}+}}", "cut": "<{}>"}
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
    assert (before.size, before.note) == (9, "9 words of the reference left out before this")
    assert (after.size, after.note) == (8, "8 words of the reference left out after this")


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
    assert "removed" not in {s.kind for s in compare(REFERENCE, f"We will open{dots}by then.")}


def test_a_short_gap_in_the_middle_is_struck_through_and_a_long_one_is_not() -> None:
    assert show(REFERENCE.replace(" should", "")) == REFERENCE.replace(" should", " [-should-]")
    assert show("We will open the bridge by then.") == "We will open the bridge <…> by then."


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
    printed = (
        REFERENCE.replace("14", "15").replace("will", "may").replace(" nobody should", " nobody shouldn’t")
    )
    changes = [
        ("will", "may", "modality"),
        ("14 May", "15 May", "number"),
        ("should", "shouldn't", "negation"),
    ]
    flagged = {s.text: s.flag for s in flag_changes(compare(REFERENCE, printed), changes) if s.flag}
    assert flagged == {"may": "modality", "15": "number", "shouldn’t": "negation"}


def test_a_flag_without_visible_words_marks_nothing() -> None:
    segments = compare(REFERENCE, REFERENCE)
    assert flag_changes(segments, [("dog", "cat", "name")]) == segments


def test_long_texts_are_shown_without_a_comparison() -> None:
    long = "river bank " * 20_000
    assert compare(long, long + "now") == (Segment("same", long + "now"),)
    assert compare("a" * 200_000, "…" * 50_000 + "." * 50_000)
    assert compare("a." * 100_000, "[a-" * 60_000)
