"""The ways English reports speech, one function each, in the order of SENTENCE_RULES and FRAGMENT_RULES.

A rule gets the place of a quote and what is known of the quotes before it, and returns a `Found` or None. Its
confidence is about its share of right answers (the words that name the speaker) on a quarter of the training
articles; it counts only where no ranker weighs what the rules put forward.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from quotes.attribute.clauses import can_speak, is_cue, is_person, is_strong, subject_of
from quotes.attribute.mention import name_mention
from quotes.attribute.place import Place
from quotes.attribute.reading import Reading

if TYPE_CHECKING:
    from quotes.records import Span

CLAUSE_REACH = 30
_TAKES_NO_HEARER = frozenset({"say", "add", "explain", "note", "recall", "continue", "insist"})
_INSIDE_NOUN_PHRASE = frozenset(
    {"det", "amod", "compound", "flat", "nummod", "nmod:poss", "case", "nmod:desc", "advmod", "det:predet"}
)


@dataclass(frozen=True, slots=True)
class Found:
    """A speaker for a quote: the words naming them, the cue if there is one, and the rule that decided."""

    speaker: Span
    cue: Span | None
    rule: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Earlier:
    """An earlier quote of the article with where it stood and who it was attributed to."""

    place: Place
    found: Found | None


Rule = Callable[[Reading, Place, Sequence[Earlier]], Found | None]


def clause_after(reading: Reading, place: Place, _: Sequence[Earlier]) -> Found | None:
    """“Q,” she said. · “Q,” said the mayor."""
    if not place.after or _runs_on(reading, place):
        return None
    source = _source_preposition(reading, place.after[0])
    for cue in (i for i in place.after[:CLAUSE_REACH] if is_strong(reading, i)):
        head = subject_of(reading, cue)
        if head is None or not place.after[0] <= head <= place.after[-1]:
            head = _beside(reading, cue, place.after)
        if head is None or not _is_noun(reading, head):
            continue
        found = _found(reading, head, cue, "clause after", 0.95 if place.quote.kind == "sentence" else 0.75)
        # According to the agency, which says no more: the source is the agency, the cue is not “says”.
        return None if source and source.speaker == found.speaker else found
    return None


def clause_before(reading: Reading, place: Place, _: Sequence[Earlier]) -> Found | None:
    """She said, “Q.” · The mayor told reporters that “Q.”"""
    for cue in reversed([i for i in place.before if is_strong(reading, i)]):
        head = _noun_after(reading, cue)
        head = subject_of(reading, cue) if head is None else head
        if head is None:
            head = _beside(reading, cue, tuple(i for i in place.before if i < cue))
        if head is not None and _is_noun(reading, head):
            return _found(
                reading, head, cue, "clause before", 0.85 if place.quote.kind == "sentence" else 0.65
            )
    return None


def colon_before(reading: Reading, place: Place, _: Sequence[Earlier]) -> Found | None:
    """The mayor was blunt: “Q.” · Mayor: “Q.”"""
    if not place.before or reading.words[place.before[-1]].text != ":":
        return None
    colon = place.before[-1]
    introduced = _introduced_by(reading, place.before[:-1])
    if introduced:
        return introduced
    label = place.before[:-1]
    is_name = label and len(reading.words[label[0]].text) > 1  # the Q and A of an interview name nobody
    if is_name and len(label) <= 4 and all(reading.words[i].text[0].isupper() for i in label):
        speaker = (reading.words[label[0]].start, reading.words[label[-1]].end)
        return Found(speaker, (reading.words[colon].start, reading.words[colon].end), "label", 0.8)
    return None


def _introduced_by(reading: Reading, words: Sequence[int]) -> Found | None:
    """Who speaks in the words before a colon: the last reporting verb's subject, else the last subject."""
    for cue in reversed([i for i in words if is_strong(reading, i)]):
        head = subject_of(reading, cue)
        head = _beside(reading, cue, words) if head is None else head
        if head is not None and _is_noun(reading, head):
            return _found(reading, head, cue, "colon", 0.85)
    for head in reversed(words):
        if reading.words[head].deprel == "nsubj" and can_speak(reading, head):
            if reading.words[reading.words[head].head].lemma in reading.language.receiving_verbs:
                return _sender(reading, reading.words[head].head)
            return _found(reading, head, reading.words[head].head, "colon", 0.75)
    return None


