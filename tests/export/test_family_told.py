"""Who somebody is, and what is so at this moment, as the worker tells it in so many words."""

from __future__ import annotations

import pytest

from assistant.conversation import events as e
from assistant.conversation.case_sketch import known_before
from assistant.conversation.prompts import load_prompts
from assistant.conversation.state import State, apply, replay
from assistant.export.agencies import agencies
from assistant.export.family import ChildLine, Family, family
from assistant.export.family_told import as_told
from assistant.export.gathering import handover
from assistant.export.templates import filled
from assistant.export.who_they_are import who_they_are
from assistant.noticing.observations import Noticing
from assistant.resources import PACKAGE
from tests.shipped import reader
from tests.stores import START, answered, asked, started

NOWHERE = PACKAGE / "no-such-home"
READER = reader()


def session(*answers: str) -> State:
    events: list[e.Event] = [started()]
    for number, words in enumerate(answers):
        question = f"opening/{number}"
        events += [asked(question), answered(words, question)]
        state = replay(events)
        read = READER.read(words, known_before(state, state.turns[-1], START.date()))
        events.append(e.Noticed(at=START, question=question, noticing=Noticing(), reading=read))
    return replay(events)


def told(*answers: str) -> Family:
    state = session(*answers)
    return as_told(family(state), state)


@pytest.mark.parametrize(
    ("said", "name", "words"),
    [
        ("I'll ring Shelley (his sw) first thing.", "Shelley", "his sw"),
        ("Daz is mums new partner, he isnt even supposed to be there", "Daz", "mums new partner"),
        ("mum's partner does all the pick-ups now I'll call him Dean", "Dean", "mum's partner"),
        ("I wake the on-call manager, Denise, now.", "Denise", "the on-call manager"),
        ("lindsay the named nurse said so", "lindsay", "the named nurse"),
        ("Me and Marek are on shift to 8.", "Marek", "on shift"),
    ],
)
def test_who_somebody_is_stands_in_the_worker_s_words(said: str, name: str, words: str):
    assert who_they_are([said], [name])[name].words == words


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("I'm a foster carer, our little one I'll call him Alfie", "Alfie"),
        ("It could be Otis's father.", "Otis"),
        ("I told Shelley what he said.", "Shelley"),
    ],
)
def test_nobody_is_made_somebody_by_words_about_another(said: str, name: str):
    assert name not in who_they_are([said], [name])


def test_a_partner_with_a_name_is_one_man_and_a_colleague_is_no_child():
    of = told(
        "It's Alfie, he's 6. He went quiet after contact with his mum's boyfriend there.",
        "He said it's just for me and Daz. Daz is mums new partner. I'll ring Shelley (his sw) at nine.",
        "Marek said leave it. Me and Marek are on shift to 8, and Marek is twelve years in this house.",
    )
    assert [man.called for man in of.men] == ["Daz (mums new partner)"]
    assert [child.called for child in of.children] == ["Alfie"]
    assert {"Shelley (his sw)", "Marek (on shift)"} <= set(of.who)
    assert of.named == ()


def test_a_child_who_is_with_the_worker_as_they_speak_was_seen_then():
    (alfie,) = told("It's Alfie, he's 6.", "He's upstairs in bed, I'm with him.").children
    assert (alfie.last_seen, alfie.seen_alone) == ("2 March 2026, during this session", "")
    said = replay([started(), asked(), answered("And we have talked about on his own, hes with me every bedtime")])
    (alone,) = as_told(Family((ChildLine("Alfie"),), (), ()), said).children
    assert alone.seen_alone == "yes; the day isn't noted"


def test_of_two_children_nobody_is_seen_by_a_him():
    seen = [child.last_seen for child in told("Ruby is nine and Jay is three.", "He's in bed, I'm with him.").children]
    assert seen == ["", ""]


def test_the_agencies_are_those_the_worker_names_each_once_and_never_their_own():
    said = ["I manage a nursery. She has a step at that front door. If not I phone 101."]
    assert agencies(("nursery", "front door", "duty team", "duty"), "manager", said) == ("duty team", "police")
    assert agencies(("front door",), "", ["The front door said no."]) == ("front door",)
    assert agencies(("ta",), "", ["im going to ring, ta"]) == ()
    assert agencies(("ta",), "", ["The TA logs it."]) == ("school",)
    assert agencies(("nursery", "nurse"), "", ["the nursery nurse at clinic said so"]) == ()


def test_twins_are_of_one_age():
    children = told("It's twins, Alfie and Maisie, Maisie is nine months. I weighed Alfie and Maisie.").children
    assert [child.age for child in children] == [children[0].age] * 2 and children[0].age


def test_a_father_of_whom_nothing_is_said_is_a_gap_that_is_marked():
    prompts = load_prompts(NOWHERE)
    none, known = (
        filled("record", handover(session(*said), prompts), NOWHERE)
        for said in (("It's Alfie, he's 6. Mum drinks.",), ("It's Alfie, he's 6. His dad lives in Leeds.",))
    )
    assert "- **Father:** *not noted*" in none and "**Father:**" not in known


@pytest.mark.parametrize(("said", "marked"), [("I'll tell Alfie on Monday.", True), ("I'll tell him and mum.", False)])
def test_a_parent_of_whom_it_isn_t_said_what_they_hear_is_a_gap_that_is_marked(said: str, marked: bool):
    state = session("It's Alfie, he's 6. Mum drinks.")
    told: list[e.Event] = [
        asked("end/told", keeps="child-told", text="What will Alfie hear?"),
        answered(said, "end/told"),
    ]
    for event in told:
        state = apply(state, event)
    record = filled("record", handover(state, load_prompts(NOWHERE)), NOWHERE)
    assert ("**What a parent will be told:** *not noted*" in record) is marked
