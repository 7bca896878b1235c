"""`reflect passphrase` and `reflect lock`: how the records are opened."""

from __future__ import annotations

from pathlib import Path

import click

from assistant.commands.unlocked import ask_new_passphrase, somebody_there, typed_unseen
from assistant.resources import data_dir
from assistant.store.store_errors import PassphraseError
from assistant.workspace.workspace import Workspace

FILE = click.Path(path_type=Path, dir_okay=False)


@click.command()
def passphrase() -> None:
    """Change the passphrase of the records and their backups."""
    if not somebody_there():
        raise PassphraseError("A passphrase is changed in a terminal, where it can be typed twice.")
    old = typed_unseen("Passphrase until now")
    Workspace(data_dir()).opening.change_passphrase(old, ask_new_passphrase())
    click.echo("Only the new passphrase opens the records from now on.")


@click.command()
def lock() -> None:
    """Take the passphrase out of this computer's keyring, so that it is asked for again."""
    Workspace(data_dir()).opening.forget_passphrase()
    click.echo("The passphrase is asked for from now on.")
