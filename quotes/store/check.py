"""Whether a quotes.db holds together: its pages, its rows, its search indexes and what is derived from it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any

from quotes.errors import DamagedError, DatabaseError
from quotes.store.connect import immediate, read_sql, reading
from quotes.store.derive import AGGREGATES, read_version
from quotes.store.read import list_stale
from quotes.store.rules import (
    DERIVED,
    DERIVED_RULES,
    HOW,
    MENDED,
    PENDING,
    READ,
    RESTORE,
    ROWS,
    SEARCH,
    STALE,
    UNSEEN,
)
from quotes.store.settings import list_unlike
from quotes.store.write import read_changes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from quotes.store.connect import Connection
    from quotes.store.rules import Rule

SEARCHES = ("quotes_fts", "statements_fts", "speakers_fts", "speaker_aliases_fts")
_LOST_RUN = "rows of articles that lead to no row of runs"
_MOST = 1_000  # broken references that are told apart


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong: what, the ids of the rows, and how it is mended, one of `rules.HOW`."""

    what: str
    which: tuple[str, ...] = ()
    how: str = RESTORE

    @property
    def can_be_mended(self) -> bool:
        """Return whether `mend` does something about it."""
        return self.how in MENDED

    @property
    def advice(self) -> str:
        """Return what a person does about it."""
        return HOW[self.how]


def check_quotes(connection: Connection, stages_version: str, derived_version: str) -> list[Finding]:
    """Return what is wrong with quotes.db, of one moment; nothing where all is well.

    The versions are those of the stages as they are installed.
    """
    found: list[Finding] = []
    with reading(connection):
        for check in (_check_pages, _check_references, _check_read):
            found += _try(check, connection)
        found += _try(lambda opened: _check_stages(opened, stages_version), connection)
        pending = _try(lambda opened: _check_pending(opened, derived_version), connection)
        found += pending or _try(_check_derived, connection)
    for search in SEARCHES:
        found += _check_search(connection, search)
    return found


def _try(check: Callable[[Connection], Iterable[Finding]], connection: Connection) -> list[Finding]:
    """Return what a check finds; what it cannot read is a finding too."""
    try:
        return list(check(connection))
    except DatabaseError as error:
        return [Finding(f"what cannot be read ({error.fault})")]


def _check_pages(connection: Connection) -> Iterator[Finding]:
    said = [str(row[0]) for row in connection.execute("PRAGMA integrity_check(20)")]
    if said != ["ok"]:
        is_index = all(" index " in one for one in said)
        what = "indexes that are not those of their tables" if is_index else "pages that are damaged"
        yield Finding(what, tuple(" ".join(one.split()) for one in said), SEARCH if is_index else RESTORE)


def _check_references(connection: Connection) -> Iterator[Finding]:
    tables: dict[str, list[str]] = {}
    for row in islice(connection.execute("PRAGMA foreign_key_check"), _MOST):
        tables.setdefault(f"rows of {row['table']} that lead to no row of {row['parent']}", []).append(
            str(row["rowid"] or "")
        )
    for what, rows in tables.items():
        how = RESTORE if what == _LOST_RUN else ROWS
        yield Finding(what, tuple(rows), how)


def _check_read(connection: Connection) -> Iterator[Finding]:
    yield from _apply(connection, READ)


def _check_stages(connection: Connection, version: str) -> Iterator[Finding]:
    if ids := tuple(id_ for id_, _ in list_stale(connection, version)):
        yield Finding("articles that other models or rules read than those installed", ids, STALE)


def _check_pending(connection: Connection, version: str) -> Iterator[Finding]:
    """Yield what the next job has to do; until then the derived tables are those of the job before."""
    ids = tuple(row[0] for row in connection.execute("SELECT quote_id FROM match_pending ORDER BY 1"))
    known = read_version(connection)
    if ids or read_changes(connection) > 0:
        yield Finding("quotes that wait to be grouped, of a job that is at work or was cut off", ids, PENDING)
    elif known != version and connection.execute("SELECT 1 FROM quotes").fetchone():
        by = f"by {known}" if known else "by no version that is known"
        yield Finding(f"statements derived {by}, not by {version}", (), PENDING)


def _check_derived(connection: Connection) -> Iterator[Finding]:
    yield from _apply(connection, DERIVED_RULES)
    if unlike := list_unlike(connection):
        yield Finding("articles of which something else is kept than their words say", unlike, DERIVED)
    for table, key in AGGREGATES.items():
        wanted = [dict(row) for row in connection.execute(read_sql(table))]
        columns = list(wanted[0]) if wanted else list(key)
        stored = connection.execute(f"SELECT {', '.join(columns)} FROM {table}")  # noqa: S608
        if wrong := _differ(stored, wanted, len(key)):
            yield Finding(f"rows of {table} that do not count what there is", wrong, DERIVED)


def _differ(stored: Iterable[Sequence[Any]], wanted: Iterable[dict[str, Any]], width: int) -> tuple[str, ...]:
    """Return the keys, the first `width` columns, of rows that are in one but not the other."""
    differing = {tuple(row) for row in stored} ^ {tuple(row.values()) for row in wanted}
    return tuple(sorted({" ".join(str(value) for value in row[:width]) for row in differing}))


def _apply(connection: Connection, rules: Iterable[Rule]) -> Iterator[Finding]:
    for rule in rules:
        if ids := tuple(str(row[0]) for row in connection.execute(rule.sql)):
            yield Finding(rule.what, ids, rule.how)


def _check_search(connection: Connection, search: str) -> Iterator[Finding]:
    """Yield whether a search index is that of its table. To ask, SQLite wants to be allowed to write."""
    try:
        with immediate(connection):
            connection.execute(f"INSERT INTO {search} ({search}, rank) VALUES ('integrity-check', 1)")  # noqa: S608
    except DamagedError:
        yield Finding(f"the search index {search}, which is not that of its table", (), SEARCH)
    except DatabaseError:
        yield Finding(f"the search index {search}, which only who may write can check", (), UNSEEN)
