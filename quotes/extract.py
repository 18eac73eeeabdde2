"""Find direct quotes on the text alone, in one pass over its paragraphs, before any model runs.

Only outermost quotes are returned; a mark of another family inside one belongs to it. A paragraph that opens
a mark and never closes it hands the open quote to the next body paragraph if that one opens with a mark too
(each paragraph of a long quote opens one, only the last closes); otherwise the quote ends with its paragraph,
so that one odd mark costs at most its own paragraph.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from quotes.languages import LANGUAGES, Language
from quotes.records import Article, Paragraph, Quote, Span
from quotes.text.ids import content_id
from quotes.text.marks import (
    MARK,
    Mark,
    clean_single_marks,
    find_marks,
    is_reversed,
    side_of,
    uses_single_marks,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

VERSION = "1"
BODY_ROLES = frozenset({"body"})
REPORTING_CLAUSE_WORDS = 30
DEEPEST_NESTING = 4
_LONGEST_INTERRUPTION = 400
_WORD = re.compile(r"\w+(?:[-'’]\w+)*")
_SENTENCE_END = re.compile(r"(\w*)[.!?…][\"”’')\]]*\s+(?=[^\W\d_])")
_ENDS_SENTENCE = re.compile(r"[.!?…][\"”’')\]]*\s*$")
_STARTS_SENTENCE = re.compile(r"(?:^|[.!?…:][\"”’')\]]*\s+|[—–]\s*|^\W*)$")


@dataclass(frozen=True, slots=True)
class Stretch:
    """One run of quoted text inside a pair of marks; several `pieces` where it runs over paragraphs."""

    pieces: tuple[Span, ...]

    @property
    def start(self) -> int:
        return self.pieces[0][0]

    @property
    def end(self) -> int:
        return self.pieces[-1][1]


@dataclass(frozen=True, slots=True)
class _Open:
    """A quote still open: finished `pieces`, where the current piece starts, the depth of nested marks."""

    pieces: tuple[Span, ...]
    start: int
    family: str
    depth: int = 0


def find_quotes(article: Article, paragraphs: tuple[Paragraph, ...]) -> tuple[Quote, ...]:
    """Return the quotes of `article` in order of their first span; furniture paragraphs give none.

    Parts of one quote that a reporting clause splits (“A,” she said. “B.”) come back as one quote with
    several spans.
    """
    language = LANGUAGES.get(article.language) or LANGUAGES["en"]
    body = [paragraph for paragraph in paragraphs if paragraph.role in BODY_ROLES]
    quotes: list[Quote] = []
    seen: Counter[str] = Counter()
    for run in join_split(article.text, body, find_stretches(article.text, body), language):
        text = _join_parts(article.text, run)
        seen[text] += 1
        quote_id = content_id("quote", article.id, text, str(seen[text]))
        spans = tuple((stretch.start, stretch.end) for stretch in run)
        quotes.append(Quote(quote_id, article.id, spans, text, _kind(article.text, body, run[0], text)))
    return tuple(quotes)


def find_stretches(text: str, body: Iterable[Paragraph]) -> list[Stretch]:
    """Return every outermost run of quoted text in the paragraphs of `body`, in order."""
    body = list(body)
    single, reversed_guillemets = uses_single_marks(text), is_reversed(text)
    found: list[Stretch] = []
    carried: _Open | None = None
    for index, paragraph in enumerate(body):
        marks = _quoting_marks(text, paragraph, single)
        if carried and marks and marks[0].start == paragraph.start:
            carried = _Open(carried.pieces, marks[0].end, carried.family)
            marks = marks[1:]
        stretches, still_open = _scan(text, marks, carried, reversed_guillemets)
        found.extend(stretches)
        carried = None
        if still_open:
            piece = _trim(text, still_open.start, paragraph.end)
            if index + 1 < len(body) and _opens(
                text, body[index + 1], still_open.family, reversed_guillemets
            ):
                carried = _Open((*still_open.pieces, piece), 0, still_open.family)
            else:
                found.append(Stretch((*still_open.pieces, piece)))
    return [stretch for stretch in (_tidy(text, stretch) for stretch in found) if stretch.pieces]


def _quoting_marks(text: str, paragraph: Paragraph, single: bool) -> list[Mark]:
    marks = list(find_marks(text, paragraph.start, paragraph.end))
    if single:
        return marks
    clean = clean_single_marks(text, paragraph.start, paragraph.end)
    return [mark for mark in marks if mark.family != "single" or mark.start in clean]


def _scan(
    text: str, marks: list[Mark], current: _Open | None, reversed_guillemets: bool
) -> tuple[list[Stretch], _Open | None]:
    """Walk the marks of one paragraph; return the quotes that end in it and the one still open at its end."""
    done: list[Stretch] = []
    for index, mark in enumerate(marks):
        if current and mark.family != current.family:
            continue
        side = side_of(mark, text, current is not None, reversed_guillemets)
        if side == "open" and current is None:
            current = _Open((), mark.end, mark.family)
        elif side == "open" and current is not None:
            later = (m for m in marks[index + 1 : index + 2 + DEEPEST_NESTING] if m.family == mark.family)
            coming = [side_of(m, text, True, reversed_guillemets) for m in later]
            if coming[: current.depth + 2] == ["close"] * (current.depth + 2):
                current = _Open(current.pieces, current.start, current.family, current.depth + 1)
            elif coming[:1] == ["close"] and _ENDS_SENTENCE.search(
                text, max(current.start, mark.start - 8), mark.start
            ):
                done.append(Stretch((*current.pieces, _trim(text, current.start, mark.start))))
                current = _Open((), mark.end, mark.family)
        elif side == "close" and current is not None:
            if current.depth:
                current = _Open(current.pieces, current.start, current.family, current.depth - 1)
            else:
                done.append(Stretch((*current.pieces, _trim(text, current.start, mark.start))))
                current = None
    return done, current


def _opens(text: str, paragraph: Paragraph, family: str, reversed_guillemets: bool) -> bool:
    first = next(find_marks(text, paragraph.start, min(paragraph.end, paragraph.start + 4)), None)
    return (
        first is not None
        and first.start == paragraph.start
        and first.family == family
        and side_of(first, text, False, reversed_guillemets) == "open"
    )


def _trim(text: str, start: int, end: int) -> Span:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _tidy(text: str, stretch: Stretch) -> Stretch:
    """Drop empty pieces, and the inner pair where a pair of marks was set twice by mistake."""
    pieces = [(a, b) for a, b in stretch.pieces if b > a]
    if len(pieces) == 1:
        (start, end), inner = pieces[0], [m.start() for m in MARK.finditer(text, *pieces[0])]
        if len(inner) == 2 and inner == [start, end - 1]:
            pieces = [(start + 1, end - 1)]
    return Stretch(tuple(pieces))


def join_split(
    text: str, body: Iterable[Paragraph], stretches: list[Stretch], language: Language
) -> list[tuple[Stretch, ...]]:
    """Group stretches that one reporting clause splits; every other stretch stays by itself."""
    stretches = [stretch for stretch in stretches if any(_WORD.search(text, a, b) for a, b in stretch.pieces)]
    paragraph_of = _paragraph_finder(body)
    runs: list[tuple[Stretch, ...]] = []
    for stretch in stretches:
        if runs and paragraph_of(runs[-1][-1].end) == paragraph_of(stretch.start):
            paragraph = paragraph_of(stretch.start)
            if _is_split(text, runs[-1], stretch, paragraph, language):
                runs[-1] = (*runs[-1], stretch)
                continue
        runs.append((stretch,))
    return runs


def _is_split(
    text: str, run: tuple[Stretch, ...], second: Stretch, paragraph: Paragraph | None, language: Language
) -> bool:
    """Whether the words between two stretches are one reporting clause that interrupts a single quote."""
    first = run[-1]
    if paragraph is None or second.start - first.end > _LONGEST_INTERRUPTION:
        return False
    if len(run) == 1 and not _opens_sentence(text, paragraph, first):
        return False
    between = text[first.end + 1 : second.start - 1].strip("\"“”'’‘«»`„ ")
    words = [word.casefold() for word in _WORD.findall(between)]
    if not words or len(words) > REPORTING_CLAUSE_WORDS or _first_sentence(between, language) != between:
        return False
    if not any(word in language.cue_forms for word in words):
        return False
    if between.endswith(","):
        return True
    resumes = between.endswith((".", "—", "–", "-")) and text[first.end - 1] in ",?!—–-…"
    return resumes and not _has_own_clause(text, second, paragraph, language)


def _has_own_clause(text: str, stretch: Stretch, paragraph: Paragraph, language: Language) -> bool:
    """Whether a reporting clause of its own follows `stretch` (…. “B,” said the other one)."""
    if text[stretch.end - 1] not in ",?!—–-…":
        return False
    after = _first_sentence(text[stretch.end + 1 : min(paragraph.end, stretch.end + 200)], language)
    return any(word.casefold() in language.cue_forms for word in _WORD.findall(after)[:12])


def _first_sentence(words: str, language: Language) -> str:
    """The words up to the first full stop that is no abbreviation's (“Dr. Roe”, “J. Roe”)."""
    for stop in _SENTENCE_END.finditer(words):
        last = stop.group(1)
        if len(last) > 1 and f"{last.casefold()}." not in language.titles:
            return words[: stop.end(1) + 1]
    return words


