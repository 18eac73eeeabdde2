"""A statement as data: the same object from `--json`, `quotes export` and the address of a statement."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from quotes.publish.telling import is_telling, rank_change

if TYPE_CHECKING:
    from quotes.publish.telling import Told
    from quotes.records import Change
    from quotes.store import ShownStatement


def list_changes(statement: ShownStatement) -> list[Told]:
    """Return the changes of words, each with the outlets that made it, the most telling first."""
    outlets: dict[Change, dict[str, None]] = {}
    for wording in statement.wordings:
        for change in wording.changes:
            if is_telling(change):
                outlets.setdefault(change, {}).update(dict.fromkeys(wording.outlets))
    told = [(change, tuple(names)) for change, names in outlets.items()]
    return sorted(told, key=lambda one: (*rank_change(one[0]), -len(one[1])))


def list_statement(statement: ShownStatement) -> dict[str, Any]:
    """Return a statement for JSON: all that is read of it, and where its page is."""
    changes = [{**asdict(change), "outlets": outlets} for change, outlets in list_changes(statement)]
    shown = {**asdict(statement), "reference": statement.reference, "page": name_page(statement.id)}
    return {**shown, "changes": changes}


def name_page(identifier: str) -> str:
    """Return where `quotes serve` shows a statement."""
    return f"/-/quotes/statement/{identifier}"
