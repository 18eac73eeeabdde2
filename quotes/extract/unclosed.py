"""Where a quote ends whose closing mark was left out: before its reporting clause (“We waited, Roe said.)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from quotes.languages import has_cue

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quotes.languages import Language

FARTHEST_CUE = 4  # words of the clause in which its cue must stand
LONGEST_CLAUSE = 10
_CLAUSE = re.compile(r"(?<=[,?!…—])[ \u00a0]([^\s.,;:?!“”\"«»][^.,;:?!“”\"«»]{2,80})(?=\.(?:\s|$)|$)")
_WORD = re.compile(r"\w+(?:[-'’]\w+)*")


def end_before_clause(text: str, start: int, end: int, language: Language) -> int | None:
    """Return where the quote in ``text[start:end]`` ends before a reporting clause; None: it has none."""
    clauses = _CLAUSE.finditer(text[start:end])
    return next((start + c.start() for c in clauses if _reports(_WORD.findall(c.group(1)), language)), None)


def _reports(words: Sequence[str], language: Language) -> bool:
    """Whether `words` are a clause of who said it: a cue, and right beside it a name, a pronoun or a role."""
    beginning = words[:FARTHEST_CUE]
    cue = next((at for at, word in enumerate(beginning) if has_cue([word.casefold()], language)), None)
    if cue is None or not 1 < len(words) <= LONGEST_CLAUSE:
        return False
    if not cue:
        return _is_name(words[1]) or _is_someone(words[1], language)
    named = words[:cue]
    return all(map(_is_name, named)) or (len(named) <= 2 and _is_someone(named[0], language))


def _is_name(word: str) -> bool:
    return word[0].isupper() and word != "I"


def _is_someone(word: str, language: Language) -> bool:
    """Whether `word` is a pronoun for somebody else than the one who speaks, or begins a role."""
    return language.pronouns.get(word) in {"male", "female"} or word in language.determiners
