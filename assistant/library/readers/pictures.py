"""Words in pictures, read by Tesseract where it is installed.

Owns the one call of it. What is read so is a guess, and is said to be wherever it is shown. Without Tesseract a picture
holds no words.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from typing import Any

from assistant.library.bullets import BULLETS, WEAK_BULLET
from assistant.library.readers.pieces import Piece
from assistant.library.sections import looks_like_heading

_DOTS = 300 / 72
"""Pixels for each point: Tesseract was made for 300 to the inch."""
_LONGEST = 120
"""Seconds for one page."""
_MISREAD_BULLET = re.compile(rf"(?:[{BULLETS}«¢©®]|e(?= [A-Z]))\s*")


def read_picture(page: Any) -> list[Piece]:
    """The paragraphs of a page that is a picture; none where Tesseract is not installed or sees none."""
    program = shutil.which("tesseract")
    if program is None:
        return []
    pixels = page.render(scale=_DOTS, grayscale=True, prefer_bgrx=False).to_numpy()
    height, width = pixels.shape[:2]
    try:
        said = subprocess.run(  # noqa: S603  # nothing of it comes from a document but the picture on its standard input
            [program, "stdin", "stdout", "-l", "eng"],
            input=b"P5 %d %d 255\n" % (width, height) + pixels.tobytes(),
            capture_output=True,
            timeout=_LONGEST,
            check=True,
        ).stdout.decode("utf-8", "replace")
    except (OSError, subprocess.SubprocessError):
        return []
    return _paragraphs(said)


def _paragraphs(said: str) -> list[Piece]:
    found: list[Piece] = []
    for block in re.split(r"\n\s*\n|\f", said):
        gathered: list[str] = []
        for line in filter(None, map(str.strip, block.splitlines())):
            bullet = _MISREAD_BULLET.match(line) or WEAK_BULLET.match(line)
            if bullet or (gathered and looks_like_heading(gathered[-1]) and len(gathered) == 1):
                found += _piece(gathered)
                gathered = []
            gathered.append("• " + line[bullet.end() :] if bullet else line)
        found += _piece(gathered)
    return found


def _piece(lines: list[str]) -> list[Piece]:
    words = " ".join(lines).strip()
    if not re.search(r"[A-Za-z]{2}", words):
        return []
    if words.startswith("• "):
        return [Piece("item", words[2:])]
    return [Piece("heading", words, 6) if looks_like_heading(words, may_ask=False) else Piece("paragraph", words)]
