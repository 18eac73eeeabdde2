"""Cut a paragraph of English into sentences of syntactic words, without a neural network."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quotes.annotate.boundaries import CLOSING, STOPS, STRAIGHT, Gap, ends_sentence
from quotes.annotate.words import Word, find_words

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

__all__ = ["Word", "cut_sentences", "split_sentences"]

_PAIRED = frozenset('“”"([)]') | {"''", "’’"}
_NO_END = frozenset(",:;—–―-\"“‘'’”([{)]/&$#%") | {"''", "’’", "``", "--", "'s", "’s"}
_NO_START = frozenset(",;:.!?)]}”%/&'-–—―") | {"...", "--"}


def split_sentences(text: str) -> list[list[Word]]:
    """Return the sentences of `text`, a paragraph, in order, each as its syntactic words (at least one).

    Words do not overlap, and what is no space lies in exactly one of them. A closing mark or bracket stays
    with the sentence that it closes, and so does a reporting clause after it.
    """
    return cut_sentences(text, find_words(text), ends_sentence)


def cut_sentences(text: str, words: list[Word], is_end: Callable[[Gap], bool]) -> list[list[Word]]:
    """Return `words` cut at every gap of which `is_end` says that a sentence ends there."""
    sentences: list[list[Word]] = []
    first, index, final = 0, 0, len(words) - 1
    quoted, bracket = False, -1
    while index < final:
        word = words[index].text
        if word in _PAIRED:
            quoted, bracket = _open_after(word, index, quoted, bracket)
        stop = index if word[-1] in STOPS else None
        if stop is not None:
            index = _skip_closing(text, words, index, quoted)
            if index > stop:
                quoted, bracket = False, -1
                stop = index if words[index].text in STOPS else stop
        elif not _may_end(words, index):
            index += 1
            continue
        if index < final and is_end(Gap(words, first, stop, index, bracket >= first)):
            sentences.append(words[first : index + 1])
            first = index + 1
        index += 1
    if words:
        sentences.append(words[first:])
    return sentences


def _open_after(word: str, index: int, quoted: bool, bracket: int) -> tuple[bool, int]:
    """Return whether a quotation mark is open after `word`, and where a bracket is."""
    if word in "([":
        return quoted, index
    if word in ")]":
        return quoted, -1
    return word == "“" or (word in STRAIGHT and not quoted), bracket


def _skip_closing(text: str, words: Sequence[Word], index: int, quoted: bool) -> int:
    """Return the last of the stops, closing marks and notes ([3]) that follow the stop at `index`."""
    dotted = words[index].text == "."
    while index + 1 < len(words):
        near, mark = words[index + 1].start == words[index].end, words[index + 1].text
        if mark == "[" and _is_note(words, index + 1):
            index += 2
        elif mark[-1] in STOPS and not mark[0].isalnum():
            if not near and not (dotted and mark == "."):
                break
        elif not _closes(text, words, index + 1, near, quoted):
            break
        index += 1
    return index


def _closes(text: str, words: Sequence[Word], index: int, near: bool, quoted: bool) -> bool:
    """Return whether the mark at `index`, after a stop that may be `near`, closes something.

    A mark that points the wrong way does before a space, and so does any that is the last word.
    """
    _, end, mark = words[index]
    spaced = text[end : end + 1] in {"", " "}
    if mark in STRAIGHT:
        return near or (spaced and quoted) or end == len(text)
    if mark in {"“", "’"}:
        return (near and (spaced or mark == "’")) or end == len(text)
    return mark in CLOSING


def _is_note(words: Sequence[Word], index: int) -> bool:
    return index + 2 < len(words) and words[index + 1].text.isdigit() and words[index + 2].text == "]"


def _may_end(words: Sequence[Word], index: int) -> bool:
    """Return whether a sentence may end at the word at `index` without a stop: no small letter follows."""
    following = words[index + 1]
    if following.text[0].islower() or following.text in _NO_START:
        return False
    return words[index].text not in _NO_END and words[index].end < following.start
