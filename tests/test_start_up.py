from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


def loaded_by(module: str) -> set[str]:
    """The top-level modules in memory after importing `module` in a fresh process."""
    probe = f"import {module}, sys; print(*sorted({{name.split('.')[0] for name in sys.modules}}))"
    done = subprocess.run([sys.executable, "-c", probe], check=True, capture_output=True, text=True, cwd=ROOT)
    return set(done.stdout.split())


@pytest.mark.parametrize(
    ("module", "forbidden"),
    [
        ("assistant.cli", {"textual", "rich", "nltk", "numpy", "pydantic", "sqlalchemy", "markdown_it"}),
        ("assistant.commands.talk", {"textual", "rich", "nltk", "numpy"}),
        ("assistant.conversation.rules", {"textual", "rich", "nltk", "numpy", "sqlalchemy"}),
        ("assistant.app.app", {"nltk", "numpy", "tokenizers", "docx"}),
    ],
)
def test_what_is_heavy_is_not_loaded_before_it_is_needed(module, forbidden):
    assert loaded_by(module) & forbidden == set()


def test_nobody_fetches_data_over_the_network():
    fetching = [
        path
        for path in (ROOT / "assistant").rglob("*.py")
        for word in ("nltk.download", "urllib.request", "requests.get", "httpx", "urlopen")
        if word in path.read_text(encoding="utf-8")
    ]
    assert fetching == []
