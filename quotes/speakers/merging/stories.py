"""Whether two articles tell one story: they print the same words, or name much the same people and places."""

from __future__ import annotations

from collections import Counter
from datetime import date
from functools import lru_cache
from math import fsum, log
from sys import intern
from typing import TYPE_CHECKING

from quotes.records import Setting
from quotes.speakers.merging.names import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

SAME_WORDS = "their articles print the same words"
SAME_NAMES = "their articles name the same people and places"
SAME_FIELD = "their articles name some of the same people and places"
DAYS_OF_WORDS, DAYS_OF_NAMES = 30, 7
_LEAST_SHARE = 0.18  # of the weight of the names of the article that has fewer
_LEAST_BESIDE = 0.12  # the same, where a surname that is not common stands in both articles
_LEAST_FIELD = 0.1  # the same, where a first name and surname stand in both articles
_LEAST_NAMES = 3
_UNDATED_SHARE = 0.3
_CACHED = 1 << 18


class Stories:
    """The settings of all articles, and how much each name tells: the fewer articles have it, the more."""

    def __init__(self, settings: Sequence[Setting]) -> None:
        self._settings = {setting.article_id: setting for setting in settings}
        self._words = {
            setting.article_id: frozenset(
                intern(word) for name in setting.names for word in fold(name).split()
            )
            for setting in settings
        }
        self.expansions = _collect_expansions(settings)
        articles_with = Counter(word for words in self._words.values() for word in words)
        self._weights = {word: log(1 + len(settings) / times) for word, times in articles_with.items()}
        self._totals = {article: self._weigh(words) for article, words in self._words.items()}
        self.compare = lru_cache(maxsize=_CACHED)(self._compare)

    def find_setting(self, article_id: str) -> Setting:
        """Return the setting of an article; one that nothing is known of has an empty one."""
        return self._settings.get(article_id) or Setting(article_id)

    def tell_same(self, one: str, other: str, beside: bool = False) -> str | None:
        """Return why two articles tell one story, or None; less is asked `beside` an uncommon surname."""
        if one == other:
            return "one article names both"
        return self.compare(*sorted((one, other)), beside)

    def _compare(self, one: str, other: str, beside: bool) -> str | None:
        first, second = self.find_setting(one), self.find_setting(other)
        days = count_days(first.published, second.published)
        if (days is None or days <= DAYS_OF_WORDS) and not first.phrases.isdisjoint(second.phrases):
            return SAME_WORDS
        if days is not None and days > DAYS_OF_NAMES:
            return None
        least = _UNDATED_SHARE if days is None else _LEAST_BESIDE if beside else _LEAST_SHARE
        return SAME_NAMES if self._share_names(one, other) >= least else None

    def share_some(self, one: str, other: str) -> str | None:
        """Return that two articles of whatever days name some of the same people and places, or None."""
        return SAME_FIELD if self._share_names(one, other) >= _LEAST_FIELD else None

    def _share_names(self, one: str, other: str) -> float:
        """Return the share of the names' weight that two articles have in common, from 0 to 1."""
        mine, theirs = self._words.get(one, frozenset()), self._words.get(other, frozenset())
        common = mine & theirs
        if len(common) < _LEAST_NAMES:
            return 0.0
        return self._weigh(common) / min(self._totals[one], self._totals[other])

    def _weigh(self, words: frozenset[str]) -> float:
        return fsum(map(self._weights.__getitem__, words))


def _collect_expansions(settings: Sequence[Setting]) -> dict[str, frozenset[str]]:
    """Return the full names that articles print beside each short name, by the short name in lower case."""
    found: dict[str, set[str]] = {}
    for setting in settings:
        for short, full in setting.expansions:
            found.setdefault(short.casefold(), set()).add(full)
    return {short: frozenset(full) for short, full in found.items()}


def find_day(published: str | None) -> int | None:
    """Return the number of the day of an ISO 8601 date, or None where there is none."""
    try:
        return date.fromisoformat((published or "")[:10]).toordinal()
    except ValueError:
        return None


def count_days(one: str | None, other: str | None) -> int | None:
    """Return how many days lie between two dates, or None where one is not known.

    >>> count_days("2026-03-04", "2026-03-06T09:30:00+00:00"), count_days(None, "2026-03-06")
    (2, None)
    """
    first, second = find_day(one), find_day(other)
    return None if first is None or second is None else abs(first - second)
