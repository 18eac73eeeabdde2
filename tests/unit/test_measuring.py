"""The measure itself: what counts as found, right, gained and calibrated, on invented articles."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from calibration import Bin, Judgement, count_sure, draw_reliability, expected_error, sort_into_bins
from click.testing import CliRunner
from judging import GoldArticle, GoldQuote, Predicted, is_same_name, judge, read_gold, read_predictions, trim
from measure_attribution import ablate, main, report_calibration, report_changes, report_errors, tell_figures
from pinned import Outcome, compare, list_outcomes, read_outcomes, write_outcomes
from running import FolderCache, is_held_out
from structures import name_mention, name_structure
from tables import add_up, align, list_judgements, list_person_judgements, tabulate
from worst import describe_error, list_worst

from quotes.attribute import RULE_NAMES
from quotes.pipeline.stages import load_stages
from quotes.training.documents import hide_name

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from judging import Judged, Span

    from quotes.pipeline.stages import Stages

SAID = "“The bridge is safe,” Orla Venn said. “It will open.” She denied a “cover-up” of faults."
BRIDGE, OPEN, COVER = "The bridge is safe,", "It will open.", "cover-up"


def find(text: str, words: str) -> Span:
    start = text.index(words)
    return start, start + len(words)


def quote(text: str, words: str, source: str | None, cue: str | None = None, **more: object) -> GoldQuote:
    defaults: dict[str, object] = {
        "words": len(words.split()),
        "double": True,
        "speech": True,
        "sources": (find(text, source),) if source else (),
        "cue": find(text, cue) if cue else None,
        "cue_text": (cue or "").casefold(),
    }
    return GoldQuote(find(text, words), **(defaults | more))  # type: ignore[arg-type]


def article(text: str, *quotes: GoldQuote) -> GoldArticle:
    return GoldArticle("bridge", "The Bugle", text, tuple(sorted(quotes, key=lambda one: one.span)))


def bridge(**more: object) -> GoldArticle:
    return article(
        SAID,
        quote(SAID, BRIDGE, "Orla Venn", "said", person="Orla Venn", is_person=True),
        quote(SAID, OPEN, "Orla Venn", "said", person="Orla Venn", is_person=True),
        quote(SAID, COVER, None, speech=False, **more),
    )


def predict(words: str, speaker: str | None = None, name: str | None = None, sure: float = 0.9) -> Predicted:
    span = find(SAID, speaker) if speaker else None
    return Predicted(find(SAID, words), span, name or speaker, "clause after", sure if span else None)


def outcomes(*predictions: Predicted) -> list[tuple[str, str, str | None]]:
    judged = judge(bridge(), predictions)
    return [(one.found, one.speaker, one.person) for one in (*judged.quotes, *judged.not_speech)]


def test_a_quote_is_found_with_or_without_its_marks_and_last_comma() -> None:
    assert trim(SAID, (0, 21)) == find(SAID, "The bridge is safe")
    assert outcomes(Predicted((0, 21)))[0][0] == "exact"


def test_half_of_a_quote_stands_for_all_of_it_and_less_overlaps_nothing() -> None:
    assert outcomes(predict("The bridge"))[0][0] == "exact"
    assert outcomes(predict("The"))[0][0] == "missed"


def test_a_mention_is_right_by_half_of_the_shorter() -> None:
    assert outcomes(predict(BRIDGE, "Venn"))[0] == ("exact", "right", "right")
    assert outcomes(predict(BRIDGE, "e,” Orla"))[0][1] == "right"
    assert outcomes(predict(BRIDGE, "said. “It will"))[0] == ("exact", "wrong", "wrong")


def test_a_person_can_be_right_by_another_mention_and_needs_a_speaker() -> None:
    assert outcomes(predict(OPEN, "She", "O. Venn"))[1] == ("exact", "wrong", "right")
    assert outcomes(predict(OPEN))[1] == ("exact", "none", "wrong")


def test_nobody_said_what_gold_attributes_to_nobody() -> None:
    assert outcomes(predict(COVER))[2] == ("exact", "none", None)
    assert outcomes(predict(COVER, "She"))[2] == ("exact", "wrong", None)


def test_of_two_predictions_for_a_stretch_the_one_with_a_speaker_counts() -> None:
    judged = judge(bridge(), [predict(OPEN), predict("It will open", "Orla Venn")])
    assert judged.quotes[1].speaker == "right"
    assert judged.predictions == 1


def test_single_quoted_and_short_stretches_count_neither_way() -> None:
    predictions = [predict(COVER, "She")]
    assert judge(bridge(double=False), predictions).attributed == 0
    assert judge(bridge(), predictions, min_words=3).not_speech == ()
    assert judge(bridge(), predictions, min_words=3).attributed == 0


def test_predictions_outside_all_marks_are_left_out() -> None:
    assert judge(bridge(), [predict("Orla Venn said", "She")]).predictions == 0


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Orla Venn", "Venn", True),
        ("O. Venn", "Orla Venn", True),
        ("Mayor Orla Venn", "Venn’s", True),
        ("Otto Venn", "Orla Venn", False),
        ("Harbour Board", "the Harbour Board of Dunmere City Port", True),
        ("the president", "The President", True),
        ("", "Venn", False),
    ],
)
def test_names_are_compared_without_titles(one: str, other: str, same: bool) -> None:
    assert is_same_name(one, other) is same


def test_figures_add_up() -> None:
    judged = [judge(bridge(), [predict(BRIDGE, "Orla Venn"), predict(OPEN), predict(COVER, "She")])]
    figures = add_up(judged)
    assert figures.exact == pytest.approx(2 * 2 / (3 + 2) * 100)
    assert (figures.precision, figures.recall, figures.end_to_end) == (50, 50, 50)
    assert (figures.persons, figures.false_attributions, figures.not_speech) == (50, 1, 1)
    assert list(list_judgements(judged)) == [Judgement(0.9, True), Judgement(0.9, False)]
    assert list(list_person_judgements(judged)) == [Judgement(0.9, True)]
    assert add_up([judge(article(SAID), [])]).persons is None


def test_gold_and_predictions_are_read_as_they_are_printed(tmp_path: Path) -> None:
    (tmp_path / "bridge.txt").write_bytes(SAID.encode())
    said = {
        "start": 1, "end": 20, "mark": "double", "n_words": 4, "source_spans": [[22, 31]], "cue_text": "Said",
        "cue_spans": [[32, 36]], "resolved_speaker": "Orla Venn", "resolve_how": "name",
    }  # fmt: skip
    unsaid = {"start": 70, "end": 78, "mark": "single", "n_words": 1}
    gold = {"doc": "bridge", "outlet": "The Bugle", "text_path": "bridge.txt"}
    gold |= {"quotes": [said], "nonattributed": [unsaid]}
    (tmp_path / "gold.jsonl").write_text(json.dumps(gold) + "\n", encoding="utf-8")
    (read,) = read_gold(tmp_path / "gold.jsonl")
    assert read.stretches[0] == GoldQuote(
        (1, 20), 4, True, True, ((22, 31),), (32, 36), "said", "Orla Venn", True
    )
    assert read.stretches[1] == GoldQuote((70, 78), 1, False, False)
    speaker = {"start": 22, "end": 31, "text": "Orla Venn", "name": None, "rule": "label", "confidence": 0.8}
    line = {"quotes": [{"spans": [[1, 9], [11, 20]], "speaker": speaker, "reason": None}]}
    assert read_predictions(line) == [
        Predicted(span, (22, 31), "Orla Venn", "label", 0.8) for span in ((1, 9), (11, 20))
    ]
    line = {"quotes": [{"spans": [[1, 20]], "speaker": None, "reason": "a title"}]}
    assert read_predictions(line) == [Predicted((1, 20), reason="a title")]


STRUCTURES = [
    ("“We won,” said Orla Venn.", "We won,", "Orla Venn", "said", "inverted"),
    ("“We won,” Orla Venn said.", "We won,", "Orla Venn", "said", "clause after"),
    ("Orla Venn said, “We won.”", "We won.", "Orla Venn", "said", "clause before"),
    ("Orla Venn was blunt: “We won.”", "We won.", "Orla Venn", "was blunt", "colon"),
    ("Orla Venn was blunt:\n“We won.”", "We won.", "Orla Venn", "was blunt", "colon"),
    ("It was “a mess”, according to the board.", "a mess", "the board", "according to", "according to"),
    ("“We won” — Orla Venn", "We won", "Orla Venn", None, "signature"),
    ("“We won.”\xa0― \nOrla Venn", "We won.", "Orla Venn", "―", "signature"),
    ("“Yes,” Orla Venn said. “We won.”", "We won.", "Orla Venn", "said", "continued"),
    ("Orla Venn called it “a mess” on Monday.", "a mess", "Orla Venn", "called", "fragment"),
    ("“Messy” is what Orla Venn called it.", "Messy", "Orla Venn", "called", "fragment"),
    ("Orla Venn said that “we won.”", "we won.", "Orla Venn", "said", "fragment"),
    ("Orla Venn spoke.\n“We won.”", "We won.", "Orla Venn", "spoke", "floating"),
    ("Orla Venn, “We won,” said.", "We won,", "Orla Venn", "said", "other"),
    ("A sign read “We won.”", "We won.", None, None, "no source"),
]


@pytest.mark.parametrize(("text", "words", "source", "cue", "structure"), STRUCTURES)
def test_structures_are_named_from_gold(
    text: str, words: str, source: str | None, cue: str | None, structure: str
) -> None:
    asked = quote(text, words, source, cue)
    others = [quote(text, "Yes,", source, cue)] if "“Yes,”" in text else []
    assert name_structure(article(text, asked, *others), asked) == structure


@pytest.mark.parametrize(
    ("source", "mention"),
    [
        ("Orla Venn", "full name"),
        ("Venn", "one-word name"),
        ("She", "pronoun"),
        ("the board", "description"),
        ("officials", "description"),
        ("Orla Venn, who runs the port,", "name with more"),
    ],
)
def test_mentions_are_told_apart_by_their_words(source: str, mention: str) -> None:
    text = f"{source} said: “We won.”"
    asked = quote(text, "We won.", source)
    assert name_mention(article(text, asked), asked) == mention


def test_a_table_shows_what_was_right_before() -> None:
    judged = [judge(bridge(), [predict(BRIDGE, "Orla Venn"), predict(OPEN, "She")])]
    before = {(hide_name("bridge"), *find(SAID, BRIDGE)): Outcome("exact", "none", "wrong", "")}
    table = tabulate(judged, "structure", before)
    assert table[1] == ("clause after", "1", "100.0", "100.0", "0.0", "100.0", "0.0", "0.0")
    assert table[2] == ("continued", "1", "100.0", "0.0", "·", "0.0", "100.0", "0.0")
    assert table[-1][:4] == ("all", "2", "100.0", "50.0")
    assert align([("a", "10"), ("bcd", "2")]) == "a    10\nbcd   2"


def test_outcomes_are_kept_without_words(tmp_path: Path) -> None:
    kept = list_outcomes([judge(bridge(), [predict(BRIDGE, "Orla Venn"), predict(COVER)])])
    write_outcomes(tmp_path / "pinned.tsv", kept)
    assert read_outcomes(tmp_path / "pinned.tsv") == kept
    assert kept[hide_name("bridge"), *find(SAID, BRIDGE)] == Outcome(
        "exact", "right", "right", "clause after"
    )
    assert kept[hide_name("bridge"), *find(SAID, OPEN)] == Outcome("missed", "none", "wrong", "")
    assert kept[hide_name("bridge"), *find(SAID, COVER)] == Outcome("not speech", "none", "", "")
    assert "Venn" not in (tmp_path / "pinned.tsv").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("before", "after", "kind", "told"),
    [
        ("exact none wrong", "exact right wrong", "gain", "speaker none → right"),
        ("exact right right", "exact wrong wrong", "loss", "speaker right → wrong, person right → wrong"),
        ("exact right wrong", "exact right right", "gain", "person wrong → right"),
        ("missed none wrong", "exact none wrong", "gain", "found missed → exact"),
        ("exact wrong wrong", "exact none wrong", "other", "speaker wrong → none"),
        ("exact right wrong", "overlap right right", "gain", "found exact → overlap, person wrong → right"),
    ],
)
def test_gains_and_losses_are_told(before: str, after: str, kind: str, told: str) -> None:
    key = (hide_name("bridge"), 1, 20)
    old, new = (Outcome(*words.split(), "colon") for words in (before, after))
    (change,) = compare({key: old, ("gone", 1, 2): old}, {key: new})
    assert (change.kind, change.told) == (kind, f"{told} (colon)")


def test_silence_where_nobody_spoke_is_a_gain_and_nothing_changed_is_no_change() -> None:
    key = (hide_name("bridge"), 1, 20)
    spoke, silent = Outcome("not speech", "wrong", "", "colon"), Outcome("not speech", "none", "", "")
    assert compare({key: spoke}, {key: silent})[0].kind == "gain"
    assert compare({key: silent}, {key: spoke})[0].told == "speaker none → wrong (no rule → colon)"
    assert compare({key: spoke}, {key: Outcome("not speech", "wrong", "", "label")}) == []


def test_the_surest_error_comes_first_and_shows_words_only_when_asked() -> None:
    judged = [judge(bridge(), [predict(OPEN, "She", sure=0.6), predict(COVER, "She", sure=0.8)])]
    worst = list_worst(judged, 9)
    assert [one.gold.span for _, one in worst] == [find(SAID, words) for words in (COVER, OPEN, BRIDGE)]
    told = describe_error(*worst[0], shows_text=False)
    assert told.startswith("bridge ")
    assert "not speech" in told
    assert "cover-up" not in told
    assert "[[cover-up]]" in describe_error(*worst[0], shows_text=True)
    assert list_worst(judged, 1) == worst[:1]


def test_reports_are_lines_to_read() -> None:
    judged = [judge(bridge(), [predict(BRIDGE, "Orla Venn"), predict(COVER, "She")])]
    assert tell_figures(add_up(judged)).endswith("resolved persons 50.0, false attributions 1 of 1")
    assert "of 2 marked 0.9 or more, 1 are right (50.0 %)" in report_calibration(judged)
    assert len(report_errors(judged, 1, shows_text=False).splitlines()) == 2
    key = (hide_name("bridge"), *find(SAID, BRIDGE))
    changes = report_changes({key: Outcome("exact", "none", "wrong", "")}, judged, shows_text=True)
    assert changes.splitlines() == [
        "gain: bridge 1-20 speaker none → right, person wrong → right (no rule → clause after)",
        "    The bridge is safe,",
        "since the pinned result, of 1 quotes: 1 gain, 0 loss, 0 other",
    ]


def test_each_rule_is_left_out_with_the_ranker_and_without() -> None:
    def attribute(**options: object) -> dict[str, object]:
        return options

    def measure(stages: Stages) -> list[Judged]:
        options = stages.attribute()  # type: ignore[call-arg]
        speaker = None if options.get("without") else "Orla Venn"
        more = [] if options.get("ranked") is False else [predict(OPEN, speaker)]
        return [judge(bridge(), [predict(BRIDGE, speaker), *more])]

    stages = replace(load_stages(), attribute=attribute)  # type: ignore[arg-type]
    whole = add_up([judge(bridge(), [predict(BRIDGE, "Orla Venn"), predict(OPEN, "Orla Venn")])])
    head, nothing, *rules = ablate(measure, stages, whole)
    assert nothing == ("nothing", "100.0", "+0.0", "100.0", "0", "66.7", "+0.0")
    assert [row[0] for row in rules] == list(RULE_NAMES)
    assert {row[1:] for row in rules} == {("0.0", "-100.0", "0.0", "0", "0.0", "-66.7")}
    assert len(head) == len(nothing)


def test_a_result_is_pinned_whole() -> None:
    told = CliRunner().invoke(main, ["--pin", "--min-words", "4"])
    assert told.exit_code == 2
    assert "leave --min-words out" in told.output


def judgements(confidence: float, right: int, wrong: int) -> Sequence[Judgement]:
    return [Judgement(confidence, number < right) for number in range(right + wrong)]


def test_calibration_compares_confidence_with_truth() -> None:
    given = [*judgements(0.9, 9, 1), *judgements(0.7, 2, 2), *judgements(1.0, 1, 0)]
    bins = sort_into_bins(given)
    assert [one.count for one in bins] == [4, 11]
    assert bins[0] == Bin(4, pytest.approx(0.7), 0.5)  # type: ignore[arg-type]
    assert expected_error(bins) == pytest.approx((4 * 0.2 + 11 * abs(10 / 11 - 10 / 11)) / 15)
    assert count_sure(given) == (10, 11)
    assert expected_error(()) == 0


def test_an_interval_holds_the_share_and_narrows_with_more() -> None:
    few, many = Bin(10, 0.9, 0.9).interval, Bin(1000, 0.9, 0.9).interval
    assert few == pytest.approx((0.596, 0.982), abs=0.001)
    assert few[0] < many[0] < 0.9 < many[1] < few[1]
    low, high = Bin(3, 1.0, 1.0).interval
    assert 0 <= low < high <= 1


def test_the_plot_is_a_picture_with_a_point_for_each_bin() -> None:
    picture = draw_reliability([Bin(40, 0.95, 0.9), Bin(10, 0.4, 0.5)], 'Sure & "right" <now>')
    root = ET.fromstring(picture)
    names = [element.tag.rpartition("}")[2] for element in root.iter()]
    assert names.count("circle") == 2
    assert root.attrib["aria-label"] == 'Sure & "right" <now>'
    assert "40 quotes with confidence 0.95: 90% right" in picture
    assert "prefers-color-scheme: dark" in picture


def test_annotations_are_kept_by_text_and_version(tmp_path: Path) -> None:
    cache = FolderCache(tmp_path / "new", "models 1")
    assert cache.read("a text") is None
    cache.write("a text", b"read")
    assert cache.read("a text") == b"read"
    assert cache.read("another text") is None
    assert FolderCache(tmp_path / "new", "models 2").read("a text") is None
    assert len(list((tmp_path / "new").iterdir())) == 1


def test_what_is_held_out_follows_from_names_alone() -> None:
    kept = [number for number in range(400) if is_held_out(number, f"article {number}")]
    assert 30 < len(kept) < 70
    assert all(number % 4 for number in kept)
