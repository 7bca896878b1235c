"""A passphrase: how hard one is to guess, and where it comes from when nobody is asked, a file or the system's keyring.

Whether it's the right one is found out by `passphrase_check`.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Mapping
from pathlib import Path

from assistant.store.store_errors import PassphraseError

SHORTEST = 8
_SERVICE = "reflect"
CANNOT_BE_RECOVERED = (
    "The passphrase locks everything you keep. Nobody can recover it: if it is forgotten, the records are lost. "
    "Write it down and keep it somewhere safe, away from this computer."
)

KEEP = "Keep it in this computer's keyring, so that you are not asked again"
"""What is asked once, when the passphrase is chosen."""


def from_file(environment: Mapping[str, str] = os.environ) -> str | None:
    """The passphrase in the file that `REFLECT_PASSPHRASE_FILE` names, without the line end.

    Raises PassphraseError when the file cannot be read, is empty, or others can read it.
    """
    named = environment.get("REFLECT_PASSPHRASE_FILE")
    if not named:
        return None
    path = Path(named).expanduser()
    try:
        mode = path.stat().st_mode
        words = path.read_text(encoding="utf-8-sig").removesuffix("\n").removesuffix("\r")
    except (OSError, UnicodeDecodeError) as error:
        raise PassphraseError(
            f"The passphrase cannot be read from {path}, which REFLECT_PASSPHRASE_FILE names."
        ) from error
    if os.name == "posix" and stat.S_IMODE(mode) & 0o077:
        raise PassphraseError(f"Others can read the passphrase in {path}; run `chmod 600 {path}` first.")
    if not words:
        raise PassphraseError(f"The file {path}, which REFLECT_PASSPHRASE_FILE names, is empty.")
    return words


_LONG = 16
_ENOUGH_WORDS = 4
_GUESSED_FIRST = re.compile(r"(?i)pass ?(?:word|phrase)|qwert|letmein|welcome|reflect|12345|abcd|(.)\1\1\1")
STRONGER = "Four ordinary words that don't belong together are stronger."


def strength(passphrase: str) -> str:
    """How hard it would be to guess, in one sentence; nothing while nothing is typed."""
    if not passphrase:
        return ""
    if len(passphrase) < SHORTEST:
        return f"Too short: at least {SHORTEST} characters."
    if _GUESSED_FIRST.search(passphrase) or len(set(passphrase.casefold())) < SHORTEST // 2 + 1:
        return f"Easy to guess. {STRONGER}"
    different = set(re.findall(r"\w{3,}", passphrase.casefold()))
    if len(different) >= _ENOUGH_WORDS or len(passphrase) >= _LONG:
        return "Strong."
    return f"Fair. {STRONGER}"


def accepted(passphrase: str) -> str:
    """The passphrase, if it is long enough to be one.

    Raises PassphraseError when it is not.
    """
    if len(passphrase) < SHORTEST:
        raise PassphraseError(f"A passphrase has at least {SHORTEST} characters; four ordinary words make a good one.")
    return passphrase


def from_keyring(folder: Path) -> str | None:
    """The passphrase the user put into the system's keyring for this folder, if there is one."""
    import keyring  # 0.15 s, and only for those who agreed to it
    from keyring.errors import KeyringError

    try:
        return keyring.get_password(_SERVICE, str(folder))
    except KeyringError:
        return None


def into_keyring(folder: Path, passphrase: str) -> None:
    """Put the passphrase into the system's keyring.

    Raises PassphraseError where there is none.
    """
    import keyring
    from keyring.errors import KeyringError

    try:
        keyring.set_password(_SERVICE, str(folder), passphrase)
    except KeyringError as error:
        raise PassphraseError("This computer has no keyring to keep the passphrase in; type it each time.") from error


def out_of_keyring(folder: Path) -> None:
    """Take the passphrase out of the system's keyring.

    Raises PassphraseError when it stays there.
    """
    import keyring
    from keyring.errors import KeyringError

    try:
        if keyring.get_password(_SERVICE, str(folder)) is not None:
            keyring.delete_password(_SERVICE, str(folder))
    except KeyringError as error:
        raise PassphraseError(
            f"The keyring would not let go of the passphrase; take the entry “{_SERVICE}” out of it by hand."
        ) from error
