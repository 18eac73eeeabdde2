"""Reading quotes.db: what is known of an article, and everything that grouping and drift need."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from quotes.records import NOT_SPEECH, LocalSpeaker, Printed
from quotes.store.connect import reading
from quotes.store.rows import article_row, hash_text
from quotes.store.write import count_behind

if TYPE_CHECKING:
    from collections.abc import Container, Mapping

    from quotes.records import Article
    from quotes.store.connect import Connection

_NOT_COMPARED = "source"  # a moved file is no change: the source says where an article was read first


@dataclass(frozen=True, slots=True)
class Everything:
    """All local speakers and quotes at one moment. `local_of` leads from a quote's id to its local speaker's.

    `mentions` counts the quotes printed with a local speaker (first) under some words (second). `joint_of`
    leads from a quote's id to the local speakers who said it together with its speaker.
    `apart` are the ids of quotes that belong to no statement: nobody's speech, and quotes within quotes.
    `behind` is the number of changes that the derived tables do not know of.
    """

    speakers: tuple[LocalSpeaker, ...]
    quotes: tuple[Printed, ...]
    local_of: Mapping[str, str]
    mentions: Mapping[tuple[str, str], int]
    apart: frozenset[str]
    behind: int
    joint_of: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


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


def find_replaced(connection: Connection, article: Article, seen: Container[str]) -> str | None:
    """Return the id of the stored article that a new one replaces: same file and words, but not `seen` now.

    That happens where a manifest later names another outlet, or an address.
    """
    rows = connection.execute(
        "SELECT id FROM articles WHERE source = ? AND content_hash = ? ORDER BY id",
        (article.source, hash_text(article.text)),
    )
    return next((row["id"] for row in rows if row["id"] not in seen), None)


def read_everything(connection: Connection) -> Everything:
    """Return what the derived tables derive from; quotes in order of printing, those without a date last."""
    with reading(connection):
        behind = count_behind(connection)
        speakers = tuple(
            map(_local_speaker, connection.execute("SELECT * FROM article_speakers ORDER BY id"))
        )
        rows = connection.execute(
            "SELECT id, text, outlet_id, published, article_id, article_speaker_id, speaker_as_printed,"
            " kind, inside_quote_id"
            " FROM quotes ORDER BY published IS NULL, published, id"
        ).fetchall()
        joint = connection.execute(
            "SELECT quote_id, article_speaker_id, speaker_as_printed FROM joint_speakers"
            " ORDER BY quote_id, article_speaker_id"
        ).fetchall()
    mentions: dict[tuple[str, str], int] = {}
    for row in rows:
        if row["article_speaker_id"]:
            mention = (row["article_speaker_id"], row["speaker_as_printed"])
            mentions[mention] = mentions.get(mention, 0) + 1
    joint_of: dict[str, tuple[str, ...]] = {}
    for row in joint:
        speaker = row["article_speaker_id"]
        joint_of[row["quote_id"]] = (*joint_of.get(row["quote_id"], ()), speaker)
        mention = (speaker, row["speaker_as_printed"])
        mentions[mention] = mentions.get(mention, 0) + 1
    return Everything(
        speakers=speakers,
        quotes=tuple(
            Printed(row["id"], row["text"], row["outlet_id"], row["published"], None, row["article_id"])
            for row in rows
        ),
        local_of={row["id"]: row["article_speaker_id"] for row in rows if row["article_speaker_id"]},
        mentions=mentions,
        apart=frozenset(row["id"] for row in rows if row["kind"] in NOT_SPEECH or row["inside_quote_id"]),
        behind=behind,
        joint_of=joint_of,
    )


def _local_speaker(row: Mapping[str, str]) -> LocalSpeaker:
    aliases = tuple(json.loads(row["aliases"]))
    return LocalSpeaker(row["id"], row["article_id"], row["name"], row["kind"], row["role"], aliases)
