"""What the statement page draws and says, as pure functions: timeline, lineage, citation, base."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.publish.pages.citation import Cited, cite
from quotes.publish.pages.lineage import DEEPEST, MOST_NODES, Node, grow_lineage
from quotes.publish.pages.timeline import MOST_LANES, Timeline, Worded, draw_timeline
from quotes.publish.pages.wording import Wording, choose_base, list_flagged, show_wordings

WORDED = {"w1": Worded(1, "reference"), "w2": Worded(2, "reworded")}


def printed(*printings: tuple[str, str | None], wording: str = "w1") -> list[dict[str, Any]]:
    """Rows of PRINTINGS: an outlet and a date each."""
    return [
        {
            "id": f"q{number}",
            "outlet_id": outlet,
            "outlet": outlet.title(),
            "wording_id": wording,
            "published": day,
        }
        for number, (outlet, day) in enumerate(printings)
    ]


def draw(*printings: tuple[str, str | None], first: tuple[str, ...] = ()) -> Timeline:
    return draw_timeline(printed(*printings), WORDED, first)


def test_a_day_is_a_bar_over_the_whole_day_and_a_time_is_a_point() -> None:
    drawn = draw(("lamp", "2026-03-04"), ("quay", "2026-03-04T12:00:00+00:00"), ("wire", "2026-03-05"))
    assert [(m.left, m.width) for lane in drawn.lanes for m in lane.marks] == [
        (0.0, 50.0), (25.0, 0.0), (50.0, 50.0),
    ]  # fmt: skip
    assert (drawn.has_days, drawn.has_times) == (True, True)
    assert drawn.span == "from 4 March 2026 to 5 March 2026"
    assert [tick.label for tick in drawn.ticks] == ["4 Mar", "5 Mar"]


def test_a_time_stands_where_it_is_in_utc_and_one_without_a_zone_where_the_clock_was() -> None:
    drawn = draw(("lamp", "2026-03-04T23:00:00-05:00"), ("quay", "2026-03-05T18:00:00"))
    assert [lane.marks[0].left for lane in drawn.lanes] == [16.67, 75.0]
    assert drawn.span == "on 5 March 2026"
    assert [tick.label for tick in drawn.ticks] == ["00:00", "06:00", "12:00", "18:00"]


def test_a_month_is_a_bar_over_the_month() -> None:
    (lane,) = draw(("lamp", "2026-03")).lanes
    assert (lane.marks[0].left, lane.marks[0].width) == (0.0, 100.0)


def test_who_was_first_is_said_and_a_tie_is_a_tie() -> None:
    days = (("lamp", "2026-03-04"), ("quay", "2026-03-04"), ("wire", "2026-03-05"))
    assert [lane.note for lane in draw(*days, first=("lamp",)).lanes] == ["first", "", ""]
    tie = draw(*days, first=("lamp", "quay"))
    assert [lane.note for lane in tie.lanes] == ["perhaps first: a tie", "perhaps first: a tie", ""]


def test_printings_of_the_same_time_do_not_hide_each_other() -> None:
    (lane,) = draw(*[("lamp", "2026-03-04")] * 3).lanes
    assert [mark.level for mark in lane.marks] == [0, 1, 2]
    (crowded,) = draw(*[("lamp", "2026-03-04")] * 9).lanes
    assert (len(crowded.marks), crowded.more) == (4, 5)


def test_without_dates_nothing_is_drawn_and_all_is_listed() -> None:
    drawn = draw(("lamp", None), ("quay", "soon"))
    assert (drawn.lanes, drawn.ticks, drawn.span) == ((), (), "")
    assert [(one.outlet, one.number) for one in drawn.undated] == [("Lamp", 1), ("Quay", 1)]


def test_more_outlets_than_there_is_room_for_are_counted() -> None:
    drawn = draw_timeline(printed(*((f"o{n}", "2026-03-04") for n in range(300))), WORDED, (), unread=7)
    assert len(drawn.lanes) == MOST_LANES
    assert drawn.unshown == (
        f"Not drawn: {300 - MOST_LANES} more outlets ({300 - MOST_LANES} printings) printed it later; "
        "7 more printings did not fit on this page."
    )


def test_shapes_tell_the_kinds_apart() -> None:
    kinds = ("reference", "punctuation", "shortened", "ellipsis", "inflected", "reworded", "merged")
    shapes = [Worded(1, kind).shape for kind in kinds]
    assert len({shape.outline for shape in shapes}) == len(kinds)
    assert [shape.is_full for shape in shapes] == [True] + [False] * 6
    assert Worded(1, "unheard of").shape.outline == Worded(1, "reworded").shape.outline


_dates = st.one_of(
    st.none(),
    st.dates().map(str),
    st.datetimes().map(lambda moment: moment.isoformat()),
    st.dates().map(lambda day: str(day)[:7]),
    st.text(max_size=12),
)


@given(st.lists(st.tuples(st.sampled_from("abc"), _dates), max_size=12))
def test_every_mark_stands_on_its_lane(printings: list[tuple[str, str | None]]) -> None:
    drawn = draw(*printings)
    marks = [mark for lane in drawn.lanes for mark in lane.marks]
    assert all(0 <= mark.left <= mark.left + mark.width <= 100.01 for mark in marks)
    assert all(0 <= tick.at <= 100 for tick in drawn.ticks)
    assert len(drawn.ticks) <= 5
    assert len(marks) + sum(lane.more for lane in drawn.lanes) + drawn.undated_count == len(printings)


def worded(number: int, parent: int | None = None) -> Wording:
    return Wording(
        number, f"w{number}", "Reworded", False, False, "words", (), "no date", "1 printing", parent,
        "the only earlier wording", [], 0,
    )  # fmt: skip


def flatten(nodes: tuple[Node, ...] | list[Node], step: int = 0) -> list[tuple[int, int]]:
    return [
        pair for node in nodes for pair in [(step, node.wording.number), *flatten(node.children, step + 1)]
    ]


def test_the_tree_has_each_wording_below_the_one_it_derives_from() -> None:
    grown = grow_lineage([worded(1), worded(2, 1), worded(3, 1), worded(4, 2), worded(5)])
    assert flatten(grown.roots) == [(0, 1), (1, 2), (2, 4), (1, 3), (0, 5)]
    assert (grown.has_edges, grown.unshown) == (True, 0)
    assert not grow_lineage([worded(1), worded(2)]).has_edges


def test_a_long_chain_goes_on_at_the_deepest_step() -> None:
    grown = grow_lineage([worded(1), *(worded(n, n - 1) for n in range(2, 500))])
    steps = flatten(grown.roots)
    assert [number for _, number in steps] == list(range(1, MOST_NODES + 1))
    assert max(step for step, _ in steps) == DEEPEST
    assert grown.unshown == 499 - MOST_NODES


def test_a_wording_is_no_ancestor_of_itself() -> None:
    grown = grow_lineage([worded(1, 1), worded(2, 99)])
    assert flatten(grown.roots) == [(0, 1), (0, 2)]


def test_a_citation_says_where_and_when_it_was_read() -> None:
    cited = Cited(
        "We stay,", None, None, True, "Not known.", "1 printing", "https://news.example/-/quotes/ab"
    )
    assert cite(cited, date(2026, 11, 22)) == (
        "“We stay” Speaker not named (articles name different speakers). First printed by: Not known. "
        "1 printing.\nQuote Drift, https://news.example/-/quotes/ab, retrieved 22 November 2026."
    )
    assert len(cite(Cited("word " * 2000, "A", "b", False, "C.", "d", "e"), date(2026, 1, 1))) < 900


def row(identifier: str, text: str, reference: bool = False) -> dict[str, Any]:
    return {
        "id": identifier,
        "text": text,
        "is_reference": int(reference),
        "parent_wording_id": None,
        "parent_basis": None,
        "credited_outlet_id": None,
        "change_kind": "reference" if reference else "reworded",
        "quote_count": 1,
        "outlet_count": 1,
        "first_published": None,
    }


ROWS = [
    row("w1", "We will go now", reference=True),
    row("w2", "We may go now"),
    row("w3", "We may not go now"),
]


@pytest.mark.parametrize(
    ("wanted", "number", "has_notice"),
    [
        (None, 1, False),
        ("", 1, False),
        ("w2", 2, False),
        ("w1", 1, False),
        ("q7", 3, False),
        ("nope", 1, True),
    ],
)
def test_any_wording_or_printing_can_be_compared_with(
    wanted: str | None, number: int, has_notice: bool
) -> None:
    base = choose_base(ROWS, ROWS[0], "label", [{"id": "q7", "wording_id": "w3"}], wanted)
    assert base.number == number
    assert base.is_reference is (number == 1)
    assert (base.notice is not None) is has_notice


def test_flags_come_from_the_comparison_that_is_drawn() -> None:
    def flags(wanted: str) -> list[tuple[str, int]]:
        base = choose_base(ROWS, ROWS[0], "label", [], wanted)
        return [(one.flag, one.number) for one in list_flagged(show_wordings(base, ROWS, [], {}))]

    assert ("how certain or binding it is differs", 2) in flags("w1")
    assert ("a negation differs", 3) in flags("w2")
    assert not [one for one in flags("w2") if one[1] == 2]


def test_a_page_of_very_long_wordings_says_which_are_not_compared() -> None:
    rows = [row(f"w{n}", f"{n} " + "river bank " * 4000, reference=n == 0) for n in range(9)]
    base = choose_base(rows, rows[0], "label", [], None)
    shown = show_wordings(base, rows, [], {})
    kinds = [[segment.kind for segment in wording.segments] for wording in shown]
    assert kinds[0] == ["same"]
    assert kinds[-1] == ["uncompared"]
    assert len(shown[-1].segments[0].text) < 1000
