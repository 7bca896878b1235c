"""Steps stand as everything that was said of them left them; what each answer says is given here, not read."""

from __future__ import annotations

from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as some

from assistant.conversation.agreed_steps import after, steps_of
from assistant.conversation.same_steps import only_names, same_step
from assistant.conversation.state import State, Turn
from assistant.noticing.reading import Part, Reading, Step

HELD = datetime(2026, 3, 2, 10, tzinfo=UTC)
"""A Monday."""
RING = Step(text="Ring the school nurse", span=(0, 0), who="me", by=date(2026, 3, 3), by_words="tomorrow")
WEIGH = Step(text="Somebody to weigh the baby", span=(0, 0))
SEE = Step(text="See Tia at school on Thursday", span=(0, 0), who="me", by=date(2026, 3, 5), by_words="Thursday")
SHOWN = (
    "1. Ring the school nurse (Me, 3 March 2026)",
    "2. Somebody to weigh the baby (nobody named yet, no day yet)",
    "3. See Tia at school on Thursday (Me, 5 March 2026)",
)


def _turn(**parts: object) -> Turn:
    return cast("Turn", SimpleNamespace(**parts))


def said(answer: str, *parts: tuple[str, str, tuple[int, ...]], new: tuple[Step, ...] = (), keeps="next-date"):
    """The three steps after an answer in which these stretches are of these kinds, and of these lines."""
    read = [
        Part(kind=kind, span=(answer.index(words), answer.index(words) + len(words)), lines=lines)
        for kind, words, lines in parts
    ]
    asked = SimpleNamespace(question="ending/page-and-date", said_first=SHOWN, keeps=keeps, at=HELD)
    turn = _turn(answer=answer, reading=Reading(parts=tuple(read), steps=new), asked=asked)
    return after([RING, WEIGH, SEE], turn)


def test_a_step_is_given_to_whoever_is_named_and_is_no_longer_for_somebody():
    _, weigh, _ = said("2's the health visitor's", ("who", "the health visitor's", (1,)))
    assert (weigh.who, weigh.text) == ("the health visitor", "weigh the baby")


@pytest.mark.parametrize(("words", "who"), [("I'll", "me"), ("me", "me"), ("Jas", "Jas"), ("nobody", "me")])
def test_whoever_types_is_me_and_nobody_is_nobody(words, who):
    ring, *_ = said(f"1 is {words}", ("who", words, (0,)))
    assert ring.who == who


def test_one_name_may_be_for_several_steps():
    ring, weigh, see = said("1 and 2 are Jas", ("who", "Jas", (0, 1)))
    assert [step.who for step in (ring, weigh, see)] == ["Jas", "Jas", "me"]


def test_somebody_who_is_to_be_in_it_as_well_takes_nobody_s_place():
    ring, *_ = said("1 still needs the TA in it", ("who", "the TA", (0,)))
    assert ring.who == "me and the TA"


def test_a_new_day_takes_the_place_of_the_old_one_also_in_its_words():
    *_, see = said("3 is Friday", ("when", "Friday", (2,)))
    assert (see.by, see.text) == (date(2026, 3, 6), "See Tia at school")


def test_a_time_that_is_no_day_stays_in_the_words_it_was_said_in():
    ring, *_ = said("1 is before half term", ("when", "before half term", (0,)))
    assert (ring.by, ring.by_words) == (None, "before half term")


def test_what_goes_and_what_is_done_are_steps_no_more():
    assert said("3 out, 1 done", ("drop", "3 out", (2,)), ("done", "1 done", (0,))) == [WEIGH]


def test_other_words_stand_beside_the_old_ones_unless_they_are_said_to_be_what_it_should_say():
    _, weigh, _ = said("2, with her mum there", ("words", "with her mum there", (1,)))
    assert weigh.text == "Somebody to weigh the baby: with her mum there"
    _, weigh, _ = said("2 should say weigh her at clinic", ("words", "weigh her at clinic", (1,)))
    assert weigh.text == "weigh her at clinic"


