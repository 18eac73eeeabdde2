"""The place and agency with which a wire report begins: no part of its first sentence."""

from __future__ import annotations

import re

_DATELINE = re.compile(
    r"(?:[A-Z][A-Z.'’-]+(?:[ ,][A-Z][A-Z.'’-]*){0,4}(?:, [A-Z][\w.]{1,12}(?: [A-Z][\w.]{1,12}){0,2})?"
    r"(?:, (?:[A-Z][a-z]{2,8}\.? )?\d{1,2}(?:, \d{4})?)?\s?(?:\([^()\n]{2,40}\)\s?)?"
    r"|\([A-Z][^()\n]{1,40}\)\s?)"
    r"(?:--?|—|–)\s+"
)


def skip_dateline(text: str, start: int, end: int) -> int:
    """Return where the first sentence of the paragraph ``text[start:end]`` begins, after any dateline.

    >>> text = "LOWHAVEN, May 4 (Corvid News) — The ferry stopped."
    >>> text[skip_dateline(text, 0, len(text)):]
    'The ferry stopped.'
    """
    found = _DATELINE.match(text, start, min(end, start + 120))
    return found.end() if found else start
