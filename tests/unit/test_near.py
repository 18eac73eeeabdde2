"""Which sentences are parsed: those near a quote, and first namings."""

from __future__ import annotations

from quotes.annotate.near import find_near
from quotes.annotate.sentences import split_sentences
from quotes.annotate.words import Word
from quotes.records import Name

LONG = "The crew of the ferry slept below deck while the harbour lay under thick grey fog until noon."


def near(*paragraphs: str, names: tuple[str, ...] = ()) -> list[str]:
    """The sentences to be parsed of an article in which «…» marks what is quoted."""
    text, sentences, numbers, quoted = "", [], [], []
    for number, paragraph in enumerate(paragraphs):
        start, plain = len(text), paragraph.replace("«", "“").replace("»", "”")
        opened = -1
        for at, char in enumerate(paragraph):
            if char == "«":
                opened = start + at + 1
            if char == "»":
                quoted.append((opened, start + at))
        for sentence in split_sentences(plain):
            sentences.append([Word(w.start + start, w.end + start, w.text) for w in sentence])
            numbers.append(number)
        text += plain + "\n"
    found = [
        Name(at, at + len(name), name, "PER")
        for name in names
        for at in range(len(text))
        if text.startswith(name, at)
    ]
    chosen = find_near(sentences, numbers, quoted, sorted(found, key=lambda name: name.start))
    return [text[sentences[n][0].start : sentences[n][-1].end] for n in sorted(chosen)]


def test_the_reporter_s_words_beside_a_quote_are_near() -> None:
    found = near(f"{LONG} She wept.", "«It sank,» she said.", "He left.")
    assert found == [LONG, "She wept.", "“It sank,” she said.", "He left."]


def test_what_lies_beyond_some_words_or_a_paragraph_is_not() -> None:
    first, second = "Alpha went home.", "Bravo went home."
    assert near(first, second, "«No,» he said.") == [second, "“No,” he said."]
    assert near(first, "", "«No,» he said.") == ["“No,” he said."]
    many = [LONG.replace("crew", f"crew number {n}") for n in range(6)]
    kept = near(" ".join(many) + " «No,» he said.")
    assert many[4] in kept
    assert many[3] not in kept
    assert near("«No,» he said.", "He left.", "She stayed.") == ["“No,” he said.", "He left."]


def test_sentences_within_a_quote_are_not_parsed_but_the_first() -> None:
    assert near("«One fell. Two fell. Three fell,» he said.") == ["“One fell.", "Three fell,” he said."]


def test_a_first_full_name_is_near_wherever_it_stands() -> None:
    far = ["“No,” he said."] + [LONG] * 8
    naming, again = "Ines Corrigan runs the ferry.", "Ines Corrigan slept."
    found = near("«No,» he said.", *far[1:], naming, again, names=("Ines Corrigan", "Corrigan"))
    assert naming in found
    assert again not in found


def test_a_paragraph_of_nothing_but_quotes_is_walked_once() -> None:
    class Counted(list[int]):
        looks = 0

        def __getitem__(self, at: object) -> int:
            Counted.looks += 1
            return 0

    size = 2_000
    words = [
        [Word(8 * n, 8 * n + 1, "“"), Word(8 * n + 1, 8 * n + 5, "Stop"), Word(8 * n + 5, 8 * n + 7, ".”")]
        for n in range(size)
    ]
    quoted = [(8 * n + 1, 8 * n + 6) for n in range(size)]
    assert len(find_near(words, Counted([0] * size), quoted, [])) == size
    assert Counted.looks < 10 * size


def test_an_article_without_sentences_or_with_thousands_of_quotes_is_no_trouble() -> None:
    assert find_near([], [], [(0, 5)], []) == set()
    assert len(near(*["«No,» he said."] * 3_000)) == 3_000
