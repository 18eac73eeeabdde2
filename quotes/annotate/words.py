"""Cut English text into syntactic words as the UD English treebanks do (EWT, GUM).

Every word is a stretch of the text: contractions are cut where they stand (do|n't, Roe|'s, can|not), and all
that is not a space belongs to exactly one word. Prefixes keep their hyphen (pre-war), compounds do not
(well|-|known); numbers, dates, addresses and abbreviations with their dots stay whole.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final, NamedTuple

from quotes.languages import LANGUAGES

_LONGEST_REMEMBERED = 40
_CHUNK = re.compile(r"\S+")

TITLES: Final = frozenset(word for word in LANGUAGES["en"].titles if word.endswith("."))
"""Short titles with their dot ("sen."), case-folded: a name follows."""


def _dotted(words: str) -> frozenset[str]:
    return frozenset(f"{word}." for word in words.split())


BEFORE_NAMES: Final = TITLES | _dotted(
    "ald amb assoc asst attys atty brig cmdr comdr cpl cpt dep det drs fr ft gens govs insp lts mlle mme mmes"
    " messrs mt pfc pres profs pvt reps revs sens sgts spc st ste supt al ca cf v viz vs"
)
"""Abbreviations that no sentence ends with, case-folded: titles and others that lead to a name."""

BEFORE_NUMBERS: Final = _dotted(
    "art arts b c ch d eq ext fig figs jul jun m mar mon no nos p para pp r sat sec sun tel ver vol vols wed"
)
"""Words that are abbreviations where a number follows ("No. 5"), case-folded."""

ABBREVIATIONS: Final = (
    BEFORE_NAMES
    | _dotted("jan feb apr aug sept sep oct nov dec tue tues thu thur thurs fri")
    | _dotted("inc corp co ltd llc plc bros jr sr esq dept univ ave blvd rd hwy pkwy bldg apt mfg intl natl")
    | _dotted("etc eg ie approx est dist gov't ass't attn govt mgmt misc ed eds lb lbs oz mph ph")
    | _dotted(
        "ala ariz cal calif colo conn del fla ga ill ind kan ky mass md mich minn miss mo mont neb nev okla"
    )
    | _dotted("ont ore pa penn que tenn tex va vt wash wis wisc wyo")
)
"""Words that keep their dot, case-folded; those of `_WITH_CAPITAL` only where they begin with one."""

_WITH_CAPITAL = _dotted("cal co del ed fri ga ill ind mass miss mo ore pa wash")
_CONTRACTED = {
    "cannot": 3, "gonna": 3, "wanna": 3, "gotta": 3, "gimme": 3, "lemme": 3, "dunno": 2, "whaddya": 3,
    "dont": 2, "didnt": 3, "doesnt": 4, "wont": 2, "cant": 2, "couldnt": 5, "wouldnt": 5, "isnt": 2,
    "arent": 3, "wasnt": 3, "havent": 4, "hasnt": 3, "shouldnt": 6, "thats": 4, "theres": 5, "whats": 4,
    "heres": 4, "youre": 3, "theyre": 4, "ive": 1, "im": 1, "youll": 3, "itll": 2, "alot": 1,
}  # fmt: skip
_LETTER = r"[\w\u0300-\u036f\u00ad\u200b-\u200d]"
_CLITICS = "s|m|d|ll|re|ve"
_PREFIXES = (
    "anti|auto|bi|co|contra|counter|cross|cyber|de|e|ex|extra|hyper|infra|inter|intra|macro|mega|meta|micro|mid"
    "|mini|mis|mono|multi|neo|non|over|para|post|pre|pro|proto|pseudo|psycho|quasi|re|semi|socio|sub|super|trans"
    "|ultra|un"
)
_UNITS = "am|pm|mm|cm|km|kg|k|m|ft|f|c|p|bn|mph|kw|mw|gb|mb|lb|lbs|hz|oz|g|hrs?|mins?|secs?|yrs?"
_ENDINGS = "com|org|net|edu|gov|mil|info|biz|io|tv|uk|us|ca|de|fr|eu|au|html?|docx?|xlsx?|pdf|jpe?g|png|mp3"
_PIECE = re.compile(
    rf"""
      (?:https?://|www\.)[^\s<>"“”’]*[\w/]                              # addresses
    | [\w.+%'-]{{1,64}}+@\w[\w-]*+(?:\.[\w-]++)*+
    | (?<!\w)\w[\w-]{{0,62}}(?:\.[\w-]{{1,63}}){{0,6}}\.(?i:{_ENDINGS})(?!\w)(?:/[^\s<>"“”’),;]*)?
    | (?<![\w@])[@\#][A-Za-z_]\w*
    | (?<!\w)(?:[^\W\d_]\.){{2,12}}(?!\w)                              # abbreviations
    | (?<!\w)(?:[A-Z]\.){{1,12}}[A-Z](?!\w)
    | (?<!\w)(?:Ph|M|B|Ed|LL)\.(?:D|Sc|Ed|B)\.
    | (?<!\w)[A-Z]\.&[A-Z]\.
    | (?<!\w)[A-Z]{{1,6}}(?:&[A-Z]{{1,6}}){{1,4}}(?!\w)
    | [nN]['’][tT](?!\w)                                               # contractions
    | {_LETTER}+(?=[nN]['’][tT](?!\w))
    | (?<=[\w.])['’](?i:{_CLITICS})(?!\w)
    | (?<!\w)['’](?i:\d\ds?|em|til|till|tis|twas|cause|bout|n)(?!\w)
    | (?<!\w)[yY]['’](?=all)
    | (?<![\w-])(?:(?:1-)?\d{{3}}-)?\d{{3}}-\d{{4}}(?![\w-])           # telephones, dates, numbers
    | (?<![\w-])(?:\d{{1,2}}-\d{{1,2}}-\d{{2,4}}|\d{{4}}-\d\d-\d\d)(?![\w-])
    | \d+0['’]s(?!\w)
    | (?<!\w)\+?\d+(?:[.,:/]\d+)*(?=(?i:{_UNITS})(?!\w)|(?!{_LETTER}))
    | (?<!\w)\d+(?:,\d+)+(?:st|nd|rd|th)(?!\w)
    | (?<![\w.])\.\d+
    | (?<![\w-])(?!Post-[A-Z]|[A-Z]{{2,}}-[a-z])(?i:{_PREFIXES})-{_LETTER}+             # words
    | {_LETTER}+(?:['’](?!(?i:{_CLITICS})(?!\w)){_LETTER}+)*
    | [:;=]['’]?-?[()DPp/|](?![\w/])                                   # marks
    | \.{{2,}}+ | …++ | '' | ’’ | `` | [!?]++ | ([-=*_~\#<>+$])\1*+
    | .
    """,
    re.VERBOSE | re.DOTALL,
)


class Word(NamedTuple):
    """A syntactic word: `text` stands at ``start:end`` of the text it was found in."""

    start: int
    end: int
    text: str


def find_words(text: str) -> list[Word]:
    """Return the words of `text`, a paragraph, in order."""
    words: list[Word] = []
    add = words.append
    chunks = [(found.start(), found.group()) for found in _CHUNK.finditer(text)]
    last = len(chunks) - 1
    for index, (start, chunk) in enumerate(chunks):
        parts = _cut(chunk) if len(chunk) <= _LONGEST_REMEMBERED else _cut_now(chunk)
        if chunk[-1] == ".":
            parts = _settle_dot(parts, chunks[index + 1][1] if index < last else "")
        for part in parts:
            end = start + len(part)
            add(Word(start, end, part))
            start = end
    return words


def _settle_dot(parts: tuple[str, ...], following: str) -> tuple[str, ...]:
    """Return `parts` with a final dot as a word of its own or not, as what follows tells."""
    last = parts[-1]
    if last == "." and len(parts) > 1:
        if following[:1].isdigit() and f"{parts[-2]}.".casefold() in BEFORE_NUMBERS:
            return *parts[:-2], f"{parts[-2]}."
        return parts
    named = following[:1].isupper()
    if len(last) == 2 and last[0].isupper() and not (named or following[:1] in {"&", "(", "“", "‘", '"'}):
        return *parts[:-1], last[0], "."
    if last.casefold() == "etc." and (named or not following):
        return *parts[:-1], last[:-1], "."
    return parts


def _cut_now(chunk: str) -> tuple[str, ...]:
    """Return the words of `chunk`, which holds no space."""
    if chunk.isalpha():
        return _cut_letters(chunk)
    parts: list[str] = []
    for found in _PIECE.finditer(chunk):
        part = found.group()
        if part == "." and parts and _keeps_dot(parts):
            parts[-1] += "."
        else:
            parts.extend(_cut_letters(part))
    return tuple(parts)


def _keeps_dot(parts: list[str]) -> bool:
    last = parts[-1]
    dotted = f"{last.casefold()}."
    if len(last) == 1 and last.isupper():
        return True
    return dotted in ABBREVIATIONS and (last[0].isupper() or dotted not in _WITH_CAPITAL)


def _cut_letters(word: str) -> tuple[str, ...]:
    at = None if len(word) == 2 and word.isupper() else _CONTRACTED.get(word.lower())
    return (word,) if at is None else (word[:at], word[at:])


_cut = lru_cache(maxsize=50_000)(_cut_now)
