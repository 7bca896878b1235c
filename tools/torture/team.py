"""Fifty people of one team's database at once: each keeps a session of their own, then each starts the line mode.

What fails is an error said to anybody, an answer that isn't kept as it was said, somebody else's session among one's
own, and a first question that doesn't come.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import psycopg

from assistant.store.postgres import TeamDatabase, add_account, prepare
from assistant.store.store import Store
from tests.stores import a_server
from tools.torture.trials import Trial, session_of

ANSWERS = 20
"""Of each, one after the other without a pause."""
STARTS_WITHIN_S = 240.0
_ANSWER = "He was asleep upstairs when we came, so I didn't see him."


def at_once(many: int) -> Trial:
    """A try is a person."""
    trial = Trial("A whole service works on one database", f"{many} people at once", tries=many)
    people = [f"p{number}" for number in range(1, many + 1)]
    with a_server() as server:
        _made(server, people)
        began = time.monotonic()
        with ThreadPoolExecutor(many) as beside:
            took_s = [one for each in beside.map(lambda one: _keeps(trial, server, one), people) for one in each]
        in_all_s = time.monotonic() - began
        for person in people:
            _expect_own(trial, server, person)
        started_s = _all_talk(trial, server, people)
    slow = sorted(took_s)[int(0.95 * len(took_s))] if took_s else 0.0
    trial.how += f": {len(took_s) / in_all_s:.0f} events a second, 95 in 100 within {slow * 1000:.0f} ms"
    trial.how += f"; as many `reflect talk` started together, the last first question after {started_s:.0f} s"
    return trial


def _made(server: str, people: Sequence[str]) -> None:
    with psycopg.connect(_address(server, "postgres", "postgres"), autocommit=True) as owner:
        for statement in (*(f"CREATE ROLE {person} LOGIN" for person in people), "CREATE DATABASE reflect"):
            owner.execute(statement.encode())
    prepare(_address(server, "postgres"))
    for person in people:
        add_account(_address(server, "postgres"), person, "practitioner")


def _keeps(trial: Trial, server: str, person: str) -> list[float]:
    """How long each event of a whole session took, in seconds."""
    took_s: list[float] = []
    try:
        store = Store(TeamDatabase(_address(server, person)))
        for position, event in enumerate(session_of(f"of@{person}", ANSWERS, f"Child {person}")):
            began = time.monotonic()
            store.append(f"of@{person}", position, event)
            took_s.append(time.monotonic() - began)
        store.close()
    except Exception as error:
        trial.failures.append(f"{person}: {type(error).__name__}: {error}")
    return took_s


def _expect_own(trial: Trial, server: str, person: str) -> None:
    store = Store(TeamDatabase(_address(server, person)))
    own = [kept.session for kept in store.sessions()]
    trial.expect(own == [f"of@{person}"], f"{person} sees {own}")
    kept = store.events(f"of@{person}") if own else []
    trial.expect(kept == session_of(f"of@{person}", ANSWERS, f"Child {person}"), f"{person}: not kept as it was said")
    store.close()


def _all_talk(trial: Trial, server: str, people: Sequence[str]) -> float:
    """Everybody starts the line mode at once and answers once; how long the last waited for a first question."""
    with tempfile.TemporaryDirectory(prefix="reflect-torture-") as homes:
        began = time.monotonic()
        talking = {person: _starts(server, person, f"{homes}/{person}") for person in people}
        with ThreadPoolExecutor(len(people)) as beside:
            waited_s = list(beside.map(lambda one: _answers(trial, one, talking[one], began), people))
        for person in people:
            store = Store(TeamDatabase(_address(server, person)))
            said = [getattr(event, "text", "") for kept in store.sessions() for event in store.events(kept.session)]
            trial.expect(_ANSWER in said, f"{person}: what was said in lines isn't kept")
            store.close()
    return max(waited_s)


def _starts(server: str, person: str, home: str) -> subprocess.Popen[str]:
    here = os.environ | {"REFLECT_DATA_DIR": home, "REFLECT_DATABASE_URL": _address(server, person)}
    command = [sys.executable, "-m", "assistant", "talk", "supervision", "--json", "--case", f"Talk {person}"]
    pipe = subprocess.PIPE
    return subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe, env=here, text=True)


def _answers(trial: Trial, person: str, process: subprocess.Popen[str], began: float) -> float:
    assert process.stdout
    first = process.stdout.readline()
    waited_s = time.monotonic() - began
    try:
        said, wrong = process.communicate(_ANSWER + "\n", timeout=STARTS_WITHIN_S)
    except subprocess.TimeoutExpired:
        process.kill()
        said, wrong = process.communicate()
    moves = [json.loads(line)["move"] for line in (first + said).splitlines() if line.startswith("{")]
    trial.expect(moves.count("ask") > 1, f"{person}: {moves} {wrong[-300:]}")
    return waited_s


def _address(server: str, login: str, name: str = "reflect") -> str:
    return server.format(login=login, name=name)
