"""Merge the speakers of single articles into persons and bodies across articles and outlets.

Only equal full names merge, and equal names of bodies. A surname by itself and an anonymous source belong to
their own article: nobody is merged by a guess.
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

_INITIAL = re.compile(r"\b\w\.\s*")


def merge_speakers(local_speakers: Sequence[LocalSpeaker]) -> tuple[Speaker, ...]:
    """Return the speakers behind `local_speakers`, ordered by id."""
    groups: dict[tuple[str, ...], list[LocalSpeaker]] = defaultdict(list)
    for local in local_speakers:
        groups[identity(local)].append(local)
    return tuple(
        sorted((_merge(key, group) for key, group in groups.items()), key=lambda speaker: speaker.id)
    )


def identity(local: LocalSpeaker) -> tuple[str, ...]:
    """Return what two local speakers must share to be one speaker."""
    name = _fold(local.name)
    if local.kind == "anonymous":
        return ("anonymous", local.article_id, name)
    if local.kind == "organisation":
        return ("organisation", name.removeprefix("the "))
    words = _INITIAL.sub("", name).split()
    return ("person", *words) if len(words) > 1 else ("person", local.article_id, name)


def _fold(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name.replace("’", "'"))
    return " ".join("".join(c for c in plain if not unicodedata.combining(c)).casefold().split())


def _merge(key: tuple[str, ...], group: list[LocalSpeaker]) -> Speaker:
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
