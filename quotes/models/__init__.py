"""The language models: which are installed, where they are, and what each job uses. Loads none of them."""

from __future__ import annotations

import hashlib
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
    "tokenize": "sentences and words",
    "mwt": "contracted words",
    "pos": "parts of speech",
    "lemma": "dictionary forms",
    "depparse": "who does what in a sentence",
    "ner": "names of persons, bodies and places",
    "pretrain": "word vectors for the others",
}


@dataclass(frozen=True, slots=True)
class ModelInfo:
    """One installed model file: the processor it serves, what it is for, its size and what it is."""

    name: str
    processor: str
    job: str
    language: str
    megabytes: float
    path: Path


def list_models() -> tuple[ModelInfo, ...]:
    """Return the embedded models in the order the pipeline runs them."""
    models = []
    for processor, job in JOBS.items():
        path = FOLDER / "en" / processor / "quotes.pt"
        if path.is_file():
            models.append(ModelInfo("quotes-en", processor, job, "en", path.stat().st_size / 1e6, path))
    if ranker := find_ranker("en"):
        size = ranker.stat().st_size / 1e6
        models.append(ModelInfo("quotes-en", "ranker", "which words name the speaker", "en", size, ranker))
    return tuple(models)


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
    recorded = hashlib.sha256((FOLDER / "resources.json").read_bytes()).hexdigest()[:12]
    return f"quotes-en-{recorded}"
