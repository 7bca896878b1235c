"""`make torture`: every trial, and one table; ends with 1 when a promise was broken. Linux, with PostgreSQL 15.

.venv/bin/python -m tools.torture [--of-full 0.1] [--seed 1]
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Callable

from tools.torture import damage, hostile, kills, programs, roles, soak
from tools.torture.trials import Trial


def main() -> int:
    """Every trial in turn."""
    wanted = argparse.ArgumentParser(description=__doc__)
    wanted.add_argument("--of-full", type=float, default=1.0, help="the share of the full number of tries")
    wanted.add_argument("--seed", type=int, default=20260302)
    said = wanted.parse_args()
    chance = random.Random(said.seed)
    share: float = said.of_full

    def times(full: int) -> int:
        return max(1, round(full * share))

    talk = ("reflect talk supervision --json", "--case", "Child A", "--minutes", "60")
    todo: list[Callable[[], list[Trial]]] = [
        lambda: [kills.answers(times(300), chance)],
        lambda: [programs.lines(times(100), chance)],
        lambda: [programs.app(times(50), chance)],
        lambda: [programs.browser(times(50), chance)],
        lambda: [kills.passphrase(times(150), chance)],
        lambda: [kills.forgetting(times(150), chance)],
        lambda: [kills.backup(times(100), chance)],
        lambda: [kills.restore(times(100), chance)],
        lambda: damage.damages(times(200), chance),
        lambda: [damage.full_disk(times(200), chance)],
        lambda: [damage.full_disk_elsewhere(times(200), chance)],
        lambda: [damage.clocks(times(100), chance)],
        lambda: [roles.roles()],
        lambda: [hostile.lines("reflect notice --json -", times(9000), chance)],
        lambda: [hostile.lines(talk[0], times(1000), chance, *talk[1:])],
        lambda: [soak.soak(120 * share)],
    ]
    print("| promise | how it was tried | tries | failures | seconds |\n|---|---|---:|---:|---:|")
    broken: list[str] = []
    for run in todo:
        began = time.monotonic()
        trials = run()
        took = (time.monotonic() - began) / len(trials)
        for trial in trials:
            print(
                f"| {trial.promise} | {trial.how} | {trial.tries:,} | {len(trial.failures)} | {took:.0f} |", flush=True
            )
            broken += [f"{trial.how}: {failure}" for failure in trial.failures]
    print("\n".join(["", *broken[:200]]))
    return 1 if broken else 0


if __name__ == "__main__":
    raise SystemExit(main())
