"""Where the words of a text stand in it: what is compared is not what is shown, and leads back here."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from quotes.text.normal import words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from quotes.text.normal import Word

Place = tuple[int, int]


def locate_words(printed: Iterable[Word], text: str) -> list[Place]:
    """Return where each of the `printed` words of `text`, in NFC, stands; marks at its edges are left out.

    Comparing drops and replaces marks, never a letter or figure, so that counting these leads back.

    >>> from quotes.text.normal import printed_words
    >>> text = "“We don’t … know,”"
    >>> [text[start:end] for start, end in locate_words(printed_words("“We don’t know,”"), text)]
    ['We', 'don’t', 'know']
    """
    signs = [place for place, sign in enumerate(text) if _makes_word(sign)]
    places, position = [], 0
    for word in printed:
        size = sum(map(_makes_word, word.text))
        places.append((signs[position], signs[position + size - 1] + 1))
        position += size
    return places


@lru_cache(maxsize=4096)
def _makes_word(sign: str) -> bool:
    return bool(words(sign))
