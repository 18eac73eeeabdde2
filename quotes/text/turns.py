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
_QUESTION = re.compile(r"(?P<name>Q|A(?=[.:]))(?P<colon>[.:]?)\s{1,8}(?=\S)")
_ASKS: Final = frozenset(
    ("interviewer", "press", "q", "question", "questioner", "questions", "reporter", "reporters", "the press")
)
# What the head of a record says of the occasion, in lines like those of speakers.
_HEADS: Final = frozenset(
    ("attendees", "date", "event", "location", "note", "participants", "place", "present", "source",
     "speakers", "subject", "time", "title", "topic", "transcript", "venue")
)  # fmt: skip
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

    A label in small letters counts where it comes again, whole or as the end of a longer one, and is not a
    single word that is the only one to do so: a speech may have “Look: …” twice. A turn that `asks` is a
    question from somebody without a name.

    >>> from quotes.records import Paragraph
    >>> text = "MS. REED: Good morning. (Laughter.) Sit down."
    >>> (turn,) = find_turns(text, [Paragraph(0, len(text))])
    >>> [text[slice(*span)] for span in (turn.label, *turn.passages[0])]
    ['MS. REED', 'Good morning.', 'Sit down.']
    """
    found = [(paragraph, _match_label(text, paragraph)) for paragraph in paragraphs]
    sure = _choose_names(Counter(label["name"] for _, label in found if label))
    turns: list[tuple[re.Match[str], list[tuple[Span, ...]]]] = []
    for paragraph, label in found:
        start = paragraph.start
        if label and label["name"] in sure:
            turns.append((label, []))
            start = label.end()
        elif paragraph.role != "body" or _is_heading(text, paragraph, label):
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


def _choose_names(names: Counter[str]) -> set[str]:
    """Return those of the `names` before a colon that are speakers."""
    folded = Counter(name.casefold() for name in names.elements())
    times = folded + Counter(end for name in folded for end in _list_ends(name))
    sure = {name for name in names if name.isupper() or _comes_again(name.casefold(), times)}
    sure -= {name for name in sure if name.casefold() in _HEADS or (name == "A" and not folded["q"])}
    is_phrase = len(sure) == 1 and not any(name.isupper() or " " in name for name in sure)
    return set() if is_phrase else sure


def _comes_again(name: str, times: Counter[str]) -> bool:
    return any(times[one] > 1 for one in (name, *_list_ends(name)))


def _list_ends(name: str) -> Iterator[str]:
    words = name.split()
    return (" ".join(words[at:]) for at in range(1, len(words)))


def _is_heading(text: str, paragraph: Paragraph, label: re.Match[str] | None) -> bool:
    """Whether a line is of the record and not speech: in capitals only (“END 2:40 P.M.”), or “DATE: …”."""
    if label and label["name"].isupper() and label["name"].casefold() in _HEADS:
        return True
    return text[paragraph.start : paragraph.end].isupper() and not text.isupper()
