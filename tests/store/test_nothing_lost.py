from __future__ import annotations

import os
import random
import select
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from assistant.conversation import events as e
from assistant.conversation.session import Session
from assistant.conversation.state import replay
from assistant.store.unlocking import Unlocking
from tests.stores import CHEAP, START, Ticking, answered, asked, started

WORDS = "four ordinary test words"
KILLS = 200
Open = Callable[..., Unlocking]


def session_of(name: str) -> list[e.Event]:
    """What a session lays down, the same each time."""
    events: list[e.Event] = [started(name)]
    for number in range(12):
        question = f"opening/{number}"
        events += [asked(question), answered(f"Answer {number}: " + "she said " * number * 20, question)]
        events.append(e.Offered(at=START, question=question, hits=(), because="nothing bears"))
    return events


def write_until_killed(opening: Unlocking, name: str, said: int) -> None:
    """In a process of its own: say one byte for each event that is safe."""
    opening.unlock(WORDS)
    for position, event in enumerate(session_of(name)):
        opening.store().append(name, position, event)
        opening.store().save_draft(name, f"draft after {position}")
        os.write(said, b".")
    os._exit(0)


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork to start 200 processes in seconds")
def test_no_event_is_lost_when_the_process_is_killed_at_any_moment(open_file: Open):
    open_file().set_passphrase(WORDS)
    chance = random.Random(20260302)
    survived = []
    for kill in range(KILLS):
        name = f"killed-{kill:03}"
        heard, said = os.pipe()
        child = os.fork()
        if child == 0:
            os.close(heard)
            try:
                write_until_killed(open_file(), name, said)
            finally:
                os._exit(1)
        os.close(said)
        safe = 0
        for _ in range(chance.randrange(20)):
            safe += len(os.read(heard, 1))
        # somewhere inside the next writes: waiting for nothing is how long the child lives on
        select.select([], [], [], chance.random() * 0.006)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        while more := os.read(heard, 100):
            safe += len(more)
        os.close(heard)
        survived.append((name, safe))
    store = open_file()
    store.unlock(WORDS)
    lengths = set()
    begun = {kept.session for kept in store.store().sessions()}
    for name, safe in survived:
        kept = store.store().events(name) if name in begun else []  # a session without an event raises
        assert kept == session_of(name)[: len(kept)]
        assert safe <= len(kept) <= safe + 1, name
        lengths.add(len(kept))
    assert len(lengths) > 10, "the kills fell at too few places to show anything"
    with store.store()._backing.reading() as connection:
        assert connection.rows("PRAGMA cipher_integrity_check") == []
        assert connection.value("PRAGMA integrity_check") == "ok"


def test_every_commit_waits_for_the_disk(open_file: Open):
    opening = open_file()
    opening.set_passphrase(WORDS)
    with opening.store()._backing.reading() as connection:
        # a killed process cannot show it: what it wrote outlives it in the system's memory, and a power cut ends that
        assert connection.value("PRAGMA synchronous") == 2, "2 is FULL"
        assert connection.value("PRAGMA journal_mode") == "wal"


@pytest.mark.skipif(
    shutil.which("strace") is None, reason="strace, which sees each wait for the disk, is not installed"
)
def test_the_disk_has_each_event_before_it_is_said_to_be_safe(open_file: Open, tmp_path: Path):
    open_file().set_passphrase(WORDS)
    program = (
        "import sys; from pathlib import Path; from tests.store.test_nothing_lost import *\n"
        "opening = Unlocking(Path(sys.argv[1]), Ticking(), iterations=CHEAP, environment={})\n"
        "write_until_killed(opening, 'traced', os.open(sys.argv[2], os.O_WRONLY | os.O_CREAT))"
    )
    seen, said = tmp_path / "seen", tmp_path / "said"
    traced = ["strace", "-f", "-y", "-e", "trace=fsync,fdatasync,write", "-o", str(seen)]
    done = subprocess.run([*traced, sys.executable, "-c", program, str(tmp_path), str(said)], check=False)
    if done.returncode and not said.exists():
        pytest.skip("this machine lets no process be traced")
    safe = 0
    synced = False
    for line in seen.read_text(encoding="utf-8", errors="replace").splitlines():
        synced |= "sync(" in line and "reflect.db" in line
        if "/said>" in line:
            assert synced, f"event {safe} was said to be safe before the disk had it"
            safe, synced = safe + 1, False
    assert safe == len(session_of("traced"))


def test_a_session_killed_and_taken_up_goes_on_where_it_was(open_file: Open):
    opening = open_file()
    opening.set_passphrase(WORDS)
    for position, event in enumerate(session_of("s1")[:5]):
        opening.store().append("s1", position, event)
    other = open_file()
    other.unlock(WORDS)
    state = replay(other.store().events("s1"))
    assert state.answers == ("Answer 0: ",)
    assert state.current is not None and state.current.asked.question == "opening/1"


