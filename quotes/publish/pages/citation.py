"""How a statement is cited: one paragraph of plain text, with its lasting address and the day it was read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime

from quotes.publish.phrases import describe_date, name_with_role
from quotes.publish.shortening import cut_middle

_MOST_CITED = 600  # characters of the reference wording


@dataclass(frozen=True, slots=True)
class Cited:
    """What a citation says of a statement. `first` and `size` are sentences and phrases of its page."""

    text: str
    speaker: str | None
    role: str | None
    is_disputed: bool
    first: str
    size: str
    address: str


def read_today() -> date:
    """Return the day it is, in UTC."""
    return datetime.now(UTC).date()


def cite(cited: Cited, retrieved: date) -> str:
    """Return the citation of a statement that was looked at on the day `retrieved`.

    >>> print(cite(Cited("We stay.", "Odile Varn", "mayor", False, "The Lamp, on 4 March 2026.",
    ...     "2 printings, 1 wording", "https://news.example/-/quotes/ab"), date(2026, 11, 22)))
    “We stay.” Odile Varn, mayor. First printed by: The Lamp, on 4 March 2026. 2 printings, 1 wording.
    Quote Drift, https://news.example/-/quotes/ab, retrieved 22 November 2026.
    """
    text = cut_middle(" ".join(cited.text.split()).rstrip(",;: "), _MOST_CITED)
    who = name_with_role(cited.speaker, cited.role) if cited.speaker else "Speaker not named"
    if cited.is_disputed:
        who += " (articles name different speakers)"
    return (
        f"“{text}” {who}. First printed by: {cited.first} {cited.size}.\n"
        f"Quote Drift, {cited.address}, retrieved {describe_date(retrieved.isoformat())}."
    )
