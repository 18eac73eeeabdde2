"""How one wording differs from the reference wording, word by word, for the eye.

The words are compared as everywhere else (`quotes.text.normal.words`), so neither the first capital nor the
final stop is ever a change; what is shown is the text as printed. Words missing at an end are a cut, shown
as "…".
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from rapidfuzz.distance import Indel

from quotes.text.normal import words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

# A longer gap is a cut too: nobody reads thirty words struck through, and the reference stands above.
LONGEST_REMOVED = 6
# An alignment takes memory by the product of the lengths: two texts of 2,000 words, 500 kB.
_MOST_COMPARED = 2000 * 2000
_CHUNK = re.compile(r"(?:(?!\.\.|--)[^\s—–…%])+|%")
_ELLIPSIS = re.compile(r"…|\. ?\.")


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of a wording as shown. `kind` is "same", "removed", "added" or "cut".

    Of a cut, `size` says how many words it leaves out, `note` says it in words. `flag` names the meaning that
    a change touches.
    """

    kind: str
    text: str
    size: int = 0
    note: str = ""
    flag: str | None = None


@dataclass(frozen=True, slots=True)
class _Word:
    key: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Edit:
    """Reference words `i1` to `i2` became printed words `j1` to `j2`; `same` where they are alike."""

    same: bool
    i1: int
    i2: int
    j1: int
    j2: int


def compare(reference: str, printed: str) -> tuple[Segment, ...]:
    """Return `printed` in segments, with what it changes against `reference`; in one where both are too long.

    >>> [(s.kind, s.text) for s in compare("We will leave at noon.", "We may leave")]
    [('same', 'We '), ('removed', 'will'), ('same', ' '), ('added', 'may'), ('same', ' leave '), ('cut', '…')]
    """
    before, after = _split(reference), _split(printed)
    if len(before) * len(after) > _MOST_COMPARED:
        return (Segment("same", printed),)
    segments: list[Segment] = []
    position = 0
    for edit in _edits([word.key for word in before], [word.key for word in after]):
        start = after[edit.j1].start if edit.j1 < len(after) else len(printed)
        gap, position = printed[position:start], start
        if edit.j1 == edit.j2:
            segments += _leave_out(_Gone.of(before, edit, reference), gap)
            continue
        position = after[edit.j2 - 1].end
        segments.append(Segment("same", gap))
        if edit.i1 < edit.i2 and not edit.same:
            segments += [_show_removed(_Gone.of(before, edit, reference)), Segment("same", " ")]
        segments.append(Segment("same" if edit.same else "added", printed[start:position]))
    return tuple(_join([*segments, Segment("same", printed[position:])]))


def flag_changes(segments: Sequence[Segment], flagged: Iterable[tuple[str, str, str]]) -> tuple[Segment, ...]:
    """Return `segments` with the meaning flags of `flagged`, as (words before, words after, flag)."""
    marked = list(segments)
    for before, after, flag in flagged:
        touched = set(words(before)) ^ set(words(after))
        for number, segment in enumerate(marked):
            # Of a replacement the added half carries the flag: one label a change.
            replaced = number + 2 < len(marked) and marked[number + 2].kind == "added"
            if segment.kind in {"removed", "added"} and touched & set(words(segment.text)):
                at = number + 2 if segment.kind == "removed" and replaced else number
                marked[at] = replace(marked[at], flag=flag)
                break
    return tuple(marked)


@dataclass(frozen=True, slots=True)
class _Gone:
    """Words of the reference that a wording does not print, and whether they stood at an end of it."""

    text: str
    size: int
    first: bool
    last: bool

    @classmethod
    def of(cls, before: Sequence[_Word], edit: _Edit, reference: str) -> _Gone:
        text = reference[before[edit.i1].start : before[edit.i2 - 1].end]
        return cls(text, edit.i2 - edit.i1, edit.i1 == 0, edit.i2 == len(before))


def _leave_out(gone: _Gone, gap: str) -> list[Segment]:
    """Return how words that nothing replaces are shown; `gap` is what is printed where they stood."""
    if gone.first:
        return [_cut(gone), Segment("same", " " + gap)]
    if gone.last:
        return [Segment("same", gap.rstrip() + " "), _cut(gone)]
    ellipsis = _ELLIPSIS.search(gap)
    if ellipsis:
        marked = Segment("cut", gap.strip(), gone.size, f"{_size(gone)} left out, marked by the outlet")
        return [Segment("same", " "), marked, Segment("same", " ")]
    return [Segment("same", " "), _show_removed(gone), Segment("same", gap)]


