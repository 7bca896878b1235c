from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from assistant.noticing.danger_columns import COLUMNS, KINDS, joined, parted
from assistant.noticing.danger_decision import URGENCY, Look, Sighting
from assistant.noticing.danger_model import (
    LEARNT,
    MOST_STRETCHES,
    DangerModel,
    heard_in,
    meant_by,
    read_together,
    with_meaning,
)
from assistant.noticing.danger_reader import MOST_PIECES, DangerReader
from assistant.noticing.noticer import open_noticer
from assistant.noticing.observations import Danger, DangerKind, Noticing
from assistant.resources import shipped
from assistant.retrieval import index_file
from assistant.retrieval.encoder import find_model
from tools.danger_answers import LEFT_OUT_FIGURES, OWN, SENTENCES, TALKERS, WRITERS, answers, answers_file
from tools.labelled_sentences import LABELLED, read_sentences

UNKNOWN = LABELLED / "act-now-answers-report.jsonl"
"""Answers by two writers from whom nothing is learnt, and to which nothing was set."""
ORDINARY = "We went through the plan together. He showed me his new trainers and talked about football."
HIDDEN = "He's two. Mum went out at six and hasn't come back, and the eldest is minding him, she's eight."


class Told(NamedTuple):
    """An answer; `kind` where a child is in danger now."""

    words: str
    kind: DangerKind | None


def told_by_the_unknown() -> list[Told]:
    rows = map(json.loads, UNKNOWN.read_text(encoding="utf-8").splitlines())
    return [Told(row["text"], row["kind"] if row["danger"] else None) for row in rows]


@pytest.fixture(scope="module")
def noticed(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[Told, Noticing]]:
    notice = open_noticer(tmp_path_factory.mktemp("home")).notice
    return [(answer, notice(answer.words)) for answer in told_by_the_unknown()]


def level(dangers: Sequence[Danger]) -> str:
    return {"sure": "shown", "doubtful": "asked", "faint": "faint", "": "silent"}[dangers[0].level if dangers else ""]


def test_each_labelled_sentence_reaches_the_level_it_reached_when_somebody_looked(tmp_path: Path) -> None:
    """By the signs alone, by words and signs, and with meaning, where the weights are installed."""
    noticer = open_noticer(tmp_path)
    without = DangerModel(tmp_path)
    without.__dict__["_reader"] = None
    lines = []
    for text in (LABELLED / "danger-levels.txt").read_text(encoding="utf-8").splitlines():
        look = noticer.danger.look(noticer.danger.read(text))
        found = (look.signs, without.weigh(text, look), noticer.danger_model.weigh(text, look))
        lines.append(" ".join(f"{level(one):<6}" for one in found) + f" {text}")
    golden = Path(__file__).parent / "golden" / "danger-levels.txt"
    expected = golden.read_text(encoding="utf-8").splitlines()
    if find_model() is None:
        lines, expected = ([f"{line[:14]}{line[21:]}" for line in some] for some in (lines, expected))
    assert lines == expected


@pytest.mark.skipif(find_model() is None, reason="the encoder's weights are not installed")
def test_each_head_and_each_run_speaks_for_the_kind_it_is_named_after(tmp_path: Path) -> None:
    """Heads read in another order than they were taught in found the right kind in 15 of a hundred answers."""
    model = DangerModel(tmp_path)
    assert model._words is not None
    assert model._reader is not None
    told = [answer for answer in told_by_the_unknown() if answer.kind]
    heard = [heard_in(answer.words, Look(()), model._words, model._signs) for answer in told]
    read = [with_meaning(one, answer.words, model._reader).spoken for one, answer in zip(heard, told, strict=True)]
    for source in ("meaning", "words"):
        for place, kind in enumerate(KINDS):
            own = [getattr(one, source)[place] for one, answer in zip(read, told, strict=True) if answer.kind == kind]
            others = [
                getattr(one, source)[place] for one, answer in zip(read, told, strict=True) if answer.kind != kind
            ]
            assert sum(own) / len(own) > sum(others) / len(others) + 1, (source, kind)


