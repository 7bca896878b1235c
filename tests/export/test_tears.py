"""Tears in odd places: what the worker says of themselves is in none of the case's documents, wherever they said it."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.conversation import events as e
from assistant.conversation.case_sketch import known_before
from assistant.conversation.prompts import Prompts, load_prompts
from assistant.conversation.state import State, replay
from assistant.export.gathering import handover
from assistant.export.handover import KINDS, Wanted
from assistant.export.templates import filled
from assistant.followup.actions import agreed_in
from assistant.followup.personal import parted
from assistant.noticing.observations import Noticing, Observation
from assistant.noticing.reading import Reading
from tests.shipped import reader
from tests.stores import START, answered, asked, started

NOWHERE = Path("/nonexistent")
READER = reader()
PASSED = "What went through your mind just then?"


@pytest.fixture(scope="module")
def prompts() -> Prompts:
    return load_prompts(NOWHERE)


def talked(*said: tuple[dict[str, object], str]) -> State:
    """A session of these questions and answers, each read as it is when somebody types it."""
    events: list[e.Event] = [started()]
    for number, (question, words) in enumerate(said):
        name = f"{question.get('theme', 'x')}/{number}"
        events += [asked(name, **question), answered(words, name)]
        state = replay(events)
        reading = READER.read(words, known_before(state, state.turns[-1], START.date()))
        events.append(e.Noticed(at=START, question=name, noticing=Noticing(), reading=reading))
    return replay(events)


@pytest.mark.parametrize(
    ("question", "answer", "case", "own"),
    [
        (
            "What did you see?",
            "She hid. I've been sleeping badly since.",
            "She hid.",
            "I've been sleeping badly since.",
        ),
        ("What did you see?", "He froze. I went to the car and cried.", "He froze.", "I went to the car and cried."),
        ("What did you see?", "I went in and she cried.", "I went in and she cried.", ""),
        ("What did you notice in yourself?", "Sad. Nobody's asked him since.", "Nobody's asked him since.", "Sad."),
        ("What is he like after contact?", "Sad.", "Sad.", ""),
        ("What did she say?", 'She told me "I\'m scared of him".', 'She told me "I\'m scared of him".', ""),
        ("What did he say?", "“I can’t sleep”, he said.", "“I can’t sleep”, he said.", ""),
        (PASSED, "Ashamed, mostly. She's eleven.", "She's eleven.", "Ashamed, mostly."),
        (
            "Who are you ringing?",
            "id say Shay is out til 3am. thats not what im crying about. its Mimi.",
            "id say Shay is out til 3am. its Mimi.",
            "thats not what im crying about.",
        ),
        ("What did you do?", "I left. I felt a bit of a fool after.", "I left.", "I felt a bit of a fool after."),
        ("What did you see?", "He hid. Feel sick to be honest.", "He hid.", "Feel sick to be honest."),
        (
            "What else is there?",
            "What else... my sister. Same thing, wi a cupboard door. I didnae say anything then either. "
            "Kirsty has a sling.",
            "Kirsty has a sling.",
            "What else... my sister. Same thing, wi a cupboard door. I didnae say anything then either.",
        ),
        (
            "What else?",
            "She hid. I knew and I said nothing. That's on me.",
            "She hid.",
            "I knew and I said nothing. That's on me.",
        ),
        ("Who has him?", "My husband is with Alfie, he's six.", "My husband is with Alfie, he's six.", ""),
        (
            "What do you need to think through?",
            "so its twins, Alfie and Maisie, im their health visitor and ive been twice and kerry kept me in the front "
            "room and then i weighed them and maisies dropped, i feel stupid, and she was on the 25th at seven month",
            "so its twins, Alfie and Maisie, im their health visitor and ive been twice and kerry kept me in the front "
            "room and then i weighed them and maisies dropped, […] and she was on the 25th at seven month",
            "i feel stupid",
        ),
        ("Who knows?", "Tash does. i cant stop crying today", "Tash does.", "i cant stop crying today"),
    ],
)
def test_an_answer_is_parted_sentence_by_sentence(question: str, answer: str, case: str, own: str):
    (turn,) = talked(({"text": question}, answer)).turns
    assert (parted(turn).case, parted(turn).personal) == (case, own)


def test_what_is_to_come_for_the_child_stays_in_the_case_though_it_frightens_the_worker():
    words = "Next contact is Thursday and that makes me feel sick, Daz will be there."
    feels = Observation(kind="worker-distress", spans=((0, len(words)),))
    events: list[e.Event] = [
        started(),
        asked(),
        answered(words),
        e.Noticed(at=START, question="opening/1", noticing=Noticing(observations=(feels,))),
    ]
    (turn,) = replay(events).turns
    assert (parted(turn).case, parted(turn).personal) == (words, "")


def test_what_is_said_of_the_family_where_the_worker_is_asked_after_stays_in_the_case():
    answer = (
        "I felt sick. There's a man who sleeps there, Mum's new partner. I've never met him. "
        "I haven't been unannounced since September. My manager will think I've got no spine."
    )
    asks: dict[str, object] = {
        "theme": "support-after-hard-visits",
        "stage": "reflection",
        "text": "What's underneath that?",
    }
    (turn,) = talked((asks, answer)).turns
    assert parted(turn).personal == "I felt sick. My manager will think I've got no spine."
    assert "I've never met him. I haven't been unannounced since September." in parted(turn).case


TEARS = (
    "I cried in the car.", "I've been sleeping badly.", "I had a cry before this.", "My eyes filled.",
    "I was in tears.", "It keeps me awake.", "I was wrung out.", "I've got 27 cases.", "I barely slept.",
)  # fmt: skip
ODD_PLACES: tuple[tuple[dict[str, object], str], ...] = (
    ({"keeps": "focus", "text": "What do you need?"}, f"Ruby is nine. {TEARS[0]} Mum drinks."),
    ({"keeps": "explanation", "text": "What might it be?"}, f"Mum can't cope. {TEARS[1]}"),
    ({"keeps": "risk", "theme": "risk", "text": "Which way?"}, f"Going up. {TEARS[2]}"),
    ({"keeps": "decision", "theme": "decision", "text": "What is decided?"}, f"Ruby stays on the plan. {TEARS[3]}"),
    ({"keeps": "action", "theme": "actions", "text": "Who does what?"}, f"I'll ring school on Friday. {TEARS[4]}"),
    ({"keeps": "outcome", "text": "What will be better?"}, f"She sleeps through the night. {TEARS[5]}"),
    ({"keeps": "child-told", "text": "What is she told?"}, f"Mum tells her on Friday after school. {TEARS[6]}"),
    ({"keeps": "next-date", "text": "When?"}, f"We meet again on 9 March. {TEARS[7]}"),
    ({"theme": "voice-of-the-child", "text": "What did she say?"}, f"She said no. {TEARS[8]}\nShe hid."),
)


def test_tears_are_in_the_personal_part_and_in_no_document_of_the_case(prompts: Prompts):
    state = talked(*ODD_PLACES)
    of = handover(state, prompts, actions=agreed_in(state), wanted=Wanted(appendix=True))
    personal = filled("personal", of, NOWHERE)
    for tears in TEARS:
        assert tears in personal
    for kind in KINDS:
        if kind not in {"personal", "escalation"}:
            text = filled(kind, of, NOWHERE)
            assert not [tears for tears in TEARS if tears.rstrip(".") in text], kind
    record = filled("record", of, NOWHERE)
    for words in ("Mum drinks", "Ruby stays on the plan", "ring school on Friday", "Mum tells her", "She hid"):
        assert words in record


def test_how_somebody_will_rest_is_no_step_for_the_child(prompts: Prompts):
    state = talked(
        ({"keeps": "action", "theme": "actions"}, "I'll ring school on Friday."),
        (
            {"keeps": "wellbeing", "theme": "closing"},
            "I'm worried about my caseload but I'll sleep. I'll ring my buddy.",
        ),
    )
    assert [action.text for action in agreed_in(state)] == ["ring school on Friday"]


def test_a_hard_visit_is_told_in_the_case_and_what_it_did_to_the_worker_is_not():
    answer = (
        "In the kitchen, proper crying, and Rob was at work. I made her a tea and said I'd chase panel. "
        "I don't think she meant it like that. I've been no use to anybody since."
    )
    asks: dict[str, object] = {
        "theme": "support-after-hard-visits",
        "stage": "reflection",
        "text": "“I did a visit last Thursday that was hard” What's underneath that?",
    }
    (turn,) = talked((asks, answer)).turns
    assert parted(turn).personal == "I've been no use to anybody since."
    assert "Rob was at work. I made her a tea" in parted(turn).case


def test_what_is_only_said_to_the_program_is_in_no_file():
    words = "You've just asked me that. He was on the stairs in his pyjamas."
    aside = ((0, len("You've just asked me that.")),)
    events: list[e.Event] = [
        started(),
        asked(),
        answered(words),
        e.Noticed(at=START, question="opening/1", noticing=Noticing(), reading=Reading(to_us=aside)),
    ]
    (turn,) = replay(events).turns
    assert (parted(turn).case, parted(turn).personal) == ("He was on the stairs in his pyjamas.", "")
