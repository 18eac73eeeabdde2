"""Deriving across all articles: who is one speaker, what is one statement, and how it drifted."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from quotes import sources, store
from quotes.pipeline.mouths import agree_on_joint, hide_described, settle_mouths
from quotes.speakers import list_notes
from quotes.text.ids import content_id

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from quotes.pipeline.stages import Stages
    from quotes.records import Overrule, Printed, Setting, Speaker, Statement

_ATTEMPTS = 5  # at deriving, when other jobs write meanwhile


@dataclass(frozen=True, slots=True)
class Word:
    """What a person says of speakers: the file and its lines."""

    path: Path | None = None
    overrules: tuple[Overrule, ...] = ()

    @property
    def mark(self) -> int:
        """A number that is another one whenever the lines say something else, and 0 where there are none."""
        parts = [
            repr((overrule.same, overrule.place, *((m.name, m.where) for m in overrule.named)))
            for overrule in self.overrules
        ]
        return int(content_id(*parts)[:7], 16) + 1 if parts else 0


def read_word(speakers: Path | None, database: Path) -> Word:
    """Return what is said in `speakers` or, where it is None, in the file beside `database`, if there is one.

    Raises SourceError where the file cannot be read or a line of it says nothing.
    """
    path = speakers or sources.find_speakers_file(database)
    return Word(path, sources.read_overrules(path)) if path else Word()


def derive(connection: store.Connection, stages: Stages, word: Word | None = None) -> tuple[str, ...]:
    """Merge the speakers of all articles, group their quotes and describe their drift.

    Nothing is done where neither articles nor a person's word have changed since it was done. Returned is
    what the person should know of their words.
    """
    word = word or Word()
    for _ in range(_ATTEMPTS):
        everything = store.read_everything(connection)
        if not everything.behind and store.read_mark(connection) == word.mark:
            break
        settings = tuple(store.read_settings(connection))
        speakers = stages.merge_speakers(everything.speakers, settings, word.overrules)
        statements = _describe(everything, speakers, stages)
        if store.replace_derived(connection, store.Derived(everything, speakers, statements, word.mark)):
            return _note(everything, settings, word, speakers)
    return ()


def _note(
    everything: store.Everything, settings: Sequence[Setting], word: Word, speakers: Sequence[Speaker]
) -> tuple[str, ...]:
    return list_notes(everything.speakers, settings, word.overrules, speakers) if word.overrules else ()


def _describe(
    everything: store.Everything, speakers: Sequence[Speaker], stages: Stages
) -> tuple[Statement, ...]:
    speaker_of = {local: speaker.id for speaker in speakers for local in speaker.local_ids}
    by_id = {speaker.id: speaker for speaker in speakers}
    quotes = [
        replace(quote, speaker=speaker_of.get(everything.local_of.get(quote.id, "")))
        for quote in everything.quotes
        if quote.id not in everything.apart
    ]
    joint_of = {
        quote: tuple(speaker_of[local] for local in locals_ if local in speaker_of)
        for quote, locals_ in everything.joint_of.items()
    }
    groups = _collect(quotes, stages.group(hide_described(quotes, by_id)))
    return tuple(stages.describe(settle_mouths(agree_on_joint(group, joint_of), by_id)) for group in groups)


def _collect(quotes: Sequence[Printed], statement_of: Mapping[str, str]) -> list[list[Printed]]:
    groups: dict[str, list[Printed]] = {}
    for quote in quotes:
        groups.setdefault(statement_of[quote.id], []).append(quote)
    return list(groups.values())
