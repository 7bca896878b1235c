"""What an answer calls for, and what in it is taken up."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from assistant.conversation.called_questions import Calling
from assistant.conversation.prompts import load_prompts
from assistant.conversation.question_bank import QuestionBank
from assistant.conversation.question_finder import key_of
from assistant.conversation.reranker import Exchange
from assistant.conversation.stretches import whole
from assistant.conversation.themes import Question
from assistant.noticing.clause_vectors import Meaning
from assistant.noticing.salience import SHORT, TellingReader
from assistant.resources import shipped
from assistant.retrieval import index_file

LOCK = Question(
    text="Which side of the door is the lock, and who has the key?",
    type="lineal",
    intent="A lock means one thing from outside and another from inside.",
    after=("there's a lock on the boys' bedroom door", "the bedroom door has a bolt on it"),
)
FEED = Question(
    text="Where does the baby look during a feed?",
    type="lineal",
    intent="Feeding is when a baby looks for a face.",
    after=("he props the bottle up on a cushion", "she watches her phone while she feeds him"),
)


@pytest.fixture(scope="module")
def meaning(tmp_path_factory: pytest.TempPathFactory) -> Meaning:
    return Meaning(tmp_path_factory.mktemp("home"))


ANSWER = "Mum was chatty. Upstairs the bedroom door had a bolt on it."


def test_the_question_written_to_come_after_something_is_called_by_its_meaning(meaning):
    called = Calling({"lock": LOCK, "feed": FEED}, meaning).called(Exchange("How was the visit?", ANSWER))
    assert max(called, key=lambda name: called[name].fit) == "lock"


def test_by_words_it_also_says_where_they_were_said(meaning):
    called = Calling({"lock": LOCK, "feed": FEED}, None).called(Exchange("How was the visit?", ANSWER))
    assert list(called) == ["lock"]
    assert called["lock"].span is not None
    start, end = called["lock"].span
    assert ANSWER[start:end] == "Upstairs the bedroom door had a bolt on it."


def test_without_words_nothing_is_called_for(meaning):
    assert Calling({"lock": LOCK}, meaning).called(Exchange("How was it?", "  ")) == {}


def test_what_is_kept_of_the_questions_is_of_the_questions_as_they_stand(tmp_path):
    bank = QuestionBank(load_prompts(tmp_path).themes)
    keys = index_file.peek(shipped("models") / "finder.learnt", "keys", made_from={})["keys"]
    kept = {key.tobytes() for key in keys}
    changed = [one.id for one in bank.questions if key_of(one.question) not in kept]
    assert changed == [], "run tools.train_finder --places"


def test_the_odd_detail_is_taken_up_before_the_rest(meaning):
    answer = "Attendance is fine. He was on the stairs the whole time and he'd got his coat on. Next visit is Tuesday."
    start, end = TellingReader(meaning).read(answer)[0].span
    assert "coat" in answer[start:end]


def test_no_stretch_is_taken_up_twice_and_the_most_telling_comes_first(meaning):
    answer = (
        "She said no, flat out, and I laughed it off, which I shouldn't have. "
        "He keeps his shoes under his pillow, Nan says, and nobody has asked him why."
    )
    found = TellingReader(meaning).read(answer)
    spans = sorted(one.span for one in found)
    assert all(end <= start for (_, end), (start, _) in pairwise(spans))
    assert [one.strength for one in found] == sorted((one.strength for one in found), reverse=True)


def test_of_talk_without_a_stop_one_clause_is_given_back_whole(meaning):
    clauses = (
        "well she was fine really",
        "she was in the bouncer the whole hour I was there",
        "and not a peep out of her and nobody picked her up",
        "and I remember thinking oh what a good baby",
        "and then mum wanted to show me the rota on the fridge",
    )
    answer = ", ".join(clauses)
    start, end = whole(answer, TellingReader(meaning).read(answer)[0].span)
    assert end - start <= SHORT
    assert any(clause.endswith(answer[start:end].split(", ")[-1]) for clause in clauses)


def test_without_the_encoder_nothing_is_read(monkeypatch, tmp_path: Path):
    monkeypatch.setenv("REFLECT_MODEL_DIR", "")
    monkeypatch.setattr("assistant.retrieval.encoder.find_model", lambda *_: None)
    monkeypatch.setattr("assistant.retrieval.open_search.find_model", lambda *_: None)
    assert TellingReader(Meaning(tmp_path)).read("He'd got his coat on.") == ()
