from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from quotes.drift import describe
from quotes.drift.changes import compare, read_printing
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
        "if",
        "but",
        "think",
        "I",
        "no,",
        "about",
        "or",
        "🙂",
        "עולם",
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


def rebuild(one, other, found):
    """The other list from the one and the edits, and whether they cover any word twice."""
    covered = [place for edit in found for place in range(edit.start, edit.end)]
    placed = [place for edit in found for place in range(edit.other_start, edit.other_end)]
    assert len(covered) == len(set(covered))
    assert len(placed) == len(set(placed))
    kept = (one[place] for place in range(len(one)) if place not in set(covered))
    size = len(one) - len(covered) + len(placed)
    brought = {place: other[place] for place in placed}
    return [brought[place] if place in brought else next(kept) for place in range(size)]


@given(LISTS, LISTS)
def test_edits_rebuild_the_other_wording(one, other):
    found = find_edits(one, other)
    assert rebuild(one, other, found) == other
    assert found == sorted(found, key=lambda edit: (edit.start, edit.end, edit.other_start))
    assert all(edit.size for edit in found)
    for edit in found:
        if edit.place == "moved":
            assert sorted(one[edit.start : edit.end]) == sorted(other[edit.other_start : edit.other_end])
        if edit.place in ("head", "tail"):
            assert edit.start == edit.end or edit.other_start == edit.other_end


@given(st.permutations(["we", "will", "close", "the", "old", "dock", "in", "January", "and", "not", "May"]))
def test_words_in_another_order_rebuild(other):
    one = ["we", "will", "not", "close", "the", "old", "dock", "in", "January", "and", "May"]
    assert rebuild(one, other, find_edits(one, other)) == other


@given(TEXTS, TEXTS)
@settings(deadline=None)
def test_differences_rebuild_the_other_wording(text, other_text):
    reference, other = read_printing(text), read_printing(other_text)
    found = compare(reference, other)
    words = [
        d.edit
        for d in found
        if d.change.kind != "punctuation" and d.change.words_before != d.change.words_after
    ]
    of_words = [
        edit
        for edit in words
        if reference.keys[edit.start : edit.end] != other.keys[edit.other_start : edit.other_end]
        or edit.place == "moved"
    ]
    moved = [d.edit for d in found if d.edit.place == "moved" and d.edit not in of_words]
    rebuilt = rebuild(list(reference.keys), list(other.keys), [*of_words, *moved])
    assert rebuilt == list(other.keys)
    for difference in found:
        change = difference.change
        assert (change.meaning_flag is None) == (change.flag_words is None)
        assert change.flag_words != ""
        assert change.op != "move" or change.kind == "reordering"
        assert (change.op == "insert") == (change.words_before == "" != change.words_after)
        assert (change.op == "delete") == (change.words_after == "" != change.words_before)


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
