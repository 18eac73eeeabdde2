"""The frozen records that stages pass on.

Offsets are half-open code-point offsets into the article's text: ``text[start:end]`` is the span.
Dates are ISO 8601 strings, as precise as the source gave them ("2026-03-04" or "2026-03-04T09:30:00+00:00").
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

Span = tuple[int, int]
NOT_SPEECH = ("title", "slogan", "scare quote", "nickname", "caption")


@dataclass(frozen=True, slots=True)
class Article:
    """One text as one outlet published it. `source` is the path or address it was read from.

    `kind` is "article", or "transcript" where it is the official record of what was said. `language` is ""
    until the words were asked, where nothing else tells it. `reader` names the versions of what told the text
    from the rest of a page: where another one read it, a change of the text need not be the outlet's.
    """

    id: str
    outlet: str
    text: str
    source: str
    title: str | None = None
    url: str | None = None
    byline: str | None = None
    published: str | None = None
    language: str = "en"
    kind: str = "article"
    reader: str = ""


@dataclass(frozen=True, slots=True)
class Unreadable:
    """An input that gave no article, and why; kept in the `skipped` table."""

    source: str
    reason: str
    outlet: str | None = None


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A line of an article. `role` is "body", or the kind of page furniture it is ("caption", "menu" …)."""

    start: int
    end: int
    role: str = "body"


@dataclass(frozen=True, slots=True)
class Quote:
    """One direct quotation as printed in one article.

    `spans` are the stretches inside the marks, in order: several where a reporting clause splits the quote.
    `text` joins them with single spaces. `kind` is "sentence" or "fragment" (words built into the
    reporter's own sentence), or what quoted words are that nobody said: one of NOT_SPEECH. `inside` is the
    id of the quote that a quote within a quote stands in.
    """

    id: str
    article_id: str
    spans: tuple[Span, ...]
    text: str
    kind: str
    inside: str | None = None


class Unread(NamedTuple):
    """An article that the models are to read: text, paragraphs, and the stretches that it quotes, in order.

    Sentences are parsed where a quote and who said it can stand; all of them where `quoted` is None.
    """

    text: str
    paragraphs: tuple[Paragraph, ...]
    quoted: tuple[Span, ...] | None = None


class Token(NamedTuple):
    """One word as the models read it. `head` is the index of its governor in the sentence, -1 at the root."""

    start: int
    end: int
    text: str
    lemma: str
    upos: str
    xpos: str
    deprel: str
    head: int


class Name(NamedTuple):
    """A name found in the text. `kind` is "PER", "ORG", "LOC" or "MISC"."""

    start: int
    end: int
    text: str
    kind: str


class Sentence(NamedTuple):
    """One sentence with its tokens in order."""

    start: int
    end: int
    tokens: tuple[Token, ...]


@dataclass(frozen=True, slots=True)
class Annotated:
    """What the models say about one article: sentences and names in order of their offsets."""

    sentences: tuple[Sentence, ...]
    names: tuple[Name, ...]


