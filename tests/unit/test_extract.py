"""The quotation finder: labelled cases, properties and hostile text."""

from __future__ import annotations

import itertools
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.extract import find_quotes
from quotes.furniture import paragraphs
from quotes.records import Article, Paragraph, Quote
from tests.cases import load


def find(text: str) -> tuple[Quote, ...]:
    """The quotes of `text`, every line of it body text."""
    lines = re.finditer(r"[^\s][^\r\n]*", text)
    body = tuple(Paragraph(line.start(), line.start() + len(line.group().rstrip())) for line in lines)
    return find_quotes(Article("a", "Outlet", text, "a.txt"), body)


def join(parts: list[str]) -> str:
    """The parts of a quote as one text: before a new part that begins a sentence a comma is a full stop."""
    joined = " ".join(" ".join(part.split()) for part in parts)
    return re.sub(r"[,.] ", "~ ", joined)


@pytest.mark.parametrize("case", load("extract"))
def test_finds_the_quotes_of_a_labelled_case(case: dict[str, Any]) -> None:
    found = [join([quote.text]) for quote in find(case["text"])]
    assert found == [join(parts) for parts in case["quotes"]]


def test_spans_lie_inside_the_marks_and_give_the_text() -> None:
    text = "“We waited,” the pilot said. “Nobody came.”"
    (quote,) = find(text)
    assert [text[start:end] for start, end in quote.spans] == ["We waited,", "Nobody came."]
    assert quote.text == "We waited. Nobody came."


def test_a_quote_over_paragraphs_is_one_span_without_its_inner_marks() -> None:
    text = "“We waited.\n\n“Nobody came,” the pilot said."
    (quote,) = find(text)
    assert [text[start:end] for start, end in quote.spans] == ["We waited.\n\n“Nobody came,"]
    assert quote.text == "We waited. Nobody came,"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("“We waited for an hour,” the pilot said.", "sentence"),
        ("“Nobody!” the pilot said.", "sentence"),
        ("The pilot called the wait “absurd”.", "fragment"),
        ("The pilot said the ferry “would not run today”.", "fragment"),
        ("The pilot spoke of “Old Ferry” and left.", "fragment"),
    ],
)
def test_a_fragment_is_built_into_the_reporters_sentence(text: str, kind: str) -> None:
    assert [quote.kind for quote in find(text)] == [kind]


def test_furniture_gives_no_quotes() -> None:
    text = "“We waited,” the pilot said.\n\nFILE - A ferry called “Patience” at the pier. (Photo by A. Roe)\n"
    quotes = find_quotes(Article("a", "Outlet", text, "a.txt"), paragraphs(text))
    assert [quote.text for quote in quotes] == ["We waited,"]


def test_the_same_words_twice_are_two_quotes_with_different_ids() -> None:
    first, second = find("“Never,” said Roe.\n\nThe crew agreed.\n\n“Never,” said Poe.")
    assert first.text == second.text
    assert first.id != second.id


@given(st.text(alphabet="ab .,?\n“”\"«»‘’'„`", max_size=300))
def test_any_text_gives_ordered_spans_inside_the_text(text: str) -> None:
    spans = [span for quote in find(text) for span in quote.spans]
    assert spans == sorted(spans)
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(left[1] <= right[0] for left, right in itertools.pairwise(spans))
    assert len({quote.id for quote in find(text)}) == len(find(text))
