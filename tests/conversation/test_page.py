"""The last page does what is said of it, and keeps no complaint about itself."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from assistant.conversation import events as e
from assistant.conversation.page_turns import shown_again
from assistant.conversation.session import Session
from assistant.conversation.state import apply
from assistant.conversation.struck import without_struck
from assistant.export.handover import Said
from assistant.export.talked_about import put_right_in
from tests.conversation.conftest import GoingOn, Sitting
from tests.shipped import reader

READER = reader()
TODAY = date(2026, 3, 2)
"""A Monday, as in the sessions below."""

STEPS = (
    "I'll ring Dawn tomorrow about the threshold. Ask Shelley who Dutch is, me, Thursday after school. "
    "I'll see Ronan and Bryony at school by Wednesday. Book Bel's check at clinic."
)
OUTCOME = "Ronan would be in school on a Monday. His nan would have the key by Easter."
TOLD = "From me, at school. His nan tells the little ones after."


@pytest.fixture(scope="module")
def at_the_page(sit: Callable[..., Sitting], going_on: GoingOn) -> Callable[..., Session]:
    """A session that stands at its page: each question was answered so, or by what it keeps as in `given`."""

    def play(minutes: int, given: dict[str, str], otherwise: str) -> Sitting:
        sitting = sit(read=READER.read, minutes=minutes)
        for _ in range(60):
            turn = sitting.session.state.current
            assert turn is not None
            if turn.asked.question.startswith("ending/page"):
                return sitting
            sitting.session.answer(given.get(str(turn.asked.keeps), otherwise))
        raise AssertionError("the page never came")

    def reached(otherwise: str = "I don't know", minutes: int = 30, given: dict[str, str] | None = None) -> Session:
        said = given or {}
        place = (minutes, otherwise, *sorted(said.items()))
        return going_on(place, lambda: play(minutes, said, otherwise)).session

    return reached


@pytest.fixture
def page(at_the_page):
    """The lines of the page after each of these was said of it."""

    def after(*said: str, outcome: str = OUTCOME, told: str = TOLD, steps: str = STEPS,
              decision: str = "We'll go back to conference.") -> list[str]:  # fmt: skip
        session = at_the_page(given={"focus": "Two boys, Ronan and Ellis.", "decision": decision, "action": steps,
                                     "outcome": outcome, "child-told": told})  # fmt: skip
        for words in said:
            session.answer(words)
        last = next(turn for turn in reversed(session.state.turns) if turn.asked.question.startswith("ending/page"))
        return list(last.asked.said_first)

    return after


def test_once_shown_again_the_page_repeats_its_steps_and_only_what_changed_beside_them(page):
    once = page("2 is Shelley, by Friday")
    twice = page("2 is Shelley, by Friday", "take off 4")
    assert any(line.startswith("If it works") for line in once)
    assert steps_on(twice) == steps_on(once)[:3]
    assert not any(line.startswith("If it works") for line in twice)
    changed = page("2 is Shelley, by Friday", "If it works should say he sleeps in his own bed all week")
    assert any(line.startswith("If it works") and "own bed" in line for line in changed)


def steps_on(lines: list[str]) -> list[str]:
    return [line for line in lines if line[:1].isdigit()]


@pytest.mark.parametrize(
    "words",
    [
        "thats a bit of a mess sorry",
        "its just stuck my complaint on the end",
        "can you take those out or do i do it myself?",
        "you've still got nobody named",
        "it's all jumbled up",
        "I will when we finish.",
        "yep ta",
        "its fine x",
        "The rest'll do, I've got to ring.",
        "2 is me, I keep saying.",
        "No, I'm tired now though, I'm going home.",
        "I laughed, I thought it was a telly thing",
    ],
)
def test_what_is_said_of_the_page_itself_is_no_part_of_it(words, page):
    before, after = page(), page(words)
    assert not any(line.startswith("You added") for line in after)
    assert len(steps_on(after)) == len(steps_on(before))


@pytest.mark.parametrize("words", ["no its all garbled", "no, that's not right"])
def test_a_complaint_that_says_nothing_to_change_is_answered_and_the_page_stands(words, page, prompts):
    page_now = page("take off 1", words)
    assert page_now[0] == prompts.listening.ending.unread or page_now == page("take off 1")


@pytest.mark.parametrize(
    ("words", "line"),
    [
        ('the decided bit still says "that\'s right"', "decision"),
        ("number 1 is wrong, it isn't that", "1"),
        ("1 and 2 are both wrong", None),
        ("1 is me, by Friday", None),
    ],
)
def test_a_line_of_which_something_was_said_that_isnt_understood_is_asked_for_alone(at_the_page, words, line):
    session = at_the_page("We'll ring the school by Friday. I'll see Ronan at home on Monday.", minutes=15)
    session.answer(words)
    asked = session.state.current.asked.question
    if line is None:
        assert not asked.startswith("ending/line")
        return
    assert asked.startswith("ending/line/1-")
    assert asked.endswith(f"-{line}")
    session.answer("I'm not sure.")
    session.answer(words)
    assert not session.state.current.asked.question.startswith("ending/line")


@pytest.mark.parametrize("words", [("9",), ("9", "no, 8"), ("number 9 please",)])
def test_the_number_of_a_line_that_isn_t_there_ends_nothing(words, page, prompts):
    assert page(*words)[0] == prompts.listening.ending.unread


@pytest.mark.parametrize(
    "words",
    ["yep ta", "ok that'll do thanks", "leave it, it'll do", "the school's still on there but leave it, it's fine"],
)
def test_whoever_leaves_it_is_not_shown_it_again(at_the_page, words):
    session = at_the_page("We'll ring the school by Friday.", minutes=15)
    session.answer(words)
    assert session.state.current.asked.question != "ending/page-again"


@pytest.mark.parametrize(
    ("words", "line"),
    [
        ('"To be told" is nonsense, take that out please', "To be told: not said yet"),
        ("the decision is wrong, I haven't decided", "Decided: nothing yet"),
    ],
)
def test_what_is_not_so_comes_off_its_line(words, line, page):
    assert line in page(words)


@pytest.mark.parametrize(
    ("decision", "stands"),
    [
        ("We've decided it goes to conference. And that I'm not keeping quiet about the door. He's two.",
         "We've decided it goes to conference. And that I'm not keeping quiet about the door."),
        ("We've decided it goes to conference. And that's what his nan wants.", "We've decided it goes to conference."),
    ],
)  # fmt: skip
def test_a_decision_is_as_long_as_its_sentences_go_on(decision, stands, page):
    assert f"Decided: “{stands}”" in page(decision=decision)


def test_somebody_who_may_come_back_is_no_day_to_look_again(page):
    assert not any("look at this again" in line for line in page("Len might come back."))


def test_what_is_taken_off_and_then_written_anew_stands(at_the_page):
    session = at_the_page("We'll ring school by Friday.", minutes=15, given={"child-told": TOLD})
    session.answer('"To be told" is nonsense, take that out please')
    assert "To be told: not said yet" in session.state.current.asked.said_first
    asked, at = "actions/told-to-the-child", session.state.last_at + timedelta(minutes=1)
    anew = apply(session.state, e.Corrected(at=at, question=asked, text=TOLD))
    assert without_struck(session.state, TOLD) == ""
    assert without_struck(anew, TOLD) == TOLD


@pytest.mark.parametrize(
    ("words", "number", "line"),
    [
        ("4 is me", 4, "4. Book Bel's check at clinic (Me)"),
        ("bel's check is me", 4, "4. Book Bel's check at clinic (Me)"),
        ("the check, thats me, tomorrow", 4, "4. Book Bel's check at clinic (Me, 3 March 2026)"),
        (
            "3 should be the TA really, I can't do that",
            3,
            "3. see Ronan and Bryony at school by Wednesday (The TA, 4 March 2026)",
        ),
        ("1 is before four", 1, "1. I'll ring Dawn tomorrow about the threshold before four (Me, 3 March 2026)"),
        ("2 is Shelley, by Friday", 2, "2. Ask Shelley who Dutch is (Shelley, 6 March 2026)"),
        ("1 is Bev", 1, "1. ring Dawn tomorrow about the threshold (Bev, 3 March 2026)"),
        ("there's a step missing, the review has to be told", 5, "5. the review has to be told (nobody named yet)"),
        ("1 should say that I will ring Dawn about the key", 1, "1. I will ring Dawn about the key (Me, 3 March 2026)"),
        ("1 should say whom I am ringing", 1, "1. I'll ring Dawn tomorrow about the threshold (Me, 3 March 2026)"),
        ("take that off and put me down to ring nan", 5, "5. ring nan (Me, no day yet)"),
        ("and put in that I see Bel on Friday", 5, "5. see Bel on Friday (Me, 6 March 2026)"),
        ("3, change Wednesday to Friday", 3, "3. I'll see Ronan and Bryony at school (Me, 6 March 2026)"),
        ("take off 1", 1, "1. Ask Shelley who Dutch is, me, Thursday after school (Me, 5 March 2026)"),
        ("and I'm ringing the dentist, friday", 5, "5. I'm ringing the dentist, friday (Me, 6 March 2026)"),
    ],
)
def test_steps_are_put_right_as_it_is_said(words, number, line, page):
    assert steps_on(page(words))[number - 1] == line


def test_each_correction_is_kept_when_the_next_comes(page):
    lines = steps_on(page("4 is me, tomorrow", "and 1's done, I rang her", "1 is friday"))
    assert lines == [
        "1. Ask Shelley who Dutch is (Me, 6 March 2026)",
        "2. I'll see Ronan and Bryony at school by Wednesday (Me, 4 March 2026)",
        "3. Book Bel's check at clinic (Me, 3 March 2026)",
    ]


def test_the_day_to_look_again_is_the_one_that_is_said_to_be_it(page):
    assert any("look at this again" in line and "16th" in line for line in page("take off 1. review on the 16th"))


def test_a_reason_stands_with_what_was_decided(page):
    lines = page(decision="ring children's services today. because there's a man nobody knows")
    assert lines[0] == "Decided: “ring children's services today. because there's a man nobody knows”"


def test_what_became_a_step_is_not_added_as_well(page):
    lines = page("named nurse told tonight. I go round on Thursday, me")
    assert any("named nurse told" in line for line in steps_on(lines))
    assert not any(line.startswith("You added") for line in lines)


def test_what_is_asked_with_a_yes_is_answered_before_what_comes_next(at_the_page, monkeypatch):
    session = at_the_page("We'll go back to conference.", minutes=30, given={"action": STEPS})
    session.answer("take off 1")
    monkeypatch.setattr("assistant.conversation.replies.reply_alone", lambda *_: ("You may.",))
    session.answer("Yes. Am I permitted to do this without his agreement?")
    asked = session.state.current.asked
    assert (asked.keeps, "You may." in asked.said_first) == ("wellbeing", True)


def test_a_numbered_list_is_the_steps_to_whichever_question_it_is_given(page):
    lines = page(decision="1. I ring the front door today. 2. Chair of governors if he objects.", steps="Nothing else")
    assert lines[0] == "Decided: what the steps say"
    assert steps_on(lines) == [
        "1. I ring the front door today (Me, 2 March 2026)",
        "2. Chair of governors if he objects",
    ]


def test_what_was_put_right_is_seen_before_anything_else_is_asked(at_the_page):
    session = at_the_page("We'll go back to conference.", minutes=30, given={"action": STEPS})
    before = steps_on(list(session.state.current.asked.said_first))
    session.answer("take off 1")
    asked = session.state.current.asked
    assert asked.question == "ending/page-again"
    assert len(steps_on(list(asked.said_first))) == len(before) - 1
    session.answer("yes")
    assert session.state.current.asked.keeps == "wellbeing"


@pytest.mark.parametrize(
    "words",
    [
        "no the visit's not Wednesday anymore, I'll have to swap",
        "the report's not on there",
        "nah that's come out funny",
        "actually I don't think I should be stepping down at all",
    ],
)
def test_what_was_said_of_the_page_and_not_understood_is_asked_about_and_never_ends_it(at_the_page, prompts, words):
    for first in ((), ("take off 1",)):
        session = at_the_page("We'll go back to conference.", minutes=15, given={"action": STEPS})
        for said in (*first, words):
            session.answer(said)
        assert session.state.finished is None
        words_of_page = prompts.listening.ending
        shown = session.state.current.asked.said_first[0]
        assert shown == words_of_page.unread or shown.startswith(words_of_page.unplaced.split("{words}")[0])


def test_a_question_at_the_page_that_has_no_answer_is_handed_back_honestly(at_the_page, prompts):
    session = at_the_page("We'll go back to conference.", minutes=15, given={"action": STEPS})
    session.answer("take off 1")
    session.answer("And what about his sister? Should someone see her too?")
    assert prompts.listening.ending.asked in session.state.current.asked.said_first


def test_where_no_question_is_left_the_page_is_shown_before_the_end(at_the_page):
    session = at_the_page("We'll go back to conference.", minutes=15, given={"action": STEPS})
    session.answer("take off 1")
    assert session.state.current.asked.question == "ending/page-again"
    session.answer("That'll do now, I've got to go.")
    assert (session.state.finished is not None, shown_again(session.state)) == (True, 1)


def test_whoever_is_leaving_sees_what_they_changed_last(at_the_page):
    session = at_the_page("I'll ring the school by Friday. I'll see Ronan at home on Monday.", minutes=30)
    session.answer("2 is Bev. I've got to go now.")
    assert session.state.finished is None
    assert any("(Bev" in line for line in session.state.current.asked.said_first)
    session.answer("yes")
    assert session.state.finished is not None


def test_what_was_not_understood_is_quoted_and_never_added(page):
    lines = page("Put the nurse where she was before on the list, and you've got the key wrong.")
    assert lines[0].startswith("I haven't managed this: “Put the nurse where she was before on the list")
    assert len(steps_on(lines)) == len(steps_on(page()))
    assert not any(line.startswith("You added") for line in lines)


def test_the_page_says_how_a_line_is_changed(page):
    assert page()[-1] == (
        "To change a line, start with its number: “2 is me, by Friday”, or “take off 3”. "
        "Or give only the number, and I'll ask."
    )


def test_a_false_done_already_comes_off(page):
    lines = page("1 is done", "1 isn't done already, take out that done already line")
    assert not any(line.startswith("Done already") for line in lines)


def test_what_somebody_is_told_can_be_put_back(page):
    lines = page("What Ronan is told should be: nothing yet", "no, put what Ronan is told back as it was")
    assert f"To be told: “{TOLD}”" in lines


def test_another_day_takes_the_place_of_the_one_that_stands_there(page):
    lines = page("4 is me", "I said Friday first thing, not the 3rd")
    assert "You'll look at this again: “Friday first thing”" in lines


@pytest.mark.parametrize(
    "words", ["Friday, I said, not the 3rd.", "You've still got the 3rd. Friday. Then yes.", "Friday I look again."]
)
def test_the_day_to_look_again_is_put_right_however_it_is_said(page, words):
    assert any(line.startswith("You'll look at this again: “Friday") for line in page("4 is me", words))


def test_a_line_whose_number_is_given_is_asked_for_and_its_words_take_its_place(page):
    before = steps_on(page())
    after = steps_on(page("4", "Bev books Bel's check at clinic for Friday and rings me"))
    assert after[:3] == before[:3]
    assert after[3] == "4. Bev books Bel's check at clinic for Friday and rings me (Bev, 6 March 2026)"


def test_a_line_asked_for_alone_can_come_off(page):
    assert steps_on(page("4", "take it off")) == steps_on(page())[:3]


def test_what_was_decided_can_be_said_anew_by_its_first_word(page):
    assert "Decided: “I'm ringing duty today”" in page("decided", "I'm ringing duty today")


def test_what_is_vital_and_told_at_the_page_is_stayed_with_before_the_page_stands_there_again(at_the_page):
    session = at_the_page("We'll ring the school by Friday.", minutes=30)
    session.answer("oh and I've just remembered Ronan had a mark on his neck like fingers, I never wrote it down")
    assert session.state.current.asked.question.startswith("thread/vital/")
    session.answer("I saw it at the door, nobody else did.")
    assert session.state.current.asked.question.startswith("ending/page-again")


def test_a_line_said_anew_stands_among_the_steps_and_not_among_what_was_put_right(at_the_page, prompts):
    session = at_the_page("We'll ring the school by Friday.", minutes=30)
    session.answer("1")
    session.answer("Bev rings the school about Ronan by Thursday")
    turn = next(turn for turn in session.state.turns if turn.asked.question.startswith("ending/line/"))
    said = Said(question=turn.asked.text, answer=turn.answer or "")
    assert [one.answer for one in put_right_in([(turn, said)])] == []


@pytest.mark.parametrize("called", ["2 please", "number 2 please", "You've wiped my phone call! 2"])
def test_a_line_that_is_called_politely_stays_until_it_is_said_anew(page, called):
    before = steps_on(page())
    after = steps_on(page(called, "Bev to visit nan on Monday"))
    assert (after[0], after[2:]) == (before[0], before[2:])
    assert after[1].startswith("2. Bev to visit nan on Monday")


def test_what_stands_in_a_place_that_is_called_is_left_as_it_was(page):
    told = [line for line in page() if line.startswith("To be told")]
    assert [line for line in page("to be told", "leave it") if line.startswith("To be told")] == told


def test_what_was_decided_anew_stands_though_the_first_was_struck(page):
    assert "Decided: “We'll go back to conference in May”" in page(
        "take off the decision", "decided", "We'll go back to conference in May"
    )


def test_what_is_told_stands_but_for_what_is_said_otherwise(page):
    def told(*said: str) -> str:
        return str(next(line for line in page(*said) if line.startswith("To be told")))

    assert TOLD in told("Nan is told too, by phone.")
    assert TOLD in told('"To be told" is: ' + TOLD.split(".")[0])


def test_whoever_takes_the_page_and_goes_to_do_it_adds_no_step(page):
    def steps(*said: str) -> list[str]:
        return [line for line in page(*said) if line[:1].isdigit()]

    assert steps("3 is me", "Yes. That's it now. I'm going to ring her.") == steps("3 is me")
    assert len(steps("Yes, and add: ring her nan tomorrow, me")) == len(steps("3 is me")) + 1


def test_a_complaint_that_only_leads_in_isnt_quoted_back(page):
    lines = page("You've lost the most important one! Add: ring social care before five, me.")
    assert not lines[0].startswith("I haven't managed this")
    assert any("social care" in line for line in steps_on(lines))


@pytest.mark.parametrize(
    ("said", "first"),
    [
        ("Seeing Ronan and Bryony should be first really.", "I'll see Ronan and Bryony"),
        ("Put Bel's check at the top", "Book Bel's check"),
    ],
)
def test_a_line_named_by_its_words_is_moved(said, first, page):
    assert steps_on(page(said))[0].startswith(f"1. {first}")


def test_what_is_only_said_of_a_word_is_none_of_its_line(page):
    lines = steps_on(page('4 should say book the clinic for Bel, "check" could be anything'))
    assert lines[3].startswith("4. book the clinic for Bel (")


def test_what_was_added_comes_off_when_its_line_is_called(page, monkeypatch):
    monkeypatch.setattr("assistant.conversation.put_right._remembered", lambda turn: ("She has a scan in May.",)
                        if "scan" in (turn.answer or "") else ())  # fmt: skip
    assert any(line.startswith("You added") for line in page("I just remembered she has a scan in May."))
    for off in (('Take off the "You added" line, that\'s just me moaning at you.',), ("You added", "take it off")):
        assert not any(line.startswith("You added") for line in page("I just remembered she has a scan in May.", *off))


def test_the_page_is_shown_after_each_correction_however_many_there_are(sit):
    session = sit(read=READER.read, minutes=30).session
    given = {"focus": "Two boys, Ronan and Ellis.", "decision": "We'll go back to conference.", "action": STEPS}
    while not session.state.current.asked.question.startswith("ending/page"):
        session.answer(given.get(session.state.current.asked.keeps, "I don't know"))
    for day in ("Wednesday", "Thursday", "Friday", "Wednesday"):
        session.answer(f"1 is me, by {day}")
        assert not session.state.finished
        assert any(line.startswith("1. ") for line in session.state.current.asked.said_first)