@pytest.mark.parametrize(
    ("answer", "order"),
    [
        ("swap 1 and 3", [SEE, WEIGH, RING]),
        ("3 goes first", [SEE, RING, WEIGH]),
        ("1 last", [WEIGH, SEE, RING]),
        ("3 before 2", [RING, SEE, WEIGH]),
        ("1 after 2", [WEIGH, RING, SEE]),
    ],
)
def test_steps_stand_in_the_order_that_is_asked_for(answer, order):
    number = next(int(letter) for letter in answer if letter.isdigit())
    assert said(answer, ("order", answer, (number - 1,))) == order


def test_two_that_are_one_become_the_fuller_with_what_the_other_adds():
    (_, weigh, see) = said("2 and 3 are one", ("join", "2 and 3 are one", ()))
    assert (weigh, see) == (WEIGH, SEE)
    nurse = Step(text="Somebody to ring that school nurse about it", span=(0, 0))
    asked = SimpleNamespace(question="ending/page", said_first=SHOWN[:2], keeps=None, at=HELD)
    joined = Part(kind="join", span=(0, 20), lines=(0, 1))
    (one,) = after([RING, nurse], _turn(answer="1 and 2 are the same", reading=Reading(parts=(joined,)), asked=asked))
    assert (one.text, one.who) == (nurse.text, "me")


def test_two_that_are_said_to_be_one_and_share_no_word_keep_both():
    (one, _) = said("1 and 2 are the same", ("join", "1 and 2 are the same", (0, 1)))
    assert one.text == "Ring the school nurse; Somebody to weigh the baby"


def test_one_that_is_two_is_cut_where_it_joins_them():
    two = Step(text="Ring Mum and visit the school", span=(0, 0), who="me")
    turn = _turn(
        answer="1 is two things",
        reading=Reading(parts=(Part(kind="split", span=(0, 15), lines=(0,)),)),
        asked=SimpleNamespace(question="ending/page", said_first=SHOWN[:1], keeps=None, at=HELD),
    )
    assert [step.text for step in after([two], turn)] == ["Ring Mum", "visit the school"]


def test_a_new_step_stands_at_the_end_and_another_draft_of_one_fills_it():
    other = Step(text="Tell my manager", span=(0, 15), who="me")
    *_, last = said("Tell my manager", new=(other,))
    assert last == other
    again = Step(text="weigh the baby at clinic", span=(0, 24), who="health visitor", by=date(2026, 3, 6))
    steps = said("weigh the baby at clinic", new=(again,))
    assert len(steps) == 3
    assert (steps[1].who, steps[1].by) == ("health visitor", date(2026, 3, 6))


def test_a_complaint_that_a_step_is_lost_takes_nothing_off():
    assert said("1's gone back to Jas", ("drop", "1's gone back", (0,))) == [RING, WEIGH, SEE]


def test_the_same_thing_done_by_another_is_another_step():
    assert not same_step(SEE, SEE.model_copy(update={"who": "Jas", "text": "See Tia at school"}))


def test_the_same_done_by_the_same_person_on_the_same_day_is_the_later_draft_of_one():
    twice = Step(text="I'll see her twice on Thursday", span=(0, 30), who="me", by=date(2026, 3, 5))
    assert [step.text for step in said("I'll see her twice on Thursday", new=(twice,))][2:] == [twice.text]


def test_where_a_gap_was_asked_about_the_line_is_the_step_it_names():
    answer = "the nurse"
    part = Part(kind="who", span=(0, 9), lines=(0,))
    asked = SimpleNamespace(
        question="actions/gaps", said_first=("“Somebody to weigh the baby” has no day.",), keeps="step-gap", at=HELD
    )
    turn = _turn(answer=answer, reading=Reading(parts=(part,)), asked=asked)
    assert [step.who for step in after([RING, WEIGH, SEE], turn)] == ["me", "the nurse", "me"]


