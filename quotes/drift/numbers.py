"""Numbers in words and figures, and the words that bound them (at least, up to)."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_SMALL = """
    zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
    seventeen eighteen nineteen
"""
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
_ONES = {word: float(value) for value, word in enumerate(_SMALL.split())}
_ROUND = {word: 10.0 * value for value, word in enumerate(_TENS, 2)}
_RANKS = {word: float(value) for value, word in enumerate(_ORDINALS, 1)}
_SCALES = {"dozen": 12.0, "hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12}
_SHORT_SCALES = {"k": 1e3, "m": 1e6, "mn": 1e6, "bn": 1e9, "tn": 1e12}
# What these leave open: a plural stands for at least twice its word.
_VAGUE = {
    **{word + "s": 2 * value for word, value in {**_SCALES, "ten": 10.0}.items()},
    "half": 0.5,
    "quarter": 0.25,
    "twice": 2.0,
}
_FIGURES = re.compile(r"(?!00\Z)(\d{1,18}(?:\.\d{1,9})?)(?::00)?(st|nd|rd|th|s|k|m|mn|bn|tn)?\Z")
_AT_LEAST = (
    ("no", "less", "than"),
    ("no", "fewer", "than"),
    ("at", "least"),
    ("more", "than"),
    ("over",),
    ("above",),
    ("upwards", "of"),
    ("exceeding",),
)
_AT_MOST = (
    ("no", "more", "than"),
    ("at", "most"),
    ("less", "than"),
    ("fewer", "than"),
    ("under",),
    ("below",),
    ("up", "to"),
)
_BOUNDS = {**dict.fromkeys(_AT_LEAST, 1), **dict.fromkeys(_AT_MOST, -1)}

Value = tuple[float, str]


def write_values(words: Sequence[str]) -> tuple[str, ...]:
    """Return the words with each number, however written, as one word.

    >>> write_values(["twenty", "five", "herons"]) == write_values(["25", "herons"])
    True
    >>> write_values(["two", "and", "a", "half", "million"]), write_values(["a", "dozen"])
    (('#2500000.0',), ('#12.0',))
    >>> write_values(["first"]) == write_values(["1st"]) != write_values(["one"])
    True
    """
    written: list[str] = []
    place = 0
    while place < len(words):
        value, end = _read_phrase(words, place)
        written.append(words[place] if value is None else f"#{value[0]}{value[1]}")
        place = end
    return tuple(written)


def find_numbers(words: Sequence[str]) -> Counter[float]:
    """Return the values of all numbers among the words, vague ones too: "thousands" counts as 2,000.

    >>> find_numbers(["3", "million"]) == find_numbers(["3"])
    False
    """
    values: list[float] = []
    place = 0
    while place < len(words):
        value, end = _read_phrase(words, place)
        vague = _VAGUE.get(words[place])
        if value is not None:
            values.append(value[0])
        elif vague is not None:
            values.append(vague)
        place = end
    return Counter(values)


def is_number(word: str) -> bool:
    """Say whether a word is a number or part of one, a vague one too."""
    return word in _VAGUE or bool(_read_word(word)[0])


def find_bounds(words: Sequence[str]) -> list[tuple[int, tuple[str, ...]]]:
    """Return for each number with a bound before it 1 (at least) or -1 (at most), and the bounding words.

    >>> find_bounds(["at", "least", "40", "or", "up", "to", "50"])
    [(1, ('at', 'least')), (-1, ('up', 'to'))]
    """
    found = []
    for place, word in enumerate(words):
        if is_number(word) or word == "a":
            for size in (3, 2, 1):
                phrase = tuple(words[max(0, place - size) : place])
                if phrase in _BOUNDS and (word != "a" or is_number("".join(words[place + 1 : place + 2]))):
                    found.append((_BOUNDS[phrase], phrase))
                    break
    return found


def _read_phrase(words: Sequence[str], start: int) -> tuple[Value | None, int]:
    """Return the number that begins at `start`, if one does, and where the words go on."""
    place = start
    total, current, last = 0.0, 0.0, ""
    while place < len(words):
        word = words[place]
        kind, value, suffix = _read_word(word)
        follows = _read_word(words[place + 1])[0] if place + 1 < len(words) else ""
        if not last and word in ("a", "an") and follows == "scale":
            last, current = "a", 1.0
        elif last in ("figure", "one", "scale") and tuple(words[place : place + 3]) == ("and", "a", "half"):
            current += 0.5 if last != "scale" else 0.0
            total += _half(words, place) if last == "scale" else 0.0
            place, last = place + 2, "half"
        elif last == "scale" and word == "and" and follows in ("one", "round", "rank"):
            last = "and"
        elif kind == "scale" and last not in ("and", "rank"):
            total, current = _scale(total, current if last else 1.0, value)
            last = kind
        elif _continues(last, kind, value):
            current, last = current + value, kind
        else:
            break
        place += 1
        if kind == "rank" or suffix:
            return (total + current, suffix), place
    return ((total + current, ""), place) if last else (None, start + 1)


def _half(words: Sequence[str], place: int) -> float:
    """Return half of the scale that "and a half" follows: a million and a half."""
    return 0.5 * _SCALES.get(words[place - 1], 0.0)


def _scale(total: float, current: float, value: float) -> tuple[float, float]:
    """Return total and current value behind a scale: a hundred can still be counted in thousands."""
    if value == _SCALES["hundred"]:
        return total, (current or 1.0) * value
    return total + (current or (0.0 if total else 1.0)) * value, 0.0


def _continues(last: str, kind: str, value: float) -> bool:
    """Say whether a word of this kind goes on with the number that the last word began."""
    if kind == "figure":
        return not last
    if kind in ("one", "rank"):
        return last in ("", "scale", "and") or (last == "round" and 0 < value < 10)
    return kind == "round" and last in ("", "scale", "and")


def _read_word(word: str) -> tuple[str, float, str]:
    """Return what a word is in a number, its value, and "th" for an ordinal or "s" for a decade."""
    for kind, values in (("one", _ONES), ("round", _ROUND), ("scale", _SCALES)):
        if word in values:
            return kind, values[word], ""
    if word in _RANKS:
        return "rank", _RANKS[word], "th"
    found = _FIGURES.match(word)
    if not found:
        return "", 0.0, ""
    suffix = found[2] or ""
    value = float(found[1]) * _SHORT_SCALES.get(suffix, 1.0)
    return "figure", value, "th" if suffix in ("st", "nd", "rd", "th") else "s" if suffix == "s" else ""
