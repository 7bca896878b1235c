"""Words in pictures, read by Tesseract where it is installed.

Owns the one call of it, and how large the letters of a line are. What is read so is a guess, and is said to be wherever
it is shown. Without Tesseract a picture holds no words.
"""

from __future__ import annotations

import csv
import re
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from typing import Any

from assistant.library.bullets import BULLETS, WEAK_BULLET
from assistant.library.readers.pdf_columns import Line

_INCH = 72
_DOTS = 300 / _INCH
"""Pixels for each point: Tesseract was made for 300 to the inch."""
_LONGEST = 120
"""Seconds for one page."""
_MISREAD_BULLET = re.compile(rf"(?:[{BULLETS}«¢©®]|e(?= [A-Z]))\s*")
_SURE = 20.0
"""Of 100; words that Tesseract is less sure of are specks, unless they stand where a bullet would."""
_ABOVE, _BELOW, _BETWEEN = 0.19, 0.21, 0.6
"""Of a letter's whole height: what rises above the small letters, what hangs below the line, and what is between."""
_ONE_SIZE = 1.22
"""Times, up to which letters of one size are measured as larger."""


def read_picture(page: Any, number: int) -> list[Line]:
    """The lines of a page that is a picture; none where Tesseract is not installed or sees none."""
    program = shutil.which("tesseract")
    if program is None:
        return []
    pixels = page.render(scale=_DOTS, grayscale=True, prefer_bgrx=False).to_numpy()
    height, width = pixels.shape[:2]
    try:
        said = subprocess.run(  # noqa: S603  # nothing of it comes from a document but the picture on its standard input
            [program, "stdin", "stdout", "-l", "eng", "tsv"],
            input=b"P5 %d %d 255\n" % (width, height) + pixels.tobytes(),
            capture_output=True,
            timeout=_LONGEST,
            check=True,
        ).stdout.decode("utf-8", "replace")
    except (OSError, subprocess.SubprocessError):
        return []
    return _of_few_sizes(list(_lines(said, number)))


def _lines(said: str, page: int) -> Iterator[Line]:
    """The lines that Tesseract's table of words tells of."""
    words = [row for row in csv.DictReader(said.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE) if row["text"]]
    for _, row in groupby(words, key=lambda word: (word["block_num"], word["par_num"], word["line_num"])):
        held = [word for word in row if word["text"].strip()]
        held = [word for at, word in enumerate(held) if at == 0 or float(word["conf"]) >= _SURE]
        text = " ".join(word["text"].strip() for word in held)
        if not re.search(r"[A-Za-z]{2}|\d", text):
            continue
        lefts = [int(word["left"]) for word in held]
        rights = [int(word["left"]) + int(word["width"]) for word in held]
        tops = [int(word["top"]) for word in held]
        bottoms = [int(word["top"]) + int(word["height"]) for word in held]
        sizes = sorted(int(word["height"]) / _share(word["text"]) for word in held)
        bullet = _MISREAD_BULLET.match(text) or WEAK_BULLET.match(text)
        yield Line(
            "• " + text[bullet.end() :] if bullet else text,
            min(lefts) / _DOTS,
            max(rights) / _DOTS,
            min(tops) / _DOTS,
            max(bottoms) / _DOTS,
            sizes[len(sizes) // 2] / _DOTS,
            bold=False,
            page=page,
        )


def _share(word: str) -> float:
    """How much of a letter's whole height a word takes."""
    rises = re.search(r"[A-Zbdfhklt0-9]", word) is not None
    hangs = re.search(r"[gjpqyQ]", word) is not None
    return _BETWEEN + rises * _ABOVE + hangs * _BELOW


def _of_few_sizes(lines: Sequence[Line]) -> list[Line]:
    """The lines with one size for all that are measured nearly alike, the text's first."""
    letters = sorted(line.size for line in lines for _ in line.text)
    kinds = [letters[len(letters) // 2]] if letters else []
    for line in sorted(lines, key=lambda line: -line.size):
        if not any(kind / _ONE_SIZE < line.size < kind * _ONE_SIZE for kind in kinds):
            kinds.append(line.size)
    return [replace(line, size=min(kinds, key=lambda kind: abs(kind - line.size))) for line in lines]
