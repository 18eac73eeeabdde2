"""Reading every statement, one after the other, however many there are."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from quotes.errors import DatabaseError
from quotes.store.connect import reading
from quotes.store.statement import assemble_statements

if TYPE_CHECKING:
    from collections.abc import Generator

    from quotes.store.connect import Connection
    from quotes.store.statement import ShownStatement

_AT_ONCE = 100  # statements held in memory
_SPEAKERS = "SELECT id FROM speakers WHERE id = :named OR name = :named COLLATE NOCASE"
_IDS = """
SELECT id FROM statements
WHERE id > :after AND (:since IS NULL OR last_published >= :since)
  AND (:speakers IS NULL OR speaker_id IN (SELECT value FROM json_each(:speakers)))
ORDER BY id LIMIT :size
"""


def stream_statements(
    connection: Connection, since: str | None = None, speaker: str | None = None
) -> Generator[ShownStatement, None, None]:
    """Yield the statements in order of their ids, all from one state of the database.

    Only those printed on the ISO date `since` or later, and those by `speaker`, an id or a name, where these
    are given. Raises DatabaseError where nobody is called so.
    """
    with reading(connection):
        speakers = _find_speakers(connection, speaker) if speaker is not None else None
        values = {"after": "", "since": since, "speakers": speakers, "size": _AT_ONCE}
        while ids := [row["id"] for row in connection.execute(_IDS, values).fetchall()]:
            yield from assemble_statements(connection, ids)
            values["after"] = ids[-1]


def _find_speakers(connection: Connection, named: str) -> str:
    """Return the ids of the speakers who are meant, as JSON."""
    ids = [row["id"] for row in connection.execute(_SPEAKERS, {"named": named}).fetchall()]
    if not ids:
        raise DatabaseError(
            f"{connection.name}: no speaker has the name or id {named}; names stand in its table speakers"
        )
    return json.dumps(ids)
