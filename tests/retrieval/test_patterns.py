from __future__ import annotations

import pytest

from assistant.retrieval.learning import every_word
from assistant.retrieval.lexicon import Concept
from assistant.retrieval.patterns import PatternFinder, compile_patterns
from assistant.retrieval.tokens import Tokenizer, read_spellings


@pytest.fixture(scope="module")
def tokenizer(tmp_path_factory: pytest.TempPathFactory) -> Tokenizer:
    return every_word(read_spellings(tmp_path_factory.mktemp("home")))


def finder(tokenizer: Tokenizer, *patterns: str, excluded: tuple[str, ...] = ()) -> PatternFinder:
    concept = Concept.model_validate({"id": "it", "name": "It", "everyday": patterns, "not": excluded})
    return PatternFinder(compile_patterns([concept], tokenizer), tokenizer)


def found(tokenizer: Tokenizer, text: str, *patterns: str, excluded: tuple[str, ...] = ()) -> float:
    matches = finder(tokenizer, *patterns, excluded=excluded).find(text)
    return matches[0].weight if matches else 0


def test_words_in_order_with_two_others_between_match_and_three_do_not(tokenizer: Tokenizer) -> None:
    assert found(tokenizer, "would not let the two of us in", "let in") == 0
    assert found(tokenizer, "would not let any us in", "let in") == 1
    assert found(tokenizer, "in they let us", "let in") == 0


def test_any_order_matches_within_seven_words(tokenizer: Tokenizer) -> None:
    assert found(tokenizer, "the clinic says nobody brought her", "~bring clinic") == 1
    assert found(tokenizer, "the clinic said a lot of things and then much later she was brought", "~bring clinic") == 0


def test_a_hint_weighs_half_and_two_hints_more(tokenizer: Tokenizer) -> None:
    assert found(tokenizer, "an appointment", "?appointment") == 0.5
    assert found(tokenizer, "an appointment at the clinic", "?appointment", "?clinic") == 0.75


def test_words_that_mean_another_thing_here_are_left_out(tokenizer: Tokenizer) -> None:
    assert found(tokenizer, "dna test at the lab", "dna", excluded=("dna test",)) == 0
    assert found(tokenizer, "dna test, and DNA again at clinic", "dna", excluded=("dna test",)) == 1


@pytest.mark.parametrize("text", ["missed appointments", "Missing her appointment", "keeps missing the appointment"])
def test_words_match_in_every_form(tokenizer: Tokenizer, text: str) -> None:
    assert found(tokenizer, text, "miss appointment") == 1


def test_an_abbreviation_matches_what_it_stands_for(tokenizer: Tokenizer) -> None:
    assert found(tokenizer, "history of dv", "domestic violence") == 1
    assert found(tokenizer, "history of domestic violence", "dv") == 1


def test_the_words_that_show_it_are_given_as_characters(tokenizer: Tokenizer) -> None:
    text = "She has missed every appointment."
    (match,) = finder(tokenizer, "miss appointment").find(text)
    assert [text[start:end] for start, end in match.spans] == ["missed", "appointment"]


def test_nothing_is_found_in_nothing(tokenizer: Tokenizer) -> None:
    assert finder(tokenizer, "miss appointment").find("") == []
    assert finder(tokenizer).find("missed appointment") == []
