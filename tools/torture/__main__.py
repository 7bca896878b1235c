"""`make torture`: every trial, and one table; ends with 1 when a promise was broken. Linux, with PostgreSQL 15.

.venv/bin/python -m tools.torture [TRIAL ...] [--of-full 0.1] [--seed 1]
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections.abc import Callable, Mapping

from tools.torture import damage, hostile, kills, programs, roles, soak, tabs, team
from tools.torture.trials import Trial


def main() -> int:
    """The trials that are named, or every one, in turn."""
    named = trials()
    wanted = argparse.ArgumentParser(description=__doc__)
    wanted.add_argument("only", nargs="*", metavar="TRIAL", help=f"of {', '.join(named)}")
    wanted.add_argument("--of-full", type=float, default=1.0, help="the share of the full number of tries")
    wanted.add_argument("--seed", type=int, default=20260302)
    said = wanted.parse_args()
    if unknown := set(said.only) - set(named):
        wanted.error(f"no trial is called {', '.join(sorted(unknown))}")
    print("| promise | how it was tried | tries | failures | seconds |\n|---|---|---:|---:|---:|", flush=True)
    broken: list[str] = []
    for name in said.only or named:
        broken += _tried(named[name], said.of_full, random.Random(f"{said.seed} {name}"))
    print("\n".join(["", *broken[:200]]))
    return 1 if broken else 0


_Times = Callable[[int], int]
_Named = Callable[[_Times, random.Random], list[Trial]]


def trials() -> Mapping[str, _Named]:
    """Each by its name, with the full number of its tries."""
    return {
        "answers": lambda times, chance: [kills.answers(times(300), chance)],
        "talk": lambda times, chance: [programs.lines(times(100), chance)],
        "app": lambda times, chance: [programs.app(times(50), chance)],
        "browser": lambda times, chance: [programs.browser(times(50), chance)],
        "passphrase": lambda times, chance: [kills.passphrase(times(150), chance)],
        "forgetting": lambda times, chance: [kills.forgetting(times(150), chance)],
        "backup": lambda times, chance: [kills.backup(times(100), chance)],
        "restore": lambda times, chance: [kills.restore(times(100), chance)],
        "damages": lambda times, chance: damage.damages(times(200), chance),
        "full-disk": lambda times, chance: [damage.full_disk(times(200), chance)],
        "full-disk-elsewhere": lambda times, chance: [damage.full_disk_elsewhere(times(200), chance)],
        "clocks": lambda times, chance: [damage.clocks(times(100), chance)],
        "roles": lambda *_: [roles.roles()],
        "team": lambda times, _: [team.at_once(times(50))],
        "hostile-notice": lambda times, chance: [hostile.notice(times(9000), chance)],
        "hostile-talk": lambda times, chance: [hostile.talk(times(1000), chance)],
        "tabs": lambda times, _: [tabs.at_once(times(50))],
        "soak": lambda times, _: [soak.soak(times(120), _to_errors)],
    }


def _tried(named: _Named, share: float, chance: random.Random) -> list[str]:
    """Try one and print its lines of the table; where it was broken."""
    began = time.monotonic()
    trials = named(lambda full: max(1, round(full * share)), chance)
    took = (time.monotonic() - began) / len(trials)
    for trial in trials:
        row = (trial.promise, trial.how, f"{trial.tries:,}", str(len(trial.failures)), f"{took:.0f}")
        print(f"| {' | '.join(row)} |", flush=True)
    return [f"{trial.how}: {failure}" for trial in trials for failure in trial.failures]


def _to_errors(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


if __name__ == "__main__":
    raise SystemExit(main())
