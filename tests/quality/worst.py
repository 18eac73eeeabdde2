"""The worst errors: wrong speakers, the surest first, then quotes not found, the longest first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from structures import name_structure

if TYPE_CHECKING:
    from collections.abc import Sequence

    from judging import GoldArticle, Judged, Span, Verdict

CONTEXT = 160


def list_worst(judged: Sequence[Judged], most: int) -> list[tuple[GoldArticle, Verdict]]:
    """Return at most `most` errors with the articles they are in."""
    errors = [
        (one.article, verdict)
        for one in judged
        for verdict in (*one.quotes, *one.not_speech)
        if verdict.speaker == "wrong" or (verdict.gold.speech and verdict.found == "missed")
    ]
    return sorted(errors, key=lambda error: _rank(error[0], error[1]))[:most]


def _rank(article: GoldArticle, verdict: Verdict) -> tuple[float, int, str, Span]:
    stated = verdict.predicted.confidence if verdict.predicted else None
    return -(stated or 0.0), -verdict.gold.words, article.name, verdict.gold.span


def describe_error(article: GoldArticle, verdict: Verdict, shows_text: bool) -> str:
    """Return an error as a line of places, with the article's words below it where asked for."""
    gold, predicted = verdict.gold, verdict.predicted
    structure = name_structure(article, gold) if gold.speech else "not speech"
    told = f"{article.name} {_tell(gold.span)} {structure}, found: {verdict.found}"
    if predicted and predicted.speaker:
        told += f"; {predicted.rule} {predicted.confidence} says {_tell(predicted.speaker)}"
    told += f", gold {' + '.join(map(_tell, gold.sources)) or 'nobody'}"
    return told + "".join(f"\n    {line}" for line in _quote(article, verdict) if shows_text)


def _quote(article: GoldArticle, verdict: Verdict) -> list[str]:
    text, (start, end), predicted = article.text, verdict.gold.span, verdict.predicted
    gold = " + ".join(text[slice(*source)] for source in verdict.gold.sources) or "nobody"
    got = text[slice(*predicted.speaker)] if predicted and predicted.speaker else "nobody"
    around = (text[max(0, start - CONTEXT) : start], text[start:end], text[end : end + CONTEXT])
    before, words, after = (" ".join(part.split()) for part in around)
    return [f"gold: {gold} · got: {got}", f"{before} [[{words}]] {after}"]


def _tell(span: Span) -> str:
    return f"{span[0]}-{span[1]}"
