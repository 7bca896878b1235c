"""A command as somebody here has to type it: `reflect …` where that is on the path, else where it was installed.

In a clone it's `.venv/bin/reflect`, and whoever was told to type `reflect` there was told something that isn't so.
"""

from __future__ import annotations

import os
import shutil
import sys
from functools import lru_cache
from pathlib import Path

NAME = "reflect"


def to_type(words: str = "") -> str:
    """The whole line, such as `reflect record list`."""
    return f"{_command()} {words}".rstrip()


@lru_cache(maxsize=1)
def _command() -> str:
    return NAME if shutil.which(NAME) else beside(Path(sys.executable), Path.cwd())


def beside(python: Path, here: Path) -> str:
    """The command that was installed with `python`, as short as it can be typed in the folder `here`."""
    script = next((one for one in (python.with_name(NAME), python.with_name(f"{NAME}.exe")) if one.exists()), None)
    if script is None:
        return f"{python} -m assistant"
    if not script.is_relative_to(here):
        return str(script)
    inside = script.relative_to(here)
    return str(inside) if inside.parent.name else f".{os.sep}{inside}"
