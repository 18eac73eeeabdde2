"""What became of a quote, and of its article, after its outlet published it, in plain English."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

# Of a row of quotes and their articles: what `say_edit` reads.
EDIT_COLUMNS = """q.first_revision, q.last_revision, q.altered_to_id, a.revision, a.removed, (
       SELECT f.id FROM quotes AS f WHERE f.altered_to_id = q.id ORDER BY f.last_revision DESC LIMIT 1
       ) AS altered_from_id"""


def say_edit(row: Mapping[str, Any]) -> str | None:
    """Return whether a quote stands in its article as it was printed first; None where nothing changed.

    Where another quote stood in its place, or stands there now, that is the one to be named next.

    >>> say_edit({"first_revision": 1, "last_revision": 2, "altered_to_id": "b", "revision": 3})
    'until the outlet altered it'
    """
    if row["last_revision"] is not None:
        return f"until the outlet {'altered it' if row['altered_to_id'] else 'left it out'}"
    if row["altered_from_id"]:
        return "since the outlet altered it"
    if row["first_revision"] > 1:
        return "since the outlet added it"
    return "the outlet has changed the article since" if row["revision"] > 1 else None


def find_other(row: Mapping[str, Any]) -> tuple[str, str] | None:
    """Return "to" or "from" with the id of the quote that an outlet altered one to, or from."""
    if row["last_revision"] is not None:
        return ("to", row["altered_to_id"]) if row["altered_to_id"] else None
    return ("from", row["altered_from_id"]) if row["altered_from_id"] else None


def say_removed(reason: str | None) -> str | None:
    """Return that an article is no longer where it was read, and how that is known."""
    return f"no longer where it was read: {reason}" if reason else None
