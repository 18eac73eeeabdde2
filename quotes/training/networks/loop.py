"""Training that can be stopped and taken up again: the order follows from the seed, all else is kept."""

from __future__ import annotations

import time
from copy import deepcopy
from dataclasses import dataclass
from random import Random
from statistics import fmean
from typing import TYPE_CHECKING, Generic, TypeVar

import click
import torch

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from torch import Tensor, nn

SEED = 7
_SAY_EVERY = 100
_STEEPEST = 5.0  # gradients are cut to this norm

B = TypeVar("B")


@dataclass(frozen=True, slots=True)
class Course:
    """How long a model is trained: epochs, the share of them in which the rate rises, the seed.

    `remember` is what share of the running average of the weights a step leaves.
    """

    epochs: int
    remember: float = 0.998
    warmup: float = 0.05
    seed: int = SEED
    keep_every: float = 300.0  # seconds

    def scale(self, epoch: float) -> float:
        """Return the share of the highest rate at a point of the course: it rises, then falls to 0."""
        share = epoch / self.epochs
        return min(share / self.warmup, (1 - share) / (1 - self.warmup))


@dataclass(frozen=True, slots=True)
class Lessons(Generic[B]):
    """What a model is trained with: batches of an epoch, the loss of one, and scores on other sentences.

    `list_batches` is given the number of the epoch, from 0, and random numbers; nothing else decides.
    """

    list_batches: Callable[[int, Random], Sequence[B]]
    find_loss: Callable[[B], Tensor]
    evaluate: Callable[[nn.Module], dict[str, float]]


class Average:
    """The running average of a model's weights: steadier than the weights of any one step."""

    def __init__(self, model: nn.Module, remember: float) -> None:
        self.model = deepcopy(model)
        self.remember = remember
        self.steps = 0

    def take_in(self, model: nn.Module) -> None:
        """Move towards the weights of `model`: faster in the beginning."""
        self.steps += 1
        share = 1 - min(self.remember, self.steps / (10 + self.steps))
        with torch.no_grad():
            for mine, theirs in zip(self.model.parameters(), model.parameters(), strict=True):
                mine.lerp_(theirs, share)


@dataclass(slots=True)
class Progress:
    """Where a training is: the epoch, the batches of it that are done, and all steps so far."""

    epoch: int = 0
    done: int = 0
    steps: int = 0


class Training(Generic[B]):
    """One model being trained; all that going on needs is kept in the file `state`."""

    def __init__(
        self, model: nn.Module, optimizer: torch.optim.Optimizer, state: Path, course: Course
    ) -> None:
        self.model, self.optimizer, self.state, self.course = model, optimizer, state, course
        self.average, self.progress = Average(model, course.remember), Progress()
        self._rates = [group["lr"] for group in optimizer.param_groups]
        if state.exists():
            self._take_up()

    def run(self, lessons: Lessons[B]) -> nn.Module:
        """Train to the end of the course and return the running average of the weights."""
        progress, course = self.progress, self.course
        while progress.epoch < course.epochs:
            # drawn anew from the place where a stopped training goes on: the same course, not the same bits
            torch.manual_seed(course.seed * 1_000_003 + progress.epoch * 1_009 + progress.done)
            random = Random(course.seed + progress.epoch)
            self._run_epoch(lessons, lessons.list_batches(progress.epoch, random))
            progress.epoch, progress.done = progress.epoch + 1, 0
            self._keep()
            self.average.model.eval()
            figures = lessons.evaluate(self.average.model).items()
            click.echo(
                f"epoch {progress.epoch}: " + ", ".join(f"{name} {value:.2f}" for name, value in figures)
            )
        return self.average.model.eval()

    def _run_epoch(self, lessons: Lessons[B], batches: Sequence[B]) -> None:
        progress, kept, losses = self.progress, time.monotonic(), list[float]()
        self.model.train()
        for number in range(progress.done, len(batches)):
            scale = self.course.scale(progress.epoch + number / len(batches))
            for group, rate in zip(self.optimizer.param_groups, self._rates, strict=True):
                group["lr"] = rate * scale
            loss = lessons.find_loss(batches[number])
            self.optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(self.model.parameters(), _STEEPEST)
            self.optimizer.step()
            self.average.take_in(self.model)
            progress.steps, progress.done = progress.steps + 1, number + 1
            losses.append(loss.item())
            if progress.steps % _SAY_EVERY == 0:
                where = f"epoch {progress.epoch + 1}, {number + 1} of {len(batches)}"
                click.echo(f"  {where}: loss {fmean(losses):.3f}")
                losses.clear()
            if time.monotonic() - kept > self.course.keep_every:
                self._keep()
                kept = time.monotonic()

    def _keep(self) -> None:
        new = self.state.with_suffix(".new")
        kept = {
            "model": self.model.state_dict(),
            "average": self.average.model.state_dict(),
            "averaged": self.average.steps,
            "optimizer": self.optimizer.state_dict(),
            "progress": (self.progress.epoch, self.progress.done, self.progress.steps),
        }
        torch.save(kept, new)
        new.replace(self.state)

    def _take_up(self) -> None:
        kept = torch.load(self.state, weights_only=True)
        self.model.load_state_dict(kept["model"])
        self.average.model.load_state_dict(kept["average"])
        self.average.steps = kept["averaged"]
        self.optimizer.load_state_dict(kept["optimizer"])
        self.progress = Progress(*kept["progress"])
        click.echo(
            f"going on at epoch {self.progress.epoch + 1}, after {self.progress.done} batches ({self.state})"
        )
