from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from quotes.match import group
from quotes.records import Printed
from quotes.text.normal import ELLIPSIS, normal_form, printed_words, words

WORDS = st.sampled_from(
    [
        "the",
        "dredging",
        "harbour",
        "council",
        "pumps",
        "would",
        "not",
        "close",
        "failed",
        "twice",
        "in",
        "January",
        "crews",
        "trawler",
    ]
)
TEXTS = st.one_of(st.text(max_size=40), st.lists(WORDS, max_size=14).map(" ".join))
QUOTES = st.lists(
    st.builds(
        Printed,
        id=st.uuids().map(str),
        text=TEXTS,
        outlet=st.sampled_from(["a", "b", None]),
        published=st.sampled_from(["2026-03-04", "2026-03-05", "2026-09-01", "2026", "soon", None]),
        speaker=st.sampled_from(["x", "y", None]),
        article=st.sampled_from(["1", "2", "3", None]),
    ),
    max_size=14,
    unique_by=lambda quote: quote.id,
)


@given(QUOTES, st.randoms(use_true_random=False))
@settings(deadline=None)
def test_order_makes_no_difference_and_ids_are_of_the_group(quotes, random):
    found = group(quotes)
    shuffled = list(quotes)
    random.shuffle(shuffled)
    assert group(shuffled) == found
    assert set(found) == {quote.id for quote in quotes}
    assert all(found[statement] == statement for statement in found.values())


@given(st.text(max_size=200))
def test_printed_words_hold_the_words(text):
    printed = [word.key for word in printed_words(text) if word.key != ELLIPSIS and not word.editorial]
    assert tuple(printed) == words(text)


@given(st.text(max_size=200))
def test_one_wording_has_one_list_of_words(text):
    assert words(normal_form(text)) == words(text)
