"""Steps on the last page are put right by their numbers, and the page is shown until it's right."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.conversation.page_grammar import said_of_lines
from assistant.conversation.put_right import look_again
from tests.shipped import reader

READER = reader()
TODAY = date(2026, 3, 2)
"""A Monday, as in the sessions below."""
STEPS = (
    "1. Ring the school nurse about Tia, me, tomorrow\n2. Somebody to weigh the baby\n"
    "3. See Tia on her own at school, me, Thursday\n4. Weigh the baby at clinic, health visitor, Friday"
)


@pytest.fixture
def at_page(sit):
    """A session whose page is on the table."""

    def begin(steps: str = STEPS, minutes: int = 15):
        session = sit(read=READER.read, minutes=minutes).session
        given = {"focus": "Tia, who is nine, and a baby.", "decision": "We'll go back to conference.", "action": steps}
        for _ in range(60):
            asked = session.state.current.asked
            if asked.question.startswith("ending/page"):
                break
            session.answer(given.get(asked.keeps, "I don't know"))
        return session

    return begin


def lines(session) -> list[str]:
    return list(session.state.current.asked.said_first)


def steps_on(session) -> list[str]:
    return [line for line in lines(session) if line[:1].isdigit()]


FIRST = "Ring the school nurse about Tia, me, tomorrow (Me, 3 March 2026)"
SECOND = "Somebody to weigh the baby (nobody named yet, no day yet)"
THIRD = "See Tia on her own at school, me, Thursday (Me, 5 March 2026)"
FOURTH = "Weigh the baby at clinic, health visitor, Friday (Health visitor, 6 March 2026)"


@pytest.mark.parametrize(
    ("words", "stand"),
    [
        ("take off 2, 3 and 4", [FIRST]),
        ("take out 1 and 4 please", [SECOND, THIRD]),
        ("scrap two and three", [FIRST, FOURTH]),
        ("3 isn't a step, that's what I felt", [FIRST, SECOND, FOURTH]),
        ("drop the last one", [FIRST, SECOND, THIRD]),
        ("4 can go, it's the same as 2", [FIRST, SECOND, THIRD]),
        ("swap 2 and 3", [FIRST, THIRD, SECOND, FOURTH]),
        ("put 3 first", [THIRD, FIRST, SECOND, FOURTH]),
        ("2 is me, Wednesday", [FIRST, "weigh the baby (Me, 4 March 2026)", THIRD, FOURTH]),
        ("1 is me and it's done", [SECOND, THIRD, FOURTH]),
        ("2 and 4 are mine", [FIRST, "weigh the baby (Me, no day yet)", THIRD,
                              "Weigh the baby at clinic, health visitor, Friday (Me, 6 March 2026)"]),
        ("3 is Jo not me", [FIRST, SECOND, "See Tia on her own at school, me, Thursday (Jo, 5 March 2026)", FOURTH]),
        ("3 should be Friday", [FIRST, SECOND, "See Tia on her own at school, me, Friday (Me, 6 March 2026)", FOURTH]),
        ("number one is: ask the GP about the tablets",
         ["ask the GP about the tablets (Me, 3 March 2026)", SECOND, THIRD, FOURTH]),
        ("1 is wrong, it's the nurse ringing me",
         ["the nurse ringing me (The nurse, 3 March 2026)", SECOND, THIRD, FOURTH]),
        ("3 is every Thursday",
         [FIRST, SECOND, "See Tia on her own at school, me, Thursday: every Thursday (Me, 5 March 2026)", FOURTH]),
        ("you've got two the same", [FIRST, FOURTH, THIRD]),
        ("2 and 4 are nearly the same actually", [FIRST, FOURTH, THIRD]),
    ],
)  # fmt: skip
def test_steps_are_put_right_by_their_numbers(words, stand, at_page):
    session = at_page()
    session.answer(words)
    assert steps_on(session) == [f"{number}. {step}" for number, step in enumerate(stand, start=1)]
    assert not any(line.startswith("You added") for line in lines(session))


def test_a_step_that_is_two_things_is_cut_and_each_half_keeps_its_own_name_and_day(at_page):
    session = at_page("1. Ask Sian who's in at night, me, Tuesday, and then the manager looks at whether he's checked")
    session.answer("1 is two things")
    assert steps_on(session) == [
        "1. Ask Sian who's in at night, me, Tuesday (Me, 3 March 2026)",
        "2. the manager looks at whether he's checked (nobody named yet, no day yet)",
    ]


@pytest.mark.parametrize(
    "words",
    [
        "His sister is 4 and she's in the same class.",
        "2 weeks is too long for him.",
        "She had 3 children removed before.",
        "There are two of them and one is only 5.",
        "He was on 2 mg and now it's 4.",
    ],
)
def test_a_number_that_counts_something_points_at_no_step(words):
    assert said_of_lines(words, TODAY) == ()


def test_what_is_said_of_several_steps_in_one_breath_is_all_done(at_page):
    session = at_page()
    session.answer("Take off 4. 2 is me and the nurse. And 3 should be Friday.")
    assert steps_on(session) == [
        f"1. {FIRST}",
        "2. weigh the baby (Me and the nurse, no day yet)",
        "3. See Tia on her own at school, me, Friday (Me, 6 March 2026)",
    ]


def test_the_page_is_shown_after_every_correction_until_it_is_right(at_page):
    session = at_page()
    for words, again in (("take off 4", "page-again"), ("2 is me", "page-again-2"), ("swap 1 and 2", "page-again-3")):
        session.answer(words)
        assert session.state.current.asked.question == f"ending/{again}"
    assert steps_on(session)[0] == "1. weigh the baby (Me, no day yet)"
    session.answer("yes that's it, thanks")
    assert session.state.finished is not None


def test_whoever_says_only_that_it_is_wrong_is_asked_which_line_and_then_let_go(at_page, prompts):
    session = at_page()
    session.answer("take off 4")
    session.answer("no")
    assert lines(session)[0] == prompts.listening.ending.unread
    session.answer("no")
    assert session.state.finished is not None


@pytest.mark.parametrize("minutes", [15, 60])
@pytest.mark.parametrize("words", ["Is that enough?", "1 is fine. Should I tell her nan tonight or wait?"])
def test_a_question_on_the_page_is_answered_and_is_no_part_of_it(minutes, words, at_page, prompts):
    session = at_page(minutes=minutes)
    session.answer(words)
    assert session.state.current.asked.question == "ending/page-again"
    assert lines(session)[0] in {kind.reply for kind in prompts.asked_us.kinds}
    assert not any(words.rpartition(". ")[2] in line for line in lines(session))


@pytest.mark.parametrize(
    ("words", "decided"),
    [
        ("Decided is wrong, I've decided somebody goes in today.", "I've decided somebody goes in today."),
        ("That decided bit is me having a go, it's: we refer today.", "we refer today."),
        ("Now it says decided nothing. I decided. Somebody goes in today.", "Somebody goes in today."),
        ("decided's changed, ring MASH today, that's the decision", "ring MASH today"),
        ("the decision should say we stay on the plan", "we stay on the plan"),
    ],
)
def test_the_decision_is_what_the_page_is_told_it_is(words, decided, at_page):
    session = at_page()
    session.answer(words)
    assert f"Decided: “{decided}”" in lines(session)
    assert not any(line.startswith("You added") for line in lines(session))


def test_a_day_said_of_the_page_shown_again_is_the_day_to_look_again(at_page):
    session = at_page()
    session.answer("take off 4")
    session.answer("much better. Friday week")
    assert look_again(session.state.turns[-1]) == "Friday week"
