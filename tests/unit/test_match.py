from __future__ import annotations

import json
import random
from collections import Counter
from pathlib import Path

import pytest

from quotes.match import DEFAULT_MATCHER, MATCHERS, group
from quotes.models.word_information import MOST_BITS, load_bits, render_table
from quotes.records import Printed

CASES = json.loads((Path(__file__).parents[1] / "cases" / "match.json").read_text(encoding="utf-8"))


def read_cases():
    for case in CASES:
        marks = [pytest.mark.xfail(reason=case["xfail"])] if "xfail" in case else []
        yield pytest.param(case, id=case["name"], marks=marks)


def print_quotes(rows):
    return [Printed(id=f"q{index:04d}", **row) for index, row in enumerate(rows)]


@pytest.mark.parametrize("case", list(read_cases()))
def test_cases(case):
    quotes = print_quotes(case["quotes"])
    found = group(quotes)
    groups = {}
    for index, quote in enumerate(quotes):
        groups.setdefault(found[quote.id], []).append(index)
    assert sorted(groups.values()) == sorted(case["groups"])


def test_default_is_registered():
    assert MATCHERS[DEFAULT_MATCHER] is group


@pytest.mark.parametrize("name", sorted(MATCHERS))
def test_every_matcher_keeps_the_contract(name):
    quotes = [quote for case in CASES for quote in print_quotes(case["quotes"])]
    quotes = [
        Printed(f"{index:04d}", q.text, q.outlet, q.published, q.speaker) for index, q in enumerate(quotes)
    ]
    found = MATCHERS[name](quotes)
    assert set(found) == {quote.id for quote in quotes}
    assert all(found[statement] == statement for statement in found.values())
    assert MATCHERS[name](random.Random(1).sample(quotes, len(quotes))) == found
    assert MATCHERS[name]([]) == {}


def test_statement_id_is_the_first_printed():
    text = "The ferry terminal will stay closed until the inspectors are satisfied"
    quotes = [
        Printed("a", text),
        Printed("b", text, published="2026-03-05"),
        Printed("c", text, published="2026-03-04"),
    ]
    assert set(group(quotes).values()) == {"c"}


def test_word_table_rounds_and_leaves_rare_words_out():
    counts = Counter({"common": 3 * 2**16, "rare": 1})
    rows = [line for line in render_table(counts).splitlines() if not line.startswith("#")]
    assert rows == ["common\t1"]


def test_word_table_is_installed():
    table = load_bits()
    assert table["the"] < table["council"] < MOST_BITS
    assert all(0 < bits < MOST_BITS for bits in table.values())
