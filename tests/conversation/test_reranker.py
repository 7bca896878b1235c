"""How well a question follows an answer, read upon it."""

from __future__ import annotations

import tracemalloc
from pathlib import Path

import pytest

from assistant.conversation import reranker
from assistant.conversation.reranker import (
    ANSWER,
    MEANT,
    MOST_BEFORE,
    Candidate,
    Exchange,
    Reranker,
    answer_as_read,
    before_as_read,
)
from assistant.retrieval.encoder import Encoder, find_model

HOME = Path("/nonexistent")
RERANKER = Reranker(HOME)
ASKED = "How was the visit?"
SAID = (
    "Fine, in and out in forty minutes. Mum had the kettle on. Kayden stood behind the kitchen door till I'd gone. "
    "Next visit's the 14th."
)
START = SAID.index("Kayden")
SPAN = (START, SAID.index(" Next"))
LOOK = Candidate(f"“{SAID[slice(*SPAN)]}” What do you make of that?", SPAN)


def best_of(asked: str, said: str, *candidates: Candidate) -> str:
    fits = RERANKER.read(Exchange(asked, said), candidates)
    assert fits is not None
    return max(zip(candidates, fits, strict=True), key=lambda pair: pair[1].value)[0].text


@pytest.mark.parametrize(
    "out_of_place",
    [
        "Which side of the door is the lock, whose is the key, and since when?",
        "Who's in a fit state to get up when the child wakes in the night?",
        "What did the parent do that you'd call that, and what did it cost them?",
    ],
)
def test_what_was_just_told_is_asked_about_before_what_nobody_mentioned(out_of_place):
    assert best_of(ASKED, SAID, Candidate(out_of_place, None), LOOK) == LOOK.text


def test_what_a_child_did_is_asked_about_before_what_a_mother_did_with_a_kettle():
    at = SAID.index("Mum")
    kettle = (at, SAID.index(" Kayden"))
    other = Candidate(f"“{SAID[slice(*kettle)]}” What do you make of that?", kettle)
    assert best_of(ASKED, SAID, other, LOOK) == LOOK.text


def test_a_question_reads_the_same_alone_and_among_others():
    others = [Candidate("Who else?", None), Candidate("What would you want to see, and hear, by the end?", SPAN)]
    alone = RERANKER.read(Exchange(ASKED, SAID), [LOOK])
    among = RERANKER.read(Exchange(ASKED, SAID), [*others, LOOK])
    assert alone is not None
    assert among is not None
    assert among[2] == pytest.approx(alone[0], abs=1e-4)


def test_what_was_read_for_other_answers_is_not_kept_for_hours():
    few = [Candidate(f"Who was there at 1:{minute:02}?", None) for minute in range(20)]
    best_of(ASKED, SAID, *few)
    tracemalloc.start()
    for hour in range(3, 43):
        best_of(ASKED, SAID, *(Candidate(f"Who was there at {hour}:{minute:02}?", None) for minute in range(20)))
    kept, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert kept < 9_000_000, "800 questions of 50 kB each"


def test_of_a_long_answer_the_words_are_read_that_a_question_is_on():
    folder = find_model()
    assert folder is not None
    said = "It went on and on. " * 60 + SAID
    at = said.index("Kayden")
    placed = answer_as_read(Encoder(folder), Exchange(ASKED, said), (at, at + len("Kayden stood behind")))
    assert placed.belongs.count(MEANT) >= len("Kayden stood behind".split())
    assert placed.belongs.count(ANSWER) + placed.belongs.count(MEANT) == reranker.MOST_OF_ANSWER + 1


def test_where_nothing_is_learnt_it_is_silent(monkeypatch):
    monkeypatch.setattr(reranker, "LEARNT", "no-such.learnt")
    assert Reranker(HOME).read(Exchange(ASKED, SAID), [LOOK]) is None


def test_what_was_said_before_is_looked_at_too():
    candidate = Candidate("What's it like for you, going there?", None)
    answered = (("How do you feel when you go there?", "Sick. I sit in the car first."),)
    now = RERANKER.read(Exchange(ASKED, SAID, answered), [candidate])
    without = RERANKER.read(Exchange(ASKED, SAID), [candidate])
    assert now is not None
    assert without is not None
    assert abs(now[0].value - without[0].value) > 0.1


def test_only_the_first_and_the_last_answers_are_looked_at():
    folder = find_model()
    assert folder is not None
    many = tuple((f"Question {number}?", f"Answer {number}.") for number in range(30))
    encoder = Encoder(folder)
    read = before_as_read(encoder, Exchange(ASKED, SAID, many))
    wanted = (many[0], *many[1 - MOST_BEFORE :])
    assert read == before_as_read(encoder, Exchange(ASKED, SAID, wanted))
    assert len(read) == MOST_BEFORE


def test_learning_about_what_was_said_bears_more_than_learning_about_something_else():
    said = "I've been out four times and dad's never there. Nobody's met him, we've only mum's word for what he's like."
    bears = RERANKER.bears(
        Exchange("How is he at home?", said),
        [
            "Professionals should make sure that fathers are met, and not known by the mother's account alone.",
            "The bruising protocol was not followed by the nursery.",
        ],
    )
    assert bears is not None
    assert bears[0] > bears[1]


def test_what_was_said_before_is_read_ahead_of_the_answer_and_changes_nothing(monkeypatch):
    before = (("Who is this about?", "Kayden, who's four."), ("Who's at home?", "Mum, and her partner some nights."))
    candidates = (LOOK, Candidate("Who's in a fit state to get up in the night?", None))
    alone = Reranker(HOME).read(Exchange(ASKED, SAID, before), candidates)
    ahead = Reranker(HOME)
    ahead.make_ready(Exchange(ASKED, "", before))
    monkeypatch.setattr(reranker.TaughtReranker, "_seen_before", lambda *_: pytest.fail("it was read again"))
    assert ahead.read(Exchange(ASKED, SAID, before), candidates) == alone
