"""The desk as a command opens it: the passphrase is asked for where somebody sits at a terminal."""

from __future__ import annotations

import sys

import click

from assistant.records.desk import Desk
from assistant.records.errors import PassphraseError
from assistant.records.passphrase import CANNOT_BE_RECOVERED, KEEP, accepted, from_file
from assistant.resources import data_dir

TRIES = 3


def somebody_there() -> bool:
    """Whether there is a terminal to ask at."""
    return sys.stdin.isatty()


def opened_desk() -> Desk:
    """The desk with its records open.

    Raises LockedError when nobody can be asked, PassphraseError after three wrong tries.
    """
    desk = Desk(data_dir())
    if desk.locked and somebody_there():
        if desk.is_new:
            _choose(desk)
        else:
            _unlock(desk)
    desk.store  # noqa: B018 - says why the records cannot be opened, before anything else is done
    return desk


def ask_passphrase() -> str:
    """The passphrase, from its file or from whoever sits at the terminal.

    Raises PassphraseError when there is neither.
    """
    passphrase = from_file()
    if passphrase is None and not somebody_there():
        raise PassphraseError("Name a file that holds the passphrase in REFLECT_PASSPHRASE_FILE, or use a terminal.")
    return passphrase or str(click.prompt("Passphrase", hide_input=True, err=True))


def ask_new_passphrase() -> str:
    """A passphrase typed twice by somebody who was told that it cannot be recovered."""
    click.echo(CANNOT_BE_RECOVERED, err=True)
    while True:
        try:
            passphrase = accepted(click.prompt("Choose a passphrase", hide_input=True, err=True))
        except PassphraseError as error:
            click.echo(str(error), err=True)
            continue
        if click.prompt("The same again", hide_input=True, err=True) == passphrase:
            return passphrase
        click.echo("The two were not the same.", err=True)


def _choose(desk: Desk) -> None:
    passphrase = ask_new_passphrase()
    desk.set_passphrase(passphrase)
    if click.confirm(f"{KEEP}?", default=False, err=True):
        try:
            desk.remember_passphrase(passphrase)
        except PassphraseError as error:
            click.echo(str(error), err=True)


def _unlock(desk: Desk) -> None:
    for left in reversed(range(TRIES)):
        try:
            desk.unlock(click.prompt("Passphrase", hide_input=True, err=True))
        except PassphraseError as error:
            if not left:
                raise
            click.echo(str(error), err=True)
        else:
            return
