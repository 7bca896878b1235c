from __future__ import annotations

import json
from pathlib import Path

import pytest

from assistant import yaml_nodes
from assistant.conversation.prompts import load_prompts
from assistant.errors import DataFileError
from assistant.yaml_files import Marks, PackModel, read_pack
from assistant.yaml_kept import Kept

WORDS = "name: one\nsize: 3\nparts: [12:30, no, 1.5]\n"


class Item(PackModel):
    name: str
    size: int = 0
    parts: tuple[str | float, ...] = ()


@pytest.fixture
def composed(monkeypatch):
    """The texts that were read as YAML."""
    texts = []
    whole = yaml_nodes.composed

    def compose(path: Path, text: str):
        texts.append(text)
        return whole(path, text)

    monkeypatch.setattr(yaml_nodes, "composed", compose)
    return texts


def read(folder: Path, text: str = WORDS, model: type[PackModel] = Item) -> tuple[PackModel, Marks]:
    kept = Kept(folder / "index" / "own.json")
    (folder / "own.yaml").write_text(text, encoding="utf-8")
    item, marks = read_pack(folder / "own.yaml", model, kept)
    kept.save()
    return item, marks


def test_a_file_that_was_read_before_says_the_same_without_being_read_as_yaml(tmp_path, composed):
    first, _ = read(tmp_path)
    again, marks = read(tmp_path)
    assert again == first == Item(name="one", size=3, parts=("12:30", "no", 1.5))
    assert composed == [WORDS]
    assert marks.line(("parts", 1)) == 3, "the lines are still to be had"


def test_a_file_that_was_changed_is_read_anew_and_what_it_said_before_is_gone(tmp_path, composed):
    read(tmp_path)
    assert read(tmp_path, "name: two\n")[0] == Item(name="two")
    assert composed == [WORDS, "name: two\n"]
    assert "one" not in (tmp_path / "index" / "own.json").read_text(encoding="utf-8")


@pytest.mark.parametrize("damage", ["cut", "changed", "emptied", "of another format"])
def test_what_was_kept_is_never_believed_when_it_is_damaged(tmp_path, composed, damage, monkeypatch):
    read(tmp_path)
    kept = tmp_path / "index" / "own.json"
    whole = kept.read_bytes()
    if damage == "of another format":
        monkeypatch.setattr("assistant.yaml_kept.FORMAT", 2)
    else:
        kept.write_bytes({"cut": whole[:-9], "changed": whole.replace(b"one", b"two"), "emptied": b""}[damage])
    assert read(tmp_path)[0] == Item(name="one", size=3, parts=("12:30", "no", 1.5))
    assert composed == [WORDS, WORDS]


def test_what_was_kept_is_checked_as_if_it_had_just_been_read(tmp_path):
    class Stricter(PackModel):
        name: str
        parts: tuple[str, ...] = ()

    read(tmp_path)
    with pytest.raises(DataFileError) as caught:
        read(tmp_path, model=Stricter)
    assert {problem.line for problem in caught.value.problems} == {2, 3}


def test_a_file_with_a_fault_is_not_kept(tmp_path):
    with pytest.raises(DataFileError):
        read(tmp_path, "name: one\nname: two\n")
    assert not (tmp_path / "index").exists()


def test_the_questions_are_kept_only_where_something_is_kept_already(tmp_path, composed):
    home = tmp_path / "home"
    load_prompts(home)
    assert not home.exists()
    home.mkdir()
    load_prompts(home)
    kept = home / "index" / "prompts.json"
    assert kept.stat().st_mode & 0o077 == 0
    composed.clear()
    assert load_prompts(home) == load_prompts(home)
    assert composed == []
    assert json.loads(kept.read_bytes().partition(b"\n")[2])["format"] == 1


def test_where_nothing_can_be_written_the_questions_are_read_all_the_same(tmp_path):
    (tmp_path / "index").write_text("a file where the folder should be", encoding="utf-8")
    assert load_prompts(tmp_path).journeys
