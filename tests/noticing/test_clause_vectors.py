"""How an answer is cut for its meaning."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from assistant.noticing.clause_vectors import MOST_PIECES, cut


def pieces(answer: str) -> list[str]:
    spans, _ = cut(answer)
    return [answer[start:end] for start, end in spans]


def test_sentences_come_first_and_then_the_clauses_of_the_long_ones() -> None:
    answer = "He was fine. She went to the kitchen with him, but the door was shut and nobody would say why."
    assert pieces(answer) == [
        "He was fine.",
        "She went to the kitchen with him, but the door was shut and nobody would say why.",
        "She went to the kitchen with him",
        "but the door was shut",
        "and nobody would say why.",
    ]


def test_a_clause_too_short_to_say_something_goes_with_the_next() -> None:
    answer = "She said he was asleep upstairs in the back room, in June, and that I could not go up."
    assert pieces(answer)[1:] == [
        "She said he was asleep upstairs in the back room",
        "in June, and that I could not go up.",
    ]


@given(st.text(max_size=300))
def test_pieces_are_stretches_of_the_answer_and_never_many(answer: str) -> None:
    spans, sentences = cut(answer)
    assert len(spans) <= MOST_PIECES
    assert sentences <= len(spans)
    assert all(0 <= start < end <= len(answer) and answer[start:end].strip() for start, end in spans)
