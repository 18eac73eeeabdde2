"""What an article's own words tell of a person's gender: titles, role words, first names."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from quotes.languages import Language
    from quotes.records import Name

_WORD = re.compile(r"[\w-]+\.?")
_AFTER = re.compile(r", (?:an?|the) (?:\w{1,20} ){0,3}?(\w*(?:wo)?man)\b")


class Genders:
    """The genders that stand beside each bare name, "male" and "female"; a title in the name outweighs."""

    def __init__(self, text: str, names: Sequence[tuple[Name, str]], language: Language) -> None:
        self._titled: dict[str, set[str]] = {}
        self._told: dict[str, set[str]] = {}
        for name, bare in names:
            titled = title_gender(name.text, language)
            if titled:
                self._titled.setdefault(bare, set()).add(titled)
            told = self._told.setdefault(bare, set())
            told.update(
                gender for word in _words_beside(text, name) if (gender := word_gender(word, language))
            )
            told.update(_first_name_genders(bare.split()[0].casefold(), language))

    def of(self, bare: str, shorter: Iterable[str] = ()) -> set[str]:
        """Return what is known of a person: none, one, or both where the article contradicts itself.

        `shorter` are other names for the same person, whose titles count too (“Mr. Roe”).
        """
        titled = {gender for name in (bare, *shorter) for gender in self._titled.get(name, ())}
        return titled or self._told.get(bare, set())


def _first_name_genders(word: str, language: Language) -> set[str]:
    names = {"female": language.female_names, "male": language.male_names}
    return {gender for gender, given in names.items() if word in given}


def title_gender(printed: str, language: Language) -> str | None:
    """Return the gender that the first word of a printed name tells (“Mrs. Maddern”)."""
    return word_gender(printed.split()[0].casefold(), language) if printed.split() else None


def word_gender(word: str, language: Language) -> str | None:
    """Return the gender that a lower-case noun or title tells."""
    if word in language.female_words:
        return "female"
    return "male" if word in language.male_words else None


def _words_beside(text: str, name: Name) -> set[str]:
    words = set(_WORD.findall(text[max(0, name.start - 16) : name.start].casefold())[-1:])
    after = _AFTER.match(text[name.end : name.end + 60])
    return words | ({after.group(1).casefold()} if after else set())
