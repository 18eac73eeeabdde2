"""Quoted words that are nobody's speech: titles of works, names, and words set at a distance."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from quotes.attribute.place import Place
    from quotes.attribute.reading import Reading, Word

_SMALL = frozenset(
    [
        "a",
        "an",
        "and",
        "as",
        "at",
        "but",
        "by",
        "for",
        "from",
        "in",
        "into",
        "of",
        "on",
        "or",
        "the",
        "to",
        "vs",
        "with",
    ]
)
_TITLE_VERBS = frozenset(["read", "watch", "sing", "play", "direct", "publish", "record", "film", "perform"])
_SHOWN = frozenset({"reading", "saying", "read", "marked", "labelled", "labeled"})
_LETTERS = re.compile(r"[^\W\d_][\w’']*")


def name_reason(reading: Reading, place: Place) -> str | None:
    """Return why the quoted words are no speech, or None where they may be."""
    words = _LETTERS.findall(place.quote.text)
    if not words or len(words) > 10 or len(place.quote.spans) > 1:
        return None
    before = [reading.words[i] for i in place.before[-4:]]
    last = before[-1] if before else None
    if len(words) <= 6 and any(word.form == "so-called" for word in before[-2:]):
        return "words set at a distance"
    if len(before) > 1 and before[-1].form in _SHOWN and before[-2].lemma in reading.language.carrier_nouns:
        return "slogan on a sign"
    if _is_capitalised(words) and len(words) >= 2:
        near = {word.lemma for word in before} | {reading.words[i].lemma for i in place.after[:3]}
        if near & reading.language.work_nouns or (last is not None and _takes_title(last)):
            return "title or name"
    if (
        last is not None
        and last.form in reading.language.name_nouns
        and len(words) <= 6
        and not _is_clause(before)
    ):
        return "title or name" if _is_capitalised(words) else "words set at a distance"
    return None


def _takes_title(last: Word) -> bool:
    return last.upos in {"ADP", "PART", "PROPN", "DET"} or last.lemma in _TITLE_VERBS


def _is_clause(before: list[Word]) -> bool:
    return any(word.form in {"he", "she", "they"} for word in before)


def _is_capitalised(words: list[str]) -> bool:
    """Whether the words are written as a title, small words aside."""
    large = [word for word in words if word.casefold() not in _SMALL]
    return bool(large) and all(word[0].isupper() for word in large)
