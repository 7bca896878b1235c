"""Who said what, where a supervisor and a practitioner share one keyboard.

A line that begins with "Supervisor:" or "Practitioner:" (or "S:", "P:") is that person's, and so is what follows it
until somebody else speaks. The words are kept without the names, so that nothing is read into them, and the names
beside them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.conversation.events import Voice

NAMES: dict[Voice, str] = {"supervisor": "Supervisor", "practitioner": "Practitioner"}
_SPEAKS = re.compile(r"\s*(?:(?P<supervisor>s|supervisor)|(?P<practitioner>p|practitioner)) ?:[ \t]*", re.IGNORECASE)
Voices = tuple[Voice | None, ...]


def told_apart(words: str) -> tuple[str, Voices]:
    """The words without the names, and for each line who said it; nobody for any where no name stands."""
    lines, voices = list[str](), list[Voice | None]()
    speaking: Voice | None = None
    for line in words.split("\n"):
        said = line
        if found := _SPEAKS.match(line):
            speaking = "supervisor" if found["supervisor"] else "practitioner"
            said = line[found.end() :]
            if not said.strip():
                continue
        lines.append(said)
        voices.append(speaking)
    return ("\n".join(lines), tuple(voices)) if any(voices) else ("\n".join(lines), ())


def with_names(words: str, voices: Sequence[Voice | None]) -> str:
    """As it would be typed: each line of another voice than the one before begins with its name."""
    return "\n".join(f"{name}: {line}" if name else line for name, line in by_voice(words, voices))


def by_voice(words: str, voices: Sequence[Voice | None]) -> Iterator[tuple[str, str]]:
    """Each line after the name of who says it, which is empty where nobody else speaks than before."""
    before: Voice | None = None
    for place, line in enumerate(words.split("\n")):
        voice = voices[place] if place < len(voices) else None
        yield NAMES[voice] if voice and voice != before else "", line
        before = voice


def other_voice(line: str) -> str:
    """What a line begins with when the key for the other voice is pressed in it."""
    found = _SPEAKS.match(line)
    return f"{NAMES['practitioner' if found and found['supervisor'] else 'supervisor']}: "


def named_in(line: str) -> str:
    """The name that a line begins with, as it stands there; nothing where none does."""
    found = _SPEAKS.match(line)
    return found[0] if found else ""
