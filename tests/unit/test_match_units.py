"""What is compared: ids in order of printing, which quotes are copies, and what is kept of them."""

from __future__ import annotations

import numpy as np
import pytest

from quotes.match.evidence import Evidence
from quotes.match.units import collect_units, is_shifted, restore_units
from quotes.records import Printed

PLAIN = "the harbour council signed"
TELLING = "the harbour council signed a dredging contract annex before the winter storm barrier was inspected"


def print_quote(id_: str, text: str, day: str | None, speaker: str | None = "Reed") -> Printed:
    return Printed(id_, text, "gull", day, speaker, f"article {id_}")


@pytest.mark.parametrize(
    ("text", "days", "speakers", "count"),
    [
        (TELLING, ("2026-03-04", "2027-01-01"), ("Reed", "Reed"), 1),
        (TELLING, ("2026-03-04", "2026-03-04"), ("Reed", "Vale"), 2),
        (TELLING, ("2026-03-04", None), ("Reed", "Reed"), 1),
        ("yes we can", ("2026-03-04", "2026-03-04"), ("Reed", "Reed"), 2),
        ("", ("2026-03-04", "2026-03-04"), (None, None), 2),
    ],
)
def test_only_copies_that_are_one_utterance_for_certain_are_one_unit(
    text: str, days: tuple[str | None, str | None], speakers: tuple[str | None, str | None], count: int
) -> None:
    quotes = [print_quote(id_, text, *more) for id_, *more in zip("ab", days, speakers, strict=True)]
    assert len(collect_units(quotes)) == count


@pytest.mark.parametrize(
    "day", ["1066-10-14", "1959-12-31", "1960-01-01", "2026-03-04", "2049-12-31", "2050-01-01", "9999-12-31"]
)
def test_days_out_of_reach_stand_at_the_ends_before_what_has_no_day(day: str) -> None:
    quotes = [
        print_quote("b", PLAIN, day),
        print_quote("a", TELLING, None),
        print_quote("c", "", "2026-13-45"),
    ]
    units = collect_units(quotes)
    assert units.quotes[0] == ("b",)
    assert units.ids.tolist() == sorted(set(units.ids.tolist()))


def test_units_of_one_id_stand_in_a_row() -> None:
    units = collect_units([print_quote(f"{i:05d}", "yes", None, None) for i in range(40_000)])
    ids, contents = units.ids.tolist(), units.contents.tolist()
    assert len(set(ids)) == len(ids)
    shifted = [place for place in range(len(ids)) if is_shifted(ids[place], contents[place])]
    assert shifted
    assert all(ids[place] == ids[place - 1] + 1 for place in shifted)


def test_what_is_kept_gives_the_same_columns() -> None:
    texts = [TELLING, PLAIN, "", "🙂 שלום עולם", "1,200 U.S. e-mails & 5%", "a\x00b\x1cc\x85d\u2028e"]
    units = collect_units([print_quote(f"{i}", text, "2026-03-04") for i, text in enumerate(texts)])
    again = restore_units(units.list_kept())
    for column in ("ids", "contents", "texts", "sketches", "lengths", "weights", "first_days", "speakers"):
        assert getattr(again, column).tolist() == getattr(units, column).tolist(), column
    assert again.articles == units.articles
    assert again.firsts == units.firsts


@pytest.mark.parametrize(
    ("days", "speakers", "gap", "need"),
    [
        (("2026-03-04", "2026-03-05"), ("Reed", "Reed"), 1, 28),
        (("2026-03-04", "2026-03-05"), (None, "Reed"), 1, 36),
        (("2026-03-04", "2026-03-05"), ("Vale", "Reed"), 1, 45),
        (("2026-03-04", "2026-03-09"), ("Reed", "Reed"), 5, 28),
        (("2026-03-04", "2026-03-12"), (None, "Reed"), 8, 48),
        (("2026-03-04", None), (None, "Reed"), np.nan, 46),
        (("2026-03-04", "2026-03"), ("Reed", "Reed"), np.nan, 36),
        (("1926-03-04", "2026-03-04"), (None, None), 36525, 90),
    ],
)
def test_the_further_apart_two_are_the_more_their_words_must_tell(
    days: tuple[str, str | None], speakers: tuple[str | None, str | None], gap: float, need: float
) -> None:
    quotes = [
        print_quote(id_, text, *more)
        for id_, text, *more in zip("ab", (PLAIN, TELLING), days, speakers, strict=True)
    ]
    evidence = Evidence.of(np.array([1]), np.array([0]), collect_units(quotes))
    np.testing.assert_array_equal(evidence.gaps, [gap])
    assert evidence.need.tolist() == [need]
