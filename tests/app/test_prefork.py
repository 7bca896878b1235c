"""Tabs that share what is only read: each keeps little to itself, knows nothing of others, and ends by itself."""

from __future__ import annotations

import asyncio
import operator
import os
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from assistant.app.web import prefork
from assistant.app.web.prefork import Prefork
from assistant.app.web.tab import Tab
from assistant.workspace.read_beforehand import read_beforehand
from assistant.workspace.workspace import Workspace

pytestmark = [pytest.mark.slow, pytest.mark.skipif(not prefork.CAN, reason="tabs are forked on Linux only")]
MOST_PRIVATE_KB = 40_000


class Watched(Tab):
    """A tab whose terminal is looked at by the test."""

    def __init__(self, home: Path, fork: Prefork) -> None:
        super().__init__(home, "a browser", fork)
        self.seen = bytearray()

        async def see(data: bytes) -> None:
            self.seen.extend(data)

        self.attach(see, lambda _: asyncio.sleep(0), lambda: asyncio.sleep(0))


async def until(holds: Callable[[], bool], what: str) -> None:
    deadline = time.monotonic() + 120
    while not holds():
        assert time.monotonic() < deadline, f"never came: {what}"
        await asyncio.sleep(0.05)


def children_of(parent: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{parent}/task/{parent}/children").read_text(encoding="utf-8").split()]


def private_kb(process: int) -> int:
    lines = Path(f"/proc/{process}/smaps_rollup").read_text(encoding="utf-8").splitlines()
    return sum(int(line.split()[1]) for line in lines if line.startswith("Private_"))


async def test_a_tab_keeps_little_to_itself_in_a_clean_environment_and_ends_alone(tmp_path, monkeypatch):
    monkeypatch.setenv("SOMEBODYS_SECRET", "not for a tab")
    fork = Prefork()
    before = set(children_of(os.getpid()))
    first, second = Watched(tmp_path, fork), Watched(tmp_path, fork)
    try:
        for tab in (first, second):
            await tab.start(80, 24)
            await until(partial(operator.contains, tab.seen, b"Reflect"), "the first screen")
        (parent,) = set(children_of(os.getpid())) - before
        forked = children_of(parent)
        assert len(forked) == 2
        assert [child for child in forked if private_kb(child) > MOST_PRIVATE_KB] == []
        for child in forked:
            assert b"SOMEBODYS_SECRET" not in Path(f"/proc/{child}/environ").read_bytes()
            assert Path(f"/proc/{child}/cwd").resolve() == tmp_path.resolve()
        await first.stop()
        await until(lambda: len(children_of(parent)) == 1, "the end of one tab")
        assert first.ended and not second.ended
        await second.stop()
    finally:
        fork.close()
    await until(lambda: not Path(f"/proc/{parent}").exists() or not set(children_of(os.getpid())) - before, "its end")


async def test_a_tab_whose_server_is_killed_ends_and_calls_it_no_crash(tmp_path):
    probe = """
import asyncio, os, sys
from pathlib import Path
from assistant.app.web.prefork import Prefork
from tests.app.test_prefork import Watched, children_of, until

async def serve():
    tab = Watched(Path(sys.argv[1]), Prefork())
    await tab.start(80, 24)
    await until(lambda: b"Reflect" in tab.seen, "the first screen")
    (parent,) = children_of(os.getpid())
    print(*children_of(parent), flush=True)
    await asyncio.sleep(600)

asyncio.run(serve())
"""
    with subprocess.Popen([sys.executable, "-c", probe, str(tmp_path)], stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        process = int(server.stdout.readline())
        server.kill()
    await until(lambda: not Path(f"/proc/{process}").exists(), "the end of the tab")
    assert list(tmp_path.rglob("incidents/*")) == []


READ = """
held, loaded = set(vars(workspace)), set(sys.modules)
print([model for model in _models(BaseModel) if not model.__pydantic_complete__])
kinds = workspace.knowledge.of("supervisor").question_kinds
assert kinds.heard.cache_info().currsize, "read before"
session = workspace.begin("supervision", case="Child A", minutes=30)
session.go_on()
for words in ("He was asleep upstairs.", "Mum said dad hit her last night.", "School rang us on Tuesday."):
    (session.say_to_card if session.state.card else session.answer)(words)
print(set(vars(workspace)) - held, {name for name in set(sys.modules) - loaded if name.startswith("assistant")})
"""
COLLECTED = """
before = private_kb(os.getpid())
gc.collect()
print(private_kb(os.getpid()) - before)
"""
MADE = """
collections, before = gc.get_stats()[2]["collections"], private_kb(os.getpid())
made = [bytes(31 - 16 * (number % 2)) for number in range(40_000)]  # with their list 2.6 MB
grown = private_kb(os.getpid()) - before
rubbish = [[number] for number in range(200_000)]
print(grown, gc.get_stats()[2]["collections"] - collections)
"""


@pytest.fixture(scope="module")
def in_a_tab(tmp_path_factory):
    """What each of these prints in a process forked from one that is ready, which takes seconds and is begun once."""
    probe = """
import gc, os, sys
from pathlib import Path
from assistant.app.web.prefork import _ready
from assistant.workspace.read_beforehand import BaseModel, _models
from tests.app.test_prefork import private_kb
workspace, out = _ready(Path(sys.argv[1])), Path(sys.argv[2])
for place, run in enumerate(sys.argv[3:]):
    if os.fork() == 0:
        sys.stdout = (out / str(place)).open("w", encoding="utf-8")
        exec(run)
        sys.stdout.close()
        os._exit(0)
    _, status = os.wait()
    assert status == 0, run
"""
    home, out, runs = tmp_path_factory.mktemp("home"), tmp_path_factory.mktemp("out"), (READ, COLLECTED, MADE)
    words = home / "passphrase"
    words.write_text("four ordinary test words\n", encoding="utf-8")
    words.chmod(0o600)
    done = subprocess.run(
        [sys.executable, "-c", probe, str(home), str(out), *runs],
        env=os.environ | {"REFLECT_PASSPHRASE_FILE": str(words)},
        capture_output=True,
        text=True,
        check=False,  # what went wrong in one is told by its own test
        timeout=600,
    )

    def printed(run: str) -> str:
        said: str = (out / str(runs.index(run))).read_text(encoding="utf-8")
        assert "Traceback" not in done.stderr, done.stderr
        return said

    return printed


def test_what_an_answer_is_read_with_is_read_before_any_tab_is_forked(in_a_tab):
    assert in_a_tab(READ) == "[]\nset() set()\n"


def test_a_collection_of_rubbish_in_a_tab_leaves_what_it_shares_shared(in_a_tab):
    kept = int(in_a_tab(COLLECTED))
    assert kept < 5_000, "every object that a collection looks at is written to, and its page is copied"


def test_what_a_tab_makes_takes_pages_of_its_own_and_its_rubbish_is_looked_for(in_a_tab):
    grown, collections = map(int, in_a_tab(MADE).split())
    assert grown < 4_000, "gaps between what is shared were filled, and every page with one copied"
    assert collections >= 1


def test_what_a_teams_database_is_reached_with_is_shared_too(tmp_path):
    probe = """
import os, sys
from pathlib import Path
from assistant.app.web.prefork import _ready
os.environ["REFLECT_DATABASE_URL"] = "postgresql:///reflect?host=/nonexistent"
workspace = _ready(Path(sys.argv[1]))
loaded = set(sys.modules)
try:
    workspace.store
except Exception as error:
    print(error, {name for name in set(sys.modules) - loaded if name.split(".")[0] in {"psycopg", "assistant"}})
"""
    done = subprocess.run(
        [sys.executable, "-c", probe, str(tmp_path)], capture_output=True, text=True, check=True, timeout=600
    )
    assert done.stdout.endswith("ask who looks after it. set()\n")


def test_mistakes_in_somebodys_own_questions_stop_no_tab(tmp_path):
    own = tmp_path / "prompts" / "journeys"
    own.mkdir(parents=True)
    (own / "supervision.yaml").write_text("steps: [", encoding="utf-8")
    read_beforehand(Workspace(tmp_path))
