"""The app as a process in a terminal: killed, interrupted, and started where nothing can be kept."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

pytest.importorskip("pty", reason="no pseudo-terminals on this system")

from assistant.workspace.workspace import Workspace
from tests.app.benchmark import PASSPHRASE, Terminal

pytestmark = pytest.mark.slow
ENTERS_THE_SCREEN, LEAVES_THE_SCREEN = b"\x1b[?1049h", b"\x1b[?1049l"
SHOWS_THE_CURSOR = b"\x1b[?25h"
NO_MORE_MOUSE = b"\x1b[?1000l"


@pytest.fixture
def beside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Workspace]:
    """The same records, as another process has them."""
    words = tmp_path / "passphrase"
    words.write_text(PASSPHRASE)
    words.chmod(0o600)
    monkeypatch.setenv("REFLECT_PASSPHRASE_FILE", str(words))
    workspace = Workspace(tmp_path)
    yield workspace
    workspace.opening.lock()


@pytest.fixture
def begun(tmp_path: Path, used_before: Path, beside: Workspace) -> Iterator[Terminal]:
    """A session with one answer, gone on with; letters typed from here on come to its composer."""
    shutil.copytree(used_before / "index", tmp_path / "index")
    session = beside.begin("supervision", case="Child A", minutes=30)
    session.go_on()
    session.answer("we went to the park")
    terminal = Terminal(tmp_path)
    terminal.until(b"Continue Child A")
    terminal.type_until(b"\r", b"ype your answer")
    yield terminal
    terminal.close()


@pytest.fixture
def draft(beside: Workspace) -> Callable[[], str]:
    """What is kept of the words being typed."""

    def kept() -> str:
        (left,) = beside.unfinished()
        return " ".join(json.loads(beside.store.draft(left.session) or "{}").values())

    return kept


def test_a_process_killed_in_the_middle_goes_on_where_it_was_with_the_words_being_typed(begun, draft, tmp_path):
    begun.type(b"half a thought")
    begun.drain_until(lambda: "half a thought" in draft())
    begun.close()
    again = Terminal(tmp_path)
    again.until(b"Continue Child A")
    again.type_until(b"\r", b"half a thought")
    again.close()


def test_a_process_killed_while_somebody_types_without_a_pause_has_kept_what_was_typed(begun, draft):
    typed = ""
    for word in (f"w{number}" for number in range(400)):
        if "w3 " in draft():
            break
        begun.type(f"{word} ".encode())
        typed += f"{word} "
        begun.drain(0.05)
    begun.close()
    assert "w3 " in draft()
    assert typed.startswith(draft())


@pytest.mark.parametrize("told", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP], ids=lambda told: told.name)
def test_ended_from_outside_it_says_so_by_its_status_gives_the_terminal_back_and_keeps_what_was_typed(
    begun, draft, told
):
    begun.type(b"half a thought")
    begun.quiet(0.3)  # too soon for the draft that is kept every two seconds
    os.kill(begun.process, told)
    said = begun.rest()
    assert begun.wait() == 128 + told
    assert b"Traceback" not in said
    assert said.rfind(LEAVES_THE_SCREEN) > said.rfind(ENTERS_THE_SCREEN)
    assert SHOWS_THE_CURSOR in said
    assert NO_MORE_MOUSE in said
    assert draft() == "half a thought"


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
