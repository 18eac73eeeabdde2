"""An invented press for the quotes of make_scale.py: which outlet prints which of them, and who says them.

That script gives each of 16 outlets and of 20,000 speakers the same share. In the press few have most: here
the largest of 300 outlets prints about a tenth of all quotes, about a twentieth is one speaker's, and a few
statements are printed everywhere.
"""

from __future__ import annotations

import json
import random
from bisect import bisect
from collections import defaultdict
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

OUTLETS, SPEAKERS = 300, 20_000
RECORD = "Assembly Record"  # an official transcript, not an outlet of the press
_UNNAMED, _NOT_SPEECH, _ANONYMOUS, _ON_RECORD, _UNDATED = 0.12, 0.03, 0.08, 0.01, 0.01
_EVERYWHERE, _TIMES = 200_000, 600  # one quote in so many is printed so many times
_SIZES, _HOW_OFTEN = (1, 2, 3, 4, 6, 10, 40, 150), (20, 20, 20, 18, 14, 7, 0.9, 0.1)
_FIRST = ("Ada", "Bram", "Cleo", "Dov", "Edda", "Fynn", "Gwen", "Hale", "Ines", "Jory", "Kaia", "Lorne")
_SYLLABLES = ("ar", "bel", "cor", "dun", "esk", "fen", "gar", "hol", "ith", "kel", "lom", "mor", "nev")


@dataclass(frozen=True, slots=True)
class Printing:
    """One quote. `speaker` is "" where nobody is named, and `kind` one of quotes.kind in the schema."""

    text: str
    outlet: str
    published: str | None
    speaker: str
    kind: str


def read_printings(path: Path, seed: int) -> Iterator[Printing]:
    """Yield the quotes of a file of make_scale.py as the invented press prints them."""
    chance = random.Random(seed)
    outlets, speakers = _share_out(OUTLETS), _share_out(SPEAKERS)
    with path.open(encoding="utf-8") as lines:
        for number, record in enumerate(map(json.loads, lines)):
            speaker = name_speaker(bisect(speakers, (int(record["speaker"][1:]) + 0.5) / SPEAKERS))
            on_record = record["relation"] == "reference" and chance.random() < _ON_RECORD
            for _ in range(_TIMES if number % _EVERYWHERE == _TIMES else 1):
                yield Printing(
                    record["text"],
                    RECORD if on_record else name_outlet(bisect(outlets, chance.random())),
                    _date(chance, record["date"]),
                    _choose_speaker(chance, speaker),
                    _choose_kind(chance, record["text"]),
                )


def divide(printings: Iterable[Printing], seed: int) -> Iterator[list[Printing]]:
    """Yield the printings by article: those of one outlet and day, a few together and seldom very many."""
    chance = random.Random(seed)
    together = defaultdict(list)
    for printing in printings:
        together[printing.outlet, (printing.published or "")[:10]].append(printing)
    for printed in together.values():
        start = 0
        while start < len(printed):
            size = chance.choices(_SIZES, _HOW_OFTEN)[0]
            yield printed[start : start + size]
            start += size


def name_outlet(number: int) -> str:
    """Return the name of an outlet; the first prints most."""
    return f"{_name(number)} {('Courier', 'Herald', 'Wire', 'Post')[number % 4]}"


def name_speaker(number: int) -> str:
    """Return the name of a person or, for each ninth, of a body; the first speaks most."""
    if number % 9 == 8:
        return f"{_name(number)} Council"
    return f"{_FIRST[number % len(_FIRST)]} {_name(number)}"


def _name(number: int) -> str:
    parts = []
    number += len(_SYLLABLES)  # two syllables at least
    while number:
        number, part = divmod(number, len(_SYLLABLES))
        parts.append(_SYLLABLES[part])
    return "".join(parts).capitalize()


def _share_out(count: int) -> list[float]:
    """Return where the share of each of `count` ends, from 0 to 1, falling as 1 / (rank + 1)."""
    ends = list(accumulate(1 / (rank + 2) for rank in range(count)))
    return [end / ends[-1] for end in ends[:-1]]


def _choose_speaker(chance: random.Random, speaker: str) -> str:
    drawn = chance.random()
    if drawn < _UNNAMED:
        return ""
    return "an official" if drawn < _UNNAMED + _ANONYMOUS else speaker


def _choose_kind(chance: random.Random, text: str) -> str:
    if chance.random() < _NOT_SPEECH:
        return chance.choice(("title", "slogan", "scare quote"))
    return "sentence" if text[:1].isupper() else "fragment"


def _date(chance: random.Random, day: str) -> str | None:
    if chance.random() < _UNDATED:
        return None
    time = f"T{chance.randrange(24):02}:{chance.randrange(60):02}:00+00:00"
    return day if chance.random() < 0.5 else day + time
