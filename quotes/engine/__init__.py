"""Where functions run: here, in several processes, or on several machines, in batches, in order.

A bad item never costs another.
"""

from quotes.engine.batches import Engine, Failure, describe, run_batch, run_here, split_batches
from quotes.engine.choice import ENGINES, PROCESSES, RAY, check_engine, choose
from quotes.engine.processes import run_in_processes
from quotes.engine.ray import run_in_actors

__all__ = [
    "ENGINES",
    "PROCESSES",
    "RAY",
    "Engine",
    "Failure",
    "check_engine",
    "choose",
    "describe",
    "run_batch",
    "run_here",
    "run_in_actors",
    "run_in_processes",
    "split_batches",
]
