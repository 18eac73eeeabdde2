"""Which words name the speaker whose head word a rule has found."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from quotes.attribute.clauses import can_speak, is_person, is_strong
from quotes.attribute.reading import once_a_word

if TYPE_CHECKING:
    from quotes.attribute.reading import Reading
    from quotes.records import Name, Span

LONGEST_MENTION = 14
LONGEST_TITLE = 2  # words before a name
_SPEAKS_FOR = frozenset({"for", "to"})
_HYPHENS = frozenset({"-", "‐", "‑"})
_ALTERNATIVES = frozenset({"or", "nor", "but"})
_NAME_LINKS = ("appos", "flat", "compound", "dep", "nmod", "nmod:desc", "list")
_BEFORE_NOUN = frozenset(
    {"det", "amod", "compound", "nummod", "nmod:poss", "det:predet", "advmod", "nmod", "nmod:desc"}
)
_IN_ROLE = frozenset({"ADP", "DET", "ADJ", "NOUN", "PROPN", "NUM", "PART"})
_AFTER_NOUN = frozenset({"nmod", "compound", "flat", "nmod:desc"})


@once_a_word
def name_mention(reading: Reading, head: int) -> Span:
    """Return the words that name the speaker whose head word is `head`.

    The name where there is one (“the council’s spokesperson, [Adrienne Watson]”), else the noun with what
    describes it (“[two senior officials]”).
    """
    aide = _aide_of(reading, head)
    if aide is not None:
        return _noun_span(reading, aide)
    named = _name_span(reading, head)
    return named if named else _noun_span(reading, head)


def _aide_of(reading: Reading, head: int) -> int | None:
    """The one who speaks for whom `head` names: the [aide] to Ana Roe, a [spokesman] for Mayor Ana Roe."""
    own = reading.name_at(head)
    if own is None:
        return None
    index = reading.between(own.start, own.end)[0] - 1
    callings = (reading.language.titles, reading.language.person_nouns)
    for _ in range(LONGEST_TITLE):
        if index > 0 and any(reading.words[index].form in nouns for nouns in callings):
            index -= 1
    if index < 1 or reading.words[index].form not in _SPEAKS_FOR:
        return None
    is_aide = reading.words[index - 1].form in reading.language.person_nouns
    return index - 1 if is_aide and not reading.quoted[index - 1] else None


def _name_span(reading: Reading, head: int) -> Span | None:
    person = _person_beside(reading, head)
    if person:
        return person
    own = reading.name_at(head)
    if own and own.kind == "PER":
        return own.start, own.end
    person = _name_set_off(reading, head) or _person_below(reading, head) or _other_subject(reading, head)
    if person:
        return person
    if own:
        return (own.start, own.end) if own.kind != "MISC" else None
    return _body_set_off(reading, head)


def _body_set_off(reading: Reading, head: int) -> Span | None:
    """The name in “the plant’s operator, [Voss Ltd], said”."""
    for child in reading.children(head, "appos"):
        name = reading.name_at(child)
        if name and name.kind == "ORG" and name is reading.name_at(head + 2) and _is_set_off(reading, name):
            return name.start, name.end
    return None


def _is_set_off(reading: Reading, name: Name) -> bool:
    """Whether a comma stands before a name outside quotes, and a comma or a reporting verb behind it."""
    words = reading.between(name.start, name.end)
    if words.stop >= len(reading.words) or reading.quoted[words.start]:
        return False
    closed = reading.words[words.stop].text == "," or is_strong(reading, words.stop)
    return closed and reading.words[words.start - 1].text == ","


def _person_beside(reading: Reading, head: int) -> Span | None:
    """The name that closes the noun phrase of `head` (“DNC chairwoman [Ana Roe]”, “[Ana Roe] (R-Utah)”)."""
    own = reading.name_at(head)
    first = reading.between(own.start, own.end)[0] if own else head
    if first >= 2 and reading.words[first - 1].text == "(":
        before = reading.name_at(first - 2)
        return (before.start, before.end) if before and before.kind == "PER" else None
    if reading.words[head].upos not in {"NOUN", "PROPN"}:
        return None
    apposed = _name_apposed(reading, head) if not own or own.kind != "PER" else None
    if apposed:
        return apposed
    for index in range(head + 1, min(head + 8, len(reading.words))):
        word, name = reading.words[index], reading.name_at(index)
        if reading.quoted[index] or (word.upos not in {"NOUN", "PROPN", "ADJ"} and not name):
            return None
        if name and name.kind == "PER" and name is not own:
            return name.start, name.end
    return None


def _name_apposed(reading: Reading, head: int) -> Span | None:
    """The name in “[Ana Roe], chief inspector of the Water Board, said”, whatever the parse makes of it."""
    for index in range(head - 1, max(head - LONGEST_MENTION, 0), -1):
        word = reading.words[index]
        if word.text == ",":
            between = reading.words[index + 1 : head + 1]
            name = reading.name_at(index - 1)
            described = any(w.form in reading.language.person_nouns for w in between)
            if name and name.kind == "PER" and described and not reading.quoted[index - 1]:
                return name.start, name.end
            return None
        if word.upos in {"VERB", "PUNCT", "CCONJ", "SCONJ"} or reading.quoted[index]:
            return None
    return None


def _name_set_off(reading: Reading, head: int) -> Span | None:
    """The name in “a spokesman for the airline, [Col Roe], said”; after “the mayor” it may be hers."""
    if reading.words[head].form not in reading.language.person_nouns:
        return None
    reach = range(head + 1, min(head + LONGEST_MENTION, len(reading.words)))
    comma = next((i for i in reach if reading.words[i].upos not in _IN_ROLE or reading.quoted[i]), head)
    of_another = is_person(reading, comma - 1) and reading.words[comma - 1].xpos == "NN" and comma - 1 > head
    name = reading.name_at(comma + 1)
    is_own = name is not None and name.kind == "PER" and _is_set_off(reading, name) and not of_another
    return (name.start, name.end) if name and is_own else None


def _person_below(reading: Reading, head: int) -> Span | None:
    if reading.words[head].form not in reading.language.person_nouns and not reading.children(
        head, "appos", "flat"
    ):
        return None
    for child in reading.children(head, *_NAME_LINKS):
        name = reading.name_at(child)
        names_head = child > head or reading.words[child].deprel == "appos"
        if (
            name
            and name.kind == "PER"
            and names_head
            and not reading.children(child, "case")
            and not _is_spoken_for(reading, head, child)
            and not reading.quoted[child]
        ):
            return name.start, name.end
    return None


def _other_subject(reading: Reading, head: int) -> Span | None:
    """The name behind its title, where a parse makes two subjects of them (“Minister of State [Ana Roe]”)."""
    subject, callings = reading.words[head], reading.language.titles | reading.language.person_nouns
    if subject.deprel != "nsubj" or subject.form not in callings:
        return None
    for other in reading.children(subject.head, "nsubj"):
        between = reading.words[head + 1 : other]
        name = reading.name_at(other)
        if other > head and name and name.kind == "PER" and not reading.quoted[other]:
            return (name.start, name.end) if all(head <= word.head < other for word in between) else None
    return None


def _is_spoken_for(reading: Reading, head: int, child: int) -> bool:
    """Whether `head` speaks for `child` (a spokesman for Ana Roe; not: the envoy to Oslo Ana Roe)."""
    speaks = any(reading.words[i].form in _SPEAKS_FOR for i in range(head + 1, child))
    place = reading.name_at(child - 1) if reading.words[child].deprel == "appos" else None
    return speaks and (place is None or place.kind == "PER")


def _noun_span(reading: Reading, head: int) -> Span:
    begin = _begin_compound(reading, head)
    first, last = begin, head
    for child in reversed([c for c in reading.children(head) if c < begin]):
        tree = [i for i in reading.subtree(child) if i < begin]
        if reading.words[child].deprel not in _BEFORE_NOUN or any(reading.quoted[i] for i in tree):
            break
        if head - tree[0] > LONGEST_MENTION:
            break
        first = min(first, tree[0])
    for child in [c for c in reading.children(head) if c > head]:
        tree = reading.subtree(child)
        if (
            reading.words[child].deprel not in _AFTER_NOUN
            or tree[0] > last + 1
            or tree[-1] - head > LONGEST_MENTION
        ):
            break
        if any(reading.quoted[i] or reading.words[i].text in {",", "—", "–"} for i in tree):
            break
        last = max(last, tree[-1])
    return reading.words[first].start, reading.words[last].end


def _begin_compound(reading: Reading, head: int) -> int:
    """Return the first of the words that hyphens join to `head` (“the [27-year-old]”)."""
    first = head
    while first >= 2 and reading.words[first - 1].text in _HYPHENS and _is_glued(reading, first):
        first -= 2
    return first


def _is_glued(reading: Reading, index: int) -> bool:
    """Whether neither word `index` nor the one before it has a space before it."""
    return all(reading.words[i - 1].end == reading.words[i].start for i in (index, index - 1))


def list_joined(reading: Reading, head: int, span: Span) -> tuple[Span, ...]:
    """Return the words that name who spoke together with `head` (“Ana Roe and [Bea Lim] said”)."""
    joined = []
    above = reading.words[head].head if reading.words[head].deprel in {"appos", "flat", "compound"} else head
    for child in (
        *reading.children(head, "conj"),
        *(reading.children(above, "conj") if above != head else ()),
    ):
        links = {reading.words[i].form for i in reading.children(child, "cc")}
        between = any(reading.quoted[i] for i in range(head, child))
        if links & _ALTERNATIVES or between or not can_speak(reading, child):
            continue
        other = name_mention(reading, child)
        if other[0] >= span[1] or other[1] <= span[0]:
            joined.append(other)
    apposed = {one for one, following in pairwise(joined) if reading.text[one[1] : following[0]] == ", "}
    named = {span for span in apposed if reading.name_at(reading.between(*span)[-1])}
    return tuple(span for span in joined if span not in apposed - named)
