"""Names of news outlets in running text, and one key for all the names of one outlet."""

from __future__ import annotations

import re
import tomllib
from importlib.resources import files
from typing import TYPE_CHECKING, Final

from quotes.text.ids import slug

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_TABLE = tomllib.loads(files("quotes.text").joinpath("outlets.toml").read_text(encoding="utf-8"))
_KEYS: Final = {
    name: key
    for kind in ("agencies", "broadcasters")
    for key, names in _TABLE[kind].items()
    for name in names
}
_AGENCIES: Final = frozenset[str](_TABLE["agencies"])
_KEY_OF_SLUG: Final = {slug(name): key for name, key in _KEYS.items()}
_NOUNS: Final = frozenset[str](_TABLE["nouns"]["names"])
_SURNAMES: Final = frozenset[str](_TABLE["nouns"]["surnames"])
CREDIT_WORDS: Final = frozenset[str](_TABLE["credit_lines"]["words"])
"""The words without a capital that a line of credits may have."""
_WORD = r"[A-ZÀ-ÖØ-Þ][^\W\d_]{0,20}(?:[-’'&][A-ZÀ-ÖØ-Þ][^\W\d_]{1,20})?"
_STATE = r"(?!(?<=, )PA\b)"  # of “Lowhaven, PA”
_NAME = re.compile(
    rf"\b{_STATE}(?:A\.P\.|(?P<the>[Tt]he )?(?P<run>(?:dpa\b|{_WORD})(?: {_WORD}){{0,6}})(?![\w-]))"
)
_BROADCASTERS: Final = frozenset(name for names in _TABLE["broadcasters"].values() for name in names)
_DAYS: Final = frozenset(("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"))


def outlet_key(name: str) -> str:
    """Return one short word for the outlet of a name or of an outlet's id.

    >>> outlet_key("The Associated Press"), outlet_key("BBC News"), outlet_key("the-gull")
    ('ap', 'bbc', 'gull')
    """
    word = slug(name).removeprefix("the-")
    shorter = word.removesuffix("-news")
    return _KEY_OF_SLUG.get(word) or _KEY_OF_SLUG.get(shorter) or word


def is_agency(name: str) -> bool:
    """Return whether a name is one of the known news agencies'."""
    return outlet_key(name) in _AGENCIES


def list_outlets(text: str) -> Iterator[str]:
    """Yield the names of news outlets in `text`, as printed but without “the”.

    >>> list(list_outlets("She told the Inland Post and CNN Tuesday about the Press Club"))
    ['Inland Post', 'CNN']
    """
    for found in _NAME.finditer(text):
        name = _read_outlet(found)
        if name:
            yield name


def outlet_at(text: str, start: int = 0) -> str | None:
    """Return the name of the news outlet that begins at `start`, or None."""
    found = _NAME.match(text, start)
    return _read_outlet(found) if found else None


def _read_outlet(found: re.Match[str]) -> str | None:
    """Return the outlet's name among the capitalised words found, or None where they name something else."""
    words = (found["run"] or found[0]).split()
    while len(words) > 1 and words[-1] in _DAYS:
        words.pop()
    name = " ".join(words)
    if name in _KEYS:
        return name
    noun = words[-1].casefold()
    if noun in _NOUNS and (found["the"] or (len(words) > 1 and noun not in _SURNAMES)):
        return name
    return words[0] if words[0] in _BROADCASTERS else None  # “BBC Radio Four”


def match_outlets(names: Iterable[str], outlet_ids: Iterable[str]) -> tuple[str, ...]:
    """Return the ids among `outlet_ids` that `names` stand for, in order; a name that fits none is left out.

    >>> match_outlets(["AP", "The Gull"], ["associated-press", "gull", "cnn"])
    ('associated-press', 'gull')
    """
    keys = {outlet_key(name) for name in names}
    return tuple(sorted(one for one in outlet_ids if outlet_key(one) in keys))
