"""Lines broken at a fixed width are one paragraph; lines that are paragraphs stay apart."""

from __future__ import annotations

import pytest

from quotes.furniture import paragraphs

WRAPPED = (
    "The ferry will not run before spring, the harbour\n"
    "master said on Friday, because no second crew was\n"
    "found in time. Roe, who owns the boat, called it a\n"
    "Danish trick and left.\n"
)


@pytest.mark.parametrize(
    ("text", "first_words"),
    [
        (WRAPPED, ["The"]),
        (f"{WRAPPED}\n{WRAPPED}", ["The", "The"]),
        ("He spoke of a gate that was never once\r\nopened in May.", ["He"]),
        ("The gate was shut at nine on Friday.\nthe crew went home", ["The", "the"]),
        ("The ferry will not run before the spring\nThe crew went home", ["The", "The"]),
        ("The ferry will not run before the spring\nby Ann Roe in Dunmarrow", ["The", "by"]),
        ("The ferry will not run before the spring\n\nthe crew went home", ["The", "the"]),
        ("Menu\nnews\nsport\nweather", ["Menu", "news", "sport", "weather"]),
        ("x" * 200 + "\nand so on", ["x" * 200, "and"]),
    ],
)
def test_lines_are_joined_where_a_sentence_goes_on(text: str, first_words: list[str]) -> None:
    found = paragraphs(text)
    assert [text[line.start : line.end].split()[0] for line in found] == first_words


def test_a_joined_paragraph_reaches_from_its_first_line_to_its_last() -> None:
    (paragraph,) = paragraphs(WRAPPED)
    assert WRAPPED[paragraph.start : paragraph.end] == WRAPPED.strip()
    assert paragraph.role == "body"


def test_a_long_line_in_a_wrapped_block_ends_where_a_short_one_does() -> None:
    text = (
        WRAPPED
        + "Perrin, who had been there since nine, saw nothing\nof it, he told the paper on the same\nday.\n"
    )
    assert [text[line.start :][:6] for line in paragraphs(text)] == ["The fe", "Perrin"]
