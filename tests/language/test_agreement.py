from __future__ import annotations

import pytest

from assistant.language.agreement import is_several, with_several


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("What does the boys have that is theirs?", "What do the boys have that is theirs?"),
        ("Who is the boys afraid of?", "Who are the boys afraid of?"),
        ("Is the boys safe?", "Are the boys safe?"),
        ("What wakes the boys when the boys goes to bed?", "What wakes the boys when the boys go to bed?"),
        ("What is the boys's day like?", "What is the boys' day like?"),
        ("What the boys really wants", "What the boys really want"),
        ("What has the boys said?", "What have the boys said?"),
        ("When did you see the boys this week?", "When did you see the boys this week?"),
    ],
)
def test_a_sentence_written_for_one_agrees_with_several(written, said):
    assert with_several(written, "the boys") == said


@pytest.mark.parametrize(
    ("called", "several"),
    [("the children", True), ("the boys", True), ("the twins", True), ("the boy", False), ("James", False)],
)
def test_several_are_told_from_one_by_how_they_are_called(called, several):
    assert is_several(called) is several
