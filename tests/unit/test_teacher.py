"""The teacher of the networks with a small invented encoder: its scores, its file, and what it parses."""

from __future__ import annotations

import gzip
import sys
from dataclasses import replace
from pathlib import Path
from random import Random
from types import ModuleType, SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner

torch = pytest.importorskip("torch")

from quotes.training.documents import hide_name  # noqa: E402
from quotes.training.networks import teacher as training  # noqa: E402
from quotes.training.networks.command import main  # noqa: E402
from quotes.training.networks.silver import evaluate, list_sentences, parse_all  # noqa: E402
from quotes.training.networks.treebank import Parsed, read_treebank, write_treebank  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Sequence

SIZE, LETTERS = 8, 64
GULLS = Parsed(
    "", ("The", "gulls", "cried", "."), ("_",) * 4, ("DET", "NOUN", "VERB", "PUNCT"),
    ("DT", "NNS", "VBD", "."), (2, 3, 0, 3), ("det", "nsubj", "root", "punct"),
)  # fmt: skip
CREW = Parsed(
    "", ("Crews", "slept", "ashore"), ("_",) * 3, ("NOUN", "VERB", "ADV"), ("NNS", "VBD", "RB"),
    (2, 0, 2), ("nsubj", "root", "advmod"),
)  # fmt: skip


class Pieces(dict[str, Any]):
    """A piece a letter behind one that begins the sentence: in rows, or a tensor where they are padded."""

    def __init__(self, sentences: Sequence[Sequence[str]], padding: bool = False) -> None:
        self.words = [[None, *(at for at, word in enumerate(one) for _ in word)] for one in sentences]
        ids = [[1] + [ord(letter) % LETTERS for word in one for letter in word] for one in sentences]
        longest = max(map(len, ids))
        padded = torch.tensor([row + [0] * (longest - len(row)) for row in ids])
        super().__init__(input_ids=padded if padding else ids)

    def word_ids(self, number: int) -> list[int | None]:
        return self.words[number]


class Encoder(torch.nn.Module):  # type: ignore[misc]
    """An embedding and one layer on it."""

    def __init__(self) -> None:
        super().__init__()
        self.config = SimpleNamespace(hidden_size=SIZE, num_hidden_layers=1)
        self.embed, self.layer = torch.nn.Embedding(LETTERS, SIZE), torch.nn.Linear(SIZE, SIZE)

    def forward(self, input_ids: Any, output_hidden_states: bool) -> Any:
        assert output_hidden_states
        first = self.embed(input_ids)
        return SimpleNamespace(hidden_states=(first, self.layer(first)))


def cut(sentences: Sequence[Sequence[str]], padding: bool = False, **_: object) -> Pieces:
    return Pieces(sentences, padding)


@pytest.fixture(autouse=True)
def _no_transformers(monkeypatch: pytest.MonkeyPatch) -> None:
    stub: Any = ModuleType("transformers")
    stub.AutoModel = SimpleNamespace(from_pretrained=lambda _: Encoder())
    stub.AutoTokenizer = SimpleNamespace(from_pretrained=lambda _: cut)
    monkeypatch.setitem(sys.modules, "transformers", stub)


@pytest.fixture
def make_teacher() -> Any:
    def make(seed: int) -> training.Teacher:
        torch.manual_seed(seed)
        teacher = training.Teacher(Path("encoder"), training.list_labels([GULLS, CREW]))
        with torch.no_grad():
            for weights in (teacher.arcs, teacher.relations):
                weights.normal_()
        return teacher.eval()

    return make


def test_no_word_hangs_from_itself_or_from_beyond_its_sentence(make_teacher: Any) -> None:
    scores = make_teacher(1)([GULLS.forms, CREW.forms])
    assert scores.heads.shape == (2, 4, 5)
    likely = scores.heads.softmax(2)
    assert likely[:, torch.arange(4), torch.arange(1, 5)].max() == 0
    assert likely[1, :, 4].max() == 0
    assert likely[0, 0, [0, 2, 3, 4]].min() > 0


def test_a_sentence_is_scored_the_same_whatever_is_read_with_it(make_teacher: Any) -> None:
    teacher = make_teacher(1)
    alone, together = teacher([CREW.forms]), teacher([GULLS.forms, CREW.forms])
    torch.testing.assert_close(together.heads[1, :3, :4], alone.heads[0], rtol=1e-2, atol=1e-2)
    torch.testing.assert_close(together.upos[1, :3], alone.upos[0], rtol=1e-2, atol=1e-2)


