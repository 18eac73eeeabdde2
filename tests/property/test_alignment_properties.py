"""The plain alignments, which stand in for rapidfuzz where there is none, against rapidfuzz."""

from __future__ import annotations

from hypothesis import example, given, settings
from hypothesis import strategies as st
from rapidfuzz import fuzz
from rapidfuzz.distance import Indel, LCSseq

from quotes.text import plain_alignments as plain

WORDS = st.lists(st.sampled_from("abcdefgh"), max_size=90)
FEW = st.lists(st.sampled_from("ab"), max_size=12)


@settings(max_examples=400, deadline=None)
@given(st.one_of(WORDS, FEW), st.one_of(WORDS, FEW))
@example([], [])
@example(["a"], [])
def test_plain_alignments_are_those_of_rapidfuzz(one: list[str], other: list[str]) -> None:
    expected = [
        (code.tag, code.src_start, code.src_end, code.dest_start, code.dest_end)
        for code in LCSseq.opcodes(one, other)
    ]
    for codes in (plain.LCSseq.opcodes(one, other), plain.Indel.opcodes(one, other)):
        found = [(code.tag, code.src_start, code.src_end, code.dest_start, code.dest_end) for code in codes]
        assert found == expected
    assert plain.Indel.distance(one, other) == Indel.distance(one, other)
    assert plain.Indel.normalized_similarity(one, other) == Indel.normalized_similarity(one, other)


@settings(max_examples=200, deadline=None)
@given(
    st.lists(st.sampled_from("abcd"), min_size=1, max_size=6),
    st.lists(st.sampled_from("abcdef"), max_size=30),
)
def test_the_stretch_most_like_a_part_is_as_like_as_rapidfuzz_finds(part: list[str], rest: list[str]) -> None:
    whole = [*rest, *part[:-1], "a"] + ["f"] * len(part)
    expected = fuzz.partial_ratio_alignment(part, whole)
    found = plain.fuzz.partial_ratio_alignment(part, whole)
    assert expected is not None
    assert found is not None
    assert abs(found.score - expected.score) < 1e-9
