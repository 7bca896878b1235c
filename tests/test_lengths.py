"""Nothing grows past what can be read at one sitting: a file, or one function."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

HOUSE = Path(__file__).parents[1]
LONGEST_FILE = 470
LONGEST_FUNCTION = 50
LONGER_FILES = {
    "tests/app/test_screens.py": "what holds of every screen, one after the other",
    "tests/app/test_session_screen.py": "one screen, with everything it shares",
    "tests/benchmarks/retrieval.py": "peers and the programs that run them, in one process each",
    "tests/conversation/test_act_now.py": "one list of what is said to a card",
    "tests/conversation/test_moving_on.py": "one list of what is said and what is asked then",
    "tests/export/test_handing_over.py": "one session, looked at in every document",
    "tests/followup/test_following_up.py": "one made-up case, from its first session to its last",
    "tests/library/test_layouts.py": "one list of pages and how they are read",
    "tests/noticing/test_reading.py": "one list of answers and how they are read",
}


def sources() -> Iterator[tuple[str, str]]:
    for room in ("assistant", "tools", "tests"):
        for path in sorted((HOUSE / room).rglob("*.py")):
            yield path.relative_to(HOUSE).as_posix(), path.read_text(encoding="utf-8")


def functions() -> Iterator[tuple[str, int]]:
    """Every function with its lines."""
    for place, source in sources():
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                assert node.end_lineno is not None
                yield f"{place}:{node.name}", node.end_lineno - node.lineno + 1


def test_no_file_is_longer_than_can_be_read_at_one_sitting_but_those_named_here() -> None:
    longer = {place: lines for place, source in sources() if (lines := source.count("\n")) > LONGEST_FILE}
    assert {place: lines for place, lines in longer.items() if place not in LONGER_FILES} == {}


def test_no_function_is_longer_than_a_screen() -> None:
    assert {place: lines for place, lines in functions() if lines > LONGEST_FUNCTION} == {}


def test_what_is_named_here_is_there() -> None:
    assert set(LONGER_FILES) <= {place for place, _ in sources()}
