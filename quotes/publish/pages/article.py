"""The article page: what one outlet published, and its quotes in order with the evidence for each speaker."""

from __future__ import annotations

import asyncio
from collections import Counter
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from quotes.languages import LANGUAGES
from quotes.publish.addresses import (
    article_page_address,
    outlet_address,
    quote_address,
    row_address,
    speaker_address,
    statement_address,
    table_address,
    web_address,
)
from quotes.publish.databases import is_allowed
from quotes.publish.pages.answers import answer_one, fetch
from quotes.publish.pages.edits import read_edits
from quotes.publish.pages.listed import read_outlet_names
from quotes.publish.pages.naming import show_sayers
from quotes.publish.pages.printing import describe_evidence
from quotes.publish.phrases import count, describe_date, join_names, name_title, read_list
from quotes.publish.sql import article as sql
from quotes.publish.why import KINDS, ROLES, shorten_pieces
from quotes.records import NOT_SPEECH
from quotes.store.show import read_pieces

if TYPE_CHECKING:
    from collections.abc import Sequence

    from datasette.app import Datasette
    from datasette.utils.asgi import Request, Response

    from quotes.publish.pages.answers import Row
    from quotes.publish.pages.naming import Sayer
    from quotes.store.marked import Piece

# Characters of the article before and after a quote and the words that name its speaker: all of them together
# must not add up to the article.
_CONTEXT = 80
_MOST_CREDITS = 50
_DEEPEST = 10  # levels of quotes within quotes that are climbed
_SPEAKER_KINDS = {"organisation": "organisation", "anonymous": "not named, described only"}


@dataclass(frozen=True, slots=True)
class ArticleQuote:
    """One quote with its evidence and the quotes that stand in it; `sayers` is empty where nobody is named.

    `spread` says who else printed the statement at `statement_address`. `note` says what the quoted words are
    where they make no sentence of speech.
    """

    id: str
    pieces: tuple[Piece, ...]
    sayers: tuple[Sayer, ...]
    evidence: str
    note: str | None
    is_speech: bool
    spread: str
    statement_address: str | None
    why_address: str
    inner: tuple[ArticleQuote, ...] = ()


@dataclass(frozen=True, slots=True)
class ArticleSpeaker:
    """A speaker as the article names them. `known_as` is the name across articles where that is another."""

    name: str
    what: str | None
    mentions: str
    quotes: str
    known_as: str | None
    address: str | None


async def show_article(datasette: Datasette, request: Request) -> Response:
    """Answer with the page of one article."""
    read_page = partial(_read_page, request)
    return await answer_one(datasette, request, "article", sql.ARTICLE, read_page)


async def _read_page(request: Request, datasette: Datasette, database: str, article: Row) -> Row:
    values = {"id": article["id"], "size": sql.MOST_ROWS}
    quotes, joint, speakers = await asyncio.gather(
        *(fetch(datasette, database, query, values) for query in (sql.QUOTES, sql.JOINT, sql.SPEAKERS))
    )
    edits = await read_edits(datasette, database, article) if article["revision"] > 1 else []
    credited = await read_outlet_names(datasette, database, read_list(article["credits"])[:_MOST_CREDITS])
    shown = {row["id"]: _show_quote(datasette, database, row, joint) for row in quotes}
    speech = [row for row in quotes if shown[row["id"]].is_speech]
    said = Counter(local for row in [*quotes, *joint] for local in [row["article_speaker_id"]] if local)
    return {
        **_describe(datasette, database, article),
        "credits": [
            {"name": name, "address": outlet_address(datasette, database, identifier)}
            for identifier, name in credited.items()
        ],
        "last_read": await _describe_run(datasette, request, database, article["id"]),
        "edits": edits,
        "quotes": nest(speech, shown),
        "not_speech": [one for one in shown.values() if not one.is_speech],
        "speakers": [
            _show_speaker(datasette, database, row, said[row["id"]])
            for row in sorted(speakers, key=lambda row: -said[row["id"]])
            if said[row["id"]] or not edits  # those whom only a former text names are left out
        ],
        "unshown": max(article["quote_count"] - len(quotes), 0),
        "row": row_address(datasette, database, "articles", article["id"]),
        "table": table_address(datasette, database, "quotes", article_id__exact=article["id"]),
    }


def _describe(datasette: Datasette, database: str, article: Row) -> Row:
    language = LANGUAGES.get(article["language"])
    changes = article["revision"] - 1
    return {
        "database": database,
        "address": article_page_address(datasette, database, article["id"]),
        "title": name_title(article["title"]),
        "outlet": article["outlet"],
        "outlet_address": outlet_address(datasette, database, article["outlet_id"]),
        "web_address": web_address(article["url"]),
        "date": describe_date(article["published"]) if article["published"] else None,
        "byline": article["byline"],
        "is_transcript": article["kind"] == "transcript",
        "language": language.name if language else article["language"],
        "words": count(article["word_count"], "word"),
        "size": count(article["quote_count"], "quote"),
        "revised": f"{count(changes, 'time')} since it was first read" if changes > 0 else None,
        "removed": article["removed"],
    }


