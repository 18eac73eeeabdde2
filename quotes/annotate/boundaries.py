"""Whether a sentence ends at a gap between two words: what shows it, and the learned weight of each sign.

The weights are those of a logistic regression; `quotes.training.boundaries` makes their table.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from quotes.annotate.words import BEFORE_NAMES
from quotes.languages import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from quotes.annotate.words import Word

WEIGHTS_FILE: Final = Path(__file__).with_name("boundaries.tsv")
STOPS: Final = frozenset(".!?…")
CLOSING: Final = frozenset("”’)]}»")
OPENING: Final = frozenset("“‘([{«„") | {"``"}
STRAIGHT: Final = frozenset("\"'") | {"''", "’’"}
QUOTES: Final = frozenset("”’»“‘«„") | STRAIGHT | {"``"}

_ENDS = frozenset(".?!;:")
_BRACKETS = frozenset("([{")
_DASHES = frozenset("-–—―") | {"--"}
_PLAIN_SHAPES = frozenset(".,;:-–—()[]$")
_CUE_NEAR, _CUE_WITHIN = 5, 16  # words of a reporting clause up to the verb, without and with an apposition
_SURER = 5  # what must speak for an end without a stop: half a unit of log odds
_ENGLISH = LANGUAGES["en"]
_SAID = frozenset(form for form, lemma in _ENGLISH.cue_forms.items() if lemma in _ENGLISH.strong_cues)


def _listed(words: str) -> frozenset[str]:
    return frozenset(words.split())


_STARTERS = _ENGLISH.common_words | _ENGLISH.determiners | frozenset(_ENGLISH.pronouns)
_STARTERS |= _listed(
    "after again against although among amid around asked between besides despite during earlier either even"
    " every finally first given here however indeed instead last later let like maybe meanwhile moreover"
    " nearly neither never nor once or overall perhaps please several since soon still such though through"
    " thus together today tomorrow under unless unlike until very well where whether while why within without"
    " yes yesterday yet"
)
_HOURS = frozenset({"a.m.", "p.m."})
_ZONES = _listed("et est edt ct cst cdt mt pt pst pdt gmt bst eastern central mountain pacific")
_CRY_WITHIN = 4  # words
_ABBREVIATED = frozenset({"title", "initial", "letters", "short", "hour"})
_BEFORE_NAME = frozenset({"title", "initial", "letters"})


class Gap(NamedTuple):
    """A place in a paragraph where a sentence may end, between two words.

    `first` is the first word of the sentence so far, `last` the last one before the gap and `stop` the full
    stop or question mark that `last` is or closes after (None: there is none), all as positions in `words`.
    """

    words: Sequence[Word]
    first: int
    stop: int | None
    last: int
    in_brackets: bool


def ends_sentence(gap: Gap) -> bool:
    """Return whether a sentence ends at `gap`."""
    if goes_on(gap):
        return False
    weigh = _weights().get
    return sum([weigh(sign, 0) for sign in list_signs(gap)]) > (_SURER if gap.stop is None else 0)


def goes_on(gap: Gap) -> bool:
    """Return whether the sentence must go on: after an abbreviation, or with who said it (”Go!” Roe said)."""
    if gap.stop is None:
        return False
    words, following = gap.words, gap.words[gap.last + 1].text
    if gap.stop == gap.last:
        cried = words[gap.stop].text[-1] in "!?" and _cries_on(words, gap.last)
        return cried or _leads_on(_kind_of(words[gap.stop].text), following)
    small = following[0].islower()
    if small and words[gap.last].text in CLOSING:
        return True
    if all(word.text not in QUOTES for word in words[gap.stop + 1 : gap.last + 1]):
        return False
    asked = words[gap.stop].text[-1] != "."
    return small or (asked and (following in _DASHES or _is_said(words, gap.last)))


def _cries_on(words: Sequence[Word], last: int) -> bool:
    """Return whether a cry is repeated, and a comma shows that the sentence goes on (“Go! Go!,” they …)."""
    nearby = range(last + 1, min(last + 1 + _CRY_WITHIN, len(words) - 1))
    return any(words[at].text[-1] in "!?" and words[at + 1].text == "," for at in nearby)


def _leads_on(kind: str, following: str) -> bool:
    """Return whether an abbreviation leads to `following`: a name, a time zone, a bracket, a small letter."""
    if kind == "hour" and following.casefold() in _ZONES:
        return True
    if kind in _ABBREVIATED and (following[0].islower() or following in _BRACKETS):
        return True
    return kind in _BEFORE_NAME and shape_of(following) in {"Aa", "AA"}


def _is_said(words: Sequence[Word], last: int) -> bool:
    """Return whether a word that reports speech follows, with nothing but its subject before it.

    The subject may have an apposition: “Why?” Jane Roe, the mayor, asked. But not: “Why?” It is so, said Roe.
    """
    apposed = False
    for at in range(last + 1, min(last + 1 + _CUE_WITHIN, len(words) - 1)):
        plain = words[at].text.casefold()
        if plain in QUOTES or plain in _ENDS:
            return False
        apposed = apposed or plain == ","
        if apposed and plain in _SAID:
            following = words[at + 1].text
            return words[at - 1].text == "," and not (
                following[0].isupper() or following in _ENGLISH.determiners
            )
        if (
            not apposed
            and at <= last + _CUE_NEAR
            and plain in (_SAID if at - last != 2 else _ENGLISH.cue_forms)
        ):
            return True
    return False


def list_signs(gap: Gap) -> list[str]:
    """Return the names of what is seen around `gap`; those of single words end with ``=word``."""
    words, at, opened = gap.words, gap.last + 1, "-"
    while at < min(len(words) - 1, gap.last + 4) and (words[at].text in QUOTES or words[at].text in OPENING):
        opened = '"' if words[at].text in QUOTES else "("
        at += 1
    after = shape_of(words[at + 1].text) if at + 1 < len(words) else "."
    length = gap.last - gap.first
    size = length if length < 3 else 3 if length < 6 else 6
    if gap.stop is None:
        return _list_without_stop(gap, words[at].text, after, opened, size)
    return _list_at_stop(gap, gap.stop, words[at], after, size)


def _list_at_stop(gap: Gap, stop: int, next_word: Word, after: str, size: int) -> list[str]:
    words, following = gap.words, next_word.text
    shape = shape_of(following)
    before = words[stop - 1].text if stop > gap.first else "-"
    kind = "…" if words[stop].text == before == "." else _kind_of(words[stop].text)
    near = "near" if words[gap.last].end == next_word.start else "far"
    return [
        kind, f"{kind} {shape}", f"{kind} closed {_closed(gap, stop)} {shape}", f"{near} {shape}",
        f"{shape} {after}", f"{kind} size {size}", f"{kind} {gap.in_brackets}",
        f"{kind} after {shape_of(before)}", f"{kind} next={following.casefold()}",
    ]  # fmt: skip


def _list_without_stop(gap: Gap, following: str, after: str, opened: str, size: int) -> list[str]:
    before, shape = gap.words[gap.last].text, shape_of(following)
    own = shape_of(before)
    earlier = shape_of(gap.words[gap.last - 1].text) if gap.last > gap.first else "-"
    next_word, last_word = following.casefold(), before.casefold()
    return [
        "space", f"space {earlier} {own} {shape}", f"space {own} {shape}", f"space next {shape} {after}",
        f"space size {size}", f"space open {opened} {shape}", f"space next={next_word}",
        f"space last={last_word}", f"space {own} next={next_word}", f"space {shape} last={last_word}",
    ]  # fmt: skip


def shape_of(word: str) -> str:
    """Return what kind of word or mark `word` is, in a letter or a few."""
    first = word[0]
    if first.isalpha():
        plain = word.casefold()
        if plain in _ENGLISH.time_nouns:
            return "T"
        if not first.isupper():
            return "a"
        return "The" if plain in _STARTERS else "A" if len(word) == 1 else "AA" if word.isupper() else "Aa"
    if first.isdigit():
        return "9"
    if word in QUOTES:
        return '"'
    return first if first in _PLAIN_SHAPES else "*"


def _kind_of(stop: str) -> str:
    """Return which stop it is: a mark, or what kind of abbreviation."""
    if stop in STOPS:
        return stop
    if stop[-1] != "." or stop[0] == ".":
        return "…" if stop[-1] in ".…" else stop[-1]
    if stop.casefold() in BEFORE_NAMES:
        return "title"
    if stop.casefold() in _HOURS:
        return "hour"
    return "initial" if len(stop) == 2 else "letters" if "." in stop[:-1] else "short"


def _closed(gap: Gap, stop: int) -> str:
    """Return which marks stand between the stop and the gap."""
    marks = {word.text for word in gap.words[stop + 1 : gap.last + 1]}
    kinds = {'"' if mark in QUOTES else ")" if mark in CLOSING else "." for mark in marks}
    return "".join(sorted(kinds)) or "-"


@cache
def _weights() -> Mapping[str, int]:
    rows = (line.split("\t") for line in WEIGHTS_FILE.read_text(encoding="utf-8").splitlines())
    return {sign: int(weight) for sign, weight in rows}