def _sender(reading: Reading, verb: int) -> Found | None:
    """She received a text from [her boss]: “Q.”"""
    sent = [child for thing in reading.children(verb, "obj") for child in reading.children(thing, "nmod")]
    for child in (*reading.children(verb, "obl"), *sent):
        cases = {reading.words[i].form for i in reading.children(child, "case")}
        if "from" in cases and can_speak(reading, child):
            return _found(reading, child, verb, "colon", 0.75)
    return None


def according_to(reading: Reading, place: Place, _: Sequence[Earlier]) -> Found | None:
    """“Q,” according to the agency. · Per the agency, “Q.”"""
    for side in (place.after, place.before):
        for index in side:
            found = _source_preposition(reading, index)
            if found:
                return found
    return None


def _source_preposition(reading: Reading, index: int) -> Found | None:
    word = reading.words[index]
    following = reading.words[index + 1] if index + 1 < len(reading.words) else None
    if word.form == "according" and following and following.form == "to":
        first, cue_end = index + 2, following.end
    elif word.form in reading.language.source_prepositions and word.upos == "ADP":
        first, cue_end = index + 1, word.end
    else:
        return None
    head = _noun_phrase_head(reading, first)
    if head is None:
        return None
    return Found(name_mention(reading, head), (word.start, cue_end), "according to", 0.85)


def _noun_phrase_head(reading: Reading, first: int) -> int | None:
    """The head of the noun phrase that begins at word `first`."""
    if first >= len(reading.words) or reading.quoted[first]:
        return None
    begins = reading.words[first]
    if begins.upos not in {"DET", "ADJ", "NUM", "NOUN", "PROPN", "PRON"} and not begins.text[:1].isupper():
        return None
    head = first
    while reading.words[head].deprel in _INSIDE_NOUN_PHRASE and reading.words[head].head >= first:
        head = reading.words[head].head
    return head if _is_noun(reading, head) and not reading.quoted[head] else None


def governing_cue(reading: Reading, place: Place, _: Sequence[Earlier]) -> Found | None:
    """He said the plan was “Q” and would fail: the outermost reporting verb above it, standing before it."""
    for cue in reversed(_governors(reading, place)):
        if is_strong(reading, cue) and cue in place.before:
            found = _governed(reading, cue)
            if found:
                return found
    return None


def governing_verb(reading: Reading, place: Place, _: Sequence[Earlier]) -> Found | None:
    """The mayor called it a “Q”. · The plan is “Q” and would fail, he said."""
    chain = _governors(reading, place)
    strong = [i for i in reversed(chain) if is_strong(reading, i)]
    weak = [i for i in chain if is_cue(reading, i)]
    return next((found for cue in (*strong, *weak) if (found := _governed(reading, cue))), None)


def _governed(reading: Reading, cue: int) -> Found | None:
    head = _noun_after(reading, cue)
    head = subject_of(reading, cue) if head is None else head
    if head is None or not can_speak(reading, head):
        return None
    return _found(reading, head, cue, "governing verb", 0.85)


def _governors(reading: Reading, place: Place) -> list[int]:
    """The unquoted words above a quote in its sentence's parse, nearest first."""
    inside = reading.between(*place.span)
    found: list[int] = []
    for index in inside:
        above = reading.words[index].head
        if above >= 0 and above not in inside:
            found = [i for i in reading.ancestors(above) if not reading.quoted[i]]
            break
    if not found and place.before:
        found = [i for i in reading.ancestors(place.before[-1]) if not reading.quoted[i]]
    for number, index in enumerate(found):
        if is_cue(reading, index) and reading.words[index].deprel in {"conj", "acl:relcl", "parataxis"}:
            return found[: number + 1]
    return found


def noun_before(reading: Reading, place: Place, _: Sequence[Earlier]) -> Found | None:
    """The mayor’s warning that “Q” · in a letter from the union: “Q”"""
    for index in reversed(place.before[-12:]):
        word = reading.words[index]
        if word.upos == "NOUN" and word.lemma in reading.language.cue_nouns:
            owners = [c for c in reading.children(index, "nmod:poss", "nmod") if _owns(reading, c)]
            if owners:
                return _found(reading, owners[0], index, "noun", 0.5)
    return None


