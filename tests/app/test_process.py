"""The app as a process in a terminal: killed, interrupted, and started where nothing can be kept."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("pty", reason="no pseudo-terminals on this system")

from assistant.workspace import Workspace
from tests.app.benchmark import Terminal

pytestmark = pytest.mark.slow
F5 = b"\x1b[15~"
ENTERS_THE_SCREEN, LEAVES_THE_SCREEN = b"\x1b[?1049h", b"\x1b[?1049l"
SHOWS_THE_CURSOR = b"\x1b[?25h"
NO_MORE_MOUSE = b"\x1b[?1000l"


def begun(home: Path) -> Terminal:
    """A session with one answer sent."""
    terminal = Terminal(home)
    terminal.until(b"Supervision session")
    terminal.quiet()
    terminal.type(b"\r")
    terminal.until(b"minutes")
    terminal.type(b"Child A")
    terminal.quiet()
    terminal.type(F5)
    terminal.until(b"To begin")
    terminal.quiet()
    terminal.type(b"we went to the park")
    terminal.quiet()
    terminal.type(b"\r")
    terminal.until(b"skip")
    terminal.quiet()
    return terminal


def test_a_process_killed_in_the_middle_goes_on_where_it_was_with_the_words_being_typed(tmp_path):
    terminal = begun(tmp_path)
    terminal.type(b"half a thought")
    terminal.quiet(4)  # it is kept every two seconds
    terminal.close()
    again = Terminal(tmp_path)
    again.until(b"Continue Child A")
    again.quiet()
    again.type_until(b"\r", b"half a thought")
    again.close()


def test_a_process_killed_while_somebody_types_without_a_pause_has_kept_what_was_typed(tmp_path):
    terminal = begun(tmp_path)
    beside = Workspace(tmp_path)
    (left,) = beside.unfinished()
    typed = ""
    for word in (f"w{number}" for number in range(400)):
        if "w3 " in beside.store.draft(left.session):
            break
        terminal.type(f"{word} ".encode())
        typed += f"{word} "
        terminal.drain(0.05)
    terminal.close()
    kept = json.loads(beside.store.draft(left.session))
    assert any(typed.startswith(words) and "w3 " in words for words in kept.values())
    beside.lock()
    again = Terminal(tmp_path)
    again.until(b"Continue Child A")
    again.quiet()
    again.type_until(b"\r", b"w3")
    again.close()


@pytest.mark.parametrize("told", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP], ids=lambda told: told.name)
def test_ended_from_outside_it_says_so_by_its_status_gives_the_terminal_back_and_keeps_what_was_typed(tmp_path, told):
    terminal = begun(tmp_path)
    terminal.type(b"half a thought")
    terminal.quiet(0.3)  # too soon for the draft that is kept every two seconds
    os.kill(terminal.process, told)
    said = terminal.rest()
    assert terminal.wait() == 128 + told
    assert b"Traceback" not in said
    assert said.rfind(LEAVES_THE_SCREEN) > said.rfind(ENTERS_THE_SCREEN)
    assert SHOWS_THE_CURSOR in said
    assert NO_MORE_MOUSE in said
    again = Terminal(tmp_path)
    again.until(b"Continue Child A")
    again.quiet()
    again.type_until(b"\r", b"half a thought")
    again.close()


def test_without_a_terminal_it_says_what_to_do_or_ends_quietly(tmp_path):
    ended = subprocess.run(
        [sys.executable, "-m", "assistant"],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        env=os.environ | {"REFLECT_DATA_DIR": str(tmp_path)},
    )
    assert "Traceback" not in ended.stdout + ended.stderr
    assert ended.returncode != 0
