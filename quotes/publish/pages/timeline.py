"""Who printed which wording when, as lanes to be drawn: one an outlet, time from left to right."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from quotes.drift.times import read_when
from quotes.publish.phrases import count, describe_date, describe_kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from quotes.publish.pages.answers import Row

MOST_LANES = 30
_MOST_LEVELS = 4
_MOST_UNDATED = 30
_MOST_TICKS = 4
# What a mark takes of the width of a lane on a phone, in percent.
_MARK_WIDTH = 9.0
_DAY = timedelta(days=1)
_STEPS = (1, 2, 3, 7, 14, 30, 60, 90, 182, 365, 730, 1826)  # days between two ticks
# Outlines around (0, 0), one a kind of wording: the shape says what the colour would.
_OUTLINES: Mapping[str, str] = {
    "reference": "M-11-11h22v22h-22z",
    "punctuation": "M-12 0a12 12 0 1 0 24 0a12 12 0 1 0-24 0z",
    "shortened": "M-14 0L-5-11H11V11H-5z",
    "ellipsis": "M-13-11H13L9 0L13 11H-13L-9 0z",
    "inflected": "M-14 0L-7-11H7L14 0L7 11H-7z",
    "reworded": "M0-14L14 0L0 14L-14 0z",
    "merged": "M14 0L5-11H-11V11H5z",
}


@dataclass(frozen=True, slots=True)
class Shape:
    """What a mark looks like: an outline, filled for the reference wording, and the kind it stands for."""

    outline: str
    is_full: bool
    meaning: str


@dataclass(frozen=True, slots=True)
class Worded:
    """A wording as the timeline names it: its number in order of printing, and its kind."""

    number: int
    kind: str

    @property
    def shape(self) -> Shape:
        outline = _OUTLINES.get(self.kind, _OUTLINES["reworded"])
        return Shape(outline, self.kind == "reference", describe_kind(self.kind))


@dataclass(frozen=True, slots=True)
class Mark:
    """One printing. `left` and `width` are percent of the lane: of a day all of it, of a time no width.

    `level` is the row within the lane, from 0 on, so that no mark hides another.
    """

    id: str
    worded: Worded
    label: str
    left: float
    width: float
    level: int = 0

    @property
    def centre(self) -> float:
        return round(self.left + self.width / 2, 2)


@dataclass(frozen=True, slots=True)
class Lane:
    """The printings of one outlet; `note` says where it was first, `more` how many marks have no room."""

    outlet_id: str
    outlet: str
    note: str
    marks: tuple[Mark, ...]
    more: int

    @property
    def levels(self) -> int:
        return 1 + max((mark.level for mark in self.marks), default=0)


@dataclass(frozen=True, slots=True)
class Tick:
    """A line across the lanes, at so many percent of their width."""

    at: float
    label: str


@dataclass(frozen=True, slots=True)
class Undated:
    """A printing without a date: its id, its outlet, and the number of its wording."""

    id: str
    outlet: str
    number: int


@dataclass(frozen=True, slots=True)
class Timeline:
    """What is drawn, from when to when in words, and what is not drawn: without a date, or for want of room.

    `key` has the shapes that are drawn. Without any date there is no lane.
    """

    span: str
    lanes: tuple[Lane, ...]
    ticks: tuple[Tick, ...]
    key: tuple[Shape, ...]
    has_days: bool
    has_times: bool
    undated: tuple[Undated, ...]
    undated_count: int
    unshown: str | None


def draw_timeline(
    rows: Sequence[Row], wordings: Mapping[str, Worded], first_outlets: Sequence[str], unread: int = 0
) -> Timeline:
    """Return the printings of the query PRINTINGS, which are in order of time, as lanes.

    `wordings` has every wording by its id, `unread` says how many printings more there are than `rows`.
    """
    known = [row for row in rows if row["wording_id"] in wordings]
    dated = [(row, stretch) for row in known if (stretch := _read_stretch(row["published"]))]
    undated = [row for row in known if not _read_stretch(row["published"])]
    days = _find_days([stretch for _, stretch in dated])
    by_outlet: dict[str, list[tuple[Row, Mark]]] = {}
    for row, stretch in dated:
        by_outlet.setdefault(row["outlet_id"], []).append((row, _place(row, stretch, days, wordings)))
    drawn = list(by_outlet.items())[:MOST_LANES]
    lanes = tuple(_lay_lane(printed, _say_first(outlet, first_outlets)) for outlet, printed in drawn)
    kinds = {mark.worded.kind for lane in lanes for mark in lane.marks}
    return Timeline(
        span=_describe_span(days) if dated else "",
        lanes=lanes,
        ticks=_find_ticks(days) if dated else (),
        key=tuple(Worded(0, kind).shape for kind in _OUTLINES if kind in kinds),
        has_days=any(mark.width for lane in lanes for mark in lane.marks),
        has_times=not all(mark.width for lane in lanes for mark in lane.marks),
        undated=tuple(
            Undated(row["id"], row["outlet"], wordings[row["wording_id"]].number)
            for row in undated[:_MOST_UNDATED]
        ),
        undated_count=len(undated),
        unshown=_describe_unshown(list(by_outlet.values())[MOST_LANES:], unread + len(rows) - len(known)),
    )


Stretch = tuple[datetime, datetime]
Days = tuple[int, int]


def _read_stretch(published: str | None) -> Stretch | None:
    """Return the instant or the days that a date stands for, in UTC, or by clocks where no zone is known."""
    when = read_when(published)
    if when is None:
        return None
    return when.clock if when.clock[0] == when.clock[1] else when.utc


def _find_days(stretches: Iterable[Stretch]) -> Days:
    """Return the first and the last day (ordinals) of all."""
    days = [moment.toordinal() for stretch in stretches for moment in stretch]
    return (min(days), max(days)) if days else (1, 1)


def _place(row: Row, stretch: Stretch, days: Days, wordings: Mapping[str, Worded]) -> Mark:
    begin = datetime.combine(date.fromordinal(days[0]), datetime.min.time(), UTC)
    whole = (days[1] - days[0] + 1) * _DAY
    left, right = (100 * ((moment - begin) / whole) for moment in stretch)
    worded = wordings[row["wording_id"]]
    label = f"{row['outlet']}, {describe_date(row['published'])}: wording {worded.number}, "
    return Mark(
        id=row["id"],
        worded=worded,
        label=label + worded.shape.meaning.lower(),
        left=round(left, 2),
        width=round(right - left, 2),
    )


def _lay_lane(printed: Sequence[tuple[Row, Mark]], note: str) -> Lane:
    """Return an outlet's marks, each on the first level that has room for it."""
    reached: list[float] = []
    marks: list[Mark] = []
    for mark in sorted((mark for _, mark in printed), key=lambda mark: mark.centre):
        start = mark.centre - _MARK_WIDTH / 2
        level = next((n for n, end in enumerate(reached) if end <= start), len(reached))
        if level >= _MOST_LEVELS:
            continue
        reached[level:] = [start + _MARK_WIDTH, *reached[level + 1 :]]
        marks.append(replace(mark, level=level))
    row = printed[0][0]
    return Lane(row["outlet_id"], row["outlet"], note, tuple(marks), more=len(printed) - len(marks))


