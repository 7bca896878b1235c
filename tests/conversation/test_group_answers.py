from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from assistant.conversation import events as e
from assistant.conversation.group_answers import each_on_a_line
from assistant.export.gathering import handover
from assistant.export.templates import filled
from assistant.resources import PACKAGE


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Table 1: ask nan. | Table 2: ring.", "Table 1: ask nan.\nTable 2: ring."),
        ("Table 1: a|Table 2: b |Back row: c", "Table 1: a\nTable 2: b\nBack row: c"),
        ("Table 1: a\nTable 2: b", "Table 1: a\nTable 2: b"),
        ("we would ring | and go", "we would ring | and go"),
        ("come at 2 | 3:30 is too late", "come at 2 | 3:30 is too late"),
        ("|", "|"),
    ],
)
def test_a_bar_before_a_name_and_a_colon_begins_another_tables_answer(typed, kept):
    assert each_on_a_line(typed) == kept


@example("|1:|1: ")
@given(st.text(alphabet="Tab 1:|\n.", max_size=60))
def test_nothing_but_bars_and_the_space_around_them_is_lost_and_the_second_time_changes_nothing(words):
    once = each_on_a_line(words)
    assert "".join(once.replace("|", "").split()) == "".join(words.replace("|", "").split())
    assert each_on_a_line(once) == once


@pytest.mark.parametrize(
    ("journey", "subject", "kept"),
    [
        ("scenario", "bruise-after-foster-care", "Table 1: ask nan.\nTable 2: ring."),
        ("supervision", None, "Table 1: ask nan. | Table 2: ring."),
    ],
)
def test_a_groups_answers_are_kept_table_by_table_and_nobody_elses_are_touched(sit, journey, subject, kept):
    sitting = sit(journey=journey, subject=subject, minutes=60)
    sitting.session.answer("Table 1: ask nan. | Table 2: ring.")
    assert [event.text for event in sitting.kept if isinstance(event, e.Answered)] == [kept]


def test_the_debrief_gives_each_table_its_own_line(sit, prompts):
    sitting = sit(journey="scenario", subject="bruise-after-foster-care", minutes=60)
    sitting.session.answer("Table 1: ask nan. | Table 2: ring.")
    debrief = filled("debrief", handover(sitting.session.state, prompts), PACKAGE / "no-such-home")
    assert "> Table 1: ask nan.\\\n> Table 2: ring." in debrief
