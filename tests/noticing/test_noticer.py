from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.commands.notice import notice as notice_command
from assistant.conversation.prompts import load_prompts
from assistant.errors import DataFileError
from assistant.language.phrases import Phrases
from assistant.noticing.observations import Danger, Noticing
from assistant.noticing.scoring import Score, danger_scores, read_labelled, report, said_scores
from tests.shipped import noticer

NOWHERE = Path("/nonexistent")
NOTICER = noticer()
WORK = Path(__file__).parent / "labelled" / "noticing-work.jsonl"


def said(text: str) -> dict[str, list[str]]:
    noticed = NOTICER.notice(text)
    return {seen.kind: [text[start:end] for start, end in seen.spans] for seen in noticed.observations}


def named(text: str) -> dict[str, int]:
    return {person: count for person, count in NOTICER.notice(text).people.items() if count}


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("She told him that they would.", {}),
        ("Mum and Dad were in. Mum's sister came.", {"mother": 2, "father": 1, "wider-family": 1}),
        ("The two-year-old and his brother", {"child": 2}),
        ("Child protection conference with the midwife and the social worker", {"professional": 2}),
        ("hv n sw meetin, stepdad there", {"father": 1, "professional": 2}),
        ("Nan has the twins; his grandfather does not.", {"child": 1, "wider-family": 2}),
    ],
)
def test_people_are_counted_by_their_nouns(text, people):
    assert named(text) == people


@pytest.mark.parametrize(
    ("text", "manner"),
    [
        ("ask my manager, she signed it off without reading it", "refusal"),
        ("speak to the head, he decided it", "refusal"),
        ("I don't want to talk about him", None),
        ("I will ask my manager to look at it because she knows the family", None),
        ("not my job", "refusal"),
        ("It is not my job to question a doctor.", None),
        ("next", "empty"),
        ("Agreed to ring my manager, she has the file.", None),
    ],
)
def test_sending_us_to_somebody_else_is_a_refusal_and_meaning_to_ask_them_is_none(text, manner):
    assert NOTICER.notice(text).manner == manner


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("The boy whispered that he hates Sundays.", "child-words"),
        ("She flinched when I moved.", "child-behaviour"),
        ("I saw him on his own at school.", "child-seen-alone"),
        ("Mum reports that he sleeps through.", "self-reported"),
        ("He must have been at work, I expect.", "assumption"),
        ("Mother is stable and engaging.", "unclear-language"),
        ("Plan: keep an eye on weight.", "monitor-only"),
        ("Third year of the plan and the same worries.", "drift"),
        ("A one-off, logged on its own.", "isolated-events"),
        ("She's a lovely mum and I believe in her.", "optimism"),
        ("I didn't like to ask.", "challenge-avoided"),
        ("I lie awake over it.", "worker-distress"),
    ],
)
def test_each_kind_of_thing_said_is_noticed(text, kind):
    assert kind in said(text)


def test_the_words_given_make_sense_when_quoted():
    assert said("All fine. Mum says he was at home, and we left.")["self-reported"] == ["Mum says he was at home"]


def test_not_having_seen_a_child_alone_is_not_seeing_him_alone():
    assert "child-seen-alone" not in said("I have not yet seen the boy on his own.")


def test_plain_business_is_nothing_to_notice():
    assert said("The car is booked for Thursday and the form is in the tray.") == {}


@settings(deadline=None)  # the first account that may show danger loads the encoder
@given(st.text(max_size=300))
def test_any_account_can_be_noticed_and_gives_the_same_twice(text):
    noticed = NOTICER.notice(text)
    assert noticed == NOTICER.notice(text)
    for observation in noticed.observations:
        edges = [edge for span in observation.spans for edge in span]
        assert edges == sorted(edges)
        assert edges[-1] <= len(text)


def test_themes_are_those_there_are_questions_for():
    assert set(NOTICER.themes) == set(load_prompts(NOWHERE).themes)
    assert {closer.theme for closer in NOTICER.closer.values()} <= set(NOTICER.themes)


def test_the_theme_an_account_is_about_comes_first():
    assert NOTICER.notice("Her stepdad and her dad both say her dad will come.").themes[0] == "fathers-and-men"


def test_every_probe_gives_the_words_back():
    for look in NOTICER.closer.values():
        assert len(look.probes) >= 2
        assert all("{words}" in probe.text for probe in look.probes)


def test_the_half_to_work_with_scores_well():
    scores = said_scores(read_labelled(WORK), NOTICER.notice)
    assert min(score.recall for score in scores.values()) >= 0.85
    assert min(score.precision for score in scores.values()) >= 0.85


def own_sentences(file: str) -> list[tuple[str, str]]:
    lines = WORK.with_name(file).read_text(encoding="utf-8").splitlines()
    return [(kind, text) for kind, _, text in (line.partition(" | ") for line in lines if not line.startswith("#"))]


@pytest.mark.parametrize(("file", "least"), [("own-noticing.txt", 0.93), ("own-noticing-second.txt", 0.93)])
def test_most_of_the_ways_of_saying_each_kind_that_were_written_down_are_noticed(file, least):
    kinds = [(kind, kind in said(text)) for kind, text in own_sentences(file) if kind != "-"]
    assert sum(found for _, found in kinds) >= least * len(kinds)


