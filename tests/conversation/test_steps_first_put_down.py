"""Steps as they're first put down, from answers as different people type them: each whole, with whose it is."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.noticing.reading import Known
from tests.shipped import reader

READER = reader()
MONDAY = date(2026, 11, 30)
ASKED = "Let's write down the steps. What happens next, who does it, and by what day?"


def put_down(answer: str) -> list[tuple[str, str, str]]:
    read = READER.read(answer, Known(today=MONDAY, question=ASKED, keeps="action"))
    return [(step.text, step.who, f"{step.by:%d.%m}" if step.by else "") for step in read.steps]


@pytest.mark.parametrize(
    ("answer", "step"),
    [
        ("I put the intel in tonight, via the portal, with the reg number.",
         ("I put the intel in tonight, via the portal, with the reg number", "me", "30.11")),
        ("strat discussion, I ask for it again tomorrow am, by email, to the duty manager, cc police",
         ("strat discussion, I ask for it again tomorrow am, by email, to the duty manager, cc police", "me", "01.12")),
        ("see dad on his own, at the office, not the flat, I'll book that for tomorrow",
         ("see dad on his own, at the office, not the flat, I'll book that for tomorrow", "me", "01.12")),
        ("NRM referral, I get it in by tomorrow, with the hotel names and the train tickets, to the exploitation lead",
         ("NRM referral, I get it in by tomorrow, with the hotel names and the train tickets, to the exploitation lead",
          "me", "01.12")),
        ("Grab Leah after assembly, just us, ask how the weekend was, I'll do it tomorrow",
         ("Grab Leah after assembly, just us, ask how the weekend was, I'll do it tomorrow", "me", "01.12")),
        ("If he's not in by 9.30 tomorrow, I ring mum and then I ring the police.",
         ("If he's not in by 9.30 tomorrow, I ring mum and then I ring the police", "me", "01.12")),
        ("Skeletal survey and bloods tonight, registrar to order.",
         ("Skeletal survey and bloods tonight, registrar to order", "registrar", "30.11")),
        ("I'd like the school nurse to see her, Weds, on her own, no TA in the room.",
         ("I'd like the school nurse to see her, Weds, on her own, no TA in the room", "the school nurse", "02.12")),
        ("Catch the grandma, when she's picking up from nursery, ask her about the bruise, I'll do that this week, "
         "Thursday probably",
         ("Catch the grandma, when she's picking up from nursery, ask her about the bruise, I'll do that this week, "
          "Thursday probably", "me", "03.12")),
    ],
)  # fmt: skip
def test_a_piece_that_only_adds_belongs_to_the_step_beside_it(answer, step):
    assert put_down(answer) == [step]


def test_a_condition_stays_with_its_step_and_the_step_with_whoever_says_i():
    answer = "I'm ringing the registrar now, and if they won't have her in I go to the named doctor."
    assert [(text, who) for text, who, _ in put_down(answer)] == [
        ("I'm ringing the registrar now", "me"),
        ("if they won't have her in I go to the named doctor", "me"),
    ]


def test_me_and_a_day_in_a_sentence_of_their_own_are_of_the_step_before():
    ((_, who, by),) = put_down("Ask nan to have them at the weekend, in writing. Me, by Thursday.")
    assert (who, by) == ("me", "03.12")


def test_each_turn_of_somebody_else_stays_a_step():
    answer = "Deputy head rings the LA, today; I sit with Aaron until his nan comes. HV to weigh him."
    assert [who for _, who, _ in put_down(answer)] == ["Deputy head", "me", "HV"]


def test_two_jobs_of_one_person_stay_two():
    answer = "Letter to the dentist, me, tomorrow. I ring the school nurse on Wednesday."
    assert [by for _, _, by in put_down(answer)] == ["01.12", "02.12"]
