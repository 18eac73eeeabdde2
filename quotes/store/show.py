"""Reading one quote with all its evidence, and finding the quote that somebody means."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from quotes.store.connect import reading
from quotes.store.marked import ROLES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from quotes.store.connect import Connection
    from quotes.store.marked import Piece

    Row = Mapping[str, Any]

_ID = re.compile(r"[0-9a-f]{8,16}")
_MOST_WORDS = 50
_QUOTE = """
SELECT q.*, o.name AS outlet, a.title, a.url, a.revision, a.removed, sp.name AS speaker,
       sp.role AS speaker_role, l.name AS name_here, l.role AS role_here, l.merge_evidence,
       s.quote_count, s.wording_count, s.outlet_count
  FROM quotes AS q
  JOIN outlets AS o ON o.id = q.outlet_id
  JOIN articles AS a ON a.id = q.article_id
  LEFT JOIN speakers AS sp ON sp.id = q.speaker_id
  LEFT JOIN article_speakers AS l ON l.id = q.article_speaker_id
  LEFT JOIN statements AS s ON s.id = q.statement_id
 WHERE q.id = :id
"""
_CONSIDERED = """
SELECT speaker_as_printed, cue, attribution_rule, score FROM considered_speakers
 WHERE quote_id = :id ORDER BY position LIMIT 20
"""
_JOINT = """
SELECT j.speaker_as_printed, l.speaker_id, coalesce(sp.name, l.name) AS name,
       coalesce(l.role, sp.role) AS role
  FROM joint_speakers AS j
  JOIN article_speakers AS l ON l.id = j.article_speaker_id
  LEFT JOIN speakers AS sp ON sp.id = l.speaker_id
 WHERE j.quote_id = :id ORDER BY j.rowid LIMIT 20
"""
_OUTER = """
SELECT id, text, kind FROM quotes WHERE id = (SELECT inside_quote_id FROM quotes WHERE id = :id)
"""
_INNER = "SELECT id, text, kind FROM quotes WHERE inside_quote_id = :id ORDER BY rowid LIMIT 20"
_ALTERED_TO = "SELECT id, text, kind FROM quotes WHERE id = (SELECT altered_to_id FROM quotes WHERE id = :id)"
_ALTERED_FROM = """
SELECT id, text, kind FROM quotes WHERE altered_to_id = :id ORDER BY last_revision DESC LIMIT 1
"""
QUERIES: Mapping[str, str] = {
    "quote": _QUOTE,
    "considered": _CONSIDERED,
    "joint": _JOINT,
    "outer": _OUTER,
    "inner": _INNER,
    "altered_to": _ALTERED_TO,
    "altered_from": _ALTERED_FROM,
}
"""What `assemble` needs, by name; each query takes the quote's `id`."""

_HITS = """
SELECT q.id, o.name AS outlet, q.published, q.text FROM quotes AS q JOIN outlets AS o ON o.id = q.outlet_id
"""
_BY_ID = f"{_HITS} WHERE q.id >= :first AND q.id <= :last ORDER BY q.id LIMIT :size"
_COUNT_BY_ID = "SELECT count(*) FROM quotes WHERE id >= :first AND id <= :last"
_BY_WORDS = f"""
{_HITS} JOIN quotes_fts AS f ON f.rowid = q.rowid
 WHERE f.quotes_fts MATCH :match ORDER BY f.rank, q.published IS NULL, q.published, q.id LIMIT :size
"""
_COUNT_BY_WORDS = "SELECT count(*) FROM quotes_fts WHERE quotes_fts MATCH :match"


@dataclass(frozen=True, slots=True)
class Considered:
    """Another speaker that was thought of: the words printed, what spoke for them, a score from 0 to 1."""

    speaker: str
    cue: str | None
    rule: str
    score: float


@dataclass(frozen=True, slots=True)
class Joint:
    """Somebody who said the quote together with its speaker. `id` is one of `speakers`, once it is known."""

    id: str | None
    name: str
    role: str | None
    as_printed: str


@dataclass(frozen=True, slots=True)
class Nested:
    """A quote within the quote, or the one around it, or one that stands in its place."""

    id: str
    text: str
    kind: str


@dataclass(frozen=True, slots=True)
class ShownQuote:
    """One quote with its evidence, in names.

    `pieces` are the printed words around it, each with its role. `name_here` is what its article calls the
    speaker, `speaker` the name across articles. `reason` says why there is no speaker. `outer` is the quote
    that it stands in, `inner` are the quotes in it. The counts are those of its statement, where it has one.
    `revision` is that of the article as it is now; the quote stood in it from the first to the last of these,
    and still does where there is no last. `altered_to` and `altered_from` are the quotes that the outlet
    altered it to, and from. `removed` says why the article is taken to be removed, where it is.
    """

    id: str
    text: str
    kind: str
    pieces: tuple[Piece, ...]
    speaker_id: str | None
    speaker: str | None
    name_here: str | None
    role: str | None
    as_printed: str | None
    cue: str | None
    rule: str | None
    confidence: float | None
    reason: str | None
    resolution: str | None
    merge_evidence: str | None
    considered: tuple[Considered, ...]
    joint: tuple[Joint, ...]
    outer: Nested | None
    inner: tuple[Nested, ...]
    outlet_id: str
    outlet: str
    published: str | None
    article_id: str
    title: str | None
    url: str | None
    revision: int
    statement_id: str | None
    printing_count: int
    wording_count: int
    outlet_count: int
    first_revision: int = 1
    last_revision: int | None = None
    altered_to: Nested | None = None
    altered_from: Nested | None = None
    removed: str | None = None

    @property
    def edit(self) -> dict[str, Any]:
        """What became of it, as the columns of a row."""
        return {
            "first_revision": self.first_revision,
            "last_revision": self.last_revision,
            "altered_to_id": self.altered_to.id if self.altered_to else None,
            "altered_from_id": self.altered_from.id if self.altered_from else None,
            "revision": self.revision,
            "removed": self.removed,
        }


