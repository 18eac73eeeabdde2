"""Treebanks in CoNLL-U: reading, writing, and marks as newspapers print them."""

from __future__ import annotations

import gzip
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path
    from random import Random

_FORM, _LEMMA, _UPOS, _XPOS, _HEAD, _DEPREL, _MISC = 1, 2, 3, 4, 6, 7, 9
_MARKS = frozenset({'"', "``", "''"})
NO_SPACE, LIKELY = "SpaceAfter=No", "Likely="


class Likely(NamedTuple):
    """A head and a relation that a word may have, and how likely both are together, up to 1."""

    head: int
    relation: str
    share: float


@dataclass(frozen=True, slots=True)
class Parsed:
    """One sentence of a treebank, a list a column; `heads` count from 1, 0 is the root.

    `document` names what it stands in, `begins` says that it begins a paragraph there, `spaced` whether a
    space follows each word. `likely` has for each word what teachers think possible, the likeliest first;
    it is empty where a person parsed.
    """

    document: str
    forms: tuple[str, ...]
    lemmas: tuple[str, ...]
    upos: tuple[str, ...]
    xpos: tuple[str, ...]
    heads: tuple[int, ...]
    deprels: tuple[str, ...]
    spaced: tuple[bool, ...] = ()
    begins: bool = False
    likely: tuple[tuple[Likely, ...], ...] = ()

    def __len__(self) -> int:
        return len(self.forms)


def read_treebank(path: Path) -> Iterator[Parsed]:
    """Yield the sentences of a gzipped CoNLL-U file; words of contractions stand one by one."""
    document, begins, rows = "", True, list[list[str]]()
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            if line.startswith("# newdoc"):
                document, begins = line.partition("=")[2].strip(), True
            elif line.startswith("# newpar"):
                begins = True
            elif line.startswith("#"):
                continue
            elif line.strip():
                rows.append(line.rstrip("\n").split("\t"))
            elif rows:
                yield _sentence(document, begins, rows)
                begins, rows = False, []
    if rows:
        yield _sentence(document, begins, rows)


def _sentence(document: str, begins: bool, rows: list[list[str]]) -> Parsed:
    words = [row for row in rows if row[0].isdigit()]
    spaced = {row[0]: NO_SPACE not in row[_MISC] for row in words}
    for row in rows:
        if "-" in row[0]:  # a contraction: only after its last word may a space follow
            first, last = map(int, row[0].split("-"))
            spaced.update({str(number): False for number in range(first, last)})
            spaced[str(last)] = NO_SPACE not in row[_MISC]
    forms, lemmas, upos, xpos, deprels = (
        tuple(row[column] for row in words) for column in (_FORM, _LEMMA, _UPOS, _XPOS, _DEPREL)
    )
    return Parsed(
        document, forms, lemmas, upos, xpos, tuple(int(row[_HEAD]) for row in words), deprels,
        tuple(spaced[row[0]] for row in words), begins,
        tuple(_read_likely(row[_MISC]) for row in words if row[_MISC].startswith(LIKELY)),
    )  # fmt: skip


def _read_likely(misc: str) -> tuple[Likely, ...]:
    parts = [one.split(":") for one in misc[len(LIKELY) :].split(",") if one]
    return tuple(Likely(int(head), ":".join(relation), float(share)) for head, *relation, share in parts)


def _write_likely(some: Iterable[Likely]) -> str:
    return LIKELY + ",".join(f"{one.head}:{one.relation}:{one.share:.3f}" for one in some)


def write_treebank(path: Path, sentences: Iterable[Parsed]) -> None:
    """Write sentences as CoNLL-U, gzipped; `likely` stands in MISC as Likely=2:obj:0.9,4:obl:0.1."""
    with gzip.open(path, "wt", encoding="utf-8", compresslevel=5) as out:
        for one in sentences:
            rows = zip(one.forms, one.lemmas, one.upos, one.xpos, one.heads, one.deprels, strict=True)
            for number, (form, lemma, upos, xpos, head, deprel) in enumerate(rows, 1):
                misc = _write_likely(one.likely[number - 1]) if one.likely else "_"
                columns = (str(number), form, lemma, upos, xpos, "_", str(head), deprel, "_", misc)
                out.write("\t".join(columns) + "\n")
            out.write("\n")


def curl(sentences: Iterable[Parsed], random: Random, share: float) -> Iterator[Parsed]:
    """Yield `sentences`, in `share` of the documents with curly marks, as newspapers print them."""
    document, curly, opens = None, False, True
    for one in sentences:
        if one.document != document:
            document, curly, opens = one.document, random.random() < share, True
        if not curly:
            yield one
            continue
        forms, opens = curl_words(one.forms, opens or one.begins)
        yield replace(one, forms=forms)


def curl_words(words: Iterable[str], opens: bool) -> tuple[tuple[str, ...], bool]:
    """Return `words` with curly marks and apostrophes, and whether the next straight mark opens.

    `opens` is whether the first one does.
    """
    curly: list[str] = []
    for word in words:
        if word in _MARKS:
            curly.append("“" if (opens if word == '"' else word == "``") else "”")
            opens = curly[-1] == "”"
        else:
            curly.append(word.replace("'", "’"))
    return tuple(curly), opens
