"""What is kept of an article is read anew where one of the stages behind it has changed."""

from __future__ import annotations

import pytest

pytest.importorskip("torch")

from quotes import annotate, attribute, extract, furniture, speakers
from quotes.pipeline.stages import load_stages


@pytest.mark.parametrize(
    "stage", [furniture, extract, annotate, attribute, speakers], ids=lambda one: one.__name__
)
def test_quotes_depend_on_every_stage(stage: object, monkeypatch: pytest.MonkeyPatch) -> None:
    before = load_stages().version
    monkeypatch.setattr(stage, "VERSION", "of another day")
    assert load_stages().version != before


@pytest.mark.parametrize("stage", [furniture, extract, annotate], ids=lambda one: one.__name__)
def test_annotations_depend_on_what_chooses_their_sentences(
    stage: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = load_stages().annotation_version
    monkeypatch.setattr(stage, "VERSION", "of another day")
    assert load_stages().annotation_version != before