def test_an_event_that_cannot_be_kept_has_not_happened():
    kept: list[e.Event] = [started(), asked()]

    def full(_: e.Event) -> None:
        raise OSError(28, "No space left on device")

    session = Session(kept, None, full, Ticking(datetime(2026, 3, 2, tzinfo=UTC)))  # type: ignore[arg-type]  # never asked
    before = session.state
    with pytest.raises(OSError, match="No space"):
        session.write_note("felt worried")
    assert session.state == before


def test_two_processes_keep_their_sessions_in_one_file(open_file: Open, tmp_path: Path):
    open_file().set_passphrase(WORDS)
    program = (
        "import sys; from pathlib import Path; from tests.store.test_nothing_lost import *\n"
        "from tests.stores import CHEAP\n"
        "opening = Unlocking(Path(sys.argv[1]), Ticking(), iterations=CHEAP, environment={})\n"
        "opening.unlock(WORDS)\n"
        "for position, event in enumerate(session_of(n := sys.argv[2])): opening.store().append(n, position, event)"
    )
    both = [subprocess.Popen([sys.executable, "-c", program, str(tmp_path), name]) for name in ("left", "right")]
    assert [process.wait() for process in both] == [0, 0]
    store = open_file()
    store.unlock(WORDS)
    for name in ("left", "right"):
        assert store.store().events(name) == session_of(name)


def test_two_processes_that_make_the_first_store_at_the_same_instant_share_it(tmp_path: Path):
    home, secret = tmp_path / "home", tmp_path / "passphrase"
    secret.touch(mode=0o600)
    secret.write_text(WORDS, encoding="utf-8")
    program = (
        "import sys; from pathlib import Path; from tests.store.test_nothing_lost import *\n"
        "from tests.stores import CHEAP\n"
        "import assistant.store.sqlite, assistant.store.store\n"
        "file = {'REFLECT_PASSPHRASE_FILE': sys.argv[2]}\n"
        "opening = Unlocking(Path(sys.argv[1]), Ticking(), iterations=CHEAP, environment=file)\n"
        "print('ready', flush=True); sys.stdin.readline()\n"
        "for position, event in enumerate(session_of(n := sys.argv[3])): opening.store().append(n, position, event)"
    )
    both = [
        subprocess.Popen(
            [sys.executable, "-c", program, str(home), str(secret), name], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        for name in ("left", "right")
    ]
    for process in both:
        assert process.stdout is not None and process.stdout.readline() == b"ready\n"
    for process in both:
        assert process.stdin is not None
        process.stdin.write(b"now\n")
        process.stdin.flush()
    for process in both:
        process.communicate()
    assert [process.returncode for process in both] == [0, 0]
    store = Unlocking(home, Ticking(), iterations=CHEAP, environment={})
    store.unlock(WORDS)
    for name in ("left", "right"):
        assert store.store().events(name) == session_of(name)


@pytest.mark.skipif(os.name != "posix" or os.getuid() != 0, reason="only root can mount a disk that is soon full")
def test_a_real_full_disk_is_one_sentence_and_what_was_kept_is_still_there(tmp_path: Path, open_file: Open):
    small = tmp_path / "small"
    small.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=400k", "none", small], check=False).returncode:
        pytest.skip("this machine may not mount a disk")
    try:
        opening = open_file(small)
        opening.set_passphrase(WORDS)
        with pytest.raises(Exception, match=r"disk that holds .* is full") as full:
            many: list[e.Event] = [started(), *(answered("w" * 20_000) for _ in range(40))]
            for position, event in enumerate(many):
                opening.store().append("s1", position, event)
        assert type(full.value).__name__ == "StoreError"
        kept = len(opening.store().events("s1"))
        opening.lock()
        again = open_file(small)
        again.unlock(WORDS)
        assert len(again.store().events("s1")) == kept > 1
        again.lock()
    finally:
        subprocess.run(["umount", "-l", small], check=True)


@pytest.mark.skipif(os.name != "posix", reason="folders are made read-only another way there")
def test_a_read_only_folder_is_one_sentence(tmp_path: Path):
    home = tmp_path / "home"
    home.mkdir(mode=0o555)
    program = (
        "import os, sys; from pathlib import Path\n"
        "from assistant.store.unlocking import Unlocking\n"
        "from datetime import datetime\n"
        "if os.getuid() == 0: os.setuid(65534)\n"
        "Unlocking(Path(sys.argv[1]), datetime.now, environment={}).set_passphrase('four ordinary words')"
    )
    for folder in (tmp_path, *tmp_path.parents[:3]):
        if os.getuid() == 0 and folder.owner() == "root" and folder != Path("/tmp"):
            folder.chmod(0o755)
    run = subprocess.run([sys.executable, "-c", program, str(home)], check=False, capture_output=True, text=True)
    assert "StoreError: Nothing can be kept in" in run.stderr
    assert "(Permission denied); make it writable, or set REFLECT_DATA_DIR" in run.stderr
