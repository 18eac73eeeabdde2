"""Reading quotes.db: what is known of an article."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from quotes.store.rows import article_row, hash_text

if TYPE_CHECKING:
    from collections.abc import Container

    from quotes.records import Article
    from quotes.store.connect import Connection


@dataclass(frozen=True, slots=True)
class State:
    """How an article is stored: hashes of its text and of all that was read, its stages, why removed."""

    content_hash: str
    input_hash: str
    stages_version: str
    removed: str | None


_NOT_COMPARED = "source"  # a moved file is no change: the source says where an article was read first


def compare_article(connection: Connection, article: Article, stages_version: str) -> str:
    """Return "new", "changed" or "unchanged": an article against what is stored of it.

    Another title, date or address is a change, and so is another version of the stages.
    """
    row = connection.execute("SELECT * FROM articles WHERE id = ?", (article.id,)).fetchone()
    if row is None:
        return "new"
    wanted = article_row(article, stages_version)
    same = all(row[name] == wanted[name] for name in wanted if name != _NOT_COMPARED)
    return "unchanged" if same else "changed"


def read_state(connection: Connection, article_id: str) -> State | None:
    """Return how an article is stored, or None where it is not."""
    row = connection.execute(
        "SELECT content_hash, input_hash, stages_version, removed FROM articles WHERE id = ?", (article_id,)
    ).fetchone()
    return State(*row) if row else None


def list_stale(connection: Connection, version: str) -> list[tuple[str, str]]:
    """Return id and input hash of the articles whose quotes other stages than those of `version` found."""
    rows = connection.execute(
        "SELECT id, input_hash FROM articles"
        " WHERE stages_version <> :version AND substr(stages_version, 1, :length) <> :begin ORDER BY id",
        {"version": version, "begin": f"{version} ", "length": len(version) + 1},
    )
    return [(row[0], row[1]) for row in rows]


def find_replaced(connection: Connection, article: Article, seen: Container[str]) -> str | None:
    """Return the id of the stored article that a new one replaces: same file and words, but not `seen` now.

    That happens where a manifest later names another outlet, or an address.
    """
    rows = connection.execute(
        "SELECT id FROM articles WHERE source = ? AND content_hash = ? ORDER BY id",
        (article.source, hash_text(article.text)),
    )
    return next((row["id"] for row in rows if row["id"] not in seen), None)