def test_where_a_line_asked_about_is_gone_what_is_said_of_the_next_is_of_the_next():
    asked = SimpleNamespace(
        question="actions/gaps",
        said_first=(
            "“Visit Gran” has no day.",
            "“Somebody to weigh the baby” has no day.",
            "“See Tia at school” has nobody.",
        ),
        keeps="step-gap",
        at=HELD,
    )
    parts = (Part(kind="who", span=(0, 3), lines=(1,)), Part(kind="who", span=(4, 7), lines=(0,)))
    turn = _turn(answer="Jas Bev", reading=Reading(parts=parts), asked=asked)
    assert [step.who for step in after([RING, WEIGH, SEE], turn)] == ["me", "Jas", "me"]


@given(some.lists(some.sampled_from(["keep", "aside", "enough", "question", "remembered", "told"]), max_size=4))
def test_what_is_of_no_step_changes_none(kinds):
    assert said("all fine", *((kind, "all fine", (0, 1, 2)) for kind in kinds)) == [RING, WEIGH, SEE]


def test_nothing_is_done_unless_somebody_says_so():
    assert [step.text for step in said("1 is for tonight, before anything", ("done", "1 is for tonight", (0,)))] == [
        RING.text,
        WEIGH.text,
        SEE.text,
    ]


def test_of_two_that_are_the_same_the_one_it_is_said_to_be_stays():
    ring, see = said("Take off 2, same thing as 1", ("drop", "Take off 2", (1,)), ("join", "same thing as 1", (0, 1)))
    assert (ring.text, see.text) == (RING.text, SEE.text)


def test_what_goes_in_with_another_is_kept_in_its_words():
    ring, _ = said("put 2 in with 1, one job", ("join", "put 2 in with 1, one job", (1, 0)))
    assert ring.text == f"{RING.text}; {WEIGH.text}"


def test_a_line_said_afresh_takes_who_and_when_from_its_words():
    _, weigh, _ = said("2 is me weighing the baby on Thursday", ("words", "me weighing the baby on Thursday", (1,)))
    assert (weigh.text, weigh.who, weigh.by) == ("me weighing the baby on Thursday", "me", date(2026, 3, 5))


def test_a_word_that_is_not_to_stand_there_is_put_right_in_its_place():
    _, _, see = said('3 should say Tia Shaw, not "Tia"', ("words", "Tia Shaw", (2,)))
    assert see.text == "See Tia Shaw at school on Thursday"


def test_a_step_that_comes_back_comes_back_whole():
    turn = _turn(
        answer="You've lost ringing the nurse.",
        reading=Reading(parts=(), steps=(Step(text="ringing the school nurse", span=(11, 28)),)),
        asked=SimpleNamespace(question="ending/page-again", said_first=SHOWN[1:], keeps=None, at=HELD),
    )
    assert after([WEIGH, SEE], turn, gone=[RING])[-1].who == "me"


def test_put_it_back_means_what_went_last():
    turn = _turn(
        answer="no! put it back, at the top",
        reading=Reading(parts=(), steps=()),
        asked=SimpleNamespace(question="ending/page-again", said_first=SHOWN[1:], keeps=None, at=HELD),
    )
    assert after([WEIGH, SEE], turn, gone=[RING])[0] == RING


def test_two_rings_on_one_evening_are_two_steps():
    one, other = (
        Step(text=f"me to ring {whom} tonight", span=(0, 1), who="me", by=date(2026, 3, 2), by_words="tonight")
        for whom in ("out of hours", "Bev")
    )
    assert not same_step(one, other)


def _stand(keeps: str, shown: tuple[str, ...], answer: str, *parts: Part, new: tuple[Step, ...] = ()) -> Turn:
    asked = SimpleNamespace(question=f"asked/{keeps}", said_first=shown, keeps=keeps, at=HELD)
    return _turn(answer=answer, reading=Reading(parts=parts, steps=new), asked=asked)


