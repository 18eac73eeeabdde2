"""Which attached databases are ours, and which of them a visitor may read."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal
from weakref import WeakKeyDictionary

if TYPE_CHECKING:
    from collections.abc import Container

    from datasette.app import Datasette
    from datasette.database import Database
    from datasette.utils.asgi import Request

    Stamp = tuple[tuple[int, int], ...]
    Version = Literal["foreign", "older", "stale", "current"]

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
    "speaker_aliases",
    "speaker_outlet_stats",
    "outlet_pair_stats",
    "outlet_followers",
    "word_swaps",
    "daily_counts",
    "repeats",
    "statement_aliases",
    "revisions",
)
_NOBODYS = frozenset({"_internal", "_memory"})  # Datasette's own
# A database is ours by its schema, whatever its name: other people have tables called "quotes" too.
# The columns are those of its first version; what the pages read besides came with later ones.
_SCHEMA_CHECK = """
SELECT (SELECT count(*) FROM pragma_table_info('statements')
         WHERE name IN ('first_outlets', 'worst_change', 'meaning_flags', 'disputed_speaker')) = 4
       AND (SELECT count(*) FROM pragma_table_info('quotes')
             WHERE name IN ('statement_id', 'wording_id', 'speaker_as_printed', 'context_before')) = 4
       AND (SELECT count(*) FROM pragma_table_info('wordings')
             WHERE name IN ('is_reference', 'change_kind')) = 2,
       (SELECT count(*) FROM json_each(:tables) AS wanted JOIN sqlite_master AS m ON m.name = wanted.value)
       = json_array_length(:tables)
       AND (SELECT count(*) FROM pragma_table_info('quotes')
             WHERE name IN ('last_revision', 'altered_to_id')) = 2
"""
# An older version wrote it, and the newer one that brought the file up to date has not run a job on it yet.
_STALE_CHECK = """
SELECT EXISTS (SELECT 1 FROM outlet_stats WHERE attributed_count > 0)
       AND NOT EXISTS (SELECT 1 FROM speaker_outlet_stats)
"""
_known: WeakKeyDictionary[Datasette, frozenset[str]] = WeakKeyDictionary()
# What the schema check said of each database, and the state of its file then.
_checked: WeakKeyDictionary[Database, tuple[Stamp, Version]] = WeakKeyDictionary()
# Where a request keeps which databases its visitor may read: asked by the page, the menu and the panel.
_READABLE = "quote_drift_readable"


async def own_databases(datasette: Datasette) -> list[str]:
    """Return the names of the attached databases that have our schema, in the order they were attached."""
    own = await _list_databases(datasette, "stale", "current")
    _known[datasette] = frozenset(own)
    return own


async def has_older_database(datasette: Datasette) -> bool:
    """Return whether an attached database comes from a version of ours that lacks what the pages read."""
    return bool(await _list_databases(datasette, "older"))


def lacks_counts(datasette: Datasette, database: str) -> bool:
    """Return whether counts that the pages show are missing in `database` until the next job."""
    return _checked.get(datasette.get_database(database), ((), "foreign"))[1] == "stale"


async def _list_databases(datasette: Datasette, *versions: Version) -> list[str]:
    names = [name for name in datasette.databases if name not in _NOBODYS]
    return [name for name in names if await _find_version(datasette, name) in versions]


def known_databases(datasette: Datasette) -> frozenset[str]:
    """Return what `own_databases` last found: it looks once a page, not once a cell."""
    return _known.get(datasette, frozenset())


def all_ours(datasette: Datasette) -> bool:
    """Return whether every attached database is ours: then Datasette's index page is about ours alone."""
    own = known_databases(datasette)
    return bool(own) and own >= set(datasette.databases) - _NOBODYS


async def readable_databases(datasette: Datasette, request: Request) -> list[str]:
    """Return the names of our databases whose pages the visitor may read, by Datasette's `allow` rules."""
    if _READABLE not in request.scope:
        own = await own_databases(datasette)
        request.scope[_READABLE] = [name for name in own if await _may_read(datasette, request.actor, name)]
    readable: list[str] = request.scope[_READABLE]
    return readable


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
    from datasette.utils.asgi import Forbidden

    first = (action, database if name is None else (database, name))
    try:
        await datasette.ensure_permissions(actor, [first, ("view-database", database), "view-instance"])
    except Forbidden:
        return False
    return True


async def list_queries(
    datasette: Datasette,
    database: str,
    actor: dict[str, Any] | None,
    wanted: Container[str] | None = None,
) -> list[tuple[str, str]]:
    """Return name and title of each canned query that `actor` may use, in the order of the metadata.

    Where there are names `wanted`, no others are asked for.
    Datasette 0.65 has them in the metadata, 1.0 in a table that it fills from its configuration.
    """
    if hasattr(datasette, "get_canned_queries"):
        queries = await datasette.get_canned_queries(database, actor)
        titles = {
            name: query.get("title") for name, query in queries.items() if wanted is None or name in wanted
        }
        allowed = [
            name for name in titles if await is_allowed(datasette, actor, "view-query", database, name)
        ]
        return [(name, titles[name] or name) for name in allowed]
    page = await datasette.list_queries(database, actor=actor, limit=1000)
    titles = {
        query.name: query.title or query.name
        for query in page.queries
        if wanted is None or query.name in wanted
    }
    configured = ((datasette.config or {}).get("databases") or {}).get(database) or {}
    order = [name for name in configured.get("queries") or {} if name in titles]
    return [(name, titles[name]) for name in dict.fromkeys([*order, *titles])]


async def _find_version(datasette: Datasette, name: str) -> Version:
    """Return what a database is by its schema; it is asked again only where its file has changed since."""
    from datasette.database import QueryInterrupted

    try:
        database = datasette.get_database(name)
    except KeyError:
        return "foreign"  # just detached
    stamp = _read_stamp(database)
    checked, version = _checked.get(database, ((), "foreign"))
    if stamp and stamp == checked:
        return version
    try:
        version = await _check_version(database)
    except (sqlite3.Error, QueryInterrupted):
        return version  # busy, or no database at all: it is what it was
    _checked[database] = (stamp, version)
    return version


async def _check_version(database: Database) -> Version:
    tables = {"tables": json.dumps(PAGE_TABLES)}
    is_ours, has_all = (await database.execute(_SCHEMA_CHECK, tables, log_sql_errors=False)).rows[0]
    if not (is_ours and has_all):
        return "older" if is_ours else "foreign"
    is_stale = (await database.execute(_STALE_CHECK, log_sql_errors=False)).rows[0][0]
    return "stale" if is_stale else "current"


def _read_stamp(database: Database) -> Stamp:
    """Return times and sizes of a database's file and its write-ahead log; nothing where it has no file."""
    if not database.path:
        return ()
    stamp = []
    for file in (database.path, f"{database.path}-wal"):
        try:
            state = Path(file).stat()
        except OSError:
            continue
        stamp.append((state.st_mtime_ns, state.st_size))
    return tuple(stamp)


async def _may_read(datasette: Datasette, actor: dict[str, Any] | None, database: str) -> bool:
    checks = [("view-database", None), *(("view-table", table) for table in PAGE_TABLES)]
    return all([await is_allowed(datasette, actor, action, database, name) for action, name in checks])
