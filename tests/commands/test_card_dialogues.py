"""Cards as they are talked with in lines: a dozen played dialogues, to be read by eye.

`python -m tests.commands.test_card_dialogues` writes them anew. What is danger is written beside each dialogue, so that
they show how cards are talked with whatever the noticing finds.
"""

from __future__ import annotations

import contextlib
import io
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from assistant.commands.talk import PlainFace, _run
from assistant.conversation import events as e
from assistant.conversation.journeys import Depth, Journey
from assistant.conversation.prompts import load_prompts
from assistant.conversation.session import Session
from assistant.noticing.observations import Danger, DangerKind, Level, Noticing
from assistant.resources import PACKAGE
from tests.conversation.conftest import START, Ticking, knowledge
from tests.shipped import danger_finder

DIALOGUES = Path(__file__).parent / "dialogues"
NOWHERE = PACKAGE / "no-such-home"
PROMPTS = load_prompts(NOWHERE)
FINDER = danger_finder()

Sign = tuple[str, DangerKind, Level]
MARK: Sign = ("a mark by his ear", "injury-non-mobile-baby", "doubtful")
BRUISE: Sign = ("bruise on his cheek", "injury-non-mobile-baby", "sure")
KNIFE: Sign = ("on his way round with a knife", "violence-or-threat-now", "sure")
FLOWN: Sign = ("forced marriage", "violence-or-threat-now", "sure")
COLD: Sign = ("isn't breathing", "life-in-danger", "sure")
ALONE: Sign = ("on her own in the flat", "unsafe-care-now", "doubtful")
UNSEEN: Sign = ("nobody's seen him", "child-missing-or-unseen", "faint")
BAG: Sign = ("methadone was in her bag", "poisoning-or-drugs-in-reach", "doubtful")
TOLD: Sign = ("he comes in my bed", "sexual-abuse-disclosure", "sure")

PLAYED: dict[str, tuple[tuple[Sign, ...], tuple[str, ...]]] = {
    "no-inside-a-sentence": (
        (MARK,),
        ("I saw a mark by his ear, pen I think.", "No, nothing like that", "Fine."),
    ),
    "yes-inside-a-sentence": (
        (ALONE,),
        ("She's on her own in the flat.", "Yes, at home nobody is", "I've rung duty, they're going now"),
    ),
    "not-sure": ((MARK,), ("I saw a mark by his ear.", "not sure", "I've rung duty, they're seeing him at 2.40")),
    "silence": ((MARK,), ("I saw a mark by his ear.", "", "", "rang the paediatrician at ten")),
    "done-already": (
        (BAG,),
        ("The methadone was in her bag.", "I've rung duty, they're going at two"),
    ),
    "done-without-a-name": (
        (BRUISE,),
        ("There's a bruise on his cheek.", "done", "Duty, she's coming at 3."),
    ),
    "nobody-told-yet": (
        (BRUISE,),
        (
            "There's a bruise on his cheek.",
            "ok",
            "His nan.",
            "Duty. That he's ten weeks and there's a bruise.",
            "Rang duty just now, they're sending somebody",
        ),
    ),
    "two-at-once": (
        (COLD, KNIFE),
        ("He isn't breathing. Dad's on his way round with a knife.", "rang 999"),
    ),
    "danger-typed-to-a-card": (
        (MARK, KNIFE),
        (
            "I saw a mark by his ear.",
            "No, but his dad's on his way round with a knife.",
            "rang 999, police are coming",
        ),
    ),
    "forced-marriage": ((FLOWN,), ("She says it's a forced marriage in July.", "I've told the police and my manager")),
    "faint": ((UNSEEN,), ("It's all quiet, nobody's seen him much though.", "His nan, on Tuesday.")),
    "should-i-be-ringing": (
        (),
        (
            "Mum was at work.",
            "Not sure. Should I be ringing somebody?",
            "ok",
            "Duty, and say I'm worried.",
            "skip",
        ),
    ),
    "asked-after-a-faint-sign": (
        (UNSEEN,),
        ("nobody's seen him since spring", "Do I need to tell police?", "I've rung 101 and the school"),
    ),
    "not-meant": (
        (TOLD,),
        ("He said he comes in my bed, the dog.", "not what I meant", "Rex."),
    ),
}

SOCIAL_WORKER, TEACHER = "a-social-worker", "a-teacher"
PLAYED |= {
    SOCIAL_WORKER: ((BRUISE,), ("There's a bruise on his cheek.", "Rung my manager, strategy discussion at two")),
    TEACHER: ((TOLD,), ("He said he comes in my bed.", "I've told my DSL, she's ringing duty")),
}
WORKERS = {SOCIAL_WORKER: "social worker", TEACHER: "teacher"}
"""Put down at the start."""


def plain_journey() -> Journey:
    """Three questions and an end, whatever the shipped journeys ask."""
    shipped = PROMPTS.journeys["supervision"]
    opening = next(step for step in shipped.steps if step.step == "questions")
    ask = opening.questions[0]
    words = ("What is on your mind?", "What else happened?", "What happens next?")
    asked = tuple(ask.model_copy(update={"key": f"q{n}", "text": text, "keeps": None}) for n, text in enumerate(words))
    step = opening.model_copy(update={"questions": asked, "part": "talk"})
    return shipped.model_copy(update={"steps": (step,), "depths": (Depth(minutes=30),)})


def notice(signs: tuple[Sign, ...], words: str) -> Noticing:
    found = [
        Danger(kind=kind, level=level, spans=((at, at + len(said)),))
        for said, kind, level in signs
        if (at := words.find(said)) >= 0
    ]
    return Noticing(
        act_now=tuple(one for one in found if one.level != "faint"),
        faint=tuple(one for one in found if one.level == "faint"),
    )


def dialogue(name: str) -> str:
    """What is read on the screen, with what was typed after a >."""
    signs, typed = PLAYED[name]
    prompts = replace(PROMPTS, journeys={**PROMPTS.journeys, "supervision": plain_journey()})
    known = knowledge(prompts, notice=lambda words, _: notice(signs, words), card=FINDER.card)
    worker = WORKERS.get(name, "")
    started = e.Started(at=START, session="s1", journey="supervision", case="Child A", minutes=30, worker=worker)
    kept: list[e.Event] = []
    session = Session.begin(started, known, kept.append, Ticking())
    face: Any = PlainFace(SimpleNamespace(prompts=prompts))  # type: ignore[arg-type]

    def typing() -> Iterator[str]:
        for words in typed:
            print(f"\n> {words}".rstrip())
            yield words

    with contextlib.redirect_stdout(io.StringIO()) as shown:
        _run(session, face, typing())
    return shown.getvalue().strip() + "\n"


@pytest.mark.parametrize("name", PLAYED)
def test_a_card_is_talked_with_as_it_was_read(name):
    assert dialogue(name) == (DIALOGUES / f"{name}.txt").read_text(encoding="utf-8")


if __name__ == "__main__":
    DIALOGUES.mkdir(exist_ok=True)
    for played in PLAYED:
        (DIALOGUES / f"{played}.txt").write_text(dialogue(played), encoding="utf-8")
