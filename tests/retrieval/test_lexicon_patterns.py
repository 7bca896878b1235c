from __future__ import annotations

import pytest

from assistant.language.tokens import Tokenizer, read_spellings
from assistant.retrieval.lexicon import Concept, open_lexicon
from assistant.retrieval.lexicon_patterns import PatternFinder, compile_patterns
from assistant.retrieval.lexicon_reader import every_word
from tests.objects import objects_of


@pytest.fixture(scope="module")
def tokenizer(tmp_path_factory: pytest.TempPathFactory) -> Tokenizer:
    return every_word(read_spellings(tmp_path_factory.mktemp("home")))


@pytest.fixture(scope="module")
def shipped(tokenizer: Tokenizer, tmp_path_factory: pytest.TempPathFactory) -> PatternFinder:
    return PatternFinder(compile_patterns(open_lexicon(tmp_path_factory.mktemp("home")), tokenizer), tokenizer)


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


def test_a_negation_goes_with_what_the_pattern_writes_after_it(tokenizer: Tokenizer) -> None:
    assert found(tokenizer, "it never really lasts", "~never lasts") == 1
    assert found(tokenizer, "hurt his last partner but no one ran his name", "~never lasts") == 0
    assert found(tokenizer, "nobody said that this would be the last", "~never lasts") == 0


def test_no_is_not_nobody(tokenizer: Tokenizer) -> None:
    assert found(tokenizer, "another no show", "no show") == 1
    assert found(tokenizer, "he did not show", "no show") == 1
    assert found(tokenizer, "nobody showed me how", "no show") == 0
    assert found(tokenizer, "no one showed me how", "no show") == 0
    assert found(tokenizer, "no one is home", "no one home") == 1
    assert found(tokenizer, "nobody home", "nobody home") == 1


@pytest.mark.parametrize(
    ("text", "concept"),
    [
        ("known for hurting his last partner but no one ran his name", "sustained-change"),
        ("I'm lead because nobody else would, and nobody showed me how", "was-not-brought"),
        ("she signed to say she'd keep him away", "hidden-child"),
        ("five and a half stone and only eats ice", "cannabis"),
    ],
)
def test_everyday_words_do_not_name_what_they_only_sound_like(shipped: PatternFinder, text: str, concept: str) -> None:
    assert concept not in {match.concept for match in shipped.find(text)}


@pytest.mark.parametrize(
    ("text", "concept"),
    [
        ("it never lasts with her", "sustained-change"),
        ("another no show at the eye clinic", "was-not-brought"),
        ("he's kept away from school", "hidden-child"),
        ("he was stoned again when I got there", "cannabis"),
    ],
)
def test_everyday_words_name_what_they_say(shipped: PatternFinder, text: str, concept: str) -> None:
    assert concept in {match.concept for match in shipped.find(text)}


def test_patterns_are_no_objects_each_of_which_would_be_copied_into_every_tab(tokenizer: Tokenizer) -> None:
    few = ["lock door", "door key", "key lock"]
    many = [*few, "lock key", "door lock", "lock door key", "key door|lock", "~lock door"]
    assert objects_of(finder(tokenizer, *many)) == objects_of(finder(tokenizer, *few))
