from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.language.plain_text import harmless, typeable, visible
from assistant.process import HarmlessText

ACTS_ON_A_TERMINAL = ["\x1b]0;x\x07", "\x1b[2J", "\x9b2J", "\x08\x08", "\u202eabc", "\u2066x", "\x7f", "\x85"]


def run(*words: str, typed: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "assistant", *words], input=typed, capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize("text", ACTS_ON_A_TERMINAL)
def test_what_acts_on_a_terminal_is_written_out_and_not_obeyed(text: str):
    raw = io.BytesIO()
    stream = HarmlessText(raw, encoding="utf-8")
    print(f"Child A {text} home", file=stream, flush=True)
    written = raw.getvalue().decode()
    assert written == f"Child A {visible(text)} home\n"
    assert harmless(written) == written


def test_a_line_of_progress_is_still_written_anew():
    raw = io.BytesIO()
    stream = HarmlessText(raw, encoding="utf-8")
    stream.write("\rpage 2 of 9")
    stream.write("a\rb")
    stream.flush()
    assert raw.getvalue() == b"\rpage 2 of 9a\\u000db"


@given(st.text())
def test_what_was_made_harmless_stays_as_it_is(text: str):
    assert harmless(harmless(text)) == harmless(text)
    assert harmless(visible(text)) == visible(text)
    assert typeable(typeable(text)) == typeable(text)


def test_a_file_name_cannot_write_on_the_terminal(tmp_path: Path):
    path = tmp_path / "evil\x1b[2J\u202egpj.txt"
    path.write_text("no learning in here", encoding="utf-8")
    result = run("library", "add", str(path), "--yes")
    assert result.returncode == 1
    assert harmless(result.stdout + result.stderr) == result.stdout + result.stderr


def test_an_error_nobody_foresaw_is_a_number_and_shows_no_word_of_the_case(tmp_path: Path):
    program = (
        "import sys; from assistant import cli\n"
        "def broken(*_, **__):\n"
        "    case = 'the lodger Oswin'\n"
        "    raise KeyError(case)\n"
        "cli.LateGroup.get_command = broken\n"
        "sys.argv = ['reflect', 'due']; cli.main()"
    )
    result = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert result.returncode == 1
    assert "incident" in result.stderr
    assert "Oswin" not in result.stderr and "Traceback" not in result.stderr
    reports = list(Path(os.environ["REFLECT_DATA_DIR"], "incidents").glob("*.txt"))
    assert len(reports) == 1 and "Oswin" not in reports[0].read_text("utf-8")


@pytest.mark.parametrize(
    "failing",
    [
        "import threading; one = threading.Thread(target=lambda: {}['the lodger Oswin']); one.start(); one.join()",
        "class One:\n    def __del__(self): {}['the lodger Oswin']\ndel One",
        "class One:\n    def __del__(self): {}['the lodger Oswin']\nOne()",
    ],
)
def test_what_fails_where_nobody_waits_for_it_shows_no_word_of_the_case(failing: str):
    program = f"from assistant.process import harden; harden()\n{failing}"
    result = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert (result.stdout, result.stderr) == ("", "")


@pytest.mark.parametrize("letters", ["ascii", "latin-1"])
def test_words_that_a_computers_own_letters_cannot_write_end_nothing_and_are_kept(letters: str, tmp_path: Path):
    (tmp_path / "passphrase").write_text("four ordinary test words")
    (tmp_path / "passphrase").chmod(0o600)
    settings = {
        "REFLECT_DATA_DIR": str(tmp_path),
        "REFLECT_PASSPHRASE_FILE": str(tmp_path / "passphrase"),
        "PYTHONUTF8": "0",
        "PYTHONIOENCODING": letters,
    }

    def ran(*words: str, typed: str = "") -> str:
        done = subprocess.run(
            [sys.executable, "-m", "assistant", *words],
            input=typed.encode(),
            capture_output=True,
            env={**os.environ, **settings},
            check=False,
        )
        assert done.returncode == 0 and b"incident" not in done.stderr, done.stderr
        return done.stdout.decode("utf-8")

    said = "Mum said “he’s fine” – café 👶" if letters == "ascii" else "Mum said he is fine"
    assert ran("talk", "supervision", "--json", "--case", "Child A", typed=said)
    (kept,) = ran("record", "list", "--json").splitlines()
    assert said in ran("record", "show", json.loads(kept)["id"])
    assert "✓" in ran("doctor")


@pytest.mark.skipif(os.name != "posix", reason="a shell's way to close a stream")
@pytest.mark.parametrize("closed", [">&-", "2>&-", "<&-", ">&- 2>&- <&-"])
@pytest.mark.parametrize("words", ["record list", "talk supervision --plain"])
def test_a_stream_that_was_closed_beforehand_is_none_of_the_records(closed: str, words: str, tmp_path: Path):
    (tmp_path / "passphrase").write_text("four ordinary test words")
    (tmp_path / "passphrase").chmod(0o600)
    named = f"REFLECT_DATA_DIR={tmp_path} REFLECT_PASSPHRASE_FILE={tmp_path / 'passphrase'}"
    line = f"{named} {sys.executable} -m assistant {words} {closed}"
    for _ in range(2):
        done = subprocess.run(line, shell=True, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
        assert done.returncode == 0
        assert "Traceback" not in done.stderr and "incident" not in done.stderr
    program = "import os; from assistant.process import harden; harden(); assert os.open('/dev/zero', os.O_RDONLY) > 2"
    opened = subprocess.run(f'{sys.executable} -c "{program}" {closed}', shell=True, check=False)
    assert opened.returncode == 0


@pytest.mark.skipif(sys.platform != "linux", reason="core files are kept in other ways there")
def test_a_process_leaves_no_core_file_and_its_files_are_its_owners_only(tmp_path: Path):
    program = (
        "import resource, os, sys; from assistant.process import harden; harden()\n"
        "print(resource.getrlimit(resource.RLIMIT_CORE), os.umask(0))\n"
        "print(open('/proc/self/status').read().count('Pid'))\n"
        "import ctypes; print(ctypes.CDLL(None).prctl(3, 0, 0, 0, 0))"
    )
    result = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    first, _, dumpable = result.stdout.splitlines()
    assert first == "(0, 0) 63"
    assert dumpable == "0"


def test_the_app_can_still_draw_on_the_terminal_beneath():
    program = (
        "import sys; from assistant.process import harden; harden()\n"
        "sys.__stdout__.write('\\x1b[2J'); sys.__stdout__.flush(); print('\\x1b[2J')\n"
        "assert sys.__stderr__.fileno() == 2"
    )
    result = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert result.stdout == "\x1b[2J\\u001b[2J\n"
