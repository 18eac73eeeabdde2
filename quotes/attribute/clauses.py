"""Reporting clauses: is this word a cue, who is its subject, and which words name that subject."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from quotes.attribute.reading import once_a_word

if TYPE_CHECKING:
    from quotes.attribute.reading import Reading
    from quotes.records import Span

LONGEST_MENTION = 14
LONGEST_TITLE = 2  # words before a name
DENIAL_REACH = 3  # words between “not” and the cue it denies
_SUBJECTS = ("nsubj", "csubj", "nsubj:outer")
_PASSIVE = ("nsubj:pass",)
_PASSED_ON = frozenset({"quote", "cite", "hear", "overhear", "record", "see"})
_PREDICATES = frozenset({"VERB", "AUX", "ADJ", "NOUN"})
_CARRIES_SUBJECT = frozenset({"xcomp", "advcl", "conj", "parataxis", "ccomp", "dep"})
_TOLD = frozenset({"ccomp", "xcomp", "acl", "obj"})
_SPEAKS_FOR = frozenset({"for", "to"})
_HYPHENS = frozenset({"-", "‐", "‑"})
_ALTERNATIVES = frozenset({"or", "nor", "but"})
_NAME_LINKS = ("appos", "flat", "compound", "dep", "nmod", "nmod:desc", "list")
_BEFORE_NOUN = frozenset(
    {"det", "amod", "compound", "nummod", "nmod:poss", "det:predet", "advmod", "nmod", "nmod:desc"}
)
_AFTER_NOUN = frozenset({"nmod", "compound", "flat", "nmod:desc"})


@once_a_word
def is_cue(reading: Reading, index: int) -> bool:
    """Whether word `index` is a printed form of a reporting verb, used as a verb and outside quotes."""
    word = reading.words[index]
    if word.upos not in {"VERB", "AUX"} or reading.quoted[index] or _is_passive(reading, index):
        return False
    return word.form in reading.language.cue_forms or _is_phrase_cue(reading, index)


def _is_passive(reading: Reading, index: int) -> bool:
    """“X was told”, “Asked, X …”: the verb names no speaker, unless an agent follows or X was heard."""
    word = reading.words[index]
    if word.lemma in _PASSED_ON or reading.children(index, "obl:agent"):
        return False
    if reading.children(index, "nsubj:pass", "aux:pass"):
        return True
    return word.xpos == "VBN" and word.deprel in {"advcl", "acl"} and not reading.children(index, "aux")


def passes_on(reading: Reading, index: int) -> bool:
    """Whether word `index` names whoever only passes words on (Roe was quoted by the [Gazette] as saying)."""
    word = reading.words[index]
    return word.deprel == "obl:agent" and reading.words[word.head].lemma in _PASSED_ON


@once_a_word
def is_denied(reading: Reading, cue: int) -> bool:
    """Whether the article denies or only supposes that it was said (never said, if she said, neither …)."""
    below = [child for child in reading.children(cue) if -DENIAL_REACH <= child - cue < 0]
    below += reading.children(cue, "mark")
    for child in reading.children(cue, "nsubj"):
        below = [*below, *reading.children(child, "cc", "cc:preconj", "det", "advmod")]
    words = [reading.words[child] for child in below if not reading.quoted[child]]
    forms = {word.form for word in words} | {word.lemma for word in words}
    supposed = "have" in forms and forms & reading.language.supposing_words
    return bool(supposed or forms & reading.language.denying_words)


@once_a_word
def is_disowned(reading: Reading, cue: int) -> bool:
    """Whether a verb above `cue` denies what it reports (he denied saying, they accused her of saying)."""
    for above in list(reading.ancestors(cue))[1:]:
        deprel, marks = reading.words[cue].deprel, reading.children(cue, "mark")
        is_of = deprel == "advcl" and any(reading.words[mark].form == "of" for mark in marks)
        if reading.quoted[above] or not (deprel in _TOLD or is_of):
            return False
        if reading.words[above].lemma in reading.language.denying_verbs:
            return True
        cue = above
    return False


@once_a_word
def is_strong(reading: Reading, index: int) -> bool:
    """Whether word `index` is a cue that reports speech by itself or with the word after it ("went on")."""
    lemma = reading.language.cue_forms.get(reading.words[index].form)
    return is_cue(reading, index) and (
        lemma in reading.language.strong_cues or _is_phrase_cue(reading, index)
    )


def _is_phrase_cue(reading: Reading, index: int) -> bool:
    particles = reading.language.phrase_cues.get(reading.words[index].form, frozenset())
    return index + 1 < len(reading.words) and reading.words[index + 1].form in particles


@once_a_word
def subject_of(reading: Reading, cue: int) -> int | None:
    """Return the head word of whoever does the reporting at `cue`, None where the parse does not tell."""
    direct = _own_subject(reading, cue)
    if direct is not None:
        return direct
    word = reading.words[cue]
    passed_on = _object_quoted(reading, cue)
    if passed_on is not None:
        return passed_on
    if word.xpos == "VBG" and cue and reading.words[cue - 1].text == ",":
        shared = _main_subject(reading, cue)
        if shared is not None:
            return shared
    if word.deprel in {"acl", "acl:relcl"} and word.head >= 0:
        return _speaking(reading, word.head)
    return _subject_from_above(reading, cue)


def _object_quoted(reading: Reading, cue: int) -> int | None:
    """The agency quoted [the mayor] as saying …"""
    above = reading.words[cue].head
    if cue < 2 or above < 0 or reading.words[cue - 1].form != "as":
        return None
    if reading.words[above].lemma not in _PASSED_ON:
        return None
    return next((i for i in reading.children(above, "obj") if i < cue and not reading.quoted[i]), None)


def _subject_from_above(reading: Reading, cue: int) -> int | None:
    """The subject that a cue shares with a verb above it: a reporting verb first, then the nearest.

    What somebody is blamed for doing, in a passive (fined for promoting …), is reported by others.
    """
    nearest, reports = None, is_strong(reading, cue)
    for above in list(reading.ancestors(cue))[1:6]:
        is_passive = bool(reading.children(above, *_PASSIVE))
        if reading.words[cue].deprel not in _CARRIES_SUBJECT or (is_passive and not reports):
            break
        is_predicate = reading.words[above].upos in _PREDICATES
        found = _grammatical_subject(reading, above) if is_predicate else None
        if found is not None and (nearest is None or is_strong(reading, above)):
            nearest = found
            if is_strong(reading, above):
                break
        cue = above
    return nearest


def _main_subject(reading: Reading, cue: int) -> int | None:
    """The subject of the sentence that a trailing “, saying …” belongs to."""
    root = list(reading.ancestors(cue))[-1]
    for verb in (root, *reading.children(root, "parataxis", "conj")):
        found = _own_subject(reading, verb) if verb < cue else None
        if found is not None and found < cue and can_speak(reading, found):
            return found
    return None


def _own_subject(reading: Reading, verb: int) -> int | None:
    """Return the agent of a passive verb, else its subject."""
    agents = [
        a for a in reading.children(verb, "obl:agent") if not reading.quoted[a] and not passes_on(reading, a)
    ]
    passive = reading.children(verb, *_PASSIVE)
    return agents[0] if passive and agents else _grammatical_subject(reading, verb)


def _grammatical_subject(reading: Reading, verb: int) -> int | None:
    """Return the subject of a verb, which those that depend on it share; of a passive verb, not its agent."""
    for child in reading.children(verb, *_SUBJECTS, *_PASSIVE):
        if not reading.quoted[child] and reading.words[child].form not in reading.language.time_nouns:
            return _speaking(reading, child)
    return None


def _speaking(reading: Reading, index: int) -> int | None:
    """Follow "who" and "that" to the noun they stand for."""
    word = reading.words[index]
    if reading.language.pronouns.get(word.form) == "relative":
        nearest = index - 2 if index >= 2 and reading.words[index - 1].text == "," else index - 1
        if nearest >= 0 and reading.words[nearest].upos in {"NOUN", "PROPN"} and not reading.quoted[nearest]:
            return nearest
        for above in reading.ancestors(index):
            if reading.words[above].deprel == "acl:relcl" and reading.words[above].head >= 0:
                return reading.words[above].head
        return None
    return None if reading.quoted[index] else index


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
    person = _person_below(reading, head) or _other_subject(reading, head)
    if person or not own or own.kind == "MISC":
        return person
    return own.start, own.end


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


@once_a_word
def can_speak(reading: Reading, head: int) -> bool:
    """Whether word `head` names somebody or something that can be quoted: no bare thing, no date."""
    word, language = reading.words[head], reading.language
    name = reading.name_at(head)
    if name is not None:
        return name.kind in {"PER", "ORG", "LOC"} or word.upos == "PROPN"
    if word.upos == "PRON" or word.form in language.pronouns:
        return language.pronouns.get(word.form, "") in {"male", "female", "plural", ""}
    listed = (language.person_nouns, language.body_nouns, language.document_nouns)
    return word.upos == "PROPN" or any(word.form in nouns or word.lemma in nouns for nouns in listed)


@once_a_word
def is_person(reading: Reading, head: int) -> bool:
    """Whether word `head` names or stands for a person."""
    word, language = reading.words[head], reading.language
    name = reading.name_at(head)
    if name is not None:
        return name.kind == "PER"
    return language.pronouns.get(word.form) in {"male", "female"} or word.form in language.person_nouns
