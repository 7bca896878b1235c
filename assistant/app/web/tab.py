"""One browser tab: the process behind it, which outlives a lost connection for a while."""

from __future__ import annotations

import asyncio
import os
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from textual_serve.app_service import AppService
from textual_serve.download_manager import DownloadManager

from assistant.app.web import LEFT
from assistant.app.web.prefork import Prefork
from assistant.store.where_kept import SERVED_ELSEWHERE, SEVERAL

PASSED_ON = (
    *("PATH", "HOME", "LANG", "LANGUAGE", "LC_ALL", "LC_CTYPE", "TZ", "NO_COLOR"),
    *(
        "SYSTEMROOT",
        "APPDATA",
        "LOCALAPPDATA",
        "USERPROFILE",
        "TEMP",
        "TMP",
        "XDG_DATA_HOME",
        "DBUS_SESSION_BUS_ADDRESS",
    ),
    *("REFLECT_PASSPHRASE_FILE", "REFLECT_DATABASE_URL", "PGPASSFILE", "VIRTUAL_ENV"),
)
"""All that the process behind a tab is given of this one's environment."""
AGAIN = b"\x1b[?1049h\x1b[?1000h\x1b[?1003h\x1b[?1015h\x1b[?1006h\x1b[?25l\x1b[?2004h"
"""What the process told its first terminal, for the terminal of somebody who comes back."""


@dataclass(frozen=True)
class Guest:
    """Who is in front of the browser, as far as the server knows."""

    person: str = ""
    """Their login in the team's database, where the server in front said it."""
    one_of_several: bool = False
    """Other people open tabs of this server too."""


SendBytes = Callable[[bytes], Awaitable[None]]
SendText = Callable[[str], Awaitable[None]]
Close = Callable[[], Awaitable[object]]


def environment_for_a_tab(
    here: Mapping[str, str], home: Path, guest: Guest, *, width: int, height: int
) -> dict[str, str]:
    """The clean environment of the process behind a tab."""
    kept = {name: here[name] for name in PASSED_ON if name in here}
    if guest.person and "REFLECT_DATABASE_URL" in kept:
        from assistant.store.team_address import signed_in  # SQLAlchemy takes 0.2 s, and only here it is wanted

        address = signed_in(kept["REFLECT_DATABASE_URL"], guest.person)
        kept["REFLECT_DATABASE_URL"] = address.render_as_string(hide_password=False)
    if guest.one_of_several:
        kept |= {SEVERAL: "1", SERVED_ELSEWHERE: "1"}
    return kept | {
        "REFLECT_DATA_DIR": str(home),
        "TEXTUAL_DRIVER": "assistant.app.web.driver:TabDriver",
        "TEXTUAL_FPS": "60",
        "TEXTUAL_COLOR_SYSTEM": "truecolor",
        "TERM_PROGRAM": "textual",
        "COLUMNS": str(width),
        "ROWS": str(height),
    }


class Tab(AppService):
    """`reflect` run for one tab."""

    def __init__(self, home: Path, owner: str, prefork: Prefork | None = None, guest: Guest | None = None) -> None:
        super().__init__(
            "reflect",
            write_bytes=_nowhere,
            write_str=_nowhere,
            close=_nobody,
            download_manager=DownloadManager(),
        )
        self.owner = owner
        """The cookie of the browser it belongs to."""
        self.attached = False
        self._guest = guest or Guest()
        self._home = home
        self._prefork = prefork

    @property
    def ended(self) -> bool:
        """The process is gone."""
        return self._process is None or self._process.returncode is not None

    def attach(self, send_bytes: SendBytes, send_text: SendText, close: Close) -> None:
        """From now on a browser is looking."""
        self.remote_write_bytes = send_bytes
        self.remote_write_str = send_text
        self.remote_close = close  # type: ignore[assignment]  # whatever closing returns is not looked at
        self.attached = True

    def detach(self) -> None:
        """The connection was lost; the process goes on."""
        self.remote_write_bytes = _nowhere
        self.remote_write_str = _nowhere
        self.remote_close = _nobody
        self.attached = False

    async def say_that_it_is_left(self) -> None:
        """The process locks the records: the next in front of this browser may be somebody else."""
        with suppress(ConnectionError):
            await self.send_meta({"type": LEFT})

    async def draw_again(self, width: int, height: int) -> None:
        """Paint everything for a terminal that has seen nothing; a change of size makes the app do it."""
        await self.remote_write_bytes(AGAIN)
        await self.set_terminal_size(width, max(1, height - 1))
        await self.set_terminal_size(width, height)

    async def _open_app_process(self, width: int = 80, height: int = 24) -> Process:
        """Run `reflect` itself, not a shell that runs it, in a clean environment.

        Isolated, and in its own folder: Python would otherwise run a module of the folder that `reflect serve` was
        started in, if one there has the name of ours or of the library's.
        """
        self._home.mkdir(parents=True, exist_ok=True, mode=0o700)
        environment = environment_for_a_tab(os.environ, self._home, self._guest, width=width, height=height)
        if self._prefork is not None:
            forked = await self._prefork.fork(environment, self._home)
            self._process = process = cast(Process, forked)
        else:
            self._process = process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-I", "-m", "assistant"),
                cwd=self._home,
                stdin=PIPE,
                stdout=PIPE,
                stderr=PIPE,
                env=environment,
            )
        self._stdin = process.stdin
        return process


async def _nowhere(_: bytes | str) -> None:
    """Nobody is looking."""


async def _nobody() -> None:
    """Nobody's connection is there to be closed."""
