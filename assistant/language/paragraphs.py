"""The sentences of each line of an account: people end a thought with a line as often as with a full stop."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.language.sentences import sentences
from assistant.language.spans import Span


def sentences_of(text: str) -> Iterator[list[Span]]:
    """The sentences of each line that has any."""
    at = 0
    for line in text.split("\n"):
        found = [(at + start, at + end) for start, end in sentences(line)]
        if found:
            yield found
        at += len(line) + 1
