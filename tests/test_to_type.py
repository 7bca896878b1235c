"""What somebody is told to type works where they are."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from assistant import to_type
from assistant.resources import where_people_look


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """A folder with what `make run` puts into it."""
    script = tmp_path / ".venv" / "bin" / "reflect"
    script.parent.mkdir(parents=True)
    script.write_text("#!/bin/sh\n")
    script.chmod(0o755)
    return tmp_path


def test_on_the_path_it_is_reflect_and_in_a_clone_its_place_there(clone, monkeypatch):
    monkeypatch.setattr("sys.executable", str(clone / ".venv" / "bin" / "python"))
    monkeypatch.chdir(clone)
    to_type._command.cache_clear()
    monkeypatch.setenv("PATH", str(clone / ".venv" / "bin"))
    assert to_type.to_type("record list") == "reflect record list"
    to_type._command.cache_clear()
    monkeypatch.setenv("PATH", "")
    assert to_type.to_type("record list") == f"{Path('.venv', 'bin', 'reflect')} record list"
    assert to_type.to_type() == str(Path(".venv", "bin", "reflect"))
    to_type._command.cache_clear()


def test_elsewhere_it_is_the_whole_path_and_without_a_script_the_module(clone, tmp_path_factory):
    python, elsewhere = clone / ".venv" / "bin" / "python", tmp_path_factory.mktemp("elsewhere")
    assert to_type.beside(python, elsewhere) == str(python.with_name("reflect"))
    assert to_type.beside(python, python.parent) == f".{os.sep}reflect"
    assert to_type.beside(elsewhere / "python", clone) == f"{elsewhere / 'python'} -m assistant"


def test_a_copy_goes_to_the_documents_where_there_are_any(tmp_path, monkeypatch):
    documents = tmp_path / "Documents"
    monkeypatch.setattr("platformdirs.user_documents_dir", lambda: str(documents))
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    assert where_people_look() == tmp_path
    documents.mkdir()
    assert where_people_look() == documents
