"""The only module that runs Stanza: offsets, the cache format, and what happens without models."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from quotes import models
from quotes.annotate import Annotator, decode, encode
from quotes.annotate.annotator import cut_sentences
from quotes.errors import ModelError
from quotes.records import Annotated, Name, Paragraph, Sentence, Token, Unread

CRIEFF = Token(3, 9, "Crieff", "crieff", "PROPN", "NNP", "nsubj", 1)
RAN = Token(10, 12, "ran", "run", "VERB", "VBD", "root", -1)
SMALL = Annotated((Sentence(3, 12, (CRIEFF, RAN)),), (Name(3, 9, "Crieff", "PER"),))


def test_the_cache_format_gives_back_what_it_took() -> None:
    assert decode(encode(SMALL)) == SMALL


@pytest.mark.parametrize("data", [b"", b"not zlib", encode(SMALL)[:-4]])
def test_a_broken_cache_entry_is_said_to_be_one(data: bytes) -> None:
    with pytest.raises(ValueError, match="not a cached annotation"):
        decode(data)


def test_unknown_models_are_refused() -> None:
    with pytest.raises(ModelError, match="embedded"):
        Annotator("huge")


def test_nothing_to_read_loads_no_model() -> None:
    annotator = Annotator()
    assert annotator.annotate([Unread("", ()), Unread("© Nobody", (Paragraph(0, 8, "copyright"),))]) == [
        Annotated((), ()),
        Annotated((), ()),
    ]
    assert not annotator.is_loaded


def test_every_embedded_file_is_there_and_has_a_job() -> None:
    listed = models.list_models()
    assert [model.path.name for model in listed] == [*models.JOBS]
    assert 15 < sum(model.megabytes for model in listed) < 60


def test_the_recorded_digests_are_those_of_the_models(tmp_path: Path) -> None:
    for model in models.list_models():
        shutil.copy(model.path, tmp_path)
    models.seal(tmp_path)
    recorded = (models.FOLDER / models.DIGESTS).read_text()
    assert (tmp_path / models.DIGESTS).read_text() == recorded, "run quotes.models.seal() after training"


@pytest.mark.models
def test_offsets_point_into_the_text_whatever_stands_between_the_paragraphs() -> None:
    text = "LOWHAVEN (Corvid) — Ines Corrigan ran.\r\n\r\n  \u2028 Menu\r\nHe’s late, she said.\n"
    lines = (Paragraph(0, 38), Paragraph(47, 51, "menu"), Paragraph(52, 73))
    (annotated,) = Annotator().annotate([Unread(text, lines)])
    words = [token for sentence in annotated.sentences for token in sentence.tokens]
    assert text[words[0].start : words[0].end] == "Ines"
    assert "".join(text[word.start : word.end] for word in words) == "InesCorriganran.He’slate,shesaid."
    assert annotated.names[0].text == "Ines Corrigan"


@pytest.mark.models
def test_no_sentence_of_a_long_paragraph_is_cut_but_one_that_is_too_long() -> None:
    one = "The ferry waited and the crew slept."
    text = f"{one} " * 300 + "and so on " * 100 + "."
    cut = [
        text[words[0].start : words[-1].end] for _, words in cut_sentences(text, (Paragraph(0, len(text)),))
    ]
    assert cut[:300] == [one] * 300
    assert [len(part.split()) for part in cut[300:]] == [150, 150, 1]


@pytest.mark.models
def test_articles_without_a_sentence_keep_their_place_among_others() -> None:
    texts = ["", "“Wait,” said Tom Ash.", " \u2028\x00", "He left.", "x" * 4_000, "\ud800 “No” \udfff"]
    jobs = [Unread(text, (Paragraph(0, len(text)),), ()) for text in texts]
    read = Annotator().annotate(jobs)
    shown = ["".join(t.text for s in one.sentences for t in s.tokens) for one in read]
    assert [*map(_squeeze, shown)] == [*map(_squeeze, texts)]
    assert [name.text for name in read[1].names] == ["Tom Ash"]


def _squeeze(text: str) -> str:
    return "".join(text.split())


@pytest.mark.models
@pytest.mark.parametrize("content", [None, b"", b"no weights" * 100, b"PK\x03\x04" + b"\0" * 100])
def test_a_model_file_that_is_missing_or_broken_is_told_in_one_line(
    content: bytes | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    annotator = Annotator()
    monkeypatch.setattr(models, "FOLDER", tmp_path)
    if content is not None:
        (tmp_path / "tagger.pt").write_bytes(content)
    with pytest.raises(ModelError, match=r"embedded models do not load.*reinstall") as told:
        annotator.load()
    assert len(str(told.value).splitlines()) == 1


FERRY = "“The ferry runs again,” Ines Corrigan said.\n"
FAR = "The quay was built of granite and the crew slept in the hold. " * 4 + "\n"


@pytest.mark.models
def test_only_what_stands_near_a_quote_is_parsed_and_names_are_found_everywhere() -> None:
    text = FERRY + FAR * 3 + "Corrigan waved from the quay at Lowhaven.\n"
    lines, start = [], 0
    for line in text.splitlines(keepends=True):
        lines.append(Paragraph(start, start + len(line) - 1))
        start += len(line)
    (annotated,) = Annotator().annotate([Unread(text, tuple(lines), ((1, 22),))])
    parsed = [sentence.tokens[0].upos != "X" for sentence in annotated.sentences]
    assert parsed[0]
    assert not any(parsed[9:])
    unread = annotated.sentences[-1].tokens[1]
    assert (unread.text, unread.lemma, unread.head) == ("waved", "waved", -1)
    assert {"Ines Corrigan", "Corrigan", "Lowhaven"} <= {name.text for name in annotated.names}


@pytest.mark.models
def test_what_is_read_of_an_article_does_not_depend_on_what_is_read_with_it() -> None:
    texts = [FERRY + FAR, FAR + FERRY * 3, FERRY, "“Wait,” said Tom Ash.\n" + FAR * 20]
    jobs = [Unread(text, (Paragraph(0, len(text) - 1),)) for text in texts]
    together = Annotator().annotate(jobs)
    alone = Annotator()
    assert [alone.annotate([job])[0] for job in reversed(jobs)] == together[::-1]


FIRST_SET = Path(__file__).resolve().parents[2] / ".." / "shared" / "models" / "quotes-en"


@pytest.mark.models
@pytest.mark.shared
@pytest.mark.skipif(not FIRST_SET.is_dir(), reason="no models of Stanza's own kind lie beside the checkout")
def test_models_in_stanza_s_own_format_read_the_same_sentences_of_words() -> None:
    from quotes.annotate.official import Official

    reader = Official(dir=str(FIRST_SET), download_method=None)
    sentences = [["Ines", "Corrigan", "ran", "."], ["She", "said", "so", "."]]
    parsed = reader.parse(sentences)
    assert [len(words) for words in parsed] == [4, 4]
    said = [(word.upos, word.deprel, word.head) for word in parsed[1][:2]]
    assert said == [("PRON", "nsubj", 1), ("VERB", "root", -1)]
    assert reader.find_names(sentences) == [[(0, 2, "PER")], []]


def test_official_models_that_cannot_be_had_are_told_in_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise OSError("no network")

    monkeypatch.setattr("stanza.Pipeline", fail)
    with pytest.raises(ModelError, match=r"official models cannot be reached.*leave out --models official"):
        Annotator("official").load()
