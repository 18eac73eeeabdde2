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
    """The quotes of `text`, every paragraph of it body text."""
    body = tuple(Paragraph(paragraph.start, paragraph.end) for paragraph in paragraphs(text))
    return find_quotes(Article("a", "Outlet", text, "a.txt"), body)


def join(parts: list[str]) -> str:
    """The parts of a quote as one text: before a new part that begins a sentence a comma is a full stop."""
    joined = " ".join(" ".join(part.split()) for part in parts)
    return re.sub(r"[,.] ", "~ ", joined)


@pytest.mark.parametrize("case", load("extract"))
def test_finds_the_quotes_of_a_labelled_case(case: dict[str, Any]) -> None:
    found = [join([quote.text]) for quote in find(case["text"]) if quote.inside is None]
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


def test_what_captions_quote_is_told_apart_and_other_furniture_gives_nothing() -> None:
    text = (
        "“Ferry” Stops\n\n“We waited,” the pilot said.\n\n"
        "FILE - A ferry called “Patience” at the pier. (Photo by A. Roe)\n\n“Nobody came,” she said.\n"
    )
    quotes = find_quotes(Article("a", "Outlet", text, "a.txt"), paragraphs(text))
    kinds = [(quote.text, quote.kind) for quote in quotes]
    assert kinds == [("We waited,", "sentence"), ("Patience", "caption"), ("Nobody came,", "sentence")]


@pytest.mark.parametrize(
    ("text", "nested"),
    [
        ("“He told me, ‘Go home and wait,’ and I did,” Roe said.", [("Go home and wait,", "sentence")]),
        ("‘He told me “go home” and I did,’ Roe said.", [("go home", "fragment")]),
        ("“He shouted “go home” at us,” Roe said.", [("go home", "fragment")]),
        ('"He shouted \'go home\' and we didn\'t," Roe said.', [("go home", "fragment")]),
        ("“He said, ‘Go home.’” Nobody did.", [("Go home.", "sentence")]),
        ("“‘Closed’ is not a word I use,” Roe said.", [("Closed", "fragment")]),
        ("“We ask ‘what’s the use?’ and ‘who pays?’ daily,” Roe said.", [
            ("what’s the use?", "fragment"), ("who pays?", "fragment"),
        ]),
        ("“The sign says «sortie»,” Roe said. “Or ‘exit’.”", [("sortie", "fragment"), ("exit", "fragment")]),
        ("“He said: ‘She told me, “Stop it,” and I did.’ Go on.”", [
            ("She told me, “Stop it,” and I did.", "sentence"),
        ]),
        ("“The boys’ coats weren’t wet 'cause of the dogs' bowls,” Roe said.", []),
        ("“We’re in the ’90s and rock ’n’ roll isn’t dead,” Roe said.", []),
        ("“He told me, ‘Go home and wait, and I did,” Roe said.", []),
    ],
)  # fmt: skip
def test_quotes_within_a_quote_are_found_beside_it(text: str, nested: list[tuple[str, str]]) -> None:
    outer, *inner = find(text)
    assert [(quote.text, quote.kind) for quote in inner] == nested
    assert {quote.inside for quote in inner} <= {outer.id}
    assert all(quote.text in outer.text for quote in inner)


def test_the_id_of_a_quote_does_not_depend_on_what_is_quoted_in_it() -> None:
    alone = find("Poe wrote “no”.\n\n“Stop,” said Roe.")
    nested = find("“He said ‘no’ again,” said Poe.\n\n“Stop,” said Roe.")
    assert alone[-1].id == nested[-1].id
    assert len({quote.id for quote in nested}) == 3


def test_the_same_words_twice_are_two_quotes_with_different_ids() -> None:
    first, second = find("“Never,” said Roe.\n\nThe crew agreed.\n\n“Never,” said Poe.")
    assert first.text == second.text
    assert first.id != second.id


@given(st.text(alphabet="ab .,?\n“”\"«»‘’'„`", max_size=300))
def test_any_text_gives_ordered_spans_inside_the_text(text: str) -> None:
    found = find(text)
    spans = [span for quote in found if quote.inside is None for span in quote.spans]
    assert spans == sorted(spans)
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(left[1] <= right[0] for left, right in itertools.pairwise(spans))
    assert len({quote.id for quote in found}) == len(found)


@given(st.text(alphabet="ab .,?\n“”\"«»‘’'„`", max_size=300))
def test_a_quote_within_a_quote_follows_it_and_lies_inside_it(text: str) -> None:
    outer: Quote | None = None
    for quote in find(text):
        if quote.inside is None:
            outer = quote
            continue
        assert outer is not None
        assert quote.inside == outer.id
        ((start, end),) = quote.spans
        assert any(
            left <= start and end <= right and (start, end) != (left, right) for left, right in outer.spans
        )


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("“It's art,” Roe said of the film, “Second Light.”", ["It's art,", "Second Light."]),
        ("“Cut,” a voice yells, and Roe says, “Thank you all.”", ["Cut,", "Thank you all."]),
        ("“It's art,” Roe said of the film, “but of a kind.”", ["It's art, but of a kind."]),
        (
            "They complained of a “smell of eggs.\n\n“We went home,” said Roe.",
            ["smell of eggs.", "We went home,"],
        ),
    ],
)
def test_two_quotes_are_not_joined_to_one(text: str, found: list[str]) -> None:
    article = Article("a", "Outlet", text, "a.txt")
    assert [quote.text for quote in find_quotes(article, paragraphs(text))] == found
