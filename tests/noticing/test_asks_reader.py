"""What of an answer is said to us: how words that ask stand together, what is read at once, and what was learnt."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.noticing.asks_reader import (
    CLOSE,
    MOST_OF_ANSWER,
    MOST_STRETCHES,
    Read,
    open_asks_reader,
    runs,
    to_read,
    worth_reading,
)
from assistant.retrieval.open_search import open_encoder


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="module")
def reader(home):
    return open_asks_reader(home)


@given(st.lists(st.booleans(), max_size=40), st.data())
def test_every_word_that_is_said_stands_in_one_run_that_it_or_another_begins_and_ends(said, data):
    begins = data.draw(st.lists(st.booleans(), min_size=len(said), max_size=len(said)))
    found = list(runs(np.array(said), np.array(begins)))
    held = [place for first, last in found for place in range(first, last)]
    assert held == sorted(set(held))
    assert {place for place, is_said in enumerate(said) if is_said} <= set(held)
    assert all(said[first] and said[last - 1] for first, last in found)
    assert all(any(said[place : place + CLOSE + 1]) for first, last in found for place in range(first, last - CLOSE))


def test_a_word_that_begins_anew_begins_another_run():
    said = np.array([True, True, True, True])
    assert list(runs(said, np.array([True, False, True, False]))) == [(0, 2), (2, 4)]
    assert list(runs(said, np.array([True, True, False, False]))) == [(0, 4)]


def test_a_long_answer_is_read_in_stretches_that_leave_nothing_out(home):
    encoder = open_encoder(home)
    assert encoder is not None
    answer = " ".join(f"He rang {number} times and nobody came to the door at all." for number in range(60))
    read = list(to_read(encoder, "How was the visit?", answer))
    assert len(read) > 1
    assert all(stretch.at[-1][1] - stretch.at[0][0] <= MOST_OF_ANSWER for stretch in read)
    words = {answer[slice(*word)] for stretch in read for word in stretch.words}
    assert {str(number) for number in range(60)} <= words


def test_of_an_answer_of_many_pages_so_many_stretches_are_read_those_that_ask_and_the_end_first():
    answer = "a" * 18 + "?" + "a"
    stretches = [Read((), ((place, place + 1),), ((0, 1),)) for place in range(20)]
    first = list(range(MOST_STRETCHES - 2))
    assert worth_reading(answer, stretches) == [stretches[place] for place in (*first, 18, 19)]
    assert worth_reading(answer, stretches[:MOST_STRETCHES]) == stretches[:MOST_STRETCHES]


def test_an_answer_of_a_page_and_a_half_is_read_whole(home):
    encoder = open_encoder(home)
    assert encoder is not None
    answer = ("I went on Tuesday and mum let me in, and he was in the high chair with a bottle. " * 99)[:4_500]
    read = tuple(to_read(encoder, "How was the visit?", answer))
    assert worth_reading(answer, read) == list(read)


@pytest.mark.parametrize(
    ("answer", "asks"),
    [
        (
            "shes in the car with me and i dont know do i take her back or ring duty from here, shes quiet",
            "ring duty",
        ),
        ("His nan says she'll have him. What do I say to his mum when she rings? She will ring.", "What do I say"),
    ],
)
def test_what_asks_is_found_in_the_middle_of_talk(reader, answer, asks):
    read = reader.read("What happened then?", answer)
    assert any(asks in answer[slice(*one.span)] for one in read.asks)
    assert not any(answer[slice(*one.span)] == answer for one in read.asks)


@pytest.mark.parametrize(
    ("answer", "aside", "told"),
    [
        (
            "You've just asked me that. He was on the stairs in his pyjamas at ten.",
            "You've just asked me",
            "stairs",
        ),
        (
            "No, that's not what I said, you've not read it. Mum was asleep and he let me in.",
            "you've not read it",
            "asleep",
        ),
    ],
)
def test_what_is_only_said_to_us_is_told_from_the_case(reader, answer, aside, told):
    read = reader.read("Who let you in?", answer)
    held = " | ".join(answer[slice(*span)] for span in read.aside)
    assert aside in held
    assert told not in held


def test_plain_talk_is_said_to_nobody_but_the_page(reader):
    answer = "He let me in, his mum was asleep, and there was only milk in the fridge. I told school on the Friday."
    read = reader.read("What did you see?", answer)
    assert (read.asks, read.aside) == ((), ())
