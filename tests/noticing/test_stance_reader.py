"""How an answer stands to its question, read with the question."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import pytest

from assistant.noticing import stance_reader
from assistant.noticing.danger_reader import Heads
from assistant.noticing.reading import Known, Stand
from assistant.noticing.stance_reader import (
    KINDS,
    MOST_OF_ANSWER,
    MOST_STRETCHES,
    STANCES,
    StanceReader,
    TaughtReader,
    columns_of,
)
from assistant.retrieval.encoder import Encoder
from tests.shipped import reader

HOME = Path("/nonexistent")
READER = reader()
ASKED = Known(today=date(2026, 3, 12), question="What did you see when you went in?")


def stands(asked: str, said: str) -> dict[str, str]:
    reading = READER.read(said, Known(today=date(2026, 3, 12), question=asked))
    return {stand.stance: stand.kind for stand in reading.stands}


@pytest.mark.parametrize(
    ("asked", "said", "stance"),
    [
        ("What do you see as the tipping point?", "tipping point for what", "asks-us"),
        ("How is the twelve year old at home?", "He's two, not twelve. Into everything.", "corrects-us"),
        ("When did he threaten her?", "I haven't said anybody threatened anybody.", "corrects-us"),
        ("Who lives there?", "I've already told you that, it's the four of them.", "already-answered"),
        (
            "What does his teacher say?",
            "I'd rather talk about his mum, it's her I keep thinking of.",
            "elsewhere",
        ),
    ],
)
def test_it_is_heard_without_the_obvious_words(asked, said, stance):
    assert stance in stands(asked, said)


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("Who takes her to school?", "It's her nan that takes her. Mum's not up."),
        (
            "What happened at the meeting?",
            "There wasn't one in the end, the chair was off sick, so it's next week.",
        ),
        (
            "What did the mother ask you?",
            "She asked me should she ring somebody and who reads this. I said I'd find out.",
        ),
        ("How was Mum?", "In tears, frightened, said she hates going home and doesn't want to talk about it."),
    ],
)
def test_an_answer_that_simply_answers_is_taken_as_one(asked, said):
    assert stands(asked, said) == {}


def test_the_same_words_correct_one_question_and_answer_another():
    said = "He's two, not twelve. Into everything."
    assert "corrects-us" in stands("How is the twelve year old at home?", said)
    assert stands("How old is he?", said) == {}


def test_a_word_or_two_answer_where_nothing_is_asked():
    assert stands("When did you last see him on his own?", "July") == {}


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("There's a smoker in the house and she's on oxygen, should I get the fire people to look?", "should-i"),
        ("I ticked no because he was sat there. was that wrong??", "how-have-i-done"),
        ("It's all in the log. does Sheila see this?", "who-reads-this"),
        ("She was quiet at both visits and she'd stopped eating. Was she low do you think?", "other"),
    ],
)
def test_a_question_that_ends_an_answer_is_for_us(said, kind):
    assert stands("What was she like?", said)["asks-us"] == kind


def test_a_question_that_somebody_else_was_asked_is_not():
    assert "asks-us" not in stands("What did Mum say?", "She rang me after and asked me should I leave him?")


def test_however_odd_the_signs_of_an_answer_are_so_much_of_it_is_read():
    class Odd(Encoder):
        def __init__(self):
            self.reads = 0

        def pieces(self, texts):
            return [[7] * MOST_OF_ANSWER for _ in texts]

        def states(self, pieces):
            self.reads += 1
            return np.zeros((len(pieces) + 2, 4), dtype=np.float32)

    odd = Odd()
    rows = np.zeros((len(KINDS), 4), dtype=np.float32)
    TaughtReader(odd, Heads(rows, rows, rows, rows[:, 0])).weigh("Who lives there?", "He came. " * 100)
    assert odd.reads == MOST_STRETCHES


def test_where_nothing_is_learnt_the_phrases_stand_alone(monkeypatch):
    monkeypatch.setattr(stance_reader, "LEARNT", "no-such.learnt")
    seen = (Stand(stance="refuses", span=(0, 4)),)
    assert StanceReader(HOME).stands_of("Why?", "Pass.", seen) == seen
    assert StanceReader(HOME).stands_of("Why?", "eh, why what?", ()) == ()


def test_every_kind_is_of_one_stance_and_every_stance_has_a_kind():
    columns = [columns_of(stance) for stance in STANCES]
    assert all(columns)
    assert sorted(column for of_one in columns for column in of_one) == list(range(1, len(KINDS)))


@pytest.mark.parametrize("said", ["\x1b", "??", "...", "no " * 2000])
def test_whatever_is_typed_can_be_read(said):
    assert all(0 <= stand.span[0] < stand.span[1] <= len(said) for stand in READER.read(said, ASKED).stands)
