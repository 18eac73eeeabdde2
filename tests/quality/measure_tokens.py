"""Measure words and sentences against treebanks and count what goes wrong in news, beside Stanza's tokenizer.

Spans of words and sentences are compared as the CoNLL 2018 shared task does. The text of a paragraph is its
sentences joined by spaces; the treebank part "train" is what the weights of sentence ends were learned from.
"""

from __future__ import annotations

import re
import time
import warnings
from collections import Counter
from dataclasses import dataclass
from itertools import chain, pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import click

from quotes.annotate.sentences import split_sentences
from quotes.annotate.words import BEFORE_NAMES
from quotes.training.boundaries import Marked, join_paragraphs
from quotes.training.networks.treebank import read_treebank

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

SHARED = Path(__file__).resolve().parents[2] / ".." / "shared"
DATA, NEWS = SHARED / "models" / "data", SHARED / "polnear" / "text" / "train"
PARTS = ("train", "dev", "test", "gum-news-test")
LONGEST_LINE = 4_000
TRAPS = (
    "only marks", "begins with a closing mark", "ends with a title or initial", "who said it is cut off",
    "ends without a stop", "begins with a small letter", "more than 80 words",
)  # fmt: skip

Span = tuple[int, int]
Cut = list[list[Span]]
"""The sentences of a paragraph, each as the spans of its words."""

_OPENER = r"[“\"‘']*(?:The|It|He|She|They|We|I|You|A|An|In|On|At|But|And|So|If|When|That|This|There)\b"
_SAID = r"(?:[\w.’'-]+ ){1,3}(?:said|says|asked|told|added|wrote|tweeted)\b"


@dataclass(slots=True)
class Figures:
    """How many spans there are, are found and are both."""

    gold: int = 0
    found: int = 0
    right: int = 0

    def add(self, gold: set[Span], found: set[Span]) -> None:
        self.gold += len(gold)
        self.found += len(found)
        self.right += len(gold & found)

    @property
    def f1(self) -> float:
        return 200 * self.right / (self.gold + self.found)


def read_part(part: str) -> list[Marked]:
    """Return the paragraphs of a part of the treebanks."""
    return list(join_paragraphs(read_treebank(DATA / f"ud-{part}.conllu.gz")))


