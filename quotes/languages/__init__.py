"""What each language brings along, as data files: its quotation marks and the words that report speech."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

UNKNOWN: Final = "und"
"""The code, by ISO 639-2, of a language that nobody could tell."""

_NOTHING: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Marks:
    """How a language sets off direct speech.

    `outer` and `inner` are the pairs of opening and closing marks that it prints. `pointing_in` says whether
    guillemets may point inwards (»so«). `again` are marks that, beside the opening one, repeat an open quote
    at each of its further paragraphs. `dashes` open speech at the beginning of a paragraph. `comma_outside`:
    the comma before a reporting clause follows the closing mark. `clause_inside`: a reporting clause may
    stand between the marks, “comma” or “dash” before and after it.
    """

    outer: tuple[tuple[str, str], ...]
    inner: tuple[tuple[str, str], ...]
    pointing_in: bool = False
    again: frozenset[str] = _NOTHING
    dashes: frozenset[str] = _NOTHING
    comma_outside: bool = False
    clause_inside: frozenset[str] = _NOTHING


@dataclass(frozen=True, slots=True)
class Language:
    """One language: its codes and marks, and the words that attribution reads, every set case-folded.

    `code` is that of ISO 639-1, `stanza_code` that of Stanza's models, and `other_codes` mean it too.
    `cue_forms` maps each printed form of a reporting verb to its lemma. `strong_cues` are lemmas that report
    speech by themselves ("say"), `phrase_cues` with the word after them ("go on") and `split_cues` with one
    later in the clause ("fügte er hinzu"); the other cues take quoted words as an object ("call it a “lie”").
    `enclitics` hang on a verb ("dit-elle"), `proclitics` lean on the word after them ("s'exclame").
    `auxiliaries` stand before a cue ("a déclaré"); cues with `nonfinite_endings` need one to be a clause.
    `capital_nouns`: nouns begin with a capital. `common_words` are those by which a language is recognised.
    """

    code: str
    name: str
    stanza_code: str
    marks: Marks
    cue_forms: Mapping[str, str]
    strong_cues: frozenset[str]
    phrase_cues: Mapping[str, frozenset[str]]
    split_cues: Mapping[str, frozenset[str]]
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
    common_words: frozenset[str]
    other_codes: frozenset[str] = _NOTHING
    denying_verbs: frozenset[str] = _NOTHING
    describing_verbs: frozenset[str] = _NOTHING
    word_nouns: frozenset[str] = _NOTHING
    doubting_verbs: frozenset[str] = _NOTHING
    receiving_verbs: frozenset[str] = _NOTHING
    capital_nouns: bool = False
    enclitics: tuple[str, ...] = ()
    proclitics: tuple[str, ...] = ()
    auxiliaries: frozenset[str] = _NOTHING
    nonfinite_endings: tuple[str, ...] = ()


def _read(path: Path) -> Language:
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    strong, weak = data["cues"]["strong"], data["cues"]["weak"]
    words: dict[str, Any] = {**_freeze(data["words"])}
    return Language(
        code=path.stem,
        marks=_read_marks(data.pop("marks")),
        cue_forms={
            form.casefold(): lemma
            for cues in (weak, strong)
            for lemma, forms in cues.items()
            for form in (lemma, *forms)
        },
        strong_cues=frozenset(strong),
        phrase_cues=_freeze(data["cues"]["phrases"]),
        split_cues=_freeze(data["cues"].get("split", {})),
        pronouns=data["pronouns"],
        **_read_plain(data["language"]),
        **words,
    )


def _read_marks(data: dict[str, Any]) -> Marks:
    pairs = {side: tuple((pair[0], pair[1]) for pair in data.pop(side)) for side in ("outer", "inner")}
    return Marks(outer=pairs["outer"], inner=pairs["inner"], **_read_plain(data))


def _read_plain(data: dict[str, Any]) -> dict[str, Any]:
    """Return the values with lists as sets, or as tuples where their order counts."""
    ordered = {"enclitics", "proclitics", "nonfinite_endings"}
    return {
        name: value if not isinstance(value, list) else tuple(value) if name in ordered else frozenset(value)
        for name, value in data.items()
    }


def _freeze(lists: Mapping[str, Sequence[str]]) -> dict[str, frozenset[str]]:
    """Return sets of words as they are compared: without case, and so with "ss" for "ß"."""
    return {name: frozenset(word.casefold() for word in listed) for name, listed in lists.items()}


def has_cue(words: Sequence[str], language: Language) -> bool:
    """Return whether one of `words`, a clause in lower case and in order, reports speech.

    >>> has_cue("fügte sie hinzu".split(), LANGUAGES["de"]), has_cue(["s'est-elle"], LANGUAGES["fr"])
    (True, False)
    """
    if words and len(words) > 1 and words[0] in language.source_prepositions:
        return True
    for place, word in enumerate(words):
        after = words[place + 1 : place + 2]
        if bare_form(word, language) in language.cue_forms:
            return True
        if not language.phrase_cues.get(word, _NOTHING).isdisjoint(after):
            return True
        if not language.split_cues.get(word, _NOTHING).isdisjoint(words[place + 1 :]):
            return True
    return False


def bare_form(word: str, language: Language) -> str:
    """Return a word in lower case without the small words that hang on it.

    >>> bare_form("explique-t-elle", LANGUAGES["fr"]), bare_form("s’exclame", LANGUAGES["fr"])
    ('explique', 'exclame')
    """
    plain = word.replace("’", "'") if language.proclitics else word
    for small in language.proclitics:
        plain = plain.removeprefix(small)
    hanging = next((small for small in language.enclitics if plain.endswith(small)), "")
    return plain.removesuffix(hanging)


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


def normal_code(code: str) -> str:
    """Return the code by which `LANGUAGES` knows a language, or `code` itself where it does not.

    >>> normal_code("deu"), normal_code("pt")
    ('de', 'pt')
    """
    known = (one.code for one in LANGUAGES.values() if code in one.other_codes)
    return code if code in LANGUAGES else next(known, code)


def name_missing(code: str, models_read: frozenset[str]) -> str | None:
    """Return what is missing to look for speakers in a language; None where nothing is.

    `models_read` are the codes of the languages whose models are installed.
    """
    if code == UNKNOWN:
        return "the article's language is not known: quotes only, marks of every style were tried"
    language = LANGUAGES.get(code)
    if language is None:
        return f"no language data for {code!r}: quotes only, marks of every style were tried"
    return None if code in models_read else f"no {language.name} models are installed: quotes only"
