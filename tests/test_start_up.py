from __future__ import annotations

import os
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


def test_what_only_an_answer_or_a_change_of_tables_needs_is_not_loaded_for_the_first_question():
    probe = (
        "import atexit, sys; sys.argv = ['reflect', 'talk', 'supervision', '--plain']\n"
        "atexit.register(lambda: print('loaded', *sys.modules))\n"
        "from assistant import cli; cli.main()"
    )

    def first_question() -> set[str]:
        done = subprocess.run(
            [sys.executable, "-c", probe],
            check=True,
            capture_output=True,
            text=True,
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
        )
        asked, _, loaded = done.stdout.partition("loaded ")
        assert "To begin." in asked
        return set(loaded.split())

    tables = {"alembic", "sqlalchemy", "importlib.metadata"}
    late = {f"assistant.{name}" for name in ("noticing.noticer", "noticing.reader", "noticing.identifiers")}
    late |= {f"assistant.{name}" for name in ("noticing.act_now_cards", "commands.identifiers", "library.library")}
    late |= {"assistant.export.handover", "numpy", "nltk", "tokenizers"} | tables
    assert late & first_question() == tables, "they make the tables of a new store, and no other"
    assert late & first_question() == set()


def test_nobody_fetches_data_over_the_network():
    fetching = [
        path
        for path in (ROOT / "assistant").rglob("*.py")
        for word in ("nltk.download", "urllib.request", "requests.get", "httpx", "urlopen")
        if word in path.read_text(encoding="utf-8")
    ]
    assert fetching == []


@pytest.mark.parametrize(("set_by_user", "threads"), [(None, "1"), ("4", "4")])
def test_a_busy_machine_is_asked_for_one_thread_unless_its_user_wants_more(set_by_user, threads):
    environment = {name: value for name, value in os.environ.items() if name != "OPENBLAS_NUM_THREADS"}
    if set_by_user:
        environment["OPENBLAS_NUM_THREADS"] = set_by_user
    probe = "import assistant.cli, os; print(os.environ['OPENBLAS_NUM_THREADS'])"
    done = subprocess.run(
        [sys.executable, "-c", probe], check=True, capture_output=True, text=True, cwd=ROOT, env=environment
    )
    assert done.stdout.strip() == threads
