"""Pages that show less than they did: a paywall, a consent form or an error where an article stood."""

from __future__ import annotations

BEGINNING = (
    "shows only the beginning of what it showed before: behind a paywall now?"
    " The article stays as it was read; look at the page"
)
OTHER = (
    "shows other words than before and no quote: a paywall, a consent form or an error?"
    " The article stays as it was read; look at the page"
)
_BEGINNING_MOST = 0.6  # of what was there before: more may be an outlet's cut
_SAME_LEAST = 0.8  # of a beginning: a word to subscribers may stand behind it
_OTHER_MOST = 0.1  # of other words: a name, a line of the page around
_CUT = 40  # characters that tell a line that is cut off
_STRAY = 2  # lines of a beginning that the page left out within


def name_hiding(before: str, now: str, quotes: int) -> str | None:
    """Return why a page's text is no new revision of its article; None where it is one.

    `before` is the text read last, `now` has so many `quotes`. What is hidden from a program for a while was
    neither left out nor altered by the outlet.

    >>> name_hiding("One line.\\nTwo lines.\\nThree lines.", "One line.", 0) == BEGINNING
    True
    """
    former = {
        key: number for number, line in reversed([*enumerate(_split(before))]) for key in _list_keys(line)
    }
    lines = _split(now)
    known = {line: number for line in lines if (number := _find(line, former)) is not None}
    same = sum(len(line) for line in lines if line in known)
    total, whole = sum(map(len, lines)) or 1, sum(map(len, _split(before)))
    is_first = bool(known) and max(known.values()) < len(known) + _STRAY
    if is_first and same >= _SAME_LEAST * total and total <= _BEGINNING_MOST * whole:
        return BEGINNING
    return OTHER if not quotes and same <= _OTHER_MOST * total else None


def _split(text: str) -> list[str]:
    return [words for line in text.splitlines() if (words := " ".join(line.split()).casefold())]


def _list_keys(line: str) -> tuple[str, str]:
    """Return what a line is found by: itself, and its beginning."""
    return line, f"{line[:_CUT]}…"


def _find(line: str, former: dict[str, int]) -> int | None:
    """Return where a line stood, also one that is cut off and ends in dots."""
    if line in former or not line.endswith(("…", "...")):
        return former.get(line)
    begin = line.rstrip(" .…")
    return former.get(f"{begin[:_CUT]}…") if len(begin) >= _CUT else None
