"""The invented story told by somebody hostile: payloads in every text field that the schema leaves free."""

from __future__ import annotations

import json
import sqlite3
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

# Fields that hold one of a few words, which the schema itself checks.
CLOSED = {
    "articles": {"published_precision", "kind"},
    "speakers": {"kind"},
    "article_speakers": {"kind"},
    "wordings": {"change_kind"},
    "quotes": {"kind", "spans", "speaker_span", "cue_span"},
    "considered_speakers": {"speaker_span"},
    "changes": {"op", "kind", "meaning_flag"},
}
# Fields with texts in JSON, and how a payload stands in them.
IN_JSON = {
    "first_outlets": lambda payload: [payload, payload],
    "aliases": lambda payload: [payload],
    "credits": lambda payload: [payload],
    "context_between": lambda payload: [payload],
    "evidence": lambda payload: [[payload, role] for role in ("quote", "cue", "speaker", "gap", None)],
}
# Fields that the story leaves empty everywhere.
_EMPTY = frozenset({"finished_at", "outlet", "credited", "stopped_by", "removed"})
# What is kept for matching is shown nowhere.
_UNSHOWN = ("match_", "sqlite_")


def poison(path: Path, payload: str) -> None:
    """Put `payload` into every text field of the story at `path`."""
    connection = sqlite3.connect(path)
    for table, columns in list_fields(connection).items():
        for column in columns:
            _poison_column(connection, table, column, payload)
    connection.commit()
    connection.close()


def tell_again(path: Path, original: Path, payloads: Sequence[str]) -> None:
    """Write the story at `original` to `path`, and once more for each payload, which is then in every field.

    The ids of each telling are those of `rename`.
    """
    path.write_bytes(original.read_bytes())
    connection = sqlite3.connect(path)
    connection.execute("ATTACH ? AS plain", (str(original),))
    fields = list_fields(connection)
    for number, payload in enumerate(payloads):
        values = {"suffix": _suffix(number), "payload": _encode(payload)}
        values |= {column: json.dumps(build(payload)) for column, build in IN_JSON.items()}
        for table in _list_tables(connection):
            connection.execute(_copy_rows(connection, table, fields.get(table, ())), values)
    connection.commit()
    connection.close()


def rename(ids: dict[str, str], number: int) -> dict[str, str]:
    """Return the ids of the telling with the payload of this number."""
    return {name: identifier[:12] + _suffix(number) for name, identifier in ids.items()}


def list_fields(connection: sqlite3.Connection) -> dict[str, list[str]]:
    """Return the free text columns of each table: all but ids and those of closed lists."""
    fields = {}
    for table in _list_tables(connection):
        texts = [
            name for name, kind in _list_columns(connection, table) if kind == "TEXT" and not _is_id(name)
        ]
        fields[table] = [name for name in texts if name not in CLOSED.get(table, ())]
    return fields


def _list_tables(connection: sqlite3.Connection) -> list[str]:
    found = connection.execute("SELECT name FROM main.sqlite_master WHERE type = 'table' ORDER BY rowid")
    return [name for (name,) in found if not name.startswith(_UNSHOWN) and "_fts" not in name]


def _list_columns(connection: sqlite3.Connection, table: str) -> list[tuple[str, str]]:
    return [(row[1], row[2]) for row in connection.execute(f"PRAGMA main.table_info({table})")]


def _is_id(column: str) -> bool:
    return column == "id" or column.endswith("_id")


def _poison_column(connection: sqlite3.Connection, table: str, column: str, payload: str) -> None:
    value = json.dumps(IN_JSON[column](payload)) if column in IN_JSON else _encode(payload)
    kept = f"{column} IS NOT NULL" + (f" AND {column} <> '[]'" if column == "context_between" else "")
    connection.execute(f"UPDATE OR IGNORE {table} SET {column} = CAST(? AS TEXT) WHERE {kept}", (value,))


def _copy_rows(connection: sqlite3.Connection, table: str, fields: Iterable[str]) -> str:
    """Return the statement that adds the original's rows with other ids and with the payload in `fields`."""
    columns = _list_columns(connection, table)
    values = [_copy(name, kind, name in fields) for name, kind in columns]
    return (
        f"INSERT INTO main.{table} ({', '.join(name for name, _ in columns)}) "
        f"SELECT {', '.join(values)} FROM plain.{table} WHERE true ON CONFLICT DO NOTHING"
    )


def _copy(column: str, kind: str, is_field: bool) -> str:
    if is_field:
        empty = f"WHEN {column} = '[]' THEN '[]'" if column == "context_between" else ""
        value = f":{column}" if column in IN_JSON else ":payload"
        if column in _EMPTY:
            return "CAST(:payload AS TEXT)"
        return f"CASE WHEN {column} IS NULL THEN NULL {empty} ELSE CAST({value} AS TEXT) END"
    if _is_id(column) and kind == "TEXT":
        return f"substr({column}, 1, 12) || :suffix"
    return "NULL" if column == "id" else column


def _suffix(number: int) -> str:
    return f"{number:04x}"


def _encode(payload: str) -> bytes:
    """Return the bytes of a text as SQLite may hold them, unpaired surrogates too."""
    return payload.encode("utf-8", "surrogatepass")
