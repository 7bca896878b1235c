"""The child and the family at the head of a record, from answers as they are read."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.conversation import events as e
from assistant.conversation.case_sketch import known_before
from assistant.conversation.prompts import Prompts, load_prompts
from assistant.conversation.state import replay
from assistant.export.family import Family, family
from assistant.export.family_before import with_earlier
from assistant.export.gathering import handover
from assistant.noticing.observations import Noticing, Observation
from tests.shipped import reader
from tests.stores import START, answered, asked, started

NOWHERE = Path("/nonexistent")
READER = reader()
TWO = "Ruby is nine and her brother Jay is three."
"""The session is held on Monday 2 March 2026."""


@pytest.fixture(scope="module")
def prompts() -> Prompts:
    return load_prompts(NOWHERE)


def told(*answers: str, shows: str = "") -> Family:
    """The family after these answers, in which the words `shows` were noticed as a child's own."""
    events: list[e.Event] = [started()]
    for number, words in enumerate(answers):
        question = f"voice-of-the-child/experience/{number}"
        events += [asked(question, theme="voice-of-the-child"), answered(words, question)]
        state = replay(events)
        read = READER.read(words, known_before(state, state.turns[-1], START.date()))
        at = words.find(shows) if shows else -1
        seen = (Observation(kind="child-words", spans=((at, at + len(shows)),)),) if at >= 0 else ()
        events.append(e.Noticed(at=START, question=question, noticing=Noticing(observations=seen), reading=read))
    return family(replay(events))


@pytest.mark.parametrize(
    ("words", "seen", "alone"),
    [
        ("I saw Ruby alone at school last Tuesday.", "24 February 2026", "yes, 24 February 2026"),
        ("The health visitor saw Ruby on 20 February.", "20 February 2026 (by the health visitor)", ""),
        ("I saw Ruby on 20 February. I saw Ruby on 3 February on her own.", "20 February 2026", "yes, 3 February 2026"),
        ("Ruby was on the sofa when I went on Thursday.", "26 February 2026", ""),
        ("Ruby was at school when I went on Thursday.", "", ""),
        ("I didn't see Ruby on Thursday.", "", ""),
        ("I saw Ruby on her own on Thursday, she wouldn't look at me.", "26 February 2026", "yes, 26 February 2026"),
        ("I haven't seen Ruby on her own since October.", "", "not since October"),
        ("I saw Mum on Thursday and Ruby was out.", "", ""),
        ("I'm going to see Ruby on Thursday.", "", ""),
        ("I haven't seen Ruby since January.", "not since January", ""),
    ],
)
def test_a_child_was_last_seen_on_the_day_somebody_says_they_saw_them(words: str, seen: str, alone: str):
    ruby = next(child for child in told(TWO, words).children if child.called == "Ruby")
    assert (ruby.last_seen, ruby.seen_alone) == (seen, alone)


def test_a_father_is_called_by_his_name_and_stands_among_the_men_however_late_it_is_said():
    said = told("Ruby is nine. Her dad lives across town.", "Her dad is called Marcus.", "Marcus's mum has a dog.")
    assert [man.called for man in said.men] == ["Marcus (Dad)"]
    assert [child.called for child in said.children] == ["Ruby"]


def test_a_man_only_seen_in_a_car_has_not_been_met():
    (vince,) = told("Ruby is nine.", "There's a man called Vince. I've only seen him in the car.").men
    assert (vince.called, vince.met) == ("Vince", "")


def test_a_child_described_by_an_age_that_is_known_is_no_other_child():
    children = told("Sky is four months old.", "A four month old can't roll.", "The baby was quiet.").children
    assert [child.called for child in children] == ["Sky"]


def test_a_name_that_stands_only_in_a_step_is_not_put_down_as_a_child():
    events: list[e.Event] = [started()]
    for question, keeps, words in (("x/1", None, TWO), ("actions/steps", "action", "3. Police check on Craig")):
        events += [asked(question, keeps=keeps), answered(words, question)]
        state = replay(events)
        read = READER.read(words, known_before(state, state.turns[-1], START.date()))
        events.append(e.Noticed(at=START, question=question, noticing=Noticing(), reading=read))
    assert [child.called for child in family(replay(events)).children] == ["Ruby", "Jay"]


def test_a_child_s_day_is_what_they_said_and_did_in_a_sentence_about_them():
    words = "I saw Ruby at school last Tuesday. She said she does Jay's bottle because Mum is asleep."
    days = {child.called: child.day for child in told(TWO, words, shows="She said she does Jay's bottle").children}
    assert days == {"Ruby": "She said she does Jay's bottle because Mum is asleep.", "Jay": ""}


def test_what_only_an_earlier_session_said_stands_at_the_head_of_the_next_record():
    earlier = told(
        TWO, "I saw Jay on 20 February. Jay's dad Craig lives with his mum.", "It's a child protection plan."
    )
    now = with_earlier(told("Ruby is fine at school, she is a happy child. The brother was asleep."), [earlier])
    assert [(child.called, child.age) for child in now.children] == [("Ruby", "9"), ("Jay", "3")]
    assert now.children[1].last_seen == "20 February 2026"
    assert "Craig (Dad)" in {man.called for man in now.men}
    assert now.plan == "child protection plan"


def test_a_family_s_earlier_words_give_way_to_this_session_s():
    earlier, now = told("Ruby is nine. I saw Ruby on 5 January."), told("Ruby is ten. I saw Ruby on 20 February.")
    (ruby,) = with_earlier(now, [earlier]).children
    assert (ruby.age, ruby.last_seen) == ("10", "20 February 2026")


