"""A step that's given to somebody else names nobody else in its words, and a person is told from what is done."""

from __future__ import annotations

import pytest

from assistant.conversation.given_to import given_to, somebody_else
from assistant.noticing.reading import Step


@pytest.mark.parametrize(
    ("text", "owner", "who", "then"),
    [
        ("Paul to examine him", "Paul", "Bev", "examine him"),
        ("I'll ring Dawn tomorrow", "me", "Bev", "ring Dawn tomorrow"),
        ("Ask who he is, me, Thursday", "me", "Shelley", "Ask who he is, Thursday"),
        ("someone should see him", "", "me", "see him"),
        ("I'll ring Dawn tomorrow", "me", "me", "I'll ring Dawn tomorrow"),
        ("ring Paul to say so", "me", "Bev", "ring Paul to say so"),
    ],
)
def test_whoever_did_it_before_is_in_its_words_no_longer(text, owner, who, then):
    step = given_to(Step(text=text, span=(0, len(text)), who=owner), who)
    assert (step.who, step.text) == (who, then)


@pytest.mark.parametrize(
    ("said", "who"),
    [
        ("a paediatrician really, Paul can't do that on his own", "a paediatrician"),
        ("Bev not me", "Bev"),
        ("the school nurse", "the school nurse"),
        ("by Friday", ""),
        ("first", ""),
        ("ring Sue and her manager", ""),
        ("done before the meeting", ""),
        ("tomorrow", ""),
        ("seeing him at school", ""),
    ],
)
def test_somebody_is_told_from_a_day_and_from_what_is_done(said, who):
    assert somebody_else(said) == who
