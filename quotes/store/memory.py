"""texts.db's memory: which files and addresses gave which articles, so that a job reads only what is new.

All of it is a cache. What it says of an article counts only where quotes.db still holds that article as it
was read then, so losing either file, or going back to an older copy, costs time and nothing else.
"""

from __future__ import annotations

import json
from dataclasses import asdict, fields
from typing import TYPE_CHECKING

from quotes.records import Article
from quotes.requests import Visit
from quotes.store.connect import immediate, read_sql
from quotes.store.rows import hash_input, hash_text

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from pathlib import Path

    from quotes.store.connect import Connection

_VISIT = tuple(field.name for field in fields(Visit))
_LISTED = """
WHERE listed_in = :listed_in AND (
    first_seen >= :since OR checked = '' OR reason = :reason OR json_extract(details, '$.is_list')
    OR (:outlet <> '' AND json_extract(details, '$.outlet') <> :outlet)
)
"""
_KEPT = ("outlet", "source", "title", "url", "byline", "published", "language", "kind", "reader")


def read_places(texts: Connection, database: Path) -> dict[str, tuple[str, int]]:
    """Return the stamp and the number of articles of each file that was read whole, by its path.

    Left out is a file of which quotes.db, at `database`, does not hold every article as it was read.
    """
    texts.execute("ATTACH ? AS held", (str(database.absolute()),))
    try:
        unsound = {row[0] for row in texts.execute(read_sql("unsound_places"))}
        rows = texts.execute(
            "SELECT path, stamp, (SELECT count(*) FROM place_articles AS a WHERE a.path = places.path)"
            " FROM places"
        )
        return {row[0]: (row[1], row[2]) for row in rows if row[0] not in unsound}
    finally:
        texts.execute("DETACH held")


def read_place_articles(texts: Connection, path: str) -> dict[str, str]:
    """Return the input hash of each article that the file at `path` gave, by the article's id."""
    rows = texts.execute("SELECT article_id, input_hash FROM place_articles WHERE path = ?", (path,))
    return {row[0]: row[1] for row in rows}


def list_paths(texts: Connection) -> list[str]:
    """Return the paths of all files that are remembered."""
    return [row[0] for row in texts.execute("SELECT path FROM places ORDER BY path")]


def find_paths(texts: Connection, article_id: str) -> list[str]:
    """Return the files that gave an article, as far as they were read whole."""
    rows = texts.execute("SELECT path FROM place_articles WHERE article_id = ? ORDER BY path", (article_id,))
    return [row[0] for row in rows]


def write_place(texts: Connection, path: str, stamp: str, articles: Mapping[str, str]) -> None:
    """Remember that a file was read whole, with the input hash of each of its articles by id."""
    with immediate(texts):
        texts.execute("DELETE FROM place_articles WHERE path = ?", (path,))
        texts.execute("INSERT OR REPLACE INTO places (path, stamp) VALUES (?, ?)", (path, stamp))
        rows = [(path, article, input_hash) for article, input_hash in articles.items()]
        texts.executemany("INSERT INTO place_articles (path, article_id, input_hash) VALUES (?, ?, ?)", rows)


def forget_places(texts: Connection, paths: Collection[str]) -> None:
    """Forget files that are gone, or that have to be read again."""
    with immediate(texts):
        texts.executemany("DELETE FROM places WHERE path = ?", [(path,) for path in paths])


def read_visit(texts: Connection, address: str) -> Visit | None:
    """Return what is remembered of an address, or None."""
    row = texts.execute(f"SELECT {', '.join(_VISIT)} FROM visits WHERE address = ?", (address,)).fetchone()  # noqa: S608
    return Visit(**dict(row)) if row else None


def list_visits(
    texts: Connection, listed_in: str, since: str = "", reason: str = "", outlet: str = ""
) -> list[Visit]:
    """Return what is remembered of the pages that a feed or sitemap listed, first seen `since` then.

    Older ones are among them where they are lists, were not asked for yet, gave none for this `reason`, or
    were read as another `outlet`'s.
    """
    query = f"SELECT {', '.join(_VISIT)} FROM visits {_LISTED} ORDER BY address"  # noqa: S608
    values = {"listed_in": listed_in, "since": since, "reason": reason, "outlet": outlet}
    return [Visit(**dict(row)) for row in texts.execute(query, values)]


def find_addresses(texts: Connection, article_id: str) -> set[str]:
    """Return the addresses at which an article stood when they were asked for last."""
    rows = texts.execute(
        "SELECT address FROM visits WHERE article_id = ? AND failures = 0 AND reason IS NULL", (article_id,)
    )
    return {row[0] for row in rows}


def write_visits(texts: Connection, visits: Sequence[Visit]) -> None:
    """Remember addresses that were asked for."""
    names = ", ".join(f":{name}" for name in _VISIT)
    with immediate(texts):
        texts.executemany(
            f"INSERT OR REPLACE INTO visits ({', '.join(_VISIT)}) VALUES ({names})",  # noqa: S608
            [asdict(visit) for visit in visits],
        )


def write_input(texts: Connection, article: Article) -> None:
    """Keep an article as it was read, so that it can be analysed again without being read again."""
    record = {name: getattr(article, name) for name in _KEPT}
    digest = hash_text(article.text)
    with immediate(texts):
        texts.execute(
            "INSERT INTO texts (content_hash, text) VALUES (?, ?) ON CONFLICT DO NOTHING",
            (digest, article.text),
        )
        texts.execute(
            "INSERT OR REPLACE INTO inputs (article_id, input_hash, content_hash, record)"
            " VALUES (?, ?, ?, ?)",
            (article.id, hash_input(article), digest, json.dumps(record, ensure_ascii=False)),
        )


def read_input(texts: Connection, article_id: str, input_hash: str) -> Article | None:
    """Return the article as it was read, or None where it is not kept, or was read anew since."""
    row = texts.execute(
        "SELECT record, text FROM inputs JOIN texts USING (content_hash)"
        " WHERE article_id = ? AND input_hash = ?",
        (article_id, input_hash),
    ).fetchone()
    if row is None:
        return None
    try:
        article = Article(id=article_id, text=row["text"], **json.loads(row["record"]))
        return article if hash_input(article) == input_hash else None
    except (AttributeError, TypeError, ValueError):  # damaged
        return None


def has_input(texts: Connection, article_id: str, input_hash: str) -> bool:
    """Return whether the article is kept as it was read."""
    found = texts.execute(
        "SELECT 1 FROM inputs JOIN texts USING (content_hash) WHERE article_id = ? AND input_hash = ?",
        (article_id, input_hash),
    )
    return found.fetchone() is not None
