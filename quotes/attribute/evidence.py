"""What speaks for and against each candidate, as short words that the ranker weighs ("rule clause after")."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from quotes.attribute.clauses import is_denied, is_person, is_strong

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from quotes.attribute.candidates import Proposal
    from quotes.attribute.place import Place
    from quotes.attribute.reading import Reading
    from quotes.attribute.rules import Earlier

Evidence = tuple[str, ...]
_STEPS = (0, 1, 2, 3, 5, 8, 12, 20, 40, 80)
_PUNCTUATION = frozenset(",;:.?!—–-…()")


@dataclass(frozen=True, slots=True)
class _View:
    """A quote among the words of its article: `first` and `stop` bound its words, `top` is their head."""

    reading: Reading
    place: Place
    earlier: Sequence[Earlier]
    first: int
    stop: int
    top: int | None


def weigh_up(
    reading: Reading, place: Place, earlier: Sequence[Earlier], proposals: Sequence[Proposal]
) -> list[Evidence]:
    """Return the evidence for nobody being the speaker, then for each of `proposals`, in their order."""
    words = reading.between(place.span[0], place.quote.spans[0][1])
    top = next((i for i in words if reading.words[i].head not in words), None)
    view = _View(reading, place, earlier, words.start, words.stop, top)
    quote = list(_of_quote(view))
    ranks = _rank_by_distance(view, proposals)
    nobody = (*quote, *_of_nobody(view, proposals))
    return [nobody, *((*quote, *_of_candidate(view, one, ranks)) for one in proposals)]


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


def _of_candidate(view: _View, one: Proposal, ranks: dict[tuple[int, int], str]) -> Iterable[str]:
    reading, quote = view.reading, view.place.quote
    kind, region = _mention_kind(reading, one), _region(view, one.head)
    word = reading.words[one.head]
    yield f"mention {kind}"
    yield f"is {word.deprel}"
    yield f"tag {word.upos}"
    yield f"region {region}"
    yield f"region {region} {kind}"
    yield f"distance {'-' if one.head < view.first else '+'}{_step(_gap(view, one.head))}"
    yield f"order {ranks[one.span]}"
    yield f"quotes between {_quotes_between(view, one)}"
    yield f"sentences {_sentence_gap(view, one.head)}"
    yield f"length {_step(one.span[1] - one.span[0])}"
    words = reading.between(*one.span)
    yield f"mention after {_shape(reading, words.start - 1)}"
    yield f"mention before {_shape(reading, words.stop)}"
    yield f"mention before {_shape(reading, words.stop)} {_shape(reading, words.stop + 1)}"
    for found in one.found:
        yield f"rule {found.rule}"
        yield f"rule {found.rule} {quote.kind}"
        yield f"rule {found.rule} {kind}"
    yield f"first rule {one.rule} {quote.kind}"
    yield from _of_cue(view, one, region)
    yield from _of_parse(view, one)
    yield from _of_history(view, one)


def _of_cue(view: _View, one: Proposal, region: str) -> Iterable[str]:
    reading = view.reading
    verb = one.cue if one.cue is not None else reading.words[one.head].head
    if verb is None or not 0 <= verb < len(reading.words):
        yield "cue none"
        return
    strength, word = _verb_class(reading, verb), reading.words[verb]
    order = _order(view, one.head, verb)
    gap = _step(_gap(view, verb))
    mark = _mark_between(view, verb)
    yield f"cue {word.lemma.casefold()}"
    yield f"cue {word.lemma.casefold()} {order}"
    yield f"cue class {strength}"
    yield f"cue tag {word.xpos}"
    yield f"order {order} {strength}"
    yield f"order {order} {strength} {view.place.quote.kind}"
    yield f"order {order} mark {mark} {strength}"
    yield f"cue region {region} {_region(view, verb)}"
    yield f"cue gap {order[0]} {gap} {strength}"
    if one.cue is not None and is_denied(reading, verb):
        yield "cue denied"
    if reading.children(verb, "nsubj:pass"):
        yield "cue passive"


def _of_parse(view: _View, one: Proposal) -> Iterable[str]:
    reading = view.reading
    head = reading.words[one.head].head
    if view.first <= head < view.stop:
        yield f"under the quote as {reading.words[one.head].deprel}"
    if view.top is None:
        return
    verb = one.cue if one.cue is not None else head
    path: list[str] = []
    for above in reading.ancestors(view.top):
        if above == verb:
            yield f"cue governs {len(path)} {path[-1] if path else 'self'}"
            yield f"cue governs {_verb_class(reading, above)} {'>'.join(path[-3:])}"
            return
        if above == one.head:
            yield f"mention governs {path[-1] if path else 'self'}"
        path.append(reading.words[above].deprel)
        if len(path) > 6:
            break
    same = reading.words[one.head].sentence == reading.words[view.top].sentence
    yield f"cue beside, {'same' if same else 'other'} sentence"


def _shape(reading: Reading, index: int) -> str:
    """A word in brief: closed-class words and reporting verbs as printed, others by class."""
    if not 0 <= index < len(reading.words):
        return "edge"
    if reading.quoted[index]:
        return "quote"
    word = reading.words[index]
    if word.upos in {"ADP", "SCONJ", "DET", "CCONJ", "PART", "PUNCT", "PRON", "AUX"}:
        return word.form
    return _verb_class(reading, index)


def _of_history(view: _View, one: Proposal) -> Iterable[str]:
    reading = view.reading
    printed = reading.text[slice(*one.span)].casefold()
    last = printed.split()[-1] if printed.split() else ""
    for back, before in enumerate(reversed(view.earlier[-3:]), 1):
        if before.found is None:
            continue
        same_paragraph = before.place.paragraph_number == view.place.paragraph_number
        where = "here" if same_paragraph else "above"
        other = reading.text[slice(*before.found.speaker)].casefold()
        if before.found.speaker == one.span:
            yield f"spoke {back} {where}"
        elif other.split()[-1:] == [last]:
            yield f"named alike {back} {where}"
        else:
            yield f"other spoke {back} {where}"
    if last in reading.spoken(view.earlier):
        yield "has spoken"


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
    places = sorted(((view.first, "Q"), (head, "m"), (verb, "v")))
    return "".join(letter for _, letter in places)


def _mark_between(view: _View, verb: int) -> str:
    """The punctuation between the cue and the quote, nearest the quote first."""
    words = view.reading.words
    if verb < view.first:
        between = range(view.first - 1, max(verb, view.first - 12), -1)
    else:
        between = range(view.stop, min(verb, view.stop + 12))
    return "".join(words[i].text[0] for i in between if words[i].text[0] in _PUNCTUATION)[:2] or "none"


def _gap(view: _View, index: int) -> int:
    """The unquoted words between word `index` and the quote."""
    between = range(index + 1, view.first) if index < view.first else range(view.stop, index)
    return sum(not view.reading.quoted[i] for i in between[:200])


def _sentence_gap(view: _View, index: int) -> int:
    words = view.reading.words
    edge = min(view.first, len(words) - 1) if index < view.first else max(view.first, view.stop - 1)
    return max(-4, min(4, words[index].sentence - words[min(edge, len(words) - 1)].sentence))


def _quotes_between(view: _View, one: Proposal) -> int:
    start, end = sorted((one.span[0], view.place.span[0]))
    return min(3, sum(start < span[0] < end for span in view.reading.spans_near(start, end)))


def _rank_by_distance(view: _View, proposals: Sequence[Proposal]) -> dict[tuple[int, int], str]:
    """Which of the candidates of its kind and side each one is, counted from the quote."""
    ranks: dict[tuple[int, int], str] = {}
    counts: dict[str, int] = {}
    for one in sorted(proposals, key=lambda p: _gap(view, p.head)):
        side = "before" if one.head < view.first else "after"
        group = (
            f"{side} {'person' if _mention_kind(view.reading, one)[:2] in {'pe', 'pr', 'ro'} else 'other'}"
        )
        ranks[one.span] = f"{group} {min(4, counts.get(group, 0))}"
        counts[group] = counts.get(group, 0) + 1
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
    if word.upos in {"ADP", "SCONJ", "DET", "CCONJ", "PART", "PUNCT", "PRON"}:
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
    return max(step for step in _STEPS if step <= count)
