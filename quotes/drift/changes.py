"""What each edit between two wordings is: its kind, and whether it may change the meaning."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from quotes.drift import english
from quotes.drift.edits import Edit, find_edits
from quotes.records import Change
from quotes.text.normal import ELLIPSIS, FUNCTION_WORDS, Word, printed_words

if TYPE_CHECKING:
    from collections.abc import Sequence

# In a longer edit than this a missing "not" went with its clause: the meaning is shorter, not turned.
_FLAGGED_WORDS = 6
_BALANCE_REACH = 3
_FORMS_OF_BE = frozenset({"am", "is", "are", "was", "were", "be"})
# The word "no" as it stands, and what shows that it answers instead of denying what it stands before.
_NO = re.compile(r"(?<![^\W_])no(?![^\W_]|['’][^\W_])(\s?[,;.!?–—])?", re.IGNORECASE)
_BEFORE_ANSWER = frozenset({"and", "but", "no", "oh", "so", "well"})


@dataclass(frozen=True, slots=True)
class Printing:
    """The words of one wording as printed, without its ellipses; `gaps` are the places where those stood.

    `answers` are the places of each "no" that is an interjection: it denies nothing.
    """

    words: tuple[Word, ...]
    keys: tuple[str, ...]
    gaps: frozenset[int]
    answers: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Difference:
    """One change with the edit it comes from; `editorial` says that it only adds words in square brackets."""

    edit: Edit
    change: Change
    editorial: bool


def read_printing(text: str) -> Printing:
    """Return the words of `text` ready to be compared."""
    words: list[Word] = []
    gaps: set[int] = set()
    for word in printed_words(text):
        if word.key == ELLIPSIS:
            gaps.add(len(words))
        else:
            words.append(word)
    return Printing(
        tuple(words), tuple([word.key for word in words]), frozenset(gaps), _find_answers(words, text)
    )


def _find_answers(words: Sequence[Word], text: str) -> frozenset[int]:
    """Return the places of "no" set off by a mark behind it, at the start of a clause."""
    places = [place for place, word in enumerate(words) if word.key == "no"]
    printed = list(_NO.finditer(text))
    if len(places) != len(printed):
        return frozenset()
    return frozenset(
        place
        for place, found in zip(places, printed, strict=True)
        if found[1]
        and (
            words[place].opens
            or words[place - 1].key in _BEFORE_ANSWER
            or text[: found.start()].rstrip()[-1:] in (",", ";", "–", "—", "-")
        )
    )


def compare(reference: Printing, other: Printing) -> list[Difference]:
    """Return the differences from the reference to another wording, in order of their place."""
    edits = find_edits(reference.keys, other.keys, _are_respelled)
    return _unflag_balanced(_unflag_moved([_describe(edit, reference, other) for edit in edits]))


def _unflag_balanced(differences: list[Difference]) -> list[Difference]:
    """Return the differences without negation flags that make up for each other (not … any, … none)."""
    turned = [d for d in differences if d.change.meaning_flag == "negation"]
    balance = sum(
        _count_negations(d.change.words_before) - _count_negations(d.change.words_after) for d in turned
    )
    if balance or len(turned) < 2 or turned[-1].edit.start - turned[0].edit.end > _BALANCE_REACH:
        return differences
    return [
        replace(d, change=replace(d.change, meaning_flag=None, flag_words=None)) if d in turned else d
        for d in differences
    ]


def _count_negations(text: str) -> int:
    return english.count_negations(english.expand([word.key for word in printed_words(text)]))


def _unflag_moved(differences: list[Difference]) -> list[Difference]:
    """Return the differences without flags on words that only moved: deleted here, inserted there."""
    deleted = {d.change.words_before.casefold() for d in differences if d.change.op == "delete"}
    inserted = {d.change.words_after.casefold() for d in differences if d.change.op == "insert"}
    moved = deleted & inserted
    return [
        replace(d, change=replace(d.change, meaning_flag=None, flag_words=None))
        if (d.change.words_before or d.change.words_after).casefold() in moved and d.change.op != "replace"
        else d
        for d in differences
    ]


def _describe(edit: Edit, reference: Printing, other: Printing) -> Difference:
    before = reference.words[edit.start : edit.end]
    after = other.words[edit.other_start : edit.other_end]
    kind = _find_kind(edit, before, after, _is_elided(edit, reference, other))
    op = "replace" if before and after else "delete" if before else "insert"
    answers = len(reference.answers.intersection(range(edit.start, edit.end)))
    answers += len(other.answers.intersection(range(edit.other_start, edit.other_end)))
    flag = _find_flag(kind, before, after, answers) if edit.place == "middle" else None
    change = Change(
        op, _print(before), _print(after), kind, flag, _print((*before, *after)) if flag else None
    )
    if edit.place == "head" and _denies_rest(edit, reference):
        change = replace(change, meaning_flag="negation", flag_words=_print(before[-1:]))
    return Difference(edit, change, bool(after) and all(word.editorial for word in after))


def _print(words: Sequence[Word]) -> str:
    return " ".join(f"[{word.text}]" if word.editorial else word.text for word in words).replace("] [", " ")


def _is_elided(edit: Edit, reference: Printing, other: Printing) -> bool:
    """Say whether either wording prints an ellipsis where the other has these words."""
    lacks_after = edit.end - edit.start > edit.other_end - edit.other_start
    places, start, end = (
        (other.gaps, edit.other_start, edit.other_end)
        if lacks_after
        else (reference.gaps, edit.start, edit.end)
    )
    return any(place in places for place in range(start, end + 1))


def _find_kind(edit: Edit, before: Sequence[Word], after: Sequence[Word], elided: bool) -> str:
    if edit.place != "middle":
        return "truncation" if before else "insertion"
    if elided and len(before) != len(after):
        return "ellipsis"
    keys = [word.key for word in (*before, *after)]
    if before and after:
        return _find_replacement([word.key for word in before], [word.key for word in after])
    if FUNCTION_WORDS.issuperset(keys):
        return "function word"
    return "deletion" if before else "insertion"


def _find_replacement(before: Sequence[str], after: Sequence[str]) -> str:
    """Return the kind of a replacement of some words by others: the mildest that explains it."""
    if _are_respelled(before, after):
        return "spelling"
    one, other = english.expand(before, after), english.expand(after, before)
    if [english.stem(word) for word in one] == [english.stem(word) for word in other]:
        return "inflection"
    if FUNCTION_WORDS.issuperset(one) and FUNCTION_WORDS.issuperset(other):
        return "function word"
    return "substitution"


def _are_respelled(before: Sequence[str], after: Sequence[str]) -> bool:
    """Say whether both write the same words: contracted, shortened, joined, in figures, respelt."""
    if len(after) == 1 and english.are_initials(after[0], before):
        return True
    if len(before) == 1 and english.are_initials(before[0], after):
        return True
    one, other = english.expand(before, after), english.expand(after, before)
    if english.find_numbers(one) != english.find_numbers(other):
        return False
    if one == other or "".join(map(english.spell, one)) == "".join(map(english.spell, other)):
        return True
    if len(one) != len(other):
        return False
    pairs = [(a, b) for a, b in zip(one, other, strict=True) if a != b]
    return all(english.are_transposed(a, b) or _have_same_value(a, b) for a, b in pairs)


def _have_same_value(one: str, other: str) -> bool:
    value = english.read_number(one)
    return value is not None and value == english.read_number(other)


def _find_flag(kind: str, before: Sequence[Word], after: Sequence[Word], answers: int) -> str | None:
    """Return what in the meaning may have changed, or None: where it is in doubt, nothing is flagged.

    So many of the words are a "no" that denies nothing.
    """
    longest = max(len(before), len(after))
    if (
        kind in ("truncation", "spelling")
        or longest > _FLAGGED_WORDS
        or (after and all(w.editorial for w in after))
    ):
        return None
    keys, other_keys = [word.key for word in before], [word.key for word in after]
    one, other = english.expand(keys, other_keys), english.expand(other_keys, keys)
    if (english.count_negations((*one, *other)) - answers) % 2:
        return "negation"
    numbers, other_numbers = english.find_numbers(one), english.find_numbers(other)
    if numbers and other_numbers and numbers != other_numbers:
        return "number"
    if _is_other_modality(one, other):
        return "modality"
    return "name" if _is_other_name(before, after) else None


def _is_other_modality(one: Sequence[str], other: Sequence[str]) -> bool:
    """Say whether a modal became another, or came or went by itself ("would" for "plan to").

    A modal that goes with a whole clause, or makes room for "am going to", changes nothing by itself.
    """
    modals, other_modals = english.find_modals(one), english.find_modals(other)
    if modals == other_modals or (modals and other_modals):
        return modals != other_modals
    if max(len(one), len(other)) > 2 or _FORMS_OF_BE.intersection((*one, *other)):
        return False
    return FUNCTION_WORDS.issuperset(one if modals else other)


def _denies_rest(edit: Edit, reference: Printing) -> bool:
    """Say whether the last word left out at the head is a "not" that belongs to what was kept."""
    if edit.start == edit.end or edit.end == len(reference.words) or reference.words[edit.end].opens:
        return False
    if edit.end - 1 in reference.answers:
        return False
    return english.count_negations(english.expand(reference.keys[edit.end - 1 : edit.end])) > 0


def _is_other_name(before: Sequence[Word], after: Sequence[Word]) -> bool:
    """Say whether capitalised words were replaced by others; part of a name or its initials are no other."""
    one, other = _find_names(before), _find_names(after)
    if not one or not other or set(one) <= set(other) or set(other) <= set(one):
        return False
    initials = "".join(word[0] for word in one), "".join(word[0] for word in other)
    return "".join(one) != initials[1] and "".join(other) != initials[0]


def _find_names(words: Sequence[Word]) -> list[str]:
    return [
        word.key
        for word in words
        if word.text[:1].isupper() and not word.opens and word.key not in FUNCTION_WORDS
    ]
