"""What was worked out with the encoder beforehand and travels with the program, so that a new machine need not.

Owns `models/concepts.learnt`: what was learnt of each shipped concept with a checksum of what it was learnt from, and
the vectors of the shipped points. What does not agree with the corpus is worked out again where it is needed (about
10 ms a text), so the file can be old but never wrong. Knows nothing of what the arrays mean.
"""

from __future__ import annotations

from assistant import resources
from assistant.retrieval import index_file

FILE_NAME = "concepts.learnt"


def learnt(encoder: str | None, *names: str) -> index_file.Arrays:
    """Some of the arrays, if they were made with the encoder of this checksum (None: with any); empty otherwise."""
    made_from = {"encoder": encoder} if encoder else {}
    return index_file.peek(resources.shipped("models") / FILE_NAME, *names, made_from=made_from)


def learnt_points(encoder: str, *names: str) -> index_file.Arrays:
    """Some of the arrays of shipped points, if the encoder that read them is of this checksum; empty otherwise."""
    return index_file.peek(resources.shipped("models") / FILE_NAME, *names, made_from={"points": encoder})


def save_shipped_vectors(encoder: str, points: str, arrays: index_file.Arrays) -> None:
    """Replace the shipped file, in a checkout, given the checksums of the encoder that read the concepts, and of that
    which read the points."""
    path = resources.shipped("models") / FILE_NAME
    index_file.write(path, arrays, {"encoder": encoder, "points": points})
    path.chmod(0o644)
