"""Whose mouth a quote counts for when speakers are compared: only names that differ are different mouths."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from quotes.records import Printed, Speaker

ANONYMOUS = "anonymous"


def agree_on_joint(group: Sequence[Printed], joint_of: Mapping[str, Sequence[str]]) -> list[Printed]:
    """Return `group` where a quote of several speakers counts for the one whom another quote names."""
    alone = {quote.speaker for quote in group if quote.speaker and quote.id not in joint_of}
    agreed = []
    for quote in group:
        shared = [speaker for speaker in joint_of.get(quote.id, ()) if speaker in alone]
        other = shared and quote.speaker not in alone
        agreed.append(replace(quote, speaker=shared[0]) if other else quote)
    return agreed


def settle_mouths(group: Sequence[Printed], speakers: Mapping[str, Speaker]) -> list[Printed]:
    """Return the quotes of one statement, each with the speaker it counts for.

    A description (“the coach”) gives way to a name, and a bare surname to the one full name that has it; the
    same surname in two articles is one mouth here, since the words are the same.
    Where nobody is named, the first description stands for all.
    """
    named = {quote.speaker for quote in group if quote.speaker and not _is_described(quote.speaker, speakers)}
    if not named:
        first = next((quote.speaker for quote in group if quote.speaker), None)
        return [replace(quote, speaker=first) if quote.speaker else quote for quote in group]
    settled = {speaker: _settle(speaker, named, speakers) for speaker in named}
    return [replace(quote, speaker=settled.get(quote.speaker or "")) for quote in group]


def _settle(speaker: str, named: set[str], speakers: Mapping[str, Speaker]) -> str | None:
    """Return who a bare surname stands for among `named`: None where two full names have it."""
    name = speakers[speaker].name.casefold()
    same = {other: speakers[other].name.casefold().split() for other in sorted(named)}
    if " " in name:
        return speaker
    fuller = [other for other, words in same.items() if len(words) > 1 and name in words]
    if len(fuller) > 1:
        return None
    return fuller[0] if fuller else next(other for other, words in same.items() if words == [name])


def _is_described(speaker: str | None, speakers: Mapping[str, Speaker]) -> bool:
    return speaker is not None and speakers[speaker].kind == ANONYMOUS
