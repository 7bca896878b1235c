"""`reflect backup`, `reflect restore` and `reflect forget`: the store as a whole."""

from __future__ import annotations

from pathlib import Path

import click

from assistant.commands.desk import ask_new_passphrase, ask_passphrase, opened_desk, somebody_there
from assistant.errors import ReflectError
from assistant.records.desk import Desk
from assistant.records.errors import FileThereError, PassphraseError
from assistant.records.vault import plainly, write_privately
from assistant.resources import data_dir

FILE = click.Path(path_type=Path, dir_okay=False)


@click.command()
@click.option("--to", type=FILE, help="Where to; among the store's own backups if not named.")
def backup(to: Path | None) -> None:
    """Copy everything kept, encrypted with the same passphrase."""
    click.echo(f"Backed up to {opened_desk().back_up(to)}")


@click.command()
@click.argument("file", type=FILE, required=False)
@click.option("--list", "listing", is_flag=True, help="Only say which backups there are.")
@click.option("--yes", is_flag=True, help="Do not ask.")
def restore(file: Path | None, *, listing: bool, yes: bool) -> None:
    """Bring back a backup, the last good one unless FILE names another. What is there now is set aside, not deleted."""
    desk = Desk(data_dir())
    if listing:
        for kept in desk.opening.vault.kept_backups():
            click.echo(kept)
        return
    if not yes:
        click.confirm("Sessions since that backup will not be in it. Bring it back?", abort=True, err=True)
    aside = desk.restore(ask_passphrase(), file)
    click.echo("The backup is in place." + (f" What was there before is in {aside}" if aside else ""))


@click.command()
@click.argument("case")
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.option("--receipt", type=FILE, help="A file to keep the receipt in; it holds nothing of the case.")
def forget(case: str, receipt: Path | None, *, yes: bool) -> None:
    """Delete everything of one CASE for good, with the backups that hold it."""
    desk = opened_desk()
    if receipt is not None and receipt.exists():
        raise FileThereError(f"There is already a file {receipt}; name another for the receipt. Nothing was deleted.")
    follow_ups = desk.follow_ups
    if not (desk.store.sessions(case=case) or follow_ups.actions(case=case) or follow_ups.escalations(case=case)):
        raise ReflectError("There is no case of that name; `reflect record list` shows what is kept.")
    if not yes:
        click.confirm("It cannot be brought back. Delete everything of this case?", abort=True, err=True)
    said = str(desk.forget_case(case))
    click.echo(said)
    if receipt is not None:
        with plainly(receipt.parent):
            write_privately(receipt, f"{said}\n".encode())


@click.command()
def passphrase() -> None:
    """Change the passphrase of the records and their backups."""
    if not somebody_there():
        raise PassphraseError("A passphrase is changed in a terminal, where it can be typed twice.")
    old = click.prompt("Passphrase until now", hide_input=True, err=True)
    Desk(data_dir()).change_passphrase(old, ask_new_passphrase())
    click.echo("Only the new passphrase opens the records from now on.")


@click.command()
def lock() -> None:
    """Take the passphrase out of this computer's keyring, so that it is asked for again."""
    Desk(data_dir()).forget_passphrase()
    click.echo("The passphrase is asked for from now on.")
