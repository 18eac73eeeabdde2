"""Quotation marks: where they stand in a paragraph, and whether each can open or close a quote there.

Marks come in families, and a mark closes only its own family: `double` (“ ” „ ‟ " and the typewriter pairs
'' and ``), `guillemet` (« »), `angle` (‹ ›), `corner` (「 」), `white corner` (『 』) and `single`
(‘ ’ ‚ ` and '). Single marks double as apostrophes: where an article does not use them as its outer marks
(`uses_single_marks`), only a clean ‘pair’ quotes. What scanning, typing and bad conversion make of a mark
(❝ ＂ ,, &quot; â€œ) is read as the mark that it stands for; a prime (″) counts unless it follows a number.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterator

Side = Literal["open", "close"]
Family = Literal["double", "guillemet", "angle", "corner", "white corner", "single"]

MARK = re.compile(
    r"``|`(?=\w)|''|\"\"(?=\w)|(?<=[^\s\"])\"\"(?!\w)|[“”„‟\"«»‘’‚'″ʺ＂❝❞〝〞‹›「」『』]|(?<![\w,]),,(?=\w)"
    r"|&(?:quot|[lrb]dquo|[lrs]squo|[lr]aquo|#34|#39|#82(?:16|17|20|21));|&#x201[89cdCD];"
    r"|â€(?:[œ\x9d˜\x98™“”]|(?![\w¦]))"
)
_MEANT = {
    '""': '"', "″": '"', "ʺ": '"', "＂": '"', "❝": "“", "❞": "”", "〝": "“", "〞": "”", ",,": "„",
    "&quot;": '"', "&#34;": '"', "&#39;": "'", "&ldquo;": "“", "&rdquo;": "”", "&bdquo;": "„",
    "&lsquo;": "‘", "&rsquo;": "’", "&sbquo;": "‚", "&laquo;": "«", "&raquo;": "»",
    "&#8216;": "‘", "&#8217;": "’", "&#8220;": "“", "&#8221;": "”",
    "&#x2018;": "‘", "&#x2019;": "’", "&#x201c;": "“", "&#x201d;": "”",
    "â€œ": "“", "â€\x9d": "”", "â€": "”", "â€˜": "‘", "â€\x98": "‘", "â€™": "’",
    "â€“": "–", "â€”": "—",
}  # fmt: skip
_PRIMES = frozenset("″ʺ")
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,300}>")
_DATA_FIELD = re.compile(r"[\[{,]\s{0,4}\"[^\"\n]{1,60}\"\s{0,4}:")
_FAMILY: dict[str, Family] = {
    "«": "guillemet",
    "»": "guillemet",
    "‹": "angle",
    "›": "angle",
    "「": "corner",
    "」": "corner",
    "『": "white corner",
    "』": "white corner",
    "‘": "single",
    "’": "single",
    "'": "single",
    "‚": "single",
    "`": "single",
}
_POINTED = frozenset("«‹")
_BEFORE_OPENING = frozenset("([{—–-/‘“\u00a0")
_AFTER_CLOSING = frozenset(".,;:!?)]}—–-/’”…")
_MEASURE = re.compile(r"\d['’′]\s?\d{1,2}$|(?<![\w.])\d{1,3}(?:\.\d+)?(?:-\d/\d)?$")
_CLOSES_LATER = re.compile(r" [a-z][^“”\"\n]{0,400}?[^\s“”\"'](?:[”\"]|'')(?!\w)")
_SINGLE_PAIR = re.compile(r"(?<![\w’'`])[‘'`](?=[\w“\"…])[^‘\n]{8,600}?[,.?!…—]['’](?!\w)")
_CLEAN_PAIR = re.compile(r"‘[^‘’“”\"«»\n]{1,600}[’‘](?!\w)|‚[^‘’‚“”\"\n]{1,600}[‘’](?!\w)")
_LATER_CLOSING = re.compile(r" (?=[a-z])[^‘\n]{0,600}[,.?!…—]['’](?!\w)")
_ELISION = re.compile(r"(?:\d0s|tis|twas|til|till|cause|em|n|bout|round|cos|cuz|coz)\b", re.IGNORECASE)
_INWARDS = re.compile(r"(?<![^\s(\[—–-])[»›](?=[^\s.,;:])|(?<=[^\s(\[—–-])[«‹](?!\w)")
_OUTWARDS = re.compile(r"(?<![^\s(\[—–-])[«‹]|(?<=[^\s(\[—–-])[»›](?!\w)")
_DOUBLE_PAIR = re.compile(r"[“\"][^“”\"\n]{8,600}[”\"]")


@dataclass(frozen=True, slots=True)
class Mark:
    """One mark: `start` and `end` are the offsets of what is printed, `text` is the mark that it stands for.

    `before` and `after` are its neighbours.
    """

    start: int
    end: int
    text: str
    before: str
    after: str

    @property
    def family(self) -> Family:
        return _FAMILY.get(self.text, "double")


def find_marks(text: str, start: int, end: int) -> Iterator[Mark]:
    """Yield the marks of the paragraph ``text[start:end]`` in order, but for those in markup and data."""
    if text.startswith(("{", "["), start) and _DATA_FIELD.search(text, start, min(end, start + 100)):
        return
    inside_tags = {
        mark.start() for tag in _TAG.finditer(text, start, end) for mark in MARK.finditer(text, *tag.span())
    }
    for found in MARK.finditer(text, start, end):
        if found.start() in inside_tags:
            continue
        before = text[found.start() - 1] if found.start() > start else " "
        after = text[found.end()] if found.end() < end else " "
        printed = found.group()
        meant = _MEANT.get(printed.lower(), printed)
        if meant not in "–—" and not (printed in _PRIMES and before.isdigit()):
            yield Mark(found.start(), found.end(), meant, before, after)


def clean_single_marks(text: str, start: int, end: int) -> frozenset[int]:
    """Return where single marks form a clean pair in ``text[start:end]``, with no other mark inside."""
    pairs = _CLEAN_PAIR.finditer(text, start, end)
    return frozenset(at for pair in pairs for at in (pair.start(), pair.end() - 1))


def side_of(mark: Mark, text: str, is_open: bool, reversed_guillemets: bool) -> Side | None:
    """Return whether `mark` opens or closes, given that its family `is_open`; None: it is no mark."""
    if mark.family in {"guillemet", "angle"}:
        return "open" if (mark.text in _POINTED) != reversed_guillemets else "close"
    if mark.family in {"corner", "white corner"}:
        return "open" if mark.text in "「『" else "close"
    if mark.family == "single":
        return _side_of_single(mark, text, is_open)
    if mark.text == "„":
        return "open"
    if mark.text in {"“", "‟", "``"}:
        return "close" if is_open and _ends_here(mark) else "open"
    if mark.text == "”":
        return "open" if not is_open and _starts_here(mark) else "close"
    return _side_of_straight(mark, text, is_open)


def _starts_here(mark: Mark) -> bool:
    return (mark.before.isspace() or mark.before in _BEFORE_OPENING) and not mark.after.isspace()


def _ends_here(mark: Mark) -> bool:
    return not mark.before.isspace() and (mark.after.isspace() or mark.after in _AFTER_CLOSING)


def _side_of_straight(mark: Mark, text: str, is_open: bool) -> Side | None:
    if mark.before.isdigit() and _is_measure(mark, text, is_open):
        return None
    if (
        mark.before.isspace()
        and mark.after.isspace()
        and not is_open
        and '"' not in text[mark.end : mark.end + 600]
    ):
        return None
    left = mark.before.isspace() or mark.before in _BEFORE_OPENING
    right = mark.after.isspace() or mark.after in _AFTER_CLOSING
    if left and not right:
        return "open" if not is_open or mark.before not in "—–-" else "close"
    if right and not left:
        return "close"
    return "close" if is_open else "open"


def _is_measure(mark: Mark, text: str, is_open: bool) -> bool:
    """Inches: 5'10" anywhere; 12" where no quote is open that it could close, or where another mark will."""
    found = _MEASURE.search(text, max(0, mark.start - 12), mark.start)
    if found is None or not is_open:
        return found is not None
    plain = found.group().isdigit() or "." in found.group()
    return not plain or _CLOSES_LATER.match(text, mark.end) is not None


def _side_of_single(mark: Mark, text: str, is_open: bool) -> Side | None:
    if mark.text in "‚`":
        return "open" if mark.before.isspace() and mark.after.isalnum() else None
    if mark.before.isalnum() and mark.after.isalnum():
        return None
    if not mark.before.isalnum() and (mark.after.isalnum() or mark.after in '“"…'):
        return None if mark.text == "’" or _ELISION.match(text, mark.end) else "open"
    if not is_open or mark.before.isspace() or mark.after.isalnum():
        return None
    possessive = mark.before == "s" and _LATER_CLOSING.match(text, mark.end)
    return None if possessive else "close"


def is_reversed(text: str) -> bool:
    """Return whether guillemets point inwards (»so«) in this article, as German prints them."""
    if not any(mark in text for mark in "«»‹›"):
        return False
    return len(_INWARDS.findall(text)) > len(_OUTWARDS.findall(text))


def uses_single_marks(text: str) -> bool:
    """Return whether single marks are this article's outer quotation marks, as British papers print them."""
    return len(_SINGLE_PAIR.findall(text)) > len(_DOUBLE_PAIR.findall(text))
