"""Why this speaker: the evidence of one quote in plain English, for its page and for the command line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from quotes.publish.phrases import count, join_names, name_with_role
from quotes.publish.shortening import cut, cut_middle

if TYPE_CHECKING:
    from collections.abc import Mapping

    from quotes.store.marked import Piece
    from quotes.store.show import Considered, ShownQuote

_MOST_SHOWN = 600  # characters of a quote shown in its context
_NAMED = "“{speaker}”"
_SUBJECT = "“{cue}” with “{speaker}” as its subject"


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule in words: its name, the sentence that it decided by, and the words that filled it.

    Where no cue is kept, the speaker alone stands in place of `filled`.
    """

    name: str
    sentence: str
    filled: str = _NAMED


RULES: Mapping[str, Rule] = {
    "clause after": Rule("clause after the quote", "A reporting clause follows the quote", _SUBJECT),
    "clause before": Rule("clause before the quote", "A reporting clause leads to the quote", _SUBJECT),
    "governing verb": Rule(
        "verb over the quote", "The quote is built into a sentence that reports it", _SUBJECT
    ),
    "according to": Rule("named source", "The sentence names its source", "“{speaker}” after “{cue}”"),
    "colon": Rule("words before a colon", "Words that end in a colon introduce the quote", _SUBJECT),
    "label": Rule("name and colon", "A name and a colon stand before the quote, as in an interview"),
    "noun": Rule(
        "noun for what was said",
        "A noun for what was said or written introduces the quote",
        "“{cue}”, which is that of “{speaker}”",
    ),
    "signature": Rule("signature", "A dash and a name stand under the quote, as a signature"),
    "continued": Rule(
        "goes on from the quote before",
        "It goes on from the quote before it in the paragraph, which has a reporting clause",
        _SUBJECT,
    ),
    "sentence before": Rule(
        "subject of the sentence before",
        "No clause reports the quote; the subject of the sentence before it speaks",
    ),
    "floating": Rule(
        "goes on from the paragraph before",
        "Its paragraph is nothing but the quote, so it goes on from the speaker of the paragraph before",
        _SUBJECT,
    ),
    "paragraph before": Rule(
        "speaker in the paragraph before",
        "Its paragraph is nothing but the quote, and the paragraph before ends in a report",
        _SUBJECT,
    ),
    "first person": Rule(
        "“I” in the quote around it",
        "In the quote around it the speaker reports words of his or her own",
        "“{cue}” in the words of “{speaker}”",
    ),
    "nearby": Rule(
        "named nearby",
        "Nothing near the quote reports it; of all who are named around it this one is likeliest",
    ),
}
KINDS: Mapping[str, str] = {
    "fragment": "words built into the reporter’s own sentence",
    "title": "a title or name",
    "slogan": "a slogan",
    "scare quote": "words set at a distance",
    "nickname": "a nickname",
    "caption": "words of a caption",
}
ROLES: Mapping[str, str] = {"quote": "quote", "speaker": "speaker", "cue": "cue"}
_SHARES = (
    "hardly any is", "one in twenty is", "one in ten is", "three in twenty are", "one in five is",
    "one in four is", "three in ten are", "seven in twenty are", "two in five are", "nine in twenty are",
    "half are", "eleven in twenty are", "three in five are", "thirteen in twenty are", "seven in ten are",
    "three in four are", "four in five are", "seventeen in twenty are", "nine in ten are",
    "nineteen in twenty are", "nearly all are",
)  # fmt: skip


def name_rule(rule: str) -> str:
    """Return a rule in a few words; an unknown rule as it stands."""
    return RULES[rule].name if rule in RULES else rule


def describe_rule(rule: str | None, speaker: str, cue: str | None) -> str:
    """Return the sentence that a rule decided by, with the words it was about.

    >>> describe_rule("clause after", "she", "said")
    'A reporting clause follows the quote: “said” with “she” as its subject.'
    >>> describe_rule("clause after", "she", None)
    'A reporting clause follows the quote: “she”.'
    """
    decided = f"The rule “{rule}” decided" if rule else "Which rule decided was not kept"
    known = RULES.get(rule or "") or Rule("", decided, f"{_NAMED}, cue “{{cue}}”")
    filled = known.filled if cue else _NAMED
    return f"{known.sentence}: {filled.format(cue=cut(cue), speaker=cut(speaker))}."


