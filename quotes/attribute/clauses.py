"""Reporting clauses: is this word a cue, is it denied, and who is its subject."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quotes.attribute.reading import once_a_word

if TYPE_CHECKING:
    from quotes.attribute.reading import Reading

DENIAL_REACH = 3  # words between “not” and the cue it denies
_SUBJECTS = ("nsubj", "csubj", "nsubj:outer")
_PASSIVE = ("nsubj:pass",)
_PASSED_ON = frozenset({"quote", "cite", "hear", "overhear", "record", "see"})
_PREDICATES = frozenset({"VERB", "AUX", "ADJ", "NOUN"})
_CARRIES_SUBJECT = frozenset({"xcomp", "advcl", "conj", "parataxis", "ccomp", "dep"})
_TOLD = frozenset({"ccomp", "xcomp", "acl", "obj"})


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
        below = [*below, child, *reading.children(child, "cc", "cc:preconj", "det", "advmod")]
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
            return not is_denied(reading, above)
        cue = above
    return False


@once_a_word
def is_unused(reading: Reading, noun: int) -> bool:
    """Whether `noun` stands for words that were not used (he never used the [words] …)."""
    word = reading.words[noun]
    if word.form not in reading.language.word_nouns or word.head < 0:
        return False
    return reading.words[word.head].lemma == "use" and is_denied(reading, word.head)


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
        if found is not None and reading.words[cue].deprel == "xcomp" and is_person(reading, found):
            return found if nearest is None else nearest
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