def _owns(reading: Reading, child: int) -> bool:
    """The mayor’s warning · a warning from the mayor"""
    cases = {reading.words[i].form for i in reading.children(child, "case")}
    possessive = reading.words[child].deprel == "nmod:poss" or cases & {"from", "by"}
    return bool(possessive) and can_speak(reading, child)


def same_paragraph(reading: Reading, place: Place, earlier: Sequence[Earlier]) -> Found | None:
    """“Q,” she said. “Q.”: the second goes with the first where only its reporting clause stands between."""
    last = earlier[-1] if earlier else None
    if last is None or last.place.paragraph_number != place.paragraph_number or place.before:
        return None
    if last.found is None:
        return None
    between = range(
        reading.between(last.place.quote.spans[-1][1], place.span[0]).start,
        reading.between(place.span[0], place.span[0]).start,
    )
    new = _last_sentence_subject(reading, between, is_person)
    if new is not None and not _same_clause(reading, new, last.found):
        return _found(reading, new, None, "sentence before", 0.6)
    return Found(last.found.speaker, last.found.cue, "continued", min(0.9, last.found.confidence))


def _same_clause(reading: Reading, head: int, found: Found) -> bool:
    word = reading.words[head]
    return found.speaker[0] <= word.start < found.speaker[1]


def sentence_before(reading: Reading, place: Place, _: Sequence[Earlier]) -> Found | None:
    """The mayor disagreed. “Q.”"""
    if place.before:
        return None
    words = reading.between(place.paragraph.start, place.span[0])
    head = _last_sentence_subject(reading, words, is_person)
    return _found(reading, head, None, "sentence before", 0.6) if head is not None else None


def floating(reading: Reading, place: Place, earlier: Sequence[Earlier]) -> Found | None:
    """A paragraph that is nothing but a quote goes with the paragraph before it."""
    if place.before or place.after:
        return None
    previous = reading.paragraph(place.paragraph_number - 1)
    if previous is None:
        return None
    known = [e for e in earlier if e.place.paragraph_number == place.paragraph_number - 1 and e.found]
    if reading.text[previous.end - 1] == ":":
        words = reading.between(previous.start, previous.end + 1)
        return _introduced_by(reading, _last_sentence(reading, words))
    last = known[-1].found if known else None
    if last:
        return Found(last.speaker, last.cue, "floating", 0.7)
    for cue in _last_sentence(reading, reading.between(previous.start, previous.end + 1)):
        head = subject_of(reading, cue) if is_strong(reading, cue) else None
        if head is not None and head < cue and is_person(reading, head):
            return _found(reading, head, cue, "paragraph before", 0.5)
    return None


def signature(reading: Reading, place: Place, _: Sequence[Earlier]) -> Found | None:
    """“Q” – Name, on the line of the quote or on the next"""
    end = place.quote.spans[-1][1]
    following = reading.paragraph(place.paragraph_number + 1)
    for start, stop in (
        (end, place.paragraph.end),
        (following.start, following.end) if following else (0, 0),
    ):
        after = reading.text[start:stop].lstrip("\"”’'»“ \u00a0")
        if after[:1] and after[0] in "–—―-~":
            words = [i for i in reading.between(start, stop + 1) if not reading.quoted[i]]
            name = _signed(reading, [i for i in words if reading.words[i].text[0].isalnum()])
            if name:
                return Found(name, None, "signature", 0.85)
        if after.strip(".,"):
            return None
    return None


def _signed(reading: Reading, words: Sequence[int]) -> Span | None:
    """The name a signature begins with; a few capitalised words by themselves are one, known or not."""
    name = next((reading.name_at(i) for i in words[:6] if reading.name_at(i)), None)
    if name and len(words) <= 14:
        return name.start, name.end
    if 2 <= len(words) <= 4 and all(reading.words[i].text[0].isupper() for i in words):
        return reading.words[words[0]].start, reading.words[words[-1]].end
    return None


