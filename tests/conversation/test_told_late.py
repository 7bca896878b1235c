"""What is told once the themes are over is followed where that follows far better than what the course asks next."""

from __future__ import annotations

import pytest

from assistant.conversation.reranker import Fit
from assistant.noticing.reading import Reading, Telling

LATE = "He was under the table again when I left"
HARMLESS, JARS = Fit(2.0, 0.5), Fit(-3.0, -3.0)


def telling(words):
    at = words.find(LATE)
    return (Telling(span=(at, at + len(LATE)), kind="child-did", strength=0.5),) if at >= 0 else ()


def asked_after(sit, said, looks: Fit, course: Fit):
    """The question that follows the decision, where closer looks and the course's questions fit so well."""

    def fits(_, candidates):
        return tuple(looks if one.span else course for one in candidates)

    sitting = sit(minutes=30, fits=fits, telling=telling, read=lambda *_: Reading())
    while sitting.session.state.current.asked.keeps != "decision":
        sitting.session.answer("words about it")
    sitting.session.answer(said)
    return sitting.session.state.current.asked


@pytest.mark.parametrize(
    ("looks", "course", "source"),
    [(HARMLESS, JARS, "thread"), (JARS, HARMLESS, "journey"), (HARMLESS, HARMLESS, "journey")],
)
def test_what_is_told_with_the_decision_is_followed_only_where_that_follows_far_better(sit, looks, course, source):
    asked = asked_after(sit, f"We'll see how it goes. {LATE}", looks, course)
    assert asked.source == source
    assert (LATE in asked.text) == (source == "thread")


def test_where_nothing_telling_is_said_the_course_goes_on(sit):
    assert asked_after(sit, "We'll see how it goes.", HARMLESS, JARS).source == "journey"
