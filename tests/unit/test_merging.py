"""Who is one speaker in several articles: names, signs and stories, each with its evidence."""

from __future__ import annotations

import random

import pytest

from quotes.records import LocalSpeaker, Setting, Speaker
from quotes.speakers import merge_speakers
from quotes.speakers.merging.stories import Stories

DAY = "2026-03-04"
BRIDGE = frozenset({"Ardmore", "Old Bridge", "Harbour Council", "Tolley"})


def local(
    number: int, name: str, kind: str = "person", role: str | None = None, said: tuple[str, ...] = ()
) -> LocalSpeaker:
    return LocalSpeaker(f"local{number}", f"article{number}", name, kind, role, said or (name.split()[-1],))


def setting(number: int, day: str = DAY, names: frozenset[str] = BRIDGE, **more: frozenset) -> Setting:
    return Setting(f"article{number}", (f"Outlet {number}", f"outlet-{number}"), day, names, **more)


def story(*numbers: int) -> list[Setting]:
    """Articles of one day and much the same names, among others that have nothing to do with it."""
    others = [setting(90 + n, "2025-01-01", frozenset({f"Elsewhere{n}", f"Place{n}"})) for n in range(5)]
    return [*others, *(setting(number) for number in numbers)]


def apart(*numbers: int, years: bool = True) -> list[Setting]:
    """Articles with no name in common, a year apart."""
    return [
        setting(number, f"{2000 + number * years}-01-01", frozenset({f"Town{number}", f"Lake{number}"}))
        for number in numbers
    ]


def names_of(speakers: tuple[Speaker, ...]) -> list[set[str]]:
    return [set(speaker.local_ids) for speaker in speakers]


def are_one(first: LocalSpeaker, second: LocalSpeaker, settings: list[Setting] | None = None) -> bool:
    return len(merge_speakers([first, second], settings or [])) == 1


def why(speakers: tuple[Speaker, ...], local_id: str) -> str:
    return next(
        phrase
        for speaker in speakers
        for number, phrase in zip(speaker.local_ids, speaker.evidence, strict=True)
        if number == local_id
    )


def test_equal_full_names_are_one_speaker_with_all_aliases() -> None:
    speakers = merge_speakers(
        [local(1, "Ines Corrigan", role="mayor"), local(2, "Inés Corrigan"), local(3, "Ines M. Corrigan")]
    )
    assert len(speakers) == 1
    assert speakers[0].local_ids == ("local1", "local2", "local3")
    assert speakers[0].evidence == ("the same name",) * 3
    assert speakers[0].aliases == (("Corrigan", 3),)
    assert speakers[0].role == "mayor"


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (local(1, "Corrigan"), local(2, "Corrigan")),
        (local(1, "a senior official", "anonymous"), local(2, "a senior official", "anonymous")),
        (local(1, "Ines Corrigan"), local(2, "Paul Corrigan")),
        (local(1, "Corrigan", "organisation"), local(2, "Corrigan")),
        (local(1, "the department", "organisation"), local(2, "the department", "organisation")),
        (local(1, "White House", "organisation"), local(2, "White House")),
    ],
)
def test_a_surname_or_a_description_is_nobody_elsewhere(first: LocalSpeaker, second: LocalSpeaker) -> None:
    assert not are_one(first, second, apart(1, 2))


@pytest.mark.parametrize(
    ("kind", "first", "second"),
    [
        ("organisation", "U.S. Treasury", "the US Treasury"),
        ("organisation", "Harbour Department", "the Department of the Harbour"),
        ("organisation", "Ministry of Bridges", "Bridges Ministry"),
        ("organisation", "F.B.I.", "FBI"),
        ("organisation", "FBI", "Federal Bureau of Investigation"),
        ("organisation", "BridgeWatch", "Bridgewatch"),
        ("person", "Anna Holt-Reed", "Anna Holt Reed"),
        ("person", "Mohammed al-Sadr", "Mohammed Al Sadr"),
        ("person", "Anna Holt", "Anna Marie Holt"),
        ("person", "Anna M. Holt", "Anna Marie Holt"),
        ("person", "Dr. Anna Holt", "Anna Holt"),
        ("person", 'William "Mo" Corrigan', "William Corrigan"),
    ],
)
def test_spelling_makes_nobody_another(kind: str, first: str, second: str) -> None:
    assert are_one(local(1, first, kind), local(2, second, kind))


