"""The language models: which are installed, where they are, and what each job uses. Loads none of them."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from importlib.metadata import version as installed_version
from pathlib import Path

EMBEDDED = "embedded"
OFFICIAL = "official"
CHOICES = (EMBEDDED, OFFICIAL)
READ_LANGUAGES = frozenset({"en"})
"""The languages of the models that `quotes.annotate` loads, whichever are chosen."""
FOLDER = Path(__file__).parent / "quotes-en"
JOBS = {
    "tagger.pt": "parts of speech",
    "parser.pt": "who does what in a sentence",
    "names.pt": "names of persons, bodies and places",
    "lemmas.json.gz": "dictionary forms",
    "vectors.npz": "word vectors for the others",
    "ranker.npz": "which words name the speaker",
}
"""Each file of the embedded models, in the order of their use, and what it is for."""
DIGESTS = "digests.json"


@dataclass(frozen=True, slots=True)
class ModelInfo:
    """One installed model file: the set it belongs to, what it is for, its size and where it is."""

    name: str
    model: str
    job: str
    language: str
    megabytes: float
    path: Path


def list_models() -> tuple[ModelInfo, ...]:
    """Return the embedded models in the order of their use."""
    return tuple(
        ModelInfo("quotes-en", file.partition(".")[0], job, "en", path.stat().st_size / 1e6, path)
        for file, job in JOBS.items()
        if (path := FOLDER / file).is_file()
    )


def find_ranker(language: str) -> Path | None:
    """Return the file of the model that ranks candidate speakers in a language, None where there is none."""
    path = Path(__file__).parent / f"quotes-{language}" / "ranker.npz"
    return path if path.is_file() else None


def version(name: str) -> str:
    """Return a version that changes whenever annotations by the models called `name` may change.

    Reads the digests recorded beside the models, not the models themselves.
    """
    if name == OFFICIAL:
        return f"stanza-{installed_version('stanza')}-official"
    return f"quotes-en-{hashlib.sha256((FOLDER / DIGESTS).read_bytes()).hexdigest()[:12]}"


def seal(folder: Path = FOLDER) -> None:
    """Record the digests of the models in `folder` that annotate: to be done whenever one of them changes."""
    annotating = [file for file in sorted(JOBS) if file != "ranker.npz"]
    digests = {file: hashlib.sha256((folder / file).read_bytes()).hexdigest() for file in annotating}
    (folder / DIGESTS).write_text(json.dumps(digests, indent=1) + "\n", encoding="utf-8")
