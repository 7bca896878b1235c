"""What lines are by their words, where neither a heading nor a rule says."""

from __future__ import annotations

from assistant.library.line_reader import LEARNT, Line, told
from assistant.library.parsing import parse
from assistant.resources import shipped
from tools.document_lines import fingerprint

MINUTES = """# Notes of the learning group

## Case discussion

Nobody asked the father what he had seen on the night.

The nurse drove back the same evening and sat with the boy until his aunt came.

The record of the visit was copied from the week before.

## Business of the group

The members received the report and thanked the author.

The annual conference of the partnership will be held in June.
"""


def test_talk_of_a_meeting_is_left_out_with_its_reason_and_what_was_learnt_is_kept() -> None:
    parsed = parse(MINUTES, review="r", title="Notes of the learning group")
    kept = [point.text for point in parsed.points]
    assert "Nobody asked the father what he had seen on the night." in kept
    assert "The record of the visit was copied from the week before." in kept
    assert "The members received the report and thanked the author." not in kept
    (left,) = [left for left in parsed.left_out if left.text.startswith("The members")]
    assert left.reason == "it teaches nothing of practice, by its words"


def test_what_somebody_did_well_is_a_strength_where_no_heading_says_so() -> None:
    parsed = parse(MINUTES, review="r", title="Notes of the learning group")
    kinds = {point.text[:9]: point.kind for point in parsed.points}
    assert (kinds["The nurse"], kinds["Nobody as"]) == ("strength", "finding")


def test_of_a_few_lines_the_rules_alone_decide() -> None:
    lines = [Line("The members received the report and thanked the author.", ("Notes",), "finding")] * 3
    assert told(lines) == ["finding"] * 3


def test_what_a_label_says_a_question_or_a_theme_is_never_told_anew() -> None:
    text = "The members received the report and thanked the author."
    lines = [
        Line(text, ("Notes",), "learning-point", said=True),
        Line(text, ("Notes",), "question"),
        Line(text, ("Notes",), "theme"),
        Line(text.replace(".", "?"), ("Notes",), "finding"),
        Line(text, ("Notes",), "finding"),
    ]
    assert told(lines) == ["learning-point", "question", "theme", "finding", None]


def test_lines_under_one_that_is_left_out_stand_under_nothing() -> None:
    text = (
        MINUTES + "\nThe chair asked members to note the following papers:\n\n- Nobody had seen the baby undressed.\n"
    )
    parsed = parse(text, review="r", title="Notes of the learning group")
    known = {point.id for point in parsed.points}
    assert all(point.under is None or point.under in known for point in parsed.points)


def test_what_is_learnt_was_learnt_from_the_lines_that_are_there() -> None:
    first = (shipped("models") / LEARNT).read_text(encoding="utf-8").split("\t", 1)[0]
    assert first == fingerprint(), "run `python -m tools.train_lines`"