def read_news(articles: int) -> list[str]:
    """Return the lines of so many articles, spread over all of them."""
    paths = sorted(NEWS.glob("*.txt"))
    chosen = paths[:: max(1, len(paths) // articles)][:articles]
    lines = chain.from_iterable(path.read_text(encoding="utf-8").splitlines() for path in chosen)
    return [line.strip()[:LONGEST_LINE] for line in lines if line.strip()]


def cut_with_rules(texts: Sequence[str]) -> list[Cut]:
    """Return the sentences of each text as the tool cuts them."""
    return [[[(start, end) for start, end, _ in words] for words in split_sentences(text)] for text in texts]


def cut_with_stanza(texts: Sequence[str]) -> list[Cut]:
    """Return the sentences of each text as the Stanza models in shared/models cut them."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import stanza
        import torch

        torch.set_num_threads(1)
        folder = str(SHARED / "models" / "quotes-en")
        pipeline = stanza.Pipeline(
            "en", dir=folder, processors="tokenize,mwt", download_method=None, use_gpu=False, verbose=False
        )
        documents = pipeline.bulk_process(list(texts))
    return [
        [list(_stanza_spans(text, sentence)) for sentence in document.sentences]
        for text, document in zip(texts, documents, strict=True)
    ]


def _stanza_spans(text: str, sentence: object) -> Iterator[Span]:
    for token in sentence.tokens:  # type: ignore[attr-defined]
        start, end = token.start_char, token.end_char
        parts = [word.text for word in token.words]
        if "".join(parts) != text[start:end]:
            parts = [text[start:end]]
        for part in parts:
            yield start, start + len(part)
            start += len(part)


def score(paragraphs: Sequence[Marked], cuts: Sequence[Cut]) -> dict[str, tuple[Figures, Figures]]:
    """Return the figures of words and of sentences by kind of text, and of all."""
    table: dict[str, tuple[Figures, Figures]] = {}
    for paragraph, cut in zip(paragraphs, cuts, strict=True):
        begun = [0, *(end + 1 for end in paragraph.ends[:-1])]
        for kind in ("all", kind_of(paragraph.document)):
            words, sentences = table.setdefault(kind, (Figures(), Figures()))
            words.add(set(paragraph.words), set(chain.from_iterable(cut)))
            sentences.add(
                set(zip(begun, paragraph.ends, strict=True)), {(own[0][0], own[-1][1]) for own in cut}
            )
    return table


def kind_of(document: str) -> str:
    """Return which of the treebanks a document is of, with its news and interviews apart."""
    if not document.startswith("GUM_"):
        return "EWT (web)"
    return "GUM news" if document.split("_")[1] in {"news", "interview"} else "GUM other"


def count_traps(texts: Sequence[str], cuts: Sequence[Cut]) -> Counter[str]:
    """Return how many sentences there are and how many fall into each trap."""
    counts: Counter[str] = Counter()
    for text, cut in zip(texts, cuts, strict=True):
        printed = [text[own[0][0] : own[-1][1]] for own in cut]
        counts["sentences"] += len(printed)
        counts["words"] += sum(map(len, cut))
        counts["more than 80 words"] += sum(len(own) > 80 for own in cut)
        counts["only marks"] += sum(not re.search(r"[^\s“”\"'’‘`]", one) for one in printed)
        for before, after in pairwise(printed):
            counts.update(_list_traps(before, after))
    return counts


def _list_traps(before: str, after: str) -> Iterator[str]:
    if re.match(r"[”’)\]]|[\"'] ", after):
        yield "begins with a closing mark"
    leads_on = before.split()[-1].casefold() in BEFORE_NAMES or re.search(r"\b[A-Z]\.$", before)
    if leads_on and not re.match(_OPENER, after):
        yield "ends with a title or initial"
    if re.search(r"[,?!—][”\"]$", before) and (after[0].islower() or re.match(_SAID, after)):
        yield "who said it is cut off"
    if not re.search(r"[.!?…][”\"’')\]]*$", before):
        yield "ends without a stop"
    if after[0].islower():
        yield "begins with a small letter"


def time_words(texts: Sequence[str], cut: Callable[[Sequence[str]], list[Cut]]) -> tuple[list[Cut], float]:
    """Return the sentences of each text, and the processor's microseconds a word."""
    begun = time.process_time()
    cuts = cut(texts)
    words = sum(len(own) for sentences in cuts for own in sentences)
    return cuts, (time.process_time() - begun) * 1e6 / words


@click.command(help=__doc__)
@click.option("--part", "parts", type=click.Choice(PARTS), multiple=True, default=("dev",), show_default=True)
@click.option("--articles", type=int, default=250, show_default=True, help="Articles of news; 0: none.")
@click.option("--stanza", "with_stanza", is_flag=True, help="Measure Stanza's tokenizer, too.")
def main(parts: Sequence[str], articles: int, with_stanza: bool) -> None:
    tools = {"stanza": cut_with_stanza} if with_stanza else {}
    tools["ours"] = cut_with_rules
    if not DATA.is_dir():
        raise click.ClickException("the measuring data are not beside the checkout (shared/models)")
    for part in parts:
        paragraphs = read_part(part)
        for name, cut in tools.items():
            table = score(paragraphs, cut([paragraph.text for paragraph in paragraphs]))
            for kind, (words, sentences) in sorted(table.items()):
                click.echo(
                    f"{part:14}{kind:11}{name:8}words {words.f1:6.2f}  sentences {sentences.f1:6.2f}"
                    f"  ({sentences.gold - sentences.right} of {sentences.gold} missed,"
                    f" {sentences.found - sentences.right} too many)"
                )
    texts = read_news(articles) if articles else []
    for name, cut in tools.items() if texts else ():
        cuts, pace = time_words(texts, cut)
        counts = count_traps(texts, cuts)
        click.echo(
            f"\nnews, {name}: {counts['words']} words, {counts['sentences']} sentences, {pace:.1f} µs a word"
        )
        for trap in TRAPS:
            click.echo(f"  {trap:32}{counts[trap]:5}")


if __name__ == "__main__":
    main()
