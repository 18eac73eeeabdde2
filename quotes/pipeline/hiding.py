"""Pages that show less than they did: a paywall, a consent form or an error where an article stood."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

BEGINNING = (
    "shows only the beginning of what it showed before: behind a paywall now? The article stays as it was read;"
    " look at the page"
)
OTHER = (
    "shows other words than before and no quote: a paywall, a consent form or an error? The article stays as it"
    " was read; look at the page"
)
_BEGINNING_MOST = 0.6  # of what was there before: more may be an outlet's cut
_SAME_LEAST = 0.8  # of a beginning: a word to subscribers may stand behind it
_OTHER_MOST = 0.1  # of other words: a name, a line of the page around
_STRAY = 2  # lines of a beginning that the page left out within


def name_hiding(before: str, now: str, quotes: int) -> str | None:
    """Return why a page's text is no new revision of its article; None where it is one.

    `before` is the text read last, `now` has so many `quotes`. What is hidden from a program for a while was
    neither left out nor altered by the outlet.

    >>> name_hiding("One line.\\nTwo lines.\\nThree lines.", "One line.", 0) == BEGINNING
    True
    """
    former = {line: number for number, line in reversed([*enumerate(_split(before))])}
    lines = _split(now)
    known = [number for line in lines if (number := _find(line, former)) is not None]
    same = sum(len(line) for line in lines if _find(line, former) is not None)
    total = sum(map(len, lines)) or 1
    is_first = bool(known) and max(known) < len(known) + _STRAY
    if is_first and same >= _SAME_LEAST * total and total <= _BEGINNING_MOST * sum(map(len, former)):
        return BEGINNING
    return OTHER if not quotes and same <= _OTHER_MOST * total else None


def _split(text: str) -> list[str]:
    return [words for line in text.splitlines() if (words := " ".join(line.split()).casefold())]


def _find(line: str, former: dict[str, int]) -> int | None:
    """Return where a line stood, also one that is cut off and ends in dots."""
    if line in former or not line.endswith(("…", "...")):
        return former.get(line)
    return _find_cut(line.rstrip(" .…"), former.items())


def _find_cut(begin: str, former: Iterable[tuple[str, int]]) -> int | None:
    return next((number for line, number in former if begin and line.startswith(begin)), None)
