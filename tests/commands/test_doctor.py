from __future__ import annotations

import base64
import hashlib
import json
import os
import shutil
from importlib.metadata import FileHash, PackagePath, PathDistribution
from pathlib import Path

import pytest

from assistant import resources
from assistant.commands import doctor
from assistant.learnt_files import NAMES
from assistant.retrieval.encoder import find_model
from tests.commands.running import Reflect


def findings(reflect: Reflect, *, status: int = 0, **environment: str) -> dict[str, dict[str, str]]:
    done = reflect("doctor", "--json", **environment)
    assert done.returncode == status, done.stderr + done.stdout
    return {finding["part"]: finding for finding in map(json.loads, done.stdout.splitlines())}


def test_on_a_new_machine_every_part_works_and_says_so(reflect):
    found = findings(reflect)
    parts = "program folder questions library meaning learnt search records terminal colours clipboard"
    assert list(found) == parts.split()
    assert not [finding for finding in found.values() if finding["state"] == "fault"]
    assert found["library"]["says"].startswith("5 reviews, 0 of them your own")
    assert (found["meaning"]["state"] == "works") == (find_model() is not None)


def test_a_folder_without_the_weights_is_a_fault_that_says_what_to_do(reflect, tmp_path):
    found = findings(reflect, status=1, REFLECT_MODEL_DIR=str(tmp_path))
    assert "name the folder of all-MiniLM-L6-v2" in found["search"]["says"]


@pytest.mark.skipif(os.name != "posix", reason="modes of files")
def test_a_folder_that_other_accounts_can_write_to_is_a_fault(tmp_path):
    tmp_path.chmod(0o777)
    (said,) = doctor._folder(tmp_path)
    assert said.state == "fault" and "chmod 700" in said.says
    tmp_path.chmod(0o700)
    (said,) = doctor._folder(tmp_path)
    assert said.state == "works"


@pytest.fixture
def models(monkeypatch, tmp_path) -> Path:
    """What was learnt, where it can be harmed."""
    folder: Path = tmp_path / "models"
    folder.mkdir()
    for path in resources.shipped("models").iterdir():
        (folder / path.name).symlink_to(path)
    monkeypatch.setattr(resources, "PACKAGE", tmp_path / "assistant")
    return folder


def harmed(path: Path, content: bytes) -> None:
    path.unlink()  # it leads to the real one
    path.write_bytes(content)


def learnt(tmp_path: Path) -> list[str]:
    return [finding.says for finding in doctor._learnt(tmp_path) if finding.state == "fault"]


def test_what_was_learnt_and_is_another_versions_is_named(models, tmp_path):
    assert learnt(tmp_path) == []
    harmed(models / "bears.json", b'{"sum": "another"}')
    (says,) = learnt(tmp_path)
    assert says.startswith("Not used") and "bears.learnt" in says


@pytest.mark.parametrize("manifest", [b"[]", b"null", b'"sum"', b"{}", b"\xff"])
def test_a_manifest_that_is_none_is_a_sentence(models, tmp_path, manifest):
    harmed(models / "bears.json", manifest)
    (says,) = learnt(tmp_path)
    assert "bears.learnt" in says and says.endswith("Install Reflect again.")


