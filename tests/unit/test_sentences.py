"""Words and sentences of English without a model: the conventions of the treebanks, and hostile text."""

from __future__ import annotations

import signal
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.annotate.boundaries import WEIGHTS_FILE
from quotes.annotate.sentences import split_sentences
from quotes.annotate.words import find_words
from quotes.training.boundaries import curl_marks, join_paragraphs, learn
from quotes.training.networks.treebank import Parsed

if TYPE_CHECKING:
    from collections.abc import Iterator


def _words(text: str) -> str:
    return " ".join(word.text for word in find_words(text))


def _sentences(text: str) -> list[str]:
    return [text[words[0].start : words[-1].end] for words in split_sentences(text)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Don't!", "Do n't !"),
        ("He's sure it’ll rain", "He 's sure it ’ll rain"),
        ("Roe's dogs' bowls", "Roe 's dogs ' bowls"),
        ("I cannot, you CANNOT", "I can not , you CAN NOT"),
        ("gonna wanna", "gon na wan na"),
        ("I'd've won't", "I 'd 've wo n't"),
        ("O'Hara's o'clock", "O'Hara 's o'clock"),
        ("in the 1970s and ’70s", "in the 1970s and ’70s"),
        ("a well-known anti-war e-mail", "a well - known anti-war e-mail"),
        ("a 3-year-old", "a 3 - year - old"),
        ("$5.5m, 5% of €1,200", "$ 5.5 m , 5 % of € 1,200"),
        ("at 7pm or 7:30 p.m.", "at 7 pm or 7:30 p.m."),
        ("call 555-123-4567 by 9/11/2031", "call 555-123-4567 by 9/11/2031"),
        ("the U.S. and U.K.-based S.E.C.'s", "the U.S. and U.K. - based S.E.C. 's"),
        ("Mr. J. D. Roe Jr. of Roe & Co.", "Mr. J. D. Roe Jr. of Roe & Co."),
        ("on Jan. 5, Sen. Roe", "on Jan. 5 , Sen. Roe"),
        ("No. 5 said No.", "No. 5 said No ."),
        ("vitamin C.", "vitamin C ."),
        ("It was co. business, etc.", "It was co . business , etc ."),
        ("wait... no… stop -- or — go", "wait ... no … stop -- or — go"),
        ("and/or", "and / or"),
        ("''Go,'' ``she'' “said”", "'' Go , '' `` she '' “ said ”"),
        ("see http://example.org/a?b=1, or", "see http://example.org/a?b=1 , or"),
        ("write to jane.roe@example.org.", "write to jane.roe@example.org ."),
        ("AT&T (R-Ohio) @holtnews #harbour", "AT&T ( R - Ohio ) @holtnews #harbour"),
        ("What?! Really!! :-)", "What ?! Really !! :-)"),
    ],
)
def test_words_are_those_of_the_treebanks(text: str, words: str) -> None:
    assert _words(text) == words


@pytest.mark.parametrize(
    "text",
    [
        "“We will win,” Roe said.",
        "“Stop!” he said.",
        '"Stop!" he said.',
        "''Stop!'' he said.",
        "‘Stop!’ he said.",
        "“Will we win?” Roe asked.",
        "“Will we win?” Mr. Roe asked reporters.",
        "“Will we win?” Jane Roe, the mayor of Holt, asked.",
        "“Will we win?” asked Jane Roe.",
        "“Where did it go …” Roe wondered.",
        "They cried “Stop!” — and left.",
        "He (or she?) left.",
        "Sen. Ted Roe met Gov. Ann Holt on Jan. 5 at 5 p.m. Eastern.",
        "George H.W. Roe read Vladimir V. Holt’s letter to the U.S. Senate.",
        "J. D. Roe of Roe Corp. said no.",
        "The I.R.S. sues Roe v. Holt.",
        "Rep. Jane Roe (D-Mass.) and Joe Holt Jr. (R-Ohio) agreed.",
        "She paid $5.50 for No. 5.",
        "HOLT, Mass. — The harbour is open.",
    ],
)
def test_one_sentence_stays_one(text: str) -> None:
    assert _sentences(text) == [text]


