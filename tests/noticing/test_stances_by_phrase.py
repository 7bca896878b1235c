"""Where the phrases of a stance count, with a small vocabulary made for these tests: no shipped word is needed."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from assistant.language.clauses import Account, Said, Text, typed_as
from assistant.language.phrases import Phrases
from assistant.noticing.reading import Stance, Stand
from assistant.noticing.stances import Answer, StanceWords, stands_of, yes_or_no

PHRASES = Phrases(
    {
        "small": ["well", "um", "oh", "really"],
        "dunno": ["dunno", "no idea"],
        "rather": ["rather talk", "isnt about", "not about", "never about", "dont ask", "wasnt about", "lets talk"],
        "rather-the": ["back to the", "over the"],
        "longer": ["no idea at all"],
        "pass": ["pass"],
        "drop": ["drop it"],
        "school": ["bus pass"],
        "later": ["later"],
    }
)


def answer(words: str) -> Answer:
    return Answer(words, Account(Text(words, typed_as({})), PHRASES))


def stands(
    words: str, stance: Stance = "refuses", *, unless: Sequence[str] = (), **where: Sequence[str]
) -> tuple[Stand, ...]:
    return stands_of(answer(words), {stance: StanceWords.model_validate({**where, "not": unless})})


def shown(words: str, stance: Stance = "refuses", *, unless: Sequence[str] = (), **where: Sequence[str]) -> str | None:
    found = stands(words, stance, unless=unless, **where)
    return words[slice(*found[0].span)] if found else None


def test_what_is_said_counts_anywhere_and_what_is_early_in_the_first_sentence_alone() -> None:
    assert shown("He came. I pass.", said=["pass"]) == "pass"
    assert shown("He came. I pass.", early=["pass"]) is None
    assert shown("I pass. He came.", early=["pass"]) == "pass"


@pytest.mark.parametrize(
    ("words", "opens"),
    [
        ("Pass on that.", True),
        ("Um, well, pass on that.", True),
        ("He came. Oh well pass on that.", True),
        ("I pass on that.", False),
        ("I well um pass on that.", False),
        ("He oh pass on that.", False),
        ("Came. Um he um pass on that.", False),
    ],
)
def test_what_opens_has_only_small_words_before_it_in_its_sentence(words: str, opens: bool) -> None:
    assert (shown(words, opening=["pass"]) is not None) == opens


@pytest.mark.parametrize(
    ("words", "whole"),
    [
        ("Pass.", True),
        ("Um, pass really.", True),
        ("He came, he went. Pass.", True),
        ("Pass it on.", False),
        ("I pass.", False),
        ("Well I pass really.", False),
        ("Pass mum.", False),
    ],
)
def test_what_is_whole_leaves_only_small_words_to_its_clause(words: str, whole: bool) -> None:
    assert (shown(words, whole=["pass"]) is not None) == whole


def test_what_is_whole_may_go_through_several_clauses() -> None:
    read = answer("No idea and he came.")
    assert not read.fills(Said(0, 4))
    assert read.fills(Said(0, 5))


def test_what_is_asked_ends_in_a_question_mark() -> None:
    assert shown("Can I pass on it?", asked=["pass"]) == "pass"
    assert shown("I pass on it. Can he?", asked=["pass"]) is None
    assert shown("He came? I pass.", asked=["pass"]) is None


@pytest.mark.parametrize(
    ("words", "own"),
    [
        ("She said “I pass”.", False),
        ("“I pass” she said, “and he”.", False),
        ("“He came” and then “pass”", False),
        ('"He came" and I pass and "he"', True),
        ("“He came” and I pass and “he”", True),
        ("I pass, “he said”", True),
        ("“He came” and “I pass on that", True),
        ("She said 'pass'.", False),
        ("He's mum's and I pass on mum's bag.", True),
    ],
)
def test_what_stands_in_quotation_marks_is_not_the_worker_s_own(words: str, own: bool) -> None:
    assert (shown(words, said=["pass"]) is not None) == own


def test_a_stretch_is_quoted_when_all_of_it_is() -> None:
    words = "“He came” and “I pass” now"
    read = answer(words)
    first, second = words.index("“He"), words.index("“I")
    assert read.quotes((first, first + len("“He came”")))
    assert read.quotes((second, second + len("“I pass”")))
    assert not read.quotes((second, second + len("“I pass”") + 1))
    assert not read.quotes((first + 2, second + 2))
    assert not answer("I pass “he”").quotes((0, 6))


def test_what_the_same_sentence_says_otherwise_makes_it_mean_another_thing() -> None:
    assert shown("His bus pass is out.", said=["pass"], unless=["school"]) is None
    assert shown("He has a bus pass. I pass.", said=["pass"], unless=["school"]) == "pass"
    assert shown("Later I pass.", said=["pass"], unless=["later"]) is None
    assert shown("I pass, later.", said=["pass"], unless=["later"]) == "pass"


def test_not_knowing_one_thing_of_many_is_not_the_answer_unless_it_comes_first() -> None:
    long = "He came. He sat. He ate. {}"
    assert shown(long.format("Dunno."), "unsure", said=["dunno"]) is None
    assert shown(long.format("Dunno."), "refuses", said=["dunno"]) == "Dunno"
    assert shown("He came. He sat. Dunno.", "unsure", said=["dunno"]) == "Dunno"
    words = "Dunno. He came. He sat. No idea why."
    assert shown(words, "unsure", said=["dunno"]) == "Dunno"


def test_the_first_is_told_of_and_of_two_that_begin_together_the_longer() -> None:
    assert shown("He came, dunno, pass.", said=["pass", "dunno"]) == "dunno"
    assert shown("No idea at all.", said=["dunno", "longer"]) == "No idea at all"


def test_a_refusal_may_drop_the_subject_and_not_only_the_question() -> None:
    (only,) = stands("Pass.", said=["pass"], drops=["drop"])
    assert (only.drops, only.wish) == (False, None)
    (dropped,) = stands("Pass. Drop it.", said=["pass"], drops=["drop"])
    assert dropped.drops


@pytest.mark.parametrize(
    ("words", "wish"),
    [
        ("I'd rather talk about his school.", "his school"),
        ("I'd rather talk. He was at school.", "He was at school"),
        ("Back to the school now.", "the school now"),
        ("He came. Back to the school now.", "the school now"),
        ("Over the school now.", "the school now"),
        ("Lets talk, that. He came.", "that"),
        ("It isnt about dad. It is mum. He came.", "It is mum"),
        ("It wasnt about dad. It is mum.", "It is mum"),
        ("It's not about dad. It is mum.", "It is mum"),
        ("It's never about dad. It is mum.", "It is mum"),
        ("Dont ask that. It is mum.", "It is mum"),
        ("It isnt about dad.", "dad"),
        ("I'd rather talk.", "rather talk"),
    ],
)
def test_a_wish_is_the_rest_of_the_sentence_or_the_next(words: str, wish: str) -> None:
    (stand,) = stands(words, "elsewhere", said=["rather", "rather-the"])
    assert stand.wish is not None
    assert words[slice(*stand.wish)] == wish


@pytest.mark.parametrize(
    ("words", "said"),
    [
        *((word, "yes") for word in ("yes", "yeah", "yep", "yup", "aye")),
        *((word, "no") for word in ("no", "nope", "nah")),
        ("Yes mum did.", "yes"),
        ("Yes school rang.", None),
        ("No lunch.", None),
        ("No, school rang.", "no"),
        ("No. School rang.", "no"),
        ("School rang. Yes, he went.", "yes"),
        ("School rang. No lunch. No.", "no"),
        ("He said yes", None),
        ("Yes and no", "yes"),
        ("", None),
    ],
)
def test_a_yes_or_no_begins_a_sentence_and_stands_alone_in_it(words: str, said: str | None) -> None:
    assert yes_or_no(answer(words).account) == said
