"""The networks driven directly give what Stanza's own forward pass gives: small ones, random weights."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

torch = pytest.importorskip("torch")

from quotes.models.nets import names, parser, tagger  # noqa: E402
from quotes.models.nets.recurrent import Placed  # noqa: E402
from quotes.models.nets.trees import find_tree  # noqa: E402
from quotes.models.nets.vectors import Vectors, quantize  # noqa: E402
from quotes.models.nets.words import SPECIALS, make_batch  # noqa: E402
from quotes.training.networks import names as names_training  # noqa: E402
from quotes.training.networks import parser as parser_training  # noqa: E402
from quotes.training.networks import tagger as tagger_training  # noqa: E402
from quotes.training.networks.treebank import Parsed  # noqa: E402

WORDS = ("the", "ferry", "stopped", "said", "corrigan", ",", ".")
SENTENCES = (
    ("The", "ferry", "stopped", ",", "Corrigan", "said", "."),
    ("Corrigan", "stopped", "."),
    ("The", "quayside", "ferry", "stopped"),
)


@pytest.fixture(scope="module")
def vectors() -> Vectors:
    random = np.random.default_rng(5)
    return Vectors(WORDS, *quantize(random.normal(size=(len(WORDS), 20)).astype(np.float32)))


@pytest.fixture(scope="module")
def parsed() -> list[Parsed]:
    def read(words: tuple[str, ...]) -> Parsed:
        size = len(words)
        upos, xpos = (tuple(tags[n % 2] for n in range(size)) for tags in (("NOUN", "VERB"), ("NN", "VBD")))
        deprels = tuple(("root", "nsubj", "obj")[min(n, 2)] for n in range(size))
        return Parsed("d", words, ("_",) * size, upos, xpos, tuple(range(size)), deprels)

    return [read(words) for words in SENTENCES * 3]


def _shake(model: Any) -> Any:
    """Give every weight a random value, so that nothing is equal by being zero."""
    torch.manual_seed(3)
    with torch.no_grad():
        for weight in model.parameters():
            weight.copy_(torch.randn_like(weight) * 0.3)
    return model.eval()


def _letters(vocabulary: Any, sentences: Any, root: bool) -> tuple[Any, Any, list[int], list[int]]:
    """The letters of all words as Stanza gives them to its networks: the longest word first."""
    words = [
        letters
        for sentence in sentences
        for letters in ([[3]] if root else []) + [vocabulary.map([*word]) for word in sentence]
    ]
    order = sorted(range(len(words)), key=lambda n: -len(words[n]))
    lengths = [len(words[n]) for n in order]
    padded = torch.nn.utils.rnn.pad_sequence([torch.tensor(words[n]) for n in order], batch_first=True)
    return padded, torch.eq(padded, 0), order, lengths


def _ids(vocabulary: Any, sentences: Any, root: bool = False) -> Any:
    rows = [torch.tensor([3] * root + vocabulary.map([*sentence])) for sentence in sentences]
    return torch.nn.utils.rnn.pad_sequence(rows, batch_first=True)


def _known(vectors: Vectors, sentences: Any, root: bool = False) -> tuple[Any, Any]:
    """A table of vectors with Stanza's four special rows first, and the row of each word."""
    table = torch.cat([torch.zeros(4, vectors.size), torch.from_numpy(vectors.find(WORDS))])
    rows = [
        torch.tensor([3] * root + [WORDS.index(w.lower()) + 4 if w.lower() in WORDS else 1 for w in one])
        for one in sentences
    ]
    return table, torch.nn.utils.rnn.pad_sequence(rows, batch_first=True)


@pytest.fixture(scope="module")
def longest_first() -> list[tuple[str, ...]]:
    return sorted(SENTENCES, key=len, reverse=True)


def test_tags_are_those_of_stanzas_own_forward_pass(
    vectors: Vectors, parsed: list[Parsed], longest_first: list[tuple[str, ...]]
) -> None:
    model = _shake(tagger_training.build(parsed, vectors))
    table, rows = _known(vectors, longest_first)
    model.pretrained_emb = torch.nn.Embedding.from_pretrained(table)
    letters, mask, order, lengths = _letters(model.vocab["char"], longest_first, root=False)
    words = _ids(model.vocab["word"], longest_first)
    with torch.inference_mode():
        _, (upos, xpos) = model(
            words,
            torch.eq(words, 0),
            letters,
            mask,
            None,
            rows,
            order,
            [*map(len, longest_first)],
            lengths,
            None,
        )
        batch = make_batch(longest_first)
        known = tagger.know(model, vectors, batch.words)
        own = tagger.tag(model, known[batch.places], batch.lengths)
        placed = Placed(tagger.begin(model, known), batch.places)
        assert tagger.tag(model, placed, batch.lengths) == own
        for scores, begun in zip(
            tagger.score(model, known[batch.places], batch.lengths),
            tagger.score(model, placed, batch.lengths),
            strict=True,
        ):
            torch.testing.assert_close(begun, scores, rtol=1e-5, atol=1e-5)
    for number, sentence in enumerate(own):
        theirs = zip(upos[number].tolist(), xpos[number].tolist(), strict=True)
        named = [(model.vocab["upos"].id2unit(a), model.vocab["xpos"].id2unit(b)) for a, b in theirs]
        assert sentence == named[: len(sentence)]
    assert len({tag for sentence in own for tag in sentence}) > 1


