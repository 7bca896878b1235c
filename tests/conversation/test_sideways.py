from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from assistant.conversation.observed import Danger
from assistant.conversation.sideways import KINDS, LEARNT, SENTENCES, Sideways
from assistant.resources import shipped
from assistant.retrieval import persist
from assistant.retrieval.encoder import find_model
from tests.conversation.own_sentences import read_sentences

PATH = shipped("prompts") / SENTENCES
needs_the_weights = pytest.mark.skipif(find_model() is None, reason="the encoder's weights are not installed")


def test_what_was_learnt_was_learnt_from_the_sentences_as_they_are():
    now = hashlib.sha256(PATH.read_bytes()).hexdigest()
    assert persist.peek(shipped("prompts") / LEARNT, "directions", made_from={"sentences": now})


def test_every_sentence_has_a_known_label_and_none_stands_twice():
    sentences = read_sentences(PATH)
    known = {*KINDS, *(f"not:{kind}" for kind in KINDS), "not:other"}
    assert {label for label, _ in sentences} <= known
    assert len({text.lower() for _, text in sentences}) == len(sentences)
    for kind in KINDS:
        assert sum(label == kind for label, _ in sentences) >= 80


def test_no_sentence_of_the_sets_kept_for_reporting_was_learnt_from():
    labelled = Path(__file__).parent / "labelled"
    kept = "".join((labelled / f"act-now-{name}.jsonl").read_text("utf-8") for name in ("report", "fresh-second"))
    assert not [text for _, text in read_sentences(PATH) if f'"{text}"' in kept]


@needs_the_weights
def test_danger_told_without_any_of_the_words_for_it_is_found_with_the_words_that_tell_it(tmp_path):
    words = "It was a nice visit. He is giving all his stuff to his mates and says he won't be needing it."
    found, *_ = Sideways(tmp_path).weigh(words, ())
    assert found.kind == "suicide-or-serious-self-harm"
    assert "his stuff" in words[slice(*found.spans[0])]


@needs_the_weights
def test_an_ordinary_visit_is_not_asked_about(tmp_path):
    words = "We went through the plan together. He showed me his new trainers and talked about football."
    assert Sideways(tmp_path).weigh(words, ()) == ()


@needs_the_weights
def test_words_that_nothing_in_the_meaning_bears_out_are_asked_about_and_not_dropped(tmp_path):
    shown = Danger(kind="life-in-danger", confirm=False, spans=((0, 4),))
    (found, *_) = Sideways(tmp_path).weigh("The stationery order is late again this month.", (shown,))
    assert found == shown.model_copy(update={"confirm": True})


@needs_the_weights
def test_what_turned_out_well_in_the_next_sentence_is_asked_about_at_the_most(tmp_path):
    alone = "Nobody had seen the baby since Friday."
    explained = f"{alone} In the end they were at nan's, where I saw him this morning, smiling and well."
    assert any(not one.confirm for one in Sideways(tmp_path).weigh(alone, ()))
    assert all(one.confirm for one in Sideways(tmp_path).weigh(explained, ()))


def test_without_the_weights_what_the_words_show_stands(tmp_path, monkeypatch):
    monkeypatch.setattr("assistant.retrieval.opening.find_model", lambda _: None)
    shown = Danger(kind="life-in-danger", confirm=False, spans=((0, 4),))
    assert Sideways(tmp_path).weigh("He is limp and grey.", (shown,)) == (shown,)
