"""Short phrases for people: why a wording derives from another, or why no parent is named."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quotes.drift.times import When

_WORDS_SHOWN = 3


def describe_choice(earlier: int, closest: int, own_words: Sequence[str], *, is_beaten: bool) -> str:
    """Return why one of `earlier` wordings was chosen, `closest` of which are equally close.

    `own_words` are those that only it and its copy have; `is_beaten` says that a wording of the same day is
    closer.

    >>> describe_choice(3, 1, ["talks"], is_beaten=False)
    'the closest of 3 earlier wordings; only these two have “talks”'
    """
    if closest > 1:
        basis = f"the earliest of {closest} equally close wordings"
    else:
        basis = "the only earlier wording" if earlier == 1 else f"the closest of {earlier} earlier wordings"
    if own_words:
        words = ", ".join(f"“{word}”" for word in own_words[:_WORDS_SHOWN])
        basis = f"{basis}; only these two have {words}"
    return f"{basis}; one of the same day is closer" if is_beaten else basis


def describe_credit(outlet: str, printed: When | None, copied: When | None) -> str:
    """Return why a wording derives from one of `outlet`, an outlet's id, that its article credits."""
    if printed is None or copied is None:
        return f"credits {outlet}, which printed it too"
    return f"credits {outlet}, which printed it {'earlier' if printed.is_before(copied) else 'the same day'}"


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
