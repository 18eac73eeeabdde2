"""Invented quotes with known statements: sentences from templates, printed by outlets as outlets print."""

from __future__ import annotations

import random
from datetime import date, timedelta
from itertools import count as count_up
from typing import TYPE_CHECKING

from quotes.records import Printed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Reword = Callable[[random.Random, list[str]], list[str]]

_SENTENCE = (
    (
        "The harbour board",
        "Our ferry crews",
        "Every parish",
        "The {name} report",
        "Mayor {name}",
        "My office",
    ),
    ("has promised", "still owes", "will defend", "cannot explain", "ought to repay", "never counted"),
    (
        "{number} jobs at {name} Bridge",
        "the {number} crowns of the {name} fund",
        "page {number} of the {name} plan",
        "the quarry that {name} closed",
    ),
    (
        "before the {name} vote",
        "with {number} votes to spare",
        "after {number} weeks of rain",
        "and nobody in {name} was asked",
    ),
    (
        "so the people of {name} are right to ask.",
        "and that is what {number} families told me.",
        "but {name} Valley deserves better than that.",
        "which took us {number} days to find out.",
    ),
)
_SYLLABLES = ("ar", "bel", "cor", "dun", "esk", "fen", "gar", "hol", "ith", "kel", "lom", "mor")
_OTHER_WORDS = {
    "promised": "pledged",
    "jobs": "posts",
    "plan": "scheme",
    "defend": "protect",
    "repay": "return",
    "people": "folk",
    "weeks": "days",
    "vote": "ballot",
}
_SIZES = (1, 1, 1, 1, 2, 3, 5, 12)
_SAID_BEFORE = 0.15  # of the statements begin as the one before, on another day
_OUTLETS, _SPEAKERS, _DAYS = 12, 100, 365
_FIRST_DAY = date(2031, 1, 1)


def invent_quotes(count: int, seed: int = 7) -> tuple[list[Printed], dict[str, str]]:
    """Return `count` quotes and the true statement of each, by its id."""
    chance = random.Random(seed)
    quotes: list[Printed] = []
    true: dict[str, str] = {}
    words: list[str] = []
    for statement in count_up():
        words = _compose(chance, words)
        for text, published, speaker in _print(chance, words):
            if len(quotes) == count:
                return quotes, true
            name = f"q{len(quotes)}"
            quotes.append(Printed(name, text, f"outlet {chance.randrange(_OUTLETS)}", published, speaker))
            true[name] = f"s{statement}"
    raise AssertionError


def _compose(chance: random.Random, before: list[str]) -> list[str]:
    """Return the words of a statement; some begin as the one before."""
    words = " ".join(_fill(chance, chance.choice(choices)) for choices in _SENTENCE).split()
    begun = len(before) // 2 if chance.random() < _SAID_BEFORE else 0
    return [*before[:begun], *words[begun:]]


def _print(chance: random.Random, words: list[str]) -> Iterator[tuple[str, str, str]]:
    """Yield text, day and speaker of each quote of one statement."""
    day = _FIRST_DAY + timedelta(chance.randrange(_DAYS))
    speaker = f"speaker {chance.randrange(_SPEAKERS)}"
    for copy in range(chance.choice(_SIZES)):
        printed = chance.choice(_REWORDINGS)(chance, words) if copy else words
        yield " ".join(printed), (day + timedelta(chance.randrange(3))).isoformat(), speaker


def _fill(chance: random.Random, template: str) -> str:
    name = "".join(chance.choices(_SYLLABLES, k=2)).capitalize()
    return template.format(name=name, number=chance.randrange(2, 60) * 10)


def _keep(chance: random.Random, words: list[str]) -> list[str]:
    return words


def _cut_head(chance: random.Random, words: list[str]) -> list[str]:
    return words[chance.randrange(1, len(words) - 5) :]


def _cut_end(chance: random.Random, words: list[str]) -> list[str]:
    return words[: -chance.randrange(1, len(words) - 5)]


def _leave_out(chance: random.Random, words: list[str]) -> list[str]:
    start = chance.randrange(3, len(words) - 8)
    return [*words[:start], "...", *words[start + chance.randrange(2, 5) :]]


def _reword(chance: random.Random, words: list[str]) -> list[str]:
    return [_OTHER_WORDS.get(word, word) for word in words]


def _add(chance: random.Random, words: list[str]) -> list[str]:
    place = chance.randrange(1, len(words))
    return [*words[:place], "frankly", *words[place:]]


_REWORDINGS: tuple[Reword, ...] = (_keep, _cut_head, _cut_end, _leave_out, _reword, _add)
