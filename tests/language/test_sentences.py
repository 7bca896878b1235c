from __future__ import annotations

from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.language.sentences import is_question, sentences, spoken_sentences, standing_alone, stands_alone


def cut(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text)]


@given(st.text(alphabet="Ab .?!\"')*1\n’", max_size=200))
def test_sentences_are_in_order_and_hold_everything_but_white_space(text: str) -> None:
    spans = list(sentences(text))
    at = 0
    for start, end in spans:
        assert at <= start < end
        assert not text[at:start].strip()
        at = end
    assert not text[at:].strip()


@given(st.text(alphabet="AbT his.?", max_size=200))
def test_groups_hold_every_sentence_once_in_order(text: str) -> None:
    assert [span for group in standing_alone(text) for span in group] == list(sentences(text))


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Call Dr. Smith on tel. 01865 328607. He knows.", 2),
        ("Use tools, e.g. Genograms help. Then stop.", 2),
        ("It was seen by Child K. Nobody asked.", 2),
        ("**This is bold.** Are you aware?", 2),
        ("See page no. 5 of it.", 1),
        ("The NSPCC's report ['Hidden Men'](#). During the review", 2),
        ("A framework¹. It avoids duplication", 2),
        ("No stop at all", 1),
        ("", 0),
    ],
)
def test_a_sentence_ends_where_a_reader_stops(text: str, count: int) -> None:
    assert len(cut(text)) == count


@pytest.mark.parametrize(
    "sentence",
    ["However, nobody asked.", "This was lost.", "She had booked late.", "The process may also have helped."],
)
def test_a_sentence_about_the_one_before_does_not_stand_alone(sentence: str) -> None:
    assert not stands_alone(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "Child K required surgery which meant he spent three months in hospital.",
        "No agency completed a genogram.",
        "In this case no CAF was initiated.",
        "Agencies should say what they know.",
    ],
)
def test_a_sentence_with_its_own_subject_stands_alone(sentence: str) -> None:
    assert stands_alone(sentence)


def test_somebodys_words_stay_together_and_what_nothing_closes_holds_nothing() -> None:
    said = "He told us: “They asked what I had done. Nobody asked what I like.” Staff had not known."
    assert [said[start:end] for start, end in (group[0] for group in standing_alone(said))] == [
        "He told us: “They asked what I had done.",
        "Staff had not known.",
    ]
    assert [len(group) for group in standing_alone(said)] == [2, 1]
    assert [len(group) for group in standing_alone(said.replace("”", ""))] == [1, 1, 1]


def test_a_request_that_ends_in_a_question_mark_is_not_a_question() -> None:
    assert is_question("**Are you able to record this?**")
    assert is_question("In what ways do you ask?")
    assert not is_question("Ensure that assessments consider the family, e.g., who is in it?")
    assert not is_question("Are you able to record this")


@pytest.mark.parametrize("sign", [".", ". ", "a-", "aaaa.", "no. ", "?!", '."'])
def test_a_run_of_any_sign_takes_no_more_than_its_length(sign: str):
    def seconds(times: int) -> float:
        text = sign * times
        before = process_time()
        for _ in sentences(text):
            pass
        return process_time() - before

    short, long = min(seconds(4_000) for _ in range(3)), min(seconds(32_000) for _ in range(2))
    assert long < max(24 * short, 0.2)  # eight times as long; quadratic, it would be 64 times


@given(st.text(alphabet="Ab .?!\"')*1\n’", max_size=200))
def test_spoken_sentences_are_in_order_and_hold_everything_but_white_space(text: str) -> None:
    at = 0
    for start, end in spoken_sentences(text):
        assert at <= start < end
        assert not text[at:start].strip()
        at = end
    assert not text[at:].strip()


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("he was fine. no marks. saw him friday", ["he was fine.", "no marks.", "saw him friday"]),
        ('She said "no." then she left', ['She said "no."', "then she left"]),
        ("word " * 70, [" ".join(["word"] * 30), " ".join(["word"] * 30), " ".join(["word"] * 10)]),
    ],
)
def test_talk_is_cut_without_capitals_and_by_length_where_it_runs_on(typed: str, expected: list[str]) -> None:
    assert [typed[start:end] for start, end in spoken_sentences(typed)] == expected
