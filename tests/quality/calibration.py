"""How far stated confidence can be trusted: bins, the expected calibration error, and a plot as SVG."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

BINS = 10
SURE = 0.9
_NORMAL_95 = 1.96
_SIZE, _LEFT, _TOP = 320, 64, 56
_STYLE = """
  svg { color-scheme: light dark }
  .paper { fill: #ffffff } text { fill: #1f2328; font: 13px system-ui, sans-serif }
  .small { font-size: 11px } .grid { stroke: #d1d9e0 } .axis { stroke: #59636e; fill: none }
  .ideal { stroke: #59636e; stroke-dasharray: 5 4 } .range { stroke: #0969da; stroke-width: 2 }
  .point { fill: #0969da }
  @media (prefers-color-scheme: dark) {
    .paper { fill: #0d1117 } text { fill: #f0f6fc } .grid { stroke: #3d444d }
    .axis, .ideal { stroke: #9198a1 }
    .range { stroke: #4493f8 } .point { fill: #4493f8 }
  }
"""


@dataclass(frozen=True, slots=True)
class Judgement:
    """One stated confidence from 0 to 1, and whether the answer was right."""

    confidence: float
    right: bool


@dataclass(frozen=True, slots=True)
class Bin:
    """Judgements of like confidence: how many, the mean confidence and the share that is right."""

    count: int
    confidence: float
    right: float

    @property
    def interval(self) -> tuple[float, float]:
        """Return between what shares the true one lies, with 95 % certainty (Wilson)."""
        z2 = _NORMAL_95**2 / self.count
        middle = (self.right + z2 / 2) / (1 + z2)
        reach = _NORMAL_95 / (1 + z2) * sqrt(self.right * (1 - self.right) / self.count + z2 / 4 / self.count)
        return max(0.0, middle - reach), min(1.0, middle + reach)


def sort_into_bins(judgements: Iterable[Judgement]) -> tuple[Bin, ...]:
    """Return the bins that hold any of `judgements`, each a tenth wide, from the lowest confidence up."""
    held: dict[int, list[Judgement]] = {}
    for judgement in judgements:
        held.setdefault(min(int(judgement.confidence * BINS + 1e-9), BINS - 1), []).append(judgement)
    return tuple(_fill(held[number]) for number in sorted(held))


def _fill(held: Sequence[Judgement]) -> Bin:
    count = len(held)
    stated = sum(judgement.confidence for judgement in held) / count
    return Bin(count, stated, sum(judgement.right for judgement in held) / count)


def expected_error(bins: Sequence[Bin]) -> float:
    """Return the mean distance of confidence and share right, weighed by how many there are; 0 where none."""
    total = sum(one.count for one in bins)
    return sum(one.count * abs(one.confidence - one.right) for one in bins) / total if total else 0.0


def count_sure(judgements: Iterable[Judgement], least: float = SURE) -> tuple[int, int]:
    """Return how many of those with at least `least` confidence are right, and how many there are."""
    sure = [judgement.right for judgement in judgements if judgement.confidence >= least - 1e-9]
    return sum(sure), len(sure)


def draw_reliability(bins: Sequence[Bin], title: str) -> str:
    """Return the bins as an SVG picture, confidence to the right and the share right upwards."""
    width, height = _SIZE + _LEFT + 24, _SIZE + _TOP + 56
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}"'
    lines = [
        f'{head} height="{height}" role="img" aria-label="{_escape(title)}">',
        f"<title>{_escape(title)}</title>",
        f"<style>{_STYLE}</style>",
        f'<rect class="paper" width="{width}" height="{height}"/>',
        f'<text x="{_LEFT}" y="24">{_escape(title)}</text>',
        *_draw_axes(),
        *(line for one in bins for line in _draw_bin(one)),
        "</svg>",
    ]
    return "\n".join(lines) + "\n"


def _draw_axes() -> list[str]:
    lines, (left, bottom), (right, top) = [], _place(0, 0), _place(1, 1)
    for tenth in range(0, 11, 2):
        x, y = _place(tenth / 10, tenth / 10)
        lines += [
            f'<path class="grid" d="M{x} {bottom}V{top}M{left} {y}H{right}"/>',
            f'<text class="small" x="{x}" y="{bottom + 17}" text-anchor="middle">{tenth / 10:.1f}</text>',
            f'<text class="small" x="{left - 8}" y="{y + 4}" text-anchor="end">{tenth * 10} %</text>',
        ]
    return [
        *lines,
        f'<path class="axis" d="M{left} {top}V{bottom}H{right}"/>',
        f'<path class="ideal" d="M{left} {bottom}L{right} {top}"/>',
        f'<text x="{(left + right) / 2}" y="{bottom + 40}" text-anchor="middle">stated confidence</text>',
        f'<text x="{left}" y="{top - 12}" class="small">share right, and the number of quotes</text>',
    ]


def _draw_bin(one: Bin) -> list[str]:
    x, y = _place(one.confidence, one.right)
    low, high = (_place(0, share)[1] for share in one.interval)
    anchor, beside = ("end", x - 9) if one.confidence > 0.5 else ("start", x + 9)
    told = f"{one.count} quotes with confidence {one.confidence:.2f}: {one.right:.0%} right"
    return [
        f'<path class="range" d="M{x} {low}V{high}"/>',
        f'<circle class="point" cx="{x}" cy="{y}" r="5"><title>{told}</title></circle>',
        f'<text class="small" x="{beside}" y="{y + 4}" text-anchor="{anchor}">{one.count}</text>',
    ]


def _place(confidence: float, share: float) -> tuple[float, float]:
    return round(_LEFT + _SIZE * confidence, 1), round(_TOP + _SIZE * (1 - share), 1)


def _escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")
