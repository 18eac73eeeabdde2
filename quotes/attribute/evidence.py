"""What speaks for and against each candidate, as short words that the ranker weighs ("rule clause after")."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from quotes.attribute.clauses import is_denied, is_person, is_strong
from quotes.attribute.reading import once_a_word

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from quotes.attribute.candidates import Proposal
    from quotes.attribute.place import Place
    from quotes.attribute.reading import Reading
    from quotes.attribute.rules import Earlier
    from quotes.records import Span

Evidence = tuple[str, ...]
_STEPS = (0, 1, 2, 3, 5, 8, 12, 20, 40, 80)
_STEP_OF = tuple(max(step for step in _STEPS if step <= count) for count in range(_STEPS[-1] + 1))
_PUNCTUATION = frozenset(",;:.?!—–-…()")
_CLOSED_CLASSES = frozenset({"ADP", "SCONJ", "DET", "CCONJ", "PART", "PUNCT", "PRON"})
_HIGHEST = 7  # words above the quote in the parse
_MARK_REACH = 12  # words from the quote, among which marks are looked for


@dataclass(frozen=True, slots=True)
class _View:
    """A quote among the words of its article: `first` and `stop` bound its words, `top` is their head.

    `above` leads from `top` and the words above it to their relations, from `top` on. `marks` are the
    punctuation before and after the quote, the nearest first, each with its word. `spoke` are the mentions of
    those who spoke last, each with its last word, how many quotes back and where.
    """

    reading: Reading
    place: Place
    earlier: Sequence[Earlier]
    first: int
    stop: int
    top: int | None
    above: dict[int, str]
    marks: tuple[Sequence[tuple[int, str]], Sequence[tuple[int, str]]]
    spoke: Sequence[tuple[Span, list[str], str]]


def weigh_up(
    reading: Reading, place: Place, earlier: Sequence[Earlier], proposals: Sequence[Proposal]
) -> list[Evidence]:
    """Return the evidence for nobody being the speaker, then for each of `proposals`, in their order."""
    view = _look(reading, place, earlier)
    quote = list(_of_quote(view))
    kinds = [_mention_kind(reading, one) for one in proposals]
    gaps = [_gap(view, one.head) for one in proposals]
    ranks = _rank_by_distance(view, proposals, kinds, gaps)
    candidates = (_of_candidate(view, *told) for told in zip(proposals, kinds, gaps, ranks, strict=True))
    return [(*quote, *_of_nobody(view, proposals)), *((*quote, *words) for words in candidates)]


def _look(reading: Reading, place: Place, earlier: Sequence[Earlier]) -> _View:
    words = reading.between(place.span[0], place.quote.spans[0][1])
    top = next((i for i in words if reading.words[i].head not in words), None)
    climbed = () if top is None else islice(reading.ancestors(top), _HIGHEST)
    above = {index: reading.words[index].deprel for index in climbed}
    before = range(words.start - 1, max(-1, words.start - _MARK_REACH), -1)
    after = range(words.stop, min(len(reading.words), words.stop + _MARK_REACH))
    marks = (_list_marks(reading, before), _list_marks(reading, after))
    spoke = []
    for back, one in enumerate(reversed(earlier[-3:]), 1):
        if one.found is not None:
            where = "here" if one.place.paragraph_number == place.paragraph_number else "above"
            printed = reading.text[slice(*one.found.speaker)].casefold()
            spoke.append((one.found.speaker, printed.split()[-1:], f"{back} {where}"))
    return _View(reading, place, earlier, words.start, words.stop, top, above, marks, spoke)


def _list_marks(reading: Reading, words: range) -> list[tuple[int, str]]:
    firsts = ((index, reading.words[index].text[0]) for index in words)
    return list(islice(((index, sign) for index, sign in firsts if sign in _PUNCTUATION), 2))


def _of_quote(view: _View) -> Iterable[str]:
    reading, place = view.reading, view.place
    text, quote = place.quote.text, place.quote
    yield f"quote {quote.kind}"
    yield f"quote words {_step(len(text.split()))}"
    yield f"quote ends {text[-1] if text[-1:] in {*',.?!…—-'} else 'word'}"
    yield f"quote begins {'capital' if text[:1].isupper() else 'small' if text[:1].islower() else 'other'}"
    yield f"quote capitals {_capital_share(text)}"
    yield f"quote parts {min(3, len(quote.spans))}"
    yield f"before {_edge_word(reading, view.first - 1, place)}"
    yield f"after {_edge_word(reading, view.stop, place)}"
    yield f"stands before {bool(place.before)} after {bool(place.after)}"
    yield f"paragraph {min(3, place.paragraph_number)}"
    yield f"earlier {_earlier_state(view)}"
    if view.top is not None:
        top = reading.words[view.top]
        yield f"quote is {top.deprel}"
        yield f"quote head {top.upos}"
        yield from _of_quoted_words(view, view.top)
        if top.head >= 0:
            yield f"quote under {_verb_class(reading, top.head)}"
            yield f"quote under {reading.words[top.head].lemma.casefold()}"
    previous = reading.paragraph(place.paragraph_number - 1)
    if previous and not place.before:
        yield f"paragraph before ends {reading.text[previous.end - 1 : previous.end] in {':', ','}}"


def _of_quoted_words(view: _View, top: int) -> Iterable[str]:
    """What the quoted words are by themselves: names and lone nouns are seldom speech."""
    words = view.reading.words[view.first : view.stop]
    tags = [word.upos for word in words if word.upos != "PUNCT"]
    if len(tags) <= 4:
        yield f"quote tags {' '.join(tags)}"
    name = view.reading.name_at(view.first)
    yield f"quote name {name.kind if name else 'none'}"
    yield f"quote has verb {'VERB' in tags or 'AUX' in tags}"
    yield f"quote has we {any(word.form in {'i', 'we', 'you', 'my', 'our', 'your'} for word in words)}"
    for child in view.reading.children(top, "case", "mark", "det", "cop"):
        if not view.first <= child < view.stop:
            yield f"quote led by {view.reading.words[child].form}"


def _of_nobody(view: _View, proposals: Sequence[Proposal]) -> Iterable[str]:
    ruled = [one for one in proposals if one.found]
    yield "nobody"
    yield f"nobody, rules {min(3, len(ruled))}"
    yield f"nobody, quote {view.place.quote.kind} {_step(len(view.place.quote.text.split()))}"
    yield f"nobody, capitals {_capital_share(view.place.quote.text)}"
    for one in ruled[:1]:
        yield f"nobody, first rule {one.rule}"
    for index in (i for i in view.place.before[-3:]):
        yield f"nobody, near {view.reading.words[index].lemma.casefold()}"
    for index in (i for i in view.place.after[:2]):
        yield f"nobody, near {view.reading.words[index].lemma.casefold()}"


def _of_candidate(view: _View, one: Proposal, kind: str, gap: int, rank: str) -> list[str]:
    reading, quote = view.reading, view.place.quote
    region = _region(view, one.head)
    word = reading.words[one.head]
    words = reading.between(*one.span)
    before = _shape(reading, words.stop)
    told = [
        f"mention {kind}",
        f"is {word.deprel}",
        f"tag {word.upos}",
        f"region {region}",
        f"region {region} {kind}",
        f"distance {'-' if one.head < view.first else '+'}{_step(gap)}",
        f"order {rank}",
        f"quotes between {_quotes_between(view, one)}",
        f"sentences {_sentence_gap(view, one.head)}",
        f"length {_step(one.span[1] - one.span[0])}",
        f"mention after {_shape(reading, words.start - 1)}",
        f"mention before {before}",
        f"mention before {before} {_shape(reading, words.stop + 1)}",
    ]
    for found in one.found:
        told += (f"rule {found.rule}", f"rule {found.rule} {quote.kind}", f"rule {found.rule} {kind}")
    told.append(f"first rule {one.rule} {quote.kind}")
    return [*told, *_of_cue(view, one, region), *_of_parse(view, one), *_of_history(view, one)]


def _of_cue(view: _View, one: Proposal, region: str) -> list[str]:
    reading = view.reading
    verb = one.cue if one.cue is not None else reading.words[one.head].head
    if not 0 <= verb < len(reading.words):
        return ["cue none"]
    strength, word = _verb_class(reading, verb), reading.words[verb]
    order, lemma = _order(view, one.head, verb), word.lemma.casefold()
    told = [
        f"cue {lemma}",
        f"cue {lemma} {order}",
        f"cue class {strength}",
        f"cue tag {word.xpos}",
        f"order {order} {strength}",
        f"order {order} {strength} {view.place.quote.kind}",
        f"order {order} mark {_mark_between(view, verb)} {strength}",
        f"cue region {region} {_region(view, verb)}",
        f"cue gap {order[0]} {_step(_gap(view, verb))} {strength}",
    ]
    if one.cue is not None and is_denied(reading, verb):
        told.append("cue denied")
    if _is_passive(reading, verb):
        told.append("cue passive")
    return told


@once_a_word
def _is_passive(reading: Reading, verb: int) -> bool:
    return bool(reading.children(verb, "nsubj:pass"))


def _of_parse(view: _View, one: Proposal) -> list[str]:
    reading, above = view.reading, view.above
    word = reading.words[one.head]
    under = view.first <= word.head < view.stop
    told = [f"under the quote as {word.deprel}"] if under else []
    if view.top is None:
        return told
    verb = one.cue if one.cue is not None else word.head
    path = [*above]
    steps = path.index(verb) if verb in above else len(path)
    if one.head in path[:steps]:
        told.append(f"mention governs {_last_relation(view, path.index(one.head))}")
    if verb in above:
        relations = [*above.values()][:steps]
        told.append(f"cue governs {steps} {_last_relation(view, steps)}")
        told.append(f"cue governs {_verb_class(reading, verb)} {'>'.join(relations[-3:])}")
        return told
    same = word.sentence == reading.words[view.top].sentence
    return [*told, f"cue beside, {'same' if same else 'other'} sentence"]


def _last_relation(view: _View, steps: int) -> str:
    """The last relation on the way up from the quote to the word so many `steps` above it."""
    return [*view.above.values()][steps - 1] if steps else "self"


@once_a_word
def _shape(reading: Reading, index: int) -> str:
    """A word in brief: closed-class words and reporting verbs as printed, others by class."""
    if not 0 <= index < len(reading.words):
        return "edge"
    if reading.quoted[index]:
        return "quote"
    word = reading.words[index]
    is_closed = word.upos in _CLOSED_CLASSES or word.upos == "AUX"
    return word.form if is_closed else _verb_class(reading, index)


def _of_history(view: _View, one: Proposal) -> list[str]:
    last = view.reading.text[slice(*one.span)].casefold().split()[-1:]
    told = [
        f"spoke {when}" if span == one.span else f"{'named alike' if other == last else 'other spoke'} {when}"
        for span, other, when in view.spoke
    ]
    return told if view.reading.spoken(view.earlier).isdisjoint(last) else [*told, "has spoken"]


def _mention_kind(reading: Reading, one: Proposal) -> str:
    printed, language = reading.text[slice(*one.span)], reading.language
    pronoun = language.pronouns.get(printed.casefold())
    if pronoun is not None:
        return f"pronoun {pronoun}"
    name = reading.name_at(one.head)
    inside = [reading.name_at(i) for i in reading.between(*one.span)]
    if any(n and n.kind == "PER" for n in inside) or (name and name.kind == "PER"):
        return "person"
    if name is not None:
        return name.kind
    form = reading.words[one.head].form
    if is_person(reading, one.head):
        return "role"
    if form in language.body_nouns:
        return "body"
    return "document" if form in language.document_nouns else "thing"


def _region(view: _View, index: int) -> str:
    place, reading = view.place, view.reading
    if view.first <= index < view.stop:
        return "inside"
    offset = reading.words[index].start
    if offset < place.paragraph.start:
        return (
            "paragraph before" if reading.paragraph_at(offset) == place.paragraph_number - 1 else "far before"
        )
    if offset > place.paragraph.end:
        return "paragraph after"
    if place.before and index >= place.before[0] and index < view.first:
        return "clause before"
    if place.after and view.stop <= index <= place.after[-1]:
        return "clause after"
    return "earlier sentence" if index < view.first else "later sentence"


@once_a_word
def _verb_class(reading: Reading, index: int) -> str:
    word, language = reading.words[index], reading.language
    if is_strong(reading, index):
        return "strong"
    if word.form in language.cue_forms and word.upos in {"VERB", "AUX"}:
        return "weak"
    if word.lemma in language.cue_nouns and word.upos == "NOUN":
        return "noun cue"
    return word.upos


def _order(view: _View, head: int, verb: int) -> str:
    """The order of quote, mention and verb, as in “Q v m”."""
    first, second, third = sorted(((view.first, "Q"), (head, "m"), (verb, "v")))
    return first[1] + second[1] + third[1]


def _mark_between(view: _View, verb: int) -> str:
    """The punctuation between the cue and the quote, nearest the quote first."""
    before, after = view.marks
    if verb < view.first:
        return "".join([sign for index, sign in before if index > verb]) or "none"
    return "".join([sign for index, sign in after if index < verb]) or "none"


def _gap(view: _View, index: int) -> int:
    """The unquoted words between word `index` and the quote."""
    between = range(index + 1, view.first) if index < view.first else range(view.stop, index)
    return view.reading.count_outside(between[:200])


def _sentence_gap(view: _View, index: int) -> int:
    words = view.reading.words
    edge = view.first if index < view.first else max(view.first, view.stop - 1)
    return max(-4, min(4, words[index].sentence - words[min(edge, len(words) - 1)].sentence))


def _quotes_between(view: _View, one: Proposal) -> int:
    return min(3, view.reading.count_quotes(*sorted((one.span[0], view.place.span[0]))))


def _rank_by_distance(
    view: _View, proposals: Sequence[Proposal], kinds: Sequence[str], gaps: Sequence[int]
) -> list[str]:
    """Which of the candidates of its kind and side each one is, counted from the quote."""
    ranks, counts = [""] * len(proposals), dict[str, int]()
    for number in sorted(range(len(proposals)), key=gaps.__getitem__):
        side = "before" if proposals[number].head < view.first else "after"
        group = f"{side} {'person' if kinds[number][:2] in {'pe', 'pr', 'ro'} else 'other'}"
        count = counts[group] = counts.get(group, -1) + 1
        ranks[number] = f"{group} {min(4, count)}"
    return ranks


def _edge_word(reading: Reading, index: int, place: Place) -> str:
    """The word or mark beside the quote, closed-class words by form, others by class."""
    step = -1 if index < reading.between(*place.span).start else 1
    for _ in range(3):
        if not 0 <= index < len(reading.words):
            return "edge"
        word = reading.words[index]
        if word.text.strip("\"“”‘’'`«»„‚"):
            break
        index += step
    if not place.paragraph.start <= word.start <= place.paragraph.end:
        return "edge"
    if word.upos in _CLOSED_CLASSES:
        return word.form
    return _verb_class(reading, index)


def _earlier_state(view: _View) -> str:
    if not view.earlier:
        return "none"
    last = view.earlier[-1]
    distance = view.place.paragraph_number - last.place.paragraph_number
    where = {0: "here", 1: "above"}.get(distance, "far")
    return f"{where} {'known' if last.found else 'unknown'}"


def _capital_share(text: str) -> str:
    words = [word for word in text.split() if word[:1].isalpha()]
    if not words:
        return "none"
    share = sum(word[0].isupper() for word in words) / len(words)
    return "all" if share == 1 else "most" if share > 0.5 else "some" if share > 0.2 else "few"


def _step(count: int) -> int:
    return _STEP_OF[min(count, _STEPS[-1])]
