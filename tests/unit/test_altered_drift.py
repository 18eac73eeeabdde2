"""A wording that an outlet altered derives from the one before, and is never the reference instead of it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from quotes.drift import describe
from quotes.drift.bases import ALTERED
from quotes.match import group
from quotes.records import Printed
from quotes.store.connect import read_sql
from quotes.text.printing import name_edition

SHORT = "The harbour pumps failed twice"
LONG = "The harbour pumps failed twice before January, and nobody was told"
OTHER = "The harbour pumps failed three times"
DAY = "2026-03-04"
# Ids in both orders: nothing hangs on which of the two comes first by chance.
IDS = [("a", "b"), ("b", "a")]


def print_both(former: str, later: str, ids: tuple[str, str], day: str | None = DAY) -> list[Printed]:
    """Return a quote and the one that the same outlet altered it to."""
    one = Printed(ids[0], former, "desk", day, "Reed", "x", altered_to=ids[1])
    return [one, Printed(ids[1], later, "desk", day, "Reed", "x", revision=2)]


def find_parents(quotes: list[Printed]) -> dict[str, tuple[str | None, str | None]]:
    return {one.id: (one.parent_id, one.parent_basis) for one in describe(quotes).wordings}


def find_reference(quotes: list[Printed]) -> str:
    return next(one.id for one in describe(quotes).wordings if one.is_reference)


@pytest.mark.parametrize("ids", IDS)
@pytest.mark.parametrize("day", [DAY, f"{DAY}T09:30:00+00:00", "2026-03", None])
@pytest.mark.parametrize(("former", "later"), [(SHORT, LONG), (LONG, SHORT), (SHORT, OTHER)])
def test_the_former_wording_is_the_reference_and_the_parent(
    former: str, later: str, day: str | None, ids: tuple[str, str]
) -> None:
    quotes = print_both(former, later, ids, day)
    assert find_reference(quotes) == ids[0]
    assert find_parents(quotes)[ids[1]] == (ids[0], ALTERED)
    assert find_parents(quotes)[ids[0]] == (None, "printed first" if day else "no date")
    assert [wording.id for wording in describe(quotes).wordings] == list(ids)


@pytest.mark.parametrize("ids", IDS)
def test_a_quote_that_came_back_was_printed_first(ids: tuple[str, str]) -> None:
    first, second = print_both(SHORT, OTHER, ids)
    quotes = [replace(first, altered_to=None), replace(second, altered_to=first.id)]
    assert find_reference(quotes) == ids[0]
    assert find_parents(quotes)[ids[1]] == (ids[0], ALTERED)


def test_of_several_alterations_each_derives_from_the_one_before() -> None:
    first, second = print_both(SHORT, OTHER, ("c", "b"))
    quotes = [
        first,
        replace(second, altered_to="a"),
        Printed("a", LONG, "desk", DAY, "Reed", "x", revision=3),
    ]
    assert {one: parent for one, (parent, _) in find_parents(quotes).items()} == {
        "c": None,
        "b": "c",
        "a": "b",
    }
    assert find_parents(quotes)["c"] == (None, "printed first")


def test_what_others_may_have_printed_first_derives_as_it_did_before() -> None:
    quotes = print_both(LONG, SHORT, ("a", "b"))
    wire = Printed("c", SHORT, "wire", DAY, "Reed", "y")
    assert find_parents([*quotes, wire])["c"][1] != ALTERED
    assert find_reference([*print_both(SHORT, LONG, ("a", "b")), replace(wire, text=LONG)]) in {"b", "c"}
    later = replace(wire, published="2026-03-05")
    assert find_parents([*quotes, later])["b"] == ("a", ALTERED)


def test_of_a_transcript_the_corrected_wording_counts() -> None:
    quotes = [replace(quote, is_transcript=True) for quote in print_both(LONG, SHORT, ("a", "b"))]
    assert find_reference(quotes) == "b"
    assert find_parents(quotes)["b"] == (None, "an official transcript")


def test_an_alteration_is_one_statement_unless_two_speakers_are_named() -> None:
    former, later = print_both("a lie", "a plain untruth", ("a", "b"))
    former = replace(former, article=name_edition("x", 1))
    assert group([former, later]) == {"a": "a", "b": "a"}
    assert group([former, replace(later, speaker=None)]) == {"a": "a", "b": "a"}
    assert group([former, replace(later, speaker="Holm")]) == {"a": "a", "b": "b"}
    assert group([replace(former, altered_to=None), later]) == {"a": "a", "b": "b"}


def test_the_basis_is_the_one_that_followers_are_told_apart_by() -> None:
    assert f"'{ALTERED}'" in read_sql("outlet_followers")
