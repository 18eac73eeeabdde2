"""Words too long for where they are shown, cut at the end or in the middle."""

from __future__ import annotations


def cut_middle(words: str, most: int) -> str:
    """Return `words` with the middle left out where they are much longer than `most` characters.

    >>> cut_middle("one two three four five six seven", 20)
    'one two […] six seven'
    """
    if len(words) <= most + most // 4:
        return words
    half = most // 2
    head = (words[: half + 1].rsplit(None, 1) or [""])[0][:half]
    tail = (words[-half - 1 :].split(None, 1) or [""])[-1][-half:]
    return f"{head.rstrip()} […] {tail.lstrip()}"


def cut(words: str | None, most: int = 80) -> str:
    """Return `words` on one line, cut at the end where they are longer than `most` characters.

    >>> cut("one" + " two" * 30)[-9:], cut("o" * 100)[-5:]
    ('two two …', 'ooo …')
    """
    folded = " ".join((words or "").split())
    if len(folded) <= most:
        return folded
    return folded[: most - 2].rsplit(" ", 1)[0] + " …"
