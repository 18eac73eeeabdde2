"""Differences as plain text: what is gone, what has come and what moved, in brackets and with arrows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quotes.publish.diff import LONGEST_REMOVED
from quotes.publish.phrases import count, join_names, name_flag
from quotes.publish.shortening import cut, cut_middle
from quotes.text.normal import words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quotes.publish.diff import Segment
    from quotes.records import Change

    Piece = tuple[str, str | None]
    """A stretch of words, and "gone", "come" or "flag" where it has one of these roles."""

_MOST_SHOWN = 600  # characters of a stretch that is alike
_LEFT_OUT = {"truncation": "cut", "ellipsis": "left out, with an ellipsis,"}


def write_marked(segments: Sequence[Segment]) -> str:
    """Return a wording with what differs in brackets, as `mark` does, in one text.

    >>> from quotes.publish.diff import compare
    >>> write_marked(compare("We will go today.", "We may go"))
    'We [will → may] go [−today]'
    """
    return "".join(stretch for stretch, _ in mark(segments))


def mark(segments: Sequence[Segment]) -> list[Piece]:
    """Return a wording with what differs from the words in brackets; words beyond theirs are no difference.

    >>> from quotes.publish.diff import compare_stretch
    >>> "".join(words for words, _ in mark(compare_stretch("we will go today", "We may go")))
    'We [will → may] go [−today]'
    """
    pieces: list[Piece] = []
    gone: Segment | None = None
    for segment in segments:
        if gone and segment.kind == "same":
            continue  # the space between the two halves of a replacement
        if segment.kind == "added":
            before: list[Piece] = [*_show_gone(gone), (" → ", None)] if gone else [("+", None)]
            pieces += [("[", None), *before, (segment.text, "come"), ("]", None)]
            gone = None
        elif segment.kind == "moved":
            pieces += [("[moved: ", None), (segment.text, "come"), ("]", None)]
        elif segment.gone and segment.change is None:
            gone = segment
        elif segment.gone:
            pieces += [("[−" if _is_short(segment) else "[", None), *_show_gone(segment), ("]", None)]
        else:
            pieces.append((cut_middle(segment.text, _MOST_SHOWN), None))
    return pieces


def _show_gone(gone: Segment) -> list[Piece]:
    return [(gone.gone, "gone") if _is_short(gone) else (f"… {count(gone.size, 'word')}", None)]


def _is_short(gone: Segment) -> bool:
    return gone.size <= LONGEST_REMOVED


def describe_change(change: Change, outlets: Sequence[str] = ()) -> list[Piece]:
    """Return a change in words, in pieces: what is gone, what has come, by whom, and what it means.

    >>> from quotes.records import Change
    >>> change = Change("replace", "two beds", "ten beds", "substitution", "number", "two ten")
    >>> "".join(words for words, _ in describe_change(change, ["The Lamp"]))
    'two beds → ten beds (The Lamp) [number: two ten]'
    """
    gone, come = (cut(change.words_before), "gone"), (cut(change.words_after), "come")
    if change.op == "move":
        pieces = [("moved “", None), come, ("”", None)]
    elif gone[0] and come[0]:
        pieces = [gone, (" → ", None), come]
    elif gone[0]:
        pieces = [(f"{_LEFT_OUT.get(change.kind, 'left out')} “", None), gone, ("”", None)]
    else:
        pieces = [("put in “", None), come, ("”", None)]
    by = [(f" ({join_names(outlets)})", None)] if outlets else []
    return [*pieces, *by, *([(f" [{name_meaning(change)}]", "flag")] if change.meaning_flag else [])]


def name_meaning(change: Change) -> str:
    """Return the label of a flagged change, with the words that raised it where these are not all of it."""
    label, raised = name_flag(change.meaning_flag or ""), words(change.flag_words or "")
    whole = set(words(f"{change.words_before} {change.words_after}"))
    return label if set(raised) == whole else f"{label}: {cut(change.flag_words)}"
