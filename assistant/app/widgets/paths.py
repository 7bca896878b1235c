"""The rest of a file's or folder's name as it is typed; the right arrow takes it."""

from __future__ import annotations

from pathlib import Path

from textual.suggester import Suggester

from assistant.store.where_kept import no_files_here


class Paths(Suggester):
    """The rest of the name of a file or folder that begins as typed."""

    def __init__(self, *, folders: bool = False) -> None:
        super().__init__(use_cache=False, case_sensitive=True)
        self._folders = folders
        """Only folders are looked for."""

    async def get_suggestion(self, value: str) -> str | None:
        """The first of them by name, or None."""
        if no_files_here():
            return None
        typed = Path(value).expanduser()
        folder, begun = (typed, "") if value.endswith(("/", "\\")) else (typed.parent, typed.name)
        try:
            fitting = sorted(
                each.name
                for each in folder.iterdir()
                if each.name.startswith(begun) and (each.is_dir() or not self._folders)
            )
        except OSError:
            return None
        visible = [name for name in fitting if begun or not name.startswith(".")]
        return value + visible[0][len(begun) :] if visible and value else None
