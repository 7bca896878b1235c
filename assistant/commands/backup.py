"""`reflect backup` and `reflect restore`: a copy of everything kept, and back again."""

from __future__ import annotations

from pathlib import Path

import click

from assistant.commands.unlocked import ask_passphrase, opened_workspace
from assistant.resources import data_dir
from assistant.workspace.workspace import Workspace

FILE = click.Path(path_type=Path, dir_okay=False)


@click.command()
@click.option("--to", type=FILE, help="Where to; among the store's own backups if not named.")
def backup(to: Path | None) -> None:
    """Copy everything kept, encrypted with the same passphrase."""
    click.echo(f"Backed up to {opened_workspace().backups.back_up(to)}")


@click.command()
@click.argument("file", type=FILE, required=False)
@click.option("--list", "listing", is_flag=True, help="Only say which backups there are.")
@click.option("--yes", is_flag=True, help="Do not ask.")
def restore(file: Path | None, *, listing: bool, yes: bool) -> None:
    """Bring back a backup, the last good one unless FILE names another. What is there now is set aside, not deleted."""
    workspace = Workspace(data_dir())
    if listing:
        for kept in workspace.opening.encrypted_file.backups.all():
            click.echo(kept)
        return
    if not yes:
        click.confirm("Sessions since that backup will not be in it. Bring it back?", abort=True, err=True)
    aside = workspace.backups.restore(ask_passphrase(), file)
    click.echo("The backup is in place." + (f" What was there before is in {aside}" if aside else ""))
