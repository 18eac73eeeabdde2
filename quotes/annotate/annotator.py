"""From articles to annotations: paragraphs are cut into sentences of words, and models read these."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from quotes import models
from quotes.annotate.near import find_near
from quotes.annotate.sentences import split_sentences
from quotes.annotate.words import Word
from quotes.errors import ModelError
from quotes.records import Annotated, Name, Sentence, Token
from quotes.text.dateline import skip_dateline

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from quotes.annotate.reader import NameRead, Reader, WordRead
    from quotes.records import Paragraph, Unread

LONGEST_SENTENCE = 150  # words; what is longer is a list or a slip, and is read in parts
_LONGEST_REASON = 200  # characters
_FURNITURE_READ = frozenset({"body", "headline"})


class Annotator:
    """The models called `models_name`, loaded on the first call of `annotate` that needs them.

    They are "embedded" (shipped with the package, no network) or "official" (Stanza's own English package,
    fetched by Stanza's own download). Raises ModelError where they cannot be had.
    """

    def __init__(self, models_name: str = models.EMBEDDED) -> None:
        if models_name not in models.CHOICES:
            raise ModelError(f"no models called {models_name!r}: choose one of {', '.join(models.CHOICES)}")
        self.models_name = models_name
        self.version = models.version(models_name)
        self._reader: Reader | None = None

    def __reduce__(self) -> tuple[type[Annotator], tuple[str]]:
        """Go to another process without the models: they are loaded there."""
        return Annotator, (self.models_name,)

    @property
    def is_loaded(self) -> bool:
        """Whether the models are in memory."""
        return self._reader is not None

    def load(self) -> Callable[[Sequence[Unread]], list[Annotated]]:
        """Return `annotate`, with the models in memory."""
        self._reader = self._reader or _load(self.models_name)
        return self.annotate

    def annotate(self, unread: Sequence[Unread]) -> list[Annotated]:
        """Return the annotations of each of `unread`, with offsets into its text."""
        works = [_Work(one) for one in unread]
        if any(work.sentences for work in works):
            self.load()
            assert self._reader is not None
            _find_names(works, self._reader)
            _parse(works, self._reader)
        return [work.finish() for work in works]


class _Work:
    """One article while the models read it."""

    def __init__(self, article: Unread) -> None:
        self.article = article
        self.sentences: list[list[Word]] = []
        self.paragraphs: list[int] = []
        for number, sentence in cut_sentences(article.text, article.paragraphs):
            self.sentences.append(sentence)
            self.paragraphs.append(number)
        self.names: list[Name] = []
        self.parsed: dict[int, list[WordRead]] = {}

    def list_near(self) -> Iterable[int]:
        """Return the numbers of the sentences that are to be parsed."""
        if self.article.quoted is None:
            return range(len(self.sentences))
        return sorted(find_near(self.sentences, self.paragraphs, self.article.quoted, self.names))

    def take_names(self, found: Iterable[Sequence[NameRead]]) -> None:
        """Take in the names of all sentences."""
        text = self.article.text
        names = [
            Name(words[one.first].start, words[one.after - 1].end, "", one.kind)
            for words, read in zip(self.sentences, found, strict=True)
            for one in read
        ]
        self.names = [*_join_names(text, [one._replace(text=text[one.start : one.end]) for one in names])]

    def finish(self) -> Annotated:
        """Return the annotations as the stages read them."""
        sentences = (_sentence(words, self.parsed.get(at)) for at, words in enumerate(self.sentences))
        return Annotated(tuple(sentences), tuple(self.names))


def _find_names(works: Sequence[_Work], reader: Reader) -> None:
    found = iter(reader.find_names([[w.text for w in words] for work in works for words in work.sentences]))
    for work in works:
        work.take_names(islice(found, len(work.sentences)))


def _parse(works: Sequence[_Work], reader: Reader) -> None:
    near = [(work, number) for work in works for number in work.list_near()]
    parsed = reader.parse([[word.text for word in work.sentences[number]] for work, number in near])
    for (work, number), words in zip(near, parsed, strict=True):
        work.parsed[number] = words


def _load(models_name: str) -> Reader:
    if models_name == models.OFFICIAL:
        from quotes.annotate.official import Official

        return Official()
    from quotes.annotate.networks import Networks

    try:
        return Networks(models.FOLDER)
    except Exception as problem:  # a broken file fails in as many ways as there are formats
        what = " ".join(f"{type(problem).__name__}: {problem}".split())[:_LONGEST_REASON]
        raise ModelError(f"the embedded models do not load ({what}): reinstall quote-drift") from problem


def cut_sentences(text: str, paragraphs: Sequence[Paragraph]) -> Iterator[tuple[int, list[Word]]]:
    """Yield the sentences of the article's own paragraphs: the paragraph's number, words placed in `text`."""
    for number, paragraph in enumerate(one for one in paragraphs if one.role in _FURNITURE_READ):
        start = skip_dateline(text, paragraph.start, paragraph.end)
        for sentence in split_sentences(text[start : paragraph.end]):
            moved = [Word(word.start + start, word.end + start, word.text) for word in sentence]
            for part in range(0, len(moved), LONGEST_SENTENCE):
                yield number, moved[part : part + LONGEST_SENTENCE]


def _sentence(words: Sequence[Word], read: Sequence[WordRead] | None) -> Sentence:
    """Return a sentence; where nothing was read of its words, they stand as they are, each by itself."""
    if read is None:
        tokens = tuple(Token(w.start, w.end, w.text, w.text.casefold(), "X", "", "dep", -1) for w in words)
    else:
        tokens = tuple(
            Token(w.start, w.end, w.text, own.lemma.casefold(), own.upos, own.xpos, own.deprel, own.head)
            for w, own in zip(words, read, strict=True)
        )
    return Sentence(tokens[0].start, tokens[-1].end, tokens)


def _join_names(text: str, names: Sequence[Name]) -> Iterator[Name]:
    """Yield `names` with a first name and a surname as one where the models cut between them."""
    last: Name | None = None
    for name in names:
        if last and last.kind == name.kind == "PER" and text[last.end : name.start] == " ":
            last = Name(last.start, name.end, text[last.start : name.end], "PER")
            continue
        if last:
            yield last
        last = name
    if last:
        yield last