OTHER_FORMS = [
    ("Bill Corrigan", "William Corrigan"),
    ("Bob Corrigan", "Robert T. Corrigan"),
    ("Volodymyr Tolenskyj", "Wolodymyr Tolensky"),
    ("Aleksandr Tolenko", "Oleksandr Tolenko"),
    ("Kristen Corrigan", "Kirsten Corrigan"),
    ("I. Corrigan", "Ines Corrigan"),
    ("P. Ines Corrigan", "Ines Corrigan"),
    ('William "Mo" Corrigan', "Mo Corrigan"),
    ("John Smith", "John Smith"),
]


@pytest.mark.parametrize(("first", "second"), OTHER_FORMS)
def test_another_form_of_a_name_needs_another_sign(first: str, second: str) -> None:
    assert not are_one(local(1, first), local(2, second), apart(1, 2))
    assert are_one(local(1, first), local(2, second), story(1, 2))
    senators = local(1, first, role="Senator"), local(2, second, role="Democratic Sen.")
    assert are_one(*senators, apart(1, 2))


def test_a_junior_is_the_one_without_it_only_in_one_story() -> None:
    pair = local(1, "Edwin Maddern Jr."), local(2, "Edwin Maddern")
    assert not are_one(*pair, apart(1, 2))
    assert are_one(*pair, story(1, 2))


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Kristen Corrigan", "Kirsten Corrigan"),
        ("Edwin Maddern Jr.", "Edwin Maddern"),
        ("Paul Tolley", "Paul Tolloy"),
    ],
)
def test_two_forms_that_one_article_prints_as_two_speakers_are_two(first: str, second: str) -> None:
    pair = [local(1, first), LocalSpeaker("local2", "article1", second, "person", None, ())]
    assert len(merge_speakers(pair, story(1))) == 2


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Julian Corrigan", "Julia Corrigan"),
        ("Ron Corrigan", "Rob Corrigan"),
        ("Ann Lee", "Ann Li"),
        ("Ines A. Corrigan", "Ines B. Corrigan"),
        ("Edwin Maddern Jr.", "Edwin Maddern Sr."),
        ("Ines Corrigan", "Ines Tolley"),
    ],
)
def test_names_alike_in_one_story_may_be_two_persons(first: str, second: str) -> None:
    assert not are_one(local(1, first), local(2, second), story(1, 2))


def test_an_initial_that_may_be_two_persons_is_neither() -> None:
    speakers = [local(1, "J. Corrigan"), local(2, "Jane Corrigan"), local(3, "Judith Corrigan")]
    assert len(merge_speakers(speakers, story(1, 2, 3))) == 3


def test_middle_names_that_differ_keep_persons_apart() -> None:
    speakers = merge_speakers([local(1, "John A. Roe"), local(2, "John B. Roe"), local(3, "John Roe")])
    assert sorted(speaker.name for speaker in speakers) == ["John A. Roe", "John B. Roe", "John Roe"]
    in_story = merge_speakers(
        [local(1, "John A. Roe"), local(2, "John B. Roe"), local(3, "John Roe")], [*apart(2), *story(1, 3)]
    )
    assert {"local1", "local3"} in names_of(in_story)


def test_a_junior_is_not_the_father_who_speaks_elsewhere() -> None:
    people = [local(1, "Edwin Maddern"), local(2, "Edwin Maddern Jr."), local(3, "Edwin Maddern")]
    speakers = merge_speakers(people, [*story(1, 2), *apart(3)])
    assert {"local1", "local3"} in names_of(speakers)


@pytest.mark.parametrize(
    ("first", "second", "one"),
    [
        ("baseball pitcher", "prime minister", False),
        ("Highway Patrol Capt.", "Senator", False),
        ("senator", "president", True),
        ("former pitcher", "mayor", True),
        ("harbour engineer", "mayor", True),
        (None, "mayor", True),
    ],
)
def test_only_callings_that_exclude_each_other_keep_a_name_apart(
    first: str | None, second: str, one: bool
) -> None:
    pair = local(1, "Ines Corrigan", role=first), local(2, "Ines Corrigan", role=second)
    assert are_one(*pair, apart(1, 2)) is one


