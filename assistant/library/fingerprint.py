"""Knowing the same text again, whatever file it came in.

Owns a sketch of a text: the smallest hashes of its runs of words. Two sketches share as many hashes as the texts share
runs, so a Word file and the PDF made from it are known as one although their bullets and line ends differ.
"""

from __future__ import annotations

import re
import zlib

from assistant.library.points import reading_text

SIZE = 128
_RUN = 5
"""Words in a run."""
_SAME = 0.7
"""Share of hashes from which two texts are the same. Readings of one bulletin as five formats share 0.8 and more; the
two most alike of the shipped bulletins, which are different documents of one board, share 0.3."""


def sketch(text: str) -> tuple[int, ...]:
    """The sketch of a text, smallest hash first."""
    words = re.findall(r"[a-z0-9]+", reading_text(text).lower())
    runs = {" ".join(words[at : at + _RUN]) for at in range(max(1, len(words) - _RUN + 1))}
    return tuple(sorted({zlib.crc32(run.encode()) for run in runs})[:SIZE])


def same_text(one: tuple[int, ...], other: tuple[int, ...]) -> bool:
    """Whether two sketches are of one text."""
    smallest = sorted({*one, *other})[:SIZE]
    if not smallest:
        return False
    shared = set(one) & set(other)
    return sum(hash_ in shared for hash_ in smallest) / len(smallest) >= _SAME