def _kept(*turns: Turn, put_down: tuple[Step, ...] = ()) -> list[str]:
    added = (SimpleNamespace(at=HELD, steps=put_down),) if put_down else ()
    return [step.text for step in steps_of(cast("State", SimpleNamespace(turns=turns, added=added)))]


def test_what_was_put_down_comes_off_like_any_step():
    first = _stand("decision", (), "I'll see Tia on Thursday", new=(SEE,))
    off = Part(kind="drop", span=(0, 10), lines=(1,))
    asked_off = _stand("action", (SHOWN[2], "2. Ring the school nurse (Me)"), "Take off 2", off)
    assert _kept(first, put_down=(RING,)) == [SEE.text, RING.text]
    assert _kept(first, asked_off, put_down=(RING,)) == [SEE.text]


@pytest.mark.parametrize(
    "answer",
    ["Me, tonight. Take off 1.", "take 1 off please", "scrap 1", "1 isn't a step", "from me. 1 on ur list isnt a step"],
)
def test_a_line_comes_off_by_its_number_whatever_is_asked(answer):
    first = _stand("decision", (), "I'll ring and see her", new=(RING, SEE))
    listed = _stand("action", (SHOWN[0], SHOWN[2]), "That's it")
    assert _kept(first, listed, _stand("child-told", (), answer)) == [SEE.text]
    assert _kept(first, listed, _stand("child-told", (), "1 of them will hear it from me")) == [RING.text, SEE.text]


def test_a_reason_given_with_a_decision_is_no_step():
    why = Step(text="neglect plus mum unseen", span=(0, 0))
    assert _kept(_stand("decision", (), "I'm ringing, neglect plus mum unseen", new=(why, RING))) == [RING.text]


def test_what_will_be_done_takes_the_place_of_what_might_be():
    might = Step(text="I could ring the surgery I suppose, before six", span=(0, 0), who="me", by=date(2026, 3, 2))
    will = Step(text="I ring the surgery today", span=(0, 0), who="me", by=date(2026, 3, 2), by_words="today")
    turn = _turn(
        answer="I ring the surgery today.",
        reading=Reading(parts=(), steps=(will,)),
        asked=SimpleNamespace(question="actions/steps", said_first=(), keeps="action", at=HELD),
    )
    assert [step.text for step in after([might], turn)] == ["I ring the surgery today"]


def test_whoever_a_pronoun_means_stands_on_the_line():
    _, _, see = said("3 doesn't say who Tia is. It's Tia Marsh.", ("words", "Tia is. It's Tia Marsh", (2,)))
    assert see.text == "See Tia Marsh at school on Thursday"


def test_a_line_goes_first_after_all_else_is_done():
    answer = "3 first, and 1 is Jas"
    moved = said(answer, ("order", "3 first", (2,)), ("who", "Jas", (0,)))
    assert [step.who for step in moved] == ["me", "Jas", ""]


def test_what_has_to_be_done_to_a_thing_is_a_job_of_its_own():
    see = Step(text="she sees Mina before the review, Thursday", span=(0, 0))
    assert only_names([see], Step(text="the review has to be told", span=(0, 0))) is None
    assert only_names([see], Step(text="the review, that's me", span=(0, 0), who="me")) == 0


def test_ringing_somebody_is_one_step_whether_or_not_it_is_said_what_about():
    about = Step(text="I'll ring Pat and tell her about Shanice and the sofa", span=(0, 0), who="me")
    when = Step(text="ring Pat this afternoon", span=(0, 0), by=HELD.date(), by_words="this afternoon")
    assert same_step(about, when)
    assert not same_step(about, when.model_copy(update={"text": "ring Bev this afternoon"}))
    assert not same_step(about.model_copy(update={"by": date(2026, 3, 6), "by_words": "Friday"}), when)