@pytest.mark.parametrize("name", NAMES)
def test_one_letter_changed_of_what_was_learnt_is_noticed_wherever_it_stands(models, tmp_path, name):
    whole = bytearray((models / name).read_bytes())
    whole[-len(whole) // 3] ^= 1
    harmed(models / name, bytes(whole))
    (says,) = learnt(tmp_path)
    assert name in says


def test_what_was_learnt_and_is_gone_is_named_with_or_without_its_manifest(models, tmp_path):
    (models / "act-now.learnt").unlink()
    (models / "lines.learnt").unlink()
    (models / "lines.json").unlink()
    (models / "bears.json").unlink()
    missing, manifest = learnt(tmp_path)
    assert missing == "Missing: act-now.learnt, lines.learnt. Install Reflect again."
    assert "bears.learnt" in manifest


@pytest.mark.parametrize(
    "name",
    (
        *("act-now.yaml", "listening.yaml", "reading.yaml", "noticing.yaml", "identifiers.yaml", "retention.yaml"),
        *("plan-words.yaml", "probes.yaml", "escalation.yaml", "asked-us.yaml", "act-now-talk.yaml"),
    ),
)
def test_a_file_of_questions_that_is_gone_is_a_sentence_and_another_of_a_like_name_is_none(models, tmp_path, name):
    prompts = tmp_path / "prompts"
    shutil.copytree(Path(__file__).parents[2] / "prompts", prompts)
    (tmp_path / "corpus").symlink_to(Path(__file__).parents[2] / "corpus")
    (home := tmp_path / "home" / "prompts").mkdir(parents=True)
    shutil.copy(prompts / name, home / f"old-{name}")
    (said,) = doctor._looked(doctor._questions, tmp_path / "home")
    assert said.state == "works"
    (prompts / name).unlink()
    (said,) = doctor._looked(doctor._questions, tmp_path / "home")
    assert (said.state, f"prompts/{name} is missing" in said.says) == ("fault", True), said


def test_one_letter_changed_of_an_installed_question_is_noticed(tmp_path):
    installed = {}
    for name in ("themes/one.yaml", "themes/two.yaml", "themes/three.yaml"):
        path = tmp_path / "assistant" / "_data" / "prompts" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("name: One\n", encoding="utf-8")
        installed[name] = path
    recorded = base64.urlsafe_b64encode(hashlib.sha256(b"name: One\n").digest()).rstrip(b"=").decode()
    files = [PackagePath("assistant/_data/prompts") / name for name in installed]
    for file in files:
        file.hash, file.dist = FileHash(f"sha256={recorded}"), PathDistribution(tmp_path / "some.dist-info")
    assert list(doctor._not_as_installed(files)) == []
    installed["themes/one.yaml"].write_text("name: One!\n", encoding="utf-8")
    installed["themes/two.yaml"].unlink()
    assert list(doctor._not_as_installed(files)) == ["prompts/themes/one.yaml", "prompts/themes/two.yaml"]


def test_records_in_a_teams_database_are_not_called_encrypted(monkeypatch, tmp_path):
    monkeypatch.setenv("REFLECT_DATABASE_URL", "postgresql://db.example.org/reflect")
    monkeypatch.setenv("REFLECT_SIGN_IN", "1")
    (said,) = doctor._records(tmp_path)
    assert "encrypted" not in said.says and "passphrase" not in said.says
    assert "Whoever owns it can read them." in said.says


def test_a_mistake_in_a_file_of_questions_is_given_with_its_line_and_the_rest_is_still_looked_at(reflect):
    themes = reflect.home / "prompts" / "themes"
    themes.mkdir(parents=True)
    (themes / "mine.yaml").write_text("id: mine\nname: 3\n", encoding="utf-8")
    found = findings(reflect, status=1)
    assert "mine.yaml:" in found["questions"]["says"]
    assert found["library"]["state"] == "works"


def test_in_plain_lines_each_part_has_a_mark_and_a_sentence(reflect):
    lines = reflect("doctor").stdout.splitlines()
    assert len(lines) == 11
    assert all(line[0] in "✓–" and ": " in line for line in lines)


@pytest.mark.parametrize(
    ("environment", "state", "says"),
    [
        ({"NO_COLOR": "1"}, "works", "nothing is said by colour alone"),
        ({"TERM": "dumb"}, "less", "reflect talk supervision --plain"),
        ({"TERM": "xterm-256color", "COLORTERM": "truecolor"}, "works", "all of them"),
        ({"TERM": "xterm-256color"}, "less", "256"),
        ({"TERM": "xterm"}, "less", "COLORTERM=truecolor"),
    ],
)
def test_what_the_terminal_says_of_its_colours_is_said_in_words(monkeypatch, tmp_path, environment, state, says):
    for name in ("NO_COLOR", "TERM", "COLORTERM", "WT_SESSION"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    (finding,) = doctor._colours(tmp_path)
    assert (finding.state, says in finding.says) == (state, True), finding


@pytest.mark.parametrize(
    ("elsewhere", "there", "state"),
    [({}, True, "works"), ({}, False, "less"), ({"SSH_CONNECTION": "1"}, True, "less")],
)
def test_whether_copying_can_be_relied_on_is_said(monkeypatch, tmp_path, elsewhere, there, state):
    for name in ("SSH_CONNECTION", "TEXTUAL_DRIVER"):
        monkeypatch.delenv(name, raising=False)
    for name, value in elsewhere.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr("assistant.app.clipboard.is_there", lambda: there)
    (finding,) = doctor._clipboard(tmp_path)
    assert finding.state == state
    assert finding.says.endswith(".")
