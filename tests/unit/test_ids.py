"""Ids of outlets: readable where the name allows it, and never the same for different letters."""

from __future__ import annotations

import pytest

from quotes.text.ids import content_id, slug


@pytest.mark.parametrize(
    ("name", "word"),
    [
        ("The Desk", "the-desk"),
        ("The Harbour Étoile", "the-harbour-etoile"),
        ("Port & Quay 24!", "port-quay-24"),
        ("x" * 60, "x" * 60),
        ("Мост", content_id("Мост")),
        ("–", content_id("–")),
    ],
)
def test_names_keep_their_letters(name: str, word: str) -> None:
    assert slug(name) == word


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Порт 24", "Мост 24"),
        ("Порт 24", "24"),
        ("Ørsted Desk", "Rsted Desk"),
        ("Harbour " * 9 + "North", "Harbour " * 9 + "South"),
        ("x" * 60, "x" * 61),
    ],
)
def test_names_with_lost_letters_stay_apart(one: str, other: str) -> None:
    assert slug(one) != slug(other)
    for name in (one, other):
        assert len(slug(name)) <= 67
        assert slug(name).isascii()
        assert "--" not in slug(name)
