"""Runs `reflect` as a process of its own, with a folder of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass
class Reflect:
    """The command, for one data folder."""

    home: Path

    @property
    def environment(self) -> dict[str, str]:
        passphrase = self.home.parent / "passphrase"
        if not passphrase.exists():
            passphrase.write_text("correct horse battery staple", encoding="utf-8")
            passphrase.chmod(0o600)
        return os.environ | {
            "REFLECT_DATA_DIR": str(self.home),
            "REFLECT_PASSPHRASE_FILE": str(passphrase),
            "PYTHONIOENCODING": "utf-8",
        }

    def __call__(self, *words: str, typed: str = "", **extra: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "assistant", *words],
            input=typed,
            capture_output=True,
            text=True,
            encoding="utf-8",
            env=self.environment | extra,
            timeout=120,
            check=False,
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
