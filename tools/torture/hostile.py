"""Lines that nobody would type: control signs, broken JSON, endless words, every script there is."""

from __future__ import annotations

import json
import os
import random
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from tools.torture.trials import Trial

_HARMFUL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_SEEDS = (
    "dad works nights",
    "\x1b]0;owned\x07",
    "\x1b[2J",
    "\u202egnihton",
    "no",
    "999",
    "{" * 400,
    '{"answer":',
    '"\\ud800"',
    "a-" * 2000,
    "." * 4000,
    "👩‍👧" * 50,
    "[/x][b]",
    "{{ config }}",
    "${jndi:x}",
    "' or 1=1 --",
    "/finish",
    "\\" * 90,
    "٣ weeks old",
    "null",
    "[" * 3000,
    "\u0000",
)


def lines(command: str, tries: int, chance: random.Random, *arguments: str) -> Trial:
    """Feed them to a command that takes one line after another; what it prints must be lines that can be shown."""
    trial = Trial("No line ends the program, and nothing it prints can harm a terminal", f"`{command}`")
    given = [_line(chance) for _ in range(tries)]
    with tempfile.TemporaryDirectory(prefix="reflect-torture-") as home:
        secret = Path(home, "passphrase")
        secret.touch(mode=0o600)
        secret.write_text("four ordinary test words\n", encoding="utf-8")
        done = subprocess.run(
            [sys.executable, "-m", "assistant", *command.split()[1:], *arguments],
            input="\n".join(given).encode("utf-8", "surrogatepass"),
            capture_output=True,
            env=os.environ | {"REFLECT_DATA_DIR": home, "REFLECT_PASSPHRASE_FILE": str(secret)},
            check=False,
        )
    trial.tries = tries
    out, err = done.stdout.decode("utf-8", "replace"), done.stderr.decode("utf-8", "replace")
    trial.expect("Traceback" not in err + out, err[-300:])
    trial.expect(done.returncode in (0, 1), f"exit status {done.returncode}: {err[-200:]}")
    for line in out.splitlines():
        trial.expect(not _HARMFUL.search(line), f"a sign that harms: {line[:80]!r}")
        trial.expect(_is_json(line), f"not JSON: {line[:80]!r}")
    return trial


def _line(chance: random.Random) -> str:
    parts = [chance.choice(_SEEDS) for _ in range(chance.randrange(1, 4))]
    parts.append("".join(chr(chance.choice([chance.randrange(1, 128), chance.randrange(1, 0x2FFF)])) for _ in range(9)))
    chance.shuffle(parts)
    words = " ".join(parts).replace("\n", " ").replace("\r", " ")
    return json.dumps({"answer": words}) if chance.random() < 0.3 else words


def _is_json(line: str) -> bool:
    try:
        json.loads(line)
    except ValueError:
        return False
    return True
