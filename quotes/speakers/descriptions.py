"""Whom a description without a name stands for: “the mayor”, “the agency”; or nobody the article names."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from quotes.speakers.gender import word_gender
from quotes.speakers.people import Known, bare_name, surname
from quotes.speakers.pronouns import Finding, choose, resolve_pronoun
from quotes.speakers.titles import QUALIFIERS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from quotes.records import Sentence, Span, Token
    from quotes.speakers.scene import Scene

_DEFINITE = frozenset({"the", "his", "her", "their", "its"})
_LINKS = frozenset({"of", "for", "at", "in", "from", "to", "on", "with", "who", "whose", "that", "which"})
LIKELY = (
    0.93  # share of the descriptions led to a name that were led to the right one, on articles not fitted to
)
_OWNED_BODIES = frozenset({"campaign", "office", "administration", "team", "government", "foundation"})
_ANY_BODY = frozenset(
    {"agency", "association", "channel", "company", "firm", "group", "magazine", "network", "newspaper"}
    | {"organisation", "organization", "outlet", "paper", "site", "station", "watchdog", "website"}
)
_SENTENCES_BACK = 3
_LONGEST_LINK = 10  # words
_MAIN = frozenset({"root", "parataxis", "conj"})


def resolve_description(scene: Scene, span: Span) -> Finding:
    """Return whom a description stands for: a description of nobody named stays one."""
    printed = " ".join(scene.article.text[slice(*span)].split())
    words = _head_words(printed)
    if words:
        found = _owned_body(scene, span, words)
        if found is None and words[0] in _DEFINITE and len(words) <= 6:
            found = _holder(scene, span, words) or _body(scene, span, words)
        if found is not None:
            return found
    kind = _kind(scene, span, printed)
    name = bare_name(printed, scene.language) if kind == "person" else printed
    how = "described, not named" if kind == "anonymous" else "named in full"
    return Finding(Known(name, kind, None, None, (span,)), how)


def _kind(scene: Scene, span: Span, printed: str) -> str:
    """“Del. Ana Roe” is a person and “Harbour Trust” a body even where the models marked no name."""
    sentence = scene.sentence_of(span[0])
    tokens = [t for t in sentence.tokens if span[0] <= t.start < span[1]] if sentence else []
    if not 1 <= len(tokens) <= 5 or not all(t.xpos == "NNP" or t.upos == "PUNCT" for t in tokens):
        return "anonymous"
    first = printed.split()[0].casefold()
    if printed.casefold() in scene.language.body_nouns | scene.language.person_nouns:
        return "anonymous"
    given = next(iter(bare_name(printed, scene.language).casefold().split()), "")
    names = scene.language.female_names | scene.language.male_names
    is_person = first in scene.language.titles or (given in names and len(printed.split()) > 1)
    return "person" if is_person else "organisation"


def _holder(scene: Scene, span: Span, words: list[str]) -> Finding | None:
    """“the mayor”: the one person so called who stands out among all that were named before."""
    noun = words[-1]
    if words[0] != "the" or noun not in scene.language.person_nouns:
        return None
    called = f"{words[-2]} {noun}" if words[-2] in QUALIFIERS else noun
    holders = [known.name for known in scene.called.get(called, ()) if known.kind == "person"]
    found = choose(scene, span, holders)
    if found is None:
        return None
    only = "the only person" if len(holders) == 1 else "the likeliest of those whom"
    return Finding(found, f"{only} the article calls {called}", LIKELY)


def _owned_body(scene: Scene, span: Span, words: list[str]) -> Finding | None:
    """“her campaign”, “the Corrigan campaign” and “Corrigan’s campaign” are the Corrigan campaign."""
    noun = words[-1]
    if noun not in _OWNED_BODIES or not 2 <= len(words) <= 5:
        return None
    owners = [known for _, known in scene.names_in(span) if known.kind == "person"]
    gender = scene.language.pronouns.get(words[0])
    if not owners and gender in {"male", "female"} and len(words) == 2:
        owner = resolve_pronoun(scene, (span[0], span[0] + len(words[0])), gender).known
        owners = [owner] if owner and owner.kind == "person" else []
    if len(owners) != 1:
        return None
    name = f"{_last_word(owners[0].name)} {noun}"
    return Finding(
        Known(name, "organisation", None, None, (span,)), f"the {noun} of {owners[0].name}", LIKELY
    )


def _last_word(name: str) -> str:
    return next(word for word in reversed(name.split()) if word.casefold().strip(",") == surname(name))


def _body(scene: Scene, span: Span, words: list[str]) -> Finding | None:
    """“the council” is the one council that is named; “the company” the one body named just before."""
    noun = words[-1]
    if noun not in scene.language.body_nouns:
        return None
    named = [known for known in scene.called.get(noun, ()) if known.kind == "organisation"]
    if len(named) == 1 and len(words) == 2:
        return Finding(named[0], f"the only {noun} named in the article", LIKELY)
    if noun not in _ANY_BODY:
        return None
    near = scene.bodies_before(span[0], _SENTENCES_BACK)
    subjects = [known for known, place in near if place.part == "main"]
    if subjects:
        return Finding(subjects[-1], f"“the {noun}”: the body that the sentence before is about", LIKELY)
    return None


def resolve_thing(scene: Scene, span: Span) -> Finding:
    """“it” is the body that spoke in this paragraph or the one before, or that the sentence before quotes."""
    printed = scene.article.text[slice(*span)]
    speaker = scene.speaker
    cues = scene.language.strong_cues
    telling = [k for k, at in scene.bodies_before(span[0], 1) if at.is_subject and at.verb in cues]
    if telling:
        return Finding(telling[-1], f"“{printed}”: the body that speaks in the sentence before", LIKELY)
    subject = _last_body_subject(scene, span[0])
    if subject is not None and (speaker is None or speaker.start < subject[0]):
        named = [known for _, known in scene.names_in(subject) if known.kind == "organisation"]
        found = named[-1] if named else resolve_description(scene, subject).known
        return Finding(found, f"“{printed}”: the body that the sentence before is about", LIKELY)
    if speaker is None or speaker.known.kind != "organisation":
        return Finding(None, f"pronoun “{printed}” follows no body that spoke")
    if scene.paragraph_at(span[0]) - speaker.paragraph > 1:
        return Finding(None, f"pronoun “{printed}” is too far from the body that spoke last")
    return Finding(speaker.known, f"“{printed}”: the body that spoke just before", LIKELY)


def _last_body_subject(scene: Scene, offset: int) -> Span | None:
    """The body, named or not, that is the subject of the last sentence before `offset` that is told."""
    told = [s for s in scene.sentences_to(offset)[-_SENTENCES_BACK:] if not scene.is_quoted(s.start + 1)]
    for sentence in reversed(told):
        tokens = sentence.tokens
        for index, token in enumerate(tokens):
            if token.end > offset or not token.deprel.startswith("nsubj") or scene.is_quoted(token.start):
                continue
            if token.head < 0 or tokens[token.head].deprel not in _MAIN:
                continue
            named = any(known.kind == "organisation" for _, known in scene.names_in((token.start, token.end)))
            if named or token.text.casefold() in scene.language.body_nouns:
                below = [t.start for t in tokens[:index] if t.head == index and t.deprel != "punct"]
                return min([token.start, *below]), token.end
            if token.upos != "PRON":
                return None
    return None


def _head_words(phrase: str) -> list[str]:
    """The words up to the head noun (“secretary of the union”: secretary)."""
    words = phrase.casefold().replace("’s", "").replace("'s", "").split(",")[0].split()
    ends = [i for i, word in enumerate(words) if word in _LINKS and i]
    return words[: ends[0]] if ends else words


def described_subjects(scene: Scene, end: int) -> Iterator[tuple[Span, str | None]]:
    """Yield the subjects that describe one person without a name (“A spokesman read …”), and their gender.

    Those up to the sentence at `end` are looked for.
    """
    for sentence in scene.sentences_to(end):
        for index, token in enumerate(sentence.tokens):
            if token.xpos != "NN" or not token.deprel.startswith(("nsubj", "obl:agent")):
                continue
            is_person = token.text.casefold() in scene.language.person_nouns
            if not is_person or _is_named(scene, sentence, index):
                continue
            below = [t for t in sentence.tokens[:index] if t.head == index and t.deprel != "punct"]
            in_clause = token.head >= 0 and sentence.tokens[token.head].deprel == "acl:relcl"
            of_whose = any(t.upos == "PRON" and t.text.casefold() == "whose" for t in below)
            if not below or in_clause or of_whose:  # a bare noun is a title or a headline's
                continue
            start = min([token.start, *(t.start for t in below)])
            yield (
                (start, _find_end(scene, sentence, index)),
                word_gender(token.text.casefold(), scene.language),
            )


def _find_end(scene: Scene, sentence: Sentence, index: int) -> int:
    """Return where the description whose noun is token `index` ends: “a spokesman [for the trust]”."""
    tokens, last = sentence.tokens, index
    for place in range(index + 1, min(index + _LONGEST_LINK, len(tokens))):
        below = _find_branch(tokens, index, place)
        if below is None or tokens[below].deprel != "nmod" or scene.is_quoted(tokens[place].start):
            break
        last = place
    cuts_name = last + 1 < len(tokens) and tokens[last + 1].upos == "PROPN"
    return tokens[index if cuts_name else last].end


def _find_branch(tokens: Sequence[Token], top: int, place: int) -> int | None:
    """Return the token right below `top` that the token at `place` hangs on."""
    for _ in range(_LONGEST_LINK):
        if tokens[place].head <= top:
            return place if tokens[place].head == top else None
        place = tokens[place].head
    return None


def describes_person(scene: Scene, printed: str) -> bool:
    """Return whether a description is of one person, so that “he” or “she” may stand for it."""
    words = _head_words(printed)
    return bool(words) and words[-1] in scene.language.person_nouns


def with_gender(known: Known, gender: str | None) -> Known:
    """Return `known` with the gender its noun tells, where nothing else does."""
    return known if known.gender or not gender else replace(known, gender=gender)


def _is_named(scene: Scene, sentence: Sentence, index: int) -> bool:
    """Whether the noun stands beside a name or is part of one (“the mayor, Ana Roe”, “driver Col Roe”)."""
    token = sentence.tokens[index]
    linked = [t for t in sentence.tokens if t.head == index and t.deprel in {"appos", "flat", "compound"}]
    spans = [(token.start, token.end + 2), *((t.start, t.end) for t in linked)]
    return any(known.kind == "person" for span in spans for _, known in scene.names_in(span))
