"""What each language brings along, as data files: the words with which it reports speech."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Language:
    """The words of one language that attribution reads; every set is lower case.

    `cue_forms` maps each printed form of a reporting verb to its lemma. `strong_cues` are lemmas that report
    speech by themselves ("say"), `phrase_cues` with the word after them ("go on"); the other cues take quoted
    words as an object ("call it a “lie”").
    """

    cue_forms: Mapping[str, str]
    strong_cues: frozenset[str]
    phrase_cues: Mapping[str, frozenset[str]]
    cue_nouns: frozenset[str]
    source_prepositions: frozenset[str]
    pronouns: Mapping[str, str]
    titles: frozenset[str]
    female_words: frozenset[str]
    male_words: frozenset[str]
    person_nouns: frozenset[str]
    body_nouns: frozenset[str]
    document_nouns: frozenset[str]
    determiners: frozenset[str]
    work_nouns: frozenset[str]
    name_nouns: frozenset[str]
    time_nouns: frozenset[str]
    carrier_nouns: frozenset[str]
    female_names: frozenset[str]
    male_names: frozenset[str]
    denying_words: frozenset[str]
    supposing_words: frozenset[str]


def _read(path: Path) -> Language:
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    strong, weak = data["cues"]["strong"], data["cues"]["weak"]
    forms = {
        form: lemma for cues in (weak, strong) for lemma, forms in cues.items() for form in (lemma, *forms)
    }
    words = {name: frozenset(listed) for name, listed in data["words"].items()}
    return Language(
        cue_forms=forms,
        strong_cues=frozenset(strong),
        phrase_cues={form: frozenset(words) for form, words in data["cues"]["phrases"].items()},
        pronouns=data["pronouns"],
        **words,
    )


def has_cue(words: Sequence[str], language: Language) -> bool:
    """Return whether one of `words`, lower case and in order, is a printed form that reports speech."""
    return any(
        word in language.cue_forms or after in language.phrase_cues.get(word, frozenset())
        for word, after in pairwise([*words, ""])
    )


class _Languages(Mapping[str, Language]):
    """Language code to `Language`, read from its file on first use."""

    def __init__(self, folder: Path) -> None:
        self._paths = {path.stem: path for path in sorted(folder.glob("*.toml"))}
        self._load = cache(_read)

    def __getitem__(self, code: str) -> Language:
        return self._load(self._paths[code])

    def __iter__(self) -> Iterator[str]:
        return iter(self._paths)

    def __len__(self) -> int:
        return len(self._paths)


LANGUAGES: Mapping[str, Language] = _Languages(Path(__file__).parent)
