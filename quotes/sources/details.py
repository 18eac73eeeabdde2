"""What is known about an article beside its text: outlet, title, date, address, byline, kind."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from urllib.parse import urlsplit, urlunsplit

from quotes.languages import UNKNOWN, normal_code
from quotes.records import Article
from quotes.sources.addresses import strip_secrets, strip_tracking
from quotes.text.decode import clean
from quotes.text.ids import content_id

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_FIELDS = ("outlet", "title", "published", "url", "byline", "language", "kind")
_KINDS = ("article", "transcript")
_OTHER_NAMES = {"published": "date", "byline": "author"}
_PORTS = {"http": ":80", "https": ":443"}
_LONGEST = 1_000  # characters of one field


@dataclass(frozen=True, slots=True)
class Details:
    """What a manifest, a record or a folder's name says about an article."""

    outlet: str
    title: str | None = None
    published: str | None = None
    url: str | None = None
    byline: str | None = None
    language: str | None = None
    kind: str | None = None


def add_details(
    known: Details, record: Mapping[str, object], where: str, warn: Callable[[str], None]
) -> Details:
    """Return `known` with what `record` says put over it, without dates, addresses and kinds that are none.

    `date` stands for `published`, `author` for `byline`. `warn` is told what was left out, `where` first.
    """
    given_as = {name: _find_field(record, name) for name in _FIELDS}
    fields = {name: one_line(value) for name, value in given_as.items()}
    if odd := [name for name, value in given_as.items() if fields[name] is None and not _is_blank(value)]:
        warn(f"{where}: {', '.join(odd)} not used, neither text nor a number")
    for name, normal, form in _NORMAL_FORMS:
        given = fields[name]
        fields[name] = normal(given) if given else None
        if given and not fields[name]:
            warn(f"{where}: {name} not used, {given[:100]!r} is not like {form}")
    return replace(known, **{name: text for name, text in fields.items() if text})


def _find_field(record: Mapping[str, object], name: str) -> object:
    value = record.get(name)
    return record.get(_OTHER_NAMES[name]) if _is_blank(value) and name in _OTHER_NAMES else value


def _is_blank(value: object) -> bool:
    return value is None or value == [] or (isinstance(value, str) and one_line(value) is None)


def add_address(known: Details, address: str | None) -> Details:
    """Return `known` with the address that a text was fetched from, where it has none."""
    return known if known.url or not address else replace(known, url=normal_address(address))


def make_article(text: str, source: str, details: Details) -> Article:
    """Return the article. Its id is that of its address, and without one that of its outlet and its words.

    Its address is kept without a person's keys and passwords: it is shown to others.
    """
    digest = hashlib.sha256(text.encode("utf-8")).hexdigest()
    identity = (_identify(details.url),) if details.url else (details.outlet, digest)
    return Article(
        id=content_id("article", *identity),
        outlet=details.outlet,
        text=text,
        source=source,
        title=details.title,
        url=details.url and strip_secrets(details.url),
        byline=details.byline,
        published=details.published,
        language="" if details.language in (None, UNKNOWN) else details.language,
        kind=details.kind or _KINDS[0],
    )


def move_article(article: Article, address: str) -> Article:
    """Return an article as that of another address."""
    return replace(article, id=content_id("article", _identify(address)), url=strip_secrets(address))


def _identify(address: str) -> str:
    """Return what stands for a page: a site that turned to https has the pages that it had."""
    return address.replace("http://", "https://", 1) if address.startswith("http://") else address


def one_line(value: object) -> str | None:
    """Return a field as one line of text, cut at 1,000 characters; None where there is nothing to show.

    >>> one_line(["Ann Reed", " Tom\\nPike "])
    'Ann Reed, Tom Pike'
    """
    if isinstance(value, list):
        value = ", ".join(filter(None, map(one_line, value[:50])))
    if not isinstance(value, str | int | float) or isinstance(value, bool):
        return None
    return " ".join(clean(str(value)).split())[:_LONGEST] or None


def normal_date(text: str) -> str | None:
    """Return an ISO date or time in one form, so that dates compare as text; None where it is neither.

    A time with a zone becomes UTC, a time at midnight sharp a day. A year or a month alone is None: it cannot
    say which outlet was first.

    >>> normal_date("2026-03-04T09:30:00.5+02:00"), normal_date("2026-03-04 00:00:00"), normal_date("2026-03")
    ('2026-03-04T07:30:00+00:00', '2026-03-04', None)
    """
    try:
        moment = datetime.fromisoformat(text.strip())
        if not (moment.hour or moment.minute or moment.second):
            return moment.date().isoformat()
        if moment.tzinfo is not None:
            moment = moment.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return moment.isoformat(timespec="seconds")


def normal_address(url: str) -> str | None:
    """Return a web address without its fragment and what tracks its readers, or None where it is not one.

    A name and password before its host are left out: who wrote them may have meant to look like another host.
    So is the port that everybody takes.

    >>> normal_address("HTTPS://Desk.Example:443/A")
    'https://desk.example/A'
    >>> normal_address("https://desk.example/a?id=1&utm_source=x#top"), normal_address("javascript:alert(1)")
    ('https://desk.example/a?id=1', None)
    """
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not parts.hostname or clean(url).split() != [url]:
        return None
    host = parts.netloc.rpartition("@")[2].lower()
    host = host.removesuffix(_PORTS[parts.scheme])
    return urlunsplit(parts._replace(netloc=host, query=strip_tracking(parts.query), fragment=""))


def normal_language(code: str) -> str | None:
    """Return the language of a code, without its country or script, or None where it is not a code.

    >>> normal_language("pt-BR"), normal_language("ENG_us"), normal_language("Portuguese")
    ('pt', 'en', None)
    """
    found = re.fullmatch(r"([a-z]{2,3})(?:[-_][a-z0-9]{1,8}){0,5}", code.strip().lower())
    return normal_code(found[1]) if found else None


def normal_kind(kind: str) -> str | None:
    """Return the kind of an article, or None where there is no such kind.

    >>> normal_kind("Transcript"), normal_kind("speech")
    ('transcript', None)
    """
    word = kind.strip().lower()
    return word if word in _KINDS else None


_NORMAL_FORMS = (
    ("published", normal_date, "2026-03-04 or 2026-03-04T09:30+00:00"),
    ("url", normal_address, "https://desk.example/story"),
    ("language", normal_language, "en or pt-BR"),
    ("kind", normal_kind, " or ".join(_KINDS)),
)
