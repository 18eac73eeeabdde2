"""Training the networks: treebanks, epochs, stopping and going on, and what the commands write."""

from __future__ import annotations

import gzip
import json
from collections import Counter
from dataclasses import replace
from random import Random
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

torch = pytest.importorskip("torch")

from quotes.models.nets.lemmas import Lemmas  # noqa: E402
from quotes.models.nets.names import list_spans  # noqa: E402
from quotes.training.networks.batching import batch_by_length  # noqa: E402
from quotes.training.networks.command import main  # noqa: E402
from quotes.training.networks.loop import Course, Lessons, Training  # noqa: E402
from quotes.training.networks.names import Named  # noqa: E402
from quotes.training.networks.names import curl as curl_names  # noqa: E402
from quotes.training.networks.precision import halve  # noqa: E402
from quotes.training.networks.roughen import drop_marks, roughen  # noqa: E402
from quotes.training.networks.scores import score_parses, score_spans  # noqa: E402
from quotes.training.networks.sources import count_lemmas  # noqa: E402
from quotes.training.networks.treebank import Likely, Parsed, curl, read_treebank, write_treebank  # noqa: E402
from quotes.training.networks.vocabularies import number_words  # noqa: E402

if TYPE_CHECKING:
    from pathlib import Path

TREEBANK = """\
# newdoc id = harbour
# newpar
# text = "Don't wait," she said.
1	"	"	PUNCT	``	_	4	punct	_	SpaceAfter=No
2-3	Don't	_	_	_	_	_	_	_	_
2	Do	do	AUX	VB	_	4	aux	_	_
3	n't	not	PART	RB	_	4	advmod	_	_
4	wait	wait	VERB	VB	_	0	root	_	SpaceAfter=No
5	,	,	PUNCT	,	_	4	punct	_	SpaceAfter=No
6	"	"	PUNCT	''	_	4	punct	_	_
7	she	she	PRON	PRP	_	8	nsubj	_	_
8	said	say	VERB	VBD	_	4	parataxis	_	SpaceAfter=No
9	.	.	PUNCT	.	_	4	punct	_	_

# newdoc id = quay
1	Gulls	gull	NOUN	NNS	_	2	nsubj	_	_
2	cried	cry	VERB	VBD	_	0	root	_	_

"""


@pytest.fixture
def treebank(tmp_path: Path) -> Path:
    path = tmp_path / "invented.conllu.gz"
    path.write_bytes(gzip.compress(TREEBANK.encode()))
    return path


@pytest.fixture
def tiny_vectors(tmp_path: Path) -> Path:
    source = tmp_path / "source.json"
    words = ["she", "said", "gulls"]
    rows = {word: [0.1 * number] * 102 for number, word in enumerate(words)}
    source.write_text(json.dumps({"words": words, "vectors": rows}))
    _run("vectors", source, "--words", 2, "--out", tmp_path / "vectors.npz")
    return tmp_path / "vectors.npz"


