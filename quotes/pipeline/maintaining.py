"""Keeping a database sound and small, and adding others to it, under its lock."""

from __future__ import annotations

from contextlib import ExitStack, closing
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from quotes import __version__, store
from quotes.errors import DamagedError, DatabaseError
from quotes.pipeline.deriving import Word, derive, read_word
from quotes.pipeline.stages import load_stages
from quotes.store import Finding

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from quotes.pipeline.stages import Stages


@dataclass(frozen=True, slots=True)
class Checked:
    """What was wrong with a database, and what is left of that after mending, where that was asked for."""

    found: tuple[Finding, ...]
    left: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Shrunk:
    """A file that was written anew, and its size in bytes before and after."""

    path: Path
    before: int
    after: int


def check(
    database: Path,
    *,
    mend: bool = False,
    thoroughly: bool = False,
    models: str = "embedded",
    speakers: Path | None = None,
    stages: Stages | None = None,
) -> Checked:
    """Look at everything that should hold in `database` and its cache, and mend what can be mended.

    `thoroughly` compares every text that is kept with its hash. `speakers` is as for `index`. Raises
    DatabaseError where `database` is none of ours, and LockedError where a job keeps it from being mended.
    """
    stages = stages or load_stages(models)
    _require(database)
    if not mend:
        found = _look(database, stages, thoroughly)
        return Checked(found, found)
    with store.hold(database):
        found = left = _look(database, stages, thoroughly)
        if any(one.can_be_mended for one in found):
            _mend(database, stages, found, speakers)
            left = _look(database, stages, thoroughly)
    return Checked(found, left)


def vacuum(
    database: Path, *, stages: Stages | None = None, warn: Callable[[str], None] = lambda _: None
) -> list[Shrunk]:
    """Make `database` and its cache as small as what they hold, and return what became of each.

    The cache forgets what no article needs. Readers go on meanwhile. Raises DatabaseError where a disk has no
    room for it, and nothing is changed.
    """
    stages = stages or load_stages()
    _require(database)
    texts = store.texts_path(database)
    with store.hold(database):
        store.open_quotes(database, create=False).close()
        files = [path for path in (database, texts) if path.is_file()]
        for path in files:
            store.check_shrinking(path)
        before = [store.measure(path) for path in files]
        if texts in files:
            with closing(store.open_texts(database, warn)) as opened:
                store.prune_texts(opened, database, stages.annotation_rules_version)
        for path in files:
            store.shrink(path)
        return [Shrunk(path, size, store.measure(path)) for path, size in zip(files, before, strict=True)]


def merge(
    others: Sequence[Path],
    database: Path,
    *,
    models: str = "embedded",
    speakers: Path | None = None,
    stages: Stages | None = None,
    warn: Callable[[str], None] = lambda _: None,
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> list[store.Merged]:
    """Add what `others` hold to `database`, which is made where it is missing; return what each gave.

    The others are not written. What is derived is derived again. A job that was cut off is finished by
    running it again. Raises DatabaseError before anything is written where one of them cannot be merged.
    """
    stages = stages or load_stages(models)
    with ExitStack() as stack:
        ready = [stack.enter_context(store.readable(path)) for path in _tell_apart(others, database)]
        stack.enter_context(store.hold(database))
        connection = stack.enter_context(closing(store.open_quotes(database)))
        texts = stack.enter_context(closing(store.open_texts(database, warn)))
        word = _read_word(connection, speakers, database)
        run = store.start_run(connection, _stamp(now), __version__, stages.annotator.version)
        merged = [_merge_one(connection, run, path) for path in ready]
        for path, one in zip(dict.fromkeys(others), merged, strict=True):
            if one.mark not in (0, word.mark):
                warn(f"{path}: the speakers file that it was made with says nothing here; merge that too")
            _merge_texts(texts, path, database, warn)
        derive(connection, stages, word)
        for path in ready:
            with store.attached(connection, path):
                store.merge_former_ids(connection)
        store.finish_run(connection, run, _stamp(now), _sum_up(merged))
    return merged


def _look(database: Path, stages: Stages, thoroughly: bool) -> tuple[Finding, ...]:
    try:
        with closing(store.open_quotes(database, create=False)) as connection:
            found = store.check_quotes(connection, stages.version, stages.derived_version)
            found += _look_at_texts(connection, database, thoroughly)
    except DamagedError as error:
        return (Finding(f"what cannot be read ({error.fault})"),)
    return tuple(found)


def _look_at_texts(connection: store.Connection, database: Path, thoroughly: bool) -> list[Finding]:
    try:
        texts = store.read_texts(database)
    except DamagedError as error:
        return [Finding(f"what cannot be used ({error.fault})", (), store.CACHE)]
    if texts is None:
        return []
    with closing(texts):
        return [*store.check_texts(texts, thoroughly), *store.check_spans(connection, texts)]


def _mend(database: Path, stages: Stages, found: Sequence[Finding], speakers: Path | None) -> None:
    if any(one.how == store.CACHE for one in found):
        store.set_aside(store.texts_path(database))
    with closing(store.open_quotes(database, create=False)) as connection:
        word = _read_word(connection, speakers, database)
        store.mend(connection, found)
        derive(connection, stages, word)


def _read_word(connection: store.Connection, speakers: Path | None, database: Path) -> Word:
    """Return what a person says of speakers, and raise where it is not there any more."""
    word = read_word(speakers, database)
    if word.path is None and store.read_mark(connection):
        raise DatabaseError(
            f"{database}: its speakers were merged by a speakers file; name it with --speakers,"
            " or run `quotes index` first if it has gone"
        )
    return word


def _require(database: Path) -> None:
    if not database.is_file():
        raise DatabaseError(f"{database}: no such database; make it with `quotes index`")
    if store.is_snapshot(database):
        raise DatabaseError(f"{database}: a published copy; name the database it was made from")


def _tell_apart(others: Sequence[Path], database: Path) -> list[Path]:
    """Return the databases to be merged, each once."""
    if any(path.resolve() == database.resolve() for path in others):
        raise DatabaseError(f"{database}: cannot be merged into itself; name another --db")
    return list(dict.fromkeys(others))


def _merge_one(connection: store.Connection, run: int, path: Path) -> store.Merged:
    with store.attached(connection, path):
        return store.merge_quotes(connection, run)


def _merge_texts(texts: store.Connection, other: Path, database: Path, warn: Callable[[str], None]) -> None:
    try:
        store.merge_texts(texts, other, database)
    except DatabaseError as error:
        warn(f"the cache of {other} is left out ({error})")


def _sum_up(merged: Sequence[store.Merged]) -> dict[str, int]:
    read, added, changed = (
        sum(getattr(one, name) for one in merged) for name in ("read", "added", "changed")
    )
    return {
        "articles_read": read,
        "articles_added": added,
        "articles_changed": changed,
        "articles_unchanged": read - added - changed,
    }


def _stamp(now: Callable[[], datetime]) -> str:
    return now().isoformat(timespec="seconds")
