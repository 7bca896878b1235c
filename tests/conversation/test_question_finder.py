"""Which questions of the bank are found by what was said."""

from __future__ import annotations

import pytest

from assistant.conversation.prompts import load_prompts
from assistant.conversation.question_bank import QuestionBank
from assistant.conversation.question_finder import (
    LAST_BEFORE,
    MOST_OF_ANSWER,
    TaughtFinder,
    answer_as_read,
    before_as_read,
    key_of,
    open_finder,
)
from assistant.conversation.reranker import Exchange
from assistant.conversation.themes import Question
from assistant.retrieval.encoder import Encoder, find_model

ASKED = "What about this child do you most need to think through today?"
BRUISE = (
    "He's seven weeks and there's a mark on his cheek. Mum says it's the car seat strap. I've known her two years, "
    "she's lovely, so I wrote it down and left it."
)


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    folder = find_model()
    assert folder is not None
    return Encoder(folder)


@pytest.fixture(scope="module")
def bank(tmp_path_factory: pytest.TempPathFactory) -> tuple[tuple[str, Question], ...]:
    themes = load_prompts(tmp_path_factory.mktemp("home")).themes
    return tuple((one.id, one.question) for one in QuestionBank(themes).questions)


@pytest.fixture(scope="module")
def finder(encoder: Encoder, bank: tuple[tuple[str, Question], ...]) -> TaughtFinder:
    found = open_finder(encoder, tuple(question for _, question in bank))
    assert found is not None
    return found


def first(finder: TaughtFinder, bank: tuple[tuple[str, Question], ...], exchange: Exchange, most: int) -> list[str]:
    fits = finder.found(exchange)
    return [bank[place][0] for place in sorted(range(len(fits)), key=lambda place: -fits[place])[:most]]


def test_a_mark_on_a_baby_finds_questions_about_marks_on_babies(finder, bank):
    themes = [name.partition("/")[0] for name in first(finder, bank, Exchange(ASKED, BRUISE), 6)]
    assert themes.count("bruising-in-babies") >= 3


def test_what_was_said_before_says_what_a_short_answer_is_about(finder, bank):
    alone = first(finder, bank, Exchange("Who was told?", "Nobody. That's the thing."), 10)
    after = first(finder, bank, Exchange("Who was told?", "Nobody. That's the thing.", ((ASKED, BRUISE),)), 10)
    of_marks = [sum(name.startswith("bruising") for name in names) for names in (alone, after)]
    assert of_marks[1] > of_marks[0]


def test_the_fits_of_the_same_words_are_always_the_same(finder):
    exchange = Exchange(ASKED, BRUISE)
    assert finder.found(exchange) == finder.found(exchange)


def test_of_a_long_answer_the_beginning_and_the_end_are_read(encoder):
    answer = "The first thing is this. " + "Then we talked about the weather and the bus. " * 60 + "She whispered no."
    read = answer_as_read(encoder, Exchange("", answer)).pieces
    assert len(read) <= MOST_OF_ANSWER + 3
    assert {*encoder.placed("first")[0], *encoder.placed("whispered")[0]} <= set(read)


def test_the_first_answer_and_the_last_are_looked_at(encoder):
    before = tuple((ASKED, f"Answer number {number} of many.") for number in range(9))
    read = before_as_read(encoder, Exchange("", "Yes.", before))
    numbers = [encoder.placed(f"Answer number {number} of many.")[0] for number in (0, 6, 7, 8)]
    assert [pieces[1:-1] for pieces in read] == numbers
    assert len(read) == 1 + LAST_BEFORE


def test_a_question_that_changed_finds_its_own_place(encoder, bank):
    _, kept = next(one for one in bank if one[0].startswith("bruising-in-babies/experience"))
    changed = kept.model_copy(update={"text": kept.text + " Say what you saw."})
    assert key_of(kept) != key_of(changed)
    both = open_finder(encoder, (kept, changed))
    assert both is not None
    places, _ = both.places
    near = float(places[0] @ places[1])
    assert 0.5 < near < 0.9999


def test_nothing_is_found_with_what_was_learnt_of_another_encoder(encoder, bank):
    other = encoder.taught({})
    assert open_finder(other, tuple(question for _, question in bank)) is None


def test_a_theme_of_ones_own_is_found_too(encoder, bank):
    own = Question(
        text="Who feeds the dog when nobody is up?",
        type="lineal",
        intent="A dog that's fed tells who gets up.",
        after=("the dog's always fed", "there's a dog that somebody walks every morning"),
    )
    found = open_finder(encoder, (*(question for _, question in bank[:200]), own))
    assert found is not None
    answer = "There's a big dog, always fed, somebody walks it before seven."
    fits = found.found(Exchange("Who's up in the mornings?", answer))
    assert sorted(fits, reverse=True).index(fits[-1]) < 10


def test_what_was_said_before_is_read_ahead_of_the_answer_and_changes_nothing(encoder, bank, monkeypatch):
    before = (("Who is this about?", "Kayden, who's four."), ("Who's at home?", "Mum, and her partner some nights."))
    whole = Exchange("How was the visit?", "He stood behind the kitchen door till I'd gone.", before)
    questions = tuple(question for _, question in bank)
    ahead, alone = open_finder(encoder, questions), open_finder(encoder, questions)
    assert ahead is not None and alone is not None
    found = alone.found(whole)
    ahead.make_ready(whole._replace(answer=""))
    monkeypatch.setattr(TaughtFinder, "_seen", lambda *_: pytest.fail("it was read again"))
    assert ahead.found(whole) == found
