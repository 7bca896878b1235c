"""What is asked to be put down is a step; how it is to be put down is none."""

from __future__ import annotations

from types import SimpleNamespace
from typing import cast

import pytest

from assistant.conversation.put_down import was_put_down
from assistant.conversation.situation import Situation
from assistant.conversation.state import Turn


def put_down(answer: str, *added: str) -> bool:
    state = SimpleNamespace(added=[SimpleNamespace(text=words) for words in added])
    turn = cast("Turn", SimpleNamespace(answer=answer))
    return was_put_down(cast("Situation", SimpleNamespace(state=state)), turn)


@pytest.mark.parametrize(
    ("answer", "step"),
    [
        ("Put down that Delyth goes first thing", "Delyth goes first thing"),
        ("pop this down: ring Bev tonight", "ring Bev tonight"),
        ("Put it down as a step, ring Bev tonight", "ring Bev tonight"),
    ],
)
def test_what_is_asked_for_is_put_down(answer, step):
    assert put_down(answer, step)


@pytest.mark.parametrize(
    ("answer", "rest"),
    [
        ("Can you put it down as a list for me, thats all I need", "as a list for me, thats all I need"),
        ("Can you note that down for me as steps", "for me as steps"),
        ("write it down in a list", "in a list"),
        ("get it down on paper", "on paper"),
        ("put that down please, all of it", "please, all of it"),
        ("And write it down word for word in my log, today", "word for word in my log, today"),
    ],
)
def test_asking_for_a_list_puts_nothing_down(answer, rest):
    assert not put_down(answer, rest)
