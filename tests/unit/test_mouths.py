"""Whose mouth a quote counts for when outlets name speakers differently."""

from __future__ import annotations

import pytest

from quotes.pipeline.mouths import agree_on_joint, settle_mouths
from quotes.records import Printed, Speaker

NAMES = {
    "full": ("Ines Corrigan", "person"),
    "surname": ("Corrigan", "person"),
    "surname elsewhere": ("Corrigan", "person"),
    "brother": ("Paul Corrigan", "person"),
    "other": ("Ada Tolley", "person"),
    "body": ("Harbour Board", "organisation"),
    "coach": ("the coach", "anonymous"),
    "source": ("a source", "anonymous"),
}
SPEAKERS = {id_: Speaker(id_, name, kind, None, (), ()) for id_, (name, kind) in NAMES.items()}


def quotes(*speakers: str | None) -> list[Printed]:
    return [Printed(f"q{number}", "We wait.", speaker=speaker) for number, speaker in enumerate(speakers)]


@pytest.mark.parametrize(
    ("printed", "settled"),
    [
        (("full", "coach"), ("full", None)),
        (("full", "surname"), ("full", "full")),
        (("full", "other"), ("full", "other")),
        (("full", "body"), ("full", "body")),
        (("full", "brother", "surname"), ("full", "brother", None)),
        (("surname", "other"), ("surname", "other")),
        (("surname elsewhere", "surname"), ("surname", "surname")),
        (("coach", "source", None), ("coach", "coach", None)),
        ((None, None), (None, None)),
    ],
)
def test_only_names_that_differ_are_different_mouths(
    printed: tuple[str | None, ...], settled: tuple[str | None, ...]
) -> None:
    assert tuple(quote.speaker for quote in settle_mouths(quotes(*printed), SPEAKERS)) == settled


def test_a_quote_of_several_counts_for_the_one_whom_another_quote_names() -> None:
    group = quotes("full", "other")
    assert [one.speaker for one in agree_on_joint(group, {"q0": ("other",)})] == ["other", "other"]
    assert [one.speaker for one in agree_on_joint(group, {"q0": ("brother",)})] == ["full", "other"]
    assert [one.speaker for one in agree_on_joint(group, {})] == ["full", "other"]
