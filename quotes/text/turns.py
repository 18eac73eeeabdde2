"""Who has the floor in a transcript: turns that begin with a speaker's label, “MS. REED: We have …”."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from quotes.records import Paragraph, Span

_WORD = r"[^\W\d_][\w.'’-]{0,24}"
_LABEL = re.compile(
    r"(?:[\[(]?\d{1,2}:\d\d(?::\d\d)?[\])]? ?(?:[-–—] ?)?)?"
    rf"(?P<name>{_WORD}(?: {_WORD}){{0,5}})(?:,[^():.!?\n]{{1,60}}| ?\([^():\n]{{1,60}}\)){{0,3}}"
    r"(?P<colon>:)(?:\s{1,4}(?=\S)|$)"
)
_QUESTION = re.compile(r"(?P<name>Q)(?P<colon>[.:]?)\s{1,8}(?=\S)")
_ASKS: Final = frozenset(
    ("interviewer", "press", "q", "question", "questioner", "questions", "reporter", "reporters", "the press")
)
_JOINERS: Final = frozenset(("al", "bin", "da", "de", "der", "la", "le", "of", "the", "van", "von"))
_DIRECTION = re.compile(
    r"\s{0,4}[(\[](?:(?:applause|laughter|laughs|cheers|boos|booing|crosstalk|inaudible|indiscernible|pause"
    r"|off[ -]mic|silence)[^()\[\]\n]{0,40}|[A-Z][^()\[\]\n]{1,60}\.)[)\]]",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Turn:
    """What one speaker says until the next one is named.

    `label` are the words that name the speaker, `colon` follows them. Each of `passages` is a paragraph, as
    the stretches between notes such as “(Laughter.)”.
    """

    label: Span
    colon: Span
    passages: tuple[tuple[Span, ...], ...]
    asks: bool = False


def find_turns(text: str, paragraphs: Sequence[Paragraph]) -> tuple[Turn, ...]:
    """Return the turns of a transcript in order, empty where no label stands in it.

    A label in small letters counts where it comes again, whole or as the end of a longer one: a sentence may
    begin like a label, but not twice. A turn that `asks` is a question from somebody without a name.

    >>> from quotes.records import Paragraph
    >>> text = "MS. REED: Good morning. (Laughter.) Sit down."
    >>> (turn,) = find_turns(text, [Paragraph(0, len(text))])
    >>> [text[slice(*span)] for span in (turn.label, *turn.passages[0])]
    ['MS. REED', 'Good morning.', 'Sit down.']
    """
    found = [(paragraph, _match_label(text, paragraph)) for paragraph in paragraphs]
    names = Counter(label["name"].casefold() for _, label in found if label)
    times = names + Counter(end for name in names for end in _list_ends(name))
    turns: list[tuple[re.Match[str], list[tuple[Span, ...]]]] = []
    for paragraph, label in found:
        start = paragraph.start
        if label and _is_sure(label["name"], times):
            turns.append((label, []))
            start = label.end()
        elif paragraph.role != "body" or _is_heading(text, paragraph):
            continue
        if turns and (stretches := tuple(split_directions(text, start, paragraph.end))):
            turns[-1][1].append(stretches)
    return tuple(
        Turn(label.span("name"), label.span("colon"), tuple(passages), label["name"].casefold() in _ASKS)
        for label, passages in turns
    )


def split_directions(text: str, start: int, end: int) -> Iterator[Span]:
    """Yield the stretches of ``text[start:end]`` between notes such as “(Applause.)”, with words in them."""
    at = start
    for note in _DIRECTION.finditer(text, start, end):
        yield from _trim(text, at, note.start())
        at = note.end()
    yield from _trim(text, at, end)


def _trim(text: str, start: int, end: int) -> Iterator[Span]:
    words = text[start:end]
    if any(sign.isalnum() for sign in words):
        start += len(words) - len(words.lstrip())
        yield start, start + len(words.strip())


def _match_label(text: str, paragraph: Paragraph) -> re.Match[str] | None:
    label = _LABEL.match(text, paragraph.start, paragraph.end)
    if label and all(word[0].isupper() or word in _JOINERS for word in label["name"].split()):
        return label
    return _QUESTION.match(text, paragraph.start, paragraph.end)


def _is_sure(name: str, times: Counter[str]) -> bool:
    folded = name.casefold()
    return name.isupper() or any(times[one] > 1 for one in (folded, *_list_ends(folded)))


def _list_ends(name: str) -> Iterator[str]:
    words = name.split()
    return (" ".join(words[at:]) for at in range(1, len(words)))


def _is_heading(text: str, paragraph: Paragraph) -> bool:
    """Whether a line is in capitals only, as a heading of the record is (“END 2:40 P.M.”)."""
    return text[paragraph.start : paragraph.end].isupper() and not text.isupper()
