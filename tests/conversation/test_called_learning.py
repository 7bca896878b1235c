from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.conversation import events as e
from assistant.conversation.called_learning import CalledLearning
from assistant.conversation.called_questions import Called
from assistant.conversation.learning_choice import BORNE_OUT, LIKELY, SURE
from assistant.conversation.prompts import load_prompts
from assistant.conversation.question_bank import QuestionBank
from assistant.conversation.reranker import Exchange
from assistant.library.library import open_library
from assistant.library.points import reading_text
from assistant.noticing.clause_vectors import Meaning
from assistant.noticing.reading import Reading, Stand
from assistant.retrieval.practice_patterns import SHOWN, Pattern
from assistant.retrieval.results import SearchResult
from tests.conversation.test_moving_on import strong
from tests.shipped import reader
from tools.count_called_learning import Chosen, chosen, counted

LIBRARY = open_library(Path("no-such-home"))
FATHERS = "child-k/invisible-fathers/1"


@pytest.fixture(scope="module")
def bank(tmp_path_factory: pytest.TempPathFactory) -> QuestionBank:
    home = tmp_path_factory.mktemp("home")
    return QuestionBank(load_prompts(home).themes, Meaning(home))


def bears(bank: QuestionBank, asked: str, answer: str) -> list[str]:
    """The text of what surely bears, the surest first."""
    likely = bank.learning.bears(bank.called(Exchange(asked, answer)))
    sure = sorted((point for point, how in likely.items() if how >= SURE), key=lambda point: -likely[point])
    return [LIBRARY.by_id(point).text for point in sure]


def test_all_that_was_counted_stands_in_the_shipped_reviews_in_the_same_words(bank: QuestionBank) -> None:
    points = {point.id: point for point in LIBRARY}
    counted_on = bank.learning.bears({bank.questions[0].id: Called(None, 0.9)})
    assert counted_on
    assert all(bank.learning.was_counted(points[point]) for point in counted_on)
    assert {text for one in chosen() for text in one.learning} <= {reading_text(point.text) for point in LIBRARY}


def test_a_point_that_says_something_else_now_was_not_counted(bank: QuestionBank) -> None:
    point = LIBRARY.by_id(FATHERS)
    assert bank.learning.was_counted(point)
    assert not bank.learning.was_counted(point.model_copy(update={"text": "Something else altogether."}))


def test_a_mark_on_a_baby_brings_what_reviews_learnt_of_marks_on_babies(bank: QuestionBank) -> None:
    found = bears(
        bank,
        "What did you see?",
        "There's a mark on his cheek, he's seven weeks old. Mum says it's the strap of the car seat.",
    )
    assert found
    assert "bruis" in found[0].lower() or "mobile" in found[0].lower()


def test_what_is_plain_and_ordinary_brings_nothing(bank: QuestionBank) -> None:
    assert bears(bank, "How was the visit?", "Fine, they'd had their tea and she showed me her new reading book.") == []


def test_questions_called_for_by_words_alone_say_nothing_of_learning(bank: QuestionBank) -> None:
    name = bank.questions[0].id
    assert bank.learning.bears({name: Called((0, 4), 0.9)}) == {}
    assert bank.learning.bears({name: Called(None, 0.9)})


def test_a_question_that_has_changed_counts_as_any_would_and_of_many_nothing_is_told(bank: QuestionBank) -> None:
    first, second = bank.questions[:2]
    changed = first.question.model_copy(update={"text": "Who was it that nobody asked?"})
    learning = CalledLearning({first.id: changed, second.id: second.question})
    one = bank.learning.bears({second.id: Called(None, 0.9)})
    both = learning.bears({first.id: Called(None, 0.9), second.id: Called(None, 0.9)})
    assert max(one.values()) > max(both.values()) > 0
    assert learning.bears({first.id: Called(None, 0.9)}) == {}


def test_learning_is_likelier_where_its_questions_are_chosen(bank: QuestionBank) -> None:
    questions = [one.question for one in bank.questions[:3]]
    with_it, without = questions[0].text, questions[1].text
    point = LIBRARY.by_id(FATHERS)
    arrays = counted([Chosen((with_it,), (reading_text(point.text),)), Chosen((without,), ())], questions, [point])
    likely = arrays["chosen"][:, 0]
    assert likely[0] > likely[2] > likely[1]
    assert arrays["usual"].tolist() == [0.5]


