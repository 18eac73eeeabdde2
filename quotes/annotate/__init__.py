"""Run Stanza over the paragraphs of articles. The only module that imports stanza.

Articles are annotated together, paragraph by paragraph: Stanza breaks a text at blank lines only, so the
paragraphs of an article are handed over with blank lines between them and offsets are mapped back.
"""

from __future__ import annotations

import json
import logging
import os
import warnings
import zlib
from bisect import bisect_right
from itertools import chain
from typing import TYPE_CHECKING, Any

from quotes import models
from quotes.errors import ModelError
from quotes.records import Annotated, Name, Paragraph, Sentence, Span, Token
from quotes.text.dateline import skip_dateline

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

ENCODING = "2"
LONGEST_PIECE = 4_000
LONGEST_DOCUMENT = 20_000
DOCUMENTS_AT_ONCE = 16
_FURNITURE_READ = frozenset({"body", "headline"})

Job = tuple[str, tuple[Paragraph, ...]]
_Piece = tuple[int, str]


class Annotator:
    """Stanza's English pipeline, loaded on the first call of `annotate`.

    `models_name` is "embedded" (shipped with the package, no network) or "official" (Stanza's own English
    package, fetched by Stanza's own download). Raises ModelError where they cannot be had.
    """

    def __init__(self, models_name: str = models.EMBEDDED) -> None:
        if models_name not in models.CHOICES:
            raise ModelError(f"no models called {models_name!r}: choose one of {', '.join(models.CHOICES)}")
        self.models_name = models_name
        self.version = models.version(models_name)
        self._pipeline: Any = None

    def __reduce__(self) -> tuple[type[Annotator], tuple[str]]:
        """Go to another process without the models: they are loaded there."""
        return Annotator, (self.models_name,)

    @property
    def is_loaded(self) -> bool:
        """Whether the models are in memory."""
        return self._pipeline is not None

    def load(self) -> Callable[[Sequence[Job]], list[Annotated]]:
        """Return `annotate`, with the models in memory."""
        if self._pipeline is None:
            self._pipeline = _load(self.models_name)
        return self.annotate

    def annotate(self, jobs: Sequence[Job]) -> list[Annotated]:
        """Return the annotations of each (text, paragraphs) in `jobs`, with offsets into its text."""
        pieces = [list(_documents(text, paragraphs)) for text, paragraphs in jobs]
        flat = list(chain.from_iterable(pieces))
        documents = self._run([_join(document) for document in flat])
        return [
            _collect(text, zip(own, documents, strict=False))
            for (text, _), own in zip(jobs, pieces, strict=True)
        ]

    def _run(self, texts: list[str]) -> Iterator[Any]:
        """Yield Stanza's document of each text, a few at a time: they take much more room than ours."""
        if texts:
            self.load()
        for start in range(0, len(texts), DOCUMENTS_AT_ONCE):
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                done = list(self._pipeline.bulk_process(texts[start : start + DOCUMENTS_AT_ONCE]))
            yield from done


def _load(models_name: str) -> Any:
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import stanza
        import torch

        # Small networks gain next to nothing from a second thread, and two jobs that want all cores starve
        # each other: with two threads each they took several times as long as one after the other.
        torch.set_num_threads(1)
        logging.getLogger("stanza").setLevel(logging.ERROR)
        options: dict[str, Any] = {"use_gpu": False, "verbose": False, "logging_level": "ERROR"}
        processors = "tokenize,mwt,pos,lemma,depparse,ner"
        if models_name == models.OFFICIAL:
            return _load_official(stanza, processors, options)
        try:
            return stanza.Pipeline(
                "en", dir=str(models.FOLDER), processors=processors, download_method=None, **options
            )
        except (OSError, RuntimeError, KeyError) as problem:
            message = f"the embedded models do not load ({problem}): reinstall quote-drift"
            raise ModelError(message) from problem


def _load_official(stanza: Any, processors: str, options: dict[str, Any]) -> Any:
    try:
        return stanza.Pipeline("en", processors=processors, **options)
    except Exception as problem:
        raise ModelError(
            "the official models cannot be reached: connect to the internet once so that Stanza can "
            f"download them, or leave out --models official ({type(problem).__name__})"
        ) from problem


