"""What a hundred million articles would take, computed from what was measured. cog puts it into the page:

    python -m cogapp -r quotes/engine/MANY_MACHINES.md

and tests/unit/test_many_machines.py fails where that was forgotten.
"""

from __future__ import annotations

import math
import re
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    Figures = Mapping[str, float]

BENCH = Path(__file__).resolve().parents[1] / "bench"
ARTICLES = 100_000_000
CORES, GIGABYTES, TERABYTES, DAYS = 16, 64, 4, 7  # of a machine, and how long it may take
_DAY, _HOUR = 86_400, 3_600
_FIGURES = {
    "words in an article": "ray.txt",
    "quotes in an article": "ray.txt",
    "named speakers in an article": "ray.txt",
    "words read in a CPU second": "ray.txt",
    "CPU seconds of the job's own process for an article": "ray.txt",
    "bytes of quotes.db for an article": "ray.txt",
    "bytes of texts.db for an article": "ray.txt",
    "CPU seconds to merge a million named speakers": "ray.txt",
    "MB to merge a million named speakers": "ray.txt",
    "CPU seconds to group a million quotes": "grouping.txt",
    "MB to group a million quotes": "grouping.txt",
    "growth exponent of grouping": "grouping.txt",
}


def tell_figures() -> str:
    """Return the table of what was measured."""
    figures = read_figures()
    rows = [
        (name, f"{figures[name]:,.10g}", f"[{file}](../../tests/bench/{file})")
        for name, file in _FIGURES.items()
    ]
    return write_table(("measured", "", "in"), rows)


def tell_plan() -> str:
    """Return the table of what all articles take."""
    return write_table((f"for {ARTICLES:,} articles", ""), plan(read_figures()))


def tell_limits() -> str:
    """Return the table of what breaks, the first first."""
    rows = sorted(find_limits(read_figures()), key=lambda row: row[1])
    return write_table(("what breaks", "at articles"), ((name, round_off(at)) for name, at in rows))


def read_figures() -> Figures:
    """Return what was measured, by what it is called on the page."""
    ray, grouping = ((BENCH / name).read_text(encoding="utf-8") for name in dict.fromkeys(_FIGURES.values()))
    figures = {
        name: float(value.replace(",", ""))
        for name, value in re.findall(r"^([^:\n]+): ([\d.,]+)$", ray, re.MULTILINE)
    }
    (million,) = re.findall(r"^1,000,000 +[\d,]+ +([\d.]+) +([\d.]+) +(\d+)", grouping, re.MULTILINE)
    figures["CPU seconds to group a million quotes"] = round(float(million[0]) + float(million[1]), 1)
    figures["MB to group a million quotes"] = float(million[2])
    figures["growth exponent of grouping"] = float(
        re.findall(r"^growth exponent over all sizes: ([\d.]+)", grouping, re.MULTILINE)[0]
    )
    return {name: figures[name] for name in _FIGURES}


def plan(figures: Figures) -> list[tuple[str, str]]:
    """Return what all articles take, in words."""
    hours = ARTICLES * count_seconds(figures) / _HOUR
    cores = math.ceil(hours / (DAYS * 24))
    own = ARTICLES * figures["CPU seconds of the job's own process for an article"] / _DAY
    quotes = ARTICLES * figures["quotes in an article"] / 1e6
    speakers = ARTICLES * figures["named speakers in an article"] / 1e6
    group = (
        figures["CPU seconds to group a million quotes"] * quotes ** figures["growth exponent of grouping"]
    )
    merge = figures["CPU seconds to merge a million named speakers"] * speakers
    return [
        ("words", f"{round_off(ARTICLES * figures['words in an article'])}"),
        ("reading them, all stages, CPU hours", round_off(hours)),
        (f"so, in {DAYS} days, machines of {CORES} cores", round_off(math.ceil(cores / CORES))),
        ("workers that one job keeps busy", round_off(count_busy(figures))),
        (
            "so jobs side by side, each with a database of its own",
            round_off(math.ceil(cores / count_busy(figures))),
        ),
        ("days of the jobs' own processes, all together", round_off(own)),
        ("quotes.db, TB", round_off(ARTICLES * figures["bytes of quotes.db for an article"] / 1e12)),
        ("texts.db, TB", round_off(ARTICLES * figures["bytes of texts.db for an article"] / 1e12)),
        ("quotes, millions", round_off(quotes)),
        ("grouping them all at once, CPU hours", round_off(group / _HOUR)),
        ("and GB of memory", round_off(figures["MB to group a million quotes"] * quotes / 1e3)),
        ("named speakers, millions", round_off(speakers)),
        ("merging them all, in each job, CPU hours", round_off(merge / _HOUR)),
        ("and GB of memory", round_off(figures["MB to merge a million named speakers"] * speakers / 1e3)),
    ]


def find_limits(figures: Figures) -> list[tuple[str, float]]:
    """Return at how many articles in one database something breaks."""
    speakers, quotes = figures["named speakers in an article"] / 1e6, figures["quotes in an article"] / 1e6
    merging = figures["CPU seconds to merge a million named speakers"] * speakers
    own = figures["CPU seconds of the job's own process for an article"]
    return [
        ("each job takes an hour to merge the speakers", _HOUR / merging),
        (
            f"the speakers need more than {GIGABYTES} GB of memory, in each job",
            GIGABYTES * 1e3 / (figures["MB to merge a million named speakers"] * speakers),
        ),
        (
            f"grouping all at once needs more than {GIGABYTES} GB of memory",
            GIGABYTES * 1e3 / (figures["MB to group a million quotes"] * quotes),
        ),
        (f"one job's own process takes {DAYS} days", DAYS * _DAY / own),
        (
            f"quotes.db is larger than a disk of {TERABYTES} TB",
            TERABYTES * 1e12 / figures["bytes of quotes.db for an article"],
        ),
    ]


def count_seconds(figures: Figures) -> float:
    """Return the CPU seconds in which a worker reads an article."""
    return figures["words in an article"] / figures["words read in a CPU second"]


def count_busy(figures: Figures) -> int:
    """Return how many workers one job can keep busy: more would wait for its own process."""
    own = figures["CPU seconds of the job's own process for an article"]
    return max(1, int(count_seconds(figures) / own))


def round_off(value: float) -> str:
    """Return a number as far as it can be meant.

    >>> round_off(1234567), round_off(21), round_off(3.14159)
    ('1,200,000', '21', '3.1')
    """
    digits = 1 - math.floor(math.log10(value))
    rounded = round(value, digits)
    return f"{rounded:,.0f}" if rounded >= 10 else f"{rounded:g}"


def write_table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table as Markdown."""
    lines = [head, ["---"] * len(head), *rows]
    return "".join(f"| {' | '.join(cells)} |\n" for cells in lines)