def offered(happened) -> list[str]:
    return [hit.id for event in happened if isinstance(event, e.Offered) for hit in event.hits]


@pytest.mark.parametrize(("how", "found"), [(SURE, [FATHERS]), (SURE - 0.01, [])])
def test_only_what_people_would_surely_choose_is_set_beside_an_answer(sit, how, found):
    quoted = lambda answer, sure: tuple(hit for hit in strong("").hits if hit.id in sure)  # noqa: E731
    sitting = sit(chosen=lambda called: {FATHERS: how}, quoted=quoted)
    assert offered(sitting.session.answer("the nursery rang again and nobody has met dad yet")) == found


@pytest.mark.parametrize(("likely", "found"), [({FATHERS: 0.0}, []), ({}, [FATHERS])])
def test_what_people_did_not_choose_out_of_a_review_is_not_searched_for_in_it(sit, likely, found):
    nothing = SearchResult(query="", nothing_bears=True, hits=())
    bears = lambda answer: nothing if "child-k" in answer.passed_over else strong(answer.words)  # noqa: E731
    sitting = sit(bears=bears, chosen=lambda called: likely)
    assert offered(sitting.session.answer("the nursery rang again and nobody has met dad yet")) == found


@pytest.mark.parametrize(
    ("told", "found"),
    [
        ("I went to see Alfie on Tuesday, he's 3, and there was nobody else in.", []),
        ("I went to see Ayla on Tuesday, she's five weeks old, and there was nobody else in.", [FATHERS]),
    ],
)
def test_what_is_of_babies_is_left_out_where_every_child_is_older(sit, told, found):
    words = "Non-mobile babies very rarely cause injuries to themselves."
    of_babies = strong("").hits[0].model_copy(update={"text": words})
    sitting = sit(read=reader().read, chosen=lambda called: {FATHERS: 1.0}, quoted=lambda answer, sure: (of_babies,))
    assert offered(sitting.session.answer(told)) == found


@pytest.mark.parametrize(("told", "looked"), [("Nobody's met dad.", False), ("Nobody's met dad. " * 7, True)])
def test_what_asks_us_something_is_looked_at_where_it_tells_of_the_case_too(sit, told, looked):
    asks = "What would you do?"
    words = f"{asks} {told}".strip()
    reading = Reading(stands=(Stand(span=(0, len(asks)), stance="asks-us"),))
    sitting = sit(read=lambda *_: reading)
    (offer,) = [event for event in sitting.session.answer(words) if isinstance(event, e.Offered)]
    assert offer.looked is looked


def shows(sure: float) -> Callable[..., tuple[Pattern, ...]]:
    return lambda *_: (Pattern("adults-unknown", sure, (FATHERS,), "Fathers are not known."),)


@pytest.mark.parametrize(
    ("how", "odds", "found"),
    [(LIKELY, BORNE_OUT, [FATHERS]), (LIKELY - 0.01, BORNE_OUT, []), (LIKELY, BORNE_OUT - 0.1, [])],
)
def test_what_people_would_likely_choose_comes_where_the_answer_shows_it_and_bears_it_out(sit, how, odds, found):
    sitting = sit(
        chosen=lambda called: {FATHERS: how},
        quoted=lambda answer, likely: tuple(hit for hit in strong("").hits if hit.id in likely),
        patterns=shows(SHOWN),
        judges=lambda exchange, learning: tuple(odds for _ in learning) or None,
    )
    assert offered(sitting.session.answer("the nursery rang again and nobody has met dad yet")) == found


@pytest.mark.parametrize(("odds", "found"), [(BORNE_OUT, [FATHERS]), (BORNE_OUT - 0.1, [])])
def test_any_other_review_has_its_say_where_the_answer_shows_what_it_is_about_and_bears_it_out(sit, odds, found):
    sitting = sit(
        chosen=lambda called: {"another": 0.0},
        of_a_pattern=lambda answer, name: strong("").hits if name == "adults-unknown" else (),
        patterns=shows(SHOWN),
        judges=lambda exchange, learning: tuple(odds for _ in learning) or None,
    )
    assert offered(sitting.session.answer("the nursery rang again and nobody has met dad yet")) == found
