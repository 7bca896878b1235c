"""Text without what nobody types: control characters, and overrides that make it read backwards.

Owns which characters may reach a terminal. An escape sequence in a case name, in a file's name or in somebody else's
words could otherwise rewrite what is on a supervisor's screen.
"""

from __future__ import annotations

import re
import unicodedata

_OVERRIDES = "\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c"
_MOST_MARKS = 30
"""Accents and other marks on one letter, as Unicode's own stream-safe text has it. To put more in order takes the
square of their number: 600 KB of them took minutes."""
_MAY_BE_MARKS = re.compile(rf"[^\x00-\u02ff\s]{{{_MOST_MARKS + 1},}}")
_UNTYPED = re.compile(rf"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff{_OVERRIDES}]")


def clean(words: str) -> str:
    """What was typed, without what nobody types, and without white space at the ends."""
    return typeable(words).strip()


def typeable(words: str) -> str:
    """The words without control characters and overrides.

    Line ends become `\\n`, and characters their composed form (NFC).
    """
    lines = harmless(words.replace("\r\n", "\n").replace("\r", "\n"))
    return unicodedata.normalize("NFC", _MAY_BE_MARKS.sub(_with_fewer_marks, lines))


def _with_fewer_marks(run: re.Match[str]) -> str:
    kept, marks = [], 0
    for character in run[0]:
        marks = marks + 1 if unicodedata.combining(character) else 0
        if marks <= _MOST_MARKS:
            kept.append(character)
    return "".join(kept)


def harmless(text: str) -> str:
    """The text without control characters and overrides, otherwise as it is."""
    return _UNTYPED.sub("", text)


def replaced(text: str) -> str:
    """The text with U+FFFD in the place of each of them, so that every other character keeps its place."""
    return _UNTYPED.sub("\ufffd", text)


def in_a_line(text: str) -> str:
    """The same with its lines put one after another: in a list none of them can pass for a row of its own."""
    return " ".join(replaced(text).splitlines())


def visible(text: str) -> str:
    r"""The same with each of them written out, as `\u001b`: harmless too, and still the same text where it is JSON."""
    return _UNTYPED.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
