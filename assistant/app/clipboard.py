"""The clipboard of this computer, beside the one that the terminal is asked to fill (OSC 52).

A terminal never answers, and some ignore it (Terminal.app, and any without leave); the computer's own can be sure.
Where the app is looked at from another computer, its own clipboard is nobody's and case words have no business there.
"""

from __future__ import annotations

import os
from collections.abc import Mapping


def put(words: str, environment: Mapping[str, str] = os.environ) -> bool:
    """Put words on this computer's clipboard; False where there is none, or where it is not the user's."""
    if why_not(environment):
        return False
    import pyperclip  # 10 ms, and most sessions copy nothing

    try:
        pyperclip.copy(words)
    except pyperclip.PyperclipException:
        return False
    return True


def why_not(environment: Mapping[str, str] = os.environ) -> str | None:
    """Why this computer's own clipboard is left alone; None when it is tried."""
    if "TEXTUAL_DRIVER" in environment:
        return "the app is shown in a browser"
    if "SSH_CONNECTION" in environment:
        return "you are connected from another computer"
    return None


def is_there() -> bool:
    """Whether this computer has a clipboard that can be filled; nothing is put on it."""
    import pyperclip

    copy, _ = pyperclip.determine_clipboard()
    return bool(copy)  # pyperclip's stand-in for none at all is false
