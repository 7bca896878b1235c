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
from itertools import accumulate
from pathlib import Path

from assistant.library.importing import adding, documents_in, read_document
from assistant.library.library import open_library

SHARED = 1 / 3
"""Share of a bulletin's points that say what some other bulletin says; in the shipped ones it is 36 of 114."""
LESSONS = 3_000
"""Things to be learned that bulletins share. With 1,000 bulletins of 100 points each is told about eleven times."""
WORDS = 16_000
"""Different words, said as unequally as in English: the second half as often as the first, the third a third. With
half as many, or in points half as long, chance alone makes alike what shares nothing."""
SYLLABLES = "ba cor dem fin gal hol jur kel lam mer nov pel quin ras sol tam ull ven wim yor zan".split()

OPEN = """
import resource, sys, time
from pathlib import Path
home = Path(sys.argv[1])
begun = time.perf_counter()
from assistant.library.library import open_library
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


class Wording:
    """Invented words, and the lessons that bulletins share in their own words."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        words = ("".join(chance.choices(SYLLABLES, k=chance.randint(2, 4))) for _ in range(2 * WORDS))
        self.words = list(dict.fromkeys(words))[:WORDS]
        self.weights = list(accumulate(1 / rank for rank in range(1, len(self.words) + 1)))
        self.lessons = [chance.sample(self.words[WORDS // 40 :], k=9) for _ in range(LESSONS)]

    def said(self, count: int) -> list[str]:
        return self.chance.choices(self.words, cum_weights=self.weights, k=count)

    def point(self) -> str:
        """One bullet: a third of them keep most of what a lesson says."""
        if self.chance.random() < SHARED:
            kept = self.chance.sample(self.chance.choice(self.lessons), k=8)
            return " ".join([*kept, *self.said(12)])
        return " ".join(self.said(20))


def bulletin(wording: Wording, number: int, points: int) -> str:
    """An invented bulletin that shares some of its learning with others."""
    lines = [f"Learning from the review of Child {number:04}", "", "Findings", ""]
    for at in range(points):
        if at == points // 2:
            lines += ["", "Learning points for practitioners", ""]
        lines.append(f"- Practitioners and the family {wording.point()} with the child")
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
        wording = Wording(random.Random(7))
        for number in range(chosen.bulletins):
            text = bulletin(wording, number, chosen.points)
            (folder / f"{number:05}.txt").write_text(text, encoding="utf-8")
        if chosen.trace:
            tracemalloc.start()
        begun = time.perf_counter()
        points = 0
        with adding(home) as library:
            for path in documents_in(folder):
                preview = read_document(path)
                points += len(preview.points)
                library.keep(preview)
            added, worked = time.perf_counter(), time.process_time()
        linked, worked = time.perf_counter(), time.process_time() - worked
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(f"{chosen.bulletins} bulletins, {points} points")
        print(f"read, cut and kept      {added - begun:8.1f} s   {points / (added - begun):8.0f} points a second")
        print(f"linked                  {linked - added:8.1f} s   {points / (linked - added):8.0f} points a second")
        print(f"  of the processor      {worked:8.1f} s")
        print(f"peak memory             {peak:8.0f} MB")
        of_each = [len(others) for others in open_library(home).links().values()]
        print(f"points with a link      {len(of_each) / points:8.0%}     {sum(of_each)} links")
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