def test_a_surname_is_the_only_full_name_of_its_story() -> None:
    people = [local(1, "Ines Corrigan"), local(2, "Corrigan"), local(3, "Corrigan")]
    speakers = merge_speakers(people, [*story(1, 2), *apart(3)])
    assert {"local1", "local2"} in names_of(speakers)
    assert {"local3"} in names_of(speakers)
    assert "the only one there with this surname" in why(speakers, "local2")


@pytest.mark.parametrize(
    "rival",
    [
        [local(3, "Paul Corrigan")],
        [LocalSpeaker("own", "article2", "Paul Corrigan", "person", None, ())],
    ],
    ids=["in the story", "in the article"],
)
def test_a_surname_of_two_in_the_story_is_nobody(rival: list[LocalSpeaker]) -> None:
    speakers = merge_speakers([local(1, "Ines Corrigan"), local(2, "Corrigan"), *rival], story(1, 2, 3))
    assert {"local2"} in names_of(speakers)


def test_a_surname_whose_other_bearer_is_only_named_is_nobody() -> None:
    settings = [*story(1), setting(2, names=BRIDGE | {"Mayor Paul Corrigan"})]
    people = [local(1, "Ines Corrigan"), local(2, "Corrigan")]
    assert len(merge_speakers(people, settings)) == 2
    told = [local(1, "Ines Corrigan"), local(2, "Corrigan", said=("Ms. Corrigan", "she"))]
    assert len(merge_speakers(told, settings)) == 1


def test_a_role_tells_which_bearer_is_meant() -> None:
    people = [
        local(1, "Ines Corrigan", role="Senator"),
        local(2, "Corrigan", role="Sen."),
        local(3, "Paul Corrigan", role="harbour engineer"),
    ]
    speakers = merge_speakers(people, story(1, 2, 3))
    assert {"local1", "local2"} in names_of(speakers)
    assert why(speakers, "local2") == (
        "“Ines Corrigan”: their articles name the same people and places, and both are called senator"
    )


def test_the_holder_of_an_office_is_known_by_surname() -> None:
    people = [local(1, "Ines Corrigan", role="President"), local(2, "Corrigan", role="President")]
    near = [setting(1, "2026-01-01", frozenset({"A"})), setting(2, "2026-06-01", frozenset({"B"}))]
    assert len(merge_speakers(people, near)) == 1
    assert len(merge_speakers(people, apart(1, 9))) == 2


def test_what_a_surname_owns_is_not_the_person() -> None:
    people = [local(1, "Ines Corrigan"), local(2, "Corrigan", said=("the Corrigan campaign",))]
    assert len(merge_speakers(people, story(1, 2))) == 2


def test_surnames_of_several_words_are_surnames() -> None:
    people = [
        local(1, "Chris Van Tolley"),
        local(2, "Van Tolley"),
        local(3, "Anna Holt-Reed"),
        local(4, "Holt-Reed"),
    ]
    assert len(merge_speakers(people, story(1, 2, 3, 4))) == 2


def test_a_short_name_is_the_body_that_an_article_prints_it_beside() -> None:
    bodies = [local(1, "Office of the Examples", "organisation"), local(2, "OOE", "organisation")]
    assert len(merge_speakers(bodies, apart(1, 2))) == 2
    beside = frozenset({("OOE", "Office of the Examples")})
    speakers = merge_speakers(bodies, [setting(1, "2020-01-01", expansions=beside), *apart(2)])
    assert len(speakers) == 1
    assert "printed beside" in why(speakers, "local2")


def test_first_letters_need_one_body_only() -> None:
    bodies = [local(1, "National Harbour Board", "organisation"), local(2, "N.H.B.", "organisation")]
    assert len(merge_speakers(bodies, story(1, 2))) == 1
    assert len(merge_speakers(bodies, apart(1, 2))) == 2
    other = local(3, "North Hills Bank", "organisation")
    assert len(merge_speakers([*bodies, other], story(1, 2, 3))) == 3


