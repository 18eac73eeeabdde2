from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from quotes.drift import describe
from quotes.drift.edits import find_edits
from quotes.drift.wordings import CHANGE_ORDER
from quotes.records import Printed

WORDS = st.sampled_from(
    [
        "the",
        "a",
        "not",
        "two",
        "2",
        "pumps",
        "pump",
        "would",
        "will",
        "Holm",
        "Aalto",
        "failed",
        "…",
        "[the]",
        "of",
        "and",
        "it's",
        "it",
    ]
)
LISTS = st.lists(
    st.sampled_from(["the", "of", "pumps", "failed", "twice", "and", "in", "January"]), max_size=14
)
TEXTS = st.one_of(st.lists(WORDS, max_size=12).map(" ".join), st.text(max_size=30))
DATES = st.sampled_from(["2026-03-04", "2026-03-05T08:00:00+00:00", "2026", None])
QUOTES = st.lists(
    st.builds(
        Printed, id=st.uuids().map(str), text=TEXTS, outlet=st.sampled_from(["a", "b", None]), published=DATES
    ),
    min_size=1,
    max_size=8,
    unique_by=lambda quote: quote.id,
)


@given(LISTS, LISTS)
def test_edits_rebuild_the_other_wording(one, other):
    rebuilt, at = [], 0
    for edit in find_edits(one, other):
        assert edit.start >= at
        rebuilt += one[at : edit.start]
        assert len(rebuilt) == edit.other_start
        rebuilt += other[edit.other_start : edit.other_end]
        at = edit.end
    assert rebuilt + one[at:] == other


@given(LISTS)
def test_what_is_alike_has_no_edits(one):
    assert find_edits(one, one) == []


@given(QUOTES, st.randoms(use_true_random=False))
@settings(deadline=None)
def test_statements_hold_together(quotes, random):
    statement = describe(quotes)
    shuffled = list(quotes)
    random.shuffle(shuffled)
    assert describe(shuffled) == statement
    assert sorted(id_ for wording in statement.wordings for id_ in wording.quote_ids) == sorted(
        q.id for q in quotes
    )
    assert [wording.is_reference for wording in statement.wordings].count(True) == 1
    assert statement.id == statement.wordings[0].id
    assert 0 <= statement.drift <= 1
    seen = set()
    for wording in statement.wordings:
        assert wording.id == wording.quote_ids[0]
        assert wording.parent_id is None or wording.parent_id in seen
        assert 0 <= wording.similarity <= 1
        assert wording.change_kind in CHANGE_ORDER
        assert (wording.change_kind == "reference") == wording.is_reference
        seen.add(wording.id)


@given(TEXTS, st.integers(min_value=1, max_value=4))
def test_copies_do_not_drift(text, count):
    statement = describe([Printed(str(index), text, f"o{index}") for index in range(count)])
    assert statement.drift == 0
    assert statement.worst_change == "reference"
    assert len(statement.wordings) == 1
