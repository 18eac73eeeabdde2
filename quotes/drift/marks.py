"""Where two wordings of the same words differ: in the marks between them, a capital, or a word's spelling."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from quotes.drift.alignment import Edit
from quotes.records import Change
from quotes.text.normal import normal_form

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from quotes.drift.printings import Printing

_VALUE_SIGN = re.compile(r"(?:(?<=[\s(])[-−–.]|[$£€¥₹])\Z")  # right before a number
_SIGNS = ("&", "%")
_CURRENCIES = frozenset("$£€¥₹")
_QUOTE_MARKS = "\"'“”‘’"
_ONE_MINUS = str.maketrans("−–", "--")
_NO_BRACKETS = str.maketrans("", "", "[]")


def find_mark_changes(
    reference: Printing, other: Printing, shared: range, shift: int
) -> Iterator[tuple[Edit, Change]]:
    """Return what tells apart stretches of the same words, the words around each mark with it.

    `shared` are the places in the reference, `shift` more than which are those in the other wording. First
    capitals and marks at an end of the stretch are no change.
    """
    for place in shared:
        moved = place + shift
        if place > shared.start and _differ(reference.marks[place], other.marks[moved]):
            change = Change("replace", _show(reference, place), _show(other, moved), "punctuation")
            yield Edit(place - 1, place + 1, moved - 1, moved + 1), change
        one, two = reference.words[place], other.words[moved]
        if one.text != two.text and not (one.opens or two.opens):
            change = Change("replace", one.text, two.text, _name_kind(one.text, two.text))
            yield Edit(place, place + 1, moved, moved + 1), change


def _name_kind(one: str, other: str) -> str:
    """Return "spelling" for another capital or a sign for a word, "punctuation" for marks within a word."""
    same_letters = one.casefold() == other.casefold()
    return "spelling" if same_letters or one in _SIGNS or other in _SIGNS else "punctuation"


def find_sign_changes(
    reference: Printing, other: Printing, shared: Iterable[tuple[int, int]]
) -> Iterator[tuple[Edit, Change]]:
    """Return where numbers of the same figures are of another value: −5 for 5, .6 for 6, £5 for $5.

    `shared` are the places of the words that both have.
    """
    for place, moved in shared:
        if reference.keys[place][:1].isdigit():
            one, two = _find_sign(reference, place), _find_sign(other, moved)
            in_words = "" in (one, two) and {one, two} & _CURRENCIES  # $5 million, 5 million dollars
            if one != two and not in_words:
                before, after = one + reference.words[place].text, two + other.words[moved].text
                flag = f"{before} → {after}"
                change = Change("replace", before, after, "substitution", "number", flag)
                yield Edit(place, place + 1, moved, moved + 1), change


def _find_sign(printing: Printing, place: int) -> str:
    marks = printing.marks[place] if place else f" {printing.marks[place].lstrip(_QUOTE_MARKS)}"
    found = _VALUE_SIGN.search(marks)
    return found.group().translate(_ONE_MINUS) if found else ""


def _differ(one: str, other: str) -> bool:
    """Say whether two stretches of marks between words are different marks."""
    if one == other:
        return False
    forms = [normal_form(f"a{marks.translate(_NO_BRACKETS)}a") for marks in (one, other)]
    return forms[0] != forms[1]


def _show(printing: Printing, place: int) -> str:
    """Return the words before and behind the mark at `place`, with it, as printed."""
    mark = printing.marks[place].translate(_NO_BRACKETS)
    before = printing.words[place - 1].text.rstrip(".")
    return " ".join(f"{before}{mark}{printing.words[place].text}".split())