def test_merging_depends_on_no_order() -> None:
    speakers = [
        *(local(number, "Ines Corrigan", role="mayor") for number in range(1, 4)),
        local(4, "Corrigan"),
        local(5, "Inez Corrigan"),
        local(6, "The Harbour Board", "organisation"),
        local(7, "Harbour Board", "organisation"),
        local(8, "John Smith"),
        local(9, "John Smith"),
    ]
    settings = story(*range(1, 10))
    expected = merge_speakers(speakers, settings)
    for seed in range(20):
        chance = random.Random(seed)
        mixed = chance.sample(speakers, len(speakers)), chance.sample(settings, len(settings))
        assert merge_speakers(*mixed) == expected


def test_ids_stay_when_an_article_is_added() -> None:
    first = merge_speakers([local(1, "Ines Corrigan"), local(2, "Paul Tolley")], apart(1, 2))
    more = merge_speakers(
        [local(1, "Ines Corrigan"), local(2, "Paul Tolley"), local(3, "Ines Corrigan"), local(4, "Corrigan")],
        [*apart(1, 2), *story(3, 4)],
    )
    assert {speaker.id for speaker in first} <= {speaker.id for speaker in more}


def test_two_persons_of_one_name_have_two_ids_and_the_first_printed_keeps_the_plain_one() -> None:
    pitcher, minister = local(1, "Ines Corrigan", role="pitcher"), local(2, "Ines Corrigan", role="minister")
    (alone,) = merge_speakers([pitcher], apart(1))
    both = merge_speakers([pitcher, minister], apart(1, 2))
    assert len({speaker.id for speaker in both}) == 2
    assert next(speaker.id for speaker in both if "local1" in speaker.local_ids) == alone.id


def test_each_local_speaker_is_in_one_speaker_with_a_phrase() -> None:
    people = [local(1, "Ines Corrigan"), local(2, "Corrigan"), local(3, "Inez Corrigan"), local(4, "Tolley")]
    speakers = merge_speakers(people, story(1, 2, 3, 4))
    ids = [number for speaker in speakers for number in speaker.local_ids]
    assert sorted(ids) == ["local1", "local2", "local3", "local4"]
    for speaker in speakers:
        assert len(speaker.evidence) == (len(speaker.local_ids) if len(speaker.local_ids) > 1 else 0)
        assert all(speaker.evidence)


@pytest.mark.parametrize(
    "name",
    ["", " ", "—", "Jr.", "Mr.", "'", "“”", "van", "李", "x" * 10_000, "a " * 5_000, "A-" * 500, "Dr. Jr."],
)
@pytest.mark.parametrize("kind", ["person", "organisation", "anonymous"])
def test_odd_names_are_speakers_too(name: str, kind: str) -> None:
    assert (
        len(merge_speakers([local(1, name, kind, said=(name,)), local(2, "Ines Corrigan")], story(1, 2))) == 2
    )


def test_articles_tell_one_story_by_words_or_by_names() -> None:
    words = frozenset({1, 2})
    stories = Stories(
        [
            setting(1, names=frozenset(), phrases=words),
            setting(2, "2026-03-20", names=frozenset(), phrases=words),
            setting(3, "2026-09-20", names=frozenset(), phrases=words),
            setting(4),
            setting(5, "2026-03-06"),
            setting(6, "2026-03-30"),
            setting(7, "no date"),
        ]
    )
    told = [
        pair
        for pair in [(1, 2), (1, 3), (4, 5), (4, 6), (4, 7), (1, 4), (8, 9)]
        if stories.tell_same(f"article{pair[0]}", f"article{pair[1]}")
    ]
    assert told == [(1, 2), (4, 5), (4, 7)]


def test_a_first_name_that_is_a_title_elsewhere_is_a_name() -> None:
    found = merge_speakers([local(1, "Don Tolley"), local(2, "Ron Tolley")], story(1, 2))
    assert sorted(speaker.name for speaker in found) == ["Don Tolley", "Ron Tolley"]


def test_a_goalkeeper_and_a_senator_of_one_name_are_two_but_not_in_one_story() -> None:
    found = [local(1, "John Roe", role="goalkeeper"), local(2, "John Roe", role="senator from Ohio")]
    assert len(merge_speakers(found, apart(1, 2, years=False))) == 2
    assert len(merge_speakers(found, story(1, 2))) == 1
