from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from assistant.commands.identifiers import asking_for_stand_ins, naming_stand_ins
from assistant.noticing.identifier_shapes import Identifier
from assistant.noticing.identifiers import Finder
from assistant.workspace.workspace import Workspace


def test_each_name_is_asked_about_once_and_what_was_chosen_goes_on(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    workspace = Workspace(tmp_path, iterations=10)
    typed = iter(["I met Kayleigh and Darren", "the mother", "", "Kayleigh was tired, Darren too", "skip"])
    assert list(asking_for_stand_ins(workspace, "Child A", typed)) == [
        "I met the mother and Darren",
        "the mother was tired, Darren too",
        "skip",
    ]
    said = capsys.readouterr().out.splitlines()
    asked = [
        line for line in said if line.endswith("(a role, such as “the aunt”), or press Enter to keep it as it is.")
    ]
    assert [line.split()[0] for line in asked] == ["“Kayleigh”", "“Darren”"]
    assert said.count("“Kayleigh” is kept as “the mother”.") == 2


def test_what_somebody_typed_on_with_is_no_name_and_goes_with_the_answer_it_was_typed_after(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    workspace = Workspace(tmp_path, iterations=10)
    typed = iter(["I met Kayleigh", "and her brother Darren was under the table", "the mother", "", "skip"])
    assert list(asking_for_stand_ins(workspace, "Child A", typed)) == [
        "I met the mother and her brother Darren was under the table",
        "skip",
    ]
    assert "That's too long for a name, so it goes with your answer." in capsys.readouterr().out


@pytest.mark.parametrize("command", ["history", "skip", "Why?"])
def test_a_command_is_no_name(tmp_path: Path, command: str):
    workspace = Workspace(tmp_path, iterations=10)
    typed = iter(["I met Kayleigh", command, "the mother", "Kayleigh left"])
    assert list(asking_for_stand_ins(workspace, "Child A", typed)) == ["I met the mother", "the mother left"]


def test_lines_that_end_in_the_middle_of_a_choice_lose_nothing(tmp_path: Path):
    workspace = Workspace(tmp_path, iterations=10)
    assert list(asking_for_stand_ins(workspace, "Child A", iter(["I met Kayleigh"]))) == ["I met Kayleigh"]


def chosen(workspace: Workspace, *typed: str) -> list[str]:
    return list(naming_stand_ins(workspace, "Child A", iter(typed)))


def moves(capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_another_program_is_told_of_each_name_and_its_choice_is_what_goes_on(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    workspace = Workspace(tmp_path, iterations=10)
    lines = chosen(
        workspace, "I met Kayleigh and Darren", '{"keep": {"Kayleigh": "the mother"}}', "Kayleigh left", "skip"
    )
    assert [json.loads(line)["answer"] for line in lines[:2]] == ["I met the mother and Darren", "the mother left"]
    assert lines[2] == "skip"
    asked, said, again = moves(capsys)
    assert [found["text"] for found in asked["found"]] == ["Kayleigh", "Darren"]
    assert said["put_in"] == again["put_in"] == {"Kayleigh": "the mother"}
    assert again["found"] == []


def test_a_program_that_knows_nothing_of_names_loses_no_line(tmp_path: Path):
    workspace = Workspace(tmp_path, iterations=10)
    assert chosen(workspace, "I met Kayleigh", "the next answer") == ["I met Kayleigh", "the next answer"]
    assert chosen(Workspace(tmp_path / "other", iterations=10), "I met Darren") == ["I met Darren"]


@pytest.mark.parametrize("odd", ['{"keep": 3}', '{"keep": {"Kayleigh": 3}}', '{"keep": {}}', "{", "[]", ""])
def test_a_choice_that_cannot_be_read_leaves_the_words_as_they_were_written(tmp_path: Path, odd: str):
    workspace = Workspace(tmp_path, iterations=10)
    assert chosen(workspace, '{"answer": "Kayleigh was in"}', odd)[0] == '{"answer": "Kayleigh was in"}'


@pytest.mark.parametrize("ask", [asking_for_stand_ins, naming_stand_ins])
def test_a_line_without_names_is_looked_through_once_and_by_what_answers_are_read_with(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ask: Callable[..., Iterator[str]]
):
    workspace = Workspace(tmp_path, iterations=10)
    looked: list[str] = []
    notice = Finder.notice

    def counted(self: Finder, words: str) -> list[Identifier]:
        looked.append(words)
        return notice(self, words)

    monkeypatch.setattr(Finder, "notice", counted)
    assert list(ask(workspace, "Child A", iter(["he was asleep", "skip"]))) == ["he was asleep", "skip"]
    assert looked == ["he was asleep", "skip"]
    assert workspace.stand_ins.finder is workspace.knowledge.finder
