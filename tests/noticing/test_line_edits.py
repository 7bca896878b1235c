"""Where a line of the page is named by its number, the words count, whatever was read there."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as some

from assistant.noticing.line_edits import over, regions
from assistant.noticing.reading import Part

LINES = 6


def said(answer: str) -> list[tuple[str, str, tuple[int, ...]]]:
    """What an answer says outright: the kind, the words, the lines by their numbers."""
    parts = sorted((part for _, parts in regions(answer, LINES) for part in parts), key=lambda part: part.span)
    return [(part.kind, answer[slice(*part.span)], tuple(line + 1 for line in part.lines)) for part in parts]


@pytest.mark.parametrize(
    ("answer", "parts"),
    [
        ("4 is me, not Priya.", [("who", "me", (4,))]),
        ("4's me", [("who", "me", (4,))]),
        ("2 is Dawn and me, by Friday", [("who", "Dawn and me", (2,)), ("when", "by Friday", (2,))]),
        ("3 is me ringing him, Tuesday", [("who", "me", (3,)), ("when", "Tuesday", (3,))]),
        ("1 is the school nurse", [("who", "the school nurse", (1,))]),
        ("6 is Thursday, not Friday.", [("when", "Thursday", (6,))]),
        ("make 5 today", [("when", "today", (5,))]),
        ("1 is tonight, with the photos", [("when", "tonight", (1,)), ("words", "with the photos", (1,))]),
        ("all me except 2", [("who", "me", (1, 3, 4, 5, 6))]),
    ],
)
def test_who_does_a_line_and_when(answer, parts):
    assert said(answer) == parts


@pytest.mark.parametrize(
    ("answer", "kind", "lines"),
    [
        ("take off 3", "drop", (3,)),
        ("take 3 off", "drop", (3,)),
        ("No, take off 2, 4 and 5, they aren't jobs", "drop", (2, 4, 5)),
        ("6 is still there, take it off.", "drop", (6,)),
        ("1's not a step, it's why", "drop", (1,)),
        ("Take off 5, 6 does it.", "drop", (5,)),
        ("2 and 5 are the same thing", "join", (2, 5)),
        ("3 goes with 2, it's Dawn who signs", "join", (3, 2)),
        ("4 is me emailing her, same thing as 1", "join", (4, 1)),
        ("take off 6, that's 2", "join", (6, 2)),
        ("5 should be first", "order", (5,)),
        ("2 is two things really, can you split it", "split", (2,)),
        ("4 is done, I rang at lunch", "done", (4,)),
        ("3's fine", "keep", (3,)),
    ],
)
def test_what_becomes_of_a_line(answer, kind, lines):
    assert [(of, held) for of, _, held in said(answer)] == [(kind, lines)]


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ("3 should say ring the aunt, not ring the nan", "ring the aunt, not ring the nan"),
        ('Number 3 just "ask Owen for the key".', '"ask Owen for the key"'),
        ("3 only if she's home, I'm not going twice", "only if she's home"),
        ("3. Ring Dawn about the key", "Ring Dawn about the key"),
        ("3 is right but only once Dawn agrees", "only once Dawn agrees"),
        ("3 is Owen to ring Mr Shaw, Mr Shaw isn't doing it", "Owen to ring Mr Shaw"),
        ("3 is today. And it should read “take the photos to the nurse”.", "“take the photos to the nurse”"),
    ],
)
def test_how_a_line_should_read(answer, words):
    assert ("words", words, (3,)) in said(answer)


@pytest.mark.parametrize(
    ("answer", "kind", "words"),
    [
        ("What Mum is told should be: by me, on Friday, at home", "told", "by me, on Friday, at home"),
        ("Decided: ring tonight.", "decision", "ring tonight"),
        ("And decided should say: refer today", "decision", "refer today"),
        ("look again is the 5th", "review", "the 5th"),
    ],
)
def test_what_stands_elsewhere_is_named_too(answer, kind, words):
    assert (kind, words, ()) in said(answer)


def test_what_is_to_be_added_is_a_step_each():
    assert said("Add: me to ring the nurse tonight, and Dawn to write to the head") == [
        ("step", "me to ring the nurse tonight", ()),
        ("step", "Dawn to write to the head", ()),
    ]


@pytest.mark.parametrize(
    "answer",
    [
        "1's gone back to Priya",
        "2 isn't right",
        "3 isn't me",
        "2 needs a date",
        "number 4, who is that",
        "number one is the most important",
        "5 has to happen before the weekend",
        "Put that back, number three, me, ring the nurse",
        "I'll see her at 3",
        "She's 4 and he's 2",
        "two weeks on Friday",
    ],
)
def test_a_gripe_and_a_number_of_something_else_change_no_line(answer):
    assert not any(lines for _, _, lines in said(answer))


def test_what_was_read_of_another_line_there_gives_way():
    answer = "Take off 2, it's my reason. Ring the nurse."
    read = (
        Part(kind="done", span=(0, 10), lines=(3,)),
        Part(kind="step", span=(28, 42)),
    )
    assert [(part.kind, part.lines) for part in over(read, answer, LINES)] == [("drop", (1,)), ("step", ())]


def test_who_and_when_stay_as_they_were_read_of_that_line():
    answer = "4's Demi's social worker, Uche, and he's there Thursday."
    read = (
        Part(kind="who", span=(4, 30), lines=(3,)),
        Part(kind="when", span=(47, 55), lines=(3,)),
    )
    assert over(read, answer, LINES) == read


CLAUSES = (
    "4 is me",
    "take off 2",
    "3 and 5 are one",
    "1 should say ring Dawn",
    "2 is Friday",
    "I'm tired",
    "6 is done",
)


@given(
    some.lists(some.sampled_from(CLAUSES), min_size=1, max_size=5), some.sampled_from((". ", ", and ", " then ", "\n"))
)
def test_no_two_parts_share_a_character(clauses, between):
    answer = between.join(clauses)
    parts = over((), answer, LINES)
    assert all(one.span[1] <= other.span[0] for one, other in itertools.pairwise(parts))
    assert all(0 <= part.span[0] < part.span[1] <= len(answer) for part in parts)
    assert all(line < LINES for part in parts for line in part.lines)


def test_lines_from_one_to_another_are_all_of_them():
    assert said("2 to 4 is me, today") == [("who", "me", (2, 3, 4)), ("when", "today", (2, 3, 4))]
    assert said("all of them's me")[0] == ("who", "me", (1, 2, 3, 4, 5, 6))


@pytest.mark.parametrize(
    ("answer", "off", "other", "kind"),
    [
        ("take off 4 and 5 is me today", (4,), 5, "who"),
        ("scrap 3, 4 is Dawn by Thursday", (3,), 4, "who"),
        ("delete 1, 2 and 3 should be me", (1, 2), 3, "who"),
        ("take off 1 and 2 by Friday", (1,), 2, "when"),
        ("get rid of 5, 6's Dawn", (5,), 6, "who"),
    ],
)
def test_of_numbers_to_take_off_the_last_belongs_to_what_is_said_of_it(answer, off, other, kind):
    parts = said(answer)
    assert [held for of, _, held in parts if of == "drop"] == [off]
    assert (kind, (other,)) in [(of, held) for of, _, held in parts]


@pytest.mark.parametrize(
    ("answer", "lines"),
    [
        ("1 and 2 on ur list arent steps", (1, 2)),
        ("3 isn't a job", (3,)),
        ("4 and 5 aren't really steps", (4, 5)),
        ("2 on your list is not an action", (2,)),
        ("take 1 and 2 off", (1, 2)),
    ],
)
def test_what_is_no_step_comes_off_and_gets_no_more_words(answer, lines):
    assert [(kind, held) for kind, _, held in said(answer)] == [("drop", lines)]


def test_what_is_put_back_by_its_words_is_a_step_each():
    assert said("no i said only 4 put back i ring gran today and pav gets housing on it by friday") == [
        ("step", "i ring gran today", ()),
        ("step", "pav gets housing on it by friday", ()),
    ]
    assert said("Put back ringing the nurse") == [("step", "ringing the nurse", ())]


def test_a_line_that_is_two_things_becomes_the_two_that_are_said():
    answer = "4 is two things i ring gran today thats me and housing is pav by friday and ill look at it monday"
    assert said(answer) == [
        ("drop", "4 is two things", (4,)),
        ("step", "i ring gran today", ()),
        ("who", "me", ()),
        ("step", "housing", ()),
        ("who", "pav", ()),
        ("when", "by friday", ()),
    ]


def test_another_one_is_a_step():
    assert said("2 is me today and housing for the damp is Pav by Friday thats another one")[2:] == [
        ("step", "housing for the damp", ()),
        ("who", "Pav", ()),
        ("when", "by Friday", ()),
    ]


def test_quoted_words_end_where_the_quotation_ends():
    answer = 'Change 3, "ask Ros if I should stay on it", and leave the rest of that out'
    assert ("words", '"ask Ros if I should stay on it"', (3,)) in said(answer)


def test_what_is_told_is_put_right_where_it_is_said_to_be_wrong():
    assert ("told", "Ruby by me and Maisie by her TA", ()) in said(
        "told is wrong, I did say, Ruby by me and Maisie by her TA."
    )
    assert not said("the told bit's still wrong but I'm off now")


@pytest.mark.parametrize(
    ("said", "kind", "words"),
    [
        ("4 is me, I ring Ruth, now, with the photo.", "words", "I ring Ruth, now, with the photo"),
        ('Line 4, "her" is Ruth.', "words", "Ruth"),
        ("4 is me, by Friday", "when", "by Friday"),
    ],
)
def test_whoever_does_it_may_be_said_with_what_is_to_be_done(said, kind, words):
    parts = [part for _, parts in regions(said, 5) for part in parts]
    assert (kind, words, (3,)) in [(part.kind, said[slice(*part.span)], part.lines) for part in parts]
