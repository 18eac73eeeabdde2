"""Text made to make a scanner slow: it must end, whatever it finds."""

from __future__ import annotations

import signal
from typing import TYPE_CHECKING

import pytest

from quotes.extract import find_quotes
from quotes.records import Article, Paragraph

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
    ],
    ids=lambda text: text[:6],
)
def test_a_wall_of_marks_ends(text: str) -> None:
    quotes = find_quotes(Article("a", "Outlet", text, "a.txt"), (Paragraph(0, len(text.rstrip())),))
    assert all(end <= len(text) for quote in quotes for _, end in quote.spans)
