"""What somebody says presses on them most is taken up first, and no decision is asked for over it."""

from __future__ import annotations

import pytest

from assistant.conversation.pressing import presses
from assistant.conversation.reranker import Fit
from assistant.conversation.said_before import wants_the_plan
from assistant.noticing.reading import Reading, Stand, Telling

TOLD = "He was under the table again when I left."


@pytest.mark.parametrize(
    ("said", "kind", "words"),
    [
        ("He's fine. There's a thing I haven't said.", "untold", "There's a thing I haven't said."),
        ("I saw her Tuesday and theres a thing I've not followed up. Probably nothing.", "untold", "theres a thing"),
        ("The thing that's keeping me up is I've not referred her. She was lovely.", "pressing", "keeping me up"),
        ("Everyone thinks it's me. What if his dad knows?", "supposed", "What if his dad knows?"),
        ("His dad could have told him. I hadn't thought of that till now.", "pressing", "His dad could have told him."),
        ("And there was one thing, he was rolling up the playdough.", "pressing", "there was one thing"),
        ("You know what the worry is. Sexual abuse. I'd not typed that till now.", "named", "is. Sexual abuse."),
        ("That somebody's hurting him there and I've packed his bag.", "named", "somebody's hurting him"),
        ("I think she might be being abused.", "named", "being abused"),
    ],
)
def test_it_is_known_by_how_it_is_said(said, kind, words):
    first = next(presses(said))
    assert first.kind == kind
    assert words in said[slice(*first.span)]


@pytest.mark.parametrize(
    "said",
    [
        "There was something she said. Our pastoral lady asked her about a boyfriend last week, and she went red.",
        "The boots aren't really the main thing, it's Maisie.",
        "What if I'm wrong about all of it?",
        "She said nothing, I never asked.",
        "I don't think anybody's hurting him.",
        "I'm worried he hit the roof when he heard.",
        "I think she hurt herself on the slide.",
    ],
)
def test_what_is_told_at_once_denied_or_said_to_us_does_not(said):
    assert not list(presses(said))


def telling(words):
    at = words.find(TOLD)
    return (Telling(span=(at, at + len(TOLD)), kind="child-did", strength=0.9),) if at >= 0 else ()


def test_it_comes_before_what_reads_a_little_better(sit):
    fits = lambda _, candidates: tuple(Fit(2.0, 1.0 if "table" in one.text else 0.0) for one in candidates)  # noqa: E731
    session = sit(minutes=30, fits=fits, telling=telling, read=lambda *_: Reading()).session
    session.answer(f"What if his dad knows? {TOLD}")
    assert "What if his dad knows?" in session.state.current.asked.text
    session.answer(f"I don't know, he could. {TOLD}")
    assert "table" in session.state.current.asked.text


def test_no_decision_is_asked_for_before_it_was_taken_up(sit):
    session = sit(minutes=30, read=lambda *_: Reading()).session
    while session.state.current.asked.keeps != "decision":
        before = session.state
        session.answer("words about it")
    last = before.current.asked.question
    other = sit(minutes=30, read=lambda *_: Reading()).session
    while other.state.current.asked.question != last:
        other.answer("words about it")
    other.answer("She was lovely. The thing that's keeping me up is I've not referred her.")
    assert other.state.current.asked.question == "thread/presses-pressing/1"
    other.answer("words about it")
    assert other.state.current.asked.keeps == "decision"


@pytest.mark.parametrize(
    ("said", "wants"),
    [
        ("Can we do the plan.", True),
        ("I'd like to just get on with the plan now please", True),
        ("I want to go and ring them if I'm honest.", True),
        ("Right, I'm ringing her now.", True),
        ("I need to ring Bev at some point this week.", False),
        ("Look I need to get on the phone, it's gone three.", True),
        ("Decision please.", True),
        ("ok well. decision. I ring children's services today.", True),
        ("It was a decision. Nobody liked it.", False),
        ("The plan says she's to be seen.", False),
        ("I need to go back and see him.", False),
    ],
)
def test_whoever_asks_for_the_plan_gets_it_next(sit, said, wants):
    session = sit(minutes=30).session
    session.answer("Two boys.")
    session.answer(said)
    assert wants_the_plan(session.state) is wants
    assert (session.state.current.asked.keeps == "decision") is wants


def test_whoever_asks_for_the_plan_is_not_told_that_they_were_misread(sit, prompts):
    def read(words, _):
        stands = (Stand(stance="corrects-us", span=(0, len(words))),) if "plan" in words else ()
        return Reading(stands=stands)

    session = sit(minutes=30, read=read).session
    session.answer("Two boys.")
    session.answer("can we do the plan")
    assert not set(prompts.listening.corrected.values()) & set(session.state.current.asked.said_first)


def test_a_decision_with_its_reason_was_not_asked_for_too_soon(sit):
    def read(words, _):
        stands = (Stand(stance="corrects-us", kind="too-soon", span=(0, len(words))),) if "keep it" in words else ()
        return Reading(stands=stands)

    session = sit(minutes=30, read=read).session
    while session.state.current.asked.keeps != "decision":
        session.answer("words about it")
    session.answer("We'll keep it open because nobody has seen her alone.")
    assert session.state.current.asked.keeps == "action"
