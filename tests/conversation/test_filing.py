"""What of an answer is kept where its question keeps it, whatever is said to us before it or after."""

from __future__ import annotations

from datetime import UTC, datetime
from types import SimpleNamespace
from typing import cast

import pytest

from assistant.conversation.filing import filed
from assistant.conversation.state import Turn
from assistant.noticing.reading import Reading, Stand
from tests.conversation.conftest import answered

HELD = datetime(2026, 3, 2, 10, tzinfo=UTC)


def told(answer: str, complaint: str = "") -> str:
    """What is kept of an answer to how the child will hear of it, of which the complaint was read as one."""
    asked = SimpleNamespace(
        question="actions/told-to-the-child", said_first=(), keeps="child-told", at=HELD, text="How will they hear?"
    )
    stands = (Stand(stance="corrects-us", span=(0, len(complaint))),) if complaint else ()
    return filed(cast("Turn", SimpleNamespace(answer=answer, asked=asked, reading=Reading(stands=stands))))


@pytest.mark.parametrize(
    ("complaint", "kept", "question"),
    [
        ("I didnt say that but ok.", '"Ruby u said ur not to say. im listening now."', "is that leading?"),
        ("u just asked me that.", 'from me, and the TA for Maisie, "toast every morning, nobody\'s cross".', ""),
        ("I've said,", "from the worker, at school, that we want to hear how Sundays are", ""),
        ("Thats not what I meant.", "Me, tomorrow after school, that he isn't in trouble.", "Is that ok to say?"),
        ("You keep asking.", 'His nan tells him tonight, "you\'re stopping with me".', "Too much?"),
        ("I already said.", "From her dad, on Friday, and I'll be there.", "Should I do it instead?"),
    ],
)
def test_a_complaint_before_and_a_question_after_leave_what_is_said(complaint, kept, question):
    answer = f"{complaint} {kept} {question}".strip()
    assert told(answer, complaint) == kept


def test_a_complaint_alone_tells_nobody_anything():
    assert told("No I didn't say that. I don't know.", "No I didn't say that.") == ""


@pytest.mark.parametrize(
    ("answer", "kept"),
    [
        ("From me, at breakfast, that I was worried and I rang Denise. 5 is me. I must go, the phone.",
         "From me, at breakfast, that I was worried and I rang Denise."),
        ("By Jo, tomorrow: I told her and she came.", "By Jo, tomorrow: I told her and she came."),
        ("From me she heard nothing, I was away.", ""),
    ],
)  # fmt: skip
def test_what_somebody_will_hear_of_what_is_past_is_kept_and_a_line_s_number_isn_t(answer, kept):
    assert told(answer) == kept


@pytest.mark.parametrize(
    ("keeps", "words"),
    [
        ("decision", 'Wrong. She told me, "I\'d die if anyone found out". About the online safety assembly.'),
        ("decision", "Should I be ringing somebody?"),
        ("child-told", "nothing else"),
        ("child-told", "And if social care say no further action, what then?"),
        ("decision", "I feel sick about it."),
        ("decision", "I should've rung on Thursday and I didn't."),
        ("decision", "Mum said he'd gone and school saw him at the gate."),
        ("decision", "I don't know"),
        ("decision", "Man's arrested. Four months ago. Bail, no contact."),
        ("outcome", "Got five left. What have I missed?"),
        ("decision", "I don't know what I've decided."),
        ("decision", "I haven't decided, that's why I'm asking."),
        ("decision", "Nothing's decided, that's why I'm here. You lot always want a decision."),
        ("decision", "Dunno, you tell me."),
        ("decision", "We've decided nothing, he's a governor."),
        ("to-supervision", "I asked you something."),
        ("to-supervision", "And what do I say to him tomorrow?"),
        ("child-told", "And hang on, those steps, it's all what Petra will do. There's nothing down for Gethin."),
    ],
)
def test_a_correction_a_question_a_feeling_or_a_report_is_not_kept_as_what_was_asked_for(keeps, words):
    assert filed(answered(keeps, words)) == ""


@pytest.mark.parametrize(
    ("keeps", "words", "kept"),
    [
        ("outcome", "Not eating alone, maybe. Got five left. What have I missed?", "Not eating alone, maybe."),
        ("outcome", "She'd be crawling. why just the baby theres ruta", "She'd be crawling."),
        ("decision", "I've decided it's the hotel and can I write to housing", "I've decided it's the hotel"),
        ("decision", "Wrong, that was his dad. We'll hold off and ask for a strategy meeting.",
         "We'll hold off and ask for a strategy meeting."),
        ("decision", "I'm frightened so I'll refer it on today.", "I'm frightened so I'll refer it on today."),
        ("decision", "I literally just said, I'm asking for Thursday's step down to be put off, and whats undecided is "
         "where he is at night", "I'm asking for Thursday's step down to be put off"),
        ("decision", "youve left out Edie, thats the whole thing, but ok, I'm not stepping down Thursday because I've "
         "measured the house and not the baby",
         "I'm not stepping down Thursday because I've measured the house and not the baby"),
        ("decision", "Stay on the plan. Nothing has changed for the boys.",
         "Stay on the plan. Nothing has changed for the boys."),
        ("child-told", "I'll ask her, do you want me there? Friday.", "I'll ask her, do you want me there? Friday."),
        ("next-date", "Friday week. Is that soon enough?", "Friday week."),
        ("decision", "Dunno, you tell me. Keep going as we are I suppose.", "Keep going as we are I suppose."),
        ("decision", "Same as I said. I ring the police tonight.", "I ring the police tonight."),
        ("outcome", "Just asleep. Teddy breathing.", "Just asleep. Teddy breathing."),
        ("child-told", "me, tonight. that I heard it ring.", "me, tonight. that I heard it ring."),
        ("to-supervision", "I've already said. The log, all of it.", "The log, all of it."),
    ],
)  # fmt: skip
def test_what_answers_is_kept_without_the_questions_and_remarks_beside_it(keeps, words, kept):
    assert filed(answered(keeps, words)) == kept


@pytest.mark.parametrize(
    ("keeps", "words", "kept"),
    [
        ("decision", "do about what. ive sat with him loads you didnt ask\nkeep going with panel. try him again",
         "keep going with panel."),
        ("decision", "I'll put my statement in for Pearl getting the order. She's been brilliant for us. "
         "Although I'll be honest with you, she said something to me last week.",
         "I'll put my statement in for Pearl getting the order."),
        ("decision", "We'll go to conference. Nobody has explained the bruise.",
         "We'll go to conference. Nobody has explained the bruise."),
        ("child-told", "I hadn't thought what to tell Tilda. I don't know what she's been told at all", ""),
        ("child-told", "can we not do the plan. hes not even here to tell", ""),
        ("outcome", "eggs", ""),
        ("outcome", "Rowan? I asked about Tilda. I imagine he'd say somebody else was making the tea.",
         "I imagine he'd say somebody else was making the tea."),
        ("next-date", "Ottie? There's a review in May I think. I hadn't really thought about Ottie.",
         "There's a review in May I think."),
    ],
)  # fmt: skip
def test_only_the_sentences_that_say_what_was_asked_for_are_kept(keeps, words, kept):
    assert filed(answered(keeps, words)) == kept
