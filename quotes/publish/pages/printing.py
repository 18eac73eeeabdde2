"""One printing of a statement as shown: where, in which words and context, and whom the article names."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from quotes.publish.addresses import quote_address, row_address, web_address
from quotes.publish.phrases import describe_date, read_list
from quotes.publish.why import name_rule

if TYPE_CHECKING:
    from datasette.app import Datasette

    from quotes.publish.pages.answers import Row

_OPENING = "“\"«„‘'‹`"
_CLOSING = "”\"»“’'›´"


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of the quote inside its marks, and what the article says after it."""

    text: str
    after: str


@dataclass(frozen=True, slots=True)
class Printing:
    """One quote as one article prints it. `evidence` says how its speaker was found, or why none was."""

    id: str
    outlet: str
    outlet_address: str
    date: str
    title: str
    article_address: str
    on_the_web: bool
    revised: bool
    before: str
    parts: tuple[Part, ...]
    speaker_as_printed: str | None
    speaker: str | None
    speaker_address: str | None
    evidence: str
    quote_address: str
    why_address: str


def show_printing(datasette: Datasette, database: str, row: Row) -> Printing:
    """Return a row of the query PRINTINGS as shown."""
    web = web_address(row["url"])
    speaker = row["speaker_id"]
    return Printing(
        id=row["id"],
        outlet=row["outlet"],
        outlet_address=row_address(datasette, database, "outlets", row["outlet_id"]),
        date=describe_date(row["published"]),
        title=row["title"] or "Article without a title",
        article_address=web or row_address(datasette, database, "articles", row["article_id"]),
        on_the_web=web is not None,
        revised=row["revision"] > 1,
        before=open_mark(row["context_before"]),
        parts=divide(row),
        speaker_as_printed=row["speaker_as_printed"],
        speaker=row["speaker"],
        speaker_address=row_address(datasette, database, "speakers", speaker) if speaker else None,
        evidence=_describe_evidence(row),
        quote_address=row_address(datasette, database, "quotes", row["id"]),
        why_address=quote_address(datasette, database, row["id"]),
    )


def _describe_evidence(row: Row) -> str:
    if row["speaker_as_printed"] is None:
        return f"No speaker: {row['no_speaker_reason']}"
    found = [f"not named: {row['no_speaker_reason']}"] if row["no_speaker_reason"] else []
    found += [
        f"found by the rule “{name_rule(row['attribution_rule'])}”"
        if row["attribution_rule"]
        else "rule not recorded"
    ]
    if row["cue"]:
        found.append(f"cue “{row['cue']}”")
    if row["confidence"] is not None:
        found.append(f"confidence {row['confidence']:.2f} of 1")
    return ", ".join(found)


def divide(row: Row) -> tuple[Part, ...]:
    """Return the quote in the parts it was printed in, with the words between them and after the last."""
    texts = split_text(row["text"], row["spans"])
    between = read_list(row["context_between"])
    after = row["context_after"]
    if len(texts) != len(between) + 1:
        texts, between = [row["text"]], []
    return tuple(
        Part(text, rest) for text, rest in zip(texts, [*map(_join, between), close_mark(after)], strict=True)
    )


def split_text(text: str, spans: str) -> list[str]:
    """Return `text`, which joins its parts with single spaces, in parts of the lengths that `spans` give.

    All of it is one part where the lengths do not fit.

    >>> split_text("We go. At dawn.", "[[10, 16], [30, 38]]")
    ['We go.', 'At dawn.']
    """
    try:
        sizes = [end - start for start, end in json.loads(spans)]
    except (ValueError, TypeError):
        return [text]
    if not sizes or min(sizes) < 1 or sum(sizes) + len(sizes) - 1 != len(text):
        return [text]
    parts, position = [], 0
    for size in sizes:
        parts.append(text[position : position + size])
        position += size + 1
    return parts


def open_mark(before: str) -> str:
    """Return the context before a quote, ending in an opening mark."""
    return before if before.rstrip()[-1:] in tuple(_OPENING) else f"{before.rstrip()} “".lstrip()


def close_mark(after: str) -> str:
    """Return the context after a quote, beginning with a closing mark."""
    return after if after.lstrip()[:1] in tuple(_CLOSING) else f"” {after.lstrip()}".rstrip()


def _join(between: str) -> str:
    """Return the words between two parts with marks around them; between paragraphs one opening mark."""
    if not any(map(str.isalnum, between)):
        return f" {between.strip()}" if between.strip() in ("", *_OPENING) else between
    return close_mark(open_mark(between))