def test_the_plan_says_what_for_and_since_when():
    since = told("Ruby is nine. They've been on a child protection plan for neglect since October.")
    long = told("Ruby is nine. They've been on a plan, child in need, for eight months.")
    assert (since.plan, since.since) == ("child protection plan for neglect", "since October")
    assert (long.plan, long.since) == ("child in need plan", "for eight months")


def test_a_plan_that_is_wanted_or_was_refused_is_none_and_a_day_of_a_month_is_whole():
    stepped = told(
        "Ruby is nine. They're on a child protection plan for neglect since the 20th of October.",
        "The chair wants a child in need plan from January. I'm supposed to be recommending step down.",
    )
    assert (stepped.plan, stepped.stage, stepped.since) == (
        "child protection plan for neglect",
        "",
        "since the 20th of October",
    )
    assert told("Ruby is nine. I'd ask for a child protection plan.").plan == ""


def test_a_child_who_is_not_born_has_no_day_and_is_one_child():
    family = told("Ruby isn't born yet. Mum is 19.", "Whether he's keeping her from me.", shows="keeping her")
    (child,) = family.children
    assert (child.age, child.day) == ("not born yet", "")


def test_a_friend_s_brother_and_an_earlier_partner_s_children_are_no_children_of_the_family():
    family = told(
        "Jay is fifteen and he lives with his mum.",
        "A friend's older brother dropped him at the door. Jay calls him my big brother.",
        "I last saw him on 20 February with Mum there.",
    )
    assert [(child.called, child.last_seen) for child in family.children] == [("Jay", "20 February 2026")]
    others = told(TWO, "His last partner had two children and they were on a plan.")
    assert [child.called for child in others.children] == ["Ruby", "Jay"]


def test_he_alone_is_nobody_s_day_where_it_may_be_another_and_alone_at_home_is_not_seen_alone():
    family = told(TWO, "She gave him his tea every day.", "A man came to the door and Ruby was on her own.")
    ruby, jay = family.children
    assert ruby.seen_alone == "" and "tea" not in jay.day


def test_a_child_who_has_to_be_the_parent_is_still_a_child():
    assert [child.called for child in told(TWO, "Ruby is the parent at night.").children] == ["Ruby", "Jay"]


def test_the_worker_s_own_manager_is_no_agency_and_a_teacher_is_the_school():
    assert told("My manager, the DSL, the health visitor and school all came.").agencies == ("school", "health visitor")


def test_what_is_put_right_when_it_is_read_back_has_its_own_place_and_assent_has_none(prompts: Prompts):
    def session(words: str, **more: object) -> tuple[list[str], str]:
        events: list[e.Event] = [
            started(),
            asked("ending/page", theme="ending", **more),
            answered(words, "ending/page"),
        ]
        of = handover(replay(events), prompts)
        return [said.answer for said in of.put_right], of.next_time

    assert session("Nan is coming to the meeting too") == (["Nan is coming to the meeting too"], "")
    for nothing in ("No, that's right.", "Nothing", "no that looks fine to me", "All good, thanks"):
        assert session(nothing) == ([], "")
        assert session(f"{nothing.rstrip('.')}. Monday 30 March.", keeps="next-date") == ([], "Monday 30 March.")
    both = "Add that Nan is coming. We meet on 30 March."
    assert session(both, keeps="next-date") == (["Nan is coming."], "We meet on 30 March.")
    assert session("Whenever the conference is", keeps="next-date") == ([], "Whenever the conference is")


def test_the_job_and_how_the_law_stands_are_the_worker_s_own_words_where_the_sketch_knows_none():
    family = told("I'm his personal adviser. He's Danny, 17, in supported accommodation. He wouldn't want section 20.")
    assert (family.job, family.plan) == ("personal adviser", "supported accommodation")
    assert told("I'm not the safeguarding lead.").job == ""


def test_a_parent_of_whom_it_isn_t_said_which_is_in_the_family_and_a_carer_who_is_wanted_is_not():
    family = told("It's Maisie, she's 12. Parents are Jo and Rob. What they need is a carer in at night.")
    assert {one.called for one in (*family.men, *family.others)} == {"Jo", "Rob"}


def test_a_lad_next_door_is_no_child_of_the_family():
    family = told(
        "It's Danny, he's 17.", "The lad in the next room, Kai, rang me.", "Ask Kai, he was at school with him."
    )
    assert [child.called for child in family.children] == ["Danny"]


def test_a_child_last_seen_by_others_was_not_seen_by_the_worker():
    (danny,) = told("Danny is 17.", "Danny was last seen getting in a car on Saturday.").children
    assert danny.last_seen == "28 February 2026 (by others)"
    told_so = "Last actual sighting is Kai, who said he saw him getting in a car on Saturday."
    assert told("Danny is 17.", told_so).children[0].last_seen == "28 February 2026 (by others)"


def test_whoever_is_only_named_is_no_child_of_the_family_and_nobody_is_two():
    family = told(
        "It's Poppy, three months, and her brother Jay is 3.",
        "Grace's cot was wet and Grace cried.",
        "A baby of thirteen weeks!",
    )
    assert [child.called for child in family.children] == ["Poppy", "Jay"]
    assert family.named == ("Grace",)


def test_since_monday_is_not_how_long_a_plan_has_been():
    assert told("Ruby is nine. It's been going on since Monday.").since == ""
