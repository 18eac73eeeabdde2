"""The nouns by which an article may call a person again: “Sen. Ana Roe” is a senator, and a lawmaker."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quotes.languages import Language
    from quotes.records import Name

_BEFORE = re.compile(r"(?:[\w-]+\.? ){1,4}$")
_WORD = re.compile(r"[\w-]+\.?")
_SPELLED_OUT = {
    "sen.": ("senator", "lawmaker"),
    "sen": ("senator", "lawmaker"),
    "senator": ("lawmaker",),
    "rep.": ("representative", "congressman", "congresswoman", "lawmaker"),
    "rep": ("representative", "congressman", "congresswoman", "lawmaker"),
    "gov.": ("governor",),
    "gov": ("governor",),
    "prof.": ("professor",),
    "dr.": ("doctor",),
    "gen.": ("general",),
    "col.": ("colonel",),
    "capt.": ("captain",),
    "sgt.": ("sergeant",),
    "rev.": ("reverend", "pastor"),
}
QUALIFIERS = ("former", "vice", "deputy", "acting", "assistant", "ex")


def find_callings(role: str, language: Language) -> Iterator[str]:
    """Yield the person nouns of a role, each with “former”, “vice” or the like where that stands before it.

    >>> from quotes.languages import LANGUAGES
    >>> sorted(find_callings("former vice president of the harbour board", LANGUAGES["en"]))
    ['vice president']
    """
    before = ""
    for word in _WORD.findall(role.casefold()):
        if word in QUALIFIERS:
            before = word
        elif word in language.person_nouns or word in language.titles:
            for noun in (word, *_SPELLED_OUT.get(word, ())):
                yield f"{before} {noun}" if before else noun
            before = ""


def title_callings(text: str, name: Name, language: Language) -> Iterator[str]:
    """Yield what the titles at and right before a name call its bearer (“the former senator Ana Roe”)."""
    run: list[str] = []
    before = _BEFORE.search(text[max(0, name.start - 40) : name.start])
    words = [*(before.group(0).split() if before else ()), *name.text.split()]
    inside = len(words) - len(name.text.split())
    for position, word in enumerate(words):
        listed = word.casefold() in language.titles or word.casefold() in QUALIFIERS
        if not listed and position >= inside:
            break
        run = [*run, word] if listed else []
    yield from find_callings(" ".join(run), language)
