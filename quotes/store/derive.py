"""The derived tables: speakers, statements, wordings, changes and aggregates, replaced in one transaction."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from importlib.resources import files
from typing import TYPE_CHECKING

from quotes.store.connect import immediate
from quotes.store.write import count_behind, replace_rows
from quotes.text.ids import content_id

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from quotes.records import Speaker, Statement, Wording
    from quotes.store.connect import Connection
    from quotes.store.read import Everything
    from quotes.store.rows import Row

_AGGREGATES = {
    "outlet_stats": ("outlet_id",),
    "outlet_pair_stats": ("outlet_id", "other_outlet_id"),
    "daily_counts": ("day",),
    "word_swaps": ("words_before", "words_after"),
}
_LABEL = 200  # characters


@dataclass(frozen=True, slots=True)
class Derived:
    """What was derived from `source`, across articles; `mark` stands for what a person said of speakers."""

    source: Everything
    speakers: tuple[Speaker, ...]
    statements: tuple[Statement, ...]
    mark: int = 0


def replace_derived(connection: Connection, derived: Derived) -> bool:
    """Write the derived tables and return True; write nothing and return False where their source changed."""
    rows = {
        "speakers": _speaker_rows(derived),
        "speaker_aliases": _alias_rows(derived),
        "statements": [_statement_row(statement) for statement in derived.statements],
        "wordings": list(_wording_rows(derived.statements)),
        "changes": list(_change_rows(derived.statements)),
    }
    quotes, local_speakers = _link_quotes(derived), _link_local_speakers(derived)
    with immediate(connection):
        if count_behind(connection) != derived.source.behind:
            return False
        for table, table_rows in rows.items():
            key = ("speaker_id", "alias") if table == "speaker_aliases" else ("id",)
            replace_rows(connection, table, table_rows, key)
        replace_rows(connection, "quotes", quotes)
        replace_rows(connection, "article_speakers", local_speakers)
        connection.execute("DELETE FROM outlets WHERE id NOT IN (SELECT outlet_id FROM articles)")
        for table, own_key in _AGGREGATES.items():
            replace_rows(connection, table, _aggregate(connection, table), own_key)
        connection.execute("PRAGMA user_version = 0")
        connection.execute(f"PRAGMA application_id = {derived.mark}")
    return True


def read_mark(connection: Connection) -> int:
    """Return the mark that the derived tables were written with, from the file's own header; 0 at first."""
    return int(connection.execute("PRAGMA application_id").fetchone()[0])


def _aggregate(connection: Connection, table: str) -> list[Row]:
    query = files("quotes.store").joinpath("sql", f"{table}.sql").read_text(encoding="utf-8")
    return [dict(row) for row in connection.execute(query)]


def _speaker_of_local(derived: Derived) -> dict[str, str]:
    return {local: speaker.id for speaker in derived.speakers for local in speaker.local_ids}


def _speaker_of_quote(derived: Derived) -> dict[str, str | None]:
    speakers, local_of = _speaker_of_local(derived), derived.source.local_of
    return {quote.id: speakers.get(local_of.get(quote.id, "")) for quote in derived.source.quotes}


def _mouths_of_quote(derived: Derived) -> dict[str, set[str]]:
    """The speaker of each quote and those who said it together with that speaker."""
    speakers, source = _speaker_of_local(derived), derived.source
    return {
        quote.id: {
            speakers[local]
            for local in (source.local_of.get(quote.id, ""), *source.joint_of.get(quote.id, ()))
            if local in speakers
        }
        for quote in source.quotes
    }


def _speaker_rows(derived: Derived) -> list[Row]:
    statement_of = {
        quote: statement.id
        for statement in derived.statements
        for wording in statement.wordings
        for quote in wording.quote_ids
    }
    quotes: Counter[str] = Counter()
    statements: dict[str, set[str]] = {}
    outlets: dict[str, set[str | None]] = {}
    mouths = _mouths_of_quote(derived)
    for quote in derived.source.quotes:
        for speaker in mouths[quote.id]:
            quotes[speaker] += 1
            outlets.setdefault(speaker, set()).add(quote.outlet)
            if quote.id in statement_of:
                statements.setdefault(speaker, set()).add(statement_of[quote.id])
    return [
        {
            "id": speaker.id,
            "name": speaker.name,
            "kind": speaker.kind,
            "role": speaker.role,
            "quote_count": quotes[speaker.id],
            "statement_count": len(statements.get(speaker.id, ())),
            "outlet_count": len(outlets.get(speaker.id, ())),
        }
        for speaker in derived.speakers
    ]


