"""How fast and in how much memory a large library is added, linked and opened. Run by hand:

    python -m tests.benchmarks.library_at_scale [--bulletins 1000] [--points 100]

Writes that many invented bulletins as text files, adds them as `reflect library add FOLDER --yes` does, and opens the
library again in a fresh process. Prints one table.
"""

from __future__ import annotations

import argparse
import random
import resource
import subprocess
import sys
import tempfile
import time
import tracemalloc
from pathlib import Path

from assistant.library.adding import adding, documents_in, read_document

SUBJECTS = "fathers grandparents siblings carers neighbours teachers nurses constables midwives tutors".split()
VERBS = "recorded challenged checked escalated shared visited described counted questioned missed".split()
OBJECTS = (
    "the bruise|the chronology|the school's concern|the weekend visits|the referral|the home conditions"
    "|the older brother|the night feeds|the safety plan|the missed appointments"
    "|the father's name|the child's own words|the thresholds"
).split("|")
WHENS = "before the conference|in the first month|after the injury|during supervision|when the case closed".split("|")

OPEN = """
import resource, sys, time
from pathlib import Path
home = Path(sys.argv[1])
begun = time.perf_counter()
from assistant.library.shelf import open_library
imported = time.perf_counter()
library = open_library(home)
points = len(library)
opened = time.perf_counter()
library.checksum
summed = time.perf_counter()
library.point(points - 1)
first = time.perf_counter()
for position in range(0, points, max(1, points // 100)):
    library.point(position)
scattered = time.perf_counter()
try:  # a process begins with its parent's ru_maxrss, so where the system tells its own peak that is taken
    peak = int(open("/proc/self/status").read().split("VmHWM:")[1].split()[0]) / 1024
except OSError:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(points, imported - begun, opened - imported, summed - opened, first - summed, (scattered - first) / 100, peak)
"""


def bulletin(random_words: random.Random, number: int, points: int) -> str:
    """An invented bulletin whose bullets share words with other bulletins but are not the same."""
    lines = [f"Learning from the review of Child {number:04}", "", "Findings", ""]
    for at in range(points):
        if at == points // 2:
            lines += ["", "Learning points for practitioners", ""]
        who, did, what, when = (random_words.choice(words) for words in (SUBJECTS, VERBS, OBJECTS, WHENS))
        other, thing = random_words.choice(SUBJECTS), random_words.choice(OBJECTS)
        lines.append(f"- Practitioners and {who} {did} {what} {when} while {other} kept {thing} {number}-{at} apart")
    return "\n".join(lines) + "\n"


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--bulletins", type=int, default=1000)
    options.add_argument("--points", type=int, default=100)
    options.add_argument("--trace", action="store_true", help="Peak of Python's own memory too; three times slower.")
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder, home = Path(scratch) / "bulletins", Path(scratch) / "home"
        folder.mkdir()
        random_words = random.Random(7)
        for number in range(chosen.bulletins):
            text = bulletin(random_words, number, chosen.points)
            (folder / f"{number:05}.txt").write_text(text, encoding="utf-8")
        if chosen.trace:
            tracemalloc.start()
        begun = time.perf_counter()
        points = 0
        with adding(home) as shelf:
            for path in documents_in(folder):
                preview = read_document(path)
                points += len(preview.points)
                shelf.keep(preview)
            added = time.perf_counter()
        linked = time.perf_counter()
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(f"{chosen.bulletins} bulletins, {points} points")
        print(f"read, cut and kept      {added - begun:8.1f} s   {points / (added - begun):8.0f} points a second")
        print(f"linked                  {linked - added:8.1f} s   {points / (linked - added):8.0f} points a second")
        print(f"peak memory             {peak:8.0f} MB")
        if chosen.trace:
            print(f"peak of Python's own    {tracemalloc.get_traced_memory()[1] / 1e6:8.0f} MB")
        done = subprocess.run(
            [sys.executable, "-c", OPEN, str(home)], check=True, capture_output=True, text=True, cwd=Path.cwd()
        )
        count, imported, opened, summed, first, scattered, memory = map(float, done.stdout.split())
        print(f"opening {count:.0f} points, in a process of its own:")
        print(f"  import                {imported * 1000:8.0f} ms")
        print(f"  open and count        {opened * 1000:8.0f} ms")
        print(f"  checksum              {summed * 1000:8.0f} ms")
        print(f"  the last point        {first * 1000:8.1f} ms")
        print(f"  a point anywhere      {scattered * 1000:8.2f} ms")
        print(f"  peak memory           {memory:8.0f} MB")


if __name__ == "__main__":
    main()
