"""Resolve the mention of each attributed quote to a person, a body or a described source of the same article.

A mention is resolved only when one candidate remains. Otherwise the quote keeps its mention and has no
speaker, with the reason.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from quotes.languages import LANGUAGES, Language
from quotes.records import Annotated, Article, Attribution, LocalSpeaker, Span
from quotes.speakers.people import Known, bare_name, know_bodies, know_people
from quotes.text.ids import content_id

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

SENTENCES_BACK = 8
_DEFINITE = frozenset({"the", "his", "her", "their", "its"})


@dataclass(frozen=True, slots=True)
class Named:
    """The speakers of one article, which quote is whose, and why a mention could not be resolved."""

    speakers: tuple[LocalSpeaker, ...]
    speaker_of: dict[str, str]
    reasons: dict[str, str]


@dataclass(frozen=True, slots=True)
class _Scene:
    """What is known when mentions are resolved one after the other."""

    article: Article
    annotated: Annotated
    language: Language
    people: tuple[Known, ...]
    bodies: tuple[Known, ...]
    subjects: frozenset[int]
    main_subjects: frozenset[int]
    quoted: tuple[Span, ...]
    described: tuple[tuple[int, Known], ...] = ()


def name_speakers(
    article: Article,
    annotated: Annotated,
    attributions: Sequence[Attribution],
    quoted: Sequence[Span] = (),
) -> Named:
    """Return who speaks in `article`; in `quoted`, the spans of its quotes, pronouns find no antecedent."""
    language = LANGUAGES.get(article.language) or LANGUAGES["en"]
    scene = _Scene(
        article, annotated, language, know_people(article.text, annotated, language),
        know_bodies(annotated, language), *_subjects(annotated), tuple(sorted(quoted)),
    )  # fmt: skip
    scene = replace(scene, described=tuple(_described_subjects(scene)))
    resolved: dict[Span, Known | str] = {}
    for attribution in sorted((a for a in attributions if a.speaker), key=lambda a: a.speaker or (0, 0)):
        span = attribution.speaker
        if span is not None and span not in resolved:
            resolved[span] = _resolve(scene, span, resolved)
    return _collect(scene, attributions, resolved)


def _subjects(annotated: Annotated) -> tuple[frozenset[int], frozenset[int]]:
    """Where the subjects of all verbs begin, and those of main clauses; “Ana and Bea” are two subjects."""
    every: set[int] = set()
    main: set[int] = set()
    for sentence in annotated.sentences:
        tokens = sentence.tokens
        for token in tokens:
            subject = tokens[token.head] if token.deprel == "conj" and token.head >= 0 else token
            if subject.deprel.startswith("nsubj"):
                every.add(token.start)
                if subject.head >= 0 and tokens[subject.head].deprel == "root":
                    main.add(token.start)
    return frozenset(every), frozenset(main)


def _resolve(scene: _Scene, span: Span, resolved: dict[Span, Known | str]) -> Known | str:
    """Return who the mention at `span` is, or why that is not known."""
    printed = scene.article.text[span[0] : span[1]]
    for known in (*scene.people, *scene.bodies):
        if any(
            start < span[1] and end > span[0] and _covers(scene, (start, end), span)
            for start, end in known.mentions
        ):
            return known
    pronoun = scene.language.pronouns.get(bare_name(printed, scene.language).casefold())
    if pronoun is not None:
        return _resolve_pronoun(scene, span, pronoun, resolved)
    return _resolve_description(scene, span, printed)


def _covers(scene: _Scene, name: Span, mention: Span) -> bool:
    """Whether the name is the mention itself and not a part of its description (“[Tolley]’s lawyer”)."""
    after = scene.article.text[name[1] : mention[1]]
    before = scene.article.text[mention[0] : name[0]].split()
    if after.strip(" ,.") and not after.casefold().startswith(("'s ", "’s ")):
        return len(after.split()) <= 2 and not any(
            w.casefold() in scene.language.person_nouns for w in after.split()
        )
    return not after.casefold().startswith(("'s ", "’s ")) and not any(
        w in {"of", "for", "from"} for w in before
    )


def _resolve_pronoun(scene: _Scene, span: Span, kind: str, resolved: dict[Span, Known | str]) -> Known | str:
    printed = scene.article.text[span[0] : span[1]]
    if kind not in {"male", "female"}:
        return f"pronoun “{printed}” is not resolved"
    mentions = _mentions_before(scene, span, resolved)
    sentences = [s for s in scene.annotated.sentences if s.start < span[0]][-SENTENCES_BACK:]
    for sentence in reversed(sentences):
        here = [
            (at, known)
            for at, known in mentions
            if sentence.start <= at < sentence.end and _fits(scene, known, kind, resolved)
        ]
        if not here:
            continue
        main = [known for at, known in here if _is_at(scene, at, scene.main_subjects)]
        subjects = [known for at, known in here if _is_at(scene, at, scene.subjects)]
        choices = {known.name: known for known in (main or subjects or [known for _, known in here])}
        if len(choices) == 1:
            return next(iter(choices.values()))
        spoke = [known for known in choices.values() if known in resolved.values()]
        if len(spoke) == 1:
            return spoke[0]
        if len(choices) > 1:
            return f"pronoun “{printed}” could be {' or '.join(list(choices)[:3])}"
    return f"pronoun “{printed}” follows nobody it could stand for"


def _described_subjects(scene: _Scene) -> Iterator[tuple[int, Known]]:
    """Subjects that describe one person without a name (“A spokesman read …”), with their offset."""
    language, text = scene.language, scene.article.text
    named = [mention for known in scene.people for mention in known.mentions]
    for sentence in scene.annotated.sentences:
        for index, token in enumerate(sentence.tokens):
            if (
                token.start not in scene.subjects
                or token.text.casefold() not in language.person_nouns
                or token.xpos != "NN"
            ):
                continue
            if any(a <= token.start < b for a, b in (*scene.quoted, *named)):
                continue
            if any(token.end < a <= token.end + 2 for a, _ in named):
                continue
            linked = [
                t for t in sentence.tokens if t.head == index and t.deprel in {"appos", "flat", "compound"}
            ]
            if any(a <= t.start < b for t in linked for a, b in named):
                continue
            below = [
                t.start
                for t in sentence.tokens
                if t.head == index and t.start < token.start and t.deprel != "punct"
            ]
            start = min([*below, token.start])
            known = _resolve_description(scene, (start, token.end), text[start : token.end])
            gender = _word_gender(token.text.casefold(), language)
            yield token.start, replace(known, gender=known.gender or gender)


def _word_gender(word: str, language: Language) -> str | None:
    if word in language.female_words:
        return "female"
    return "male" if word in language.male_words else None


def _mentions_before(scene: _Scene, span: Span, resolved: dict[Span, Known | str]) -> list[tuple[int, Known]]:
    """Persons mentioned before `span` outside quotes, by name, description or resolved pronoun, in order."""
    named = [
        (start, known)
        for known in scene.people
        for start, _ in known.mentions
        if start < span[0] and not any(a <= start < b for a, b in scene.quoted)
    ]
    by_pronoun = [
        (at[0], known)
        for at, known in resolved.items()
        if isinstance(known, Known) and at[0] < span[0] and known.kind == "person"
    ]
    described = [(start, known) for start, known in scene.described if start < span[0]]
    found = {(at, known.name): (at, known) for at, known in (*named, *by_pronoun, *described)}
    return sorted(found.values(), key=lambda mention: mention[0])


def _is_at(scene: _Scene, at: int, starts: frozenset[int]) -> bool:
    """Whether any word of the mention that begins at `at` is among `starts`."""
    end = next((e for known in scene.people for s, e in known.mentions if s == at), at + 1)
    return any(start in starts for start in range(at, end))


def _fits(scene: _Scene, known: Known, gender: str, resolved: dict[Span, Known | str]) -> bool:
    """Whether `known` may be a he or a she, by name and title or by the pronouns already resolved to them."""
    text, pronouns = scene.article.text, scene.language.pronouns
    used = {pronouns.get(text[a:b].casefold()) for (a, b), other in resolved.items() if other is known}
    return known.gender in {None, gender} and not used & ({"male", "female"} - {gender})


def _resolve_description(scene: _Scene, span: Span, printed: str) -> Known:
    """“the mayor” is the one person the article calls a mayor; a description of nobody named stays one."""
    words = _head_words(printed)
    if words and (words[0] in _DEFINITE or len(words) == 1) and len(words) <= 5:
        noun = words[-1]
        holders = [k for k in scene.people if k.role and noun in _head_words(k.role)[-2:]]
        if len(holders) == 1:
            return holders[0]
        bodies = [k for k in scene.bodies if noun in k.name.casefold().split()[-1:]]
        if len(bodies) == 1:
            return bodies[0]
    kind = "person" if _is_full_name(printed) else "anonymous"
    name = bare_name(printed, scene.language) if kind == "person" else " ".join(printed.split())
    return Known(name, kind, None, None, (span,))


def _head_words(phrase: str) -> list[str]:
    """The words up to the head noun (“secretary of the union”: secretary)."""
    words = phrase.casefold().split()
    ends = [i for i, word in enumerate(words) if word in {"of", "for", "at", "in", "from", "to"} and i]
    return words[: ends[0]] if ends else words


def _is_full_name(printed: str) -> bool:
    words = printed.split()
    return 2 <= len(words) <= 4 and all(word[:1].isupper() for word in words) and words[0].casefold() != "the"


def _collect(scene: _Scene, attributions: Sequence[Attribution], resolved: dict[Span, Known | str]) -> Named:
    text, article_id = scene.article.text, scene.article.id
    speaker_of: dict[str, str] = {}
    reasons: dict[str, str] = {}
    aliases: dict[str, list[str]] = {}
    known_by_id: dict[str, Known] = {}
    for attribution in attributions:
        if attribution.speaker is None:
            reasons[attribution.quote_id] = attribution.reason or "unknown"
            continue
        known = resolved[attribution.speaker]
        if isinstance(known, str):
            reasons[attribution.quote_id] = known
            continue
        local_id = content_id("article speaker", article_id, known.kind, known.name)
        known_by_id[local_id] = known
        speaker_of[attribution.quote_id] = local_id
        printed = " ".join(text[attribution.speaker[0] : attribution.speaker[1]].split())
        if printed not in aliases.setdefault(local_id, []):
            aliases[local_id].append(printed)
    speakers = tuple(
        LocalSpeaker(local_id, article_id, known.name, known.kind, known.role, tuple(aliases[local_id]))
        for local_id, known in known_by_id.items()
    )
    return Named(speakers, speaker_of, reasons)
