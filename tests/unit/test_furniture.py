"""Furniture of a page is told apart from an article's body by labelled cases."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import pytest

from quotes.furniture import paragraphs

CASES = json.loads((Path(__file__).parents[1] / "cases" / "furniture.json").read_text(encoding="utf-8"))
BODY = "The ferry left at noon, and the harbour office said nothing.\n\n"


@pytest.mark.parametrize("case", CASES["lines"], ids=lambda case: case["line"][:40])
def test_a_line_by_its_own_words(case: dict[str, Any]) -> None:
    text = BODY + case["line"] + "\n\n" + BODY
    assert [p.role for p in paragraphs(text)] == ["body", case["role"], "body"]


@pytest.mark.parametrize("case", CASES["articles"], ids=lambda case: case["why"])
def test_a_line_by_its_place(case: dict[str, Any]) -> None:
    assert [p.role for p in paragraphs(case["text"])] == case["roles"]


def test_offsets_leave_out_the_white_space_around_a_line() -> None:
    text = "\ufeff  One line.  \r\n\n\t\u00a0Another\u2003\rA third"
    assert [text[p.start : p.end] for p in paragraphs(text)] == ["\ufeff  One line.", "Another", "A third"]


@pytest.mark.parametrize(
    "text",
    [
        "\n " * 200_000,
        " " * 400_000 + "x",
        "'a " * 100_000,
        "<a" * 100_000,
        "Ab " * 100_000,
        "Ab Cd is a " * 30_000,
        "Ann/" * 80_000 + "Reuters",
        "a-" * 100_000,
        "Related\nA link\n" * 20_000,
        "Ann Reed\nReuters\n" * 20_000,
        "Reuters\n" * 40_000,
        "” a b c d" * 40_000,
    ],
    ids=lambda text: repr(text[:12]),
)
def test_odd_text_takes_no_longer_than_its_length(text: str) -> None:
    begin = time.process_time()
    paragraphs(text)
    assert time.process_time() - begin < 10
