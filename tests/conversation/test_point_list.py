from __future__ import annotations

from assistant.conversation.point_list import PointLine
from assistant.library.library import open_library
from assistant.resources import PACKAGE

REVIEW = "child-k"


def standing(line: PointLine) -> tuple[int, str, str, str]:
    return line.number, line.standing, line.said, line.plan


def test_a_team_sees_every_point_where_it_stands_and_what_will_be_done_about_a_gap(sit):
    library = open_library(PACKAGE / "no-such-home")
    session = sit(
        minutes=60,
        journey="team-review",
        subject=REVIEW,
        review=library.reviews.get,
        points=lambda review: tuple(library.points_of(review)),
    ).session
    session.answer("The duty team: two social workers and a manager.")
    count = len(session.points())
    assert count > 5
    assert [line.standing for line in session.points()] == ["now", *["to come"] * (count - 1)]
    session.answer("Partly. We ask at the first visit.")
    while session.state.current and session.state.current.asked.keeps != "review-plan":
        session.answer("A note in the file.")
    session.answer("The manager asks in every supervision, from May.")
    session.answer("Not ours")
    session.skip()
    lines = session.points()
    assert standing(lines[0]) == (1, "gap", "partly", "The manager asks in every supervision, from May.")
    assert standing(lines[1])[:3] == (2, "not ours", "not ours")
    assert [line.standing for line in lines[2:5]] == ["skipped", "now", "to come"]


def test_other_sessions_have_no_points(sit):
    assert sit().session.points() == ()
