"""A file's name says one thing: what is found by it is found at the first guess."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

ASSISTANT = Path(__file__).parents[1] / "assistant"
COMMANDS = "commands"
"""Named after what is typed, `reflect library`, so a file here may share the name of what it calls."""


def test_no_two_files_share_a_name_but_a_subcommand_and_what_it_calls() -> None:
    rooms = [path.relative_to(ASSISTANT) for path in ASSISTANT.rglob("*.py") if path.name != "__init__.py"]
    named = Counter(path.name for path in rooms if path.parts[0] != COMMANDS)
    assert sorted(name for name, times in named.items() if times > 1) == []
