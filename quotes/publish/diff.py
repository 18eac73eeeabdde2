"""How one wording differs from another, word by word, for the eye.

The changes are those that are stored (`quotes.drift.changes`), so that a page, the terminal and the database
agree; what is shown is the text as printed. Words missing at an end are a cut, shown as "…".
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from quotes.drift import changes
from quotes.drift.remembered import find_stretch
from quotes.publish.phrases import count, name_flag
from quotes.publish.shortening import cut_middle
from quotes.records import Change
from quotes.text.places import locate_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from quotes.drift.changes import Difference, Printing
    from quotes.drift.edits import Edit
    from quotes.text.places import Place

# A longer gap is a cut too: nobody reads thirty words struck through, and the reference stands above.
LONGEST_REMOVED = 6
# An alignment takes memory by the product of the lengths: two texts of 2,000 words, 500 kB.
_MOST_COMPARED = 2000 * 2000
_TOO_LONG = "too long to compare word by word"
# Characters of texts that are compared for one page: about half a second, 80 pages of a book.
_MOST_AT_ONCE = 200_000
_TOO_MANY = "shortened and not compared: the wordings are too long for one page"
_MOST_SHOWN = 600  # characters of such a text
_PLAIN = frozenset({"same", "beyond"})
# Marks at other places are no change of words: they are shown as printed.
_UNSHOWN_KINDS = frozenset({"punctuation"})


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of a wording as shown: "same", "removed", "added", "moved", "cut", "beyond" or "uncompared".

    Of what is removed or cut, `gone` are the words that are not printed; of a cut, `size` says how many these
    are, `note` says it in words. `change` is the change that it shows; of a replacement only the added half
    has it. "beyond" are words before the first or after the last of those looked for: no difference.
    "uncompared" is a whole text of which nothing is known, `note` says why.
    """

    kind: str
    text: str
    gone: str = ""
    size: int = 0
    note: str = ""
    change: Change | None = None

    @property
    def flag(self) -> str | None:
        """The label of the meaning that the change touches."""
        flag = self.change.meaning_flag if self.change else None
        return name_flag(flag) if flag else None


_SPACE = Segment("same", " ")


@dataclass(frozen=True, slots=True)
class _Text:
    """A text in NFC, its words, and where they stand in it."""

    text: str
    printing: Printing
    places: Sequence[Place]

    @classmethod
    def read(cls, text: str) -> _Text:
        text = unicodedata.normalize("NFC", text)
        printing = changes.read_printing(text)
        return cls(text, printing, locate_words(printing.words, text))

    def find_gap(self, word: int) -> Place:
        """Return where what stands before the word with this number begins and ends."""
        start = self.places[word - 1][1] if word else 0
        return start, self.places[word][0] if word < len(self.places) else len(self.text)

    def divide(self, stretch: tuple[int, int]) -> tuple[str, str, str]:
        """Return what stands before the words of a stretch, these with marks behind them, and the rest."""
        if not self.places:
            return "", "", self.text
        start, (end, gap_end) = self.find_gap(stretch[0])[1], self.find_gap(stretch[1])
        while end < gap_end and not self.text[end].isspace():
            end += 1
        return self.text[:start], self.text[start:end], self.text[end:]

    def take(self, start: int, end: int) -> str:
        """Return the words from number `start` to `end` as printed."""
        return self.text[self.places[start][0] : self.places[end - 1][1]] if start < end else ""


def compare(reference: str, printed: str) -> tuple[Segment, ...]:
    """Return `printed` in segments, with what it changes against `reference`; uncompared where too long.

    >>> [(s.kind, s.text) for s in compare("We will leave at noon.", "We may leave")]
    [('same', 'We '), ('removed', 'will'), ('same', ' '), ('added', 'may'), ('same', ' leave '), ('cut', '…')]
    """
    segments = _compare(_Text.read(reference), _Text.read(printed))
    return tuple(replace(one, kind="added") if one.kind == "beyond" else one for one in segments)


def compare_all(pairs: Iterable[tuple[str, str]]) -> list[tuple[Segment, ...]]:
    """Return the second text of each pair as `compare` does; from where it is too much, shortened instead.

    It may take a second: too long for the thread that answers others.
    """
    compared, size = [], 0
    for reference, printed in pairs:
        size += len(printed)
        if size <= _MOST_AT_ONCE:
            compared.append(compare(reference, printed))
        else:
            compared.append((leave_uncompared(cut_middle(printed, _MOST_SHOWN), _TOO_MANY),))
    return compared


def compare_stretch(words: str, printed: str) -> tuple[Segment, ...]:
    """Return `printed` in segments as `compare` does, where either may be a small part of the other.

    >>> long = "One can say a lot about it, but in the end we stay, and that is all there is to say about it"
    >>> [s.kind for s in compare_stretch("we stay", long)], [s.kind for s in compare_stretch(long, "we stay")]
    (['beyond', 'same', 'beyond'], ['cut', 'same', 'cut'])
    """
    before, after = _Text.read(words), _Text.read(printed)
    if len(before.places) <= len(after.places):
        head, middle, tail = after.divide(find_stretch(before.printing.keys, after.printing.keys))
        inner = _compare(before, _Text.read(middle))
        return tuple(_join([Segment("beyond", head), *inner, Segment("beyond", tail)]))
    start, end = find_stretch(after.printing.keys, before.printing.keys)
    segments = _compare(_Text.read(before.take(start, end)), after)
    _lengthen_cut(segments, "head", before.take(0, start), start)
    _lengthen_cut(segments, "tail", before.take(end, len(before.places)), len(before.places) - end)
    return tuple(_join(segments))


