"""texts.db: article texts and annotations by content hash. A cache: losing it costs only time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quotes.store.connect import immediate
from quotes.store.rows import hash_text

if TYPE_CHECKING:
    from quotes.store.connect import Connection


def read_annotation(connection: Connection, text: str, version: str) -> bytes | None:
    """Return what `write_annotation` kept for `text` under `version`, or None."""
    row = connection.execute(
        "SELECT data FROM annotations WHERE content_hash = ? AND models_version = ?",
        (hash_text(text), version),
    ).fetchone()
    return row["data"] if row else None


def write_annotation(connection: Connection, text: str, version: str, data: bytes) -> None:
    """Keep `text` and what the models said of it; `version` names the models and what they read of a text."""
    with immediate(connection):
        connection.execute(
            "INSERT INTO texts (content_hash, text) VALUES (?, ?) ON CONFLICT DO NOTHING",
            (hash_text(text), text),
        )
        connection.execute(
            "INSERT INTO annotations (content_hash, models_version, data) VALUES (?, ?, ?)"
            " ON CONFLICT DO UPDATE SET data = excluded.data",
            (hash_text(text), version, data),
        )