@dataclass(frozen=True, slots=True)
class Hit:
    """A quote that somebody may mean."""

    id: str
    outlet: str
    published: str | None
    text: str


@dataclass(frozen=True, slots=True)
class Hits:
    """The best of the `count` quotes that somebody may mean."""

    count: int
    best: tuple[Hit, ...]


def read_shown(connection: Connection, identifier: str) -> ShownQuote | None:
    """Return the quote with an id, with all its evidence; None where there is none."""
    with reading(connection):
        return assemble(
            {name: connection.execute(sql, {"id": identifier}).fetchall() for name, sql in QUERIES.items()}
        )


def assemble(rows: Mapping[str, Sequence[Row]]) -> ShownQuote | None:
    """Return the quote that the answers to QUERIES, by their names, tell of; None where they tell of none."""
    if not rows["quote"]:
        return None
    row = rows["quote"][0]
    return ShownQuote(
        id=row["id"],
        text=row["text"],
        kind=row["kind"],
        pieces=read_pieces(row),
        speaker_id=row["speaker_id"],
        speaker=row["speaker"] or row["name_here"],
        name_here=row["name_here"],
        role=row["role_here"] or row["speaker_role"],
        as_printed=row["speaker_as_printed"],
        cue=row["cue"],
        rule=row["attribution_rule"],
        confidence=row["confidence"],
        reason=row["no_speaker_reason"],
        resolution=row["resolution"],
        merge_evidence=row["merge_evidence"],
        considered=tuple(
            Considered(one["speaker_as_printed"], one["cue"], one["attribution_rule"], one["score"])
            for one in rows["considered"]
        ),
        joint=tuple(
            Joint(one["speaker_id"], one["name"], one["role"], one["speaker_as_printed"])
            for one in rows["joint"]
        ),
        outer=next((_nested(one) for one in rows["outer"]), None),
        inner=tuple(_nested(one) for one in rows["inner"]),
        outlet_id=row["outlet_id"],
        outlet=row["outlet"],
        published=row["published"],
        article_id=row["article_id"],
        title=row["title"],
        url=row["url"],
        revision=row["revision"],
        statement_id=row["statement_id"],
        printing_count=row["quote_count"] or 1,
        wording_count=row["wording_count"] or 1,
        outlet_count=row["outlet_count"] or 1,
        first_revision=row["first_revision"],
        last_revision=row["last_revision"],
        altered_to=next((_nested(one) for one in rows["altered_to"]), None),
        altered_from=next((_nested(one) for one in rows["altered_from"]), None),
        removed=row["removed"],
    )


def read_pieces(row: Row) -> tuple[Piece, ...]:
    """Return the pieces in a quote's `evidence`, or else the quote between its contexts."""
    try:
        pieces = tuple((words, role) for words, role in json.loads(row["evidence"] or "[]"))
    except (ValueError, TypeError):
        pieces = ()
    if pieces and all(isinstance(words, str) and role in (None, *ROLES) for words, role in pieces):
        return pieces
    plain = ((row["context_before"], None), (row["text"], "quote"), (row["context_after"], None))
    return tuple(piece for piece in plain if piece[0])


def find_hits(connection: Connection, words: str, most: int = 10) -> Hits:
    """Return the quotes that `words` may mean: an id, the beginning of one, or else words of a quote.

    Where no quote has the words in their order, those that have all of them are meant.
    """
    words = words.strip()
    if _ID.fullmatch(words.lower()):
        span = {"first": words.lower(), "last": f"{words.lower()}g"}
        hits = _find(connection, _BY_ID, _COUNT_BY_ID, span, most)
        if hits.count:
            return hits
    plain = [
        word for word in words.replace("\0", " ").replace('"', " ").split() if any(map(str.isalnum, word))
    ]
    if not plain:
        return Hits(0, ())
    plain = plain[:_MOST_WORDS]
    for match in (f'"{" ".join(plain)}"', " ".join(f'"{word}"' for word in plain)):
        hits = _find(connection, _BY_WORDS, _COUNT_BY_WORDS, {"match": match}, most)
        if hits.count:
            return hits
    return hits


def _find(connection: Connection, query: str, counting: str, values: dict[str, str], most: int) -> Hits:
    with reading(connection):
        count = connection.execute(counting, values).fetchone()[0]
        rows = connection.execute(query, {**values, "size": most}).fetchall() if count else []
    return Hits(count, tuple(Hit(row["id"], row["outlet"], row["published"], row["text"]) for row in rows))


def _nested(row: Row) -> Nested:
    return Nested(row["id"], row["text"], row["kind"])