def test_heads_are_scored_as_by_stanzas_own_forward_pass(
    vectors: Vectors, parsed: list[Parsed], longest_first: list[tuple[str, ...]]
) -> None:
    model = _shake(parser_training.build(parsed, vectors))
    table, rows = _known(vectors, longest_first, root=True)
    model.pretrained_emb = torch.nn.Embedding.from_pretrained(table)
    letters, mask, order, lengths = _letters(model.vocab["char"], longest_first, root=True)
    words = _ids(model.vocab["word"], longest_first, root=True)
    lemmas = torch.where(words == 0, 0, torch.where(words == 3, 3, 1))
    sizes = [len(one) + 1 for one in longest_first]
    heads = torch.zeros(words.shape[0], words.shape[1] - 1, dtype=torch.long)
    with torch.inference_mode():
        theirs, labels, *_ = model.forward_scores(
            words, torch.eq(words, 0), letters, mask, None, None, None, rows, lemmas, heads, heads, order,
            sizes, lengths, None,
        )  # fmt: skip
        batch = make_batch(longest_first)
        known = parser.know(model, vectors, batch.words)
        places = parser.put_root(batch.places, known)
        read = parser.read(model, known[places], batch.lengths)
        placed = Placed(parser.begin(model, known), places)
        trees = parser.parse(model, placed, batch.lengths)
        assert trees == parser.parse(model, known[places], batch.lengths)
        for own, begun in zip(read, parser.read(model, placed, batch.lengths), strict=True):
            torch.testing.assert_close(begun, own, rtol=1e-3, atol=1e-3)
    for number, size in enumerate(sizes):
        for word in range(1, size):
            own = read.heads[number, word - 1, :size]
            usable = torch.arange(size) != word
            torch.testing.assert_close(own[usable], theirs[number, word, :size][usable], rtol=1e-3, atol=1e-3)
            head, relation = trees[number][word - 1]
            best = labels[number, word, head].argmax().item() + 4
            assert relation == model.vocab["deprel"].id2unit(best)