def _say_first(outlet: str, first: Sequence[str]) -> str:
    if outlet not in first:
        return ""
    return "first" if len(first) == 1 else "perhaps first: a tie"


def _find_ticks(days: Days) -> tuple[Tick, ...]:
    """Return a few ticks: the hours of a single day, else the beginnings of days."""
    size = days[1] - days[0] + 1
    if size == 1:
        return tuple(Tick(hour / 0.24, f"{hour:02}:00") for hour in (0, 6, 12, 18))
    step = next((step for step in _STEPS if size <= step * _MOST_TICKS), -(-size // _MOST_TICKS))
    several_years = date.fromordinal(days[0]).year != date.fromordinal(days[1]).year
    return tuple(
        Tick(round(100 * (day - days[0]) / size, 2), _name_day(day, several_years))
        for day in range(days[0], days[1] + 1, step)
    )


def _name_day(day: int, with_year: bool) -> str:
    named = date.fromordinal(day)
    return f"{named.day} {named:%b}" + (f" {named.year}" if with_year else "")


def _describe_span(days: Days) -> str:
    first, last = (describe_date(date.fromordinal(day).isoformat()) for day in days)
    return f"on {first}" if first == last else f"from {first} to {last}"


def _describe_unshown(rest: Sequence[Sequence[tuple[Row, Mark]]], unread: int) -> str | None:
    """Return what is left out for want of room: outlets that came to it later, and printings not read."""
    left_out = []
    if rest:
        printings = count(sum(map(len, rest)), "printing")
        left_out.append(f"{count(len(rest), 'more outlet')} ({printings}) printed it later")
    if unread:
        left_out.append(f"{count(unread, 'more printing')} did not fit on this page")
    return f"Not drawn: {'; '.join(left_out)}." if left_out else None
