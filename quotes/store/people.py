"""The speakers of all articles: as each names them, and as they were merged."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from quotes.records import LocalSpeaker
from quotes.store.connect import immediate, read_sql, reading
from quotes.store.settings import read_settings
from quotes.store.write import mark_behind, read_changes, replace_rows

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from quotes.records import Setting, Speaker
    from quotes.store.connect import Connection
    from quotes.store.rows import Row


@dataclass(frozen=True, slots=True)
class People:
    """All local speakers at one moment; `merged` leads from their ids to the speakers they belong to so far.

    `settings` are those of all articles. `mentions` counts the quotes printed with a local speaker (first)
    under some words (second). `changes` is the count of changes at that moment, above 0 where the derived
    tables do not know of all.
    """

    locals: tuple[LocalSpeaker, ...]
    settings: tuple[Setting, ...]
    merged: Mapping[str, str | None]
    mentions: Mapping[tuple[str, str], int]
    changes: int


def read_people(connection: Connection) -> People:
    """Return the local speakers of all articles, and what surrounds them."""
    with reading(connection):
        rows = connection.execute("SELECT * FROM article_speakers ORDER BY id").fetchall()
        mentions = {(row[0], row[1]): row[2] for row in connection.execute(read_sql("mentions"))}
        settings = read_settings(connection)
        changes = read_changes(connection)
    merged = {row["id"]: row["speaker_id"] for row in rows}
    return People(tuple(map(_read_local, rows)), settings, merged, mentions, changes)


def _read_local(row: Mapping[str, str]) -> LocalSpeaker:
    aliases = tuple(json.loads(row["aliases"]))
    return LocalSpeaker(row["id"], row["article_id"], row["name"], row["kind"], row["role"], aliases)


def write_people(
    connection: Connection, people: People, speakers: Sequence[Speaker], mark: int
) -> int | None:
    """Write merged speakers and return the count of changes; None, and nothing written, where others wrote.

    `mark` stands for what a person said of speakers. Speakers that nobody is any more stay until statements
    are written: these may still name them. The statements are behind from here on, also for the next job.
    """
    links = _list_links(speakers)
    merged = {row["id"]: row["speaker_id"] for row in links}
    moved = [local for local, speaker in merged.items() if people.merged.get(local) != speaker]
    rows = [{"id": s.id, "name": s.name, "kind": s.kind, "role": s.role} for s in speakers]
    with immediate(connection):
        if read_changes(connection) != people.changes:
            return None
        replace_rows(connection, "speakers", rows, keep=True)
        replace_rows(connection, "article_speakers", links, keep=True)
        replace_rows(connection, "speaker_aliases", _list_aliases(people, speakers), ("speaker_id", "alias"))
        connection.execute(read_sql("link_speakers"), (json.dumps(moved),))
        connection.execute(read_sql("pend_joint"), (json.dumps(moved),))
        connection.execute(f"PRAGMA application_id = {mark}")
        return mark_behind(connection)


def _list_links(speakers: Sequence[Speaker]) -> list[Row]:
    return [
        {"id": local, "speaker_id": speaker.id, "merge_evidence": evidence}
        for speaker in speakers
        for local, evidence in zip(
            speaker.local_ids, speaker.evidence or (None,) * len(speaker.local_ids), strict=True
        )
    ]


def _list_aliases(people: People, speakers: Sequence[Speaker]) -> list[Row]:
    """Return the aliases with the number of quotes printed with each."""
    speaker_of = {local: speaker.id for speaker in speakers for local in speaker.local_ids}
    times: dict[tuple[str | None, str], int] = {}
    for (local, mention), count in people.mentions.items():
        known = speaker_of.get(local), mention
        times[known] = times.get(known, 0) + count
    return [
        {"speaker_id": speaker.id, "alias": alias, "times": times.get((speaker.id, alias), 0)}
        for speaker in speakers
        for alias, _ in speaker.aliases
    ]