@pytest.mark.parametrize("file", ["own-noticing.txt", "own-noticing-second.txt"])
def test_hardly_any_plain_business_is_taken_for_something_said(file):
    plain = [text for kind, text in own_sentences(file) if kind == "-"]
    assert sum(bool(said(text)) for text in plain) <= 0.08 * len(plain)


@pytest.mark.parametrize(
    ("words", "manner"),
    [
        ("not sure", "empty"),
        ("same as last time", "empty"),
        ("I don't know.", "empty"),
        ("...", "empty"),
        ("this is a waste of my time", "refusal"),
        ("I'm not answering that", "refusal"),
        ("I'm not going to be blamed for what police didn't do", "refusal"),
        ("I never got an answer from the school", None),
        ("I feel a bit flat and I felt guilty all week", "feelings"),
        ("not sure about dad", None),
        ("I've already told you he hits her", None),
        ("I feel sorry for mum", None),
        ("down", None),
    ],
)
def test_an_answer_that_tells_nothing_of_the_case_is_known_by_its_words(words, manner):
    assert NOTICER.notice(words).manner == manner


def test_a_refusal_in_which_danger_is_told_is_no_refusal():
    noticed = NOTICER.notice("I'm not answering that, the baby is not breathing")
    assert noticed.act_now
    assert noticed.manner is None


def test_a_score_counts_what_is_right_wrong_and_missed():
    score = Score(right=3, wrong=1, missed=2)
    assert (score.precision, score.recall) == (0.75, 0.6)
    assert Score(0, 0, 0).precision == 1


def test_a_trap_that_only_asks_counts_apart():
    rows: list[dict[str, str | None]] = [
        {"label": "danger", "kind": "life-in-danger", "text": "He is not breathing."},
        {"label": "trap", "kind": None, "text": "She denies any thoughts of suicide."},
    ]
    signs = NOTICER.danger
    scores = danger_scores(rows, lambda words: Noticing(act_now=signs.look(signs.read(words)).signs))
    assert (scores.shown.precision, scores.shown_or_asked.precision) == (1, 0.5)
    assert any("life-in-danger" in line for line in report(scores, None))


def test_a_labelled_line_that_cannot_be_read_is_named(tmp_path):
    path = tmp_path / "labelled.jsonl"
    path.write_text('{"text": "x"}\nnot json\n', encoding="utf-8")
    with pytest.raises(DataFileError, match=r"labelled\.jsonl:2"):
        read_labelled(path)


def test_reflect_notice_writes_one_object_a_line(monkeypatch, tmp_path):
    monkeypatch.setenv("REFLECT_DATA_DIR", str(tmp_path))
    result = CliRunner().invoke(notice_command, ["--json", "-"], input="Mum is well.\nHe is not breathing.\n")
    first, second = (json.loads(line) for line in result.output.splitlines())
    assert first["people"] == {"child": 0, "mother": 1, "father": 0, "wider-family": 0, "professional": 0}
    assert second["act_now"] == [{"kind": "life-in-danger", "level": "sure", "spans": [[0, 20]], "confirm": False}]
    assert second["faint"] == []


def test_reflect_notice_says_in_words_what_it_found(monkeypatch, tmp_path):
    monkeypatch.setenv("REFLECT_DATA_DIR", str(tmp_path))
    result = CliRunner().invoke(notice_command, ["Mum says he is not breathing."])
    assert "ACT NOW. Somebody's life may be in danger. You wrote “Mum says he is not breathing.”." in result.output
    assert "mother 1" in result.output


@pytest.mark.parametrize(("confirm", "level"), [(True, "doubtful"), (False, "sure")])
def test_a_sign_kept_before_there_were_levels_reads_as_sure_or_doubtful(confirm, level):
    kept = Noticing.model_validate(
        {"act_now": [{"kind": "life-in-danger", "confirm": confirm, "spans": [[0, 4]]}], "people": {}}
    )
    assert [danger.level for danger in kept.act_now] == [level]
    assert kept.faint == ()


@pytest.mark.parametrize("level", ["sure", "doubtful", "faint"])
def test_a_sign_says_its_level_and_whether_a_yes_or_no_comes_first(level):
    danger = Danger(kind="life-in-danger", level=level, spans=((0, 4),))
    assert danger.model_dump(mode="json")["level"] == level
    assert danger.model_dump(mode="json")["confirm"] == (level == "doubtful")
    assert Danger.model_validate_json(danger.model_dump_json()) == danger


def test_an_answer_is_looked_through_once_for_each_set_of_words(monkeypatch):
    looked_through = []
    match = Phrases.match

    def counted(phrases, *words):
        looked_through.append(id(phrases))
        return match(phrases, *words)

    monkeypatch.setattr(Phrases, "match", counted)
    NOTICER.notice("Mum said he has a bruise on his cheek.")
    assert sorted(looked_through) == sorted({id(NOTICER.phrases), id(NOTICER.danger.phrases)})
