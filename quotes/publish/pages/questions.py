"""The canned queries as questions to ask: all of them, or those that a page leads on to."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from quotes.publish.databases import list_queries

if TYPE_CHECKING:
    from collections.abc import Mapping

    from datasette.app import Datasette
    from datasette.utils.asgi import Request

    Asked = Mapping[str, Mapping[str, str]]


async def list_questions(
    datasette: Datasette, request: Request, database: str, asked: Asked | None = None
) -> list[dict[str, str]]:
    """Return title and address of each canned query that the metadata brings and the visitor may use.

    `asked` has the values of the queries that are wanted, by name, and gives their order.
    """
    titles = dict(await list_queries(datasette, database, request.actor, asked))
    names = titles if asked is None else [name for name in asked if name in titles]
    return [
        {"title": titles[name], "address": _lead_to(datasette, database, name, (asked or {}).get(name))}
        for name in names
    ]


def ask_of_statement(identifier: str) -> Asked:
    """Return the questions about the statement that holds `identifier`, which may be a quote's."""
    return {name: {"id": identifier} for name in ("every-printing", "word-by-word", "where-from")}


def ask_of_quote(identifier: str, statement: str | None, reason: str | None) -> Asked:
    """Return the questions about a quote, and about others that have no speaker for the same `reason`."""
    missing = {"no-speaker": {"reason": reason}} if reason else {}
    return {**(ask_of_statement(identifier) if statement else {}), **missing}


def ask_of_speaker(identifier: str) -> Asked:
    """Return the questions about a speaker."""
    names = ("by-speaker", "who-alters-a-speaker", "said-again", "names-of-a-speaker")
    return {name: {"speaker": identifier} for name in names}


def ask_of_outlet(identifier: str) -> Asked:
    """Return the questions about an outlet."""
    names = (
        "what-an-outlet-changed",
        "first-with",
        "only-one-outlet",
        "one-outlet-two-wordings",
        "credited-wordings",
        "who-follows-whom",
        "altered-quotes",
        "removed-articles",
    )
    return {name: {"outlet": identifier} for name in names}


def _lead_to(datasette: Datasette, database: str, name: str, values: Mapping[str, str] | None) -> str:
    return str(datasette.urls.query(database, name)) + (f"?{urlencode(values)}" if values else "")
