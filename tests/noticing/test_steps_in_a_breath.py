"""Steps typed without a stop are cut where one job ends and the next begins, and nowhere else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.noticing.steps_in_a_breath import in_lines


@pytest.mark.parametrize(
    ("answer", "lines"),
    [
        (
            "I ring the school nurse tomorrow and get his ears checked this week I go round on Wednesday after tea",
            [
                "I ring the school nurse tomorrow",
                "and get his ears checked this week",
                "I go round on Wednesday after tea",
            ],
        ),
        (
            "so ill ring mum tonight then tomorrow i see the school and i ask mrs patel about the drawing",
            ["so ill ring mum tonight", "then tomorrow i see the school and i ask mrs patel about the drawing"],
        ),
        (
            "i do the referral today the hv does the weight thursday and my manager signs it off",
            ["i do the referral today", "the hv does the weight thursday", "and my manager signs it off"],
        ),
        (
            "ask the drug worker if she can take it at night, by Friday and get the nurse to talk about his bed",
            [
                "ask the drug worker if she can take it at night, by Friday",
                "and get the nurse to talk about his bed",
            ],
        ),
        (
            "right ill ring duty now write up what he said word for word tonight friday me and Jo go to see him",
            [
                "right ill ring duty now",
                "write up what he said word for word tonight",
                "friday me and Jo go to see him",
            ],
        ),
    ],
)
def test_a_job_begins_where_the_last_one_is_whole(answer: str, lines: list[str]):
    assert in_lines(answer).split("\n") == lines


@pytest.mark.parametrize(
    "answer",
    [
        "If he's not in by 9.30 tomorrow I ring mum and then I ring the police and then his nan",
        "I'll ask the nursery what they want me to say before I ring her mum about it on Friday",
        "the worry is that I think I know what she'll say when I ring her about it tomorrow night",
        "I'll go back tomorrow and see whos holding the baby and whether there's any milk",
        "I'll go round tomorrow see how she is with him and whether there's any milk in the house",
    ],
)
def test_what_hangs_on_what_was_said_stays_with_it(answer: str):
    assert in_lines(answer) == answer


def test_what_has_commas_or_stops_is_left_as_it_was_typed():
    answer = "I ring duty today, I see him Friday, I write it up. Then the nurse weighs him, Monday."
    assert in_lines(answer) == answer


_WORDS = st.sampled_from(
    "I i ring see then and today friday the hv does mum tell my manager if . , me Jo go round 9.30".split()
)


@given(st.lists(_WORDS, max_size=40).map(" ".join))
def test_every_character_stays_where_it_stood(answer: str):
    cut = in_lines(answer)
    assert len(cut) == len(answer)
    assert all(now == before or (now, before) == ("\n", " ") for now, before in zip(cut, answer, strict=True))
