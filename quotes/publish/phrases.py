"""Facts of the database in plain English: dates, counts, kinds of wording, meaning flags, who was first."""

from __future__ import annotations

import json
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

KINDS: Mapping[str, str] = {
    "reference": "Reference wording",
    "punctuation": "The same words, other marks or spelling",
    "shortened": "Shortened",
    "ellipsis": "Cut, and marked with an ellipsis",
    "inflected": "Other forms of the same words",
    "reworded": "Reworded",
    "merged": "Prints more than the reference",
}
FLAGS: Mapping[str, str] = {
    "negation": "a negation differs",
    "number": "a number differs",
    "modality": "how certain or binding it is differs",
    "name": "a name differs",
    "hedge": "a hedge differs",
    "condition": "a condition differs",
    "contrast": "the contrast is cut off",
    "attribution": "the speaker differs",
}
FLAG_NAMES: Mapping[str, str] = {
    "negation": "negation",
    "number": "number",
    "modality": "certainty",
    "name": "name",
    "hedge": "hedge",
    "condition": "condition",
    "contrast": "contrast",
    "attribution": "speaker",
}


def describe_kind(kind: str) -> str:
    """Return the kind of a wording in words; an unknown kind as it stands."""
    return KINDS.get(kind, kind)


def list_flags(flags: str | None) -> list[str]:
    """Return the names in a comma-separated `flags` in order."""
    return [flag.strip() for flag in (flags or "").split(",") if flag.strip()]


def describe_flag(flag: str) -> str:
    """Return a meaning flag in words; an unknown flag as it stands."""
    return FLAGS.get(flag, flag)


def name_flag(flag: str) -> str:
    """Return a meaning flag in one word for a label; an unknown flag as it stands."""
    return FLAG_NAMES.get(flag, flag)


def describe_date(published: str | None) -> str:
    """Return an ISO date in words, with the time where there is one; what cannot be read stays as it is.

    >>> describe_date("2026-03-04"), describe_date("2026-03")
    ('4 March 2026', 'March 2026')
    >>> describe_date("2026-03-04T09:30:00+00:00")
    '4 March 2026, 09:30 UTC'
    """
    if not published:
        return "no date"
    is_month = len(published) == len("2026-03")
    try:
        moment = datetime.fromisoformat(f"{published}-01" if is_month else published)
    except ValueError:
        return published
    if is_month:
        return f"{moment:%B} {moment.year}"
    day = f"{moment.day} {moment:%B} {moment.year}"
    if not has_time(published):
        return day
    zone = "" if moment.tzinfo is None else f" {moment.tzname()}"
    return f"{day}, {moment:%H:%M}{zone}"


def has_time(published: str | None) -> bool:
    """Return whether `published` says more than the day.

    >>> has_time("2026-03-04")
    False
    """
    return len(published or "") > len("2026-03-04")


def describe_drift(drift: float) -> str:
    """Return a drift from 0 to 1 as a percentage; only no drift at all reads as 0 %.

    >>> describe_drift(0.001), describe_drift(0.374)
    ('1 %', '37 %')
    """
    return f"{max(round(drift * 100), 1) if drift > 0 else 0} %"


def count(number: int, noun: str, plural: str | None = None) -> str:
    """Return a number with its noun.

    >>> count(1, "outlet"), count(1200, "outlet")
    ('1 outlet', '1,200 outlets')
    """
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def join_names(names: Sequence[str]) -> str:
    """Return names as a list in a sentence.

    >>> join_names(["A", "B", "C"])
    'A, B and C'
    """
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}" if names else ""


def read_list(text: str | None) -> list[str]:
    """Return the strings of a JSON list; an empty list where `text` is none."""
    try:
        values = json.loads(text or "[]")
    except ValueError:
        return []
    return [str(value) for value in values] if isinstance(values, list) else []


def describe_first(published: str | None, outlets: Sequence[str], some_timed: bool = False) -> str:
    """Return who printed a statement first and when. Several outlets are a tie, and it is said why.

    `some_timed` says that `published` is a day for which at least one of them gives a time.

    >>> describe_first("2026-03-04", ["Harbour Daily", "Inland Wire"])
    'Harbour Daily and Inland Wire, both on 4 March 2026: a tie, as no time of day is known.'
    >>> describe_first("2026-03-04", ["A", "B"], some_timed=True)
    'A and B, both on 4 March 2026: a tie, as not every outlet gives a time of day.'
    """
    if not published or not outlets:
        return "Not known: no printing of it carries a date."
    when, timed = describe_date(published), has_time(published)
    preposition = "on" if len(published) >= len("2026-03-04") else "in"
    if len(outlets) == 1:
        return f"{outlets[0]}, {preposition} {when}."
    every = "both" if len(outlets) == 2 else "all"
    if timed:
        return f"{join_names(outlets)}, {every} {preposition} {when}: a tie."
    why = "not every outlet gives a time of day" if some_timed else "no time of day is known"
    return f"{join_names(outlets)}, {every} {preposition} {when}: a tie, as {why}."
