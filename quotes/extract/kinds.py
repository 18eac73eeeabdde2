"""Sentence or fragment, where the comma follows the closing mark or every noun has a capital."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from quotes.extract.dialogue import opens_dialogue
from quotes.extract.join import WORD, opens_sentence

if TYPE_CHECKING:
    from quotes.extract.join import Body
    from quotes.extract.scan import Stretch
    from quotes.languages import Language

_MOST_FRAGMENT = 3  # words that begin with a capital and may still be a fragment
_FINAL = ".,!?…"
_ENDS_AFTER = re.compile(r"\s?[”“»«\"’‘']{0,2}(?:,(?!\s[„«»“\"‚])|\.|\s?[—–])")
_INNER_MARKS = "”“»«’‘'›‹\""


def find_kind_outside(text: str, body: Body, stretch: Stretch, words: str, language: Language) -> str:
    """Return the kind of a quote whose comma or full stop may follow its closing mark.

    Where every noun has a capital, one does not tell a sentence: the quote must open and end one.
    """
    paragraph = body.at(stretch.start)
    if paragraph is None or next((c for c in words if c.isalpha()), "").islower():
        return "fragment"
    if opens_dialogue(text, paragraph, language) and stretch.start <= paragraph.start + 3:
        return "sentence"
    is_long = len(WORD.findall(words)) > _MOST_FRAGMENT
    if is_long and not language.capital_nouns:
        return "sentence"
    opens = opens_sentence(text, paragraph, stretch)
    last = words.rstrip(_INNER_MARKS)[-1:]
    ends = last in _FINAL or _ENDS_AFTER.match(text, stretch.end)
    if opens or (is_long and last in ".!?…"):
        return "sentence" if ends or (opens and is_long and _follows_colon(text, stretch)) else "fragment"
    return "fragment"


def _follows_colon(text: str, stretch: Stretch) -> bool:
    return text[max(0, stretch.start - 5) : stretch.start - 1].rstrip(" \u00a0").endswith(":")
