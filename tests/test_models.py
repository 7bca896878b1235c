"""Each file in `models/` is the one its manifest names, made from what is there now."""

from __future__ import annotations

import json

import pytest

from assistant.learnt_files import NAMES
from assistant.resources import shipped
from tools.manifests import MADE, ROOT, stale

MODELS = shipped("models")
FILES = sorted(path.name for path in MODELS.iterdir() if path.suffix != ".json")


def test_every_file_has_a_manifest_and_every_manifest_a_file() -> None:
    assert sorted(MADE) == FILES == sorted(NAMES)
    assert {path.stem for path in MODELS.glob("*.json")} == {name.rpartition(".")[0] for name in MADE}


@pytest.mark.parametrize("name", FILES)
def test_nothing_has_changed_of_what_a_file_was_learnt_from(name: str) -> None:
    assert stale(name) == [], f"run python -m tools.{MADE[name].by}"


@pytest.mark.parametrize("name", FILES)
def test_a_manifest_says_what_makes_a_file_and_of_which_versions(name: str) -> None:
    manifest = json.loads((MODELS / name).with_suffix(".json").read_text(encoding="utf-8"))
    assert (ROOT / "tools" / f"{MADE[name].by}.py").is_file()
    assert manifest["made_by"] == f"tools.{MADE[name].by}"
    assert set(manifest["versions"]) == set(MADE[name].packages)
    assert ("torch" in manifest["versions"]) == (manifest["seed"] is not None)
