"""Talk typed without a stop: where its clauses begin, and the apostrophes left out of it."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.language.apostrophes import with_apostrophes
from assistant.language.run_on import turns
from assistant.language.sentences import spoken_sentences

RUN = (
    "so i went round about two and mum was in good form she used to be shut down and the baby hes nine weeks old now "
    "theres"
)


def cut(words: str) -> list[str]:
    said = words.split()
    places = [0, *turns(said), len(said)]
    return [" ".join(said[first:after]) for first, after in pairwise(places)]


def test_a_clause_begins_at_and_before_somebody_and_at_somebody_with_their_verb():
    assert cut(f"{RUN} a bruise on his jaw she says") == [
        "so i went round about two",
        "and mum was in good form she used to be shut down",
        "and the baby hes nine weeks old now",
        "theres a bruise on his jaw she says",
    ]


@pytest.mark.parametrize(
    "words",
    [
        "he came home and went to bed",
        "they told me that hes nine weeks old now",
        "we had bread and butter and jam today",
    ],
)
def test_what_hangs_on_something_or_goes_on_about_the_same_person_is_no_other_clause(words):
    assert cut(words) == [words]


def test_talk_without_a_stop_is_cut_where_clauses_begin_and_by_length_where_none_does():
    words = " ".join(
        [RUN, "a bruise on his jaw and she says its from the car seat and we talked about nursery and", RUN]
    )
    said = [words[start:end] for start, end in spoken_sentences(words, at_turns=True)]
    assert len(said) > 1
    assert all(one.split()[0] in {"so", "and", "theres"} for one in said)
    with_commas = words.replace("form", "form,")
    assert next(iter(spoken_sentences(with_commas, at_turns=True))) == next(iter(spoken_sentences(with_commas)))
    long = " ".join(["word"] * 100)
    assert [len(long[a:b].split()) for a, b in spoken_sentences(long, at_turns=True)] == [30, 30, 40]


@given(st.lists(st.sampled_from(["and", "he", "hes", "a", "bruise.", "mum", "\n", "but"]), max_size=150).map(" ".join))
def test_whatever_is_cut_everything_is_held(words):
    for at_turns in (False, True):
        held = "".join(words[start:end] for start, end in spoken_sentences(words, at_turns=at_turns))
        assert "".join(held.split()) == "".join(words.split())


def test_an_apostrophe_left_out_is_put_in_and_what_is_another_word_only_by_whoever_types_none():
    assert with_apostrophes("hes on its mat, dont wake him", typed=False) == "he's on it's mat, don't wake him"
    assert with_apostrophes("hes on its mat, dont wake him", typed=True) == "he's on its mat, don't wake him"
    assert with_apostrophes("we were well, she'd shed a tear", typed=True) == "we were well, she'd shed a tear"