def _run(*arguments: object) -> str:
    done = CliRunner().invoke(main, [*map(str, arguments)], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.output


def test_a_treebank_is_read_with_its_words_spaces_and_paragraphs(treebank: Path) -> None:
    first, second = read_treebank(treebank)
    assert first.forms == ('"', "Do", "n't", "wait", ",", '"', "she", "said", ".")
    assert first.spaced == (False, False, True, False, False, True, True, False, True)
    assert (first.heads[7], first.deprels[7]) == (4, "parataxis")
    assert (first.begins, second.begins, second.document) == (True, True, "quay")


def test_what_teachers_think_possible_is_kept(tmp_path: Path) -> None:
    likely = ((Likely(2, "nsubj", 0.5), Likely(2, "nmod:poss", 0.25)), (Likely(0, "root", 1.0),), ())
    given = Parsed(
        "", ("Gulls", "cried", "."), ("_",) * 3, ("NOUN", "VERB", "PUNCT"), ("NNS", "VBD", "."), (2, 0, 2),
        ("nsubj", "root", "punct"), likely=likely,
    )  # fmt: skip
    write_treebank(tmp_path / "silver.conllu.gz", [given])
    (kept,) = read_treebank(tmp_path / "silver.conllu.gz")
    assert (kept.likely, kept.heads, kept.deprels) == (likely, given.heads, given.deprels)


def test_the_parser_learns_from_all_that_teachers_think_possible(treebank: Path, tiny_vectors: Path) -> None:
    from quotes.models.nets.vectors import Vectors
    from quotes.training.networks import parser

    known, (_, right) = Vectors.load(tiny_vectors), read_treebank(treebank)
    model = parser.build([right, right, right], known).eval()
    for weights in (model.unlabeled.scorer.W_bilin.weight, model.deprel.scorer.W_bilin.weight):
        torch.nn.init.normal_(weights)  # nothing is preferred before the first lesson

    def find_loss(*first: Likely) -> float:
        taught = replace(right, likely=(first, (Likely(0, "root", 1.0),))) if first else right
        torch.manual_seed(1)
        with torch.inference_mode():
            return float(parser.find_loss(model, known, [taught]))

    one, other = Likely(2, "nsubj", 1.0), Likely(0, "root", 1.0)
    assert find_loss(one) == pytest.approx(find_loss())
    half = find_loss(one._replace(share=0.5), other._replace(share=0.5))
    assert half == pytest.approx((find_loss(one) + find_loss(other)) / 2, rel=1e-3)
    assert find_loss(one) != pytest.approx(find_loss(other), rel=1e-3)


def test_marks_become_curly_in_pairs(treebank: Path) -> None:
    (curly, _) = curl(read_treebank(treebank), Random(1), 1.0)
    assert [curly.forms[n] for n in (0, 2, 5)] == ["“", "n’t", "”"]
    assert next(curl(read_treebank(treebank), Random(1), 0.0)).forms[0] == '"'


def test_a_mark_opens_again_in_each_paragraph_and_each_document() -> None:
    def one(document: str, begins: bool) -> Parsed:
        return Parsed(document, ('"', "it's"), (), (), (), (), (), begins=begins)

    some = [one("a", True), one("a", False), one("a", True), one("b", False)]
    curly = [sentence.forms for sentence in curl(some, Random(1), 1.0)]
    assert curly == [("“", "it’s"), ("”", "it’s"), ("“", "it’s"), ("“", "it’s")]


def test_a_sentence_without_its_marks_keeps_its_tree(treebank: Path) -> None:
    first, _ = read_treebank(treebank)
    bare = drop_marks(first)
    assert bare.forms == ("Do", "n't", "wait", "she", "said")
    assert (bare.heads, bare.upos[0]) == ((3, 3, 0, 5, 3), "AUX")
    assert bare.deprels == tuple(one for one in first.deprels if one != "punct")
    assert {*map(len, (bare.lemmas, bare.upos, bare.xpos))} == {5}


def test_marks_stay_where_words_hang_from_them_and_where_there_is_nothing_else() -> None:
    def one(upos: tuple[str, ...], heads: tuple[int, ...]) -> Parsed:
        return Parsed("", ("x",) * len(upos), upos, upos, upos, heads, upos)

    listed = one(("PUNCT", "NOUN", "PUNCT"), (2, 3, 0))
    assert drop_marks(listed).heads == (2, 0)
    marks = one(("PUNCT", "PUNCT"), (0, 1))
    assert drop_marks(marks) == marks


def test_each_way_of_roughening_takes_its_part(treebank: Path) -> None:
    first, _ = read_treebank(treebank)
    counts = Counter(one.forms for one in roughen([first] * 3_000, Random(3), 0.3))
    raised, lowered = (tuple(map(way, first.forms)) for way in (str.upper, str.lower))
    assert {*counts} == {first.forms, raised, lowered, drop_marks(first).forms}
    assert counts[first.forms] == pytest.approx(2_100, rel=0.05)
    assert counts[raised] == pytest.approx(300, rel=0.2)
    assert counts[lowered] == pytest.approx(300, rel=0.2)


@pytest.mark.parametrize(("processor", "halves"), [("AVX2", False), ("AVX512", True), ("DEFAULT", False)])
def test_only_processors_made_for_it_calculate_with_16_bits(
    processor: str, halves: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(torch.backends.cpu, "get_cpu_capability", lambda: processor)
    with halve():
        assert torch.is_autocast_enabled("cpu") is halves


def test_marks_of_names_are_curly_in_part_and_keep_their_tags() -> None:
    plain = Named(("``", "Roe", "''", '"', "ran", '"'), ("O", "S-PER", "O", "O", "O", "O"))
    curly = [*curl_names([plain] * 200, Random(2))]
    assert {one.words for one in curly} == {plain.words, ("“", "Roe", "”", "“", "ran", "”")}
    assert {one.tags for one in curly} == {plain.tags}


def test_words_and_letters_are_known_that_stand_three_times() -> None:
    words, letters = number_words([("Gull", "quay"), ("gull", "quay"), ("GULL", "gull", "ox")])
    assert words._id2unit[4:] == ["gull"]
    assert letters._id2unit[4:] == ["l", "u"]


def test_weights_of_another_network_are_refused(tmp_path: Path, treebank: Path, tiny_vectors: Path) -> None:
    from quotes.models.nets import files
    from quotes.models.nets.vectors import Vectors
    from quotes.training.networks import tagger

    path = tmp_path / "tagger.pt"
    files.save(tagger.build([*read_treebank(treebank)], Vectors.load(tiny_vectors)), path)
    kept = torch.load(path, weights_only=True)
    kept["model"].pop("upos_hid.weight")
    torch.save(kept, path)
    with pytest.raises(ValueError, match=r"tagger\.pt.*upos_hid\.weight"):
        files.load(path, files.build_tagger)


def test_batches_hold_all_sentences_and_no_more_places_than_asked() -> None:
    sentences = ["x" * (1 + n % 7) for n in range(50)]
    batches = batch_by_length(sentences, 20, Random(4))
    assert sorted(one for batch in batches for one in batch) == sorted(sentences)
    assert all(len(batch) * max(map(len, batch)) <= 20 for batch in batches)
    assert batches != batch_by_length(sentences, 20, Random(5))


def test_dictionary_forms_depend_on_the_part_of_speech(tmp_path: Path) -> None:
    def one(form: str, lemma: str, upos: str) -> Parsed:
        return Parsed("", (form,), (lemma,), (upos,), ("",), (0,), ("root",))

    counted = count_lemmas(
        [one("saw", "see", "VERB")] * 3 + [one("saw", "saw", "NOUN"), one("n't", "not", "PART")]
    )
    counted.save(tmp_path / "lemmas.json.gz")
    kept = Lemmas.load(tmp_path / "lemmas.json.gz")
    assert [kept.find("saw", tag) for tag in ("VERB", "NOUN", "ADJ")] == ["see", "saw", "see"]
    assert [kept.find(word, "PART") for word in ("n’t", "quayside")] == ["not", "quayside"]


def test_scores_count_heads_labels_and_spans(treebank: Path) -> None:
    gold = [*read_treebank(treebank)]
    right = [[*zip(one.heads, one.deprels, strict=True)] for one in gold]
    assert score_parses(gold, right)["LAS"] == 100
    right[0][7] = (4, "ccomp")
    scores = score_parses(gold, right)
    assert scores["UAS"] == 100
    assert scores["LAS"] == pytest.approx(100 * 10 / 11)
    assert scores["parataxis"] == 0
    assert score_spans([{(0, 1, "PER"), (3, 4, "ORG")}], [{(0, 1, "PER"), (3, 4, "PER")}]) == {
        "ORG": 0.0, "PER": pytest.approx(200 / 3), "all": 50.0,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("tags", "spans"),
    [
        ("S-PER O B-ORG I-ORG E-ORG", [(0, 1, "PER"), (2, 5, "ORG")]),
        ("B-PER B-PER E-PER", [(0, 1, "PER"), (1, 3, "PER")]),
        ("E-LOC I-PER", [(0, 1, "LOC"), (1, 2, "PER")]),
        ("B-PER E-ORG", [(0, 1, "PER"), (1, 2, "ORG")]),
    ],
)
def test_tags_are_read_leniently(tags: str, spans: list[tuple[int, int, str]]) -> None:
    assert list_spans(tags.split()) == spans


def test_a_training_that_was_stopped_goes_on_where_it_was(tmp_path: Path) -> None:
    seen: list[float] = []

    def train(most: float) -> list[float]:
        torch.manual_seed(1)
        model = torch.nn.Linear(1, 1)

        def find_loss(batch: float) -> torch.Tensor:
            if len(seen) >= most:
                raise KeyboardInterrupt
            seen.append(batch)
            return (model(torch.tensor([batch])) - 3 * batch).square().sum()

        def list_batches(_: int, random: Random) -> list[float]:
            return random.sample([0.1, 0.2, 0.3, 0.4], 4)

        optimizer = torch.optim.Adam(model.parameters(), lr=0.1)
        training = Training(model, optimizer, tmp_path / "x.state", Course(6, keep_every=0.0))
        average = training.run(Lessons(list_batches, find_loss, lambda _: {}))
        return [float(weight.detach().sum()) for weight in average.parameters()]

    with pytest.raises(KeyboardInterrupt):
        train(most=10)
    resumed = train(most=100)
    in_two_parts = [*seen]
    seen.clear()
    (tmp_path / "x.state").unlink()
    assert train(most=100) == pytest.approx(resumed)
    assert seen == in_two_parts
    assert len(seen) == 24


@pytest.mark.parametrize("kind", ["tagger", "parser"])
def test_the_commands_train_a_file_that_loads(
    kind: str, tmp_path: Path, treebank: Path, tiny_vectors: Path
) -> None:
    from quotes.models.nets import files

    many = tmp_path / "many.conllu.gz"
    many.write_bytes(gzip.compress(TREEBANK.encode() * 4))
    out = tmp_path / f"{kind}.pt"
    said = _run(kind, many, treebank, "--vectors", tiny_vectors, "--epochs", 1, "--out", out)
    assert "epoch 1:" in said
    model = files.load(out, getattr(files, f"build_{kind}"))
    assert "said" in model.vocab["word"]._unit2id


def test_the_last_epochs_are_those_of_persons_alone(
    tmp_path: Path, treebank: Path, tiny_vectors: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from quotes.training.networks import lessons, parser

    seen: list[int] = []

    def list_batches(gold: list[Parsed], silver: list[Parsed], random: Random) -> list[list[Parsed]]:
        seen.append(len(silver))
        return [gold[:1]]

    monkeypatch.setattr(lessons, "list_batches", list_batches)
    epochs = parser.GOLD_ALONE + 2
    given = ("--silver", treebank, "--vectors", tiny_vectors, "--out", tmp_path / "parser.pt")
    _run("parser", treebank, treebank, *given, "--epochs", epochs)
    assert seen == [2, 2] + [0] * parser.GOLD_ALONE


def test_the_name_finder_is_trained_by_its_command(tmp_path: Path, tiny_vectors: Path) -> None:
    from quotes.models.nets import files

    sentence = [{"text": "Ana", "ner": "B-PER"}, {"text": "Roe", "ner": "E-PER"}, {"text": "ran", "ner": "O"}]
    given = tmp_path / "names.json.gz"
    given.write_bytes(gzip.compress(json.dumps([sentence] * 6).encode()))
    out = tmp_path / "names.pt"
    said = _run("names", given, given, "--vectors", tiny_vectors, "--epochs", 1, "--out", out)
    assert "PER" in said
    assert "B-PER" in files.load(out, files.build_names).vocab["tag"]._id2unit[0]
