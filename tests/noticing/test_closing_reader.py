"""Answers about steps are read word by word: the likeliest tags together, and what the shipped reader finds."""

from __future__ import annotations

import itertools
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some
from hypothesis.extra.numpy import arrays

from assistant.noticing.closing_reader import TAGS, ClosingReader, likeliest
from tests.shipped import NOWHERE
from tools.written_lines import written_lines

FOLDER = Path(__file__).parents[2] / "tools" / "training" / "closing-turns"
UNSEEN = "14"
"""The writer from whom the shipped reader has learnt nothing (`tools/train_closing.py`)."""
numbers = some.floats(-5, 5, width=32)


@given(arrays(np.float32, (4, 3), elements=numbers), arrays(np.float32, (3, 3), elements=numbers))
def test_the_likeliest_tags_are_the_best_of_all_there_are(speaks, follows):
    def worth(tags):
        return sum(speaks[at, tag] for at, tag in enumerate(tags)) + sum(
            follows[a, b] for a, b in itertools.pairwise(tags)
        )

    best = max(worth(tags) for tags in itertools.product(range(3), repeat=4))
    assert worth(likeliest(speaks, follows)) == pytest.approx(best, abs=1e-3)


def test_every_kind_can_begin_and_go_on_but_nothing():
    assert len(TAGS) == len(set(TAGS)) == 35


@pytest.fixture(scope="module")
def closing():
    reader = ClosingReader(NOWHERE)
    if reader.read("", (), "I'll ring.") is None:
        pytest.skip("the encoder's weights are not installed")
    return reader


@pytest.mark.parametrize("sign", ["\u2fd4", "[", "\\", "a-", "3"])
@pytest.mark.parametrize("page", [(), ("1. Ring the school nurse (Me, 3 March 2026)",)], ids=["steps", "page"])
def test_a_sentence_of_thousands_of_signs_is_read_as_far_as_it_can_be(closing, page, sign):
    assert closing.read("What will you do?", page, "I'll ring the school. " + sign * 3_000) is not None
    assert closing.read("What will you do?", page, sign * 3_000) is not None


PAGE = (
    "1. Ring the school nurse about Tia (Me, 3 March 2026)",
    "2. Weigh the baby (nobody named yet, no day yet)",
    "3. See Tia on her own at school (Me, 5 March 2026)",
)
ASKED = "What's wrong or missing there, and what day will you look at it again?"


@pytest.mark.parametrize(
    ("answer", "kind", "words", "lines"),
    [
        ("2 is the health visitor, Friday", "who", "the health visitor", (1,)),
        ("2 is the health visitor, Friday", "when", "Friday", (1,)),
        ("take off 3, the rest is fine", "drop", "take off 3", (2,)),
        ("1's done, I rang her at lunch. rest is right", "done", "1's done", (0,)),
        ("no, weighing's Jo. and I'll tell my manager, first thing tomorrow", "step", "tell my manager", ()),
        ("that'll do, I've got to go", "enough", "that'll do", ()),
    ],
)
def test_plain_changes_are_read(answer, kind, words, lines, closing):
    parts = closing.read(ASKED, PAGE, answer)
    assert any(part.kind == kind and words in answer[slice(*part.span)] and part.lines == lines for part in parts), [
        (part.kind, answer[slice(*part.span)], part.lines) for part in parts
    ]


def test_parts_stand_in_order_and_none_holds_another_s_words(closing):
    for _, line in itertools.islice((one for one in written_lines(FOLDER) if one[0] == UNSEEN), 20):
        spans = [part.span for part in closing.read(line["asked"], line["page"], line["said"])]
        assert all(one[1] <= other[0] for one, other in itertools.pairwise(spans))
        assert all(0 <= start < end <= len(line["said"]) for start, end in spans)
