"""Train the model that ranks candidate speakers: python -m quotes.training.ranker GOLD TEXTS --out FILE."""

from __future__ import annotations

import math
import random
from collections import Counter
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click
import numpy as np
import torch
from torch import nn

from quotes.training.annotated import annotate_texts, read_annotated
from quotes.training.documents import hide_name
from quotes.training.gold import INVENTED_FILE, Example, list_examples, list_invented, read_gold

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

NETWORKS, WIDTH, ROUNDS, BATCH = 5, 64, 4, 64
RATE, DECAY, DROPPED, DROPPED_EVIDENCE = 0.006, 0.1, 0.5, 0.1
LEAST_SEEN = 8  # candidates that must show a piece of evidence before it counts
UNANSWERABLE = 0.4  # weight of a quote whose right speaker is not among its candidates
NOBODYS = 2.0  # weight of a quote that nobody said: a wrong name is worse than none
INVENTED = 0.5  # weight of a quote of an invented passage against one of an article


class Network(nn.Module):  # type: ignore[misc]
    """Sums what is known of each piece of evidence, then weighs the sums; one score a candidate."""

    def __init__(self, known: int) -> None:
        super().__init__()
        self.evidence = nn.EmbeddingBag(known + 1, WIDTH, mode="sum")
        self.own = nn.EmbeddingBag(known + 1, 1, mode="sum")
        self.bias = nn.Parameter(torch.zeros(WIDTH))
        self.middle, self.last = nn.Linear(WIDTH, WIDTH), nn.Linear(WIDTH, 1)
        self.drop = nn.Dropout(DROPPED)
        nn.init.normal_(self.evidence.weight, 0, 0.05)
        nn.init.zeros_(self.own.weight)

    def forward(self, words: torch.Tensor, starts: torch.Tensor) -> torch.Tensor:
        """Return a score for each candidate; `starts` says where its evidence begins in `words`."""
        hidden = self.drop(torch.relu(self.evidence(words, starts) + self.bias))
        hidden = self.drop(torch.relu(self.middle(hidden)))
        scores: torch.Tensor = (self.last(hidden) + self.own(words, starts)).squeeze(1)
        return scores


@dataclass(frozen=True, slots=True)
class Numbered:
    """An example with its evidence as numbers."""

    evidence: tuple[tuple[int, ...], ...]
    right: int
    weight: float


def number_evidence(examples: Sequence[Example]) -> dict[str, int]:
    """Return a number from 1 on for each piece of evidence that is seen often enough."""
    seen = Counter(word for example in examples for words in example.evidence for word in set(words))
    return {word: i for i, word in enumerate(sorted(w for w, n in seen.items() if n >= LEAST_SEEN), 1)}


def train(examples: Sequence[Example], number_of: dict[str, int], seed: int) -> Network:
    """Return one network trained on `examples`; the same seed gives the same network."""
    torch.manual_seed(seed)
    order = random.Random(seed)
    network = Network(len(number_of))
    numbered = [_number(example, number_of) for example in examples]
    steps = ROUNDS * math.ceil(len(numbered) / BATCH)
    optimizer = torch.optim.AdamW(network.parameters(), lr=RATE, weight_decay=DECAY)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, RATE, total_steps=steps, pct_start=0.2)
    network.train()
    for _ in range(ROUNDS):
        order.shuffle(numbered)
        for start in range(0, len(numbered), BATCH):
            loss = _loss(network, numbered[start : start + BATCH], order)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            schedule.step()
    network.eval()
    return network


def _number(example: Example, number_of: dict[str, int]) -> Numbered:
    evidence = tuple(tuple(number_of[w] for w in words if w in number_of) for words in example.evidence)
    weight = 1.0 if example.right else UNANSWERABLE if example.has_source else NOBODYS
    return Numbered(evidence, example.right, weight * (INVENTED if example.invented else 1.0))


def _loss(network: Network, batch: Sequence[Numbered], order: random.Random) -> torch.Tensor:
    """How unlikely the network finds the right answers, some of the evidence left out at random."""
    words: list[int] = []
    starts: list[int] = []
    for example in batch:
        for evidence in example.evidence:
            starts.append(len(words))
            words += [word for word in evidence if order.random() > DROPPED_EVIDENCE]
    scores = network(torch.tensor(words), torch.tensor(starts))
    parts = scores.split([len(example.evidence) for example in batch])
    losses = [
        -example.weight * torch.log_softmax(part, 0)[example.right]
        for example, part in zip(batch, parts, strict=True)
    ]
    return torch.stack(losses).mean()


def store(path: Path, number_of: dict[str, int], networks: Sequence[Network]) -> None:
    """Write networks as `quotes.attribute.ranker` reads them, in 16-bit floats."""
    arrays: dict[str, np.ndarray] = {
        "known": np.frombuffer("\n".join(number_of).encode("utf-8"), dtype=np.uint8),
        "count": np.array(len(networks)),
    }
    for i, network in enumerate(networks):
        weights = torch.cat([network.evidence.weight, network.own.weight], dim=1)
        weights[0] = torch.cat([network.bias, network.last.bias])
        arrays[f"evidence{i}"] = _halve(weights)
        arrays[f"middle{i}"], arrays[f"middle_bias{i}"] = (
            _halve(network.middle.weight.T),
            _halve(network.middle.bias),
        )
        arrays[f"last{i}"] = _halve(network.last.weight[0])
    np.savez_compressed(path, **arrays)  # type: ignore[arg-type]


def _halve(weights: torch.Tensor) -> np.ndarray:
    halved: np.ndarray = weights.detach().numpy().astype(np.float16)
    return halved


def _collect(gold: Path, texts: Path, cache: Path, left_out: frozenset[str]) -> Iterator[Example]:
    marked = read_gold(gold)
    paths = [
        path
        for path in sorted(texts.glob("*.txt"))
        if path.stem in marked and hide_name(path.stem) not in left_out
    ]
    for path, text, annotated in read_annotated(paths, cache):
        yield from list_examples(path.stem, text, annotated, marked[path.stem])


@click.command()
@click.argument("gold", type=click.Path(path_type=Path, exists=True))
@click.argument("texts", type=click.Path(path_type=Path, exists=True))
@click.option(
    "--without",
    "left_out",
    type=click.Path(path_type=Path, exists=True),
    help="Documents to leave out, their names hidden.",
)
@click.option(
    "--cache", type=click.Path(path_type=Path), default=Path("annotated"), help="Keeps annotations."
)
@click.option(
    "--invented",
    type=click.Path(path_type=Path, exists=True),
    default=INVENTED_FILE,
    help="Invented passages to train on too; the file beside this module if left out.",
)
@click.option("--out", type=click.Path(path_type=Path), required=True, help="The model's file.")
def main(gold: Path, texts: Path, left_out: Path | None, cache: Path, invented: Path, out: Path) -> None:
    """Train on GOLD, the annotations (JSON Lines), of the articles in TEXTS, and on invented passages."""
    torch.set_num_threads(1)
    lines = left_out.read_text(encoding="utf-8").splitlines() if left_out else []
    examples = list(
        _collect(gold, texts, cache, frozenset(line for line in lines if line[:1] not in {"", "#"}))
    )
    examples += list_invented(invented, partial(annotate_texts, cache=cache))
    number_of = number_evidence(examples)
    networks = [train(examples, number_of, seed) for seed in range(NETWORKS)]
    store(out, number_of, networks)
    click.echo(
        f"{len(examples):,} quotes, {len(number_of):,} pieces of evidence, {out.stat().st_size / 1e6:.1f} MB"
    )


if __name__ == "__main__":
    main()
