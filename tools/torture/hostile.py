"""Lines that nobody would type: control signs, broken JSON, endless words, every script there is."""

from __future__ import annotations

import json
import os
import random
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tools.torture.trials import Trial

_HARMFUL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_PROMISE = "No line ends the program, and nothing it prints can harm a terminal"
_AT_ONCE, _IN_A_SESSION = 1000, 12
_WRITTEN_OUT = 8_000
"""Letters that stay under what one line may have when their signs are written out in JSON."""
_SEEDS = (
    "dad works nights",
    "\x1b]0;owned\x07",
    "\x1b[2J",
    "\u202egnihton",
    "no",
    "999",
    "{" * 400,
    '{"answer":',
    '{"a":' * 1100,
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


def notice(tries: int, chance: random.Random) -> Trial:
    """Each line has one of its own in answer."""
    trial = Trial(_PROMISE, "`reflect notice --json -`")
    for given in _several(_AT_ONCE, tries, chance):
        said = _fed(trial, given, "notice", "--json", "-")
        trial.expect(len(said) == len(given), f"{len(said)} of {len(given)} lines were answered")
    return trial


def talk(tries: int, chance: random.Random) -> Trial:
    """So few in a session that they end before it does, and all are read."""
    trial = Trial(_PROMISE, "`reflect talk supervision --json`")
    for given in _several(_IN_A_SESSION, tries, chance):
        said = _fed(trial, given, "talk", "supervision", "--json", "--case", "Child A", "--minutes", "60")
        last = json.loads(said[-1]) if said else {}
        trial.expect(last.get("move") == "close" and not last["finished"], f"the session ended early: {said[-1:]}")
    return trial


def _several(most: int, tries: int, chance: random.Random) -> Iterator[list[str]]:
    for first in range(0, tries, most):
        yield [_line(chance) for _ in range(min(most, tries - first))]


def _fed(trial: Trial, given: list[str], *words: str) -> list[str]:
    """Feed lines to a command that takes one after another; what it prints must be lines that can be shown."""
    with tempfile.TemporaryDirectory(prefix="reflect-torture-") as home:
        secret = Path(home, "passphrase")
        secret.touch(mode=0o600)
        secret.write_text("four ordinary test words\n", encoding="utf-8")
        done = subprocess.run(
            [sys.executable, "-m", "assistant", *words],
            input="\n".join(given).encode("utf-8", "surrogatepass"),
            capture_output=True,
            env=os.environ | {"REFLECT_DATA_DIR": home, "REFLECT_PASSPHRASE_FILE": str(secret)},
            check=False,
        )
    trial.tries += len(given)
    out, err = done.stdout.decode("utf-8", "replace"), done.stderr.decode("utf-8", "replace")
    trial.expect("Traceback" not in err + out and "incident" not in err, err[-300:])
    trial.expect(done.returncode == 0, f"exit status {done.returncode}: {err[-200:]}")
    said = out.splitlines()
    for line in said:
        trial.expect(not _HARMFUL.search(line), f"a sign that harms: {line[:80]!r}")
        trial.expect(_is_json(line), f"not JSON: {line[:80]!r}")
    return said


def _line(chance: random.Random) -> str:
    parts = [chance.choice(_SEEDS) for _ in range(chance.randrange(1, 4))]
    parts.append("".join(chr(chance.choice([chance.randrange(1, 128), chance.randrange(1, 0x2FFF)])) for _ in range(9)))
    chance.shuffle(parts)
    words = " ".join(parts).replace("\n", " ").replace("\r", " ")
    return json.dumps({"answer": words}) if chance.random() < 0.3 and len(words) < _WRITTEN_OUT else words


def _is_json(line: str) -> bool:
    try:
        json.loads(line)
    except ValueError:
        return False
    return True
