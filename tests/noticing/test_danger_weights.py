"""What runs of words and signs say, summed by hand over weights made up for it."""

from __future__ import annotations

import math
import zlib
from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from assistant.noticing.danger_columns import COLUMNS
from assistant.noticing.sign_weights import SignWeights, numbers_of, sign_names
from assistant.noticing.word_weights import LEAST_SAID, WordWeights, runs, word_names

WIDTH = len(COLUMNS)


def number(run: str) -> int:
    return zlib.crc32(run.encode("utf-8", "replace"))


def test_a_run_is_one_two_or_three_words_with_where_a_sentence_begins_and_ends() -> None:
    told = ["he’s", "fine", "< he's", "he's fine", "fine >", "< he's fine", "he's fine >"]
    assert sorted(runs(["He’s fine!"])) == sorted(number(run.replace("’", "'")) for run in told)
    assert list(runs(["", "..."])) == [number("< >"), number("< >")]
    assert number("fine >") in set(runs(["He's fine", "today"])), "no run goes on from one sentence to the next"
    assert number("fine today") not in set(runs(["He's fine", "today"]))
    assert number("under_score") not in set(runs(["under_score"]))
    assert number("14") in set(runs(["14\ud800 days"]))


def known(said: Sequence[str], rarity: float) -> WordWeights:
    numbers = np.array(sorted(map(number, said)), dtype=np.uint32)
    place = {each: float(said.index(run)) for run in said for each in [number(run)]}
    weights = np.array([[10.0 * place[int(each)] + column for column in range(WIDTH)] for each in numbers])
    return WordWeights(numbers, np.full(len(said), rarity), weights, np.arange(WIDTH) / 10)


def row(place: int) -> NDArray[Any]:
    return 10.0 * place + np.arange(WIDTH)


def test_each_run_speaks_by_how_rare_it_is_and_how_often_it_is_said() -> None:
    held = known(["zero", "he", "hit"], rarity=100.0)
    together = math.hypot(100.0, 100.0)
    expected = (row(1) + row(2)) * 100 / together + np.arange(WIDTH) / 10
    assert held.speaks(["He hit somebody"]) == pytest.approx(expected, rel=1e-5)
    often = 100 * (1 + math.log(2))
    expected = (row(1) * often + row(2) * 100) / math.hypot(often, 100) + np.arange(WIDTH) / 10
    assert held.speaks(["He hit", "he said"]) == pytest.approx(expected, rel=1e-5)


def test_of_few_words_each_counts_no_more_than_it_would_among_eight() -> None:
    held = known(["zero", "he", "hit"], rarity=3.0)
    assert held.speaks(["he"]) == pytest.approx(row(1) * 3 / LEAST_SAID + np.arange(WIDTH) / 10, rel=1e-5)
    rows, shares = held.shares(["he hit"])
    assert len(rows) == 2
    assert shares == pytest.approx([3 / LEAST_SAID] * 2)


def test_what_nothing_was_learnt_of_says_what_every_answer_says() -> None:
    held = known(["zero", "he", "hit"], rarity=100.0)
    assert held.speaks(["quite another thing"]) == pytest.approx(np.arange(WIDTH) / 10)
    past = WordWeights(np.array([0], dtype=np.uint32), held.rarity[:1], held.weights[:1], held.bias)
    assert past.speaks(["he"]) == pytest.approx(np.arange(WIDTH) / 10), "a number past the last is none of them"


def test_words_are_kept_as_they_are_read() -> None:
    held = known(["zero", "he", "hit"], rarity=2.0)
    arrays = held.kept()
    assert set(arrays) == set(word_names())
    again = WordWeights.of(arrays)
    for name in ("known", "rarity", "weights", "bias"):
        assert (getattr(again, name) == getattr(held, name)).all()
    assert again.weights.flags.c_contiguous, "a run's row lies together, or a page is read for each kind"


def test_the_signs_of_an_answer_are_summed() -> None:
    numbers = np.array(numbers_of(["mark", "past", "baby"]))
    assert numbers.tolist() == sorted(map(number, ("mark", "past", "baby")))
    weights = np.arange(3.0 * WIDTH).reshape(WIDTH, 3)
    held = SignWeights(numbers, weights, np.full(WIDTH, 0.5))
    one = numbers.tolist().index(number("mark"))
    assert held.speaks({"mark"}) == pytest.approx(weights[:, one] + 0.5)
    assert held.speaks({"mark", "past", "baby", "unheard-of"}) == pytest.approx(weights.sum(axis=1) + 0.5)
    assert held.speaks(()) == pytest.approx(np.full(WIDTH, 0.5))
    arrays = held.kept()
    assert set(arrays) == set(sign_names())
    again = SignWeights.of(arrays)
    for name in ("known", "weights", "bias"):
        assert (getattr(again, name) == getattr(held, name)).all()
