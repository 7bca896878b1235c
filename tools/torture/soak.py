"""A browser's tab used for hours without a pause: sessions begun, answered and left, learning looked up, rooms seen.

What fails is a tab that ends, something that's never painted, an answer that isn't kept, and memory that keeps growing.
"""

from __future__ import annotations

import os
import re
import time
from collections.abc import Callable
from itertools import count
from pathlib import Path

from assistant.conversation import events as e
from tools.torture.screens import F5, Browser, InATab, NeverPaintedError, go_to, until
from tools.torture.trials import Trial, a_store, events_of, incidents, opened

_ESCAPE, _RIGHT = b"\x1b", b"\x1b[C"
_ROOMS = {
    b"Library": "hat happened",
    b"Records": "Find a case, or something said",
    b"Settings": "How to send an answer",
}
"""The name of each, and what it shows."""
_ANSWERS = ("he was asleep upstairs when we came", "dad works nights and nobody met him", "school rang us on Tuesday")
_MOST_GROWN_KB = 20_000
"""Between a quarter of the time and the end: what a tab first needs it has by then."""


def soak(minutes: float, say: Callable[[str], object] = lambda _: None) -> Trial:
    """A try is one round."""
    trial = Trial("A tab that's used for hours stays as it was", f"a browser's tab used for {minutes:.0f} minutes")
    began = time.monotonic()
    early = 0
    with a_store() as home:
        served = Browser(home)
        tab = served.tab()
        try:
            until(tab, "Supervision session")
            tab.look(2)
            for trial.tries in count(1):
                _round(tab, trial.tries)
                gone_s = time.monotonic() - began
                held, used = memory_kb(tab.process), processor_s(tab.process)
                say(f"{gone_s / 60:6.1f} min  round {trial.tries}  {held / 1000:.1f} MB of its own  {used:.0f} s used")
                if gone_s > minutes * 15 and not early:
                    early = held
                if gone_s > minutes * 60:
                    break
            grown = memory_kb(tab.process) - early
            trial.expect(grown <= _MOST_GROWN_KB, f"it grew by {grown / 1000:.1f} MB in three quarters of the time")
        except (NeverPaintedError, OSError) as error:
            trial.failures.append(f"round {trial.tries}: {type(error).__name__}: {error}; {incidents(home)}")
        finally:
            tab.close()
            served.close()
        _expect_all_kept(trial, home)
    return trial


def memory_kb(process: int) -> int:
    """What a process keeps to itself."""
    lines = Path(f"/proc/{process}/smaps_rollup").read_text(encoding="utf-8").splitlines()
    return sum(int(line.split()[1]) for line in lines if line.startswith("Private_"))


def processor_s(process: int) -> float:
    """How long a process has worked."""
    fields = Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _round(tab: InATab, number: int) -> None:
    go_to(tab, b"supervision", "How long do you have")
    tab.look(1.5)
    tab.type(f"Family {number} A".encode())  # a name like that of another case would be asked about
    tab.look(1)
    until(tab, "To begin", press=F5, every_s=60)
    tab.look(1.5)
    for answer in _ANSWERS:
        tab.seen.clear()
        until(tab, re.escape(answer), press=answer.encode(), every_s=60)
        tab.look(0.5)
        tab.type(b"\r")
        until(tab, rf"{re.escape(answer)} \d\d:\d\d")
        tab.look(1.5)
    tab.seen.clear()
    until(tab, "Leave this session", press=_ESCAPE)
    tab.look(1.5)
    tab.type(_RIGHT)
    tab.look(0.5)
    tab.seen.clear()
    until(tab, "Supervision session", press=b"\r", every_s=60)
    tab.look(1.5)
    for room, shows in _ROOMS.items():
        go_to(tab, room, shows)
        tab.look(1)
        if room == b"Library":
            tab.type(b"dad works nights")
            tab.look(2)
        tab.seen.clear()
        until(tab, "Supervision session", press=_ESCAPE, every_s=4)
        tab.look(1)


def _expect_all_kept(trial: Trial, home: Path) -> None:
    way = opened(home)
    for session in way.store().sessions():
        said = [one.text for one in events_of(way, session.session) if isinstance(one, e.Answered)]
        whole = int(session.case.split()[1]) < trial.tries
        trial.expect(not whole or said == list(_ANSWERS), f"{session.case}: {len(said)} answers kept of 3")
    way.lock()