def leave_uncompared(text: str, why: str) -> Segment:
    """Return a text that is shown without its differences, and why."""
    return Segment("uncompared", text, note=why)


def _lengthen_cut(segments: list[Segment], place: str, gone: str, size: int) -> None:
    """Put the cut of so many words more at the end of `segments` that `place` names."""
    if not size:
        return
    at_head = place == "head"
    at = 0 if at_head else -1
    if not segments or segments[at].kind != "cut":
        none = Segment("cut", "", change=Change("delete", "", "", "truncation"))
        segments[:] = [none, _SPACE, *segments] if at_head else [*segments, _SPACE, none]
    old = segments[at]
    words = " ".join((gone, old.gone) if at_head else (old.gone, gone)).strip()
    change = replace(old.change, words_before=words) if old.change else None
    segments[at] = _cut(words, size + old.size, place, change)


def _compare(before: _Text, after: _Text) -> list[Segment]:
    if before.text == after.text:
        return [Segment("same", after.text)]
    if len(before.places) * len(after.places) > _MOST_COMPARED:
        return [leave_uncompared(after.text, _TOO_LONG)]
    segments: list[Segment] = []
    position = 0
    for at, difference in _place(changes.compare(before.printing, after.printing)):
        edit = difference.edit
        gap_start, gap_end = after.find_gap(at)
        segments += [Segment("same", after.text[position:gap_start])] if position < gap_start else []
        gap = after.text[gap_start:gap_end] if position <= gap_start else " "
        gone, come = before.take(edit.start, edit.end), after.take(edit.other_start, edit.other_end)
        segments += _show(difference, gone, come, gap)
        position = gap_end + len(come)
    segments.append(Segment("same", after.text[position:]))
    return _join(segments[1:] if segments[0] == _SPACE else segments)


def _place(differences: Iterable[Difference]) -> list[tuple[int, Difference]]:
    """Return what is shown, each with the printed word before which it stands, in this order.

    What is missing at the head stands before the first word that both have, behind what is printed instead.
    """
    shown = [one for one in differences if one.change.kind not in _UNSHOWN_KINDS]
    head = max((one.edit.other_end for one in shown if one.edit.place == "head"), default=0)
    placed = [(_find_place(one.edit, head), one) for one in shown]
    return sorted(placed, key=lambda one: (one[0], one[1].edit.other_end))


def _find_place(edit: Edit, head: int) -> int:
    return head if edit.place == "head" and edit.other_start == edit.other_end else edit.other_start


def _show(difference: Difference, gone: str, come: str, gap: str) -> list[Segment]:
    """Return one change behind `gap`, which is printed before it or, where nothing has come, in its place."""
    change = difference.change
    if change.op == "move":
        return [Segment("same", gap), Segment("moved", come, change=change)]
    if not come:
        return _leave_out(difference, gone, gap)
    if difference.edit.place != "middle":
        return [Segment("same", gap), Segment("beyond", come, change=change)]
    removed = [_show_removed(difference, gone), _SPACE] if gone else []
    return [Segment("same", gap), *removed, Segment("added", come, change=change)]


def _leave_out(difference: Difference, gone: str, gap: str) -> list[Segment]:
    """Return how words that nothing replaces are shown; `gap` is what is printed where they stood."""
    change, place, size = difference.change, difference.edit.place, _count(difference)
    if place == "head":
        spaced = gap if gap[:1].isspace() else f" {gap}"
        return [_SPACE, _cut(gone, size, place, change), Segment("same", spaced)]
    if place == "tail":
        return [Segment("same", gap.rstrip() + " "), _cut(gone, size, place, change)]
    if change.kind == "ellipsis" and gap.strip():
        note = f"{count(size, 'word')} left out, marked by the outlet"
        cut = Segment("cut", gap.strip(), gone, size, note, change)
        return [_SPACE, cut, _SPACE]
    return [_SPACE, _show_removed(difference, gone, change), Segment("same", gap)]


def _show_removed(difference: Difference, gone: str, change: Change | None = None) -> Segment:
    size = _count(difference)
    if size > LONGEST_REMOVED:
        return _cut(gone, size, difference.edit.place, change)
    return Segment("removed", gone, gone, size, change=change)


def _cut(gone: str, size: int, place: str, change: Change | None) -> Segment:
    where = {"head": "before this", "tail": "after this"}.get(place, "here")
    note = f"{count(size, 'word')} left out {where}"
    return Segment("cut", "…", gone, size, note, change)


def _count(difference: Difference) -> int:
    return difference.edit.end - difference.edit.start


def _join(segments: Iterable[Segment]) -> list[Segment]:
    """Return `segments` without empty ones, stretches that are alike in one piece."""
    joined: list[Segment] = []
    for segment in segments:
        if joined and joined[-1].kind == segment.kind and segment.kind in _PLAIN:
            joined[-1] = Segment(segment.kind, joined[-1].text + segment.text)
        elif segment.text:
            joined.append(segment)
    return joined
