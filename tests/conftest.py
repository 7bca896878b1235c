"""No test reads or writes anything of the person who runs it."""

from __future__ import annotations

from pathlib import Path

import pytest


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
