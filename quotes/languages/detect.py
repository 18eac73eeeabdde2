"""Tell the language of a text by its script and by the share of its words that are common in a language.

English is what a text is taken for until its words say otherwise: a text too short to tell stays English.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from itertools import repeat
from typing import Final

from quotes.languages import LANGUAGES, UNKNOWN

ENGLISH: Final = "en"
_SAMPLES, _SAMPLE = 20, 10_000  # pieces of a long text that are read, and their length
_WORD = re.compile(r"[^\W\d_]+")
_SCRIPTS = {
    "latin": re.compile("[A-Za-zªºÀ-ÖØ-öø-\u024f\u1e00-\u1eff]+"),
    "ja": re.compile("[\u3040-\u30ff]+"),
    "ko": re.compile("[\u1100-\u11ff\uac00-\ud7af]+"),
    "el": re.compile("[\u0370-\u03ff\u1f00-\u1fff]+"),
    "he": re.compile("[\u0590-\u05ff]+"),
    "th": re.compile("[\u0e00-\u0e7f]+"),
    UNKNOWN: re.compile("[\u0400-\u052f\u0530-\u058f\u0600-\u06ff\u0900-\u0dff\u0e80-\u10ff\u3400-\u9fff]+"),
}
_BEYOND_LATIN = re.compile("[\u0370-\u1dff\u1f00-\u1fff\u3040-\ud7ff]")  # where all other scripts lie
_LEAST_SHARE = 0.33  # of the words of a text that are common in its language; running text has 40 to 55 %
_CLEARLY_MORE = 1.5  # times the share of the next language
_ENGLISH_SHARE = 0.12  # English words: articles have at least 20 %, other languages some by chance
_ENOUGH_WORDS = 40  # to tell a language that is not known here by the lack of English words
_FEW_WORDS = 12  # below this a single English word is a doubt,
_OWN_WORDS = 2  # and so many common words that are not English too are needed


def find_language(text: str) -> str:
    """Return the code of the language that `text` is in, and `UNKNOWN` where it is one not known here.

    The time does not grow with a text beyond 200,000 characters, of which pieces from all over are read.

    >>> find_language("Wir bleiben hier, sagte sie, und das ist auch gut so."), find_language("We stay.")
    ('de', 'en')
    """
    sample = _sample(text)
    script = _find_script(sample)
    if script != "latin":
        return script
    words = Counter(map(str.casefold, _WORD.findall(sample)))
    total = words.total() or 1
    shares = {code: _count(words, language.common_words) / total for code, language in LANGUAGES.items()}
    ranked = sorted(((share, code) for code, share in shares.items() if code != ENGLISH), reverse=True)
    (share, best), (next_share, _) = ranked[0], ranked[1]
    english = _count(words, LANGUAGES[ENGLISH].common_words - LANGUAGES[best].common_words) / total
    is_best = share >= _LEAST_SHARE and share >= _CLEARLY_MORE * next_share and english < _ENGLISH_SHARE
    if total < _FEW_WORDS:
        own = _count(words, LANGUAGES[best].common_words - LANGUAGES[ENGLISH].common_words)
        return best if is_best and not english and own >= _OWN_WORDS else ENGLISH
    if is_best:
        return best
    return UNKNOWN if total >= _ENOUGH_WORDS and shares[ENGLISH] < _ENGLISH_SHARE else ENGLISH


def has_own_words(text: str, code: str) -> bool:
    """Return whether `text` has a word that is common in the language `code` and in no other one known here.

    >>> has_own_words("“Wir bleiben”, she said.", "en"), has_own_words("Was will Roe?", "en")
    (True, False)
    """
    words = (word.casefold() for word in _WORD.findall(text))
    return not _list_own_words(code).isdisjoint(words)


@cache
def _list_own_words(code: str) -> frozenset[str]:
    others = (language.common_words for other, language in LANGUAGES.items() if other != code)
    return LANGUAGES[code].common_words.difference(*others)


def _sample(text: str) -> str:
    if len(text) <= _SAMPLES * _SAMPLE:
        return text
    step = len(text) // _SAMPLES
    return " ".join(text[start : start + _SAMPLE] for start in range(0, step * _SAMPLES, step))


def _find_script(text: str) -> str:
    """Return "latin", or the language that most letters tell; kana tell Japanese among Chinese signs."""
    if text.isascii() or not _BEYOND_LATIN.search(text):
        return "latin"
    counts = Counter({name: sum(map(len, signs.findall(text))) for name, signs in _SCRIPTS.items()})
    if counts["ja"] * 10 > counts[UNKNOWN]:
        counts["ja"] += counts.pop(UNKNOWN)
    (script, most), *_ = counts.most_common(1)
    return script if most > counts["latin"] else "latin"


def _count(words: Counter[str], wanted: frozenset[str]) -> int:
    return sum(map(words.get, wanted, repeat(0)))
