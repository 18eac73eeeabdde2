"""Resolve the mention of each attributed quote to a person, a body or a described source of the same article.

The article is read from start to end; what each name, pronoun and description stands for helps with those
after it. A mention is resolved only where one candidate stands out. Otherwise the quote keeps its mention
and has no speaker, with the reason.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from quotes.languages import LANGUAGES
from quotes.records import Annotated, Article, Attribution, LocalSpeaker, Span
from quotes.speakers.descriptions import (
    described_subjects,
    describes_person,
    resolve_description,
    resolve_thing,
    with_gender,
)
from quotes.speakers.mentions import antecedent_at, joined_at, named_at
from quotes.speakers.people import Known, bare_name
from quotes.speakers.pronouns import Finding, resolve_pronoun
from quotes.speakers.scene import Scene
from quotes.text.ids import content_id

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from collections.abc import Set as AbstractSet


_SINGLE = frozenset({"male", "female"})


@dataclass(frozen=True, slots=True)
class Named:
    """The speakers of one article, which quote is whose, and why a mention could not be resolved.

    `also_of` leads from a quote to those who said it together with its speaker; `how` says in a few words
    what told whom its mention stands for, `sure` how likely that is, from 0 to 1.
    """

    speakers: tuple[LocalSpeaker, ...]
    speaker_of: dict[str, str]
    reasons: dict[str, str]
    also_of: dict[str, tuple[str, ...]] = field(default_factory=dict)
    how: dict[str, str] = field(default_factory=dict)
    sure: dict[str, float] = field(default_factory=dict)


def name_speakers(
    article: Article,
    annotated: Annotated,
    attributions: Sequence[Attribution],
    quoted: Sequence[Span] = (),
) -> Named:
    """Return who speaks in `article`; in `quoted`, the spans of its quotes, pronouns find no antecedent."""
    language = LANGUAGES.get(article.language) or LANGUAGES["en"]
    scene = Scene(article, annotated, quoted, language)
    mouths = {a.quote_id: _mouths(scene, a) for a in attributions}
    found = read_mentions(scene, {span for spans in mouths.values() for span in spans})
    return _collect(article, attributions, mouths, found)


def _mouths(scene: Scene, attribution: Attribution) -> tuple[Span, ...]:
    """The mentions of those who said a quote: the speaker, those beside it, and “Ana Roe and [Bea Roe]”."""
    if attribution.speaker is None:
        return ()
    joined = () if attribution.also else joined_at(scene, attribution.speaker)
    return (attribution.speaker, *attribution.also, *joined)


def read_mentions(
    scene: Scene, speaking: AbstractSet[Span], watch: Callable[[Span], None] = lambda _: None
) -> dict[Span, Finding]:
    """Go through the mentions of the article in order; return who those at `speaking` are.

    `watch` is called with each span of `speaking` before it is resolved.
    """
    found: dict[Span, Finding] = {}
    last = max(speaking, default=(-1, -1))  # what comes after it tells nothing of it
    starts = {span[0] for span in speaking}
    subjects = list(described_subjects(scene, last[1]))
    genders = {span[0]: gender for span, gender in subjects}
    described = {span for span, _ in subjects if span[0] not in starts}
    names = {span: known for span, known in scene.names if known.kind == "person"}
    pronouns = (span for span in _pronouns(scene, last[1]) if span[0] not in starts)
    for span in sorted({*speaking, *described, *names, *pronouns}):
        if span > last:
            break
        if span in speaking:
            watch(span)
            finding = found[span] = _resolve(scene, span)
        elif span in names:
            finding = Finding(names[span], "")
        elif span in described:
            finding = resolve_description(scene, span)
        else:
            finding = resolve_pronoun(scene, span, pronoun_kind(scene, span) or "")
        spoke = span in speaking or _reports(scene, span)
        _take_in(scene, span, finding, genders.get(span[0]), spoke=spoke)
    return found


def _reports(scene: Scene, span: Span) -> bool:
    """Whether the article reports what they said without marks: “according to [Roe]”, “[Roe] said that …”."""
    place = scene.place_of(span)
    reports = place.part == "main" and place.verb in scene.language.strong_cues
    return place.part == "source" or reports


def _take_in(scene: Scene, span: Span, finding: Finding, gender: str | None, *, spoke: bool) -> None:
    if finding.known is None:
        return
    pronoun = pronoun_kind(scene, span)
    if finding.known.kind == "anonymous" and not describes_person(scene, finding.known.name):
        return
    mention = scene.mention(span, with_gender(finding.known, gender), is_pronoun=pronoun is not None)
    scene.remember(mention, pronoun if pronoun in {"male", "female"} else None, spoke=spoke)


def _pronouns(scene: Scene, end: int) -> Iterator[Span]:
    """Yield the pronouns outside quotes that stand for one man or woman, up to the sentence at `end`."""
    pronouns = scene.language.pronouns
    for sentence in scene.sentences_to(end):
        for token in sentence.tokens:
            if pronouns.get(token.text.casefold()) in _SINGLE and not scene.is_quoted(token.start):
                yield (token.start, token.end)


def pronoun_kind(scene: Scene, span: Span) -> str | None:
    """Return what the language says of the pronoun at `span` ("male", "plural" …), None for other words."""
    if span[1] - span[0] > 12:
        return None
    return scene.language.pronouns.get(bare_name(scene.article.text[slice(*span)], scene.language).casefold())


def _resolve(scene: Scene, span: Span) -> Finding:
    """Return who the mention at `span` is, or why that is not known; a surname of several is nobody's."""
    finding, kind = _find(scene, span), pronoun_kind(scene, span)
    bearers = scene.bearers(finding.known) if finding.known else []
    if len(bearers) < 2:
        return finding
    fitting = [one for one in bearers if kind in {None, one.gender or kind}]
    if len(fitting) == 1:
        return replace(finding, known=fitting[0])
    printed, names = scene.article.text[slice(*span)], sorted(one.name for one in fitting or bearers)
    return Finding(None, f"“{printed}” could be {' or '.join(names[:2])}")


