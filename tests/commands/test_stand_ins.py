from __future__ import annotations

from pathlib import Path

import pytest

from assistant.commands.stand_ins import asking_for_stand_ins
from assistant.records.desk import Desk


def test_each_name_is_asked_about_once_and_what_was_chosen_goes_on(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    desk = Desk(tmp_path, iterations=10)
    typed = iter(["I met Kayleigh and Darren", "the mother", "", "Kayleigh was tired, Darren too", "skip"])
    assert list(asking_for_stand_ins(desk, "Child A", typed)) == [
        "I met the mother and Darren",
        "the mother was tired, Darren too",
        "skip",
    ]
    said = capsys.readouterr().out.splitlines()
    asked = [line for line in said if line.endswith("(a role, such as “the aunt”), or press Enter.")]
    assert [line.split()[0] for line in asked] == ["“Kayleigh”", "“Darren”"]
    assert said.count("“Kayleigh” is kept as “the mother”.") == 2


def test_lines_that_end_in_the_middle_of_a_choice_lose_nothing(tmp_path: Path):
    desk = Desk(tmp_path, iterations=10)
    assert list(asking_for_stand_ins(desk, "Child A", iter(["I met Kayleigh"]))) == ["I met Kayleigh"]
