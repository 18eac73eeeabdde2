"""The frozen records of the web: what is asked of servers, what they answer, and what is remembered of it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Asked:
    """A page, feed or file to be fetched from `address`.

    `etag` and `last_modified` are what the server said with its last answer, where that is known: it may then
    answer that nothing changed.
    """

    address: str
    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of a request.

    `status` is that of the last answer, 0 where there was none. `data` is None where nothing came that could
    be read: unchanged since (304), or `reason` says why, in words for a person. `address` is where the data
    came from, after redirects. `media_type` has no parameters; `charset` is what the server said.
    `may_pass` says of a failure that a later try may succeed (a timeout, 503, too many requests).
    """

    asked: Asked
    status: int
    address: str
    data: bytes | None = None
    media_type: str | None = None
    charset: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    reason: str | None = None
    may_pass: bool = False


@dataclass(frozen=True, slots=True)
class Visit:
    """What is remembered of an address that was asked for, from job to job. Times are ISO 8601, in UTC.

    `article_id` and `input_hash` are those of the article that it gave; None for a list of others, and where
    it gave none, for the `reason`. `failures` counts the answers in a row that failed. `details` is what the
    list said of it, as JSON.
    """

    address: str
    listed_in: str | None
    status: int
    first_seen: str
    checked: str
    etag: str | None = None
    last_modified: str | None = None
    failures: int = 0
    article_id: str | None = None
    input_hash: str | None = None
    reason: str | None = None
    details: str | None = None
