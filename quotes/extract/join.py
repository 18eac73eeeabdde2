"""Join the parts of one quote that a reporting clause splits: “A,” she said. “B.”"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING

from quotes.languages import has_cue

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quotes.extract.scan import Stretch
    from quotes.languages import Language
    from quotes.records import Paragraph

WORD = re.compile(r"\w+(?:[-'’]\w+)*")
REPORTING_CLAUSE_WORDS = 30
_LONGEST_INTERRUPTION = 400
_NEAR_CUE = 4  # words before a comma, among which a cue leads to the quote
_MARKS = "\"“”'’‘«»`„ \u00a0"
_SENTENCE_END = re.compile(r"(\w*)[.!?…][\"”’')\]]*\s+(?=[^\W\d_])")
_OTHER_CLAUSE = re.compile(r",? and (?:then )?[A-Z]")  # “A,” a voice yells, and Roe says, “B.”
_STARTS_SENTENCE = re.compile(r"(?:^|[.!?…:][\"”’')\]]*\s+|[—–]\s*|^\W*)$")


class Body:
    """The paragraphs of an article's body, found by offset."""

    def __init__(self, paragraphs: Sequence[Paragraph]) -> None:
        self.paragraphs = paragraphs
        self._starts = [paragraph.start for paragraph in paragraphs]

    def at(self, offset: int) -> Paragraph | None:
        """The paragraph at `offset`, None outside the body."""
        index = bisect_right(self._starts, offset) - 1
        return self.paragraphs[index] if index >= 0 and offset <= self.paragraphs[index].end else None


def join_split(
    text: str, body: Body, stretches: Sequence[Stretch], language: Language
) -> list[list[Stretch]]:
    """Group stretches that one reporting clause splits; every other one with a word in it stays by itself."""
    runs: list[list[Stretch]] = []
    for stretch in stretches:
        if not any(WORD.search(text, start, end) for start, end in stretch.pieces):
            continue
        paragraph = body.at(stretch.start)
        beside = runs and paragraph and body.at(runs[-1][-1].end) == paragraph
        if beside and paragraph and _is_split(text, runs[-1], stretch, paragraph, language):
            runs[-1].append(stretch)
        else:
            runs.append([stretch])
    return runs


def _is_split(
    text: str, run: Sequence[Stretch], second: Stretch, paragraph: Paragraph, language: Language
) -> bool:
    """Whether the words between two stretches are one reporting clause that interrupts a single quote."""
    first = run[-1]
    if second.start - first.end > _LONGEST_INTERRUPTION:
        return False
    if len(run) == 1 and not opens_sentence(text, paragraph, first):
        return False
    between = text[first.outer[1] : second.outer[0]].strip(_MARKS)
    words = [word.casefold() for word in WORD.findall(between)]
    if not words or len(words) > REPORTING_CLAUSE_WORDS or _first_sentence(between, language) != between:
        return False
    if not has_cue(words, language) or _names_work(text, between, second, language):
        return False
    if between.endswith(","):
        return _OTHER_CLAUSE.search(between) is None
    resumes = between.endswith((".", "—", "–", "-")) and _leads_on(text, first, language)
    return resumes and not _has_own_clause(text, words[0], second, paragraph, language)


def _names_work(text: str, between: str, second: Stretch, language: Language) -> bool:
    """Whether the second stretch is what a work is called (…, she said of the film, “A B.”)"""
    last = WORD.findall(between.casefold())[-1:]
    words = WORD.findall(text[second.start : second.end])
    return bool(language.work_nouns.intersection(last)) and all(word[0].isupper() for word in words)


def _has_own_clause(
    text: str, speaker: str, stretch: Stretch, paragraph: Paragraph, language: Language
) -> bool:
    """Whether a reporting clause of its own follows `stretch` (…. “B,” said the other one).

    `speaker` begins the clause before it: “A,” she said. “B,” she added is one speaker going on.
    """
    if not _leads_on(text, stretch, language):
        return False
    after = _first_sentence(text[stretch.outer[1] : min(paragraph.end, stretch.outer[1] + 200)], language)
    words = [word.casefold() for word in WORD.findall(after)[:12]]
    goes_on = words[:1] == [speaker] and language.pronouns.get(speaker) in {"male", "female"}
    return not goes_on and has_cue(words, language)


def _leads_on(text: str, stretch: Stretch, language: Language) -> bool:
    """Whether a reporting clause may follow: a comma leads to it, in some languages after the mark."""
    after = text[stretch.end : stretch.end + 4].lstrip(_MARKS) if language.marks.comma_outside else ""
    return text[stretch.end - 1] in ",?!—–-…" or after.startswith(",")


def _first_sentence(words: str, language: Language) -> str:
    """The words up to the first full stop that is no abbreviation's (“Dr. Roe”, “J. Roe”)."""
    for stop in _SENTENCE_END.finditer(words):
        last = stop.group(1)
        if len(last) > 1 and f"{last.casefold()}." not in language.titles:
            return words[: stop.end(1) + 1]
    return words


def opens_sentence(text: str, paragraph: Paragraph, stretch: Stretch) -> bool:
    """Whether `stretch` begins a sentence of its paragraph."""
    before = text[max(paragraph.start, stretch.outer[0] - 60) : stretch.outer[0]]
    return _STARTS_SENTENCE.search(before) is not None


def follows_clause(text: str, paragraph: Paragraph, stretch: Stretch, language: Language) -> bool:
    """Whether a reporting clause and its comma stand before `stretch` (He said, “No.”)."""
    before = text[max(paragraph.start, stretch.outer[0] - 60) : stretch.outer[0]].rstrip()
    words = [word.casefold() for word in WORD.findall(before)[-_NEAR_CUE:]]
    return before.endswith(",") and has_cue(words, language)


def join_parts(text: str, run: Sequence[Stretch]) -> str:
    """Return the words of all parts with single spaces.

    A comma that only led to “she said.” is the full stop it stands for, and so is one after the mark.
    """
    joined = ""
    for stretch in run:
        words = " ".join(" ".join(text[start:end].split()) for start, end in stretch.pieces)
        before = text[max(0, stretch.outer[0] - 8) : stretch.outer[0]].rstrip(_MARKS)
        if before.endswith(".") and joined[-1:].isalnum():
            joined = f"{joined}."
        if joined.endswith(",") and before.endswith("."):
            joined = f"{joined[:-1]}."
        joined = f"{joined} {words}" if joined else words
    return joined
