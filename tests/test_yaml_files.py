from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from assistant import resources
from assistant.conversation.prompts import load_prompts
from assistant.errors import DataFileError
from assistant.yaml_files import PackModel, read_pack

THEME = """\
id: {id}
name: A theme
about: What it is about.
questions:
  experience: [{{text: "What did you see?", type: open, intent: "To slow down."}}]
  reflection: [{{text: "What was it like?", type: open, intent: "To notice."}}]
  analysis: [{{text: "What else could it be?", type: open, intent: "To widen."}}]
  action: [{{text: "What is the next step?", type: open, intent: "To move."}}]
"""


class Item(PackModel):
    name: str
    size: int = 0
    parts: tuple[str, ...] = ()


def write(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def faults(path: Path, model: Any = Item) -> list[str]:
    with pytest.raises(DataFileError) as caught:
        read_pack(path, model)
    return [f"{problem.line}: {problem.message}" for problem in caught.value.problems]


def test_a_good_file_is_read_with_the_line_of_every_value(tmp_path):
    path = write(tmp_path, "a.yaml", "# a comment\nname: one\nparts:\n  - first\n  - second\n")
    item, marks = read_pack(path, Item)
    assert item == Item(name="one", parts=("first", "second"))
    assert (marks.line(("name",)), marks.line(("parts", 1)), marks.line(("parts", 7))) == (2, 5, 3)


def test_an_unknown_key_is_reported_at_its_line_with_the_nearest_known_one(tmp_path):
    assert faults(write(tmp_path, "a.yaml", "name: one\nsise: 3\n")) == ["2: sise: unknown key, did you mean 'size'?"]


def test_every_fault_of_a_file_is_reported_at_once(tmp_path):
    assert len(faults(write(tmp_path, "a.yaml", "name: one\nname: two\nsize: big\nother: 1\n"))) == 3


def test_a_key_given_twice_says_where_it_was_first(tmp_path):
    assert faults(write(tmp_path, "a.yaml", "name: one\nsize: 1\nname: two\n")) == [
        "3: 'name' is given twice, first at line 1"
    ]


def test_a_missing_key_is_reported_where_it_belongs(tmp_path):
    assert faults(write(tmp_path, "a.yaml", "- name: one\n- size: 2\n"), list[Item]) == ["2: 1.name: missing"]


@pytest.mark.parametrize(
    ("text", "line"),
    [("name: [one\nsize: 2\n", 2), ("name: one\n\tsize: 2\n", 2), ("", 1), ("just words\n", 1)],
)
def test_what_is_not_yaml_or_not_the_right_shape_has_a_line_too(tmp_path, text, line):
    assert faults(write(tmp_path, "a.yaml", text))[0].startswith(f"{line}: ")


def test_a_file_in_another_encoding_is_refused_at_the_line_of_the_first_strange_byte(tmp_path):
    path = tmp_path / "a.yaml"
    path.write_bytes(b"size: 1\nname: caf\xe9\n")
    assert faults(path) == ["2: not UTF-8 text; save the file as UTF-8"]


def test_words_that_yaml_would_turn_into_something_else_stay_words(tmp_path):
    path = write(tmp_path, "a.yaml", "name: no\nparts: [12:30, 2016-10-01, yes, 1_000]\n")
    item, _ = read_pack(path, Item)
    assert (item.name, item.parts) == ("no", ("12:30", "2016-10-01", "yes", "1_000"))


def test_a_users_theme_lies_over_the_shipped_one(tmp_path):
    write(tmp_path, "prompts/themes/escalation.yaml", THEME.format(id="escalation"))
    assert load_prompts(tmp_path).themes["escalation"].name == "A theme"


def test_a_theme_whose_id_is_not_its_file_name_is_refused(tmp_path):
    path = write(tmp_path, "prompts/themes/other.yaml", THEME.format(id="wrong"))
    with pytest.raises(DataFileError) as caught:
        load_prompts(tmp_path)
    assert str(caught.value) == f"{path}:1: id: 'wrong' should be 'other', the name of the file"


def test_a_journey_that_names_no_known_theme_says_which_was_meant(tmp_path):
    journey = """\
id: supervision
name: Ours
about: Ours.
role: supervisor
depths: [{minutes: 30}]
steps:
  - step: themes
    always: [escalations]
"""
    path = write(tmp_path, "prompts/journeys/supervision.yaml", journey)
    with pytest.raises(DataFileError) as caught:
        load_prompts(tmp_path)
    assert str(caught.value) == (f"{path}:8: always.0: no theme is called 'escalations', did you mean 'escalation'?")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a: &a [x, x]\nb: &b [*a, *a]\n", "2: write it out: aliases"),
        ("a: &a [*a]\n", "1: write it out: aliases"),
        ("[" * 200_000, "1: nested too deep"),
        ("- " * 5_000 + "x", "1: nested too deep"),
        ("name: x\nsize: " + "7" * 6_000, "2: size: "),
        ("a: |\n  " + "x" * 8_000_001, "1: too large"),
        ("name: x\n---\nname: y\n", "2: not YAML: a second document"),
    ],
)
def test_a_file_that_would_keep_the_program_busy_or_end_it_is_one_sentence(tmp_path: Path, text: str, said: str):
    assert faults(write(tmp_path, "own.yaml", text))[0].startswith(said)


@pytest.mark.parametrize(
    ("file", "number", "other"),
    [
        ("escalation.yaml", "working_hours: 8", "working_hours: 1e300"),
        ("escalation.yaml", "working_hours: 8", "working_hours: 100000000"),
        ("journeys/supervision.yaml", "minutes: 15", "minutes: " + "9" * 400),
    ],
)
def test_a_number_that_no_clock_or_calendar_reaches_is_reported_at_its_line(tmp_path, file, number, other):
    shipped_as = (resources.shipped("prompts") / file).read_text(encoding="utf-8")
    write(tmp_path, f"prompts/{file}", shipped_as.replace(number, other, 1))
    with pytest.raises(DataFileError, match=f"{file}:\\d+: .*less than or equal to"):
        load_prompts(tmp_path)
