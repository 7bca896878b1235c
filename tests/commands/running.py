"""Runs `reflect` with a folder of its own: in this process, or as one of its own where that is what is tested."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from assistant.cli import run


@dataclass
class Reflect:
    """The command, for one data folder."""

    home: Path
    index: Path | None = None
    """That of the shipped reviews: a process finds it in its folder, as on every day but the first."""

    @property
    def environment(self) -> dict[str, str]:
        passphrase = self.home.parent / "passphrase"
        if not passphrase.exists():
            passphrase.write_text("correct horse battery staple", encoding="utf-8")
            passphrase.chmod(0o600)
        return {
            "REFLECT_DATA_DIR": str(self.home),
            "REFLECT_PASSPHRASE_FILE": str(passphrase),
            "PYTHONIOENCODING": "utf-8",
        }

    def __call__(self, *words: str, typed: str = "", **extra: str) -> subprocess.CompletedProcess[str]:
        """What comes of these words and lines, in this process: a process of its own takes two seconds to start."""
        with CliRunner().isolation(typed, self.environment | extra) as (said, complained, _):
            status = run(words)
            sys.stdout.flush()
            sys.stderr.flush()
        out, err = (stream.getvalue().decode().replace("\r\n", "\n") for stream in (said, complained))
        return subprocess.CompletedProcess(words, status, out, err)

    def as_a_process(self, *words: str, typed: str = "", **extra: str) -> subprocess.CompletedProcess[str]:
        """The same as the system runs it: through pipes, from the first import to the exit status."""
        process = self.begun(*words, **extra)
        try:
            said, complained = process.communicate(typed, timeout=120)
        finally:
            process.kill()
        return subprocess.CompletedProcess(words, process.returncode, said, complained)

    def begun(self, *words: str, **extra: str) -> subprocess.Popen[str]:
        """The process itself, to be spoken with line by line."""
        if self.index:
            shutil.copytree(self.index, self.home / "index", dirs_exist_ok=True)
        return subprocess.Popen(
            [sys.executable, "-m", "assistant", *words],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=os.environ | self.environment | extra,
            text=True,
            encoding="utf-8",
        )

    def record(self, moves: list[dict[str, Any]]) -> str:
        """What is kept of the session that ended with `moves`."""
        done = self("record", "show", moves[-1]["record"])
        assert done.returncode == 0, done.stderr
        return done.stdout

    def moves(self, *words: str, typed: str) -> list[dict[str, Any]]:
        done = self("talk", *words, "--json", typed=typed)
        assert done.returncode == 0, done.stderr
        return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.fixture
def reflect(tmp_path: Path, used_before: Path) -> Reflect:
    """The command over a folder in which nothing is kept yet."""
    return Reflect(tmp_path / "data", used_before / "index")
