"""The pieces kept with a quote: the printed words around it, with what is quote, cue and speaker in them."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from quotes.store.marked import ROLES, mark_evidence
from quotes.store.show import read_pieces

if TYPE_CHECKING:
    from quotes.records import Span
    from quotes.store.marked import Piece

TEXT = "Rain fell. “We stay,” Ann Reed said, “and we wait.”\n“The small bridge is tired.”"


def join(pieces: list[Piece], role: str | None = "") -> str:
    return "".join(words for words, own in pieces if role in ("", own))


def find(text: str, words: str) -> Span:
    return text.index(words), text.index(words) + len(words)


def test_pieces_are_the_printed_words_in_order() -> None:
    spans = (find(TEXT, "We stay,"), find(TEXT, "and we wait."))
    pieces = mark_evidence(TEXT, spans, [find(TEXT, "Ann Reed")], find(TEXT, "said"))
    assert join(pieces) == TEXT
    assert [piece for piece in pieces if piece[1]] == [
        ("We stay,", "quote"), ("Ann Reed", "speaker"), ("said", "cue"), ("and we wait.", "quote"),
    ]  # fmt: skip


def test_a_speaker_far_away_comes_with_the_sentence_and_a_gap() -> None:
    text = (
        f"Some words stand first. Sen. Ann Reed had arrived. {'Rain fell on the quay again. ' * 30}\n"
        f"“We stay.”\n{'The boats were small today. ' * 30}Ask her brother."
    )
    pieces = mark_evidence(text, [find(text, "We stay.")], [find(text, "Reed")], find(text, "arrived"))
    assert join(pieces).startswith("… Sen. Ann Reed had arrived. … fell on the quay again.")
    assert [role for _, role in pieces].count("gap") == 3
    assert "Some words" not in join(pieces)
    assert len(join(pieces)) < 500
    after = mark_evidence(text, [find(text, "We stay.")], [find(text, "her brother")])
    assert join(after).endswith(" … Ask her brother.")


def test_white_space_is_folded_but_a_line_break_stays() -> None:
    text = "She  said\t\u00a0so.\r\n \n “We\n  stay” \n"
    assert join(mark_evidence(text, [(text.index("W"), text.index("”"))])) == "She said so.\n“We\nstay”"


@pytest.mark.parametrize(
    ("spans", "speakers", "cue", "wanted"),
    [
        ([(0, 2), (1, 3)], [(0, 9)], (-5, 2), [("abc", "quote")]),
        ([(1, 2)], [(0, 3)], (0, 3), [("a", "speaker"), ("b", "quote"), ("c", "speaker")]),
        ([(1, 2)], [(0, 1), (0, 1)], (2, 3), [("a", "speaker"), ("b", "quote"), ("c", "cue")]),
        ([(2, 9)], [(9, 12)], (2, 1), [("ab", None), ("c", "quote")]),
        ([(5, 9)], [(0, 1)], None, []),
        ([(2, 1)], [], None, []),
        ([], [(0, 1)], (1, 2), []),
    ],
)
def test_spans_that_overlap_or_stand_nowhere(
    spans: list[Span], speakers: list[Span], cue: Span | None, wanted: list[Piece]
) -> None:
    found = mark_evidence("abc", spans, speakers, cue)
    assert join(found) == join(wanted)
    assert [(words, role) for words, role in found if role != "quote"] == [
        piece for piece in wanted if piece[1] != "quote"
    ]


def test_other_scripts_and_emoji_are_whole() -> None:
    text = "قال عمدة المدينة: “لن نرحل 👩‍👩‍👧‍👦 أبدا” <script>alert(1)</script> \u202eabc"
    pieces = mark_evidence(
        text, [find(text, "لن نرحل 👩‍👩‍👧‍👦 أبدا")], [find(text, "عمدة المدينة")], find(text, "قال")
    )
    assert join(pieces) == text
    assert join(pieces, "quote") == "لن نرحل 👩‍👩‍👧‍👦 أبدا"


def test_long_texts_take_no_long_time() -> None:
    many = "“aaaa bbbb”\n" * 20_000
    spans = [(start * 12 + 1, start * 12 + 10) for start in range(20_000)]
    for text, marks in ((many, spans), ("x" * 5_000_000, [(1, 4_000_000)]), ("x. " * 1_000_000, [(0, 9)])):
        started = time.process_time()
        pieces = mark_evidence(text, marks, [(len(text) - 9, len(text) - 3)], (len(text) - 2, len(text)))
        assert time.process_time() - started < 2
        assert {role for _, role in pieces} <= {None, *ROLES}


@pytest.mark.parametrize(
    "evidence", [None, "", "[]", "{", "[1]", '["ab"]', '[["a", "boss"]]', "[[1, null]]", "7"]
)
def test_pieces_that_cannot_be_read_give_way_to_the_context(evidence: str | None) -> None:
    row = {"evidence": evidence, "context_before": "So “", "text": "We stay", "context_after": "”"}
    assert read_pieces(row) == (("So “", None), ("We stay", "quote"), ("”", None))
