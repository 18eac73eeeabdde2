"""What merging knows of names, roles and bodies, read from names.toml once."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from quotes.languages import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from quotes.languages import Language


@dataclass(frozen=True, slots=True)
class Lists:
    """The words of names.toml, lower case, with the titles and first names of all languages.

    `nicknames` leads from a form to the numbers of the names it is a form of; `fields` from a calling to its
    field; `known_bodies` from a short name to the full one.
    """

    nicknames: Mapping[str, AbstractSet[int]]
    common_first: AbstractSet[str]
    common_surnames: AbstractSet[str]
    frequent_surnames: AbstractSet[str]
    suffixes: AbstractSet[str]
    particles: AbstractSet[str]
    family_first: AbstractSet[str]
    titles: AbstractSet[str]
    female_names: AbstractSet[str]
    male_names: AbstractSet[str]
    offices: AbstractSet[str]
    single_offices: AbstractSet[str]
    weak_roles: AbstractSet[str]
    past_roles: AbstractSet[str]
    spelled_out: Mapping[str, str]
    fields: Mapping[str, str]
    generic_bodies: AbstractSet[str]
    turned_bodies: AbstractSet[str]
    small_words: AbstractSet[str]
    known_bodies: Mapping[str, str]


def _list_titles(languages: Sequence[Language]) -> frozenset[str]:
    """The titles of all languages, without initials and what is a first name in any of them (“Don”)."""
    titles = frozenset(word.strip(".") for language in languages for word in language.titles)
    names = frozenset(name for one in languages for name in one.female_names | one.male_names)
    return frozenset(word for word in titles if len(word) > 1) - names


@cache
def load_lists() -> Lists:
    """Return what the file and the languages hold."""
    data = tomllib.loads((Path(__file__).parent / "names.toml").read_text(encoding="utf-8"))
    nicknames: dict[str, set[int]] = {}
    for number, forms in enumerate(data["nicknames"]):
        for form in forms:
            nicknames.setdefault(form, set()).add(number)
    roles, bodies, languages = data["roles"], data["bodies"], [*LANGUAGES.values()]
    sets = {
        name: frozenset(data[name])
        for name in ("common_first", "common_surnames", "suffixes", "particles", "family_first")
    }
    return Lists(
        nicknames=nicknames,
        **sets,
        frequent_surnames=frozenset(data["common_surnames"] + data["frequent_surnames"]),
        titles=_list_titles(languages),
        female_names=frozenset(name for language in languages for name in language.female_names),
        male_names=frozenset(name for language in languages for name in language.male_names),
        offices=frozenset(roles["offices"]),
        single_offices=frozenset(roles["single_offices"]),
        weak_roles=frozenset(roles["weak"]),
        past_roles=frozenset(roles["past"]),
        spelled_out=roles["spelled_out"],
        fields={word: field for field, words in data["fields"].items() for word in words},
        generic_bodies=frozenset(bodies["generic"]),
        turned_bodies=frozenset(bodies["turned"]),
        small_words=frozenset(bodies["small"]),
        known_bodies=bodies["known"],
    )
