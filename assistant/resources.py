"""Where files are: the shipped `corpus/`, `prompts/` and `models/`, and the one folder for all that is kept.

A wheel carries the shipped folders inside the package as `_data/`; a checkout (and so an editable install, which does
not see packaged data) has them beside the package. Nothing else in the program works out a path of its own.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from assistant.errors import ReflectError

PACKAGE = Path(__file__).resolve().parent


def shipped(folder: str) -> Path:
    """The shipped folder `corpus`, `prompts` or `models`.

    Raises FileNotFoundError when the installation is incomplete.
    """
    for candidate in (PACKAGE / "_data" / folder, PACKAGE.parent / folder):
        if candidate.is_dir():
            return candidate
    raise FileNotFoundError(f"The program's own {folder} folder is missing; install reflective-supervision again.")


def data_dir(environment: Mapping[str, str] = os.environ) -> Path:
    """The folder that holds everything the program keeps; not created here.

    `REFLECT_DATA_DIR` names it, otherwise it is where the system keeps a user's application data.
    """
    if named := environment.get("REFLECT_DATA_DIR"):
        return Path(named).expanduser()
    import platformdirs  # 3 ms

    return Path(platformdirs.user_data_dir("reflect", appauthor=False))


def own_or_shipped(folder: str, name: str, home: Path) -> Path:
    """A file of a shipped folder, or a user's own of that very name in its place.

    Raises ReflectError when there is neither.
    """
    for path in (home / folder / name, shipped(folder) / name):
        if path.is_file():
            return path
    raise ReflectError(f"The program's own {folder}/{name} is missing; install reflective-supervision again.")


def where_people_look() -> Path:
    """The folder for a copy that nobody named one for: the user's documents, else their own folder."""
    import platformdirs

    documents = Path(platformdirs.user_documents_dir())
    return documents if documents.is_dir() else Path.home()


def overlaid(folder: str, *parts: str, suffix: str, home: Path) -> list[Path]:
    """Files of a shipped folder with a user's own in place of any of the same name, sorted by name.

    `overlaid("prompts", "themes", suffix=".yaml", home=data_dir())` looks in `prompts/themes/` as shipped and then in
    `HOME/prompts/themes/`; the user's file wins.
    """
    found: dict[str, Path] = {}
    for base in (shipped(folder), home / folder):
        for path in sorted(base.joinpath(*parts).glob(f"*{suffix}")):
            found[path.name] = path
    return [found[name] for name in sorted(found)]