def test_what_is_kept_by_kind_is_read_by_kind_in_whatever_order_it_is_kept() -> None:
    rows = np.arange(2.0 * len(COLUMNS)).reshape(len(COLUMNS), 2)
    kept = parted("some", rows)
    assert (joined("some", dict(reversed(kept.items()))) == rows).all()
    assert (kept["some.unsafe-care-now"] == rows[KINDS.index("unsafe-care-now")]).all()


def share(of: list[bool]) -> float:
    return sum(of) / len(of)


def test_what_was_learnt_was_learnt_from_the_answers_and_sentences_as_they_are() -> None:
    files = [*map(answers_file, WRITERS), SENTENCES, LEFT_OUT_FIGURES]
    now = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in files}
    now |= {name: hashlib.sha256((LABELLED / name).read_bytes()).hexdigest() for name in OWN}
    assert index_file.peek(shipped("models") / LEARNT, "signs.known", made_from=now)


def test_no_writer_says_a_thing_twice_and_whoever_tells_of_danger_tells_of_every_kind() -> None:
    for writer in WRITERS:
        everything = answers(writer)
        assert len({answer.words for answer in everything}) == len(everything)
        told = Counter(answer.kind for answer in everything if answer.kind)
        assert writer in TALKERS or min(told[kind] for kind in KINDS) >= 8


def test_no_sentence_of_the_sets_kept_for_reporting_was_learnt_from() -> None:
    sets = ("report", "fresh-second", "answers-report")
    kept = "".join((LABELLED / f"act-now-{name}.jsonl").read_text("utf-8") for name in sets)
    learnt_from = [text for _, text in read_sentences(SENTENCES)] + [answer.words for answer in answers(*WRITERS)]
    assert not [text for text in learnt_from if f'"{text}"' in kept]


def test_ordinary_answers_of_an_unknown_writer_are_left_alone(noticed: list[tuple[Told, Noticing]]) -> None:
    ordinary = [found for answer, found in noticed if answer.kind is None]
    assert share([bool(found.act_now) for found in ordinary]) <= 0.03
    assert share([any(one.level == "sure" for one in found.act_now) for found in ordinary]) <= 0.005
    assert share([bool(found.act_now or found.faint) for found in ordinary]) <= 0.3


def test_danger_told_by_an_unknown_writer_is_raised_or_steers(noticed: list[tuple[Told, Noticing]]) -> None:
    danger = [(answer.kind, found) for answer, found in noticed if answer.kind]
    assert share([bool(found.act_now) for _, found in danger]) >= 0.93
    assert share([bool(found.act_now or found.faint) for _, found in danger]) >= 0.97
    raised = [(kind, found) for kind, found in danger if found.act_now]
    assert share([found.act_now[0].kind == kind for kind, found in raised]) >= 0.88


def test_the_most_urgent_kind_leads(noticed: list[tuple[Told, Noticing]]) -> None:
    for _, found in noticed:
        for dangers in (found.act_now, found.faint):
            order = [URGENCY.index(one.kind) for one in dangers]
            assert order == sorted(order)


def test_whole_sentences_are_quoted(noticed: list[tuple[Told, Noticing]]) -> None:
    for answer, found in noticed:
        for start, end in (span for one in found.act_now for span in one.spans):
            assert not answer.words[start - 1 : start].strip()
            assert not answer.words[end : end + 1].strip()


def test_danger_told_without_the_words_of_a_sign_is_found_with_the_sentence_that_tells_it(tmp_path: Path) -> None:
    found, *_ = DangerModel(tmp_path).weigh(f"{ORDINARY} {HIDDEN}", Look(()))
    assert found.kind == "unsafe-care-now"
    assert "hasn't come back" in f"{ORDINARY} {HIDDEN}"[slice(*found.spans[0])]


