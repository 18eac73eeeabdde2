"""A dump in one order: databases of the same content give the same lines, whatever runs made them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quotes.store.connect import Connection

# What jobs did or keep for the next one, not what there is: a former id depends on what was indexed before.
_RUNS = ("runs", "skipped", "_migrations", "match_versions", "match_settings", "statement_aliases")
_RUN_COLUMNS = ("first_run_id", "last_run_id", "removed_run_id", "run_id")
_TABLES = "SELECT name FROM pragma_table_list WHERE type = 'table' AND name NOT LIKE 'sqlite%' ORDER BY name"


def dump(connection: Connection) -> Iterator[str]:
    """Yield a line for each row of each table in order: what was indexed, without what the runs were."""
    for (table,) in connection.execute(_TABLES).fetchall():
        if table not in _RUNS:
            yield from sorted(_dump_table(connection, table))


def _dump_table(connection: Connection, table: str) -> Iterator[str]:
    for row in connection.execute(f"SELECT * FROM {table}"):  # noqa: S608
        kept = {name: row[name] for name in row.keys() if name not in _RUN_COLUMNS}  # noqa: SIM118
        yield f"{table} {json.dumps(kept, ensure_ascii=False, default=bytes.hex)}"