def _opens_sentence(text: str, paragraph: Paragraph, stretch: Stretch) -> bool:
    before = text[max(paragraph.start, stretch.start - 60) : stretch.start - 1].rstrip("'`")
    return _STARTS_SENTENCE.search(before) is not None


def _kind(text: str, body: list[Paragraph], stretch: Stretch, words: str) -> str:
    """A quote is a fragment where it is built into the reporter's own sentence."""
    first_letter = next((c for c in words if c.isalpha()), "")
    if first_letter.islower() or (len(_WORD.findall(words)) < 3 and words[-1] not in ".!?…"):
        return "fragment"
    paragraph = _paragraph_finder(body)(stretch.start)
    if len(_WORD.findall(words)) < 4 and paragraph and not _opens_sentence(text, paragraph, stretch):
        return "fragment"
    return "sentence"


def _paragraph_finder(body: Iterable[Paragraph]):  # type: ignore[no-untyped-def]
    from bisect import bisect_right

    paragraphs = list(body)
    starts = [paragraph.start for paragraph in paragraphs]

    def find(offset: int) -> Paragraph | None:
        index = bisect_right(starts, offset) - 1
        return paragraphs[index] if index >= 0 and offset <= paragraphs[index].end else None

    return find


def _join_parts(text: str, run: tuple[Stretch, ...]) -> str:
    """The words of all parts. A comma that only led to “she said.” is the full stop it stands for."""
    joined = ""
    for stretch in run:
        words = " ".join(_clean(text[a:b]) for a, b in stretch.pieces)
        if joined.endswith(",") and text[max(0, stretch.start - 8) : stretch.start].rstrip(
            "\"“”'’‘«»`„ \u00a0"
        ).endswith("."):
            joined = f"{joined[:-1]}."
        joined = f"{joined} {words}" if joined else words
    return joined


def _clean(words: str) -> str:
    return " ".join(words.split())