def _alias_rows(derived: Derived) -> list[Row]:
    """Return the aliases with the number of quotes printed with each."""
    speaker_of = _speaker_of_local(derived)
    times: Counter[tuple[str | None, str]] = Counter()
    for (local, mention), count in derived.source.mentions.items():
        times[speaker_of.get(local), mention] += count
    return [
        {"speaker_id": speaker.id, "alias": alias, "times": times[speaker.id, alias]}
        for speaker in derived.speakers
        for alias, _ in speaker.aliases
    ]


def _statement_row(statement: Statement) -> Row:
    label = statement.label
    return {
        "id": statement.id,
        "label": label if len(label) <= _LABEL else label[:_LABEL].rpartition(" ")[0] + " …",
        "speaker_id": statement.speaker,
        "first_published": statement.first_published,
        "last_published": statement.last_published,
        "first_outlets": json.dumps(statement.first_outlets, ensure_ascii=False),
        "quote_count": statement.quote_count,
        "wording_count": len(statement.wordings),
        "outlet_count": statement.outlet_count,
        "drift": round(statement.drift, 4),
        "worst_change": statement.worst_change,
        "meaning_flags": ",".join(statement.meaning_flags) or None,
        "disputed_speaker": int(statement.disputed_speaker),
        "reference_basis": statement.reference_basis,
    }


def _wording_rows(statements: Sequence[Statement]) -> Iterator[Row]:
    for statement in statements:
        for wording in statement.wordings:
            yield {
                "id": wording.id,
                "statement_id": statement.id,
                "text": wording.text,
                "is_reference": int(wording.is_reference),
                "parent_wording_id": wording.parent_id,
                "change_kind": wording.change_kind,
                "similarity": round(wording.similarity, 4),
                "quote_count": len(wording.quote_ids),
                "outlet_count": wording.outlet_count,
                "first_published": wording.first_published,
                "parent_basis": wording.parent_basis,
            }


def _change_rows(statements: Sequence[Statement]) -> Iterator[Row]:
    for statement in statements:
        for wording in statement.wordings:
            yield from _changes_of(statement, wording)


def _changes_of(statement: Statement, wording: Wording) -> Iterator[Row]:
    for position, change in enumerate(wording.changes):
        yield {
            "id": content_id("change", wording.id, str(position)),
            "statement_id": statement.id,
            "wording_id": wording.id,
            "position": position,
            "op": change.op,
            "words_before": change.words_before,
            "words_after": change.words_after,
            "kind": change.kind,
            "meaning_flag": change.meaning_flag,
            "flag_words": change.flag_words,
        }


def _link_quotes(derived: Derived) -> list[Row]:
    speaker_of = _speaker_of_quote(derived)
    places = {
        quote: (statement.id, wording.id)
        for statement in derived.statements
        for wording in statement.wordings
        for quote in wording.quote_ids
    }
    rows = []
    for quote in derived.source.quotes:
        statement, wording = places.get(quote.id, (None, None))
        ids = {"id": quote.id, "speaker_id": speaker_of[quote.id]}
        rows.append({**ids, "statement_id": statement, "wording_id": wording})
    return rows


def _link_local_speakers(derived: Derived) -> list[Row]:
    speaker_of = _speaker_of_local(derived)
    evidence = {
        local: why
        for speaker in derived.speakers
        for local, why in zip(speaker.local_ids, speaker.evidence, strict=False)
    }
    return [
        {"id": local.id, "speaker_id": speaker_of.get(local.id), "merge_evidence": evidence.get(local.id)}
        for local in derived.source.speakers
    ]
