"""Two forms of a quote for comparison: its words, and its normal form.

The words decide whether two quotes are one statement and what changed between them; the normal form decides
whether two quotes are one wording. Neither is ever shown: what is shown is the text as printed.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

ELLIPSIS = "…"

# English words that carry grammar, not content: a fragment may lose them at its ends and stay the same.
_GRAMMAR = """
    a an the this that these those it its he she they we you i me him her us them my your his our their
    and or but nor so yet if as than then because while when where who whom whose which what how why there
    here of to in on at by for from with about into onto over under up out off after before between
    through during is are was were be been being am do does did done doing have has had having will would
    shall should can could may might must just also very too well now i'm you're he's she's it's we're
    they're i've you've we've they've i'll you'll he'll she'll we'll they'll i'd you'd he'd she'd we'd
    they'd that's there's
"""
FUNCTION_WORDS = frozenset(_GRAMMAR.split())

_MARKS = str.maketrans(
    {
        **dict.fromkeys("‘’‚‛ʼʻ`´′＇", "'"),
        **dict.fromkeys("“”„‟«»″＂", '"'),
        **dict.fromkeys("‐‑‒–—―−", "-"),
    }
)
_INVISIBLE = re.compile("[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\x00-\x08]")
_DOTS = re.compile(r"\[ ?(?:…|\. ?\. ?\.)[ .]{0,4}\]|\. ?\. ?\.(?: ?\.)?|…")
_WORD = re.compile(
    r"[…&%]"
    r"|\d+(?:[.,:]\d+)*[^\W\d_]*"
    r"|(?:[^\W\d_]\.){2,}(?:[^\W\d_](?![^\W_]))?"
    r"|[^\W_]+(?:'[^\W_]+)*"
)
# Where one of these stands, a word may not be compared as it is written.
_ODD = re.compile(r"[0-9&%]|\.[a-z]\.")
_JOINED_BRACKET = re.compile(r"\[([^\W_]{1,20})\](?=[^\W_])|(?<=[^\W_])\[([^\W_']{1,20})\]")
_BRACKETED = re.compile(r"\[[^\[\]]{0,200}\]")
_SIGNS = {"&": "and", "%": "percent"}
_DASH = re.compile(r"\s*-{2,}\s*|\s+-+(?:\s*-+)*\s*|-+\s+")
_FINAL = re.compile(r"[\s.,;:!?'\"…-]+\Z")


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a quote: `key` is what is compared, `text` how it was printed.

    An ellipsis is a word whose key is "…". `opens` says that it opens the quote or a sentence, where
    a capital tells nothing; `editorial` that it stands in square brackets: the outlet put it there.
    """

    key: str
    text: str
    opens: bool = False
    editorial: bool = False


def words(text: str) -> tuple[str, ...]:
    """Return the words of `text` as they are compared: without case, marks, ellipses and editorial brackets.

    >>> words("“We don’t know [the bill] … the U.S. has 1,200 e-mails,”")
    ('we', "don't", 'know', 'the', 'us', 'has', '1200', 'e', 'mails')
    >>> words("[Y]ou know.")
    ('you', 'know')
    """
    plain = _unmark(text)
    if "[" in plain:
        plain = _BRACKETED.sub(" ", plain)
    if plain.isascii():  # as most are: case is folded once for all words
        plain = plain.lower()
        found = _WORD.findall(plain)
        return tuple(
            [word if word.isalpha() else _key(word) for word in found] if _ODD.search(plain) else found
        )
    found = _WORD.findall(plain)
    return tuple([word.casefold() if word.isalpha() else _key(word) for word in found if word != ELLIPSIS])


def printed_words(text: str) -> tuple[Word, ...]:
    """Return the words of `text` with their printed forms, ellipses and bracketed words included.

    >>> [w.key for w in printed_words("The bill ... is dead")]
    ['the', 'bill', '…', 'is', 'dead']
    """
    plain = _unmark(text)
    found, outside = [], 0
    for bracket in _BRACKETED.finditer(plain):
        found += [_word(match, False) for match in _WORD.finditer(plain, outside, bracket.start())]
        found += [_word(match, True) for match in _WORD.finditer(plain, *bracket.span())]
        outside = bracket.end()
    return (*found, *(_word(match, False) for match in _WORD.finditer(plain, outside)))


def normal_form(text: str) -> str:
    """Return `text` with marks, spaces, the case of the first letter and final punctuation normalised.

    Two quotes with the same normal form are one wording.

    >>> normal_form("“It’s over — now,”") == normal_form("it's over -- now.")
    True
    """
    plain = _DASH.sub(" - ", _unmark(text).replace(ELLIPSIS, f" {ELLIPSIS} "))
    plain = _FINAL.sub("", " ".join(plain.split())).lstrip(" '\"….,-")
    return plain[:1].casefold() + plain[1:]


def trim(keys: tuple[str, ...]) -> tuple[str, ...]:
    """Return `keys` without the function words at either end.

    >>> trim(("are", "quietly", "leaving", "the"))
    ('quietly', 'leaving')
    """
    first, last = 0, len(keys)
    while first < last and keys[first] in FUNCTION_WORDS:
        first += 1
    while last > first and keys[last - 1] in FUNCTION_WORDS:
        last -= 1
    return keys[first:last]


def _unmark(text: str) -> str:
    """Return `text` with one mark of each sort, ellipses as "…" and brackets inside a word resolved."""
    plain = text.replace("’", "'").replace("“", '"').replace("”", '"')  # the marks that most texts have
    if not plain.isascii():
        plain = unicodedata.normalize("NFC", plain)
    plain = _INVISIBLE.sub("", plain)
    if not plain.isascii() or "`" in plain:
        plain = plain.translate(_MARKS)
    if ".." in plain or ". ." in plain or "[" in plain:
        plain = _DOTS.sub(f" {ELLIPSIS} ", plain)
        plain = _JOINED_BRACKET.sub(lambda found: found[1] or found[2], plain)
    return plain


def _word(match: re.Match[str], editorial: bool) -> Word:
    before = match.string[max(0, match.start() - 8) : match.start()].rstrip(" '\"[(")
    return Word(_key(match.group()), match.group(), not before or before[-1] in ".?!:…", editorial)


def _key(word: str) -> str:
    """Return the word as it is compared: casefolded, dots of an abbreviation and commas of a number gone."""
    if word[0].isdigit():
        return word.replace(",", "").casefold()
    return _SIGNS.get(word) or word.replace(".", "").casefold()
