"""Which other outlets and agencies an article says its material comes from, and to which one words were told.

Names are as printed, without “the”. The article's own outlet is no credit. Only set phrases count: a dateline
with an agency, bylines, lines of copyright and of contributions, and beside a quote “told CNN” and the like.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING

from quotes.text.outlets import CREDIT_WORDS, is_agency, list_outlets, outlet_at, outlet_key

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from quotes.records import Article, Paragraph, Quote, Span

VERSION = "1"
_TOP, _BOTTOM = 6, 6  # paragraphs that may hold a dateline, or a foot line
_LONGEST_LINE = 400  # characters of a byline or foot line
_REACH = 160  # characters between a quote and the words that say whom it was told to

_DATELINE = re.compile(
    r"(?:[A-Z][\w.'’/-]{0,20}(?:, | |,)){0,8}(?:\d{1,2},? )?(?:\d{4} )?"
    r"\((?P<name>[A-Z][A-Za-z.&' -]{1,40})\)(?P<dash> ?[-–—]{1,2}(?= ?[A-Z“\"‘']))?"
)
_PICTURE = re.compile(r"(?:graphic|image|photo|photograph|picture|video)s?\b", re.IGNORECASE)
_WIRE = re.compile(r"The-(?P<name>[A-Z]{2,12})-Wire\b")
_CONTRIBUTED = re.compile(
    r"""\bcontributed\ (?:to\ th(?:is|e)\ (?:article|piece|report|story)|reporting)\b|\bcontributed\.?$
    |^contributing:|^source:
    |^(?:additional|further|with)\ (?:reporting|material|information|files)\ (?:by|from)\b
    |\bthis\ (?:article|piece|report|story)\ (?:was\ )?(?:originally|first)\ (?:appeared|published|ran)\b""",
    re.IGNORECASE | re.VERBOSE,
)
_SIGNATURE = re.compile(r"[-–—(]{1,2} ?(?P<name>[A-Z][A-Za-z.& -]{1,40}?)[.)\s]{0,3}")
_BYLINE = re.compile(r"by:? ", re.IGNORECASE)
_MARKED = re.compile(r"[“”\"‘«»„]")
_TOLD = re.compile(
    r"""\b(?:told|tells|telling
    |(?:interview|interviews|conversation)\ (?:with|for|to|on)
    |(?:spoke|speaks|speaking|talked|talking|statement|email|comments|said|says)\ (?:to|with)
    |(?:said|says|speaking|appearing|appeared|appearance)\ on
    |according\ to|(?:quoted|reported|cited|published|obtained)\ (?:by|in))\ """,
    re.VERBOSE,
)
_INTERVIEW = re.compile(r"\bin an? (?=[A-Z][\w ]{1,40} interview\b)")
# Between a comma and such words, they tell of other words or of none: “Reed, who last year told CNN …”.
_APART = re.compile(
    r"\b(?:after|before|declined|never|not|nor|refused|since|that|what|when|where|which|who|whom|whose|without)\b",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"[.!?][”\"’')]{0,2}\s+[A-Z“\"‘]|\n")


def find_credits(article: Article, paragraphs: Sequence[Paragraph]) -> tuple[str, ...]:
    """Return the names of those whose material the whole article says it carries, in order."""
    names = [
        *_read_byline((article.byline or "")[:_LONGEST_LINE]),
        *_read_top(article.text, paragraphs[:_TOP]),
        *_read_foot(article.text, paragraphs[-_BOTTOM:]),
    ]
    return _distinct(article, names)


def find_credited(article: Article, quotes: Sequence[Quote]) -> dict[str, str]:
    """Return for a quote's id the outlet that its sentence says it was told to, where it says just one."""
    outer = [quote for quote in quotes if quote.inside is None]
    starts, ends = (sorted(span[side] for quote in outer for span in quote.spans) for side in (0, 1))
    found = {}
    for quote in outer:
        around = [words for span in quote.spans for words in _words_beside(article.text, span, starts, ends)]
        names = _distinct(article, [name for words in around for name in _read_told(words)])
        if len(names) == 1:
            found[quote.id] = names[0]
    return found


def _distinct(article: Article, names: Sequence[str]) -> tuple[str, ...]:
    """Return each outlet once, under its first name, without the article's own."""
    by_key = {outlet_key(name): name for name in reversed(names)}
    by_key.pop(outlet_key(article.outlet), None)
    return tuple(name for name in dict.fromkeys(names) if name in by_key.values())


def _read_byline(line: str) -> list[str]:
    return [name for name in list_outlets(line) if is_agency(name)]


def _read_top(text: str, paragraphs: Sequence[Paragraph]) -> Iterator[str]:
    for paragraph in paragraphs:
        found = _DATELINE.match(text, paragraph.start, paragraph.end)
        name = outlet_at(found["name"]) if found else None
        if name and found and (found["dash"] or (is_agency(name) and found[0].startswith("("))):
            yield name
        line = text[paragraph.start : min(paragraph.end, paragraph.start + _LONGEST_LINE)]
        if paragraph.role == "byline" or (_BYLINE.match(line) and _is_of_names(line[len("by ") :])):
            yield from _read_byline(line)


def _read_foot(text: str, paragraphs: Sequence[Paragraph]) -> Iterator[str]:
    for paragraph in paragraphs:
        line = text[paragraph.start : min(paragraph.end, paragraph.start + _LONGEST_LINE)]
        if paragraph.role == "caption" or _MARKED.search(line) or _PICTURE.match(line):
            continue
        if wire := _WIRE.match(line):
            yield wire["name"]
        elif _names_contributors(line) or (paragraph.role == "copyright" and "/" not in line):
            yield from list_outlets(line)
        elif (signed := _SIGNATURE.fullmatch(line)) and is_agency(signed["name"]):
            yield signed["name"]


def _names_contributors(line: str) -> bool:
    phrase = _CONTRIBUTED.search(line)
    return bool(phrase) and _is_of_names(_CONTRIBUTED.sub(" ", line))


def _is_of_names(line: str) -> bool:
    """Whether hardly anything but names stands in a line: a sentence about contributors has more words."""
    words = (word.strip(",.;:") for word in line.split())
    return all(not word[:1].islower() or word in CREDIT_WORDS or is_agency(word) for word in words)


def _words_beside(text: str, span: Span, starts: Sequence[int], ends: Sequence[int]) -> Iterator[str]:
    """Yield the words of the reporter's own sentence before and after a stretch in marks."""
    before, after = bisect_right(ends, span[0]), bisect_left(starts, span[1])
    begin = max(span[0] - _REACH, ends[before - 1] if before else 0)
    end = min(span[1] + _REACH, starts[after] if after < len(starts) else len(text))
    last = begin
    for stop in _SENTENCE_END.finditer(text, begin, span[0]):
        last = stop.end() - 1
    yield text[last : span[0]]
    stop_after = _SENTENCE_END.search(text, span[1] - 1, end)
    yield text[span[1] : stop_after.start() if stop_after else end]


def _read_told(words: str) -> Iterator[str]:
    for pattern in (_TOLD, _INTERVIEW):
        for cue in pattern.finditer(words):
            clause = words.rfind(",", 0, cue.start()) + 1
            name = outlet_at(words, cue.end())
            if name and not _APART.search(words, clause, cue.start()):
                yield name
