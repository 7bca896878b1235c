"""Of sixty made-up openings, each with two answers that follow: who is a child and whom a question names."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import pytest

from assistant.conversation import events as e
from assistant.conversation.case_sketch import known_before
from assistant.conversation.prompts import Prompts
from assistant.conversation.situation import Situation
from assistant.conversation.state import replay
from assistant.noticing.observations import Noticing
from assistant.noticing.reader import Reader, open_reader
from tests.conversation.conftest import START, knowledge

ASKED = (
    ("opening/focus", "focus", "Using made-up names, what about this child do you most need to think through today?"),
    ("voice-of-the-child/experience/1", None, "What did you see, the last time you were there?"),
    ("voice-of-the-child/experience/2", None, "What else has stayed with you?"),
)
OPENINGS = Path(__file__).parent / "people" / "openings.jsonl"


@dataclass(frozen=True)
class Opening:
    """One of the file's rows, and what was made of it."""

    said: list[str]
    wanted: tuple[list[str], list[str]]
    named: tuple[str, str]
    children: tuple[str, ...]
    how_many: int | None
    not_children: list[str]

    @property
    def falsely(self) -> list[str]:
        """Those counted as children who are none."""
        return [name for name in self.children if name.casefold() in {one.casefold() for one in self.not_children}]


def named_after(said: list[str], prompts: Prompts, reader: Reader) -> tuple[str, tuple[str, ...]]:
    """Whom a question with a place for the child names after these answers, and every child there is."""
    events: list[e.Event] = [e.Started(at=START, session="s1", journey="supervision", case="A", minutes=30)]
    for (name, keeps, text), words in zip(ASKED, said, strict=False):
        asked = e.Asked(at=START, question=name, theme="opening", stage="opening", text=text, because="", keeps=keeps)
        events += [asked, e.Answered(at=START, question=name, text=words)]
        state = replay(events)
        reading = reader.read(words, known_before(state, state.turns[-1], START.date()))
        events.append(e.Noticed(at=START, question=name, noticing=Noticing(), reading=reading))
    situation = Situation(replay(events), knowledge(prompts), START)
    return situation.people_in_words["{child}"], tuple(child.called for child in situation.sketch.children)


@pytest.fixture(scope="module")
def openings(tmp_path_factory: pytest.TempPathFactory, prompts: Prompts) -> list[Opening]:
    reader, found = open_reader(tmp_path_factory.mktemp("home")), []
    for line in OPENINGS.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        first, _ = named_after(row["said"][:1], prompts, reader)
        then, children = named_after(row["said"], prompts, reader)
        wanted = (row["child"], row["then"])
        found.append(Opening(row["said"], wanted, (first, then), children, row["children"], row["not"]))
    return found


def right(opening: Opening, place: int) -> bool:
    """ "This child" is how one is named whom nobody can know."""
    named = opening.named[place].replace("this child", "the child")
    return named.casefold() in {one.casefold() for one in opening.wanted[place]}


def test_a_question_names_whom_the_account_is_about(openings: list[Opening]) -> None:
    wrong = [
        (one.said, one.named[place], one.wanted[place]) for one in openings for place in (0, 1) if not right(one, place)
    ]
    assert len(wrong) <= 1, wrong  # "Petra's two" says as little of her age as of her children


def test_nobody_is_taken_for_a_child_who_is_none(openings: list[Opening]) -> None:
    assert [(one.said, one.falsely) for one in openings if one.falsely] == []