@dataclass(frozen=True, slots=True)
class Candidate:
    """Words that may name a quote's speaker: the rule and cue behind them, and a score from 0 to 1."""

    speaker: Span
    cue: Span | None
    rule: str
    score: float


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who one quote is attributed to in its article, and the evidence for it.

    Either `speaker` (the words naming the speaker) stands, with the rule that decided, the cue where there is
    one and a confidence from 0 to 1; or `reason` says why there is no speaker. `also` names those who said it
    together with the speaker. `considered` are the likeliest other candidates, the best first. `kind` is one
    of NOT_SPEECH where the quoted words are nobody's speech.
    """

    quote_id: str
    speaker: Span | None = None
    cue: Span | None = None
    rule: str | None = None
    confidence: float | None = None
    reason: str | None = None
    also: tuple[Span, ...] = ()
    considered: tuple[Candidate, ...] = ()
    kind: str | None = None


@dataclass(frozen=True, slots=True)
class LocalSpeaker:
    """A speaker as one article names them: the fullest name there, the role it gives, and every mention used.

    `kind` is "person", "organisation" or "anonymous" (a description that stays a description).
    """

    id: str
    article_id: str
    name: str
    kind: str
    role: str | None
    aliases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Speaker:
    """A person or body across articles and outlets; `local_ids` are the local speakers merged into it.

    `evidence` says for each of `local_ids`, in their order, why it belongs to this speaker.
    """

    id: str
    name: str
    kind: str
    role: str | None
    aliases: tuple[tuple[str, int], ...]
    local_ids: tuple[str, ...]
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Printed:
    """One quote as grouping and drift see it. Everything but `id` and `text` may be unknown.

    `speaker` is a name or a speaker id: it is compared, never shown. `is_transcript` says that an official
    record prints it; `credits` are the ids of outlets and agencies whose material its article carries here.
    `revision` is the first one of its article that prints it; `altered_to` the id of the quote that took its
    place where the outlet altered it.
    """

    id: str
    text: str
    outlet: str | None = None
    published: str | None = None
    speaker: str | None = None
    article: str | None = None
    is_transcript: bool = False
    credits: tuple[str, ...] = ()
    revision: int = 1
    altered_to: str | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """One word-level edit from the reference wording to another.

    `op` is "replace", "insert", "delete" or "move"; `kind` is "punctuation", "spelling", "inflection",
    "function word", "substitution", "insertion", "deletion", "truncation", "ellipsis", "reordering" or
    "merge" (words that the reference does not have, before its first or after its last).
    `meaning_flag` is "negation", "number", "modality", "name", "hedge", "condition", "contrast" or None;
    `flag_words` are the words that raised it.
    """

    op: str
    words_before: str
    words_after: str
    kind: str
    meaning_flag: str | None = None
    flag_words: str | None = None


@dataclass(frozen=True, slots=True)
class Wording:
    """One distinct text of a statement. Its id is the id of the quote that printed it first.

    `change_kind` is "reference", "punctuation", "shortened", "ellipsis", "inflected", "reworded" or "merged";
    `similarity` to the reference runs from 0 to 1. `parent_basis` says why it derives from the wording
    `parent_id`, or why no parent is named; `credited_outlet` is the id of the outlet that printed that one,
    where its articles credit it.
    """

    id: str
    text: str
    quote_ids: tuple[str, ...]
    is_reference: bool
    parent_id: str | None
    change_kind: str
    similarity: float
    outlet_count: int
    first_published: str | None
    changes: tuple[Change, ...]
    parent_basis: str | None = None
    credited_outlet: str | None = None


@dataclass(frozen=True, slots=True)
class Statement:
    """One utterance: all wordings of it, in order of first printing.

    Its id is the id of the quote printed first, so any quote's id leads to the statement that holds it.
    `first_outlets` are all outlets that share the earliest known date: more than one is a tie.
    `drift` runs from 0 (all alike) to 1. `speaker` is the one most quotes agree on; `disputed_speaker` says
    that outlets name different ones. `reference_basis` says why the reference wording is the reference.
    """

    id: str
    label: str
    speaker: str | None
    first_published: str | None
    last_published: str | None
    first_outlets: tuple[str, ...]
    quote_count: int
    outlet_count: int
    drift: float
    worst_change: str
    meaning_flags: tuple[str, ...]
    disputed_speaker: bool
    wordings: tuple[Wording, ...]
    reference_basis: str | None = None


@dataclass(frozen=True, slots=True)
class Setting:
    """What surrounds the speakers of one article, as far as it tells which of two persons is meant.

    `outlets` are the outlet's name and id; `names` the capitalised runs of words around its quotes; `phrases`
    stand for stretches of words in them that other articles have too; `expansions` are short names printed
    beside the full one.
    """

    article_id: str
    outlets: tuple[str, ...] = ()
    published: str | None = None
    names: frozenset[str] = frozenset()
    phrases: frozenset[int] = frozenset()
    expansions: frozenset[tuple[str, str]] = frozenset()


@dataclass(frozen=True, slots=True)
class Meant:
    """Whom a speakers file means: a name and, where that is limited, an outlet or an article's id."""

    name: str
    where: str | None = None


@dataclass(frozen=True, slots=True)
class Overrule:
    """One line of a speakers file: those of `named` are one speaker (`same`), or each is another one.

    `place` is the file and line, as messages name it.
    """

    same: bool
    named: tuple[Meant, ...]
    place: str


@dataclass(frozen=True, slots=True)
class Unit:
    """Quotes of the same words that are one utterance for certain, as grouping keeps them between two jobs.

    `words` stand with spaces between them, `text` is a number that stands for them. `content` stands for what
    the quotes have in common, `speaker` for who said it (0: not known). `published` and `first` are the date
    and the id of the quote printed first. `quotes` is empty where they were not asked for.
    """

    id: int
    content: int
    text: int
    words: str
    speaker: int
    published: str | None
    first: str
    articles: tuple[str, ...]
    quotes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Link:
    """Two units by their ids that match, `one` behind `other`.

    `kind` is that of their match, `support` the number of keys that bring them together. `is_told` says of a
    match that holds only within one story that their articles do tell the same one.
    """

    one: int
    other: int
    kind: int
    support: int
    is_told: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """Where a unit belongs: its firm component, its component with what stories make firm, its statement."""

    story: int
    cluster: int
    statement: str