def test_danger_is_found_behind_however_much_ordinary_talk(tmp_path: Path) -> None:
    model = DangerModel(tmp_path)
    assert model.weigh(ORDINARY, Look(())) == ()
    assert "unsafe-care-now" in {one.kind for one in model.weigh(" ".join([ORDINARY] * 40 + [HIDDEN]), Look(()))}


def test_a_sign_that_nothing_bears_out_interrupts_nobody(tmp_path: Path) -> None:
    shown = Sighting(kind="life-in-danger", level="sure", spans=((0, 4),))
    raised = DangerModel(tmp_path).weigh("The stationery order is late again this month.", Look((shown,), length=40))
    assert all(one.level == "faint" for one in raised)


def test_where_words_and_signs_say_next_to_nothing_the_meaning_is_not_read(tmp_path: Path) -> None:
    model, unread = DangerModel(tmp_path), DangerModel(tmp_path)
    unread.__dict__["_reader"] = object()  # reading with it would fail
    assert unread.weigh(ORDINARY, Look(())) == ()
    if model._reader:
        with pytest.raises(AttributeError):
            unread.weigh(HIDDEN, Look(()))


def test_without_what_is_learnt_the_signs_stand(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assistant.noticing.danger_model.shipped", lambda _: tmp_path)
    shown = Sighting(kind="life-in-danger", level="sure", spans=((0, 4),))
    assert DangerModel(tmp_path).weigh("He is limp and grey.", Look((shown,))) == (
        Danger(kind="life-in-danger", level="sure", spans=((0, 4),)),
    )


MODEL = DangerModel(Path("/nonexistent"))


@settings(max_examples=50, deadline=None)
@given(st.text(max_size=300))
def test_any_text_can_be_weighed_and_the_spans_lie_inside_it(text: str) -> None:
    for danger in MODEL.weigh(text, Look(())):
        assert all(0 <= start < end <= len(text) for start, end in danger.spans)


@given(st.lists(st.integers(0, 200), min_size=1, max_size=40))
def test_every_sentence_is_read_and_no_more_together_than_may_be(lengths: list[int]) -> None:
    stretches = list(read_together(lengths, 80))
    assert sorted({place for first, last in stretches for place in range(first, last)}) == list(range(len(lengths)))
    assert all(last - first == 1 or sum(lengths[first:last]) <= 80 for first, last in stretches)


class Reading(DangerReader):
    """Reads a sentence a stretch, and remembers which."""

    def __init__(self) -> None:
        self.read: list[int] = []

    def pieces(self, sentences: Sequence[str]) -> list[list[int]]:
        return [[place] * MOST_PIECES for place in range(len(sentences))]

    def speaks_of(self, stretches: Sequence[Sequence[int]]) -> list[NDArray[Any]]:
        self.read += [pieces[0] for pieces in stretches]
        return [np.array([float(pieces[0])]) for pieces in stretches]


def test_of_what_is_longer_than_any_answer_those_stretches_are_read_whose_words_speak_loudest():
    reading, many = Reading(), 10 * MOST_STRETCHES
    loud = [float(place == many - 1) for place in range(many)]
    assert meant_by(["He hit her."] * many, reading, loud) == [float(many - 1)]
    assert len(reading.read) == MOST_STRETCHES
    reading = Reading()
    meant_by(["He hit her."] * MOST_STRETCHES, reading, loud)
    assert sorted(reading.read) == list(range(MOST_STRETCHES)), "of an answer everything is read"


def test_a_stretch_that_comes_again_and_again_is_read_once():
    class Alike(Reading):
        def pieces(self, sentences: Sequence[str]) -> list[list[int]]:
            return [[7] * MOST_PIECES for _ in sentences]

    reading = Alike()
    assert meant_by(["He hit her."] * 30, reading) == [7.0]
    assert reading.read == [7]
