"""No test reads or writes anything of the person who runs it."""

from __future__ import annotations

import gc
import os
import sys
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages

import pytest
from hypothesis import HealthCheck, settings

import assistant
from assistant.cli import OBJECTS_BETWEEN_COLLECTIONS
from tests.commands.running import reflect
from tests.run_again import pytest_collection_modifyitems, pytest_runtest_setup, pytest_timeout_set_timer
from tests.shipped import shipped_read_once, used_before
from tests.stores import open_file, pattern, server, store, team

# One profile for all property tests: on a shared machine the first example may be slow, and nothing tested is at fault.
settings.register_profile("shared machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("shared machine")

# As the program itself has it.
gc.set_threshold(OBJECTS_BETWEEN_COLLECTIONS, 10, 10)

# A module that is first imported while a test stands in for what it takes by name would keep the stand-in for good.
for module in walk_packages(assistant.__path__, "assistant."):
    if not module.name.startswith("assistant.store.migrations."):  # Alembic's own, which run when imported
        import_module(module.name)

# Reflect is on the path in every test, as it is where people have installed it.
os.environ["PATH"] = os.pathsep.join((str(Path(sys.executable).parent), os.environ.get("PATH", "")))

# A process that a test begins compiles a hundred modules, a quarter of a second, where the shell says to keep none.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

__all__ = [  # what pytest finds here
    "open_file",
    "pattern",
    "pytest_collection_modifyitems",
    "pytest_runtest_setup",
    "pytest_timeout_set_timer",
    "reflect",
    "server",
    "shipped_read_once",
    "store",
    "team",
    "used_before",
]
"""Fixtures of every room that keeps something."""

LONGEST_NAME = 200


@pytest.fixture(autouse=True)
def a_folder_of_its_own(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder that everything a test keeps goes to, with a passphrase of its own."""
    home = tmp_path_factory.mktemp("home")
    words = home / "passphrase"
    words.write_text("four ordinary test words\n", encoding="utf-8")
    words.chmod(0o600)
    monkeypatch.setenv("REFLECT_DATA_DIR", str(home))
    monkeypatch.setenv("REFLECT_PASSPHRASE_FILE", str(words))
    monkeypatch.delenv("REFLECT_DATABASE_URL", raising=False)
    return home


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Long input is named by its length: pytest hands each test's name on to every process the test starts."""
    return f"{argname} of {len(val)}" if isinstance(val, (str, bytes)) and len(val) > LONGEST_NAME else None
