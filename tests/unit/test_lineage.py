"""Which wording is the reference, and which derives from which: invented cases, and what holds for any."""

from __future__ import annotations

import doctest
import random
import time
from datetime import date

import pytest

from quotes.drift import bases, describe, times
from quotes.records import Printed
from tests.cases import load

WORDS = ("the", "old", "ferry", "sails", "at", "noon", "again", "we", "hope", "soon")
DATES = (
    None,
    "2026-03",
    "2026-03-04",
    "2026-03-04T09:00:00",
    "2026-03-04T12:00:00+00:00",
    "2026-03-05",
    "2999-01-01",
)


def read(case):
    printings = [
        Printed(**{**printing, "credits": tuple(printing.get("credits", ()))})
        for printing in case["printings"]
    ]
    today = case.get("today")
    return describe(printings, date.fromisoformat(today) if today else None)


@pytest.mark.parametrize("case", load("lineage"))
def test_cases(case):
    statement = read(case)
    found = {wording.id: [wording.parent_id, wording.parent_basis] for wording in statement.wordings}
    assert {one: found[one] for one in case["parents"]} == case["parents"]
    if "reference" in case:
        reference = next(wording.id for wording in statement.wordings if wording.is_reference)
        assert [reference, statement.reference_basis] == case["reference"]
    if "first_outlets" in case:
        assert list(statement.first_outlets) == case["first_outlets"]


@pytest.mark.parametrize("case", load("lineage"))
def test_the_order_of_printings_changes_nothing(case):
    backwards = {**case, "printings": case["printings"][::-1]}
    assert read(backwards) == read(case)


def make_printings(seed):
    chance = random.Random(seed)
    outlets = [f"outlet-{number}" for number in range(5)]
    return [
        Printed(
            f"q{number}",
            " ".join(chance.choices(WORDS, k=chance.randint(3, 8))),
            chance.choice(outlets),
            chance.choice(DATES),
            is_transcript=chance.random() < 0.05,
            credits=tuple(chance.sample(outlets, chance.choice((0, 0, 1, 2)))),
        )
        for number in range(chance.randint(2, 12))
    ]


@pytest.mark.parametrize("seed", range(60))
def test_no_wording_is_its_own_ancestor_and_every_one_has_a_basis(seed):
    statement = describe(make_printings(seed), date(2026, 3, 6))
    parents = {wording.id: wording.parent_id for wording in statement.wordings}
    for wording in statement.wordings:
        line = [wording.id]
        while parents[line[-1]] is not None:
            line.append(parents[line[-1]])
            assert len(line) <= len(parents)
    assert all(wording.parent_basis for wording in statement.wordings)


@pytest.mark.parametrize("seed", range(60))
def test_a_credited_outlet_printed_the_parent_and_not_the_copy(seed):
    printings = {one.id: one for one in make_printings(seed)}
    wordings = {one.id: one for one in describe(list(printings.values()), date(2026, 3, 6)).wordings}
    for wording in wordings.values():
        outlet = wording.credited_outlet
        assert (outlet is None) == (not wording.parent_basis.startswith("the credited outlet printed it"))
        if outlet is not None:
            assert outlet in {printings[quote].outlet for quote in wordings[wording.parent_id].quote_ids}
            assert outlet in printings[wording.id].credits
            assert outlet != printings[wording.id].outlet


def test_some_seed_has_a_credit():
    found = (describe(make_printings(seed), date(2026, 3, 6)).wordings for seed in range(60))
    assert any(wording.credited_outlet for wordings in found for wording in wordings)


def test_thousands_of_wordings_take_bounded_time():
    chance = random.Random(4)
    printings = [
        Printed(f"q{number}", " ".join(chance.choices(WORDS, k=8)), "x", "2026-03-04", credits=("x",))
        for number in range(3000)
    ]
    began = time.process_time()
    statement = describe(printings)
    assert time.process_time() - began < 20
    assert len(statement.wordings) > 2900


@pytest.mark.parametrize("module", [bases, times])
def test_doctests_hold(module):
    result = doctest.testmod(module)
    assert result.attempted > 0
    assert result.failed == 0
