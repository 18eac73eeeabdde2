"""Which attached databases are ours, and which of them a visitor may read."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

if TYPE_CHECKING:
    from datasette.app import Datasette

# Tables that the pages read. Whoever may not view one of them sees none of the pages.
PAGE_TABLES = (
    "outlets",
    "articles",
    "speakers",
    "statements",
    "wordings",
    "changes",
    "quotes",
    "article_speakers",
    "considered_speakers",
    "joint_speakers",
    "outlet_stats",
)
# A database is ours by its schema, whatever its name: other people have tables called "quotes" too.
_SCHEMA_CHECK = """
SELECT (SELECT count(*) FROM pragma_table_info('statements')
         WHERE name IN ('first_outlets', 'worst_change', 'meaning_flags', 'disputed_speaker')) = 4
   AND (SELECT count(*) FROM pragma_table_info('quotes')
         WHERE name IN ('statement_id', 'wording_id', 'no_speaker_reason', 'context_between')) = 4
   AND (SELECT count(*) FROM pragma_table_info('wordings') WHERE name IN ('is_reference', 'change_kind')) = 2
   AND (SELECT count(*) FROM pragma_table_info('changes') WHERE name IN ('words_before', 'words_after')) = 2
"""
_known: WeakKeyDictionary[Any, frozenset[str]] = WeakKeyDictionary()


async def own_databases(datasette: Datasette) -> list[str]:
    """Return the names of the attached databases that have our schema, in the order they were attached."""
    names = [name for name in datasette.databases if name not in {"_internal", "_memory"}]
    own = [name for name in names if await _has_our_schema(datasette, name)]
    _known[datasette] = frozenset(own)
    return own


def known_databases(datasette: Datasette) -> frozenset[str]:
    """Return what `own_databases` last found: it looks once a page, not once a cell."""
    return _known.get(datasette, frozenset())


async def readable_databases(datasette: Datasette, actor: dict[str, Any] | None) -> list[str]:
    """Return the names of our databases whose pages `actor` may read, by Datasette's `allow` rules."""
    return [name for name in await own_databases(datasette) if await _may_read(datasette, actor, name)]


async def is_allowed(
    datasette: Datasette, actor: dict[str, Any] | None, action: str, database: str, name: str | None = None
) -> bool:
    """Return whether `actor` may "view-database", "view-table" or "view-query" by every rule above it too.

    Datasette 1.0 asks another way than 0.65: this is the one place that knows both.
    """
    if hasattr(datasette, "allowed"):
        from datasette import resources

        kinds = {"view-table": resources.TableResource, "view-query": resources.QueryResource}
        resource = resources.DatabaseResource(database) if name is None else kinds[action](database, name)
        return bool(await datasette.allowed(action=action, resource=resource, actor=actor))
    first = (action, database if name is None else (database, name))
    rules = [first, ("view-database", database), "view-instance"]
    visible, _ = await datasette.check_visibility(actor, permissions=rules)
    return bool(visible)


async def _has_our_schema(datasette: Datasette, database: str) -> bool:
    try:
        result = await datasette.get_database(database).execute(_SCHEMA_CHECK, log_sql_errors=False)
    except (sqlite3.Error, KeyError):
        # Not readable as a database, busy, or just detached: then it is not ours to say anything about.
        return False
    return bool(result.rows[0][0])


async def _may_read(datasette: Datasette, actor: dict[str, Any] | None, database: str) -> bool:
    checks = [("view-database", None), *(("view-table", table) for table in PAGE_TABLES)]
    return all([await is_allowed(datasette, actor, action, database, name) for action, name in checks])
