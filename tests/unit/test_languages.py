"""What each language brings along: marks and cues on invented cases, and which language a text is in."""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import MISSING, fields, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from quotes.extract import find_quotes
from quotes.extract.join import WORD
from quotes.languages import LANGUAGES, UNKNOWN, has_cue, name_missing, normal_code
from quotes.languages.detect import find_language
from quotes.models import READ_LANGUAGES
from quotes.pipeline.analyse import Scanned, analyse_all, scan
from quotes.pipeline.stages import load_stages
from quotes.pipeline.unread import MOST_READ, find_foreign, name_obstacle
from quotes.records import Annotated, Article, Paragraph, Quote
from quotes.sources import read
from quotes.store.rows import Analysed
from tests.cases import load

if TYPE_CHECKING:
    from collections.abc import Callable

SHARED = Path(__file__).resolve().parents[2] / ".." / "shared"
CASES = load("languages")
MAY_BE_EMPTY = {"phrase_cues", "split_cues", "other_codes"}
GERMAN = "Wir bleiben hier, sagte sie, und das ist auch gut so für die ganze Stadt."


def split(text: str) -> tuple[Paragraph, ...]:
    """Every line of `text` as body text."""
    lines = re.finditer(r"\S[^\r\n]*", text)
    return tuple(Paragraph(line.start(), line.start() + len(line.group().rstrip())) for line in lines)


def find(text: str, language: str) -> list[Quote]:
    quotes = find_quotes(Article("a", "Outlet", text, "a.txt", language=language), split(text))
    return [quote for quote in quotes if quote.inside is None]


@pytest.mark.parametrize("case", [case for case in CASES if "text" in case.values[0]])
def test_finds_the_quotes_of_a_labelled_case(case: dict[str, Any]) -> None:
    found = find(case["text"], case["language"])
    assert [[quote.text, quote.kind] for quote in found] == case["quotes"]
    spans = [span for quote in found for span in quote.spans]
    assert spans == sorted(spans)


@pytest.mark.parametrize("case", [case for case in CASES if "clause" in case.values[0]])
def test_tells_a_reporting_clause_from_others(case: dict[str, Any]) -> None:
    words = [word.casefold() for word in WORD.findall(case["clause"])]
    assert has_cue(words, LANGUAGES[case["language"]]) is case["reports"]


def test_every_language_but_english_has_cases_enough() -> None:
    times = Counter(case.values[0]["language"] for case in CASES)
    assert set(times) == set(LANGUAGES) - {"en"}
    assert min(times.values()) >= 40


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_language_is_complete(code: str) -> None:
    language = LANGUAGES[code]
    required = [one.name for one in fields(language) if one.default is MISSING]
    assert language.code == language.stanza_code == code
    assert not [name for name in set(required) - MAY_BE_EMPTY if not getattr(language, name)]
    assert len(language.strong_cues) >= 60
    assert language.strong_cues <= set(language.cue_forms.values())
    assert set(language.pronouns.values()) <= {"", "male", "female", "plural", "thing", "relative"}
    assert all(form == form.casefold() for form in language.cue_forms)
    assert not language.female_names & language.male_names


@pytest.mark.parametrize(
    ("code", "pair"), [(code, pair) for code in LANGUAGES for pair in LANGUAGES[code].marks.outer]
)
def test_every_pair_of_marks_quotes(code: str, pair: tuple[str, str]) -> None:
    words = "Nobody came here today"
    assert [quote.text for quote in find(f"{pair[0]}{words},{pair[1]} Roe.", code)] == [f"{words},"]


@pytest.mark.parametrize(
    ("code", "pair"), [(code, pair) for code in LANGUAGES for pair in LANGUAGES[code].marks.inner]
)
def test_every_inner_pair_stays_inside(code: str, pair: tuple[str, str]) -> None:
    opening, closing = LANGUAGES[code].marks.outer[0]
    words = f"Nobody said {pair[0]}stay at home{pair[1]} to us,"
    text = f"{opening}{words}{closing} Roe."
    quotes = find_quotes(Article("a", "Outlet", text, "a.txt", language=code), split(text))
    assert [quote.text for quote in quotes] == [words, "stay at home"]


@pytest.mark.parametrize("case", load("tongues"))
def test_tells_the_language_of_a_text(case: dict[str, Any]) -> None:
    assert find_language(case["text"]) == case["language"]
    assert find_language(case["text"] * 1_000) in {case["language"], UNKNOWN}


@pytest.mark.shared
def test_every_english_article_is_taken_for_english() -> None:
    if not SHARED.exists():
        pytest.skip("no measuring data beside the checkout")
    files = [*(SHARED / "polnear" / "text").rglob("*.txt"), *(SHARED / "seeds").glob("*.txt")]
    texts = [path.read_text(encoding="utf-8", errors="replace") for path in files]
    lines = (SHARED / "drift" / "basil" / "articles.jsonl").read_text(encoding="utf-8").splitlines()
    texts += [json.loads(line)["text"] for line in lines]
    assert len(texts) > 1_000
    assert {find_language(text) for text in texts} == {"en"}