async def _describe_run(datasette: Datasette, request: Request, database: str, article: str) -> str | None:
    """Return when a job last wrote the article; None in a publication and for who may not read of jobs."""
    if not await datasette.get_database(database).table_exists("runs"):
        return None
    if not await is_allowed(datasette, request.actor, "view-table", database, "runs"):
        return None
    rows = await fetch(datasette, database, sql.RUN, {"id": article})
    return f"{describe_date(rows[0]['day'])} (job {rows[0]['id']})" if rows else None


def nest(rows: Sequence[Row], shown: dict[str, ArticleQuote]) -> list[ArticleQuote]:
    """Return the quotes of `rows` in order, each with those that stand in it, however deep, beneath it."""
    outer = {row["id"]: row["inside_quote_id"] for row in rows}
    inner: dict[str, list[ArticleQuote]] = {}
    for row in rows:
        inner.setdefault(_find_outermost(row["id"], outer), []).append(shown[row["id"]])
    return [
        replace(shown[top], inner=tuple(one for one in held if one.id != top)) for top, held in inner.items()
    ]


def _find_outermost(quote: str, outer: dict[str, str | None]) -> str:
    """Return the quote on this page that a quote stands in, with nothing around it; else the quote itself."""
    found = quote
    for _ in range(_DEEPEST):
        above = outer.get(found)
        if above is None or above not in outer:
            return found
        found = above
    return quote  # each stands in another, in a circle


def _show_quote(datasette: Datasette, database: str, row: Row, joint: Sequence[Row]) -> ArticleQuote:
    statement = row["statement_id"]
    return ArticleQuote(
        id=row["id"],
        pieces=narrow(shorten_pieces(read_pieces(row))),
        sayers=_list_sayers(datasette, database, row, joint),
        evidence=describe_evidence(row),
        note=KINDS.get(row["kind"]),
        is_speech=row["kind"] not in NOT_SPEECH,
        spread=_describe_spread(row),
        statement_address=statement_address(datasette, database, statement, f"quote-{row['id']}")
        if statement
        else None,
        why_address=quote_address(datasette, database, row["id"]),
    )


def narrow(pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    """Return `pieces` with little of what stands before the first and after the last that has a role.

    >>> narrow([("First line.\\nSo she said: “", None), ("We stay", "quote"), ("”\\nLast line.", None)])
    (('So she said: “', None), ('We stay', 'quote'), ('”', None))
    """
    marked = [place for place, (_, role) in enumerate(pieces) if role in ROLES]
    if not marked:
        return tuple(pieces)
    first, last = marked[0], marked[-1] + 1
    before = "".join(words for words, _ in pieces[:first]).rpartition("\n")[2]
    after = "".join(words for words, _ in pieces[last:]).partition("\n")[0]
    if len(before) > _CONTEXT:
        before = f"… {before[-_CONTEXT:].partition(' ')[2]}"
    if len(after) > _CONTEXT:
        after = f"{after[:_CONTEXT].rpartition(' ')[0]} …"
    return tuple(piece for piece in ((before, None), *pieces[first:last], (after, None)) if piece[0])


def _list_sayers(datasette: Datasette, database: str, row: Row, joint: Sequence[Row]) -> tuple[Sayer, ...]:
    if not row["article_speaker_id"]:
        return ()
    others = [(one["name"], one["role"], one["speaker_id"]) for one in joint if one["quote_id"] == row["id"]]
    first = (row["speaker"] or row["name_here"], row["role"], row["speaker_id"])
    return show_sayers(datasette, database, [first, *others])


def _describe_spread(row: Row) -> str:
    """Return how many other outlets printed the statement of a quote, and in how many wordings."""
    if row["statement_id"] is None:
        return "Not grouped with any other quote"
    others = row["outlet_count"] - 1
    if row["quote_count"] == 1:
        return "Its statement: printed only here"
    if others < 1:
        return f"Printed {count(row['quote_count'], 'time')}, by this outlet only"
    wordings = row["wording_count"]
    words = "all in the same words" if wordings == 1 else f"{count(wordings, 'wording')} in all"
    return f"Printed by {count(others, 'other outlet')} too, {words}"


def _show_speaker(datasette: Datasette, database: str, row: Row, quotes: int) -> ArticleSpeaker:
    mentions = [mention for mention in read_list(row["aliases"]) if mention != row["name_here"]]
    speaker = row["speaker_id"]
    what = [part for part in (row["role"], _SPEAKER_KINDS.get(row["kind"])) if part]
    return ArticleSpeaker(
        name=row["name_here"],
        what=", ".join(what) or None,
        mentions=join_names([f"“{mention}”" for mention in mentions]),
        quotes=count(quotes, "quote"),
        known_as=row["name"] if row["name"] and row["name"] != row["name_here"] else None,
        address=speaker_address(datasette, database, speaker) if speaker else None,
    )