def test_a_batch_holds_no_more_pieces_than_asked(make_teacher: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    teacher, address = make_teacher(1), replace(CREW, forms=("Crews", "slept", "x" * 2_000))
    assert teacher.count_pieces([GULLS.forms, address.forms]) == [
        15,
        35,
    ]  # 24 of a word at most
    monkeypatch.setattr(training, "PIECES_AT_ONCE", 40)
    batches = training.list_batches(teacher, [GULLS, address, GULLS, GULLS], Random(1))
    assert sorted(len(one.forms[-1]) for some in batches for one in some) == [1, 1, 1, 2_000]
    for some in batches:
        assert len(some) * max(teacher.count_pieces([one.forms for one in some])) <= 40


def test_the_shape_of_a_word_tells_its_letters_apart() -> None:
    words = ("I", "NATO", "Roe", "gull", "7", "—", "…", "漢")
    assert [*map(training.name_shape, words)] == [1, 2, 3, 4, 5, 6, 6, 7]


def test_it_learns_what_it_is_shown(make_teacher: Any) -> None:
    teacher = make_teacher(3)
    assert evaluate(teacher, [GULLS, CREW])["LAS"] < 100
    optimizer = training.make_optimizer(teacher)
    teacher.train()
    for _ in range(150):
        optimizer.zero_grad()
        training.find_loss(teacher, [GULLS, CREW]).backward()
        optimizer.step()
    assert evaluate(teacher, [CREW, GULLS])["LAS"] == 100


def test_the_encoder_changes_more_slowly_than_the_rest(make_teacher: Any) -> None:
    teacher = make_teacher(1)
    encoder, others = training.make_optimizer(teacher).param_groups
    assert encoder["lr"] < others["lr"]
    assert len(encoder["params"]) == len([*teacher.encoder.parameters()])
    assert len(encoder["params"]) + len(others["params"]) == len([*teacher.parameters()])


def test_what_several_teachers_think_on_average_is_a_tree(make_teacher: Any) -> None:
    teachers = [make_teacher(1), make_teacher(2)]
    one, other = (next(iter(parse_all([each], [GULLS.forms]))) for each in teachers)
    (both,) = parse_all(teachers, [("Too", "short"), GULLS.forms, ("long",) * 81])
    assert both.forms == GULLS.forms
    assert both.heads.count(0) == 1
    assert one.likely != other.likely != both.likely
    for head, relation, possible in zip(both.heads, both.deprels, both.likely, strict=True):
        assert 0.02 <= possible[-1].share <= possible[0].share
        assert 0.5 < sum(one.share for one in possible) <= 1.001
        assert (head, relation) in {(one.head, one.relation) for one in possible}
    for upos, own, theirs in zip(both.upos, one.upos, other.upos, strict=True):
        assert upos == own or own != theirs


def test_a_teacher_is_trained_kept_and_parses_articles(tmp_path: Path) -> None:
    treebank, texts = tmp_path / "invented.conllu.gz", tmp_path / "texts"
    write_treebank(treebank, [GULLS, CREW])
    texts.mkdir()
    (texts / "a.txt").write_text("The ferry was late. The ferry was late.\n\nNobody knew why.\n")
    out, silver = tmp_path / "teacher.pt", tmp_path / "silver.conllu.gz"

    def run(*arguments: object) -> None:
        done = CliRunner().invoke(main, [*map(str, arguments)], catch_exceptions=False)
        assert done.exit_code == 0, done.output

    run("teacher", treebank, treebank, "--encoder", tmp_path, "--epochs", 1, "--out", out)
    assert training.load(out).labels == training.list_labels([GULLS, CREW])
    run("silver", out, out, texts, "--out", silver)
    parsed = [*read_treebank(silver)]
    assert [one.forms for one in parsed] == [
        ("Nobody", "knew", "why", "."), ("The", "ferry", "was", "late", "."),
    ]  # fmt: skip
    assert all(len(one.likely) == len(one) for one in parsed)
    assert gzip.decompress(silver.read_bytes()).count(b"Likely=") == 9


def test_articles_kept_aside_are_left_out_of_what_teachers_parse(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / f"{name}.txt").write_text(f"The ferry {name} was late.\n")
    left = list_sentences(tmp_path, None, frozenset({hide_name("a")}))
    assert left == [("The", "ferry", "b", "was", "late", ".")]
    assert len(list_sentences(tmp_path, None, frozenset())) == 2
