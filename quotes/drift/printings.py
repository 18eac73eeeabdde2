"""The words of one wording, ready to be compared, and the marks that stand between them."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from quotes.text.alignments import Indel
from quotes.text.normal import ELLIPSIS, Word, printed_words
from quotes.text.places import locate_words

if TYPE_CHECKING:
    from collections.abc import Sequence

_CLAUSE_MARK = re.compile(r"[,;:()…—–]|\s-|-\s|--")
_ANSWER_MARK = re.compile(r"\s?[,;.!?–—]")
_BEFORE_ANSWER = frozenset({"and", "but", "no", "oh", "so", "well"})


@dataclass(frozen=True, slots=True)
class Printing:
    """The words of one wording as printed, without its ellipses; `gaps` are the places where those stood.

    `marks` are what is printed before each word and, at the end, behind the last. `answers` are the places
    of each "no" that is an interjection: it denies nothing.
    """

    words: tuple[Word, ...]
    keys: tuple[str, ...]
    gaps: frozenset[int]
    marks: tuple[str, ...]
    answers: frozenset[int] = frozenset()

    def opens(self, place: int) -> bool:
        """Say whether the word at `place` opens the quote or a sentence, or nothing stands there."""
        return place >= len(self.words) or self.words[place].opens

    def is_parted(self, place: int) -> bool:
        """Say whether a mark parts the word at `place` from the one before, as clauses are parted."""
        return bool(_CLAUSE_MARK.search(self.marks[place]))

    def find_sentence(self, place: int) -> int:
        """Return where the sentence that holds the word at `place` begins."""
        while place > 0 and not self.opens(place):
            place -= 1
        return place

    def show(self, start: int, end: int) -> str:
        """Return the words from `start` to `end` with the hyphens between them and without other marks."""
        shown = ""
        for place in range(start, end):
            word = self.words[place]
            joint = "-" if self.is_compound(place) else " "
            shown += (joint if place > start else "") + (f"[{word.text}]" if word.editorial else word.text)
        return shown.replace("] [", " ")

    def is_compound(self, place: int) -> bool:
        """Say whether a hyphen joins the word at `place` to the one before."""
        return self.marks[place] in ("-", "‐", "‑")


def read_printing(text: str) -> Printing:
    """Return the words of `text` ready to be compared."""
    found: list[Word] = []
    gaps: set[int] = set()
    for word in printed_words(text):
        if word.key == ELLIPSIS:
            gaps.add(len(found))
        else:
            found.append(word)
    marks = _find_marks(found, text)
    answers = frozenset(
        place for place, word in enumerate(found) if word.key == "no" and _is_answer(place, found, marks)
    )
    return Printing(tuple(found), tuple([word.key for word in found]), frozenset(gaps), marks, answers)


def measure_similarity(one: Printing, other: Printing) -> float:
    """Return how alike the words of two wordings are, from 0 to 1, to four digits."""
    return round(Indel.normalized_similarity(one.keys, other.keys), 4)


def _find_marks(found: Sequence[Word], text: str) -> tuple[str, ...]:
    plain = unicodedata.normalize("NFC", text)
    places = locate_words(found, plain)
    starts = [*(start for start, _ in places), len(plain)]
    ends = [0, *(end for _, end in places)]
    return tuple([plain[end:start] for start, end in zip(starts, ends, strict=True)])


def _is_answer(place: int, found: Sequence[Word], marks: Sequence[str]) -> bool:
    """Say whether a "no" is set off by a mark behind it, at the start of a clause."""
    if not _ANSWER_MARK.match(marks[place + 1]):
        return False
    return (
        found[place].opens
        or found[place - 1].key in _BEFORE_ANSWER
        or marks[place].rstrip()[-1:] in (",", ";", "–", "—", "-")
    )
