"""The program itself killed with somebody before it: in lines, in a terminal, and in a browser's tab.

An answer is acknowledged when the next question is printed, or when the time stands beside it on screen.
"""

from __future__ import annotations

import json
import os
import random
import re
import select
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from assistant.conversation import events as e
from tools.torture.screens import F5, Browser, InATerminal, Screen, painted, ready, until
from tools.torture.trials import Trial, a_store, events_of, opened

_PROMISE = "An answer that was acknowledged is never lost"


def lines(tries: int, chance: random.Random) -> Trial:
    """Each try is a process of its own that is sent answer after answer."""
    trial = Trial(_PROMISE, "`reflect talk` killed in a session")
    with a_store() as home:
        secret = ready(home)
        for trial.tries in range(1, tries + 1):
            case = f"Family {trial.tries} A"
            acknowledged = _talked(home, secret, case, chance.uniform(0, 4))
            kept = _kept_of(home, case)
            for answer in acknowledged:
                trial.expect(answer in kept, f"{trial.tries}: {answer!r} was acknowledged and is lost")
    return trial


def _talked(home: Path, secret: Path, case: str, kill_after_s: float) -> list[str]:
    """Talk to a process from its first question until it is killed; the answers that it acknowledged."""
    command = [sys.executable, "-m", "assistant", "talk", "supervision", "--json", "--case", case]
    here = os.environ | {"REFLECT_DATA_DIR": str(home), "REFLECT_PASSPHRASE_FILE": str(secret)}
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=here, text=True, bufsize=1)
    assert process.stdin and process.stdout
    process.stdout.readline()  # the first question
    sent: list[str] = []
    asked = 0
    deadline = time.monotonic() + kill_after_s
    os.set_blocking(process.stdout.fileno(), False)
    said = ""
    while (left := deadline - time.monotonic()) > 0:
        if asked == len(sent):
            sent.append(f"We went to the park on day {len(sent)} and he played.")
            process.stdin.write(sent[-1] + "\n")
        if select.select([process.stdout], [], [], left)[0]:
            said += process.stdout.read() or ""
        asked = _questions(said)
    process.kill()
    rest, _ = process.communicate()
    return sent[: _questions(said + rest)]


def _questions(said: str) -> int:
    """How many questions were printed after the first; the last line may be half of one."""
    whole = said[: said.rfind("\n") + 1].splitlines()
    return sum(json.loads(line)["move"] in ("ask", "act-now") for line in whole)


def _kept_of(home: Path, case: str) -> str:
    """All that was kept of it; two that began in one second can't be told apart by which is newer."""
    way = opened(home)
    (session,) = way.store().sessions(case=case)
    kept = json.dumps([event.model_dump(mode="json") for event in way.store().events(session.session)])
    way.lock()
    return kept


def app(tries: int, chance: random.Random) -> Trial:
    trial = Trial(_PROMISE, "the app killed in a terminal as an answer is sent")
    with a_store() as home:
        return _on_screen(trial, tries, chance, home, lambda: InATerminal(home))


def browser(tries: int, chance: random.Random) -> Trial:
    trial = Trial(_PROMISE, "a browser's tab killed as an answer is sent")
    with a_store() as home:
        served = Browser(home)
        try:
            return _on_screen(trial, tries, chance, home, served.tab)
        finally:
            served.close()


def _on_screen(trial: Trial, tries: int, chance: random.Random, home: Path, start: Callable[[], Screen]) -> Trial:
    """Every try goes on with the same session from the same files, answers once more, and is killed."""
    with tempfile.TemporaryDirectory(prefix="reflect-torture-") as kept:
        before = Path(kept, "before")
        _begun(start())
        shutil.copytree(home / "store", before)
        takes_s = 0.5
        for trial.tries in range(1, tries + 1):
            shutil.rmtree(home / "store")
            shutil.copytree(before, home / "store")
            answer = f"we went to the park tok{trial.tries} today"
            screen = start()
            _goes_on(screen, answer)
            screen.seen.clear()
            screen.type(b"\r")
            screen.look(chance.uniform(0, takes_s))
            screen.close()
            acknowledged = _acknowledged(screen, answer)
            takes_s = min(20.0, takes_s * (0.8 if acknowledged else 1.2))  # half come before it is, half after
            _expect_kept(trial, home, answer, acknowledged=acknowledged)
    return trial


def _begun(screen: Screen) -> None:
    """A session with one answer."""
    until(screen, "Supervision session")
    screen.look(1.5)
    screen.seen.clear()
    until(screen, "How long do you have", press=b"\r")
    screen.look(1.5)
    screen.type(b"Child A")
    screen.look(1.0)
    until(screen, "To begin", press=F5)
    screen.look(1.5)
    screen.seen.clear()
    screen.type(b"the first answer of all")
    until(screen, "the first answer of all")
    screen.look(0.5)
    screen.type(b"\r")
    until(screen, r"the first answer of all \d\d:\d\d")
    screen.look(1.0)
    screen.close()


def _goes_on(screen: Screen, answer: str) -> None:
    """Take the session up and type an answer, all but Enter."""
    until(screen, "Continue Child A")
    screen.look(1.2)
    until(screen, r"the first answer of all \d\d:\d\d", press=b"\r")
    screen.look(1.2)
    until(screen, re.escape(answer), press=answer.encode(), every_s=60)
    screen.look(0.3)


def _acknowledged(screen: Screen, answer: str) -> bool:
    return re.search(rf"{re.escape(answer)} \d\d:\d\d", painted(screen)) is not None


def _expect_kept(trial: Trial, home: Path, answer: str, *, acknowledged: bool) -> None:
    way = opened(home)
    (session,) = way.store().sessions()
    said = [one.text for one in events_of(way, session.session) if isinstance(one, e.Answered)]
    way.lock()
    trial.expect("the first answer of all" in said, f"{trial.tries}: what was there before is lost")
    trial.expect(not acknowledged or answer in said, f"{trial.tries}: acknowledged and lost")
