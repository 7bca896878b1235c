from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.noticing.reading import Known, Reading
from tests.shipped import reader

LABELLED = Path(__file__).parent / "labelled"
READER = reader()
TODAY = Known(today=date(2026, 3, 12))


def read(words: str) -> Reading:
    return READER.read(words, TODAY)


def labelled(file: str) -> Iterator[tuple[set[str], str]]:
    for line in (LABELLED / file).read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            stances, _, words = line.partition(" | ")
            yield set(stances.split("+")), words


@pytest.mark.parametrize("file", ["stances-work.txt", "stances-held.txt"])
def test_how_an_answer_stands_to_its_question_is_seldom_missed_and_seldom_made_up(file):
    right: Counter[str] = Counter()
    wrong: Counter[str] = Counter()
    there: Counter[str] = Counter()
    for stances, words in labelled(file):
        seen = {stand.stance for stand in read(words).stands} or {"answers"}
        right.update(seen & stances)
        wrong.update(seen - stances)
        there.update(stances)
    for stance in there:
        assert right[stance] >= 0.85 * there[stance], stance
        assert right[stance] >= 0.85 * (right[stance] + wrong[stance]), stance


@pytest.mark.parametrize(
    ("words", "stance"),
    [
        ("You didn't answer. I asked if I should ring somebody today. Should I be ringing somebody?", "asks-us"),
        ("that's the dad not the baby. carry on", "corrects-us"),
        ("That's what I've just said.", "already-answered"),
        ("This isn't really about his dad. It's about whether she can keep him safe.", "elsewhere"),
        ("I'd rather not say.", "refuses"),
        ("I sat in the car and cried.", "feeling"),
        ("I don't know.", "unsure"),
        ("She said “should I ring somebody?” and I said yes.", "answers"),
        ("Mum said can we talk about something else, so we did the ironing.", "answers"),
        ("Mum was in tears and frightened of him.", "answers"),
        ("As I said to mum, I need to see the bedrooms.", "answers"),
    ],
)
def test_the_first_stance_is_the_one_to_be_met_first(words, stance):
    assert read(words).stance == stance


def test_a_frightened_worker_is_heard_in_the_middle_of_a_plan():
    words = "I'll ring the GP tomorrow. To be honest I'm frightened of going back there. HV to visit on Friday."
    reading = READER.read(words, Known(today=date(2026, 3, 12), keeps="action"))
    feeling = reading.stand("feeling")
    assert feeling is not None
    assert words[slice(*feeling.span)] == "I'm frightened"
    assert len(reading.steps) == 2


@pytest.mark.parametrize(
    ("words", "wish"),
    [
        ("I'd rather think about why I was relieved.", "why I was relieved"),
        ("This isn't really about his dad. It's about whether she is safe.", "It's about whether she is safe"),
        ("Can we talk about the school instead?", "the school instead"),
    ],
)
def test_where_somebody_wants_to_go_is_kept_in_their_words(words, wish):
    stand = read(words).stand("elsewhere")
    assert stand is not None
    assert stand.wish is not None
    assert words[slice(*stand.wish)] == wish


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("No, nothing like that", "no"),
        ("Yes, at home nobody is", "yes"),
        ("Yeah. He's with her now", "yes"),
        ("He's at school. No, not missing.", "no"),
        ("nope", "no"),
        ("I know he is", None),
        ("There's no bruise", None),
        ("", None),
    ],
)
def test_a_yes_or_no_is_read_where_a_sentence_begins_with_it(words, said):
    assert read(words).yes_or_no == said


@given(st.text(max_size=200))
def test_any_answer_can_be_read_and_gives_the_same_twice(words):
    reading = read(words)
    assert reading == read(words)
    assert Reading.model_validate_json(reading.model_dump_json()) == reading
    spans = [span for stand in reading.stands for span in (stand.span, stand.wish) if span is not None]
    assert all(0 <= start < end <= len(words) for start, end in spans)
