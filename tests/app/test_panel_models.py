"""What the panels and the conversation show of a session, worked out without a widget."""

from __future__ import annotations

from datetime import UTC, datetime

from assistant.app.panel_models import parts_around, quoted_before, quoted_under
from assistant.conversation.events import Asked, Beside, Offered, Started
from assistant.conversation.state import State, Turn
from tests.app.conftest import FATHERS

AT = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)
POINT = Beside(
    text=FATHERS.text, review=FATHERS.review, title=FATHERS.title, publisher=FATHERS.publisher, published=None,
    section=FATHERS.section, lines=FATHERS.lines,
)  # fmt: skip
OTHER = POINT.model_copy(update={"lines": (70, 71)})


def turn(key: str, *beside: Beside, hits=()) -> Turn:
    asked = Asked(at=AT, question=key, theme="learning", stage="analysis", text="And?", because="b", beside=beside)
    offered = Offered(at=AT, question=key, hits=hits, because="b") if hits else None
    return Turn(asked, answer="words" if hits else None, offered=offered)


def state_of(*turns: Turn) -> State:
    return State(Started(at=AT, session="s", journey="j", case="c", minutes=45), turns=turns, cursor=len(turns) - 1)


def test_the_point_that_is_asked_about_next_is_not_quoted_under_the_answer_before_it_as_well():
    assert quoted_under(state_of(turn("a", hits=(FATHERS,)), turn("b", POINT)), 0) == ()
    assert quoted_under(state_of(turn("a", hits=(FATHERS,)), turn("b", OTHER)), 0) == (FATHERS,)
    assert quoted_under(state_of(turn("a", hits=(FATHERS,))), 0) == (FATHERS,)


def test_a_second_question_about_the_same_words_does_not_have_them_over_it_again():
    state = state_of(turn("a", POINT), turn("b", POINT), turn("c", OTHER), turn("d"), turn("e"))
    assert [quoted_before(state, place) for place in range(5)] == [False, True, False, False, False]


def test_a_reviews_points_stand_in_the_plan_between_what_comes_before_them_and_what_comes_after(prompts):
    before, after = parts_around(state_of(turn("a")), prompts.journeys["team-review"])
    assert before and after
    assert "To begin" in {part.name for part in before}
    assert "To close" in {part.name for part in after}
