"""Short phrases for people: why a wording derives from another, or why no parent is named."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quotes.drift.times import When

_WORDS_SHOWN = 3
ALTERED = "the outlet altered its own quote"


@dataclass(frozen=True, slots=True)
class Among:
    """How many wordings one was compared with, the earliest of all that were printed earlier.

    >>> str(Among(3, 3)), str(Among(50, 80))
    ('3 earlier wordings', 'the 50 earliest wordings')
    """

    compared: int
    earlier: int

    def __str__(self) -> str:
        is_all = self.compared == self.earlier
        return f"{self.earlier} earlier wordings" if is_all else f"the {self.compared} earliest wordings"


def describe_choice(among: Among, closest: int, own_words: Sequence[str], *, is_beaten: bool) -> str:
    """Return why a wording was chosen, `closest` of which are equally close.

    `own_words` are those that only it and its copy have; `is_beaten` says that a wording of the same day is
    closer.

    >>> describe_choice(Among(3, 3), 1, ["talks"], is_beaten=False)
    'the closest of 3 earlier wordings; only these two have “talks”'
    """
    if closest > 1:
        basis = f"the earliest of {closest} equally close wordings"
    else:
        basis = "the only earlier wording" if among.earlier == 1 else f"the closest of {among}"
    if own_words:
        words = ", ".join(f"“{word}”" for word in own_words[:_WORDS_SHOWN])
        basis = f"{basis}; only these two have {words}"
    return f"{basis}; one of the same day is closer" if is_beaten else basis


def describe_strangers(among: Among) -> str:
    """Return why none of the wordings printed earlier is named."""
    if among.compared == among.earlier:
        return "no earlier wording has most of its words"
    return f"none of {among} has most of its words"


def describe_tie(closest: int, which: str) -> str:
    """Return why none of several equally close wordings is named."""
    return f"{closest} {which} are equally close: no date tells which was first"


def describe_credit(printed: When | None, copied: When | None) -> str:
    """Return why a wording derives from one of the outlet that its article credits."""
    if printed is None or copied is None:
        return "the credited outlet printed it too"
    return f"the credited outlet printed it {'earlier' if printed.is_before(copied) else 'the same day'}"


def describe_start(when: When, tied: Sequence[When], wordings: int, undated: int) -> str:
    """Return why a wording has no parent that was surely printed before all others of its statement, or not.

    `tied` says when those were printed that may have been before it or after it; `wordings` and `undated`
    count all of the statement and those without a date.
    """
    if not tied:
        return "printed first of those with a date" if undated else "printed first"
    others = "every other wording" if len(tied) == wordings - 1 else "others"
    if when.is_instant() and all(at == when for at in tied):
        return f"the same time as {others}: no order can be told"
    known = [at.is_instant() for at in (when, *tied)]
    unknown = "zones not known" if all(known) else "not all times known" if any(known) else "times not known"
    return f"the same day as {others}, {unknown}: no order can be told"
