"""Captions of recordings (.vtt, .srt) as a transcript: a label before the words of each speaker.

Labels are printed in capitals, for these are labels for certain. Who speaks after a change that names nobody
is SPEAKER where others are named, so that no words become those of the one before.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from html import unescape
from typing import TYPE_CHECKING, Final

from quotes.errors import SourceError
from quotes.sources.details import add_address, make_article
from quotes.text.decode import decode

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from quotes.records import Article
    from quotes.sources.place import Place, Warn

_CLOCK = r"(?:\d{1,4}:)?\d{1,2}:\d\d[.,]\d{1,3}"
_TIMES = re.compile(rf"\s{{0,8}}{_CLOCK}\s{{0,8}}-->\s{{0,8}}{_CLOCK}")
_VOICE = re.compile(r"<v(?:\.[^\s<>]{1,100})?\s{1,4}([^<>]{1,100})>")
_TAG = re.compile(r"</?[a-zA-Z0-9][^<>]{0,200}>|\{\\[^{}]{1,100}\}")
_CHANGE = re.compile(r"\s{0,4}(?:(?P<sure>>>+)\s{0,4}|[-–—]\s{1,4}(?=\S))")
_MUSIC = re.compile(r"[♪♫][^♪♫]{0,400}[♪♫]?")
_WORD = re.compile(r"[^\W\d_][\w.'’-]{0,24}")
_LABEL = re.compile(rf"(?P<name>{_WORD.pattern}(?: [\w.'’-]{{1,25}}){{0,5}}):(?:\s{{1,4}}|$)")
_SENTENCE_END = re.compile(r"[.!?…][\"'”’)\]]{0,3}$")
_NOBODY: Final = "SPEAKER"
_ROLLED = 10  # lines at most that captions repeat
_LONG, _LONGEST = 500, 1_500  # characters after which a paragraph ends with a sentence, or at once


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of captions: `name` is None where the one before goes on, "" where nobody is named."""

    name: str | None
    words: str


def read_captions(place: Place, _warn: Warn) -> Iterator[Article]:
    """Yield the transcript that the captions of a recording make."""
    cues = list(_split_cues(decode(place.read(), place.source).splitlines()))
    if not cues:
        raise SourceError(f"{place.source}: no captions in it: no line like 00:00:01.000 --> 00:00:04.000")
    lines = [_read_line(line) for line in _merge_rolling(cues)]
    text = "\n\n".join(_join(_name_speakers(lines)))
    if not text:
        raise SourceError(f"{place.source}: captions without words")
    known = add_address(place.details, place.address)
    details = replace(known, kind=known.kind or "transcript")
    yield make_article(text, place.source, details)


def _split_cues(lines: Sequence[str]) -> Iterator[list[str]]:
    """Yield the lines of each cue. Headers, notes and styles have no times and are none."""
    cue: list[str] | None = None
    for line in lines:
        if _TIMES.match(line):
            if cue:
                yield cue[:-1] if cue[-1].strip().isdigit() else cue  # the next one's number
            cue = []
        elif not line.strip():
            if cue:
                yield cue
            cue = None
        elif cue is not None:
            cue.append(line.strip())
    if cue:
        yield cue


def _merge_rolling(cues: Iterable[list[str]]) -> Iterator[str]:
    """Yield the lines without those that a cue repeats from the one before, as captions that roll up do."""
    last: list[str] = []
    for cue in cues:
        bare = [" ".join(_TAG.sub("", line).split()) for line in cue]
        same = next((n for n in range(min(len(last), len(bare), _ROLLED), 0, -1) if last[-n:] == bare[:n]), 0)
        if not same and len(last) == len(bare) == 1 and bare[0].startswith(f"{last[0]} "):
            cue = [bare[0].removeprefix(last[0])]  # a line that grows word by word
        yield from cue[same:]
        last = bare


def _read_line(line: str) -> _Line:
    voice = _VOICE.search(line)
    words = _MUSIC.sub(" ", unescape(_TAG.sub("", line)))
    change = _CHANGE.match(words)
    words = words[change.end() :] if change else words
    label = _LABEL.match(words)
    if voice:
        return _Line(voice[1], words)
    if label and (_is_name(label["name"]) or (change and change["sure"])):
        return _Line(label["name"], words[label.end() :])
    return _Line("" if change else None, words)


def _is_name(label: str) -> bool:
    """Whether words before a colon are a name in capitals, or several words that each begin with one."""
    words = label.split()
    return label.isupper() or (len(words) > 1 and all(word[0].isupper() for word in words))


def _name_speakers(lines: Sequence[_Line]) -> Iterator[_Line]:
    """Yield the lines with the label that is printed: "" where no speaker of these captions has a name."""
    labels = [None if line.name is None else _make_label(line.name) for line in lines]
    named = any(label and label != _NOBODY for label in labels)
    last: str | None = None
    for line, label in zip(lines, labels, strict=True):
        label = label if named or label is None else ""
        goes_on = label == last and label not in ("", _NOBODY)
        yield replace(line, name=None if goes_on else label)
        last = last if label is None else label


def _make_label(name: str) -> str:
    """Return the label of a speaker: a name in capitals; SPEAKER for “Speaker 2” and the like.

    >>> _make_label("Mary Holt (she/her)"), _make_label("Speaker 2")
    ('MARY HOLT', 'SPEAKER')
    """
    words = unescape(name).partition("(")[0].partition("[")[0].split()[:6]
    return " ".join(words).upper() if words and all(map(_WORD.fullmatch, words)) else _NOBODY


def _join(lines: Iterable[_Line]) -> Iterator[str]:
    """Yield the paragraphs: one ends where the speaker changes, and with a sentence where it is long."""
    label, parts, size = "", list[str](), 0
    for line in lines:
        words = " ".join(line.words.split())
        is_full = size > _LONGEST or (size > _LONG and _SENTENCE_END.search(parts[-1]))
        if parts and (line.name is not None or is_full):
            yield label + " ".join(parts)
            label, parts, size = "", [], 0
        if line.name is not None:
            label = f"{line.name}: " if line.name else ""
        if words:
            parts.append(words)
            size += len(words)
    if parts:
        yield label + " ".join(parts)
