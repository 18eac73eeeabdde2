"""Grouping what changed gives what grouping everything anew gives, whatever happened before."""

from __future__ import annotations

import random
from collections import Counter
from contextlib import closing
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from remembered import Remembered, dump, read_statements

from quotes import store
from quotes.match import group, linking, regroup
from quotes.match.block import NEIGHBOURS, find_candidates
from quotes.match.evidence import find_worth
from quotes.match.forest import find_components
from quotes.match.linking import Postings, find_after, find_gains
from quotes.match.matches import Kind, find_matches
from quotes.match.score import Comparer
from quotes.match.units import collect_units
from quotes.records import Printed
from quotes.text.printing import name_edition

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

TEXT = """
    the harbour council dredging pumps failed twice before January not never seven eight million crews trawler
    north slipway lease ferry terminal inspectors satisfied closed contract annex signed hurry storm barrier
    minister engineers Lisbon funding budget deficit vote strike lorry quay winter steel bridge we will may
    should have of to and in a that was is for by with all but
"""
WORDS = TEXT.split()
DAYS = ["2026-03-04", "2026-03-05", "2026-03-08", "2026-09-01", "2026-03", None]


def invent(chance: random.Random, count: int) -> list[Printed]:
    """Return quotes, many of them shortened or reworded copies of others."""
    whole = [[chance.choice(WORDS) for _ in range(chance.randint(3, 22))] for _ in range(max(1, count // 4))]
    return [invent_copy(chance, chance.choice(whole), index) for index in range(count)]


def invent_copy(chance: random.Random, whole: list[str], index: int) -> Printed:
    start = chance.choice([0, 0, 0, chance.randrange(len(whole))])
    words = whole[start : chance.choice([len(whole), len(whole), chance.randint(start, len(whole))])]
    if words and chance.random() < 0.3:
        words[chance.randrange(len(words))] = chance.choice(WORDS)
    article = chance.choice([None, *(f"article-{number}" for number in range(8))])
    if article and chance.random() < 0.3:
        article = name_edition(article, chance.randint(1, 2))
    altered_to = f"q{chance.randrange(index + 5):04d}" if chance.random() < 0.1 else None
    speaker = chance.choice([None, "Dana Holm", "Piet Aalto"])
    return Printed(
        *(f"q{index:04d}", " ".join(words), "outlet", chance.choice(DAYS), speaker, article),
        altered_to=altered_to,
    )


def change(kept: Remembered, chance: random.Random, batch: list[Printed]) -> set[str]:
    """Add a batch; take some others away, and change what is known of some; return their ids."""
    changed = {quote.id for quote in batch}
    kept.quotes.update((quote.id, quote) for quote in batch)
    for quote in chance.sample(sorted(kept.quotes), chance.randint(0, len(kept.quotes) // 4)):
        old = kept.quotes.pop(quote)
        if chance.random() < 0.5:
            kept.quotes[quote] = Printed(
                quote,
                old.text,
                old.outlet,
                chance.choice(DAYS),
                chance.choice([old.speaker, None]),
                old.article,
                altered_to=chance.choice([old.altered_to, None]),
            )
        changed.add(quote)
    return changed


def update(kept: Remembered, connection: store.Connection, changed: Collection[str]) -> set[str]:
    with store.immediate(connection):
        return regroup(kept, changed)


@given(st.randoms(use_true_random=False), st.integers(min_value=0, max_value=90))
@settings(deadline=None, max_examples=40)
def test_batches_give_the_same_as_everything_anew(chance: random.Random, count: int) -> None:
    update_in_batches(chance, count)


@given(st.randoms(use_true_random=False), st.integers(min_value=20, max_value=90))
@settings(deadline=None, max_examples=40)
def test_so_they_do_where_many_units_have_the_same_id(chance: random.Random, count: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("quotes.match.units._HINT_BITS", 1)
        patch.setattr("quotes.match.units._REST_BITS", 5)
        update_in_batches(chance, count)


def update_in_batches(chance: random.Random, count: int) -> None:
    quotes = iter(invent(chance, count))
    with closing(store.open_quotes(Path(":memory:"))) as connection:
        kept = Remembered(connection)
        while batch := list(islice(quotes, chance.randint(1, 40))):
            before = read_statements(connection)
            touched = update(kept, connection, change(kept, chance, batch))
            after = read_statements(connection)
            assert after == group(list(kept.quotes.values()))
            moved = {quote for quote in before.keys() | after.keys() if before.get(quote) != after.get(quote)}
            named = {read[quote] for quote in moved for read in (before, after) if quote in read}
            assert named <= touched
        with closing(store.open_quotes(Path(":memory:"))) as other:
            anew = Remembered(other)
            anew.quotes = dict(kept.quotes)
            update(anew, other, list(anew.quotes))
            assert list(dump(connection)) == list(dump(other))


def count_pairs(postings: Mapping[int, list[int]]) -> Counter[tuple[int, int]]:
    """Count the keys under which two units stand at most NEIGHBOURS apart, the plain way."""
    pairs: Counter[tuple[int, int]] = Counter()
    for units in postings.values():
        for place, unit in enumerate(units):
            pairs.update((unit, other) for other in units[max(0, place - NEIGHBOURS) : place])
    return pairs


def list_postings(units_of: Mapping[int, list[int]]) -> Postings:
    rows = [(key, unit) for key in sorted(units_of) for unit in units_of[key]]
    columns = np.array(rows, dtype=np.int64).reshape(-1, 2)
    return Postings(columns[:, 0], columns[:, 1])


@given(st.randoms(use_true_random=False), st.sampled_from([0, 3, 64]))
@settings(deadline=None)
def test_gains_are_what_counting_all_pairs_gives(chance: random.Random, many: int) -> None:
    keys, everyone = range(8), range(60)
    before = {key: sorted(chance.sample(everyone, chance.randint(1, 40))) for key in chance.sample(keys, 5)}
    known = sorted({unit for units in before.values() for unit in units})
    gone = set(chance.sample(known, min(len(known), chance.randint(0, 6))))
    fresh = set(chance.sample(everyone, chance.randint(0, 6))) - (set(known) - gone)
    coming = {key: sorted(unit for unit in fresh if chance.random() < 0.6) for key in keys}
    going = {key: [unit for unit in units if unit in gone] for key, units in before.items()}
    asked = {key for postings in (coming, going) for key, units in postings.items() if units}
    after = {
        key: sorted({*before.get(key, ())} - gone | {*coming[key]}) for key in before.keys() | coming.keys()
    }
    seen = {key: np.array(before[key], dtype=np.int64) for key in sorted(asked & before.keys())}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(linking, "_MANY", many)
        placed = find_after(seen, list_postings(going), list_postings(coming))
        gains = find_gains(seen, list_postings(going), list_postings(coming))
    assert {key: placed[key].tolist() for key in asked} == {key: after[key] for key in asked}
    then, now = count_pairs(before), count_pairs(after)
    expected = {
        pair: now[pair] - (0 if {*pair} & (gone | fresh) else then[pair])
        for pair in then.keys() | now.keys()
        if not {*pair} & (gone - fresh)
    }
    found = zip(gains.one.tolist(), gains.other.tolist(), gains.support.tolist(), strict=True)
    assert {(one, other): support for one, other, support in found} == {
        k: v for k, v in expected.items() if v
    }


@pytest.mark.parametrize("seed", range(6))
def test_blocking_loses_no_statement_that_comparing_all_finds(seed: int) -> None:
    chance = random.Random(seed)
    units = collect_units(invent(chance, 300))
    late, early = (places.astype(np.int64) for places in np.tril_indices(len(units), -1))
    worth = find_worth(late, early, units)
    every = find_matches(late[worth], early[worth], units, Comparer(units))
    pairs = find_candidates(units)
    found = find_matches(pairs.late, pairs.early, units, Comparer(units))
    ends = {(match.one, match.other) for match in found}
    lost = [match for match in every if match.kind == Kind.FIRM and (match.one, match.other) not in ends]
    linked = find_components(len(units), ends)
    assert [match for match in lost if linked[match.one] != linked[match.other]] == []
    assert len([match for match in every if match.kind == Kind.FIRM]) > 50
