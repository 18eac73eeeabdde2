"""Where functions run: here or in several processes, in batches, in order. A bad item never costs another."""

from quotes.engine.batches import Engine, Failure, describe, run_batch, run_here, split_batches
from quotes.engine.choice import choose
from quotes.engine.processes import run_in_processes

__all__ = [
    "Engine",
    "Failure",
    "choose",
    "describe",
    "run_batch",
    "run_here",
    "run_in_processes",
    "split_batches",
]