def _last_sentence(reading: Reading, words: Sequence[int]) -> list[int]:
    """The words of the last sentence among `words`, outside quotes."""
    found: list[int] = []
    for index in reversed(words):
        if found and reading.words[index].sentence != reading.words[found[-1]].sentence:
            break
        if not reading.quoted[index] and reading.words[index].upos != "PUNCT":
            found.append(index)
    return found[::-1]


def _last_sentence_subject(
    reading: Reading, words: range, accepts: Callable[[Reading, int], bool]
) -> int | None:
    for index in _last_sentence(reading, words):
        if reading.words[index].deprel in {"nsubj", "nsubj:pass"} and accepts(reading, index):
            return index
    return None


def _runs_on(reading: Reading, place: Place) -> bool:
    """Whether the sentence simply goes on after a fragment (He called it “Q” after she said so)."""
    return place.quote.kind == "fragment" and bool(place.before) and not _clause_follows(reading, place)


def _clause_follows(reading: Reading, place: Place) -> bool:
    last = reading.text[place.span[1] - 1]
    comma = last in ",?!" or reading.text[place.span[1] : place.span[1] + 3].strip("\"”’' ")[:1] == ","
    if not comma:
        return False
    cues = [i for i in place.after[:CLAUSE_REACH] if is_strong(reading, i)]
    subjects = ((subject_of(reading, cue), cue) for cue in cues)
    heads = [_beside(reading, cue, place.after) if head is None else head for head, cue in subjects]
    return any(head is not None and head in place.after for head in heads)


def _noun_after(reading: Reading, cue: int) -> int | None:
    """…, said the second official, “Q”: the noun after a reporting verb that commas set off."""
    if not cue or cue + 1 >= len(reading.words) or reading.words[cue - 1].text != ",":
        return None
    name = reading.name_at(cue + 1)
    if name and name.kind == "PER":
        return reading.between(name.start, name.end)[-1]
    head = _noun_phrase_head(reading, cue + 1)
    if head is None or reading.words[cue].lemma not in _TAKES_NO_HEARER or head > cue + CLAUSE_REACH:
        return None
    following = next((w for w in reading.words[head + 1 : head + 2]), None)
    set_off = following is not None and following.text in {",", ":", "."}
    return head if set_off and reading.words[head].form not in reading.language.time_nouns else None


def _beside(reading: Reading, cue: int, words: Sequence[int]) -> int | None:
    """The noun phrase that touches the cue among `words`, where the parse gives no subject."""
    if cue - 1 in words:
        for index in range(cue - 1, max(cue - 8, words[0] - 1), -1):
            if _is_noun(reading, index):
                return index
            if reading.words[index].upos not in {"ADJ", "PUNCT", "NUM", "ADV", "AUX"}:
                break
    return _noun_phrase_head(reading, cue + 1) if cue + 1 in words else None


def _is_noun(reading: Reading, index: int) -> bool:
    """Whether word `index` can be a subject that speaks: beside a reporting verb any noun may be."""
    word = reading.words[index]
    return (
        word.upos in {"NOUN", "PROPN", "PRON"}
        or word.form in reading.language.person_nouns
        or word.deprel.startswith("nsubj")
        or reading.name_at(index) is not None
        or word.text[:1].isupper()
    )


def _found(reading: Reading, head: int, cue: int | None, rule: str, confidence: float) -> Found:
    span = (reading.words[cue].start, reading.words[cue].end) if cue is not None else None
    return Found(name_mention(reading, head), span, rule, confidence)


SENTENCE_RULES: tuple[Rule, ...] = (
    clause_after, according_to, colon_before, clause_before, governing_verb, noun_before, signature,
    same_paragraph, sentence_before, floating, governing_cue,
)  # fmt: skip
FRAGMENT_RULES: tuple[Rule, ...] = (
    governing_cue, clause_after, governing_verb, according_to, colon_before, clause_before, noun_before,
    signature, same_paragraph, floating, sentence_before,
)  # fmt: skip
RULE_NAMES = (
    "clause after", "clause before", "according to", "colon", "label", "governing verb", "noun", "signature",
    "continued", "sentence before", "floating", "paragraph before",
)  # fmt: skip
