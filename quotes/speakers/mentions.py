"""Which name in a speaker's printed words is the speaker: “the mayor’s aide, [Ana Roe], of Harbour”."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from quotes.speakers.people import Known, bare_name, body_name
from quotes.speakers.syntax import head_of

if TYPE_CHECKING:
    from quotes.records import Span
    from quotes.speakers.scene import Scene

_LEADING = re.compile(
    r"[^,;:(–—]*?(?=[,;:(–—]| (?:who|whose|which|that|of|for|from|at|in|on|by|with|about|to|against|and)\b|$)"
)
_CHAIN = 4
_OF_ANOTHER = frozenset({"for", "to", "with", "by", "near", "from"})  # “a spokesman for Mayor [Roe]”
_OWNED = re.compile(r"['’]s? *\S")
_AFTER_COMMA = re.compile(r",(?: [^\W\d_][\w'’.-]*){0,4} $|, $")


def named_at(scene: Scene, span: Span) -> tuple[Known, str] | None:
    """Return the person or body that the mention names, and the name as printed; None for a description."""
    text = scene.article.text[slice(*span)]
    leading = _LEADING.match(text)
    end = span[0] + (len(leading.group(0).rstrip()) if leading else 0)
    return (
        _closing(scene, span, end)
        or _after_comma(scene, span)
        or _after_title(scene, span)
        or _head_name(scene, span)
        or _spelled_alike(scene, (span[0], end))
    )


def antecedent_at(scene: Scene, span: Span) -> Span | None:
    """Return the noun that a relative clause at “who” describes: “[Ana Roe], who said”."""
    sentence = scene.sentence_of(span[0])
    token = head_of(sentence, span) if sentence else None
    for _ in range(_CHAIN):
        if sentence is None or token is None or token.head < 0:
            return None
        above = sentence.tokens[token.head]
        if token.deprel == "acl:relcl":
            return (above.start, above.end) if above.start < span[0] else None
        token = above
    return None


def joined_at(scene: Scene, span: Span) -> list[Span]:
    """Return the names of persons that “and” joins to the first one of the mention."""
    sentence = scene.sentence_of(span[0])
    head = head_of(sentence, span) if sentence else None
    if sentence is None or head is None:
        return []
    joined = {
        token.start
        for token in sentence.tokens
        if token.deprel == "conj" and token.head >= 0 and sentence.tokens[token.head] is head
    }
    persons = [name for name, known in scene.names_in(span) if known.kind == "person"]
    return [name for name in persons if any(name[0] <= start < name[1] for start in joined)]


def _closing(scene: Scene, span: Span, end: int) -> tuple[Known, str] | None:
    """“MSNBC host [Chris Roe], who …”: the name that ends the first noun phrase."""
    names = scene.names_in((span[0], end)) if end > span[0] else []
    closing = [
        (name, known) for name, known in names if name[1] >= end - 1 and not _is_owner(scene, name, span)
    ]
    closing.sort(key=lambda pair: pair[1].kind == "person")
    return _printed(scene, *closing[-1]) if closing else None


def _after_comma(scene: Scene, span: Span) -> tuple[Known, str] | None:
    """“a spokesman for the board, [Ana Roe],”: the person named after a comma, titles before it allowed."""
    text = scene.article.text
    for name, known in scene.names_in(span):
        before = _AFTER_COMMA.search(text[max(span[0], name[0] - 80) : name[0]])
        if known.kind != "person" or before is None or _is_owner(scene, name, span):
            continue
        words = [word.casefold() for word in before.group(0).strip(" ,").split()]
        if (
            not words
            or words[-1] in scene.language.titles | scene.language.person_nouns
            or words[-1].endswith(".")
        ):
            return _printed(scene, name, known)
    return None


def _after_title(scene: Scene, span: Span) -> tuple[Known, str] | None:
    """“Secretary of State [Ana Roe]”, “his wife and fellow senator [Ana Roe]”: the person at the end."""
    text = scene.article.text
    end = min([span[1], *(span[0] + at for at in [text[slice(*span)].find(",")] if at > 0)])
    for name, known in scene.names_in((span[0], end)):
        before = text[span[0] : name[0]].casefold().split()
        if _OF_ANOTHER.intersection(before):
            continue
        nouns = scene.language.titles | scene.language.person_nouns
        titled = before and (before[-1] in nouns or (before[0] in scene.language.titles and len(before) <= 5))
        if known.kind == "person" and name[1] >= end - 1 and titled and not _is_owner(scene, name, span):
            return _printed(scene, name, known)
    return None


def _head_name(scene: Scene, span: Span) -> tuple[Known, str] | None:
    sentence = scene.sentence_of(span[0])
    head = head_of(sentence, span) if sentence else None
    if head is None:
        return None
    for name, known in scene.names_in(span):
        if name[0] <= head.start < name[1] and not _is_owner(scene, name, span):
            after = scene.article.text[name[1] : span[1]].casefold().strip(" ,.").split()[:1]
            nouns = scene.language.person_nouns | scene.language.body_nouns
            return None if nouns.intersection(after) else _printed(scene, name, known)
    return None


def _spelled_alike(scene: Scene, span: Span) -> tuple[Known, str] | None:
    """“CORRIGAN:” in a transcript: the one name of the article that is spelled so, but for capitals."""
    printed = bare_name(scene.article.text[slice(*span)], scene.language)
    found = scene.spelled(printed)
    return (found, printed) if found and printed[:1].isupper() else None


def _printed(scene: Scene, name: Span, known: Known) -> tuple[Known, str]:
    shorten = bare_name if known.kind == "person" else body_name
    return known, shorten(scene.article.text[slice(*name)], scene.language)


def _is_owner(scene: Scene, name: Span, mention: Span) -> bool:
    """Whether the name only owns what is mentioned (“[Tolley]’s lawyer”)."""
    text = scene.article.text
    ending = re.search(r"['’]s?$", text[slice(*name)])
    owned = name[0] + ending.start() if ending else name[1]
    return _OWNED.match(text[owned : mention[1]]) is not None
