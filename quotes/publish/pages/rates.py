"""Rates of alteration as shown: counts, share and interval by kind, and whether two can be told apart."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING

from quotes.publish.intervals import LEVEL, Interval, estimate_share
from quotes.publish.phrases import KINDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from quotes.publish.pages.answers import Row

# Below so many compared quotes a page says that these are too few to tell.
FEW = 10
TOO_FEW = "too few to tell"
APART = ("higher", "lower")
INTERVAL = f"{LEVEL:.0%} Wilson score interval".replace("%", " %")
# The name of each rate and the columns that it counts, as the tables of aggregates have them.
_COUNTED: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "same": ("The same words as the reference", ("same_count",)),
    "shortened": (KINDS["shortened"], ("shortened_count",)),
    "ellipsis": (KINDS["ellipsis"], ("ellipsis_count",)),
    "inflected": (KINDS["inflected"], ("inflected_count",)),
    "reworded": (KINDS["reworded"], ("reworded_count",)),
    "merged": (KINDS["merged"], ("merged_count",)),
    "altered": ("Reworded, or other forms", ("reworded_count", "inflected_count")),
    "flagged": ("The meaning may differ", ("flagged_count",)),
}
# Each compared quote is of one of these kinds; the meaning may differ in any of them.
TOLD = ("same", "shortened", "ellipsis", "inflected", "reworded", "merged", "flagged")
_COLUMNS = (
    "compared_count",
    *dict.fromkeys(column for _, columns in _COUNTED.values() for column in columns),
)


@dataclass(frozen=True, slots=True)
class Rate:
    """How often it was so, `times` of `of` compared quotes: in words, and as drawn."""

    label: str
    times: int
    of: int
    interval: Interval

    @property
    def is_enough(self) -> bool:
        """Whether there are enough quotes to say anything."""
        return self.of >= FEW

    @property
    def counts(self) -> str:
        return f"{self.times:,} of {self.of:,}"

    @property
    def share(self) -> str:
        return describe_share(self.times / self.of, self.of) if self.of else "none compared"

    @property
    def range(self) -> str:
        digits = _count_digits(self.of)
        return f"{self.interval.low * 100:.{digits}f} to {self.interval.high * 100:.{digits}f} %"

    @property
    def point(self) -> float:
        """Return where the share is drawn, in percent of the width."""
        return round(100 * self.times / self.of, 2) if self.of else 0.0

    @property
    def low(self) -> float:
        """Return where the interval begins, in percent of the width."""
        return round(100 * self.interval.low, 2)

    @property
    def width(self) -> float:
        """Return how wide the interval is, in percent of the width."""
        return round(100 * (self.interval.high - self.interval.low), 2)


@dataclass(frozen=True, slots=True)
class Beside:
    """One rate of two, and in words whether the first is higher or lower."""

    label: str
    one: Rate
    other: Rate
    verdict: str

    @property
    def is_apart(self) -> bool:
        """Whether the one is higher or lower than the other."""
        return self.verdict in APART


def measure(row: Row, name: str) -> Rate:
    """Return the rate `name` of a row of aggregates."""
    times, of = _count(row, name)
    return Rate(_COUNTED[name][0], times, of, estimate_share(times, of))


def measure_all(row: Row, names: Iterable[str] = TOLD) -> list[Rate]:
    """Return the rates of a row of aggregates in order."""
    return [measure(row, name) for name in names]


def set_beside(one: Row, other: Row) -> list[Beside]:
    """Return the rates of two rows of aggregates beside each other."""
    pairs = zip(measure_all(one), measure_all(other), strict=True)
    return [Beside(first.label, first, second, tell_apart(first, second)) for first, second in pairs]


def pool(rows: Iterable[Row]) -> Row:
    """Return the counts of several rows of aggregates together."""
    total = dict.fromkeys(_COLUMNS, 0)
    for row in rows:
        for column in _COLUMNS:
            total[column] += row[column]
    return total


def find_median(rows: Sequence[Row], name: str) -> str | None:
    """Return the share of the median outlet, of those with enough quotes; None where there is none."""
    shares = [times / of for times, of in (_count(row, name) for row in rows) if of >= FEW]
    return describe_share(median(shares), FEW) if shares else None


def tell_apart(one: Rate, other: Rate) -> str:
    """Return in words whether `one` is higher or lower than `other`, or why that cannot be said.

    >>> tell_apart(Rate("", 40, 50, estimate_share(40, 50)), Rate("", 5, 50, estimate_share(5, 50)))
    'higher'
    """
    if not (one.is_enough and other.is_enough):
        return TOO_FEW
    if one.interval.overlaps(other.interval):
        return "not distinguishable"
    higher, lower = APART
    return higher if one.interval.low > other.interval.high else lower


def describe_share(share: float, of: int) -> str:
    """Return a share as a percentage, with a decimal where `of`, what it is a share of, is large.

    Only none reads as 0 %, and only all as 100 %.

    >>> describe_share(0.777, 18), describe_share(0.0301, 5000)
    ('78 %', '3.0 %')
    >>> describe_share(0.001, 900), describe_share(0.9999, 900), describe_share(0.0, 5)
    ('under 1 %', 'over 99 %', '0 %')
    """
    digits = _count_digits(of)
    step = 10.0**-digits
    if 0 < share < step / 200:
        return f"under {step:.{digits}f} %"
    if 1 - step / 200 < share < 1:
        return f"over {100 - step:.{digits}f} %"
    return f"{share * 100:.{digits}f} %" if 0 < share < 1 else f"{share * 100:.0f} %"


def _count(row: Row, name: str) -> tuple[int, int]:
    of = row["compared_count"]
    return min(sum(row[column] for column in _COUNTED[name][1]), of), of


def _count_digits(of: int) -> int:
    return 1 if of >= 1000 else 0
