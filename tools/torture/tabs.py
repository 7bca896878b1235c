"""Fifty people at once: as many browser tabs of one server, each in a session, then all left alone for a while.

What fails is a tab in which something is never painted, more memory than fifty may take, and work while nobody types.
"""

from __future__ import annotations

import re
from pathlib import Path

from tools.torture.screens import F5, Browser, InATab, NeverPaintedError, go_to, until
from tools.torture.soak import memory_kb, processor_s
from tools.torture.trials import Trial, a_store, events_of, incidents, opened

MOST_KB = 4_000_000
"""Of all together; what is only read counts once."""
MOST_OWN_KB = 60_000
"""Of each to itself."""
MOST_IDLE = 0.001
"""Of one processor, each."""
_ANSWER = "he was asleep upstairs when we came"
_IDLE_S = 60.0


def at_once(many: int) -> Trial:
    """A try is a tab."""
    trial = Trial("A tab takes little, also among many", f"{many} tabs in a session at once")
    with a_store() as home:
        served = Browser(home)
        tabs: list[InATab] = []
        try:
            for trial.tries in range(1, many + 1):
                tabs.append(served.tab())
                _in_a_session(tabs[-1], f"Family {trial.tries} A")
            _expect_little(trial, tabs)
        except (NeverPaintedError, OSError) as error:
            trial.failures.append(f"tab {trial.tries}: {type(error).__name__}: {error}; {incidents(home)}")
        finally:
            for tab in tabs:
                tab.close()
            served.close()
        way = opened(home)
        kept = [events_of(way, session.session) for session in way.store().sessions()]
        answered = sum(any(getattr(event, "text", "") == _ANSWER for event in events) for events in kept)
        trial.expect(answered >= trial.tries - len(trial.failures), f"{answered} answers are kept")
        way.lock()
    return trial


def _in_a_session(tab: InATab, case: str) -> None:
    until(tab, "Supervision session")
    tab.look(1.5)
    go_to(tab, b"supervision", "How long do you have")
    tab.look(1.5)
    tab.type(case.encode())
    tab.look(1)
    until(tab, "To begin", press=F5, every_s=60)
    tab.look(1.5)
    tab.seen.clear()
    until(tab, re.escape(_ANSWER), press=_ANSWER.encode(), every_s=60)
    tab.look(0.5)
    tab.type(b"\r")
    until(tab, rf"{re.escape(_ANSWER)} \d\d:\d\d")
    tab.look(2)


def _expect_little(trial: Trial, tabs: list[InATab]) -> None:
    tabs[0].look(10)  # what was begun is done
    before = [processor_s(tab.process) for tab in tabs]
    tabs[0].look(_IDLE_S)
    for number, (tab, used) in enumerate(zip(tabs, before, strict=True), start=1):
        busy = (processor_s(tab.process) - used) / _IDLE_S
        trial.expect(busy <= MOST_IDLE, f"tab {number} takes {busy:.2%} of a processor while nobody types")
    held = sum(share_kb(tab.process) for tab in tabs)
    own = max(memory_kb(tab.process) for tab in tabs)
    trial.how += f", {held / 1_000_000:.1f} GB in all and {own / 1000:.0f} MB at the most to itself"
    trial.expect(own <= MOST_OWN_KB, f"{own / 1000:.0f} MB to itself")
    trial.expect(held <= MOST_KB, f"{held / 1_000_000:.1f} GB in all")


def share_kb(process: int) -> int:
    """What a process holds, with its share of what it has in common with others."""
    lines = Path(f"/proc/{process}/smaps_rollup").read_text(encoding="utf-8").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
