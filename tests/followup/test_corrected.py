"""What was put right in a session stands as put right in whatever is handed over."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.conversation import events as e
from assistant.conversation.state import State, replay
from assistant.followup.chronology import entries_of
from assistant.followup.corrected import corrections
from tests.stores import answered, asked, started

VISIT = "I saw Sky at home on Friday with Mum."
"""The session is held on Monday 2 March 2026."""


def told(*answers: str) -> State:
    events: list[e.Event] = [started()]
    for number, words in enumerate(answers):
        events += [asked(f"visit/{number}"), answered(words, f"visit/{number}")]
    return replay(events)


@pytest.mark.parametrize(
    "correction",
    [
        "No, hang on, it was Thursday I saw him, not Friday.",
        "It wasn't Friday I visited, it was Thursday.",
        "Sorry, Thursday, not Friday.",
    ],
)
def test_a_day_that_was_taken_back_is_marked_and_no_event_stands_on_it(correction: str):
    state = told(VISIT, correction)
    marked = "I saw Sky at home on Friday [put right later: Thursday] with Mum."
    assert corrections(state).marked(VISIT) == marked
    assert [(entry.day, entry.event) for entry in entries_of([state])] == [(date(2026, 2, 26), marked)]


@pytest.mark.parametrize(
    "beside",
    ["I rang on Friday and went on Friday, not Thursday.", "He isn't well.", "It was Friday.", "Not on Sunday, no."],
)
def test_what_takes_nothing_back_changes_nothing(beside: str):
    assert corrections(told(VISIT, beside)).marked(VISIT) == VISIT


def test_an_age_is_put_right_in_the_one_sentence_that_has_it():
    words = "His dad is twenty-two and lives across town."
    state = told(words, "Sky's dad isn't twenty-two, he's twenty-four.")
    assert corrections(state).marked(words) == words.replace("two and", "two [put right later: twenty-four] and")


def test_what_was_asked_of_a_sentence_is_what_it_means_for_the_child():
    words = "Nan told me he was drunk on 20 February."
    state = replay(
        [
            started(),
            asked("visit/1"),
            answered(words, "visit/1"),
            asked("thread/1", text=f"“{words.rstrip('.')}” What's the worry in that, for you?"),
            answered("Nobody sober was there for her.", "thread/1"),
            asked("thread/2", text=f"“{words.rstrip('.')}” What did you notice in yourself?"),
            answered("I was tired.", "thread/2"),
        ]
    )
    assert [entry.significance for entry in entries_of([state])] == ["Nobody sober was there for her."]
