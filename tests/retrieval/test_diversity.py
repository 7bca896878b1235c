from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.retrieval.diversity import MOST_PASSAGES, interleave, passages, repeats, words_of
from assistant.retrieval.weights import LONG
from tests.retrieval.made_up import point

sentences = st.lists(
    st.builds(lambda words, end: " ".join(words) + end, st.lists(st.sampled_from("abcd"), min_size=1), st.just(". ")),
    max_size=60,
)


def test_a_sentence_or_two_is_one_need() -> None:
    text = "Dad works nights. Nobody has met him."
    assert passages(text) == [text]


@given(sentences)
def test_passages_are_whole_sentences_in_order_and_few(written: list[str]) -> None:
    text = "".join(written)
    parts = passages(text)
    assert 1 <= len(parts) <= MOST_PASSAGES
    assert " ".join(parts).split() == text.split()


@given(st.text())
def test_every_passage_is_a_piece_of_the_text(text: str) -> None:
    long = f"{text} word" * LONG
    at = 0
    for part in passages(long):
        at = long.index(part, at) + len(part)


def test_each_passage_is_heard_before_any_is_heard_twice() -> None:
    rankings = [[("a1", 9.0), ("a2", 8.5), ("a3", 8.0)], [("b1", 5.0), ("b2", 1.0)], [("c1", 4.5)]]
    assert interleave(rankings, subjects=lambda item: item, count=3) == ["a1", "b1", "c1"]


def test_a_subject_already_heard_gives_way() -> None:
    rankings = [[("men/1", 9.0)], [("men/2", 8.0)], [("plans/1", 5.0)]]
    assert interleave(rankings, subjects=lambda item: item.split("/")[0], count=2) == ["men/1", "plans/1"]


@given(st.lists(st.lists(st.tuples(st.integers(0, 9), st.floats(0.1, 10)), max_size=6), max_size=5), st.integers(0, 9))
def test_nothing_is_given_twice_and_nothing_is_lost(rankings: list[list[tuple[int, float]]], count: int) -> None:
    chosen = interleave(rankings, subjects=lambda item: item % 3, count=count)
    there = {item for ranking in rankings for item, _ in ranking}
    assert len(chosen) == len(set(chosen)) == min(count, len(there))
    assert set(chosen) <= there


FACT = "Do not take what parents say as fact, check it with the social worker"


@pytest.mark.parametrize(
    ("earlier", "later", "again"),
    [
        (FACT, f"{FACT} or other services. This helps to build a true picture of the family.", True),
        (f"{FACT} and the drugs worker", f"{FACT} or other services. This helps to build a true picture.", True),
        (FACT, "Do not take what children say lightly, and check what parents have said", False),
        ("No evidence of voice", "Change is shown by no evidence but the voice of the child", False),
    ],
)
def test_a_point_that_adds_little_to_what_another_review_said_says_it_again(
    earlier: str, later: str, again: bool
) -> None:
    one, other = point("child-d/1", earlier), point("child-e/1", later)
    assert repeats(other, words_of(other), one, words_of(one)) is again
