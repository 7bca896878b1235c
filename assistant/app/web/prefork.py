"""The process that the processes of browser tabs are forked from: what only is read is read once, and shared by all.

A tab that starts by itself keeps 180 MB to itself and costs two seconds of processor; one that is forked keeps what it
changes. Owns the reading beforehand, the forking, and the asking for it. Python's own fork server starts in the current
folder with the whole environment; a tab must have neither. Nothing of anybody's records is ever opened in it.

Linux only: elsewhere a forked process may not use what the system's libraries hold open.
"""

from __future__ import annotations

import asyncio
import gc
import json
import os
import random
import signal
import socket
import sys
from asyncio import StreamReader, StreamReaderProtocol, StreamWriter
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from assistant.workspace.workspace import Workspace

CAN = sys.platform == "linux"
_OWN_FILES = ("prompts", "corpus", "library")
"""Folders of a home that are read beforehand, so that what changes in them is read again."""
_LARGEST_REQUEST = 1 << 16
_GIVING_BACK = {
    "MALLOC_MMAP_THRESHOLD_": "131072",
    "MALLOC_TRIM_THRESHOLD_": "131072",
    "MALLOC_ARENA_MAX": "2",
}
"""What glibc is told, so that what reading an answer took is given back: 15 MB a tab."""
_POOL, _HEAD_OF_POOL, _GRAIN, _LARGEST_SMALL = 1 << 14, 48, 16, 512
"""How Python sets small objects apart: those of one size to a pool."""
_EMPTY_BYTES = sys.getsizeof(b"")


class Forked:
    """One tab's process as textual-serve knows a process: its streams, and whether it has ended."""

    def __init__(self, stdin: StreamWriter, stdout: StreamReader, stderr: StreamReader) -> None:
        self.stdin = stdin
        self.stdout = stdout
        self.stderr = stderr

    @property
    def returncode(self) -> int | None:
        """0 once nothing can come from it any more; None while it runs."""
        return 0 if self.stdout.at_eof() else None


class Prefork:
    """The server's side: starts the process at the first tab and asks it for each."""

    def __init__(self) -> None:
        self._channel: socket.socket | None = None
        self._starting = asyncio.Lock()

    async def fork(self, environment: Mapping[str, str], home: Path) -> Forked:
        """A tab's process with this environment."""
        async with self._starting:
            if self._channel is None:
                self._channel = await self._started(environment, home)
        theirs, ours = _ends()
        try:
            socket.send_fds(self._channel, [json.dumps(dict(environment)).encode()], theirs)
        finally:
            for end in theirs:
                os.close(end)
        return await _streams(*ours)

    def close(self) -> None:
        """Let the process end; the tabs go on."""
        if self._channel is not None:
            self._channel.close()
            self._channel = None

    async def _started(self, environment: Mapping[str, str], home: Path) -> socket.socket:
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            await asyncio.create_subprocess_exec(
                *(sys.executable, "-I", "-m", __name__, str(theirs.fileno())),
                cwd=home,
                env=dict(environment) | _GIVING_BACK,
                pass_fds=[theirs.fileno()],
            )
        return ours


def _ends() -> tuple[list[int], tuple[int, int, int]]:
    """Of three pipes: the ends of the tab (what it reads, says, and says of errors), and those of the server."""
    read_by_tab, written_here = os.pipe()
    read_here, said_by_tab = os.pipe()
    errors_here, errors_of_tab = os.pipe()
    return [read_by_tab, said_by_tab, errors_of_tab], (written_here, read_here, errors_here)


async def _streams(stdin: int, stdout: int, stderr: int) -> Forked:
    loop = asyncio.get_running_loop()
    readers = (StreamReader(), StreamReader())
    for reader, end in zip(readers, (stdout, stderr), strict=True):
        await loop.connect_read_pipe(partial(StreamReaderProtocol, reader), os.fdopen(end, "rb", 0))
    transport, protocol = await loop.connect_write_pipe(asyncio.streams.FlowControlMixin, os.fdopen(stdin, "wb", 0))
    return Forked(StreamWriter(transport, protocol, None, loop), *readers)


# In the process itself


def main() -> None:
    """Read everything, then fork whenever the server asks; end with the server."""
    from assistant.process import harden
    from assistant.resources import data_dir

    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    harden()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for a tab: the system takes it away
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is the server's, which then closes the channel
    channel = socket.socket(fileno=int(sys.argv[1]))
    home = data_dir()
    workspace, read = _ready(home), _own_files(home)
    while True:
        request, ends, _, _ = socket.recv_fds(channel, _LARGEST_REQUEST, 3)
        if not request:
            return
        if read != (now := _own_files(home)):
            workspace, read = _ready(home), now
        if os.fork() == 0:
            channel.close()
            _be_a_tab(json.loads(request), ends, home, workspace)
        for end in ends:
            os.close(end)


def _ready(home: Path) -> Workspace:
    import textual.drivers.linux_driver  # noqa: F401 - what textual imports only where it's wanted
    import textual.layouts.factory  # noqa: F401
    import textual.layouts.stream  # noqa: F401
    import textual.scrollbar  # noqa: F401

    from assistant import app, followup
    from assistant.app import screens
    from assistant.app.app import ReflectApp
    from assistant.app.web import driver  # noqa: F401 - so that no tab imports any of it
    from assistant.workspace.read_beforehand import read_beforehand
    from assistant.workspace.workspace import Workspace

    for room in (app, screens, followup):
        for module in iter_modules(room.__path__, f"{room.__name__}."):
            import_module(module.name)
    workspace = Workspace(home)
    read_beforehand(workspace)
    ReflectApp(home, lambda _: workspace)  # never run: what the first one makes for all is 2.4 MB
    gc.collect()
    _FILLING.extend(_filling())
    gc.freeze()  # a collection would write to every object, and a written page is shared no longer
    gc.collect()  # or a tab looks for rubbish only once it has made a quarter as many objects as are kept here
    return workspace


_FILLING: list[bytes] = []


def _filling() -> Iterator[bytes]:
    """What fills the gaps that reading left between small objects: a tab would put its own there, a few to a page, and
    each such page is copied."""
    for size in range(_EMPTY_BYTES // _GRAIN * _GRAIN + _GRAIN, _LARGEST_SMALL + 1, _GRAIN):
        in_a_row, last = 0, 0
        while in_a_row < (_POOL - _HEAD_OF_POOL) // size:  # as many as a pool holds: it was a fresh one
            filling = bytes(size - _EMPTY_BYTES)
            in_a_row = in_a_row + 1 if id(filling) == last + size else 1
            last = id(filling)
            yield filling


def _own_files(home: Path) -> set[tuple[Path, int]]:
    files = [path for folder in _OWN_FILES for path in (home / folder).rglob("*")]
    return {(path, path.stat().st_mtime_ns) for path in files if path.is_file()}


def _be_a_tab(environment: Mapping[str, str], ends: Sequence[int], home: Path, workspace: Workspace) -> NoReturn:
    from assistant import crash
    from assistant.app.app import run

    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    os.setsid()
    for place, end in enumerate(ends):
        os.dup2(end, place)
        os.close(end)
    os.environ.clear()
    os.environ.update(environment)
    random.seed()
    status = 1
    try:
        status = run(home, lambda _: workspace)
    except BaseException as error:
        sys.stderr.write(crash.sentence(crash.report(error, home)))
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)


if __name__ == "__main__":
    main()
