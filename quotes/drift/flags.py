"""Whether a change may move the meaning, and the words that say so; in doubt, nothing is flagged."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quotes.drift import clauses, english
from quotes.drift.hedges import find_hedges, is_clause
from quotes.drift.modality import find_shift
from quotes.drift.negation import count_denials, find_denial, find_turning, is_moved_denial
from quotes.drift.numbers import is_number
from quotes.drift.passages import Flag, Passage
from quotes.drift.quantities import flag_lost_bound, flag_quantity
from quotes.models.name_words import load_name_words
from quotes.models.word_information import load_bits
from quotes.text.alignments import Indel
from quotes.text.normal import FUNCTION_WORDS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quotes.drift.printings import Printing
    from quotes.text.normal import Word

# In a longer edit than this a missing "not" went with its clause: the meaning is shorter, not turned.
_FLAGGED_WORDS = 6
# A wording shorter than this is built into the reporter's sentence, which may say what the cut took away;
# so is a longer one that is not printed as a sentence.
_LEAST_KEPT = 4
_LEAST_FRAGMENT = 6
_LEAST_CLAUSE = 3
_LONGEST_HEDGE = 8
_UNFLAGGED_KINDS = frozenset({"spelling", "punctuation"})
_BEHIND_HEDGE = frozenset({"that", "if", "as"})
_ADJECTIVE_STEM = 4
_SAME_NAME = 0.5


def find_flag(kind: str, passage: Passage) -> Flag | None:
    """Return what a change of this kind may have moved in the meaning, or None."""
    if kind in _UNFLAGGED_KINDS or passage.is_editorial:
        return None
    place = passage.edit.place
    find = {"head": _flag_head, "tail": _flag_tail, "moved": _flag_moved}.get(place, _flag_middle)
    return find(passage)


def _flag_moved(passage: Passage) -> Flag | None:
    """Flag a denial that moved by itself and denies something else now, and numbers that changed places."""
    edit = passage.edit
    if passage.keys and all(is_number(key) for key in passage.keys):
        return _flag_words("number", passage.reference, (edit.start, edit.end))
    if len(passage.keys) > 1 or not count_denials(passage.keys):
        return None
    moved = is_moved_denial(passage.reference, edit.start, passage.other, edit.other_start)
    return _flag_words("negation", passage.reference, (edit.start, edit.end)) if moved else None


def _flag_head(passage: Passage) -> Flag | None:
    """Flag a denial, condition, concession or hedge that was cut from before the first words kept."""
    edit, reference = passage.edit, passage.reference
    cut = reference if passage.before else passage.other
    end = edit.end if passage.before else edit.other_end
    denial = find_denial(cut, end)
    if denial:
        return _flag_words("negation", cut, denial)
    if not passage.before or len(passage.other.words) < _LEAST_KEPT or reference.opens(edit.end):
        return None
    lost = clauses.find_lost_before(reference, edit.end)
    if lost:
        return _flag_words(lost[0], reference, lost[1])
    start = max(reference.find_sentence(edit.end), edit.start)
    for hedge in find_hedges(reference, start, edit.end):
        vouches = is_clause(reference, hedge) or not passage.other.words[0].text[:1].islower()
        if vouches and _BEHIND_HEDGE.issuperset(reference.keys[hedge[1] : edit.end]):
            return _flag_words("hedge", reference, hedge)
    return None if passage.other.words[0].text[:1].islower() else flag_lost_bound(passage)


def _flag_tail(passage: Passage) -> Flag | None:
    """Flag a contrast or condition behind the last shared words of one only, and a hedge that was cut."""
    edit, reference = passage.edit, passage.reference
    whole, cut = (reference, passage.other) if passage.before else (passage.other, reference)
    start = edit.start if passage.before else edit.other_start
    if not _is_sentence(cut) or whole.opens(start):
        return None
    lost = clauses.find_lost_after(whole, start)
    if lost or not passage.before:
        return _flag_words(lost[0], whole, lost[1]) if lost else None
    for hedge in find_hedges(reference, edit.start, min(edit.end, edit.start + _LONGEST_HEDGE)):
        closes = reference.opens(hedge[1]) or reference.is_parted(hedge[1])
        if hedge[0] == edit.start and closes:
            return _flag_words("hedge", reference, hedge)
    return None


def _is_sentence(printing: Printing) -> bool:
    """Say whether a wording is printed as a sentence, or is long enough for one."""
    least = _LEAST_KEPT if printing.words[0].text[:1].isupper() else _LEAST_FRAGMENT
    return len(printing.words) >= least


def _flag_words(name: str, printing: Printing, words: tuple[int, int]) -> Flag:
    return Flag(name, " ".join(word.text for word in printing.words[slice(*words)]))


def _flag_middle(passage: Passage) -> Flag | None:
    if max(len(passage.before), len(passage.after)) > _FLAGGED_WORDS:
        return _flag_lost(passage)
    for find in (_flag_negation, flag_quantity, _flag_modality, _flag_lost, _flag_hedge, _flag_name):
        flag = find(passage)
        if flag:
            return flag
    return None


def _flag_negation(passage: Passage) -> Flag | None:
    edit = passage.edit
    answers = len(passage.reference.answers.intersection(range(edit.start, edit.end)))
    answers += len(passage.other.answers.intersection(range(edit.other_start, edit.other_end)))
    found = find_turning(passage.keys, passage.other_keys, answers)
    return passage.flag("negation", *found) if found else None


def _flag_modality(passage: Passage) -> Flag | None:
    edit = passage.edit
    found = find_shift(
        passage.reference, range(edit.start, edit.end), passage.other, range(edit.other_start, edit.other_end)
    )
    return passage.flag("modality", *found) if found else None


def _flag_lost(passage: Passage) -> Flag | None:
    """Flag a condition or contrast that was left out inside, or a condition that became something else."""
    edit, reference = passage.edit, passage.reference
    lost = clauses.find_lost_inside(reference, edit.start, edit.end) if passage.before else None
    if not lost:
        return None
    if not passage.after:
        whole = edit.size >= _LEAST_CLAUSE or reference.keys[lost[1][0]] != "but"
        return _flag_words(lost[0], reference, lost[1]) if whole else None
    if lost[0] == "condition" and not clauses.find_condition(passage.other, edit.other_start):
        return _flag_words(lost[0], reference, lost[1])
    return None


def _flag_hedge(passage: Passage) -> Flag | None:
    """Flag a hedge that was left out by itself, or with a few words that others replace."""
    edit = passage.edit
    hedges = find_hedges(passage.reference, edit.start, edit.end)
    if not hedges or find_hedges(passage.other, edit.other_start, edit.other_end):
        return None
    covered = {place for start, end in hedges for place in range(start, end)}
    rest = [passage.reference.keys[i] for i in range(edit.start, edit.end) if i not in covered]
    if not passage.after and not FUNCTION_WORDS.issuperset(rest):
        return None
    return _flag_words("hedge", passage.reference, hedges[0])


def _flag_name(passage: Passage) -> Flag | None:
    """Flag capitalised words that others replaced: a part of a name, initials or a title is no other name."""
    one, other = _find_names(passage.before), _find_names(passage.after)
    if not one or not other or set(one) <= set(other) or set(other) <= set(one):
        return None
    initials = "".join(word[0] for word in one), "".join(word[0] for word in other)
    if _begins(one, other, initials) or _begins(other, one, initials[::-1]):
        return None
    opens = passage.before[0].opens or passage.after[0].opens
    opens = opens and not load_name_words().issuperset((one[0], other[0]))
    if opens and Indel.normalized_similarity(one[0], other[0]) >= _SAME_NAME:
        return None  # a rare word with a capital may be no name: here it may be one word, spelt in two ways
    return passage.flag("name", one, other)


def _begins(short: Sequence[str], full: Sequence[str], initials: tuple[str, str]) -> bool:
    """Say whether the one are the initials of the other, or the words that the other is derived from."""
    if "".join(short) == initials[1] or (len(short[0]) == 1 and initials[1].startswith(short[0])):
        return True
    stems = [(a[:_ADJECTIVE_STEM], b[:_ADJECTIVE_STEM]) for a, b in zip(short, full, strict=False)]
    return all(len(a) == _ADJECTIVE_STEM and a == b for a, b in stems)


def _is_common(key: str) -> bool:
    """Say whether a word that opens a sentence would have a capital anyway."""
    return key in load_bits() and key not in load_name_words()


def _find_names(words: Sequence[Word]) -> list[str]:
    return [
        word.key
        for word in words
        if word.text[:1].isupper()
        and not (word.opens and _is_common(word.key))
        and word.key not in FUNCTION_WORDS - {"may"}
        and not english.is_title(word.key)
    ]
