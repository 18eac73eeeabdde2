"""Merging puts each local speaker into one speaker, in whatever order they come, and heeds a “not same”."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from quotes.records import LocalSpeaker, Meant, Overrule, Setting
from quotes.speakers import merge_speakers

FIRST = ("", "Ines", "Inez", "Bill", "William", "J.", "Jane", "Dr.", "John")
LAST = ("Corrigan", "Corigan", "Smith", "Van Tolley", "Tolley", "Holt-Reed", "Roe Jr.", "Roe")
ROLES = (None, "Senator", "President", "pitcher", "harbour engineer")

names = st.builds(
    lambda first, last: f"{first} {last}".strip(), st.sampled_from(FIRST), st.sampled_from(LAST)
)
people = st.lists(
    st.tuples(
        st.one_of(names, st.text(max_size=12)),
        st.sampled_from(("person", "person", "person", "organisation", "anonymous")),
        st.sampled_from(ROLES),
        st.integers(0, 5),
    ),
    max_size=14,
)
days = st.lists(
    st.sampled_from((None, "2026-03-04", "2026-03-06", "2027-05-01", "soon")), min_size=6, max_size=6
)


def build(rows, days):
    locals_ = [
        LocalSpeaker(f"l{number:02}", f"a{article}", name, kind, role, (name,))
        for number, (name, kind, role, article) in enumerate(rows)
    ]
    settings = [
        Setting(f"a{number}", (f"o{number % 2}",), day, frozenset({"Ardmore", "Lake", f"Town{number // 3}"}))
        for number, day in enumerate(days)
    ]
    return locals_, settings


@given(people, days, st.randoms(use_true_random=False))
def test_each_local_speaker_has_one_place_that_no_order_changes(rows, days, chance):
    locals_, settings = build(rows, days)
    speakers = merge_speakers(locals_, settings)
    assert sorted(i for one in speakers for i in one.local_ids) == [one.id for one in locals_]
    assert len({one.id for one in speakers}) == len(speakers)
    assert all(len(one.evidence) == len(one.local_ids) for one in speakers if len(one.local_ids) > 1)
    mixed = chance.sample(locals_, len(locals_)), chance.sample(settings, len(settings))
    assert merge_speakers(*mixed) == speakers


@given(people, days, names, names)
def test_whom_a_person_sets_apart_is_never_one(rows, days, first, second):
    locals_, settings = build([(first, "person", None, 0), (second, "person", None, 1), *rows], days)
    word = Overrule(False, (Meant(first, "a0"), Meant(second, "a1")), "s.txt:1")
    speakers = merge_speakers(locals_, settings, [word])
    assert not any({"l00", "l01"} <= set(one.local_ids) for one in speakers)


@given(people, days, names, names)
def test_whom_a_person_joins_is_always_one(rows, days, first, second):
    locals_, settings = build([(first, "person", None, 0), (second, "person", None, 1), *rows], days)
    word = Overrule(True, (Meant(first), Meant(second, "a1")), "s.txt:1")
    speakers = merge_speakers(locals_, settings, [word])
    assert any({"l00", "l01"} <= set(one.local_ids) for one in speakers)
