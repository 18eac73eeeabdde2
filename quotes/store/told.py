"""What describing statements needs: their quotes, who said them, and who those are."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any

from quotes.records import Printed, Speaker
from quotes.store.connect import read_sql
from quotes.text.outlets import match_outlets
from quotes.text.printing import read_days

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from quotes.store.connect import Connection

_SPEAKERS = "SELECT id, name, kind, role FROM speakers WHERE id IN (SELECT value FROM json_each(?))"


@dataclass(frozen=True, slots=True)
class Told:
    """The quotes of some statements, by statement, each in order of printing.

    `joint_of` leads from a quote's id to those who said it together with its speaker; `speakers` from an id
    to the speaker, without aliases. `today` is the day of the latest job, where that is told: what is dated
    later was misdated.
    """

    quotes: Mapping[str, list[Printed]]
    joint_of: Mapping[str, tuple[str, ...]]
    speakers: Mapping[str, Speaker]
    today: date | None


def read_told(connection: Connection, statements: Collection[str]) -> Told:
    """Return the quotes that are grouped into the statements; one without quotes is missing."""
    outlets = [row[0] for row in connection.execute("SELECT id FROM outlets")]

    @cache
    def find_credits(credits_: str, credited: str | None) -> tuple[str, ...]:
        names = [*json.loads(credits_), *([credited] if credited else [])]
        return tuple(match_outlets(names, outlets)) if names else ()

    quotes: dict[str, list[Printed]] = {}
    for row in connection.execute(read_sql("told"), (json.dumps(list(statements)),)):
        quotes.setdefault(row["statement_id"], []).append(_read_quote(row, find_credits))
    ids = [quote.id for listed in quotes.values() for quote in listed]
    joint_of: dict[str, tuple[str, ...]] = {}
    for quote, speaker in connection.execute(read_sql("joint"), (json.dumps(ids),)):
        joint_of[quote] = (*joint_of.get(quote, ()), speaker)
    named = {quote.speaker for listed in quotes.values() for quote in listed if quote.speaker}
    named |= {speaker for joint in joint_of.values() for speaker in joint}
    speakers = {
        row["id"]: Speaker(row["id"], row["name"], row["kind"], row["role"], (), ())
        for row in connection.execute(_SPEAKERS, (json.dumps(sorted(named)),))
    }
    return Told(quotes, joint_of, speakers, _read_today(connection))


def _read_today(connection: Connection) -> date | None:
    """Return the day on which the latest job began."""
    latest = connection.execute("SELECT max(started_at) FROM runs").fetchone()[0]
    days = read_days(latest)
    return date.fromordinal(days[0]) if days else None


def _read_quote(
    row: Mapping[str, Any], find_credits: Callable[[str, str | None], tuple[str, ...]]
) -> Printed:
    return Printed(
        row["id"],
        row["text"],
        row["outlet_id"],
        row["published"],
        row["speaker_id"],
        row["article_id"],
        row["kind"] == "transcript",
        find_credits(row["credits"], row["credited"]),
        row["first_revision"],
        row["altered_to_id"],
    )
