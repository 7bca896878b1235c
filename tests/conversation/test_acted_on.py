"""What was done about danger while the session went on."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from assistant.conversation import events as e
from assistant.conversation.acted_on import acted_on
from assistant.conversation.state import State, replay
from assistant.noticing.observations import Danger

AT = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)
MISSING = Danger(kind="child-missing-or-unseen", confirm=False, spans=((0, 4),), level="sure")


def after(
    said: str, answer: e.CardAnswer = "carry-on", then: str = "", told: str = "", danger: Danger | None = MISSING
) -> State:
    """A card answered with these words, and the questions about it with those; without danger, one asked for."""
    asked = e.Asked(at=AT, question="a/experience/1", theme="a", stage="experience", text="And?", because="it is next")
    events: list[e.Event] = [
        e.Started(at=AT, session="s1", journey="supervision", case="A", minutes=30),
        asked,
        e.Answered(at=AT, question="a/experience/1", text="he's been gone since sunday"),
        e.CardShown(
            at=AT,
            question="a/experience/1",
            danger=danger,
            asked=danger is None,
            words="he's been gone",
            title="A child is missing",
            text="…",
        ),
        e.CardAnswered(at=AT, danger=danger and danger.kind, answer=answer, words=said),
    ]
    if then:
        ringing = asked.model_copy(update={"question": "act-now/1/ringing", "text": "Who are you ringing?"})
        events += [ringing, e.Answered(at=AT, question="act-now/1/ringing", text=then)]
    if told:
        whom = asked.model_copy(update={"question": "act-now/1/told", "text": "Who have you told?"})
        events += [whom, e.Answered(at=AT, question="act-now/1/told", text=told)]
    return replay(events)


@pytest.mark.parametrize(
    ("said", "done"),
    [
        (
            "ive just told you im ringing them. done, rang, got a log number, theyre sending someone to dees",
            "done, rang",
        ),
        ("On hold to 101 now.", "On hold to 101 now."),
        ("I've reported him missing.", "I've reported him missing."),
    ],
)
def test_what_somebody_says_they_did_is_kept_in_their_words(said, done):
    (acted,) = acted_on(after(said))
    assert acted.title == "A child is missing"
    assert done in acted.words


def test_a_call_made_while_the_card_is_talked_about_is_what_was_done():
    (acted,) = acted_on(
        after("he always comes back", then="101. missing 15 year old, not seen since sunday. ok. ringing now")
    )
    assert "ringing now" in acted.words
    assert "comes back" not in acted.words


def test_a_card_that_somebody_says_is_done_is_done_though_nothing_was_written():
    (acted,) = acted_on(after("", answer="done"))
    assert acted.words == ""


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("I'll ring them after this.", "carry-on"),
        ("Should I be ringing somebody?", "carry-on"),
        ("I rang his nan.", "not-what-i-meant"),
        ("no I haven't told anybody", "carry-on"),
    ],
)
def test_what_is_meant_or_asked_or_was_no_danger_is_not_done(said, answer):
    assert acted_on(after(said, answer)) == ()


@pytest.mark.parametrize(
    "said",
    [
        "can we just talk about luca",
        "so thats kind of been done i think",
        "done",
        "I'm ringing the named midwife, I'd say I've got a care leaver who wants to talk alone",
        "I've got a bad feeling and it's all gone quiet",
        "I'm going to ring when we finish",
        "ok. I can get advice without giving a name, that helps",
    ],
)
def test_a_card_that_only_answered_a_question_is_no_danger_that_was_acted_on(said):
    assert acted_on(after(said, danger=None)) == ()
    assert acted_on(after("ok", then=said, danger=None)) == ()


@pytest.mark.parametrize("said", ["I've told my manager.", "Just rang duty, they've taken it.", "On hold to duty now."])
def test_whoever_asked_and_then_rang_has_that_kept_and_no_danger_named(said):
    (acted,) = acted_on(after(said, danger=None))
    assert (acted.title, acted.words) == ("", said)


def test_what_was_meant_and_then_not_done_is_not_done():
    ringing = "I'm ringing duty, I've put the notes ready."
    assert acted_on(after("ok", then=ringing))
    assert acted_on(after("ok", then=ringing, told="No one yet, I'm sat here typing to you.")) == ()
    assert acted_on(after("ok", then="Ringing duty.", told="I said I'm going to ring. I haven't rung yet.")) == ()


@pytest.mark.parametrize("said", ["He's called Wes.", "There was a lad called Jay before him.", "He told the TA."])
def test_what_somebody_is_called_or_told_somebody_else_is_no_call(said):
    assert acted_on(after(said)) == ()


@pytest.mark.parametrize(
    "said",
    [
        "Ok you've shown me that one now, I've read it.",
        "Shona was told to leave it.",
        "He told nothing to me.",
        "Going without, yes, and an unborn on top.",
        "I told her to leave it.",
    ],
)
def test_what_tells_of_nobody_being_told_is_nothing_done(said):
    assert acted_on(after("ok", then=said)) == ()


@pytest.mark.parametrize(
    "said",
    ["I rang duty and was told to wait for a call back.", "I told Jane to leave it with me and phoned the police."],
)
def test_a_call_stands_whatever_somebody_was_told_beside_it(said):
    assert acted_on(after("ok", then=said))


@pytest.mark.parametrize("answer", ["carry-on", "done"])
@pytest.mark.parametrize(
    "said",
    [
        "ok so thats a yes then, ill ring the out of hours when we've done this.",
        "Ive said im ringing",
        "I've said I'm ringing them.",
        "I'm phoning duty after this.",
    ],
)
def test_what_is_only_meant_is_not_done_however_the_card_was_closed(said: str, answer: e.CardAnswer):
    assert acted_on(after(said, answer)) == ()


def test_what_somebody_has_is_nothing_done():
    assert acted_on(after("I've a boy of three gone silent.")) == ()


@pytest.mark.parametrize("said", ["She's ill in bed, I've rung the GP.", "I'm ringing them now.", "I've told Jo."])
def test_what_is_told_as_done_is_done(said: str):
    (acted,) = acted_on(after(said))
    assert acted.words == said
