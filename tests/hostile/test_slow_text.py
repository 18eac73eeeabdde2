"""Text made to make a stage slow: it must end, whatever it finds."""

from __future__ import annotations

import re
import signal
from typing import TYPE_CHECKING

import pytest

from quotes.attribute import attribute
from quotes.extract import find_quotes
from quotes.extract.scan import MOST_PARAGRAPHS
from quotes.records import Annotated, Article, Name, Paragraph, Sentence, Token
from quotes.speakers import name_speakers

if TYPE_CHECKING:
    from collections.abc import Iterator

PATIENCE_SECONDS = 60


@pytest.fixture(autouse=True)
def _alarm() -> Iterator[None]:
    def give_up(*_: object) -> None:
        raise AssertionError(f"still running after {PATIENCE_SECONDS} s: the work grows faster than the text")

    previous = signal.signal(signal.SIGALRM, give_up)
    signal.alarm(PATIENCE_SECONDS)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, previous)


@pytest.mark.parametrize(
    "text",
    [
        "“" * 40_000,
        "“a ” " * 40_000,
        '"' * 40_001,
        "‘a " * 40_000,
        "«" * 20_000 + "»" * 20_000,
        "''" * 40_000,
        "‘a, b’s " * 20_000,
        "<a " * 40_000 + '"b"',
        "“A,” said x. " * 20_000,
        "5'10\" " * 40_000,
        "“a ‘b’ " * 20_000,
        "“a, Roe said b " * 10_000,
        ",,a " * 20_000,
        "&quot;" * 20_000,
    ],
    ids=lambda text: text[:6],
)
def test_a_wall_of_marks_ends(text: str) -> None:
    quotes = find_quotes(Article("a", "Outlet", text, "a.txt"), (Paragraph(0, len(text.rstrip())),))
    assert all(end <= len(text) for quote in quotes for _, end in quote.spans)


def test_a_quote_opened_on_every_line_ends() -> None:
    lines = tuple(Paragraph(3 * number, 3 * number + 2) for number in range(40_000))
    quotes = find_quotes(Article("a", "Outlet", "“a\n" * 40_000, "a.txt"), lines)
    assert max(quote.text.count(" ") for quote in quotes) < MOST_PARAGRAPHS


@pytest.mark.parametrize(
    ("text", "breaks"),
    [
        ("Ann Reed met Paul Tolley. “We wait,” she said.", "\n"),
        ("He saw “a red lie” and", " "),
        ("The mayor left. “No,” he said.", "\n"),
    ],
)
def test_a_thousand_mentions_end(text: str, breaks: str) -> None:
    whole = breaks.join([text] * 1_000)
    lines = tuple(Paragraph(line.start(), line.end()) for line in re.finditer(r"[^\n]+", whole))
    article = Article("a", "Outlet", whole, "a.txt")
    quotes = find_quotes(article, lines)
    annotated = read_plainly(whole)
    attributions = attribute(article, lines, quotes, annotated)
    named = name_speakers(
        article, annotated, attributions, [span for quote in quotes for span in quote.spans]
    )
    assert len(named.speaker_of) + len(named.reasons) == len(quotes) == 1_000


def read_plainly(text: str) -> Annotated:
    """Annotations as a model might give them: every pronoun and name the subject of the verb after it."""
    sentences = []
    for line in re.finditer(r"[^\n]+", text):
        words = list(re.finditer(r"\w+|[^\w\s]", line.group()))
        tokens = []
        for place, word in enumerate(words):
            start, form = line.start() + word.start(), word.group()
            upos = (
                "VERB"
                if form in {"said", "met", "saw", "left"}
                else "PUNCT"
                if not form.isalpha()
                else "PRON"
            )
            head, relation = (
                (place + 1, "nsubj") if place + 1 < len(words) and upos == "PRON" else (-1, "root")
            )
            tokens.append(Token(start, start + len(form), form, form.casefold(), upos, "NN", relation, head))
        sentences.append(Sentence(tokens[0].start, tokens[-1].end, tuple(tokens)))
    names = [Name(m.start(), m.end(), m.group(), "PER") for m in re.finditer("Ann Reed|Paul Tolley", text)]
    return Annotated(tuple(sentences), tuple(names))
