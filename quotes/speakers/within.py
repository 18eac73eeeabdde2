"""Resolve the mention of each attributed quote to a person, a body or a described source of the same article.

A mention is resolved only when one candidate remains. Otherwise the quote keeps its mention and has no
speaker, with the reason.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from quotes.languages import LANGUAGES, Language
from quotes.records import Annotated, Article, Attribution, LocalSpeaker, Span
from quotes.speakers.people import Known, bare_name
from quotes.speakers.scene import Mention, Scene
from quotes.text.ids import content_id

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from quotes.records import Sentence

SENTENCES_BACK = 8
_DEFINITE = frozenset({"the", "his", "her", "their", "its"})
_OF_ANOTHER = frozenset({"of", "for", "from", "by", "on", "about", "to", "with", "against"})


@dataclass(frozen=True, slots=True)
class Named:
    """The speakers of one article, which quote is whose, and why a mention could not be resolved.

    `also_of` leads from a quote to those who said it together with its speaker.
    """

    speakers: tuple[LocalSpeaker, ...]
    speaker_of: dict[str, str]
    reasons: dict[str, str]
    also_of: dict[str, tuple[str, ...]] = field(default_factory=dict)


def name_speakers(
    article: Article,
    annotated: Annotated,
    attributions: Sequence[Attribution],
    quoted: Sequence[Span] = (),
) -> Named:
    """Return who speaks in `article`; in `quoted`, the spans of its quotes, pronouns find no antecedent."""
    language = LANGUAGES.get(article.language) or LANGUAGES["en"]
    scene = Scene(article, annotated, quoted, language)
    scene.add_mentions([Mention(*span, known) for known in scene.people for span in known.mentions])
    scene.add_mentions(list(_described_subjects(scene)))
    resolved: dict[Span, Known | str] = {}
    for span in sorted({attribution.speaker for attribution in attributions if attribution.speaker}):
        found = resolved[span] = _resolve(scene, span)
        if isinstance(found, Known):
            scene.remember(span, found, language.pronouns.get(article.text[slice(*span)].casefold()))
    return _collect(article, attributions, resolved)


def _resolve(scene: Scene, span: Span) -> Known | str:
    """Return who the mention at `span` is, or why that is not known."""
    printed = scene.article.text[slice(*span)]
    for name in scene.names_over(span):
        if _covers(scene, (name.start, name.end), span):
            return name.known
    pronoun = scene.language.pronouns.get(bare_name(printed, scene.language).casefold())
    if pronoun is not None:
        return _resolve_pronoun(scene, span, pronoun)
    return _resolve_description(scene, span, printed)


def _covers(scene: Scene, name: Span, mention: Span) -> bool:
    """Whether the name is the mention itself and not a part of its description (“[Tolley]’s lawyer”)."""
    text = scene.article.text
    before = text[mention[0] : name[0]].casefold().split()
    after = text[name[1] : mention[1]].casefold().strip(" ,.")
    owns = text[slice(*name)].endswith(("'s", "’s")) or after.startswith(("'s ", "’s "))
    if _OF_ANOTHER.intersection(before) or (owns and after not in {"", "'s", "’s"}):
        return False
    words = after.split()
    return len(words) <= 2 and not scene.language.person_nouns.intersection(words)


def _resolve_pronoun(scene: Scene, span: Span, kind: str) -> Known | str:
    printed = scene.article.text[slice(*span)]
    if kind not in {"male", "female"}:
        return f"pronoun “{printed}” is not resolved"
    for sentence in scene.sentences_before(span[0], SENTENCES_BACK):
        end = min(sentence.end, span[0])
        here = [m for m in scene.persons_in(sentence.start, end) if scene.can_be(m.known, kind)]
        if not here:
            continue
        main = [m.known for m in here if _is_at(m, scene.main_subjects)]
        subjects = [m.known for m in here if _is_at(m, scene.subjects)]
        choices = {known.name: known for known in (main or subjects or [m.known for m in here])}
        if len(choices) > 1:
            spoke = {name: known for name, known in choices.items() if name in scene.spoke}
            choices = spoke if len(spoke) == 1 else choices
        if len(choices) == 1:
            return next(iter(choices.values()))
        return f"pronoun “{printed}” could be {' or '.join(sorted(choices)[:3])}"
    return f"pronoun “{printed}” follows nobody it could stand for"


def _is_at(mention: Mention, starts: frozenset[int]) -> bool:
    """Whether any word of `mention` is among `starts`."""
    return any(start in starts for start in range(mention.start, mention.end))


def _described_subjects(scene: Scene) -> Iterator[Mention]:
    """Yield the subjects that describe one person without a name (“A spokesman read …”)."""
    language, text = scene.language, scene.article.text
    for sentence in scene.annotated.sentences:
        for index, token in enumerate(sentence.tokens):
            is_person = token.text.casefold() in language.person_nouns and token.xpos == "NN"
            if not is_person or token.start not in scene.subjects or _is_named(scene, sentence, index):
                continue
            below = [t for t in sentence.tokens[:index] if t.head == index and t.deprel != "punct"]
            in_clause = token.head >= 0 and sentence.tokens[token.head].deprel == "acl:relcl"
            if in_clause or any(t.upos == "PRON" and t.text.casefold() == "whose" for t in below):
                continue
            start = min([token.start, *(t.start for t in below)])
            known = _resolve_description(scene, (start, token.end), text[start : token.end])
            gender = known.gender or _word_gender(token.text.casefold(), language)
            yield Mention(token.start, token.end, replace(known, gender=gender))


def _is_named(scene: Scene, sentence: Sentence, index: int) -> bool:
    """Whether the noun stands beside a name or is part of one (“the mayor, Ana Roe”, “driver Col Roe”)."""
    token = sentence.tokens[index]
    linked = [t for t in sentence.tokens if t.head == index and t.deprel in {"appos", "flat", "compound"}]
    spans = [(token.start, token.end + 2), *((t.start, t.end) for t in linked)]
    return any(name.known.kind == "person" for span in spans for name in scene.names_over(span))


def _word_gender(word: str, language: Language) -> str | None:
    if word in language.female_words:
        return "female"
    return "male" if word in language.male_words else None


def _resolve_description(scene: Scene, span: Span, printed: str) -> Known:
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


def _collect(
    article: Article, attributions: Sequence[Attribution], resolved: dict[Span, Known | str]
) -> Named:
    text, article_id = article.text, article.id
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
