"""Writing an article over what is stored of it: what its outlet changed stays, as of a former revision."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from quotes.records import NOT_SPEECH
from quotes.store.connect import read_sql
from quotes.store.successors import Standing, find_altered, find_same

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from quotes.store.connect import Connection
    from quotes.store.rows import Row

_STORED = """
SELECT id, text, kind, inside_quote_id, article_speaker_id, first_revision, last_revision, spans
FROM quotes WHERE article_id = ? ORDER BY json_extract(spans, '$[0][0]'), id
"""
_FORMER_SPEAKERS = "SELECT id, name, kind FROM article_speakers WHERE article_id = ?"
_CHILDREN = ("article_speakers", "quotes", "revisions")


@dataclass(frozen=True, slots=True)
class Fate:
    """What becomes of what is stored of an article when it is written again.

    `revision` is the number of the revision that goes, None where no alteration is claimed. `first` is the
    first revision of each quote that comes. `heirs` leads from quotes that go without a trace to those in
    their place, `altered` from those that the outlet altered to the same; `left_out` are the other quotes of
    the revision that goes. `speakers` leads from its speakers to the same persons as the new text names them.
    """

    revision: int | None
    first: Mapping[str, int]
    heirs: Mapping[str, str]
    altered: Mapping[str, str]
    left_out: Collection[str]
    deleted: Collection[str]
    speakers: Mapping[str, str]


def rename_article(connection: Connection, old: str, new: str) -> None:
    """Give a stored article and what belongs to it another id; that of its quotes is that of its new ones."""
    connection.execute("UPDATE articles SET id = ? WHERE id = ?", (new, old))
    for table in _CHILDREN:
        connection.execute(f"UPDATE {table} SET article_id = ? WHERE article_id = ?", (new, old))  # noqa: S608


def find_fate(
    connection: Connection,
    article_id: str,
    quotes: Sequence[Row],
    speakers: Sequence[Row],
    revision: int | None,
) -> Fate:
    """Return what becomes of the stored quotes of an article that is written with these `quotes`."""
    stored = connection.execute(_STORED, (article_id,)).fetchall()
    named = connection.execute(_FORMER_SPEAKERS, (article_id,)).fetchall()
    same_speakers = _match_speakers(named, speakers)
    kinds = {row["id"]: row["kind"] for row in (*named, *speakers)}
    before = [row for row in stored if row["last_revision"] is None]
    kept = {row["id"] for row in before} & {row["id"] for row in quotes}
    gone, new = _place(before, kept, same_speakers, kinds), _place(quotes, kept, {}, kinds)
    first = {row["id"]: row["first_revision"] for row in stored}
    same = find_same(gone, new)
    came = {*same.values()}
    altered = find_altered([g for g in gone if g.id not in same], [n for n in new if n.id not in came])
    rest = {one.id for one in gone} - same.keys() - altered.keys()
    if revision is None:
        heirs = {**same, **altered}
        return Fate(None, _date(quotes, first, heirs, 1), heirs, {}, (), {*heirs, *rest}, same_speakers)
    return Fate(
        revision, _date(quotes, first, same, revision + 1), same, altered, rest, {*same}, same_speakers
    )


def _date(
    quotes: Sequence[Row], first: Mapping[str, int], heirs: Mapping[str, str], since: int
) -> dict[str, int]:
    """Return the first revision of each quote that is written: its own, or that of the one it replaces."""
    inherited = {after: first[before] for before, after in heirs.items()}
    ids = [row["id"] for row in quotes]
    known = {id_: [dates[id_] for dates in (first, inherited) if id_ in dates] for id_ in ids}
    return {id_: min(dates, default=since) for id_, dates in known.items()}


def retire(connection: Connection, fate: Fate) -> None:
    """Say of the quotes that the outlet altered or left out which revision was the last to print them."""
    successors: dict[str, str | None] = {**dict.fromkeys(fate.left_out), **fate.altered}
    connection.executemany(
        "UPDATE quotes SET last_revision = ?, altered_to_id = ? WHERE id = ?",
        [(fate.revision, after, before) for before, after in successors.items()],
    )


def bequeath(connection: Connection, article: Row, fate: Fate) -> None:
    """Let quotes that go without a trace leave their place to their heirs, and tell the others what is new.

    A former quote was printed by the outlet of its article, and no later than the article says of itself.
    """
    for before, after in fate.heirs.items():
        ids = {"before": before, "after": after}
        connection.execute(read_sql("inherit"), ids)
        connection.execute(
            "UPDATE quotes SET altered_to_id = :after WHERE altered_to_id = :before AND id <> :after", ids
        )
    connection.executemany("DELETE FROM quotes WHERE id = ?", [(one,) for one in fate.deleted])
    connection.execute(
        "UPDATE quotes SET altered_to_id = NULL"
        " WHERE article_id = :id AND altered_to_id NOT IN (SELECT id FROM quotes)",
        article,
    )
    connection.execute(read_sql("follow_article"), article)


def keep_speakers(connection: Connection, article_id: str, speakers: Iterable[Row], fate: Fate) -> list[Row]:
    """Return the rows of an article's speakers, with those whom only its former quotes name.

    Who is the same person as one whom the new text names is that one, by these words too.
    """
    printed: dict[str, list[str]] = {}
    for local, alias in connection.execute(read_sql("former_mentions"), (article_id,)).fetchall():
        printed.setdefault(fate.speakers.get(local, local), []).extend([alias] if alias else [])
    for before, after in fate.speakers.items():
        for name in ("pass_on_quotes", "pass_on_joint"):
            connection.execute(read_sql(name), {"before": before, "after": after})
    rows = [_add_aliases(row, printed.pop(row["id"], [])) for row in speakers]
    kept = connection.execute(
        "SELECT id, article_id, name, kind, role, aliases FROM article_speakers"
        " WHERE id IN (SELECT value FROM json_each(?)) ORDER BY id",
        (json.dumps([*printed]),),
    )
    return [*rows, *map(dict, kept)]


def _add_aliases(row: Row, words: Sequence[str]) -> Row:
    aliases = json.loads(row["aliases"])
    more = [one for one in dict.fromkeys(words) if one not in aliases]
    return {**row, "aliases": json.dumps([*aliases, *more], ensure_ascii=False)} if more else row


def _place(
    quotes: Iterable[Row], kept: Collection[str], same: Mapping[str, str], kinds: Mapping[str, str]
) -> list[Standing]:
    """Return the quotes of one text, in order, that the other one does not print."""
    placed, gap = [], 0
    for row in quotes:
        if row["id"] in kept:
            gap += 1
            continue
        local = row["article_speaker_id"]
        speaker = None if kinds.get(local, "anonymous") == "anonymous" else same.get(local, local)
        is_said = row["kind"] not in NOT_SPEECH and row["inside_quote_id"] is None
        placed.append(Standing(row["id"], row["text"], gap, speaker, is_said))
    return placed


def _match_speakers(former: Iterable[Row], speakers: Sequence[Row]) -> dict[str, str]:
    """Return who of the former speakers of an article is one whom its new text names more fully, or less."""
    named = [(row["id"], row["kind"], _split(row["name"])) for row in speakers]
    known = {row["id"] for row in speakers}
    matched = {}
    for row in former:
        words = _split(row["name"])
        found = [
            id_ for id_, kind, other in named if kind == row["kind"] and (words <= other or other <= words)
        ]
        if row["id"] not in known and row["kind"] != "anonymous" and len(found) == 1:
            matched[row["id"]] = found[0]
    return matched


def _split(name: str) -> frozenset[str]:
    return frozenset(name.casefold().split())