@pytest.mark.parametrize(
    ("line", "language"),
    [
        ({"text": GERMAN}, "de"),
        ({"text": GERMAN, "language": "und"}, "de"),
        ({"text": GERMAN, "language": "ger"}, "de"),
        ({"text": GERMAN, "language": "fr-CA"}, "fr"),
        ({"text": "The ferry was late."}, "en"),
    ],
)
def test_an_article_has_the_language_it_is_said_to_have_or_else_reads_like(
    tmp_path: Path, line: dict[str, str], language: str
) -> None:
    file = tmp_path / "all.jsonl"
    file.write_text(json.dumps(line), encoding="utf-8")
    (article,) = read([file])
    assert isinstance(article, Article)
    scanned = scan(article, load_stages())
    assert isinstance(scanned, Scanned)
    assert scanned.article.language == language


def test_what_is_missing_is_said_plainly() -> None:
    assert name_missing("en", READ_LANGUAGES) is None
    assert name_missing("de", READ_LANGUAGES) == "no German models are installed: quotes only"
    assert "no language data for 'ja'" in str(name_missing("ja", READ_LANGUAGES))
    assert "language is not known" in str(name_missing(UNKNOWN, READ_LANGUAGES))
    assert (normal_code("fra"), normal_code("pt")) == ("fr", "pt")


class Unused:
    """Models that nobody may ask."""

    version = "none"

    def load(self) -> Callable[[object], list[Annotated]]:
        return self.annotate

    def annotate(self, _jobs: object, /) -> list[Annotated]:
        raise AssertionError("read by the models")


@pytest.mark.parametrize(
    ("language", "text", "reason"),
    [
        ("es", "«No vendrán», dijo el alcalde.", "no Spanish models are installed: quotes only"),
        ("ja", "「他に方法はありません」と市長は述べた。", "no language data for 'ja'"),
        (UNKNOWN, "“Non abbiamo altra soluzione”, ha detto.", "the article's language is not known"),
        ("en", "“We waited,” said Roe. " * (MOST_READ // 20), "more than 500,000 characters"),
    ],
)
def test_what_the_models_cannot_read_has_quotes_and_a_reason(language: str, text: str, reason: str) -> None:
    stages = replace(load_stages(), annotator=Unused())
    scanned = scan(Article("a", "Outlet", text, "a.txt", language=language), stages)
    assert not hasattr(scanned, "reason")
    ((analysed, was_annotated),) = analyse_all([scanned], stages)  # type: ignore[list-item]
    assert isinstance(analysed, Analysed)
    assert not was_annotated
    assert analysed.quotes
    assert all(reason in analysed.reasons[quote.id] for quote in analysed.quotes)
    assert not analysed.speakers


@pytest.mark.parametrize(
    ("passage", "is_foreign"),
    [
        ("„Wir haben keine andere Lösung, und das ist nicht gut“, sagte sie am Montag.", True),
        ("„Nein“, sagte Roe.", True),
        ("“Wir haben keine andere Lösung, und das ist nicht gut,” she said in German.", False),
        ("“We have no other way,” she said.", False),
        ("The chef called it “la vie en rose”.", False),
    ],
)
def test_a_passage_in_another_language_is_not_read_as_english(passage: str, is_foreign: bool) -> None:
    text = (
        f"The bridge stays shut, the mayor said.\n\n{GERMAN if is_foreign else 'Nobody asked.'}\n\n{passage}"
    )
    article = Article("a", "Outlet", text, "a.txt")
    assert name_obstacle(article) is None
    quotes = find_quotes(article, split(text))
    foreign = find_foreign(article, split(text), quotes)
    assert bool(foreign) is is_foreign
    assert set(foreign) <= {quote.id for quote in quotes}


WALLS = ["« a, dit B, ", "«a —dijo B—, ", "—a —dijo B\n", "» a\n", "„a “", ", dit-il. "]


@pytest.mark.parametrize("wall", WALLS)
@pytest.mark.parametrize("code", ["de", "fr", "es"])
def test_a_wall_of_reporting_clauses_ends(wall: str, code: str) -> None:
    text = "«" + wall * 20_000
    assert all(end <= len(text) for quote in find(text, code) for _, end in quote.spans)


def test_one_long_quote_is_one_quote() -> None:
    text = "« " + "Nous partons, a-t-il dit. Rien ne change ici. " * 40 + "»"
    (quote,) = find(text, "fr")
    assert len(quote.spans) == 41
    assert "a-t-il" not in quote.text
