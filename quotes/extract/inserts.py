"""Reporting clauses that stand inside the marks, as French and Spanish print them.

« Nous partons, a-t-il déclaré, et demain », «Nos vamos —dijo Roe— mañana»: the words between the commas or
the dashes are the reporter's. Only what a cue and its form, or a name after it, tell clearly is cut out.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from quotes.extract.scan import Stretch
from quotes.languages import bare_form

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from quotes.languages import Language
    from quotes.records import Span

_LONGEST = 140  # characters of one reporting clause
_MOST = 100  # such clauses in one quote: with more of them it is no speech that a reporter splits
_LEAD = re.compile(
    r"(?P<comma>(?:,|(?<=[?!…]))\s{1,4}(?=[^\W\d_]))|(?P<dash>(?<![—–])\s?[—–]\s?(?=[^\W\d_]))"
)
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*\.?")
_CLAUSE_END = re.compile(r"[,;:?!…]|\.(?=\s|$)")
_AGE = re.compile(r"\s\d{1,3} ([^\W\d_]{1,10})[,.]?")
_DASH_END = re.compile(r"\s?[—–][.,;:]?")


def cut_inserts(text: str, run: Sequence[Stretch], language: Language) -> list[Stretch]:
    """Return the stretches of one quote without the reporting clauses inside them."""
    parts: list[Stretch] = []
    for stretch in run:
        clauses = [span for piece in stretch.pieces for span in find_inserts(text, *piece, language)]
        parts += _cut(text, stretch, clauses) if 0 < len(clauses) <= _MOST else [stretch]
    return parts


def find_inserts(text: str, start: int, end: int, language: Language) -> Iterator[Span]:
    """Yield where reporting clauses stand in the quoted words ``text[start:end]``, with commas or dashes."""
    at = start
    while language.marks.clause_inside and (found := _LEAD.search(text, at, end)):
        at = found.end()
        if found.lastgroup in language.marks.clause_inside:
            stop = _end_of_dash if found.lastgroup == "dash" else _end_of_comma
            close = stop(text, at, min(end, at + _LONGEST), language)
            if close is not None and (close < end or found.start() > start):
                yield found.start(), close
            at = close or at


def _cut(text: str, stretch: Stretch, clauses: Sequence[Span]) -> list[Stretch]:
    parts: list[Span] = []
    for start, end in stretch.pieces:
        inside = [span for span in clauses if start <= span[0] < end]
        edges = [start, *(offset for span in inside for offset in span), end]
        for left, right in zip(edges[::2], edges[1::2], strict=True):
            words = text[left:right]
            if any(char.isalnum() for char in words):
                first = left + len(words) - len(words.lstrip())
                parts.append((first, first + len(words.strip())))
    last = len(parts) - 1
    return [
        Stretch(
            (part,),
            (part[0] if number else stretch.outer[0], part[1] if number < last else stretch.outer[1]),
        )
        for number, part in enumerate(parts)
    ]


def _end_of_dash(text: str, start: int, end: int, language: Language) -> int | None:
    """Return where a clause between dashes ends, or None where it reports no speech."""
    words = _words(text, start, end, language)
    if not words or not (
        _find_verb(words, language) is not None or words[0].casefold() in language.source_prepositions
    ):
        return None
    close = _DASH_END.search(text, start, end)
    if close:
        return close.end()
    line_end = text.find("\n", start, end)
    rest = text[start : line_end if line_end >= 0 else end]
    return start + len(rest.rstrip()) if len(rest) < _LONGEST and ". " not in rest else None


def _end_of_comma(text: str, start: int, end: int, language: Language) -> int | None:
    """Return where a clause between commas ends, or None where it may be the speaker's own words."""
    words = _words(text, start, end, language)
    verb = _find_verb(words, language)
    if verb is None:
        return None
    close = _find_close(text, start, end, language)
    if close is None or text[close : close + 1] in {"?", "!", "…"}:
        return None
    hangs = bare_form(words[0].casefold(), language) != words[0].casefold() and "-" in words[0]
    alone = start + len(words[verb]) == close and verb == 0 and _is_finite(words[verb], language)
    if not (hangs or alone or _opens_subject(words[verb + 1 :], language)):
        return None
    return _skip_apposition(text, close, end, language)


def _words(text: str, start: int, end: int, language: Language) -> list[str]:
    """Return the first words of a clause; only those of titles keep their full stop ("M.")."""
    words = (found.group() for found in islice(_WORD.finditer(text, start, end), 6))
    return [word if word.casefold() in language.titles else word.rstrip(".") for word in words]


def _find_verb(words: Sequence[str], language: Language) -> int | None:
    """Return the place of a clause's reporting verb: its first word, or one soon after an auxiliary."""
    if not words:
        return None
    first = bare_form(words[0].casefold(), language)
    if first in language.auxiliaries:
        later = (place for place in (1, 2) if place < len(words) and _is_cue(words[place], language))
        return next(later, None)
    return 0 if _is_cue(first, language) else None


def _is_cue(word: str, language: Language) -> bool:
    return language.cue_forms.get(bare_form(word.casefold(), language)) in language.strong_cues


def _is_finite(word: str, language: Language) -> bool:
    return bool(language.nonfinite_endings) and not word.casefold().endswith(language.nonfinite_endings)


def _opens_subject(words: Sequence[str], language: Language) -> bool:
    """Whether `words`, days aside, begin with who speaks: a name, or a person's noun after its article."""
    plain = [word for word in words if word.casefold() not in language.time_nouns]
    if not plain:
        return False
    nouns = [bare_form(word.casefold(), language) for word in plain[:2]]
    persons = language.person_nouns | language.titles
    named = plain[0][0].isupper() or plain[0].casefold() in language.titles
    return named or (nouns[0] in language.determiners and nouns[-1] in persons) or nouns[0] in persons


def _find_close(text: str, start: int, end: int, language: Language) -> int | None:
    """Return where the clause ends: at a mark that is no abbreviation's, or with the quoted words."""
    for found in _CLAUSE_END.finditer(text, start, end):
        last = text[start : found.end()].split()[-1].casefold()
        if not (found.group() == "." and (last in language.titles or len(last) == 2)):
            return found.start()
    return end if end - start < _LONGEST else None


def _skip_apposition(text: str, close: int, end: int, language: Language) -> int:
    """Return where the clause is over: after an apposition to its subject (“, a dit Roe, maire ici,”)."""
    after = close + 1 if text[close : close + 1] in {",", ".", ";", ":"} else close
    if text[close : close + 1] != ",":
        return after
    if age := _AGE.match(text, after, end):
        return age.end() if age.group(1).casefold() in language.time_nouns else after
    words = [word.casefold() for word in _words(text, after, end, language)[:3]]
    if words and words[0] in language.determiners:
        words = words[1:]
    again = _find_close(text, after, end, language)
    if words and words[0] in language.person_nouns | language.titles and again is not None:
        return again + 1 if text[again : again + 1] in {",", "."} else again
    return after