def _show_removed(gone: _Gone) -> Segment:
    return _cut(gone) if gone.size > LONGEST_REMOVED else Segment("removed", gone.text)


def _cut(gone: _Gone) -> Segment:
    where = {(True, False): " before this", (False, True): " after this"}.get(
        (gone.first, gone.last), " here"
    )
    return Segment("cut", "…", gone.size, f"{_size(gone)} of the reference left out{where}")


def _size(gone: _Gone) -> str:
    return f"{gone.size} word{'' if gone.size == 1 else 's'}"


def _split(text: str) -> list[_Word]:
    """Return the words of `text` with their places, marks at their edges left out."""
    found = []
    for chunk in _CHUNK.finditer(text):
        key = " ".join(words(chunk.group()))
        if key:
            start, end = _core(chunk.group())
            found.append(_Word(key, chunk.start() + start, chunk.start() + end))
    return found


def _core(chunk: str) -> tuple[int, int]:
    """Return where the letters and figures of `chunk` begin and end; all of it where it has none."""
    inner = [place for place, sign in enumerate(chunk) if sign.isalnum()]
    return (inner[0], inner[-1] + 1) if inner else (0, len(chunk))


def _edits(before: Sequence[str], after: Sequence[str]) -> list[_Edit]:
    """Return the alignment as runs that are alike and edits between them, in order."""
    ops = Indel.opcodes(before, after)
    edits = [_Edit(op.tag == "equal", op.src_start, op.src_end, op.dest_start, op.dest_end) for op in ops]
    moved = _merge(_move_cuts(_merge(edits), before))
    return [part for edit in moved for part in _divide(edit, len(before))]


def _merge(edits: Iterable[_Edit]) -> list[_Edit]:
    """Return `edits` with neighbours of one sort in one piece."""
    merged: list[_Edit] = []
    for edit in edits:
        if merged and merged[-1].same == edit.same:
            last = merged.pop()
            edit = _Edit(edit.same, last.i1, edit.i2, last.j1, edit.j2)
        merged.append(edit)
    return merged


def _move_cuts(edits: list[_Edit], before: Sequence[str]) -> list[_Edit]:
    """Move a gap to the end where it may stand as well.

    Else "we" is taken from one sentence and the rest from the next, with a gap between them.
    """
    if len(edits) > 2 and edits[0].same and edits[1].j1 == edits[1].j2:
        run, gap = edits[0], edits[1]
        size, shared = gap.i2 - gap.i1, run.i2
        if shared <= size and before[:shared] == before[gap.i2 - shared : gap.i2]:
            edits = [_Edit(False, 0, size, 0, 0), _Edit(True, size, gap.i2, 0, run.j2), *edits[2:]]
    if len(edits) > 2 and edits[-1].same and edits[-2].j1 == edits[-2].j2:
        gap, run = edits[-2:]
        size, shared = gap.i2 - gap.i1, run.i2 - run.i1
        if shared <= size and before[run.i1 : run.i2] == before[gap.i1 : gap.i1 + shared]:
            middle = gap.i1 + shared
            rest = [_Edit(True, gap.i1, middle, run.j1, run.j2), _Edit(False, middle, run.i2, run.j2, run.j2)]
            edits = [*edits[:-2], *rest]
    return edits


def _divide(edit: _Edit, size: int) -> list[_Edit]:
    """Return a long replacement at one end of the reference as a replacement of like length and a cut."""
    spare = (edit.i2 - edit.i1) - (edit.j2 - edit.j1)
    at_one_end = (edit.i1 == 0) != (edit.i2 == size)
    if edit.same or edit.j1 == edit.j2 or spare < LONGEST_REMOVED or not at_one_end:
        return [edit]
    if edit.i1 == 0:
        middle = edit.i1 + spare
        return [_Edit(False, 0, middle, edit.j1, edit.j1), _Edit(False, middle, edit.i2, edit.j1, edit.j2)]
    middle = edit.i2 - spare
    return [_Edit(False, edit.i1, middle, edit.j1, edit.j2), _Edit(False, middle, edit.i2, edit.j2, edit.j2)]


def _join(segments: Iterable[Segment]) -> list[Segment]:
    """Return `segments` without empty ones, stretches that are alike in one piece."""
    joined: list[Segment] = []
    for segment in segments:
        if joined and joined[-1].kind == segment.kind == "same":
            joined[-1] = Segment("same", joined[-1].text + segment.text)
        elif segment.text:
            joined.append(segment)
    return joined