@pytest.mark.parametrize(
    ("heads", "is_sure", "tree"),
    [
        # the heads alone would be 2 and 0; the relations speak for the other tree
        ([[0.0, None, 0.3], [0.3, 0.0, None]], [(0, 0), (1, 1)], [(0, "sure"), (1, "sure")]),
        ([[0.0, None, 0.3], [0.3, 0.0, None]], [(0, 2), (1, 0)], [(2, "sure"), (0, "sure")]),
        # what is far less likely is not related to begin with, and related where only it makes a tree
        ([[9.0, None, 0.0], [9.1, 0.0, None]], [(0, 2)], [(2, "sure"), (0, "unsure")]),
        ([[0.0, None, 9.0], [9.0, 0.0, None]], [(0, 0), (1, 1)], [(2, "unsure"), (0, "unsure")]),
    ],
)
def test_heads_and_relations_are_chosen_together(
    heads: list[list[float | None]],
    is_sure: list[tuple[int, int]],
    tree: list[tuple[int, str]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    scores = torch.tensor([[[-1e9 if one is None else one for one in row] for row in heads]])

    def relate(_: Any, __: Any, pairs: Any) -> Any:
        sure = (9.0 if (word, head) in is_sure else 0.0 for _, word, head in pairs.tolist())
        return torch.tensor([[0.1, one] for one in sure])

    monkeypatch.setattr(parser, "read", lambda *_: parser.Read(torch.zeros(1, 3, 2), scores))
    monkeypatch.setattr(parser, "relate", relate)
    units = SimpleNamespace(_id2unit=[*["special"] * SPECIALS, "unsure", "sure"])
    model = SimpleNamespace(vocab={"deprel": units})
    assert parser.parse(model, torch.zeros(3, 1, 2), [2]) == [tree]


@pytest.mark.parametrize("count", [1, 3])
def test_what_was_read_before_changes_nothing(vectors: Vectors, parsed: list[Parsed], count: int) -> None:
    model = _shake(tagger_training.build(parsed, vectors))
    batch = make_batch(SENTENCES[:count])
    with torch.inference_mode():
        placed = Placed(tagger.begin(model, tagger.know(model, vectors, batch.words)), batch.places)
        first, second = (tagger.score(model, placed, batch.lengths) for _ in range(2))
    for one, other in zip(first, second, strict=True):
        assert torch.equal(one, other)


def test_relations_are_scored_pair_by_pair_in_whatever_order(
    vectors: Vectors, parsed: list[Parsed], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parser, "_HEADS", 3)
    model = parser_training.build(parsed, vectors).eval()
    states = torch.randn(4, 8, 2 * model.args["hidden_dim"])
    pairs = torch.randint(0, 4, (40, 3), generator=torch.Generator().manual_seed(1))
    scorer = model.deprel
    with torch.no_grad():
        scorer.scorer.W_bilin.weight.normal_()
        found = parser.relate(model, states, pairs)
        for (sentence, word, head), scores in zip(pairs.tolist(), found, strict=True):
            lower = torch.relu(scorer.W1(states[sentence, word + 1]))
            upper = torch.relu(scorer.W2(states[sentence, head]))
            expected = torch.einsum(
                "l,lur,u->r", _with_one(lower), scorer.scorer.W_bilin.weight, _with_one(upper)
            )
            torch.testing.assert_close(scores, expected, rtol=1e-4, atol=1e-4)


def _with_one(vector: Any) -> Any:
    return torch.cat([vector, torch.ones(1)])


def test_every_parse_is_a_tree_with_one_root() -> None:
    torch.manual_seed(1)
    lengths = [9, 6, 2, 1]
    scores = torch.randn(4, 9, 10)
    for number, length in enumerate(lengths):
        scores[number, :, length + 1 :] = -1e9
    scores[:, torch.arange(9), torch.arange(1, 10)] = -1e9
    heads = parser.choose_heads(scores, lengths)
    for row, length in zip(heads.tolist(), lengths, strict=True):
        assert row[:length].count(0) == 1
        for word in range(1, length + 1):
            steps, at = 0, word
            while at and steps <= length:
                at, steps = row[at - 1], steps + 1
            assert at == 0


@settings(deadline=None)
@given(st.integers(1, 9), st.integers(0, 10_000))
def test_the_tree_found_is_the_best_of_all_with_one_root(size: int, seed: int) -> None:
    from stanza.models.common.chuliu_edmonds import chuliu_edmonds_one_root

    scores = np.random.default_rng(seed).normal(size=(size, size + 1)).round(1) * 3
    square = np.vstack([np.full((1, size + 1), -50.0), scores])
    own, theirs = find_tree(scores), chuliu_edmonds_one_root(square)[1:]
    words = np.arange(size)
    assert (own == 0).sum() == 1
    assert scores[words, own].sum() == pytest.approx(scores[words, theirs].sum())
    for word in words + 1:
        at, steps = word, 0
        while at and steps <= size:
            at, steps = own[at - 1], steps + 1
        assert at == 0


def test_names_are_those_of_stanzas_own_forward_pass_and_decoder(
    vectors: Vectors, longest_first: list[tuple[str, ...]]
) -> None:
    from stanza.models.common.crf import viterbi_decode
    from stanza.models.common.pretrain import PretrainedWordVocab
    from stanza.models.ner.model import NERTagger

    tags = ("O", "S-PER", "B-PER", "E-PER", "S-LOC")
    training = [
        names_training.Named(one, tuple(tags[n % 5] for n in range(len(one)))) for one in SENTENCES * 3
    ]
    model = _shake(names_training.build(training, vectors))
    with torch.no_grad():  # no way leads over the four that stand for no tag, as after training
        model.crits[0]._transitions[:SPECIALS] = model.crits[0]._transitions[:, :SPECIALS] = -50.0
    table, _ = _known(vectors, longest_first)
    vocabulary = {**model.vocab, "word": PretrainedWordVocab([*WORDS], lower=True)}
    theirs = NERTagger({**model.args}, vocabulary, emb_matrix=table)
    theirs.load_state_dict(model.state_dict(), strict=False)
    theirs.eval()
    letters, mask, order, lengths = _letters(model.vocab["char"], longest_first, root=False)
    sizes = [*map(len, longest_first)]
    gold = torch.zeros(len(sizes), max(sizes), 1, dtype=torch.long)
    with torch.inference_mode():
        _, (scores,), (between,) = theirs(
            [[*one] for one in longest_first],
            letters,
            mask,
            gold,
            order,
            sizes,
            lengths,
            None,
            None,
            None,
            None,
        )
        batch = make_batch(longest_first)
        known = names.know(model, vectors, batch.words)
        own = names.score(model, names.blend(model, known[batch.places]), batch.lengths)
        placed = Placed(names.begin(model, known), batch.places)
        torch.testing.assert_close(names.score(model, placed, batch.lengths), own, rtol=1e-5, atol=1e-5)
        found = names.find_names(model, placed, batch.lengths)
    for number, size in enumerate(sizes):
        torch.testing.assert_close(own[:size, number], scores[number, :size], rtol=1e-3, atol=1e-3)
        best, _ = viterbi_decode(scores[number, :size].numpy(), between.detach().numpy())
        known = model.vocab["tag"]._id2unit[0]
        assert found[number] == names.list_spans([known[tag] for tag in best])
    assert any(found)


def test_vectors_come_back_as_near_as_a_byte_allows(tmp_path: Any) -> None:
    random = np.random.default_rng(2)
    given = random.normal(size=(3, 8)).astype(np.float32)
    Vectors(["a", "ferry", "x"], *quantize(given)).save(tmp_path / "v.npz")
    kept = Vectors.load(tmp_path / "v.npz")
    np.testing.assert_allclose(kept.find(["X", "A", "Ferry"]), given[[2, 0, 1]], atol=0.03)
    assert not kept.find(["unheard"]).any()
    assert kept.size == 8
