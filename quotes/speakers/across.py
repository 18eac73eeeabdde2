"""Merge the speakers of single articles into persons and bodies across articles and outlets.

Persons merge by first name and surname, unless their middle names speak against it; bodies by equal names. A
surname by itself and an anonymous source belong to their own article: nobody is merged by a guess.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from quotes.records import LocalSpeaker, Speaker
from quotes.text.ids import content_id

if TYPE_CHECKING:
    from collections.abc import Sequence

Key = tuple[str, ...]
_SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv"})


def merge_speakers(local_speakers: Sequence[LocalSpeaker]) -> tuple[Speaker, ...]:
    """Return the speakers behind `local_speakers`, ordered by id."""
    groups: dict[Key, list[LocalSpeaker]] = defaultdict(list)
    for local in local_speakers:
        groups[identity(local)].append(local)
    parts = [part for key, group in groups.items() for part in _split_by_middle(key, group)]
    return tuple(sorted((_merge(key, group) for key, group in parts), key=lambda speaker: speaker.id))


def identity(local: LocalSpeaker) -> Key:
    """Return what two local speakers must share to be one speaker.

    >>> identity(LocalSpeaker("1", "a", "Anna M. Holt-Reed Jr.", "person", None, ()))
    ('person', 'anna', 'reed')
    """
    words = _fold(local.name)
    if local.kind == "anonymous":
        return ("anonymous", local.article_id, *words)
    if local.kind == "organisation":
        return ("organisation", *(words[1:] if words[0] == "the" and len(words) > 1 else words))
    return ("person", words[0], words[-1]) if len(words) > 1 else ("person", local.article_id, *words)


def _split_by_middle(key: Key, group: list[LocalSpeaker]) -> list[tuple[Key, list[LocalSpeaker]]]:
    """Keep “John A. Roe” and “John B. Roe” apart; then a “John Roe” is neither of them."""
    middles = {_middle(local) for local in group if key[0] == "person"}
    initials = {tuple(word[0] for word in middle) for middle in middles if middle}
    longest = max(initials, key=len, default=())
    if all(longest[: len(other)] == other for other in initials):
        return [(key, group)]
    parts: dict[Key, list[LocalSpeaker]] = defaultdict(list)
    for local in group:
        parts[*key, *_middle(local)].append(local)
    return list(parts.items())


def _middle(local: LocalSpeaker) -> tuple[str, ...]:
    return tuple(_fold(local.name)[1:-1])


def _fold(name: str) -> list[str]:
    """The words of a name without case, accents, dots, hyphens and what comes after a comma."""
    plain = unicodedata.normalize("NFKD", name.replace("’", "'"))
    letters = "".join(c for c in plain if not unicodedata.combining(c)).casefold()
    words = re.sub(r"[-‐–]", " ", letters.replace(".", "").replace(",", " ")).split()
    while len(words) > 2 and words[-1] in _SUFFIXES:
        words = words[:-1]
    return words or [letters]


def _merge(key: Key, group: list[LocalSpeaker]) -> Speaker:
    names = Counter(local.name for local in group)
    roles = Counter(local.role for local in group if local.role)
    aliases = Counter(alias for local in group for alias in local.aliases)
    return Speaker(
        id=content_id("speaker", *key),
        name=max(names, key=lambda name: (names[name], len(name), name)),
        kind=group[0].kind,
        role=max(roles, key=lambda role: (roles[role], len(role), role)) if roles else None,
        aliases=tuple(sorted(aliases.items())),
        local_ids=tuple(sorted(local.id for local in group)),
    )
