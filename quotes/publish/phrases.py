"""Facts of the database in plain English: dates, counts, kinds of wording, meaning flags, who was first."""

from __future__ import annotations

import json
from datetime import datetime
from typing import TYPE_CHECKING, Any

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
CHANGE_KINDS: Mapping[str, str] = {
    "substitution": "other words",
    "insertion": "words put in",
    "deletion": "words left out",
    "inflection": "another form of the same words",
    "reordering": "the same words elsewhere",
    "function word": "other small words, such as “the”, “of” or “will”",
    "ellipsis": "words left out, and marked with an ellipsis",
    "truncation": "words cut at the start or the end",
    "merge": "more words at the start or the end",
    "spelling": "another spelling of the same words",
    "punctuation": "other marks",
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


def describe_change_kind(kind: str) -> str:
    """Return the kind of one change in words; an unknown kind as it stands."""
    return CHANGE_KINDS.get(kind, kind)


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


def describe_similarity(similarity: float) -> str:
    """Return a similarity from 0 to 1 in words and as a number; only all or none reads as all or none.

    >>> describe_similarity(0.83)
    'About 8 of 10 words are the same (similarity 0.83 of 1).'
    """
    tenths = round(similarity * 10)
    if similarity in (0, 1):
        share = "All words are the same, in the same order" if similarity else "No word is the same"
    elif tenths in (0, 10):
        share = "Nearly all words are the same" if tenths else "Hardly any word is the same"
    else:
        share = f"About {tenths} of 10 words are the same"
    return f"{share} (similarity {similarity:.2f} of 1)."


def count(number: int, noun: str, plural: str | None = None) -> str:
    """Return a number with its noun.

    >>> count(1, "outlet"), count(1200, "outlet")
    ('1 outlet', '1,200 outlets')
    """
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


STATEMENT_COUNTS = {"quote_count": "printing", "wording_count": "wording", "outlet_count": "outlet"}
SPEAKER_COUNTS = {"quote_count": "quote", "statement_count": "statement", "outlet_count": "outlet"}


def list_counts(row: Mapping[str, Any], nouns: Mapping[str, str]) -> str:
    """Return the counts in the columns of `row` that `nouns` has, each with its noun.

    >>> list_counts({"quote_count": 3, "wording_count": 1, "outlet_count": 2}, STATEMENT_COUNTS)
    '3 printings, 1 wording, 2 outlets'
    """
    return ", ".join(count(row[column], noun) for column, noun in nouns.items())


def join_names(names: Sequence[str]) -> str:
    """Return names as a list in a sentence.

    >>> join_names(["A", "B", "C"])
    'A, B and C'
    """
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}" if names else ""


def name_with_role(name: str, role: str | None) -> str:
    """Return a name with the role where there is one."""
    return f"{name}, {role}" if role else name


def name_title(title: str | None) -> str:
    """Return the title of an article, or that it has none."""
    return title or "Article without a title"


def name_speaker(speaker: str | None) -> str:
    """Return the name of a speaker, or that nobody is named."""
    return speaker or "no speaker named"


def read_list(text: str | None) -> list[str]:
    """Return the strings of a JSON list; an empty list where `text` is none."""
    try:
        values = json.loads(text or "[]")
    except ValueError:
        return []
    return [str(value) for value in values] if isinstance(values, list) else []


def describe_first(published: str | None, outlets: Sequence[str], some_timed: bool | None = False) -> str:
    """Return who printed a statement first and when. Several outlets are a tie, and it is said why.

    `some_timed` says that `published` is a day for which at least one of them gives a time; None says that
    nobody looked.

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
    if some_timed is None:
        why = "no times of day tell them apart"
    return f"{join_names(outlets)}, {every} {preposition} {when}: a tie, as {why}."