@pytest.mark.parametrize(
    "sentences",
    [
        ["“We won.", "They lost.", "It is over,” Roe said."],
        ["“We won.”", "The crowd cheered."],
        ["“We won,” Roe said.", "“They lost.”"],
        ['"We won," Roe said.', '"They lost."'],
        ["''We won,'' Roe said.", "''They lost.''"],
        ["Roe sued the S.E.C.''", "The case is open."],
        ["“Is it over?”", "The harbour was quiet on Monday."],
        ["“Is it over?”", "It is, said Roe."],
        ["He left (for good.)", "She stayed."],
        ["It was 5 p.m.", "The crowd left."],
        ["He lives in the U.S.", "She does not."],
        ["She said no.", "He agreed!", "Why?", "Nobody knows …", "They left."],
        ["It was found there.[3]", "They kept it."],
        ["It cost $5.", "They paid."],
    ],
)
def test_sentences_end_where_readers_end_them(sentences: list[str]) -> None:
    assert _sentences(" ".join(sentences)) == sentences


def test_a_lone_mark_is_no_sentence() -> None:
    assert _sentences("They left. “") == ["They left. “"]
    assert _sentences('They left."') == ['They left."']


def test_nothing_gives_no_sentence() -> None:
    assert split_sentences("") == split_sentences("  \t ") == []


@given(
    st.text(alphabet=st.sampled_from("aAb.n't’“”\"'`?!…,-—()[]1 $@/#&:_Mr\u200b\u0301\u00a0é"), max_size=120)
)
def test_words_cover_all_that_is_no_space_once(text: str) -> None:
    sentences = split_sentences(text)
    words = [word for sentence in sentences for word in sentence]
    assert all(sentences)
    assert all(text[word.start : word.end] == word.text for word in words)
    assert all(one.end <= other.start for one, other in pairwise(words))
    assert "".join(word.text for word in words) == "".join(text.split())


@pytest.fixture
def _patience() -> Iterator[None]:
    def give_up(*_: object) -> None:
        raise AssertionError("still running: the work grows faster than the text")

    previous = signal.signal(signal.SIGALRM, give_up)
    signal.alarm(20)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, previous)


@pytest.mark.usefixtures("_patience")
@pytest.mark.parametrize(
    "piece",
    [
        *(
            '"',
            "“",
            "“ ",
            "”",
            "'",
            "a.",
            "A.",
            "A&",
            "1,",
            "a@",
            "a-",
            "re-",
            "n't",
            "http://!",
            "www.",
            "☺",
            "a",
        ),
        *(
            ". ",
            ". “",
            ".[1]",
            "(",
            "[",
            "!?",
            "-a",
            "\u0301",
            "x.com",
            "”? She said ",
            "”? A, ",
            "Mr. ",
            '." ',
        ),
    ],
)
def test_a_long_wall_of_signs_ends(piece: str) -> None:
    text = (piece * 50_000)[:50_000]
    words = [word for sentence in split_sentences(text) for word in sentence]
    assert sum(word.end - word.start for word in words) == len("".join(text.split()))


def _parsed(document: str, begins: bool, text: str) -> Parsed:
    forms = tuple(text.split())
    nothing = ("_",) * len(forms)
    spaced = tuple(form not in {".", "?"} for form in (*forms[1:], "end"))
    heads = (0,) * len(forms)
    return Parsed(document, forms, nothing, nothing, nothing, heads, nothing, spaced, begins)


def test_a_treebank_is_joined_to_paragraphs() -> None:
    sentences = [
        _parsed("one", True, "He left ."), _parsed("one", False, "Did she ?"), _parsed("one", True, "No .")
    ]  # fmt: skip
    first, second = join_paragraphs(sentences)
    assert (first.text, first.ends) == ("He left. Did she?", (8, 17))
    assert [first.text[start:end] for start, end in first.words] == ["He", "left", ".", "Did", "she", "?"]
    assert (second.text, second.document) == ("No.", "one")


def test_learning_is_the_same_each_time_and_learns_the_stop() -> None:
    sentences = [_parsed("one", number % 4 == 0, "She left at 5 .") for number in range(40)]
    sentences += [_parsed("two", number % 4 == 0, "He , Roe and Holt stay .") for number in range(40)]
    weights = learn(sentences)
    assert weights == learn(sentences)
    assert weights["."] > 0


def test_marks_are_curled_in_pairs() -> None:
    assert curl_marks('"No," he said. "It\'s not."') == "“No,” he said. “It’s not.”"
    assert curl_marks("none") == "none"


def test_the_weights_are_of_signs_and_common_words() -> None:
    rows = [line.split("\t") for line in WEIGHTS_FILE.read_text(encoding="utf-8").splitlines()]
    assert rows == sorted(rows)
    assert len(rows) < 500
    words = {sign.rpartition("=")[2] for sign, _ in rows if "=" in sign}
    assert all(word.isalpha() and word.islower() for word in words)
    assert all(int(weight) for _, weight in rows)
