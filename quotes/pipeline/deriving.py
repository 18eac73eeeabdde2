"""Deriving across all articles: who is one speaker, what is one statement, and how it drifted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from quotes import sources, store
from quotes.pipeline.mouths import agree_on_joint, settle_mouths
from quotes.speakers import list_notes
from quotes.text.ids import content_id

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from quotes.pipeline.stages import Stages
    from quotes.records import Overrule, Statement

_ATTEMPTS = 5  # at deriving, when other jobs write meanwhile
_TOGETHER = 10_000  # statements described together: bounds memory


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
    """Merge the speakers of all articles, group the quotes that changed, and describe their statements.

    Nothing is done where neither articles nor a person's word nor the stages have changed since it was done.
    Returned is what the person should know of their words.
    """
    word = word or Word()
    for _ in range(_ATTEMPTS):
        is_known = store.read_mark(connection) == word.mark
        is_current = store.read_version(connection) == stages.derived_version
        if store.read_changes(connection) <= 0 and is_known and is_current:
            break
        store.renew_settings(connection)
        people = store.read_people(connection)
        speakers = stages.merge_speakers(people.locals, people.settings, word.overrules)
        changes = store.write_people(connection, people, speakers, word.mark)
        if changes and _derive_statements(connection, stages, changes):
            if not word.overrules:
                return ()
            return list_notes(people.locals, people.settings, word.overrules, speakers)
    return ()


def _derive_statements(connection: store.Connection, stages: Stages, changes: int) -> bool:
    """Group and describe what changed; return False where others wrote since there were so many changes."""
    with store.immediate(connection):
        if store.read_changes(connection) != changes:
            return False
        is_anew = store.read_version(connection) != stages.derived_version
        pending = store.list_pending(connection, stages.derived_version)
        touched = stages.regroup(store.Grouping(connection), pending)
        if is_anew:
            touched |= store.list_statements(connection)
        store.redirect(connection, touched)
        for some in _divide(sorted(touched)):
            told = store.read_told(connection, some)
            store.write_statements(connection, some, _describe(told, stages))
        store.finish_derived(connection, touched)
    return True


def _describe(told: store.Told, stages: Stages) -> list[Statement]:
    """Return the statements that quotes make."""
    return [
        stages.describe(settle_mouths(agree_on_joint(quotes, told.joint_of), told.speakers), told.today)
        for quotes in told.quotes.values()
    ]


def _divide(statements: Sequence[str]) -> Iterator[Sequence[str]]:
    return (statements[start : start + _TOGETHER] for start in range(0, len(statements), _TOGETHER))