def _find(scene: Scene, span: Span) -> Finding:
    named = named_at(scene, span)
    if named is not None:
        known, printed = named
        return Finding(known, "named in full" if printed == known.name else f"“{printed}” names {known.name}")
    kind = pronoun_kind(scene, span)
    if kind in {"male", "female"}:
        return resolve_pronoun(scene, span, kind)
    if kind == "thing":
        return resolve_thing(scene, span)
    noun = antecedent_at(scene, span) if kind == "relative" else None
    named = named_at(scene, noun) if noun else None
    if named is not None:
        return Finding(named[0], f"“{scene.article.text[slice(*span)]}”: its clause describes {named[1]}")
    if kind is not None:
        return Finding(None, f"pronoun “{scene.article.text[slice(*span)]}” is not resolved")
    return resolve_description(scene, span)


def _collect(
    article: Article,
    attributions: Sequence[Attribution],
    mouths: dict[str, tuple[Span, ...]],
    found: dict[Span, Finding],
) -> Named:
    speakers = _Speakers(article)
    named = Named((), {}, {})
    for attribution in attributions:
        quote, spans = attribution.quote_id, mouths[attribution.quote_id]
        if not spans or found[spans[0]].known is None:
            named.reasons[quote] = found[spans[0]].how if spans else attribution.reason or "unknown"
            continue
        ids = [speakers.enter(span, found[span].known) for span in spans]
        assert ids[0] is not None
        first = found[spans[0]]
        named.speaker_of[quote], named.how[quote], named.sure[quote] = ids[0], first.how, first.sure
        also = tuple(dict.fromkeys(local for local in ids[1:] if local and local != ids[0]))
        if also:
            named.also_of[quote] = also
    return replace(named, speakers=speakers.listed())


class _Speakers:
    """The local speakers of one article and the words used for each, in order of their first quote."""

    def __init__(self, article: Article) -> None:
        self._article = article
        self._known: dict[str, Known] = {}
        self._aliases: dict[str, list[str]] = {}

    def enter(self, span: Span, known: Known | None) -> str | None:
        """Take in who is mentioned at `span`; return the id, or None for nobody."""
        if known is None:
            return None
        local_id = content_id("article speaker", self._article.id, known.kind, known.name)
        self._known[local_id] = known
        printed = " ".join(self._article.text[slice(*span)].split())
        if printed not in self._aliases.setdefault(local_id, []):
            self._aliases[local_id].append(printed)
        return local_id

    def listed(self) -> tuple[LocalSpeaker, ...]:
        return tuple(
            LocalSpeaker(key, self._article.id, known.name, known.kind, known.role, tuple(self._aliases[key]))
            for key, known in self._known.items()
        )
