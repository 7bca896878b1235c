"""A step on the last page is found however it's named, and what is asked of it is done once."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.conversation.page_lines import IT, Line, marked, meant, shown_lines
from assistant.conversation.page_remarks import remarks
from assistant.language.sentences import spoken_sentences
from assistant.noticing.observations import Danger, Noticing
from tests.shipped import reader

READER = reader()
TODAY = date(2026, 3, 2)
"""A Monday."""
SHOWN = (
    "1. Ring the paediatrician (Me, 2 March 2026)",
    "2. Bel does the young carers referral (Bel, no day yet)",
    "3. Tell Shanice I'm worried (Me, 4 March 2026)",
    "4. Speak to the bakery about shifts (nobody named yet, no day yet)",
    "5. Tell my manager, Sue (Me, 3 March 2026)",
    "6. Mentor to see him every morning (Mentor, 6 March 2026)",
)
LINES = shown_lines(SHOWN, TODAY)
WEDNESDAY, THURSDAY, FRIDAY = date(2026, 3, 4), date(2026, 3, 5), date(2026, 3, 6)


def asked(words: str) -> list[tuple[str, tuple[int, ...]]]:
    return [(one.does, one.numbers) for one in remarks(words, TODAY, LINES).numbered]


def becomes(words: str) -> tuple[int, str, date | None]:
    """Which step is changed, to whom and to which day."""
    (one,) = [one for one in remarks(words, TODAY, LINES).numbered if one.does == "says"]
    return one.numbers[0], one.says[0].who, one.says[0].by


def test_a_step_is_read_back_from_the_page_that_showed_it():
    assert LINES[3] == Line(4, "Speak to the bakery about shifts", "nobody named yet", None)
    assert LINES[2].day == WEDNESDAY


@pytest.mark.parametrize(
    ("words", "number"),
    [("the young carers one", 2), ("my manager", 5), ("Wednesday", 3), ("telling Shanice", 3), ("the school one", 0)],
)
def test_a_step_is_meant_by_a_word_of_it_or_by_its_day(words, number):
    assert meant(words, LINES, TODAY) == number


def test_whatever_names_a_step_becomes_its_mark_and_keeps_its_place_in_the_answer():
    words = "no, the bakery one isn't a step"
    (sentence,) = spoken_sentences(words)
    held = marked(words, sentence, LINES, TODAY)
    assert held.words == "no, ⟦4⟧ isn't a step"
    assert held.span(4, len(held.words)) == (4, len(words))


def test_it_is_what_was_just_spoken_of():
    assert IT == 0
    assert asked("Wednesday's a bank holiday. Take it off.") == [("strike", (3,))]


@pytest.mark.parametrize(
    ("words", "done"),
    [
        ("no, the bakery one isn't a step, that's me thinking out loud", [("strike", (4,))]),
        ("take the bakery one out, I've done it", [("strike", (4,)), ("done", (4,))]),
        ("put the manager first", [("first", (5,))]),
        ("move the mentor up to the top", [("first", (6,))]),
        ("I want Bel before anything", [("first", (2,))]),
        ("tell Shanice has to come before I ring anybody", [("before", (3, 1))]),
        ("Shanice first, then the paediatrician", [("before", (3, 1))]),
        ("swap the mentor with Shanice", [("swap", (6, 3))]),
        ("swap the first two", [("swap", (1, 2))]),
        ("2 and 3 the other way round? no leave that", [("right", (2, 3)), ("right", ())]),
        ("I've already rung the paediatrician, just now. take that off", [("done", (1,)), ("strike", (1,))]),
        ("Sue knows, I told her at handover", [("done", (5,))]),
        ("I'm not ringing the paediatrician", [("strike", (1,))]),
        ("the bakery's not happening", [("strike", (4,))]),
    ],
)
def test_what_is_asked_of_a_step_named_by_words_is_read(words, done):
    assert asked(words) == done


@pytest.mark.parametrize(
    ("words", "step"),
    [
        ("the young carers one's Bel's, by Friday", (2, "Bel", FRIDAY)),
        ("no, the second one's Bel's", (2, "Bel", None)),
        ("Thursday not Friday for Bel", (2, "", THURSDAY)),
        ("Wednesday's wrong, it's thursday, he's on leave", (3, "", THURSDAY)),
        ("I can't do Wednesday, court. Friday", (3, "", FRIDAY)),
        ("you keep leaving the bakery without a name, it's Sal", (4, "Sal", None)),
        ("who said anything about the bakery, that's Mrs Lyle not me", (4, "Mrs Lyle", None)),
        ("Sue can do the bakery", (4, "Sue", None)),
        ("Bel's off sick, I'll write it", (2, "me", None)),
        ("the bakery I'll ring on Friday", (4, "me", FRIDAY)),
        ("Mentor's called Iris", (6, "Iris", None)),
        ("Bel's gone, it's Bea now", (2, "Bea", None)),
        ("the mentor's Gaz and he's coming Thursday", (6, "Gaz", THURSDAY)),
    ],
)
def test_whose_a_step_is_and_for_which_day_is_heard_however_it_is_said(words, step):
    assert becomes(words) == step


@pytest.mark.parametrize(
    "words",
    [
        "You're not listening",
        "that's me moaning",
        "I can't do this any more tonight",
        "never mind",
        "swap them",
        "the landlord one isn't a step",
        "take it off then",
        "not tonight",
    ],
)
def test_a_gripe_or_what_cannot_be_placed_is_no_part_of_the_page(words):
    said = remarks(words, TODAY, LINES)
    assert (said.beside, said.numbered) == ((), ())
    assert said.of_the_page


@pytest.mark.parametrize("words", ["swap them", "the landlord one isn't a step", "PC Marsh is the phone not the log"])
def test_a_change_that_cannot_be_placed_is_known_not_to_be_done(words):
    assert remarks(words, TODAY, LINES).not_done


@pytest.mark.parametrize(
    "words",
    [
        "Mum has kept every appointment and is engaging with drug services.",
        "school rang Thursday about the bakery",
        "His sister is 4 and in the same class.",
        "Nobody has seen the baby since Friday.",
    ],
)
def test_what_is_told_of_the_case_changes_no_step(words):
    said = remarks(words, TODAY, LINES)
    assert (said.numbered, said.beside[0][1]) == ((), words)


def test_a_line_in_new_words_takes_the_place_of_the_old():
    said = remarks("to be told is wrong, it's me and Donna together, tomorrow", TODAY, LINES)
    assert said.said_instead == (("child-told", "me and Donna together, tomorrow"),)
    assert said.beside == ()


def test_a_step_that_is_missing_is_put_there_in_the_words_it_was_missed_in():
    (step,) = remarks("you've not put my deputy on there, Jan, I said I'd ring her", TODAY, LINES).adds
    assert (step.text, step.who) == ("my deputy, Jan, I'd ring her", "me")


def test_a_bare_name_is_for_the_one_step_that_has_nobody():
    assert becomes("me. tomorrow") == (4, "me", date(2026, 3, 3))


def test_somebody_who_is_in_several_steps_says_nothing_of_one():
    both = shown_lines(("1. Rao visits (Rao, 2 March 2026)", "2. Write it up (Rao, 3 March 2026)"), TODAY)
    assert meant("Rao", both, TODAY) == 0


def test_a_feeling_told_to_a_card_is_met_before_what_is_asked_about_it(sit, prompts):
    danger = Danger(kind="injury-non-mobile-baby", level="sure", spans=((0, 4),))
    notice = lambda words, _: Noticing(act_now=(danger,) if "bruise" in words else ())  # noqa: E731
    session = sit(read=READER.read, notice=notice, minutes=30).session
    session.answer("Ellie, 8 weeks, a bruise on her cheek.")
    session.say_to_card("yes I saw it this morning. I feel sick")
    assert session.state.current.asked.said_first[0] == prompts.listening.said_first.felt_in_danger


@pytest.fixture
def on_the_page(sit):
    """The page after each of these was said of it."""

    def after(*said: str, steps: str, outcome: str = "He'd sleep.") -> list[str]:
        session = sit(read=READER.read, minutes=15).session
        given = {"focus": "Otis, five months.", "decision": "We'll escalate it.", "action": steps, "outcome": outcome}
        for _ in range(60):
            question = session.state.current.asked
            if question.question.startswith("ending/page"):
                break
            session.answer(given.get(question.keeps, "I don't know"))
        for words in said:
            session.answer(words)
        return list(session.state.turns[-1].asked.said_first)

    return after


STEPS = (
    "ring the clinic today me, weigh him again Friday, tell Shanice I'm worried, and nursery staff to say who collects"
)


def test_what_is_done_already_is_no_step_and_stands_as_done(on_the_page):
    page = on_the_page("I've already rung the clinic, take that off", steps=STEPS)
    assert "Done already: “ring the clinic today”" in page
    assert not any(line[:1].isdigit() and "clinic" in line for line in page)
    assert not any(line.startswith("You added") for line in page)


def test_steps_can_be_put_back_as_they_were(on_the_page):
    as_they_were = on_the_page(steps=STEPS)
    assert on_the_page("swap 1 and 2", "no put them back how they were", steps=STEPS) == as_they_were


def test_what_cannot_be_placed_is_said_so_and_nothing_is_added(on_the_page, prompts):
    page = on_the_page("the landlord one isn't a step", steps=STEPS)
    assert page[0] == prompts.listening.ending.unread
    assert page[1:] == on_the_page(steps=STEPS)


def test_whoever_asks_for_what_is_there_already_is_told_how_it_stands(on_the_page, prompts):
    page = on_the_page("put the clinic first", steps=STEPS)
    assert page[0] == prompts.listening.ending.as_it_stands
