"""What was worked out with the encoder beforehand and travels with the program, so that a new machine need not.

Owns `corpus/meaning.learnt`: what was learnt of each shipped concept with a checksum of what it was learnt from, and
the vectors of the shipped points. What does not agree with the corpus is worked out again where it is needed (about
10 ms a text), so the file can be old but never wrong. Knows nothing of what the arrays mean.
"""

from __future__ import annotations

from assistant import resources
from assistant.retrieval import persist

FILE_NAME = "meaning.learnt"


def learnt(encoder: str | None, *names: str) -> persist.Arrays:
    """Some of the arrays, if they were made with the encoder of this checksum (None: with any); empty otherwise."""
    made_from = {"encoder": encoder} if encoder else {}
    return persist.peek(resources.shipped("corpus") / FILE_NAME, *names, made_from=made_from)


def keep_learnt(encoder: str, arrays: persist.Arrays) -> None:
    """Replace the shipped file, in a checkout."""
    path = resources.shipped("corpus") / FILE_NAME
    persist.write(path, arrays, {"encoder": encoder})
    path.chmod(0o644)
