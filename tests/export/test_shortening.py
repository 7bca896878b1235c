"""A long account is shortened by whole sentences that still say what they said."""

from __future__ import annotations

from assistant.export.shortening import shortened

PADDING = (
    "There was a lot of other talk about the shops and the buses and what everybody there "
    "thought of the weather lately. "
)


def short(answer: str, asked: str = "", room: int = 45) -> str:
    return shortened([PADDING * 2 + answer + " " + PADDING * 2], room, [asked])[0]


def test_what_leans_on_the_sentence_before_it_is_never_kept_without_it():
    both = "Shona did right about Finlay. And I need her to write down on Monday what she saw."
    assert both in short(both)
    list_too = "We talked about bruises and about Monday. Which nobody had told school."
    assert list_too in short(list_too)
    wrote = "He wet the bed every Sunday after contact. I never wrote it down."
    assert wrote in short(wrote)


def test_half_of_a_quotation_is_never_kept_without_the_other():
    both = '"Alfie came home on Sunday and was quiet. On Monday he said dont tell."'
    assert both in short(both)


def test_what_takes_up_the_question_stays_before_what_says_as_much():
    told = "Promise nothing about contact to anybody. Remember nothing about weather to anybody."
    first, second = "Promise nothing about contact to anybody.", "Remember nothing about weather to anybody."
    said = shortened([f"{PADDING}{told}"], 7, ["What mustn't you promise?"])[0]
    assert first in said and second not in said
    said = shortened([f"{PADDING}{told}"], 7, ["What will you remember?"])[0]
    assert second in said and first not in said


def test_what_a_sentence_means_is_kept_with_it():
    both = "Shona had seen it on Monday before I did. The talking, I mean."
    assert both in short(both)