def describe_confidence(confidence: float) -> str:
    """Return a confidence as a number and in words.

    >>> describe_confidence(0.94)
    '0.94: of attributions marked so, about nineteen in twenty are right on the measuring articles.'
    """
    share = _SHARES[round(min(max(confidence, 0.0), 1.0) * 20)]
    about = "" if share in (_SHARES[0], _SHARES[-1]) else "about "
    return f"{confidence:.2f}: of attributions marked so, {about}{share} right on the measuring articles."


def note_kind(quote: ShownQuote) -> str | None:
    """Return what quoted words are that make no sentence of speech; None where that is plain or said."""
    is_said = quote.kind == "sentence" or quote.kind in (quote.reason or "")
    return None if is_said else KINDS.get(quote.kind, quote.kind)


def describe_considered(considered: Considered) -> str:
    """Return another candidate in words, without the score."""
    cue = f", cue “{cut(considered.cue)}”" if considered.cue else ""
    return f"“{cut(considered.speaker)}”: {name_rule(considered.rule)}{cue}"


def say_who(quote: ShownQuote) -> str:
    """Return who said a quote, with the role, or why nobody is named."""
    if quote.reason is None:
        first = name_with_role(quote.speaker or quote.as_printed or "an unknown speaker", quote.role)
        others = join_names([name_with_role(one.name, one.role) for one in quote.joint])
        return f"{first}; together with {others}" if others else first
    if quote.as_printed:
        return f"No speaker: “{cut(quote.as_printed)}” is named, but not resolved: {quote.reason}"
    return f"No speaker: {quote.reason}"


def explain(quote: ShownQuote) -> tuple[tuple[str, str], ...]:
    """Return why a quote has its speaker, as (heading, sentence), in the order a reader asks."""
    if not quote.as_printed:
        return (("Decided by", "None of those considered is likely enough."),) if quote.considered else ()
    lines = [("Decided by", describe_rule(quote.rule, quote.as_printed, quote.cue))]
    if quote.confidence is not None:
        lines.append(("Confidence", describe_confidence(quote.confidence)))
    return (*lines, *_explain_name(quote))


def _explain_name(quote: ShownQuote) -> list[tuple[str, str]]:
    """How the words printed led to a name in the article, and how that name to a speaker across articles."""
    if quote.reason:
        return [("Who that is", f"Not known: {quote.reason}.")]
    here, printed = quote.name_here or "", quote.as_printed or ""
    lines = []
    if quote.resolution:
        lines.append(("Who that is", f"{cut(here)} ({quote.resolution.rstrip('.')})."))
    elif here != printed:
        lines.append(("Who that is", f"In this article “{cut(printed)}” is {cut(here)}."))
    if quote.merge_evidence:
        evidence = quote.merge_evidence.rstrip(".")
        lines.append(("Across articles", f"Taken for {cut(quote.speaker)}: {evidence}."))
    elif quote.speaker != quote.name_here:
        lines.append(("Across articles", f"This article’s {cut(here)} is taken for {cut(quote.speaker)}."))
    return lines


def describe_counts(quote: ShownQuote) -> str | None:
    """Return how often the statement of a quote was printed; None for a quote that belongs to none."""
    if quote.statement_id is None:
        return None
    if quote.printing_count == 1:
        return "this printing only"
    sizes = (
        (quote.printing_count, "printing"),
        (quote.wording_count, "wording"),
        (quote.outlet_count, "outlet"),
    )
    return join_names([count(number, noun) for number, noun in sizes])


def shorten_pieces(pieces: tuple[Piece, ...], most: int = _MOST_SHOWN) -> tuple[Piece, ...]:
    """Return `pieces` with what is long of the quote left out in the middle of each."""
    return tuple(
        (cut_middle(words, most), role) if role == "quote" else (words, role) for words, role in pieces
    )