def _documents(text: str, paragraphs: Sequence[Paragraph]) -> Iterator[list[_Piece]]:
    """Yield groups of (offset, words) no longer than one document may be; a very long paragraph is cut."""
    group: list[_Piece] = []
    size = 0
    for paragraph in paragraphs:
        if paragraph.role not in _FURNITURE_READ:
            continue
        first = skip_dateline(text, paragraph.start, paragraph.end)
        for start in range(first, paragraph.end, LONGEST_PIECE):
            words = text[start : min(start + LONGEST_PIECE, paragraph.end)]
            if group and size + len(words) > LONGEST_DOCUMENT:
                yield group
                group, size = [], 0
            group.append((start, words))
            size += len(words)
    if group:
        yield group


def _join(document: list[_Piece]) -> str:
    return "\n\n".join(_one_line(words) for _, words in document)


def _one_line(words: str) -> str:
    """Keep every offset, but leave no line break that Stanza would take for the end of a paragraph."""
    return words.translate({10: " ", 13: " ", 0x85: " ", 0x2028: " ", 0x2029: " "})


def _collect(text: str, parts: Iterable[tuple[list[_Piece], Any]]) -> Annotated:
    sentences: list[Sentence] = []
    names: list[Name] = []
    for pieces, document in parts:
        locate = _locator(pieces)
        for sentence in document.sentences:
            tokens = tuple(_tokens(text, sentence, locate))
            if tokens:
                sentences.append(Sentence(tokens[0].start, tokens[-1].end, tokens))
        for entity in document.ents:
            start, end = locate(entity.start_char), locate(entity.end_char - 1) + 1
            names.append(Name(start, end, text[start:end], _name_kind(entity.type)))
    return Annotated(tuple(sentences), tuple(_join_names(text, sorted(names, key=lambda name: name.start))))


def _join_names(text: str, names: list[Name]) -> Iterator[Name]:
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


def _locator(pieces: list[_Piece]) -> Callable[[int], int]:
    starts, position = [], 0
    for _, words in pieces:
        starts.append(position)
        position += len(words) + 2

    def locate(offset: int) -> int:
        index = bisect_right(starts, offset) - 1
        return pieces[index][0] + offset - starts[index]

    return locate


def _tokens(text: str, sentence: Any, locate: Callable[[int], int]) -> Iterator[Token]:
    for token in sentence.tokens:
        position, stop = locate(token.start_char), locate(token.end_char - 1) + 1
        for word in token.words:
            start, end = position, stop
            if len(token.words) > 1:
                start, end = _part_of(text, word.text, position, stop)
                position = end
            yield Token(
                start, end, word.text, (word.lemma or word.text).casefold(), word.upos or "X",
                word.xpos or "", word.deprel or "dep", (word.head or 0) - 1,
            )  # fmt: skip


def _part_of(text: str, part: str, start: int, stop: int) -> Span:
    """Where one word of a contraction stands (“He’s”: “He”); all that is left where it does not show."""
    return (
        (start, start + len(part))
        if text.startswith(part, start) and start + len(part) <= stop
        else (start, stop)
    )


def _name_kind(label: str) -> str:
    """Fold the richer labels of Stanza's own models into the four kinds of ours."""
    folded = {"PERSON": "PER", "GPE": "LOC", "FAC": "LOC", "NORP": "MISC", "S-PER": "PER"}
    kind = folded.get(label, label)
    return kind if kind in {"PER", "ORG", "LOC"} else "MISC"


def encode(annotated: Annotated) -> bytes:
    """Return `annotated` as compressed bytes for the cache; `decode` is its inverse."""
    rows = {
        "encoding": ENCODING,
        "sentences": [
            [[t.start, t.end, t.text, t.lemma, t.upos, t.xpos, t.deprel, t.head] for t in s.tokens]
            for s in annotated.sentences
        ],
        "names": [[n.start, n.end, n.text, n.kind] for n in annotated.names],
    }
    return zlib.compress(
        json.dumps(rows, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
    )


def decode(data: bytes) -> Annotated:
    """Return the annotations that `encode` wrote. Raises ValueError where `data` is not such bytes."""
    try:
        rows = json.loads(zlib.decompress(data))
        sentences = tuple(_sentence(tokens) for tokens in rows["sentences"])
        return Annotated(sentences, tuple(Name(*name) for name in rows["names"]))
    except (zlib.error, KeyError, TypeError, IndexError, RecursionError) as problem:
        raise ValueError(f"not a cached annotation: {problem}") from problem


def _sentence(rows: list[list[Any]]) -> Sentence:
    tokens = tuple(Token(*row) for row in rows)
    return Sentence(tokens[0].start, tokens[-1].end, tokens)
