"""What each edit between two wordings is: its kind, and whether it may change the meaning."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from quotes.drift import english
from quotes.drift.edits import Edit, find_edits
from quotes.drift.flags import find_flag
from quotes.drift.marks import find_mark_changes, find_sign_changes
from quotes.drift.negation import weigh_turning
from quotes.drift.numbers import write_values
from quotes.drift.passages import Passage
from quotes.drift.printings import Printing, read_printing
from quotes.records import Change
from quotes.text.normal import FUNCTION_WORDS, words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

__all__ = ["Difference", "Printing", "compare", "read_printing"]

_BALANCE_REACH = 3
_REWORDED_REACH = 8
_HEDGING_MODALS = frozenset({"may", "might", "could"})


@dataclass(frozen=True, slots=True)
class Difference:
    """One change with the edit it comes from; `editorial` says that it is about words in square brackets."""

    edit: Edit
    change: Change
    editorial: bool


def compare(reference: Printing, other: Printing) -> list[Difference]:
    """Return the differences from the reference to another wording, in order of their place in it.

    The words that no edit of words covers are alike, and in the same order, in both. Marks between words are
    compared only where all words that both have are alike; those differences are of kind "punctuation".
    """
    edits = find_edits(
        reference.keys, other.keys, _are_akin, _list_openings(reference), _list_openings(other)
    )
    whole = list(_join_compounds(edits, reference, other))
    differences = [_describe(Passage(edit, reference, other)) for edit in whole]
    signs = _compare_signs(whole, reference, other)
    differences += signs
    differences += [
        mark
        for mark in _compare_marks(whole, reference, other)
        if not any(_covers(mark, sign) for sign in signs)
    ]
    return _unflag_reworded(_unflag_balanced(sorted(differences, key=_by_place), reference))


def _by_place(difference: Difference) -> tuple[int, int, int]:
    return difference.edit.start, difference.edit.end, difference.edit.other_start


def _compare_signs(edits: Sequence[Edit], reference: Printing, other: Printing) -> list[Difference]:
    """Return the differences in what makes the same figures another value, among the words that both have."""
    if not any(key[0].isdigit() for key in reference.keys):
        return []
    gone = {place for edit in edits for place in range(edit.start, edit.end)}
    come = {place for edit in edits for place in range(edit.other_start, edit.other_end)}
    kept = (place for place in range(len(reference.keys)) if place not in gone)
    other_kept = (place for place in range(len(other.keys)) if place not in come)
    found = find_sign_changes(reference, other, zip(kept, other_kept, strict=True))
    return [Difference(edit, change, editorial=False) for edit, change in found]


def _covers(wide: Difference, narrow: Difference) -> bool:
    return wide.edit.start <= narrow.edit.start < wide.edit.end


def _compare_marks(edits: Sequence[Edit], reference: Printing, other: Printing) -> list[Difference]:
    """Return the differences in marks where no words differ but those that one has beyond an end."""
    if any(edit.place not in ("head", "tail") for edit in edits):
        return []
    heads = [edit for edit in edits if edit.place == "head"]
    start, other_start = max((e.end for e in heads), default=0), max((e.other_end for e in heads), default=0)
    end = min((edit.start for edit in edits if edit.place == "tail"), default=len(reference.keys))
    found = find_mark_changes(reference, other, range(start, end), other_start - start)
    return [Difference(edit, change, editorial=False) for edit, change in found]


def _list_openings(printing: Printing) -> list[int]:
    return [place for place, word in enumerate(printing.words) if word.opens]


def _join_compounds(edits: Sequence[Edit], reference: Printing, other: Printing) -> Iterator[Edit]:
    """Yield the edits, a replacement inside a hyphenated word as one of the whole word."""
    reached = 0
    for edit, following in pairwise([*edits, None]):
        if edit is not None:
            last = following.start if following else len(reference.keys)
            yield _widen_compound(edit, reached, last, reference, other)
            reached = max(reached, edit.end)


def _widen_compound(edit: Edit, first: int, last: int, reference: Printing, other: Printing) -> Edit:
    """Return a replacement with the shared words from `first` and up to `last` that hyphens join to it."""
    start, end, other_start, other_end = edit.start, edit.end, edit.other_start, edit.other_end
    if edit.place != "middle" or start == end or other_start == other_end:
        return edit
    while start > first and other_start and _are_joined(start, other_start, reference, other):
        start, other_start = start - 1, other_start - 1
    while end < last and other_end < len(other.keys) and _are_joined(end, other_end, reference, other):
        end, other_end = end + 1, other_end + 1
    return Edit(start, end, other_start, other_end)


def _are_joined(place: int, other_place: int, reference: Printing, other: Printing) -> bool:
    return reference.is_compound(place) and other.is_compound(other_place)


def _unflag_balanced(differences: list[Difference], reference: Printing) -> list[Difference]:
    """Return the differences without negation flags that make up for each other (not … any, … none)."""
    turned = [d for d in differences if d.change.meaning_flag == "negation" and d.edit.place == "middle"]
    if len(turned) < 2 or turned[-1].edit.start - turned[0].edit.end > _BALANCE_REACH:
        return differences
    first, last = turned[0].edit.start, turned[-1].edit.start
    if any(reference.opens(place) for place in range(first + 1, last + 1)):
        return differences  # each denies a sentence of its own
    if sum(weigh_turning(*_read_words(d.change)) for d in turned):
        return differences
    return [_unflag(d) if d in turned else d for d in differences]


def _unflag_reworded(differences: list[Difference]) -> list[Difference]:
    """Return the differences without the flags of a hedge and of a modal near it that says it now ("may")."""
    hedges = [d for d in differences if d.change.meaning_flag == "hedge"]
    said = [d for d in differences if d.change.op != "move" and _list_come(d.change) & _HEDGING_MODALS]
    pairs = [(hedge, modal) for hedge in hedges for modal in said if _are_near(hedge, modal)]
    reworded = [hedge for hedge, _ in pairs]
    reworded += [modal for _, modal in pairs if modal.change.meaning_flag == "modality"]
    return [_unflag(d) if d in reworded else d for d in differences]


def _are_near(one: Difference, other: Difference) -> bool:
    first, last = sorted((one.edit, other.edit), key=lambda edit: edit.start)
    return last.start - first.end <= _REWORDED_REACH


def _list_come(change: Change) -> set[str]:
    before, after = _read_words(change)
    return {*after} - {*before}


def _read_words(change: Change) -> tuple[tuple[str, ...], tuple[str, ...]]:
    return words(change.words_before), words(change.words_after)


def _unflag(difference: Difference) -> Difference:
    return replace(difference, change=replace(difference.change, meaning_flag=None, flag_words=None))


def _describe(passage: Passage) -> Difference:
    edit = passage.edit
    kind = _find_kind(passage)
    moved = edit.place == "moved"
    op = "move" if moved else _name_op(edit)
    flag = find_flag(kind, passage)
    change = Change(
        op,
        passage.reference.show(edit.start, edit.end),
        passage.other.show(edit.other_start, edit.other_end),
        kind,
        flag.name if flag else None,
        flag.words if flag else None,
    )
    return Difference(edit, change, passage.is_editorial)


def _name_op(edit: Edit) -> str:
    if edit.start == edit.end:
        return "insert"
    return "replace" if edit.other_start < edit.other_end else "delete"


def _find_kind(passage: Passage) -> str:
    before, after = passage.keys, passage.other_keys
    if passage.edit.place == "moved":
        return "reordering"
    if passage.edit.place != "middle":
        return "truncation" if before else "merge"
    if len(before) != len(after) and _is_elided(passage):
        return "ellipsis"
    if before and after:
        return _find_replacement(before, after)
    if FUNCTION_WORDS.issuperset((*before, *after)):
        return "function word"
    return "deletion" if before else "insertion"


def _is_elided(passage: Passage) -> bool:
    """Say whether either wording prints an ellipsis where the other has these words."""
    edit = passage.edit
    lacks_after = edit.end - edit.start > edit.other_end - edit.other_start
    places, start, end = (
        (passage.other.gaps, edit.other_start, edit.other_end)
        if lacks_after
        else (passage.reference.gaps, edit.start, edit.end)
    )
    return any(place in places for place in range(start, end + 1))


def _find_replacement(before: Sequence[str], after: Sequence[str]) -> str:
    """Return the kind of a replacement of some words by others: the mildest that explains it."""
    if _are_respelled(before, after):
        return "spelling"
    if _are_inflected(before, after):
        return "inflection"
    one, other = english.expand(before, after), english.expand(after, before)
    if FUNCTION_WORDS.issuperset(one) and FUNCTION_WORDS.issuperset(other):
        return "function word"
    return "substitution"


def _are_akin(before: Sequence[str], after: Sequence[str]) -> bool:
    return _are_respelled(before, after) or _are_inflected(before, after)


def _are_inflected(before: Sequence[str], after: Sequence[str]) -> bool:
    one, other = english.expand(before, after), english.expand(after, before)
    return [english.stem(word) for word in one] == [english.stem(word) for word in other]


def _are_respelled(before: Sequence[str], after: Sequence[str]) -> bool:
    """Say whether both write the same words: contracted, shortened, joined, in figures, respelt."""
    if len(after) == 1 and english.are_initials(after[0], before):
        return True
    if len(before) == 1 and english.are_initials(before[0], after):
        return True
    one = write_values(english.expand(before, after))
    other = write_values(english.expand(after, before))
    if one == other or "".join(map(english.spell, one)) == "".join(map(english.spell, other)):
        return True
    if len(one) != len(other):
        return False
    return all(a == b or english.are_transposed(a, b) for a, b in zip(one, other, strict=True))
