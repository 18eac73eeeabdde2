"""An article as the rules read it: one run of words with their governors, and what stands inside quotes."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from functools import wraps
from itertools import accumulate, compress
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from quotes.attribute.rules import Earlier
    from quotes.languages import Language
    from quotes.records import Annotated, Article, Name, Paragraph, Quote, Span

    Answer = TypeVar("Answer")

_FINAL = frozenset(".!?…")


class Word(NamedTuple):
    """A token with its `number` in the whole article; `head` is that of its governor, -1 at a root.

    `form` is its text in lower case.
    """

    number: int
    start: int
    end: int
    text: str
    lemma: str
    upos: str
    xpos: str
    deprel: str
    head: int
    sentence: int
    form: str


def once_a_word(function: Callable[[Reading, int], Answer]) -> Callable[[Reading, int], Answer]:
    """Return `function`, which is asked about a word of a reading, so that it answers just once for each."""

    @wraps(function)
    def recall(reading: Reading, index: int) -> Answer:
        known: dict[int, Answer] = reading.answers[function]
        try:
            return known[index]
        except KeyError:
            return known.setdefault(index, function(reading, index))

    return recall


class Reading:
    """Words, names, quotes and paragraphs of one article, looked up by index or by offset.

    `quoted` says of each word whether it stands inside a quote; `answers` are those of `once_a_word`.
    """

    def __init__(
        self,
        article: Article,
        paragraphs: Sequence[Paragraph],
        quotes: Sequence[Quote],
        annotated: Annotated,
        language: Language,
    ) -> None:
        self.text = article.text
        self.language = language
        self.answers: dict[Callable[..., Any], dict[int, Any]] = defaultdict(dict)
        self.words = _number(annotated)
        self._starts = [word.start for word in self.words]
        self._children: dict[int, list[int]] = {}
        for index, word in enumerate(self.words):
            if word.head >= 0:
                self._children.setdefault(word.head, []).append(index)
        self._paragraphs = [paragraph for paragraph in paragraphs if paragraph.role == "body"]
        self._paragraph_starts = [paragraph.start for paragraph in self._paragraphs]
        self.spans = sorted(span for quote in quotes for span in quote.spans)
        self._span_starts = [start for start, _ in self.spans]
        self.quoted = self._find_quoted()
        outside = [not quoted for quoted in self.quoted]
        self._outside = list(compress(range(len(outside)), outside))
        self._outside_before = list(accumulate(outside, initial=0))
        self._spoken: set[str] = set()
        self._told = 0
        self._name_of = {
            index: name for name in annotated.names for index in self.between(name.start, name.end)
        }

    def _find_quoted(self) -> list[bool]:
        quoted = [False] * len(self.words)
        following = [*self._span_starts[1:], len(self.text)]
        for (start, end), until in zip(self.spans, following, strict=False):
            inside = self.between(start, min(end, until))
            quoted[inside.start : inside.stop] = [True] * len(inside)
        return quoted

    def spoken(self, earlier: Sequence[Earlier]) -> set[str]:
        """The last words of the mentions of those who spoke in `earlier`, which only grows."""
        for one in earlier[self._told :]:
            if one.found:
                self._spoken.update(self.text[slice(*one.found.speaker)].casefold().split()[-1:])
        self._told = len(earlier)
        return self._spoken

    def between(self, start: int, end: int) -> range:
        """The indexes of the words that begin in ``[start, end)``."""
        first = bisect_left(self._starts, start)
        return range(first, bisect_left(self._starts, end, first) if end > start else first)

    def outside(self, words: range) -> list[int]:
        """Those of the indexes `words` that stand outside quotes, in order."""
        before = self._outside_before
        return self._outside[before[words.start] : before[max(words.start, words.stop)]]

    def count_outside(self, words: range) -> int:
        """How many of `words` stand outside quotes."""
        before = self._outside_before
        return before[max(words.start, words.stop)] - before[words.start]

    def inside_quote(self, offset: int) -> bool:
        return self.span_at(offset) is not None

    def children(self, index: int, *relations: str) -> list[int]:
        """The words governed by word `index`, all or only those with one of `relations`, in order."""
        below = self._children.get(index, [])
        return [child for child in below if self.words[child].deprel in relations] if relations else below

    def ancestors(self, index: int) -> Iterator[int]:
        """Word `index`, its governor, and so on to the root of its sentence."""
        seen: set[int] = set()
        while index >= 0 and index not in seen:
            seen.add(index)
            yield index
            index = self.words[index].head

    def subtree(self, index: int) -> list[int]:
        """Word `index` and all words below it, in order."""
        found, waiting = {index}, [index]
        while waiting:
            for child in self._children.get(waiting.pop(), ()):
                if child not in found:
                    found.add(child)
                    waiting.append(child)
        return sorted(found)

    def name_at(self, index: int) -> Name | None:
        return self._name_of.get(index)

    def paragraph_at(self, offset: int) -> int:
        """The number of the body paragraph at `offset`, -1 outside the body."""
        number = bisect_right(self._paragraph_starts, offset) - 1
        return number if number >= 0 and offset <= self._paragraphs[number].end else -1

    def paragraph(self, number: int) -> Paragraph | None:
        return self._paragraphs[number] if 0 <= number < len(self._paragraphs) else None

    def span_at(self, offset: int) -> Span | None:
        """The quoted span around `offset`."""
        index = bisect_right(self._span_starts, offset) - 1
        return self.spans[index] if index >= 0 and offset < self.spans[index][1] else None

    def spans_near(self, start: int, end: int) -> list[Span]:
        """The quoted spans that begin in ``[start, end)``."""
        return self.spans[bisect_left(self._span_starts, start) : bisect_left(self._span_starts, end)]

    def count_quotes(self, start: int, end: int) -> int:
        """How many quoted spans begin after `start` and before `end`."""
        return max(0, bisect_left(self._span_starts, end) - bisect_right(self._span_starts, start))

    def ends_sentence(self, index: int) -> bool:
        """Whether word `index`, outside quotes, is the last of its sentence."""
        word = self.words[index]
        if word.text[-1:] in _FINAL and word.upos == "PUNCT":
            return True
        following = index + 1
        return (
            following < len(self.words)
            and self.words[following].sentence != word.sentence
            and word.text[-1:] in _FINAL
        )

    def quote_ends_sentence(self, span: Span) -> bool:
        """Whether a quote closes with a full stop, or with ! or ? before a new sentence."""
        last = self.text[span[1] - 1]
        after = self.text[span[1] : span[1] + 12].lstrip("\"”’'»“ \u00a0")
        if last in ".…" or after[:1] == ".":
            return not after[:1].islower() and after[:1] not in ",—–"
        word = after.split(" ")[0]
        begins = word.istitle() and word != "I"
        return begins and word.casefold() in self.language.determiners | self.language.pronouns.keys()


def _number(annotated: Annotated) -> list[Word]:
    words: list[Word] = []
    for number, sentence in enumerate(annotated.sentences):
        base = len(words)
        for index, (start, end, text, lemma, upos, xpos, deprel, head) in enumerate(sentence.tokens, base):
            above = base + head if head >= 0 else -1
            words.append(
                Word(index, start, end, text, lemma, upos, xpos, deprel, above, number, text.casefold())
            )
    return words
