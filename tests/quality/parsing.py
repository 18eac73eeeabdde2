"""Scores of models on treebanks: with the words given, and from raw text, where words must be found first."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from quotes.training.networks.scores import TELLING, find_f1

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from quotes.annotate.reader import Reader, WordRead
    from quotes.training.networks.treebank import Parsed


class Placed(NamedTuple):
    """One word by the characters it covers, spaces left out, and its governor by those that it covers."""

    span: tuple[int, int]
    upos: str
    head: tuple[int, int] | None
    deprel: str


def list_paragraphs(sentences: Sequence[Parsed]) -> list[str]:
    """Return the raw text of the paragraphs of a treebank."""
    paragraphs: list[str] = []
    for one in sentences:
        text = "".join(form + " " * space for form, space in zip(one.forms, one.spaced, strict=True))
        if one.begins or not paragraphs:
            paragraphs.append("")
        paragraphs[-1] += text if text.endswith(" ") else text + " "
    return [paragraph.strip() for paragraph in paragraphs]


def place_gold(sentences: Iterable[Parsed]) -> list[Placed]:
    """Return the words of a treebank by the characters they cover."""
    rows = ((one.forms, one.upos, [head - 1 for head in one.heads], one.deprels) for one in sentences)
    return _place(rows)


def place_read(read: Iterable[tuple[Sequence[str], Sequence[WordRead]]]) -> list[Placed]:
    """Return the words that models read by the characters they cover."""
    return _place(
        (words, [w.upos for w in one], [w.head for w in one], [w.deprel for w in one]) for words, one in read
    )


def _place(rows: Iterable[tuple[Sequence[str], Sequence[str], Sequence[int], Sequence[str]]]) -> list[Placed]:
    placed: list[Placed] = []
    at = 0
    for words, upos, heads, deprels in rows:
        spans = []
        for word in words:
            size = len(word.replace(" ", "").replace("\u00a0", ""))
            spans.append((at, at + size))
            at += size
        placed += [
            Placed(span, tag, spans[head] if head >= 0 else None, relation)
            for span, tag, head, relation in zip(spans, upos, heads, deprels, strict=True)
        ]
    return placed


def score(gold: Sequence[Placed], given: Sequence[Placed]) -> dict[str, float]:
    """Return F1 of words, UPOS, UAS, LAS (without subtypes), and of the relations that tell who spoke."""
    by_span = {word.span: word for word in gold}
    right = Counter[str]()
    for word in given:
        own = by_span.get(word.span)
        if own is None:
            continue
        attached = word.head == own.head
        right["words"] += 1
        right["UPOS"] += word.upos == own.upos
        right["UAS"] += attached
        right["LAS"] += attached and _plain(word.deprel) == _plain(own.deprel)
        right[own.deprel] += attached and word.deprel == own.deprel
    offered, wanted = (Counter(word.deprel for word in words) for words in (given, gold))
    scores = {name: find_f1(right[name], len(given), len(gold)) for name in ("words", "UPOS", "UAS", "LAS")}
    return scores | {name: find_f1(right[name], offered[name], wanted[name]) for name in TELLING}


def read_gold_words(reader: Reader, sentences: Sequence[Parsed]) -> list[Placed]:
    """Return what `reader` makes of a treebank whose words it is given."""
    return place_read(
        zip((one.forms for one in sentences), reader.parse([one.forms for one in sentences]), strict=True)
    )


def _plain(relation: str) -> str:
    return relation.partition(":")[0]
