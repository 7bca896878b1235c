"""What is left of a crash: an incident number on the terminal, and a report that holds no words of the case.

A traceback as Python or Textual prints it shows values, and the values here are about a child. The report has the kind
of error and the places in the code, and nothing that anybody typed: not even the error's own message.
"""

from __future__ import annotations

import secrets
import traceback
from pathlib import Path

from assistant.to_type import to_type


def report(error: BaseException, home: Path) -> str:
    """Write the report of `error` under `home` and give its number."""
    number = secrets.token_hex(4)
    while isinstance(inside := getattr(error, "error", None), BaseException):
        error = inside  # a worker's failure only says that there was one
    places = traceback.extract_tb(error.__traceback__)
    lines = [f"{type(error).__module__}.{type(error).__qualname__}"]
    lines += [f"{Path(place.filename).name}:{place.lineno} in {place.name}" for place in places]
    folder = home / "incidents"
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        (folder / f"{number}.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
    except OSError:
        pass  # a full or read-only disk may be what went wrong; the number is still shown
    return number


def sentence(number: str) -> str:
    """What the user is told."""
    return (
        f"Reflect had to stop (incident {number}). What you had sent is kept: run {to_type()} to go on. "
        "The report of it holds no words of yours."
    )
