"""The last page does what is said of it, and keeps no complaint about itself."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest

from assistant.conversation import events as e
from assistant.conversation.page_remarks import put_in, remarks
from assistant.conversation.page_turns import shown_again
from assistant.conversation.state import apply
from assistant.conversation.struck import without_struck
from assistant.export.gathering import handover
from tests.shipped import reader

READER = reader()
TODAY = date(2026, 3, 2)
"""A Monday, as in the sessions below."""

STEPS = (
    "me, dawn tomorrow about threshold. ask shelley who dutch is, thursday after school. see ronan and bryony at "
    "school by weds. someone to look at bel's check"
)
OUTCOME = "Ronan would be in school on a Monday. His nan would have the key by Easter."
TOLD = "From me, at school. His nan tells the little ones after."


@pytest.fixture
def page(sit):
    """The lines of the page after each of these was said of it."""

    def after(*said: str, outcome: str = OUTCOME, told: str = TOLD, steps: str = STEPS) -> list[str]:
        session = sit(read=READER.read, minutes=30).session
        given = {"focus": "Two boys, Ronan and Ellis.", "decision": "We'll go back to conference.", "action": steps,
                 "outcome": outcome, "child-told": told}  # fmt: skip
        for _ in range(40):
            asked = session.state.current.asked
            if asked.question.startswith("ending/page"):
                break
            session.answer(given.get(asked.keeps, "I don't know"))
        for words in said:
            session.answer(words)
        return list(session.state.turns[-1].asked.said_first)

    return after


def steps_on(lines: list[str]) -> list[str]:
    return [line for line in lines if line[:1].isdigit()]


@pytest.mark.parametrize(
    "words",
    [
        "thats a bit of a mess sorry",
        "its just stuck my complaint on the end",
        "can you take those out or do i do it myself?",
        "I never asked whether to ring.",
        "you've still got nobody named",
        "you've just put what i said on the bottom and left the old ones as they were",
        "no not really, it still says nobody. thank you sorry",
        "it's all jumbled up, i said shelley before the kids",
        "I will when we finish.",
        "yep ta",
        "its fine x",
        "make it thursday",
    ],
)
def test_what_is_said_of_the_page_itself_is_no_part_of_it(words, page):
    assert remarks(words, TODAY).beside == ()
    assert not any(line.startswith("You added") for line in page(words))


@pytest.mark.parametrize(
    "words",
    [
        "He's missing, that's the main thing.",
        "the partner, Garth, i never told you about him, he stood in the boot room",
        "her right arm was still in plaster",
        "school said she was told to leave it at home",
        "Nobody goes out with the little one on Sundays, and he drinks then.",
        "the boys are still in the flat",
        "Len moved out for work and might come back.",
        "Could you put the deputy head telling mum tomorrow at 9?",
    ],
)
def test_what_is_said_of_the_case_is_kept_on_it(words, page):
    assert any(line.startswith("You added") and (put_in(words) or words).split(",")[0] in line for line in page(words))


def test_a_complaint_that_says_nothing_to_change_is_answered_and_the_page_stands(page, prompts):
    lines = page("no its all garbled")
    assert lines[0] == prompts.listening.ending.unread
    assert lines[1:] == page()


@pytest.mark.parametrize(
    "words", ["yep ta", "ok that'll do thanks", "leave it, it'll do", "no but its fine. ill fix it myself"]
)
def test_whoever_leaves_it_is_not_shown_it_again(sit, words):
    assert remarks(words, TODAY).beside == ()
    session = sit(read=READER.read, minutes=15).session
    while not session.state.current.asked.question.startswith("ending/page"):
        session.answer("We'll ring the school by Friday.")
    session.answer(words)
    assert session.state.current.asked.question != "ending/page-again"


@pytest.mark.parametrize(
    "words",
    [
        "take his nan out of it, thats not what he's being told",
        "whats his nan doing on there, take her off, that was private",
        "his nan is still on it!",
        "can I have it without the nan bit?",
        "please leave the nan out",
    ],
)
def test_who_is_to_come_off_comes_off_every_line_and_stays_off(words, page):
    lines = page(words, "And ring the GP tomorrow.")
    assert not any(re.search(r"\bnan\b", line) for line in lines)
    assert "If it works: “Ronan would be in school on a Monday.”" in lines
    assert "To be told: “From me, at school.”" in lines


@pytest.mark.parametrize(
    ("words", "line"),
    [
        ('"To be told" is nonsense, take that out please', "To be told: not said yet"),
        ("the key isnt if it works its the worry", "If it works: “Ronan would be in school on a Monday.”"),
        ("'going back' isnt a decision either", "Decided: nothing yet"),
        ("Decided is wrong, I said I hadnt", "Decided: nothing yet"),
    ],
)
def test_what_is_not_so_comes_off_its_line(words, line, page):
    assert line in page(words)


def test_what_is_pointed_to_comes_off():
    (strike,) = remarks("school isnt keeping Dre in, thats wrong, take that off", TODAY).strikes
    assert {"dre", "school"} <= strike.about
    (strike,) = remarks("'they wont care' sounds awful can you lose that", TODAY).strikes
    assert "car" in strike.about


def test_somebody_who_may_come_back_is_no_day_to_look_again(page):
    assert not any("look at this again" in line for line in page("Len might come back."))


def test_a_worry_that_was_taken_for_an_outcome_stays_open(page):
    assert "Still open: “His nan would have the key by Easter.”" in page("the key isnt if it works its the worry")


def test_what_is_taken_off_and_then_written_anew_stands(sit):
    session = sit(read=READER.read, minutes=15).session
    while not session.state.current.asked.question.startswith("ending/page"):
        session.answer(TOLD if session.state.current.asked.keeps == "child-told" else "We'll ring school by Friday.")
    session.answer('"To be told" is nonsense, take that out please')
    assert "To be told: not said yet" in session.state.current.asked.said_first
    asked, at = "actions/told-to-the-child", session.state.last_at + timedelta(minutes=1)
    anew = apply(session.state, e.Corrected(at=at, question=asked, text=TOLD))
    assert without_struck(session.state, TOLD) == ""
    assert without_struck(anew, TOLD) == TOLD


def test_what_is_taken_off_the_page_is_in_no_record(sit, prompts):
    session = sit(read=READER.read, minutes=15).session
    while not session.state.current.asked.question.startswith("ending/page"):
        session.answer(TOLD if session.state.current.asked.keeps == "child-told" else "We'll ring school by Friday.")
    kept = lambda: [said.answer for said in handover(session.state, prompts).kept("child-told")]  # noqa: E731
    assert kept() == [TOLD]
    session.answer("take his nan out of it, thats not what he's being told")
    assert kept() == ["From me, at school."]


@pytest.mark.parametrize(
    ("words", "number", "line"),
    [
        ("bel's check is me, i said", 4, "4. look at bel's check (Me, no day yet)"),
        ("its me for 3 and 4, ive said that twice now", 4, "4. look at bel's check (Me, no day yet)"),
        ("they're all me", 4, "4. look at bel's check (Me, no day yet)"),
        ("the check, thats me, tomorrow", 4, "4. look at bel's check (Me, 3 March 2026)"),
        ("the dentist has dropped off, thats me, tomorrow", 5, "5. the dentist (Me, 3 March 2026)"),
        ("ricky needs a check and meeting, thats me, by friday", 5,
         "5. ricky needs a check and meeting (Me, 6 March 2026)"),
        ("make it shelley tomorrow after school", 2,
         "2. ask shelley who dutch is, tomorrow after school (Me, 3 March 2026)"),
        ("shelley is friday, not thursday", 2, "2. ask shelley who dutch is, friday after school (Me, 6 March 2026)"),
        ("thurs and weds are the wrong way round", 3,
         "3. see ronan and bryony at school by thursday (Me, 5 March 2026)"),
        ("thurs and weds are the wrong way round", 2,
         "2. ask shelley who dutch is, weds after school (Me, 4 March 2026)"),
        ("from me at school, dawn needn't know, take that off", 1,
         "1. ask shelley who dutch is, thursday after school (Me, 5 March 2026)"),
        ("I won't see them, dawn isnt a step", 1,
         "1. ask shelley who dutch is, thursday after school (Me, 5 March 2026)"),
    ],
)  # fmt: skip
def test_steps_are_put_right_as_it_is_said(words, number, line, page):
    lines = page(words)
    assert line in steps_on(lines)
    assert steps_on(lines)[number - 1] == line


def test_a_day_in_anothers_place_is_the_day_to_look_again(page):
    assert "You'll look at this again: “next friday”" in page("next friday, not the 3rd. And take off 1")


def test_a_step_that_somebody_of_their_own_is_named_in_is_left_alone(page):
    lines = page("take my mum off, that was private", steps="I'll ring mum on Friday. I'll see Ronan on Thursday.")
    assert len(steps_on(lines)) == 2


@pytest.mark.parametrize(
    "words", ["One visit, not three", "french isn't the plan", "the record's me", "there are two, not a meeting"]
)
def test_how_the_page_is_put_right_is_no_step(words, page):
    assert steps_on(page(words)) == steps_on(page())


@pytest.mark.parametrize(
    "words",
    [
        "3 is wrong and it's dangerous.",
        "That first one isn't done, that's me saying what I should've done.",
        "No. I'll write the rest out myself, I'm ringing.",
        "2 is me, I keep saying.",
        "No, I'm tired now though, I'm ringing Denise.",
    ],
)
def test_having_had_enough_of_the_page_is_no_step(words, page):
    steps = " ".join(steps_on(page(words)))
    assert not any(mine in steps for mine in ("dangerous", "isn't done", "myself", "keep saying", "tired"))


@pytest.mark.parametrize(
    "words",
    [
        "The day to look again is Monday. Leave it now, that'll do.",
        "Take off 2. It'll have to do. Bye.",
        "Take off 3, I'll write it out myself.",
    ],
)
def test_whoever_has_put_it_right_once_and_goes_is_not_shown_it_again(sit, words):
    session = sit(read=READER.read, minutes=15).session
    for _ in range(40):
        if session.state.current.asked.question.startswith("ending/page"):
            break
        keeps = session.state.current.asked.keeps
        session.answer(STEPS if keeps == "action" else "We'll go back to conference.")
    session.answer("take off 1")
    assert session.state.current.asked.question == "ending/page-again"
    session.answer(words)
    assert shown_again(session.state) == 1


def test_a_step_that_is_put_in_on_the_page_is_one(page):
    assert any(
        "see Jamie alone at school" in line for line in steps_on(page("see Jamie alone at school, before Wednesday"))
    )
