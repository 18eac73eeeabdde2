"""Where the CPU time of a job goes: the stages of `quotes index`, timed in one process."""

from __future__ import annotations

import importlib
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import wraps
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

from quotes.pipeline import Wanted, index
from quotes.sources import Source

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

LOADING = "load the models"
ELSE = "all else"
PLACES = {
    "read": ("quotes.sources:read_place",),
    "scan": ("quotes.pipeline.writing:scan",),
    LOADING: ("quotes.annotate:Annotator.load",),
    "tokenize": ("quotes.annotate.annotator:cut_sentences",),
    "choose what to parse": ("quotes.annotate.annotator:find_near",),
    "look up words": (
        "quotes.models.nets.lexicon:Lexicon.find",
        "quotes.models.nets.tagger:begin",
        "quotes.models.nets.parser:begin",
        "quotes.models.nets.names:begin",
    ),
    "tag": ("quotes.models.nets.tagger:tag",),
    "parse": ("quotes.models.nets.parser:parse",),
    "names": ("quotes.models.nets.names:find_names",),
    "annotate, the rest": ("quotes.annotate:Annotator.annotate",),
    "encode": ("quotes.annotate:encode",),
    "attribute": ("quotes.attribute:attribute",),
    "speakers": ("quotes.speakers:name_speakers",),
    "write": ("quotes.store:write_article", "quotes.store:write_input", "quotes.store:write_annotation"),
    "group and derive": ("quotes.pipeline.indexing:derive",),
}
"""The functions that are each stage. Time in one within another is the inner one's alone."""


@dataclass(slots=True)
class Stopwatch:
    """CPU seconds by stage; while one within another runs, the outer one's time stands still."""

    seconds: Counter[str] = field(default_factory=Counter)
    _running: list[str] = field(default_factory=list)
    _since: float = 0.0

    @contextmanager
    def time(self, stage: str) -> Iterator[None]:
        """Count the time within for `stage`."""
        self._turn()
        self._running.append(stage)
        try:
            yield
        finally:
            self._turn()
            self._running.pop()

    def _turn(self) -> None:
        now = time.process_time()
        if self._running:
            self.seconds[self._running[-1]] += now - self._since
        self._since = now

    def wrap(self, stage: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """Return `function`, timed; where it gives an iterator, so is each of its steps."""

        @wraps(function)
        def timed(*args: Any, **named: Any) -> Any:
            with self.time(stage):
                found = function(*args, **named)
            return self._step(stage, found) if isinstance(found, Iterator) else found

        return timed

    def _step(self, stage: str, found: Iterator[Any]) -> Iterator[Any]:
        end = object()
        while True:
            with self.time(stage):
                one = next(found, end)
            if one is end:
                return
            yield one


def time_stages(folder: Path, database: Path) -> dict[str, float]:
    """Index a folder and return the CPU seconds of each stage that there is, in order."""
    watch = Stopwatch()
    with watch.time(LOADING):  # finding the functions imports what they need
        found = [(stage, *place) for stage, places in PLACES.items() for place in map(_find, places) if place]
    with ExitStack() as stack:
        for stage, owner, name in found:
            stack.enter_context(patch.object(owner, name, watch.wrap(stage, getattr(owner, name))))
        with watch.time(ELSE):
            index(Wanted((Source(folder),)), database)
    return {stage: watch.seconds[stage] for stage in (*PLACES, ELSE) if watch.seconds[stage]}


def _find(place: str) -> tuple[Any, str] | None:
    """Return what holds a function, and its name there; None where there is none."""
    module, _, path = place.partition(":")
    *owners, name = path.split(".")
    try:
        owner: Any = importlib.import_module(module)
    except ModuleNotFoundError:
        return None
    for one in owners:
        owner = getattr(owner, one, None)
    return (owner, name) if hasattr(owner, name) else None
