"""Clauses that limit what is said: conditions ("if …") and contrasts ("but …", "although …")."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quotes.drift.english import list_words

if TYPE_CHECKING:
    from quotes.drift.printings import Printing

Place = tuple[int, int]

# The longer ones first: "only if" before "if".
_PHRASES = """
    only if / only when / if / unless / provided that / provided / providing that / as long as / so long as /
    on condition that / on the condition that / assuming that / assuming / in case / in the event that /
    depending on
"""
_CONDITIONS = tuple(tuple(phrase.split()) for phrase in _PHRASES.split("/"))
_VERBS = frozenset({"provided", "assuming"})
_PROVIDERS = frozenset({("i",), ("we",), ("you",), ("he",), ("she",), ("they",), ("nobody",), ("everybody",)})
# "as if" compares, "even if" concedes; behind the other words "if" asks.
_BEFORE_OTHER_IF = list_words("""
    as even what know knows knew see sees ask asks asked asking wonder wonders wondered wondering doubt check
    checked tell decide decided sure care matter matters mind remember determine out say said unclear
    """)
_ASKING = list_words("ask asks asked asking wonder wonders wondered wondering know knows knew")
_AFTER_OTHER_IF = list_words("anything any not so ever only possible necessary")
_MANNERS = frozenset(
    {("you", "will"), ("you", "know"), ("you", "like"), ("you", "please"), ("you", "ask"), ("i", "may")}
)
_ASKED = list_words("me you him her us them myself yourself himself herself ourselves themselves")
# Words before a condition in its own clause: more, or a link, and it belongs to something else.
_MOST_BEFORE = 5
_INVERTED = frozenset({"had", "were", "should"})
_SUBJECTS = list_words("i you he she it we they the this that these those my your his her our their anyone")
_LINKS = list_words("and but or that because which who so when while where")
_OPENERS = frozenset({"and", "but", "so", "then", "well", "now", "because", "that"})
# "nothing but", "cannot but", "no choice but", "the last but one": no contrast.
_BEFORE_OTHER_BUT = list_words("""
    nothing anything everything all none nobody anyone anybody everybody everyone no-one can't cannot couldn't
    not choice option alternative last next first
    """)
_AFTER_OTHER_BUT = frozenset({"also", "rather", "for"})
_ONLY = frozenset({"only", "just", "merely", "simply"})
_NOT_ONLY_REACH = 20
_CONCEDING = frozenset({"although", "though"})


def find_condition(printing: Printing, place: int) -> Place | None:
    """Return the words at `place` that open a condition, or None."""
    for phrase in _CONDITIONS:
        end = place + len(phrase)
        if printing.keys[place:end] == phrase:
            return None if _is_other(printing, place, end) else (place, end)
    return None


def _is_other(printing: Printing, place: int, end: int) -> bool:
    """Say whether the words of a condition are something else here."""
    if printing.keys[end : end + 2] in _MANNERS:
        return True
    if printing.keys[place] in _VERBS:
        return _is_verb(printing, place, end)
    return printing.keys[end - 1] == "if" and _is_other_if(printing.keys, place)


def _is_verb(printing: Printing, place: int, end: int) -> bool:
    """Say whether "provided" or "assuming" is a verb: no mark before it, no subject of a clause behind it."""
    parted = printing.opens(place) or printing.is_parted(place)
    if parted or printing.keys[place:end] == ("provided", "that"):
        return False
    following = printing.keys[end : end + 2]
    return printing.keys[place] != "provided" or following[:1] not in _PROVIDERS or following[1:] == ("with",)


def _is_other_if(keys: tuple[str, ...], place: int) -> bool:
    """Say whether "if" compares, concedes, asks or answers instead of opening a condition."""
    before = keys[place - 1] if place else ""
    if before in _ASKED and place > 1:
        before = keys[place - 2]
    return before in _BEFORE_OTHER_IF or not _AFTER_OTHER_IF.isdisjoint(keys[place + 1 : place + 2])


def find_contrast(printing: Printing, place: int) -> Place | None:
    """Return the words at `place` that open a contrast within a sentence, or None."""
    keys = printing.keys
    if printing.opens(place):
        return None
    before, after = keys[place - 1], "".join(keys[place + 1 : place + 2])
    word = keys[place]
    if word == "but":
        other = before in _BEFORE_OTHER_BUT or keys[max(0, place - 2) : place] == ("no", "one")
        other = other or after in _AFTER_OTHER_BUT or _adds(printing, place)
        return None if other else (place, place + 1)
    if (word, after) in (("and", "yet"), ("even", "though")):
        return place, place + 2
    if word == "yet":
        return (place, place + 1) if printing.is_parted(place) and after else None
    if word == "however":
        parted = printing.is_parted(place) and printing.is_parted(place + 1)
        return (place, place + 1) if parted else None
    if word == "while":
        return (place, place + 1) if printing.is_parted(place) and not after.endswith("ing") else None
    concedes = word in _CONCEDING and before != "as" and not printing.is_parted(place + 1) and after
    opens = concedes or word in ("except", "albeit", "whereas")
    return (place, place + 1) if opens else None


def _adds(printing: Printing, but: int) -> bool:
    """Say whether a "but" goes on with "not only …"."""
    start = max(printing.find_sentence(but), but - _NOT_ONLY_REACH)
    return any(
        printing.keys[place] == "not" and printing.keys[place + 1] in _ONLY for place in range(start, but)
    )


def find_lost_after(printing: Printing, cut: int) -> tuple[str, Place] | None:
    """Return the contrast or condition that goes on behind the words before `cut`, and its words.

    A contrast stands right behind the cut, a condition in the same clause.
    """
    if printing.opens(cut):
        return None
    contrast = find_contrast(printing, cut)
    if contrast:
        return "contrast", contrast
    for place in range(cut, min(cut + _MOST_BEFORE + 1, len(printing.words))):
        condition = None if printing.opens(place) else find_condition(printing, place)
        if condition and printing.keys[place] == "if" and _is_asked(printing, cut):
            return None
        if condition:
            return "condition", condition
        if printing.keys[place] in _LINKS or (place > cut and printing.is_parted(place)):
            return None
    return None


def _is_asked(printing: Printing, end: int) -> bool:
    """Say whether a verb of asking or knowing stands shortly before `end`, so that "if" asks."""
    start = max(printing.find_sentence(end), end - _MOST_BEFORE)
    return not _ASKING.isdisjoint(printing.keys[start:end])


def find_lost_before(printing: Printing, cut: int) -> tuple[str, Place] | None:
    """Return the condition or concession before `cut` that the words from `cut` on stand under."""
    if printing.opens(cut):
        return None
    if printing.keys[cut - 1] in _CONCEDING and printing.keys[max(0, cut - 2)] != "as":
        return "contrast", (cut - 1, cut)
    place = start = printing.find_sentence(cut)
    while place < cut - 1 and printing.keys[place] in _OPENERS:
        place += 1
    condition = find_condition(printing, place)
    inverted = _find_inversion(printing, place) if printing.is_parted(cut) else None
    if inverted:
        return "condition", inverted
    if condition and (
        condition[1] == cut or printing.is_parted(cut) or "then" in printing.keys[cut - 1 : cut + 1]
    ):
        return "condition", condition
    for size in (1, 2, 3):  # "We sign only if | the fence stays"
        near = find_condition(printing, cut - size) if cut - size > start else None
        if near and near[1] == cut:
            return "condition", near
    return None


def _find_inversion(printing: Printing, place: int) -> Place | None:
    """Return the verb at `place` that opens a condition before its subject: "had we known"."""
    verb, subject = printing.keys[place], "".join(printing.keys[place + 1 : place + 2])
    return (place, place + 1) if verb in _INVERTED and subject in _SUBJECTS else None


def find_lost_inside(printing: Printing, start: int, end: int) -> tuple[str, Place] | None:
    """Return the contrast or condition that opens words left out between others, and its words."""
    contrast = find_contrast(printing, start)
    if contrast and contrast[1] <= end:
        return "contrast", contrast
    for place in range(start, min(start + 2, end)):
        condition = find_condition(printing, place)
        if condition and condition[1] <= end:
            return "condition", condition
    return None
